"""A grid with two axes as a map: how many people are seen at each of its points, for a picture and its table."""

from collections.abc import Iterator
from dataclasses import dataclass

from roster.planning.record import Column, PlanReport

AS_IT_IS = "as it is"
"""The label of a step that changes nothing."""


@dataclass(frozen=True)
class Map:
    """People by the labels of both axes, rows first.

    A point without a roster that keeps every rule is left out. ``number``: which grid of the file it is, from 1;
    ``says``: which people are counted.
    """

    number: int
    says: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    people: dict[tuple[str, str], int]


def maps(report: PlanReport) -> Iterator[Map]:
    """The grids of a plan that have two axes, in the order of the file."""
    points = [c.point for c in report.scenarios if c.point is not None]
    for number in sorted({point.grid for point in points if len(point.steps) == 2}):
        yield _map(report, number)


def _map(report: PlanReport, number: int) -> Map:
    """Of the people seen; of those seen within 28 days where as many are seen at every point."""
    placed = _placed(report, number)
    counted = {place: column for place, column in placed.items() if column.figures and not column.compromise}
    seen = {place: _number(column, within_28_days=False) for place, column in counted.items()}
    rows = tuple(dict.fromkeys(row for row, _ in placed))
    whole = next((row for row in rows if (row, AS_IT_IS) in placed and row != AS_IT_IS), rows[0])
    columns = tuple(dict.fromkeys([*(c for r, c in placed if r == whole), *(c for _, c in placed)]))
    if len(set(seen.values())) > 1:
        return Map(number, "People seen", rows, columns, seen)
    soon = {place: _number(column, within_28_days=True) for place, column in counted.items()}
    return Map(number, "People seen within 28 days", rows, columns, soon)


def _placed(report: PlanReport, number: int) -> dict[tuple[str, str], Column]:
    """The columns of a grid by their labels; the base is one where both axes have a step that changes nothing."""
    points = {c.point.steps: c for c in report.scenarios if c.point is not None and c.point.grid == number}
    if all(any(not steps[axis] for steps in points) for axis in (0, 1)):
        points["", ""] = report.base
    return {(one or AS_IT_IS, other or AS_IT_IS): column for (one, other), column in points.items()}


def _number(column: Column, *, within_28_days: bool) -> int:
    assert column.figures is not None
    everybody = column.figures.everybody
    return everybody.within_28_days if within_28_days else everybody.seen
