"""See-by dates by the one rule of all example regions.

Band A: the earlier of ten working days after the referral and day 28 of the absence (how long somebody has been
absent is drawn, and not held). Band B: fifteen working days. Band C and follow-ups: 28 days.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from roster.calendar import bank_holidays
from roster.domain import Band, Nation

_SATURDAY = 5


def see_by(nation: Nation, referred_on: date, band: Band, follow_up: bool, days_absent: int) -> date:
    """The day by which a person should be seen who had been absent for so many days when they were referred."""
    if follow_up or band == "C":
        return referred_on + timedelta(days=28)
    if band == "B":
        return working_days_later(nation, referred_on, 15)
    day_28 = referred_on + timedelta(days=27 - days_absent)
    return min(working_days_later(nation, referred_on, 10), day_28)


def working_days_later(nation: Nation, day: date, number: int) -> date:
    """The ``number``-th working day after ``day``."""
    return next(islice(_working_days_after(nation, day), number - 1, None))


def working_days(nation: Nation, first: date, last: date) -> list[date]:
    """The working days from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if _is_working_day(nation, day)]


def _working_days_after(nation: Nation, day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if _is_working_day(nation, day):
            yield day


def _is_working_day(nation: Nation, day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)
