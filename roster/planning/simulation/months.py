"""Later months, made of the folder's month: sessions, interpreters and leave by weekday and week of the month.

What there is on the second Tuesday of the folder's month is there on the second Tuesday of every later month. A day
that the folder's month does not have (a fifth Tuesday), or that is a bank holiday in it, is taken from the last such
weekday before it that is there, else from the next. Bank holidays of later months are those of the calendar. Visits
promised to a site are at most the sessions that its month offers on working days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from roster.calendar import days_of_month
from roster.domain import Booking, Leave, Referral, Session, Site
from roster.instance import Instance

Dated = TypeVar("Dated", Session, Booking)


def month_after(month: str, number: int) -> str:
    """The month so many months after ``YYYY-MM``."""
    months = int(month[:4]) * 12 + int(month[5:]) - 1 + number
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def days_before(base: Instance, given: int | None) -> int:
    """How many days before a month its roster is made, from the second month on.

    As in the folder; where the folder's day lies in its month, as many as the notice, so that the whole month is open.
    """
    if given is not None:
        return given
    before = (base.days[0] - base.settings.as_of).days
    return before if before > 0 else base.settings.policy.notice_days


def sources(base: Instance, month: str) -> dict[date, date]:
    """For each day of a month the day of the folder's month that it is like."""
    by_weekday: dict[int, list[date]] = defaultdict(list)
    for day in base.days:
        by_weekday[day.weekday()].append(day)
    return {day: _source(by_weekday[day.weekday()], (day.day - 1) // 7, base) for day in days_of_month(month)}


def _source(alike: Sequence[date], place: int, base: Instance) -> date:
    """Of the days of one weekday the one at ``place``, or the nearest to stand for it."""
    before, after = [*reversed(alike[: place + 1])], alike[place + 1 :]
    return next((day for day in [*before, *after] if day not in base.bank_holidays), alike[min(place, len(alike) - 1)])


@dataclass
class Calendar:
    """The months of one region: that of the folder, and those after it."""

    base: Instance
    made_days_before: int | None = None
    _known: dict[int, Instance] = field(default_factory=dict)

    def month(self, number: int, referrals: Sequence[Referral]) -> Instance:
        """The data of a month, 0 for the folder's own, with these people on the list."""
        if number == 0:
            return self.base.replaced(referrals=tuple(referrals))
        if number not in self._known:
            self._known[number] = self._made(month_after(self.base.settings.month, number))
        return self._known[number].replaced(referrals=tuple(referrals))

    def as_of(self, number: int) -> date:
        """The day on which the roster of a month is made."""
        if number == 0:
            return self.base.settings.as_of
        first = days_of_month(month_after(self.base.settings.month, number))[0]
        return first - timedelta(days=days_before(self.base, self.made_days_before))

    def last_day(self, number: int) -> date:
        """The last day of a month."""
        return days_of_month(month_after(self.base.settings.month, number))[-1]

    def _made(self, month: str) -> Instance:
        like = sources(self.base, month)
        first = days_of_month(month)[0]
        as_of = first - timedelta(days=days_before(self.base, self.made_days_before))
        made = self.base.replaced(
            settings=self.base.settings.model_copy(update={"month": month, "as_of": as_of}),
            sessions=tuple(_sessions(self.base, like)),
            interpreters=tuple(_bookings(self.base, like)),
            leave=tuple(_leave(self.base, like)),
            pins=(),
            published=None,
        )
        return made.replaced(sites=promised(made))


def _carried(records: Iterable[Dated], like: Mapping[date, date]) -> Iterator[tuple[date, Dated]]:
    """Each record of the folder's month on each later day that is like its own."""
    there: dict[date, list[Dated]] = defaultdict(list)
    for record in records:
        there[record.date].append(record)
    for day, source in like.items():
        for record in there.get(source, ()):
            yield day, record


def _on(day: date, name: str) -> str:
    """The id of what is carried to a day of its month."""
    return f"{name}@{day:%d}"


def _sessions(base: Instance, like: Mapping[date, date]) -> Iterator[Session]:
    for day, s in _carried(base.sessions, like):
        yield s.model_copy(update={"session_id": _on(day, s.session_id), "date": day})


def _bookings(base: Instance, like: Mapping[date, date]) -> Iterator[Booking]:
    for day, b in _carried(base.interpreters, like):
        yield b.model_copy(update={"booking_id": _on(day, b.booking_id), "date": day})


def _leave(base: Instance, like: Mapping[date, date]) -> Iterator[Leave]:
    """Leave carried day by day, and what the folder says already of the days of this month."""
    for coach_id in base.coach:
        known = {day for row in base.leave if row.coach_id == coach_id for day in like if _covers(row, day)}
        away = base.leave_days.get(coach_id, frozenset())
        for day, source in like.items():
            if source in away or day in known:
                yield Leave(coach_id=coach_id, first_day=day, last_day=day)


def _covers(row: Leave, day: date) -> bool:
    return row.first_day <= day <= row.last_day


def promised(instance: Instance) -> tuple[Site, ...]:
    """The sites, none with more visits promised than its sessions on working days."""
    working = set(instance.days) - instance.bank_holidays
    offered = Counter(instance.site_of(s.session_id) for s in instance.sessions if s.date in working)
    return tuple(
        site.model_copy(update={"min_sessions": min(site.min_sessions, offered[site.site_id])})
        if site.min_sessions is not None
        else site
        for site in instance.sites
    )
