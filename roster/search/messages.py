"""What a search is asked, and what the processes of a search tell each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roster.instance import Instance
from roster.model import Ints
from roster.plan import Plan
from roster.rule import Preference, Rule

Mask = NDArray[np.bool_]

Start = Callable[[Instance, Sequence[Rule]], Iterable[Plan]]
"""Makes rosters without a search, the quickest first; what is not a roster is not used."""


@dataclass(frozen=True)
class Task:
    """What to solve and how hard to try. ``deadline`` is on the clock of ``time.monotonic``."""

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    deadline: float
    workers: int
    seed: int
    gap: float
    start: Start | None = None


@dataclass(frozen=True)
class Found:
    """A roster, as a plan."""

    plan: Plan


@dataclass(frozen=True)
class Bound:
    """No roster costs less than this, in minutes of coach time."""

    minutes: int


@dataclass(frozen=True)
class Floors:
    """For each variable what a roster costs at least that uses it, and whether the relaxation uses it.

    ``bound`` is the one they belong to.
    """

    minutes: Ints
    used: Mask
    bound: int


@dataclass(frozen=True)
class Outranked:
    """For each referral that could be seen, what a roster costs at least that sees it, in minutes."""

    minutes: Mapping[str, int]


@dataclass(frozen=True)
class NoRoster:
    """No roster keeps every rule, it seems; rosters and bounds that follow are of a compromise."""


@dataclass(frozen=True)
class Ended:
    """The search ended. ``proved``: the best roster is best.

    Of a compromise, ``confirmed``: there is no roster; ``least``: none breaks less.
    """

    proved: bool = False
    confirmed: bool = False
    least: bool = False


Message = Found | Bound | Floors | Outranked | NoRoster | Ended
