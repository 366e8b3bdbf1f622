"""How far to go through the rosters of each tiny world, so that all of them can be tried in a test."""

from collections.abc import Callable
from dataclasses import dataclass

from roster.instance import Instance
from tests.worlds import (
    edges_world,
    fortnight_world,
    interpreter_world,
    long_day_world,
    published_world,
    ragged_world,
)


@dataclass(frozen=True)
class Scope:
    """A world, and how far to go through its rosters: so many visits and so many appointments at most."""

    name: str
    world: Callable[[], Instance]
    most_visits: int
    most_appointments: int


SCOPES = (
    Scope("ragged", ragged_world, 3, 3),
    Scope("ragged, a pin that can be kept", lambda: ragged_world("C1, S4"), 3, 2),
    Scope("ragged, a pin that cannot be kept", lambda: ragged_world("C2, S4"), 2, 2),
    Scope("fortnight", fortnight_world, 3, 3),
    Scope("fortnight, all visits", fortnight_world, 10, 0),
    Scope("published", published_world, 3, 3),
    Scope("published, with an interpreter", lambda: published_world(interpreter=True), 2, 2),
    Scope("interpreters", interpreter_world, 3, 2),
    Scope("edges of a month", edges_world, 5, 3),
    Scope("long day", long_day_world, 3, 2),
    Scope("long day, all visits", long_day_world, 12, 0),
)
