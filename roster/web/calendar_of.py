"""A month as the weeks of a calendar, Monday first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from roster.calendar import days_of_month

Held = TypeVar("Held")


@dataclass(frozen=True)
class Day(Generic[Held]):
    """A day of the calendar; ``held`` is None outside the month."""

    date: date
    in_month: bool
    held: Held | None


def weeks_of(month: str, held: Callable[[date], Held]) -> list[list[Day[Held]]]:
    """The weeks that the month touches, seven days each."""
    days = days_of_month(month)
    first = days[0] - timedelta(days=days[0].weekday())
    weeks: list[list[Day[Held]]] = []
    while first <= days[-1]:
        week = [first + timedelta(days=n) for n in range(7)]
        weeks.append([Day(d, d in days, held(d) if d in days else None) for d in week])
        first += timedelta(days=7)
    return weeks
