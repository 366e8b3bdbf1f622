"""A roster's weakest points as a person reads them: a table, the weakest first, and what is said of the first few."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from roster.calendar import long_month
from roster.show.layout import bullets, plain, spaced, table, under, voluntary
from roster.stress.record import Part, StressReport, WeakPoint

_MOST_SENTENCES = 3
_NUMBERS = ("Hit", "Too late", "Promises", "Changes", "Total")
_LEGEND = (
    "Hit: people with an appointment there. Too late: people no longer seen in time. Promises: how many the best "
    "repair found breaks beside that. Total: by how much it is dearer, in minutes of coach time."
)


def stress_text(report: StressReport, most: int) -> RenderableType:
    """What was tried, ``most`` rows of the weakest points, the first of them in sentences, and what was not tried."""
    heading = f"{report.instance}, {long_month(report.month)}: if something is gone for a week"
    said = "Stopped by you. " if report.stopped else ""
    parts: list[RenderableType] = [under(heading, [plain(said + report.says)])]
    tried = [point for point in report.points if point.repaired is not None]
    if tried:
        parts += [_points(tried, most), _sentences(tried)]
    for state, words in (("not_known", "Not known"), ("not_tried", "Not tried")):
        others = [point for point in report.points if point.state == state]
        if others:
            parts.append(under(f"{words} ({len(others):,})", [bullets(_few(others, most))]))
    return spaced([*parts, voluntary()])


def _points(points: Sequence[WeakPoint], most: int) -> RenderableType:
    made = table(f"The weakest points first ({len(points):,})", ("", "Gone", "Week", *_NUMBERS), right=("", *_NUMBERS))
    first = points if len(points) <= most + 1 else points[:most]
    for rank, point in enumerate(first, start=1):
        _add(made, rank, point)
    below = [_LEGEND]
    if len(first) < len(points):
        below.append(f"and {len(points) - len(first):,} more: --most {len(points)} shows them all")
    return Group(made, *map(plain, below))


def _add(made: Table, rank: int, point: WeakPoint) -> None:
    repaired = point.repaired
    assert repaired is not None
    made.add_row(
        str(rank),
        plain(_gone(point.parts)),
        plain(_days(point)),
        f"{point.people:,}",
        f"{repaired.people:,}",
        f"{len(repaired.breaks):,}",
        f"{repaired.changes:,}",
        f"{repaired.costs_more:+,}",
    )


def _gone(parts: Sequence[Part]) -> str:
    first, *others = parts
    if first.kind == "coach":
        return f"coach {first.id}"
    place = str(first.name) if first.kind == "site" else f"room {first.id}, {first.name}"
    return f"{place} (its only room)" if others else place


def _days(point: WeakPoint) -> str:
    """``15 to 21 March``."""
    first, last = point.first_day, point.last_day
    day = f"{last.day} {last:%B}"
    return day if first == last else f"{first.day} to {day}"


def _sentences(points: Sequence[WeakPoint]) -> RenderableType:
    return under("The weakest in words", [bullets(point.says for point in points[:_MOST_SENTENCES])])


def _few(points: Sequence[WeakPoint], most: int) -> list[str]:
    if len(points) <= most + 1:
        return [point.says for point in points]
    return [*(point.says for point in points[:most]), f"and {len(points) - most:,} more"]
