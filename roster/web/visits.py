"""Who comes when: the visits that people were told of, as one practice or one coach may see them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from roster.instance import Instance
from roster.store.told import ToldVisit


@dataclass(frozen=True)
class Slot:
    """One appointment; ``referral_id`` is empty where it is for somebody of another practice."""

    start: int
    end: int
    referral_id: str


@dataclass(frozen=True)
class Comes:
    """A visit at a practice: its own appointments, and how many of other practices."""

    visit: ToldVisit
    own: tuple[Slot, ...]
    others: int


@dataclass(frozen=True)
class Week:
    """Monday to Sunday."""

    first_day: date

    @property
    def last_day(self) -> date:
        """Sunday."""
        return self.first_day + timedelta(days=6)

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first_day <= day <= self.last_day


def comes(instance: Instance, told: Iterable[ToldVisit], practice_id: str) -> tuple[Comes, ...]:
    """The visits at the practice's site. Ids of referrals are those of the practice alone."""
    practices = {r.referral_id: r.practice_id for r in instance.referrals}
    site_id = instance.practice[practice_id].site_id
    found = []
    for visit in told:
        if visit.place.site_id != site_id:
            continue
        own = [a for a in visit.appointments if practices.get(a.referral_id) == practice_id]
        slots = tuple(Slot(a.start, a.end, a.referral_id) for a in own)
        found.append(Comes(visit, slots, len(visit.appointments) - len(slots)))
    return tuple(found)


def by_day(visits: Iterable[Comes]) -> Iterator[tuple[date, list[Comes]]]:
    """The days with their visits; the visits are in order of time."""
    for day, on_day in groupby(visits, key=lambda c: c.visit.date):
        yield day, list(on_day)


def weeks_with_visits(visits: Iterable[Comes]) -> list[Week]:
    """The weeks in which there are visits, in order."""
    mondays = {c.visit.date - timedelta(days=c.visit.date.weekday()) for c in visits}
    return [Week(day) for day in sorted(mondays)]


@dataclass(frozen=True)
class DoorRow:
    """One visit as it hangs on a door: when, in which room, and when somebody is seen. No id of a person."""

    room_id: str
    start: int
    end: int
    times: tuple[tuple[int, int], ...]
    interpreters: tuple[str, ...]


def door_sheet(visits: Sequence[Comes], week: Week) -> list[tuple[date, list[DoorRow]]]:
    """The week's visits day by day. A room that was withdrawn is left out."""
    shown = [c for c in visits if week.holds(c.visit.date) and not c.visit.gone]
    return [(day, [_row(c.visit) for c in on_day]) for day, on_day in by_day(shown)]


def _row(visit: ToldVisit) -> DoorRow:
    times = tuple(sorted((a.start, a.end) for a in visit.appointments))
    return DoorRow(visit.place.room_id, visit.start, visit.end, times, visit.interpreters)
