"""Coaches of an example region: where they start, when they work, what they can do, and their leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from instances.places import Places, at
from instances.recipes import Recipe
from roster.calendar import days_of_month
from roster.domain import Coach, Hours, Leave, Weekday, parse_clock

Choice = TypeVar("Choice")

_PATTERNS = (
    (20, ("09:00-17:15",)),
    (17, ("08:15-16:15",)),
    (12, ("09:30-18:00",)),
    (10, ("08:00-18:30",)),
    (14, ("09:15-14:45",)),
    (9, ("08:45-13:00",)),
    (18, ("08:30-12:45", "13:15-17:45")),
)
_MORNINGS = ("08:45-13:00",)
_WORKING_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
_DAYS = ((18, 3), (60, 4), (22, 5))
_A_DAY = ((86, 2), (6, 1), (8, 3))
_A_WEEK = ((12, 2), (34, 3), (42, 4), (12, 5))
_LEAVES = ((16, 0), (44, 1), (24, 2), (12, 3), (4, 4))
_LEAVE_DAYS = ((55, 1), (21, 2), (17, 3), (7, 5))
_SATURDAYS = 0.08
_WOMEN = 0.5


@dataclass(frozen=True)
class Staff:
    """The coaches with their contracted week and their leave."""

    coaches: tuple[Coach, ...]
    hours: tuple[Hours, ...]
    leave: tuple[Leave, ...]


def draw_staff(recipe: Recipe, places: Places, rng: Random) -> Staff:
    """The recipe's number of coaches. Every language of the region is spoken by one of them at least."""
    width = max(2, len(str(recipe.coaches)))
    coach_ids = [f"C{number:0{width}d}" for number in range(1, recipe.coaches + 1)]
    speaks = _languages(recipe, coach_ids, rng)
    coaches: list[Coach] = []
    hours: list[Hours] = []
    leave: list[Leave] = []
    for coach_id in coach_ids:
        pattern = pick(_PATTERNS, rng)
        hours += _week(coach_id, pattern, rng)
        coaches.append(_coach(coach_id, recipe, places, speaks[coach_id], pattern, rng))
        leave += _leave(coach_id, days_of_month(recipe.month), rng)
    return Staff(tuple(coaches), tuple(hours), tuple(leave))


def _languages(recipe: Recipe, coach_ids: list[str], rng: Random) -> dict[str, list[str]]:
    speaks: dict[str, list[str]] = {coach_id: [] for coach_id in coach_ids}
    for language in recipe.languages:
        for coach_id in rng.sample(coach_ids, rng.randint(1, max(1, len(coach_ids) // 6))):
            speaks[coach_id].append(language)
    return speaks


def _coach(
    coach_id: str, recipe: Recipe, places: Places, speaks: list[str], pattern: tuple[str, ...], rng: Random
) -> Coach:
    lat, lon = _base(places, rng)
    return Coach(
        coach_id=coach_id,
        base_lat=lat,
        base_lon=lon,
        skills=(*sorted(speaks), *(("woman",) if rng.random() < _WOMEN else ())),
        max_sessions_day=1 if pattern == _MORNINGS else pick(_A_DAY, rng),
        max_sessions_week=pick(_A_WEEK, rng),
        max_sessions_month=rng.choice(recipe.limits_a_month),
        max_travel_minutes_day=rng.choice(recipe.travel_limits),
    )


def _base(places: Places, rng: Random) -> tuple[float, float]:
    """Libraries and jobcentres have desks for coaches; elsewhere they start from home, near a town."""
    desks = [site for site in places.sites if site.kind in ("library", "jobcentre")]
    if desks and rng.random() < 0.7:
        desk = rng.choice(desks)
        return desk.lat, desk.lon
    town = rng.choices(places.towns, [t.size for t in places.towns])[0]
    return at(town.lat, town.lon, rng.uniform(-1.0, 1.0), rng.uniform(-1.0, 1.0))


def _week(coach_id: str, pattern: tuple[str, ...], rng: Random) -> Iterator[Hours]:
    days: list[tuple[Weekday, tuple[str, ...]]] = [
        (_WORKING_WEEK[index], pattern) for index in sorted(rng.sample(range(5), pick(_DAYS, rng)))
    ]
    if rng.random() < _SATURDAYS:
        days.append(("sat", ("09:00-13:30",)))
    for weekday, rows in days:
        for row in rows:
            start, end = row.split("-")
            yield Hours(coach_id=coach_id, weekday=weekday, start=parse_clock(start), end=parse_clock(end))


def _leave(coach_id: str, days: tuple[date, ...], rng: Random) -> list[Leave]:
    """Leave in the month; two stretches do not overlap."""
    away: set[date] = set()
    found = []
    for _ in range(pick(_LEAVES, rng)):
        first = rng.choice(days)
        stretch = [d for n in range(pick(_LEAVE_DAYS, rng)) if (d := first + timedelta(days=n)) <= days[-1]]
        if away.isdisjoint(stretch):
            away.update(stretch)
            found.append(Leave(coach_id=coach_id, first_day=stretch[0], last_day=stretch[-1]))
    return sorted(found, key=lambda row: row.first_day)


def pick(weighted: tuple[tuple[int, Choice], ...], rng: Random) -> Choice:
    """One of the choices, each as likely as its weight."""
    return rng.choices([choice for _, choice in weighted], [weight for weight, _ in weighted])[0]
