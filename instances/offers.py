"""Rooms offered: which room, on which weekday, from when to when, and every how many weeks.

Surgeries offer half-days in the main, and odd hours where a room is needed for something else; libraries offer
their staffed hours; some rooms are offered for a whole day. Now and then a room is offered on a bank holiday by
mistake, or for two sessions that overlap.
"""

from collections import defaultdict
from datetime import date
from random import Random

from instances.places import Places
from instances.recipes import Recipe
from roster.calendar import bank_holidays, days_of_month
from roster.domain import Room, Session, SiteKind, parse_clock

Offer = tuple[str, str]

_TIMES: dict[SiteKind, tuple[tuple[int, str], ...]] = {
    "surgery": (
        (33, "08:30-12:40"),
        (32, "13:30-17:40"),
        (6, "08:30-17:40"),
        (5, "09:00-13:00"),
        (5, "09:00-12:30"),
        (3, "13:30-17:30"),
        (3, "14:00-17:30"),
        (3, "10:30-13:40"),
        (2, "09:30-12:00"),
        (2, "14:00-16:30"),
        (2, "08:30-12:00"),
        (2, "09:00-11:00"),
        (1, "15:00-16:30"),
        (1, "09:00-17:30"),
    ),
    "library": (
        (40, "13:30-17:00"),
        (17, "09:00-13:00"),
        (12, "09:15-13:00"),
        (10, "09:45-13:00"),
        (7, "10:00-13:00"),
        (4, "09:00-17:00"),
        (4, "14:15-17:00"),
        (3, "11:15-13:00"),
        (3, "17:00-19:00"),
    ),
    "jobcentre": ((48, "09:00-12:30"), (32, "13:00-16:30"), (8, "09:00-16:30"), (6, "09:30-11:00"), (6, "15:00-17:00")),
    "community_centre": ((50, "13:00-17:00"), (50, "08:30-12:40")),
    "faith": ((60, "08:30-12:40"), (40, "10:30-13:40")),
    "other": ((100, "09:00-12:30"),),
}
_WEEKS = ((45, (0, 1, 2, 3, 4)), (15, (0, 2, 4)), (15, (1, 3)), (10, (0, 3)), (15, (2,)))
_SATURDAY = 5
_UNUSED_ROOMS = 0.05
_BY_MISTAKE = 0.25
_OVERLAP = 0.5
_SAME_DAY = 0.25
_SATURDAYS = 0.08


def draw_sessions(recipe: Recipe, places: Places, rng: Random) -> tuple[Session, ...]:
    """Exactly the recipe's number of sessions, numbered by date, start and room."""
    kinds = {site.site_id: site.kind for site in places.sites}
    rooms = [room for room in places.rooms if rng.random() >= _UNUSED_ROOMS] or list(places.rooms)
    weekdays = [0.7 + 0.6 * rng.random() for _ in range(_SATURDAY)]
    offered: dict[tuple[str, date], set[Offer]] = defaultdict(set)
    number = 0
    while number < recipe.sessions:
        rng.shuffle(rooms)
        for room in rooms:
            number += _offer(recipe, room, kinds[room.site_id], weekdays, offered, rng)
    found = [(day, *times, room_id) for (room_id, day), offers in offered.items() for times in offers]
    kept = sorted(rng.sample(sorted(found), recipe.sessions))
    width = len(str(recipe.sessions)) if recipe.sessions > 999 else 3
    return tuple(
        Session(
            session_id=f"S{index:0{width}d}",
            room_id=room_id,
            date=day,
            start=parse_clock(start),
            end=parse_clock(end),
        )
        for index, (day, start, end, room_id) in enumerate(kept, start=1)
    )


def _offer(
    recipe: Recipe,
    room: Room,
    kind: SiteKind,
    weekdays: list[float],
    offered: dict[tuple[str, date], set[Offer]],
    rng: Random,
) -> int:
    """Offer the room on one weekday of some weeks; how many sessions that makes."""
    weekday = _weekday(room, kind, weekdays, offered, rng)
    times, chances = [t for _, t in _TIMES[kind]], [c for c, _ in _TIMES[kind]]
    start, end = rng.choices(times, chances)[0].split("-")
    weeks = rng.choices([w for _, w in _WEEKS], [c for c, _ in _WEEKS])[0]
    overlaps = rng.random() < _OVERLAP
    days = [day for day in days_of_month(recipe.month) if day.weekday() == weekday]
    number = 0
    for week, day in enumerate(days):
        there = offered.get((room.room_id, day), set())
        clashes = any(start < other_end and other_start < end for other_start, other_end in there)
        if week in weeks and _open(recipe, day, rng) and (start, end) not in there and (overlaps or not clashes):
            offered[room.room_id, day].add((start, end))
            number += 1
    return number


def _weekday(
    room: Room, kind: SiteKind, weekdays: list[float], offered: dict[tuple[str, date], set[Offer]], rng: Random
) -> int:
    """A weekday, sometimes one on which the room is offered already; libraries may offer a Saturday."""
    already = sorted({day.weekday() for room_id, day in offered if room_id == room.room_id})
    if already and rng.random() < _SAME_DAY:
        return rng.choice(already)
    if kind == "library" and rng.random() < _SATURDAYS:
        return _SATURDAY
    return rng.choices(range(_SATURDAY), weekdays)[0]


def _open(recipe: Recipe, day: date, rng: Random) -> bool:
    if recipe.no_rooms_before is not None and day < recipe.no_rooms_before:
        return False
    return day not in bank_holidays(recipe.nation, day.year) or rng.random() < _BY_MISTAKE
