"""What one way did on one instance: its best roster and bound over time, and how that is summed up."""

from collections.abc import Sequence
from dataclasses import dataclass

MOMENTS = (10.0, 30.0, 60.0, 300.0)
"""Seconds after which the gap is reported."""
MARKS = (0.05, 0.01)
"""Gaps of which it is reported when they were reached."""


@dataclass(frozen=True)
class Point:
    """What was known after so many seconds: the best roster's cost and the bound, in minutes of coach time."""

    seconds: float
    best: int | None
    bound: int | None

    @property
    def gap(self) -> float | None:
        """(best - bound) / best, where both are known."""
        return gap_between(self.best, self.bound)


def gap_between(best: int | None, bound: int | None) -> float | None:
    """(best - bound) / best, where both are known; 0.0 where they meet."""
    if best is None or bound is None:
        return None
    return max(0.0, (best - bound) / best) if best > 0 else 0.0


@dataclass(frozen=True)
class Run:
    """One way on one instance. Seconds count from the start of its process.

    ``best`` is the cost of its last roster, which passed the checker; None where it has none. ``limit``: the seconds
    it was given. ``memory``: the most that its processes held at one time, in MB; None where that cannot be seen.
    ``says`` is empty, or why it has no roster.
    """

    instance: str
    way: str
    seed: int
    limit: float
    seconds: float
    points: tuple[Point, ...]
    best: int | None
    bound: int | None
    memory: int | None = None
    says: str = ""

    @property
    def gap(self) -> float | None:
        """The gap at the end."""
        return gap_between(self.best, self.bound)

    def gap_at(self, moment: float) -> float | None:
        """The gap after so many seconds; None before there is one, and after its time was up."""
        known = [point.gap for point in self.points if point.seconds <= moment]
        over = moment > self.limit and self.gap != 0.0
        return None if over or not known else known[-1]

    @property
    def first_roster(self) -> float | None:
        """Seconds until the first roster."""
        return next((point.seconds for point in self.points if point.best is not None), None)

    def reached(self, gap: float) -> float | None:
        """Seconds until the gap was at most so much; None where it never was."""
        return next((point.seconds for point in self.points if point.gap is not None and point.gap <= gap), None)


def course(points: Sequence[Point], last: Point) -> tuple[Point, ...]:
    """The points with the best roster and the best bound so far in each, and the last one at the end.

    What a solver said on the way is rounded: nothing on the way is better than what it ended with. Where it ended
    with no roster, or with one that failed the checker, none on the way counts.
    """
    found: list[Point] = []
    for point in points:
        before = found[-1] if found else Point(0.0, None, None)
        best = None if last.best is None else _least(before.best, point.best, last.best)
        bound = None if last.bound is None else _most(before.bound, point.bound, last.bound)
        if (best, bound) != (before.best, before.bound):
            found.append(Point(point.seconds, best, bound))
    if not found or (found[-1].best, found[-1].bound) != (last.best, last.bound):
        found.append(last)
    return tuple(found)


def _least(before: int | None, now: int | None, last: int) -> int | None:
    known = [value for value in (before, now) if value is not None]
    return max(min(known), last) if known else None


def _most(before: int | None, now: int | None, last: int) -> int | None:
    known = [value for value in (before, now) if value is not None]
    return min(max(known), last) if known else None
