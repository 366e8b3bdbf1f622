"""The summary of many folders as a person reads it: a line for each, the totals, and what needs a look."""

from collections.abc import Callable, Iterator, Mapping

from rich.console import RenderableType

from roster.show.layout import bullets, plain, spaced, table, under
from roster.summaries import Line, Summary, Totals
from roster.wording import how_many, percent

_OUTCOMES = {
    "optimal": "proved best",
    "feasible": "a roster",
    "infeasible": "a compromise",
    "unknown": "not known",
    "invalid": "wrong input",
    "rejected": "not accepted",
    "lost": "lost",
}


def many_text(summary: Summary, width: int) -> RenderableType:
    """A table of all folders, what came of those without a roster that keeps every rule, and the totals.

    Where the lines are less than ``_WIDE`` characters long, the table has fewer columns.
    """
    parts = [_table(summary, width >= _WIDE)]
    others = [f"{line.folder}: {says}" for line in summary.lines if (says := _remark(line))]
    if others:
        parts.append(under("What needs a look", [bullets(others)]))
    parts.append(under("All together", [bullets(_totals(summary.totals, sum(line.kept for line in summary.lines)))]))
    return spaced(parts)


def _table(summary: Summary, wide: bool) -> RenderableType:
    numbers = [name for name in _COLUMNS if wide or name not in _ONLY_WIDE]
    made = table("", ("Folder", "Outcome", *numbers), right=numbers)
    made.collapse_padding = True
    for line in summary.lines:
        made.add_row(plain(line.folder), _OUTCOMES[line.outcome], *(_COLUMNS[name](line) for name in numbers))
    return made


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


_WIDE = 105
_COLUMNS: Mapping[str, Callable[[Line], str]] = {
    "Seen": lambda line: "" if line.people_seen is None else f"{line.people_seen:,} of {line.people or 0:,}",
    "Coaches": lambda line: _count(line.coaches),
    "Sessions": lambda line: _count(line.sessions),
    "Total": lambda line: _count(line.objective),
    "None below": lambda line: _count(line.bound),
    "Gap": lambda line: "" if line.gap is None else percent(line.gap),
    "Seconds": lambda line: f"{line.seconds:.0f}",
    "Tries": lambda line: f"{line.tries}",
}
_ONLY_WIDE = frozenset(("Coaches", "Sessions", "Seconds", "Tries"))


def _remark(line: Line) -> str:
    """What to say of a folder beside its numbers: nothing where all is well."""
    if line.outcome == "invalid":
        first, more = line.faults[0], len(line.faults) - 1
        return f"{first}" + (f" {more:,} more in its result.json." if more else "")
    if line.keeps_every_rule:
        return "Stopped by you before its time." if line.stopped else ""
    return line.says


def _totals(totals: Totals, kept: int) -> Iterator[str]:
    counted = ", ".join(f"{number:,} {_OUTCOMES[outcome]}" for outcome, number in totals.outcomes.items())
    yield f"{how_many(totals.folders, 'folder')}: {counted}" + (f"; {kept:,} kept from an earlier run" if kept else "")
    yield f"{totals.people_seen:,} of {how_many(totals.people, 'person', 'people')} seen, compromises not counted"
    if totals.mean_gap is not None and totals.largest_gap is not None:
        yield f"Gap {percent(totals.mean_gap)} on average, {percent(totals.largest_gap)} at most"
