"""One of the two rosters, with the data in which its ids are looked up: who is seen when and where, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from roster.changes.records import Slot
from roster.domain import Appointment, Referral, Roster, Visit
from roster.instance import Instance
from roster.routes import road_minutes_by_coach


@dataclass(frozen=True)
class Side:
    """A roster and its data: ``instances`` in the order in which an id is looked for; there may be none.

    ``people`` are those with consent now: nobody else is spoken of. None where the data were not given.
    """

    roster: Roster
    instances: Sequence[Instance]
    people: Mapping[str, Referral] | None

    @cached_property
    def holders(self) -> dict[str, str]:
        """Who holds each session."""
        return {visit.session_id: visit.coach_id for visit in reversed(self.roster.visits)}

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The appointments of those who may be spoken of, in the order of the roster."""
        return [a for a in self.roster.appointments if self.people is None or a.referral_id in self.people]

    @cached_property
    def seats(self) -> dict[str, list[Slot]]:
        """The appointments of each referral."""
        found: dict[str, list[Slot]] = defaultdict(list)
        for a in self.appointments:
            found[a.referral_id].append(self._slot(a, self.holders.get(a.session_id)))
        return dict(found)

    @cached_property
    def visits(self) -> list[Slot]:
        """Every visit, in order of time."""
        return sorted((self._slot(visit, visit.coach_id) for visit in self.roster.visits), key=in_order)

    @cached_property
    def seen_in(self) -> dict[str, list[Appointment]]:
        """The appointments in each session, in order of time."""
        found: dict[str, list[Appointment]] = defaultdict(list)
        for a in sorted(self.appointments, key=lambda a: (a.start, a.end, a.referral_id)):
            found[a.session_id].append(a)
        return dict(found)

    @cached_property
    def days_known(self) -> bool:
        """Whether every session of the roster is in the data."""
        used = {v.session_id for v in self.roster.visits} | {a.session_id for a in self.appointments}
        return all(self._knowing(session_id) is not None for session_id in used)

    def road(self, coach_id: str) -> int | None:
        """The coach's minutes on the road in the month; None where no data know the coach and all of their visits."""
        mine = tuple(visit for visit in self.roster.visits if visit.coach_id == coach_id)
        if not mine:
            return 0 if self.instances else None
        for instance in self.instances:
            if coach_id in instance.coach and all(v.session_id in instance.session for v in mine):
                return road_minutes_by_coach(instance, self.roster.model_copy(update={"visits": mine}))[coach_id]
        return None

    def practices_at(self, site_id: str | None) -> tuple[str, ...]:
        """The practices that are at the site."""
        for instance in self.instances:
            if site_id in instance.site:
                return tuple(p.practice_id for p in instance.practices if p.site_id == site_id)
        return ()

    def _knowing(self, session_id: str) -> Instance | None:
        return next((instance for instance in self.instances if session_id in instance.session), None)

    def _slot(self, of: Appointment | Visit, coach_id: str | None) -> Slot:
        instance = self._knowing(of.session_id)
        session = instance.session[of.session_id] if instance else None
        site = instance.site[instance.site_of(of.session_id)] if instance else None
        return Slot(
            session_id=of.session_id,
            date=session.date if session else None,
            start=of.start,
            end=of.end,
            site_id=site.site_id if site else None,
            site=site.name if site else None,
            room_id=session.room_id if session else None,
            coach_id=coach_id,
        )


def sides(before: Instance | None, after: Instance | None, was: Roster, now: Roster) -> tuple[Side, Side]:
    """The two rosters with their data: what was is looked up in the data of then first, what is in those of now.

    So a session that was moved to another day is known by both of its days, and what is gone is known by what it was.
    """
    then, today = (before or after), (after or before)
    known = [] if then is None or today is None else ([then] if then is today else [then, today])
    people = today.people if today is not None else None
    return Side(was, known, people), Side(now, known[::-1], people)


def in_order(slot: Slot) -> tuple[str, int, int, str, str]:
    """A key that sorts slots by time; those whose day is not known come last."""
    return slot.date.isoformat() if slot.date else "9", slot.start, slot.end, slot.session_id, slot.coach_id or ""
