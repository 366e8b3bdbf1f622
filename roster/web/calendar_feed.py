"""A calendar of visits as iCalendar (RFC 5545), from the published rosters of a region.

One event a visit. Its UID stays, so that another version of the roster moves the event; SEQUENCE counts the versions
that changed it, and a visit that is no longer in the roster is CANCELLED. DTSTAMP is when the version that last
changed it was published. No id of a referral is in it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from roster.calendar import days_of_month
from roster.domain import Roster
from roster.instance import Instance
from roster.store.models import COACH, Membership, Month
from roster.store.months import instance_of
from roster.store.told import Places, ToldVisit, told_by, versions_of
from roster.wording import VOLUNTARY, how_many

_LONDON = ZoneInfo("Europe/London")
_PRODUCT = "-//Surgery roster//Visits//EN"


@dataclass(frozen=True)
class Told:
    """A visit as one version told it: ``sequence`` counts its changes so far, ``at`` is when the last was published."""

    visit: ToldVisit
    sequence: int
    at: datetime
    cancelled: bool = False


@dataclass(frozen=True)
class About:
    """Whose calendar it is: its name, which visits are in it, and what an event is called."""

    name: str
    holds: Callable[[Instance, ToldVisit], bool]
    title: Callable[[Instance, ToldVisit], str]


def calendar_of(membership: Membership) -> bytes:
    """The calendar of a practice manager or a coach: every month of the region that is published."""
    assert membership.region is not None
    about = _of_coach(membership.subject) if membership.role == COACH else _of_practice(membership.subject)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", about.name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for month in membership.region.months.all():
        for event in _events(month, about, f"{membership.role} {membership.subject}"):
            calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _of_coach(coach_id: str) -> About:
    return About(
        f"Visits of coach {coach_id}",
        lambda _, visit: visit.coach_id == coach_id,
        lambda instance, visit: f"{_site(instance, visit)}, room {visit.place.room_id}",
    )


def _of_practice(practice_id: str) -> About:
    def holds(instance: Instance, visit: ToldVisit) -> bool:
        practice = instance.practice.get(practice_id)
        return practice is not None and practice.site_id == visit.place.site_id

    return About(
        f"Coaches at practice {practice_id}",
        holds,
        lambda _, visit: f"Coach {visit.coach_id}, room {visit.place.room_id}",
    )


def _site(instance: Instance, visit: ToldVisit) -> str:
    site = instance.site.get(visit.place.site_id)
    return site.name if site else visit.place.site_id


def _events(month: Month, about: About, whose: str) -> Iterator[Event]:
    instance = instance_of(month)
    for key, told in sorted(visits_over_time(month, instance, about).items()):
        yield _event(instance, about, told, f"{month.region_id} {month.month} {whose} {' '.join(key)}")


def visits_over_time(month: Month, instance: Instance, about: About) -> dict[tuple[str, ...], Told]:
    """Every visit of the calendar that any version told, by session, as the newest version has it."""
    places = Places(month, instance)
    found: dict[tuple[str, ...], Told] = {}
    for number, at, roster in _versions(month, instance):
        visits = (v for v in told_by(roster, number, places, instance) if about.holds(instance, v))
        now = {(v.session_id,): v for v in visits}
        found |= {key: _next(found.get(key), visit, at) for key, visit in now.items()}
        found |= {key: _cancelled(told, at) for key, told in found.items() if key not in now}
    return found


def _versions(month: Month, instance: Instance) -> Iterator[tuple[int, datetime, Roster]]:
    """The number, the time and the roster of each version, the oldest first."""
    for number, version, roster in versions_of(month, instance):
        first = datetime.combine(days_of_month(month.month)[0], time(), UTC)
        yield number, first if version is None else version.published_at, roster


def _next(before: Told | None, visit: ToldVisit, at: datetime) -> Told:
    if before is None:
        return Told(visit, 0, at)
    if before.cancelled or _seen_of(before.visit) != _seen_of(visit):
        return Told(visit, before.sequence + 1, at)
    return replace(before, visit=visit)


def _cancelled(told: Told, at: datetime) -> Told:
    return told if told.cancelled else replace(told, sequence=told.sequence + 1, at=at, cancelled=True)


def _seen_of(visit: ToldVisit) -> tuple[object, ...]:
    """What makes it another event: people are left out, so that one who withdraws changes no event."""
    return visit.place, visit.coach_id, visit.start, visit.end


def _event(instance: Instance, about: About, told: Told, key: str) -> Event:
    visit = told.visit
    event = Event()
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@surgery-roster")
    event.add("dtstamp", told.at)
    event.add("last-modified", told.at)
    event.add("sequence", told.sequence)
    event.add("dtstart", _moment(visit.date, visit.start))
    event.add("dtend", _moment(visit.date, visit.end))
    event.add("summary", about.title(instance, visit))
    event.add("location", f"{_site(instance, visit)}, room {visit.place.room_id}")
    event.add("description", " ".join(_words(visit)))
    event.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    return event


def _words(visit: ToldVisit) -> Iterable[str]:
    yield f"{how_many(len(visit.appointments), 'person', 'people')}."
    if visit.interpreters:
        yield f"Interpreter: {', '.join(visit.interpreters)}."
    yield VOLUNTARY


def _moment(day: date, minutes: int) -> datetime:
    """The moment in UTC at which clocks in the United Kingdom show so many minutes after midnight."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), _LONDON).astimezone(UTC)
