"""The most minutes of visits that a coach can hold in a day, a week and a month, whatever else they do.

An upper bound, exact for one day: visits in an order in which the coach gets from each to the next, within the
limits of visits and of travel. It rests on ``Candidates`` for what could be at all.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from roster.candidates import Candidates
from roster.domain import Coach, Session
from roster.instance import Instance

Most = tuple[int, ...]
"""``most[n]``: the most minutes of at most n visits; the last entry holds for more visits too."""

Worth = Mapping[tuple[str, str], int]
"""The minutes that count in a visit, by (coach, session); 0 where it is left out."""


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


class Holding:
    """What the coaches of an instance can hold at most from as_of on."""

    def __init__(self, instance: Instance, candidates: Candidates) -> None:
        self._instance = instance
        self._candidates = candidates
        self._next: dict[tuple[str, date], dict[str, list[tuple[str, int]]]] = {}
        self._known: dict[tuple[str, date, tuple[int, ...]], Most] = {}

    @cached_property
    def _days(self) -> dict[tuple[str, date], list[Session]]:
        """The sessions from as_of on that each coach could hold each day, in the order in which they are held."""
        days: dict[tuple[str, date], list[Session]] = defaultdict(list)
        for session_id, coaches in self._candidates.coaches_at.items():
            session = self._instance.session[session_id]
            if not self._instance.is_past(session.date):
                for coach_id in coaches:
                    days[coach_id, session.date].append(session)
        for (coach_id, _), sessions in days.items():
            sessions.sort(key=lambda s: (self._instance.span(coach_id, s.session_id) or (0, 0), s.session_id))
        return days

    def day(self, coach_id: str, day: date, worth: Worth) -> Most:
        """The most minutes in the coach's day. Visits that count nothing may lie between those that do."""
        minutes = tuple(worth.get((coach_id, s.session_id), 0) for s in self._days[coach_id, day])
        key = coach_id, day, minutes
        if key not in self._known:
            gains = {s.session_id: gain for s, gain in zip(self._days[coach_id, day], minutes, strict=True)}
            self._known[key] = self._find_day(coach_id, day, gains)
        return self._known[key]

    def _find_day(self, coach_id: str, day: date, gains: Mapping[str, int]) -> Most:
        """``gains``: the minutes that count in each session that the coach could hold that day, in their order."""
        limits = _Limits(self._instance, coach_id, len(gains))
        ways: dict[str, dict[int, _Ways]] = {session_id: {} for session_id in gains}
        most = [0] * (limits.visits + 1)
        for session_id, here in ways.items():
            limits.begin(here, session_id, gains[session_id])
            for number, found in here.items():
                most[number] = max([most[number], *limits.done(session_id, found)])
                if number < limits.visits:
                    for then, road in self._after(coach_id, day)[session_id]:
                        limits.go_on(ways[then].setdefault(number + 1, []), found, road, gains[then])
        return _rising(most)

    def _after(self, coach_id: str, day: date) -> dict[str, list[tuple[str, int]]]:
        """The sessions to which the coach could go on from each, with the minutes on the road to them."""
        key = coach_id, day
        if key not in self._next:
            sessions, road = self._days[key], self._instance.minutes_between
            site = {s.session_id: self._instance.site_of(s.session_id) for s in sessions}
            self._next[key] = {
                a.session_id: [
                    (b.session_id, road(site[a.session_id], site[b.session_id]))
                    for b in sessions[n + 1 :]
                    if self._candidates.leg_may_be(coach_id, a, b)
                ]
                for n, a in enumerate(sessions)
            }
        return self._next[key]

    def within_week(self, coach_id: str, monday: date, days: list[Most]) -> Most:
        """The most minutes in the week of that Monday, of such days, given what has been held in it."""
        limit = self._instance.coach[coach_id].max_sessions_week
        return self._within(days, limit, self.held_in_week[coach_id, monday])

    def within_month(self, coach_id: str, weeks: list[Most]) -> Most:
        """The most minutes in the month of such weeks, given what has been held in it."""
        return self._within(weeks, self._instance.coach[coach_id].max_sessions_month, self.held_in_month[coach_id])

    def _within(self, parts: list[Most], limit: int | None, held: int) -> Most:
        most: Most = (0,)
        for part in parts:
            most = _together(most, part)
        return most if limit is None else most[: max(limit - held, 0) + 1]

    @cached_property
    def held_in_week(self) -> Counter[tuple[str, date]]:
        """Visits before as_of, by (coach, Monday of the week)."""
        return Counter((coach_id, monday_of(self._date(s))) for coach_id, s in self._instance.history)

    @cached_property
    def held_in_month(self) -> Counter[str]:
        """Visits of the month before as_of, by coach."""
        return Counter(c for c, s in self._instance.history if self._instance.is_in_month(self._date(s)))

    def _date(self, session_id: str) -> date:
        return self._instance.session[session_id].date


_Ways = list[tuple[int, int]]
"""Ways to be in a session after so many visits: (minutes on the road, minutes that count), none worse in both."""


class _Limits:
    """How often and how far one coach may go in a day."""

    def __init__(self, instance: Instance, coach_id: str, number: int) -> None:
        self._instance = instance
        coach: Coach = instance.coach[coach_id]
        self._coach_id = coach_id
        limit = coach.max_travel_minutes_day
        self._travel = math.inf if limit is None else limit
        self.visits = number if coach.max_sessions_day is None else min(number, coach.max_sessions_day)

    def begin(self, here: dict[int, _Ways], session_id: str, minutes: int) -> None:
        """Adds the way straight from the base."""
        road = self._road(self._coach_id, self._instance.site_of(session_id))
        if self.visits and road <= self._travel:
            _keep(here.setdefault(1, []), road, minutes)

    def done(self, session_id: str, here: _Ways) -> list[int]:
        """The minutes of the ways after which the coach may go home from here."""
        home = self._road(self._instance.site_of(session_id), self._coach_id)
        return [minutes for road, minutes in here if road + home <= self._travel]

    def go_on(self, there: _Ways, here: _Ways, further: int, gain: int) -> None:
        """Adds the ways that go on, so many minutes on the road. All roads are alike to a coach without a limit."""
        if self._travel == math.inf:
            further = 0
        for road, minutes in here:
            if road + further <= self._travel:
                _keep(there, road + further, minutes + gain)

    def _road(self, start: str, end: str) -> int:
        return 0 if self._travel == math.inf else self._instance.minutes_between(start, end)


def _keep(ways: _Ways, road: int, minutes: int) -> None:
    if not any(r <= road and m >= minutes for r, m in ways):
        ways[:] = [(r, m) for r, m in ways if r < road or m > minutes]
        ways.append((road, minutes))


def _together(one: Most, other: Most) -> Most:
    """The most minutes of both: n visits in all, shared out in the best way."""
    most = [0] * (len(one) + len(other) - 1)
    for n, minutes in enumerate(one):
        for k, more in enumerate(other):
            most[n + k] = max(most[n + k], minutes + more)
    return _rising(most)


def _rising(most: list[int]) -> Most:
    return tuple(max(most[: n + 1]) for n in range(len(most)))
