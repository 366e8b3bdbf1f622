"""What could be offered besides what is: a room for a half-day more, an interpreter for a half-day more.

What repairs may add is settled here: any room, on any day from Monday to Friday that is no bank holiday, in the
morning and in the afternoon, at the times at which that room is mostly offered, or its site, or the region, where it
is not offered at that time already; and for each skill that people need an interpreter on any such half-day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from roster.domain import Room, Session
from roster.edits import AddBooking, AddSession
from roster.instance import Instance, Span

MIDDAY = 12 * 60
USUAL: tuple[Span, ...] = ((8 * 60 + 30, 12 * 60 + 40), (13 * 60 + 30, 17 * 60 + 40))
"""The half-days of the health service, for a region that offers none in the morning, or in the afternoon."""
LONGEST = 5 * 60
"""A half-day has at most so many minutes."""
_SATURDAY = 5


@dataclass(frozen=True)
class HalfDays:
    """The half-days of one instance on which something more could be offered."""

    instance: Instance

    def days(self, last: date) -> list[date]:
        """The days from the day of the roster to ``last`` on which something could be offered."""
        instance = self.instance
        return [
            day
            for day in instance.days
            if day <= last
            and day.weekday() < _SATURDAY
            and day not in instance.bank_holidays
            and not instance.is_past(day)
        ]

    def sessions(self, site_ids: Collection[str], last: date) -> Iterator[AddSession]:
        """Every session that could be offered at these sites until ``last``."""
        days = self.days(last)
        for room in self.instance.rooms:
            if room.site_id in site_ids:
                for half, (start, end) in enumerate(self._times(room)):
                    yield from self._in_room(room, days, half, start, end)

    def _in_room(self, room: Room, days: Iterable[date], half: int, start: int, end: int) -> Iterator[AddSession]:
        for day in days:
            taken = self._taken.get((room.room_id, day), ())
            if all(until <= start or end <= since for since, until in taken):
                id_ = f"{room.room_id}-{day}-{'am' if half == 0 else 'pm'}"
                if id_ not in self.instance.session:
                    yield AddSession(session_id=id_, room_id=room.room_id, date=day, start=start, end=end)

    def bookings(self, skills: Collection[str], last: date) -> Iterator[AddBooking]:
        """An interpreter of each skill on every half-day until ``last``, for as long as any session is then."""
        for skill in sorted(skills):
            for day in self.days(last):
                for half, (start, end) in enumerate(self._longest):
                    id_ = f"{skill}-{day}-{'am' if half == 0 else 'pm'}"
                    if id_ not in self.instance.booking:
                        fee = self._fee(skill)
                        yield AddBooking(booking_id=id_, skill=skill, date=day, start=start, end=end, fee_pounds=fee)

    def _fee(self, skill: str) -> float:
        """What such a booking mostly costs, in pounds; what any costs where there is none of the skill."""
        fees = [b.fee_pounds for b in self.instance.interpreters if b.skill == skill]
        return float(median(fees or [b.fee_pounds for b in self.instance.interpreters] or [0.0]))

    @cached_property
    def _taken(self) -> dict[tuple[str, date], list[Span]]:
        found: dict[tuple[str, date], list[Span]] = defaultdict(list)
        for s in self.instance.sessions:
            found[s.room_id, s.date].append((s.start, s.end))
        return found

    def _times(self, room: Room) -> tuple[Span, Span]:
        """The start and end of a morning and of an afternoon in the room."""
        ways = (self._by_room.get(room.room_id, ()), self._by_site.get(room.site_id, ()), self.instance.sessions)
        return _usual(ways, morning=True), _usual(ways, morning=False)

    @cached_property
    def _by_room(self) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.instance.sessions:
            found[session.room_id].append(session)
        return found

    @cached_property
    def _by_site(self) -> dict[str, list[Session]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.instance.sessions:
            found[self.instance.site_of(session.session_id)].append(session)
        return found

    @cached_property
    def _longest(self) -> tuple[Span, Span]:
        """From the earliest start to the latest end of a morning and of an afternoon."""
        mornings = [(s.start, s.end) for s in self.instance.sessions if s.start < MIDDAY] + [USUAL[0]]
        afternoons = [(s.start, s.end) for s in self.instance.sessions if s.start >= MIDDAY] + [USUAL[1]]
        return _around(mornings), _around(afternoons)


def _around(spans: list[Span]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _usual(ways: Iterable[Iterable[Session]], *, morning: bool) -> Span:
    """The most common start and end of the first that has any: the room's, its site's, the region's, the usual ones.

    A session that is longer than a half-day counts for none.
    """
    for sessions in ways:
        halves = [s for s in sessions if (s.start < MIDDAY) == morning and s.end - s.start <= LONGEST]
        times = Counter((s.start, s.end) for s in halves)
        if times:
            return min(times, key=lambda span: (-times[span], span))
    return USUAL[0 if morning else 1]
