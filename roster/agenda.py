"""The roster as people read it: its visits with their appointments, in sections by day, by coach or by site."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from roster.domain import Appointment, Clock, Record, Roster, Visit
from roster.instance import Instance

By = Literal["day", "coach", "site"]


class Stop(Record):
    """One visit with all that is said about it: when, who, where, with which interpreters, and who is seen."""

    date: date
    start: Clock
    end: Clock
    coach_id: str
    session_id: str
    site_id: str
    site: str
    room_id: str
    booking_ids: tuple[str, ...]
    interpreters: tuple[str, ...]
    appointments: tuple[Appointment, ...]


class Section(Record):
    """The visits of one day, one coach or one site; ``key`` is the date or the id."""

    key: str
    stops: tuple[Stop, ...]


def sections_of(instance: Instance, roster: Roster, by: By) -> tuple[Section, ...]:
    """The roster in sections, by date, by coach's id or by site's name; in each, the visits in order of time."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops_of(instance, roster):
        key = {"day": stop.date.isoformat(), "coach": stop.coach_id, "site": stop.site_id}[by]
        found[key].append(stop)
    order = sorted(found, key=lambda key: (instance.site[key].name if by == "site" else "", key))
    return tuple(Section(key=key, stops=tuple(found[key])) for key in order)


def stops_of(instance: Instance, roster: Roster) -> tuple[Stop, ...]:
    """Every visit, in order of time, then by coach."""
    seen: dict[str, list[Appointment]] = defaultdict(list)
    for appointment in roster.appointments:
        seen[appointment.session_id].append(appointment)
    stops = [_stop(instance, visit, seen[visit.session_id]) for visit in roster.visits]
    return tuple(sorted(stops, key=lambda s: (s.date, s.start, s.coach_id, s.session_id)))


def _stop(instance: Instance, visit: Visit, seen: Sequence[Appointment]) -> Stop:
    session = instance.session[visit.session_id]
    site = instance.site[instance.site_of(visit.session_id)]
    return Stop(
        date=session.date,
        start=visit.start,
        end=visit.end,
        coach_id=visit.coach_id,
        session_id=visit.session_id,
        site_id=site.site_id,
        site=site.name,
        room_id=session.room_id,
        booking_ids=visit.booking_ids,
        interpreters=tuple(sorted({instance.booking[b].skill for b in visit.booking_ids})),
        appointments=tuple(sorted(seen, key=lambda a: (a.start, a.referral_id))),
    )
