"""Days: bank holidays of the four nations, the days of a month, and dates as people read them.

Bank holidays are the days that GOV.UK lists: where one falls on a weekend, its substitute weekday is the
bank holiday, and the weekend day is not.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

from roster.domain import MINUTES_PER_DAY, WEEKDAYS, Nation

_SUBDIVISIONS: dict[Nation, str] = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern-ireland": "NIR",
}
_SATURDAY = 5


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of ``nation`` in ``year``."""
    known = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return frozenset(day for day in known if day.year == year and day.weekday() < _SATURDAY)


def days_of_month(month: str) -> tuple[date, ...]:
    """Every day of ``YYYY-MM``, in order."""
    year, number = int(month[:4]), int(month[5:])
    return tuple(date(year, number, 1) + timedelta(days=n) for n in range(monthrange(year, number)[1]))


def weekday_of(day: date) -> str:
    """``mon`` to ``sun``."""
    return WEEKDAYS[day.weekday()]


def iso_week(day: date) -> tuple[int, int]:
    """ISO year and week number: weeks begin on Monday and may cross two years."""
    year, week, _ = day.isocalendar()
    return year, week


def long_date(day: date) -> str:
    """The date in the style of GOV.UK: ``9 March 2027``."""
    return f"{day.day} {day:%B %Y}"


def long_day(day: date) -> str:
    """The same with its day of the week: ``Tuesday 2 March 2027``."""
    return f"{day:%A} {long_date(day)}"


def long_month(month: str) -> str:
    """``March 2027`` for ``2027-03``; a text that is no month stays as it is."""
    try:
        return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
    except ValueError:
        return month


def friendly_time(minutes: int) -> str:
    """The time of day in the style of GOV.UK: ``9:30am``, ``5pm``, ``midday``, ``midnight``."""
    hours, rest = divmod(minutes % MINUTES_PER_DAY, 60)
    if rest == 0 and hours in (0, 12):
        return "midday" if hours else "midnight"
    on_the_clock = f"{hours % 12 or 12}" + (f":{rest:02d}" if rest else "")
    return on_the_clock + ("am" if hours < 12 else "pm")
