"""Runs as tables: Markdown to read, JSON and CSV to work with."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import StringIO

from benchmarks.runs import MARKS, MOMENTS, Run, gap_between

HEADING = (
    "instance",
    "way",
    "best",
    "bound",
    "gap",
    "from the best bound",
    *(f"gap at {moment:g} s" for moment in MOMENTS),
    "first roster",
    *(f"to {mark:.0%}" for mark in MARKS),
    "seconds",
    "memory",
)
RATIOS = ("instance", "way", "price", "gap", "memory")


def best_bound(runs: Iterable[Run], instance: str) -> int | None:
    """The best bound that any way has proved for the instance."""
    return max((run.bound for run in runs if run.instance == instance and run.bound is not None), default=None)


def results_table(runs: Sequence[Run]) -> str:
    """One row for each run, in Markdown."""
    return _markdown(HEADING, [results_row(run, best_bound(runs, run.instance)) for run in runs])


def results_row(run: Run, bound: int | None) -> tuple[str, ...]:
    """The cells of a run; ``bound`` is the best that any way has proved for the instance."""
    return (
        run.instance,
        run.way,
        run.says or _number(run.best),
        _number(run.bound),
        _share(run.gap),
        _share(gap_between(run.best, bound)),
        *(_share(run.gap_at(moment)) for moment in MOMENTS),
        _seconds(run.first_roster),
        *(_seconds(run.reached(mark)) for mark in MARKS),
        _seconds(run.seconds),
        "" if run.memory is None else f"{run.memory:,} MB",
    )


def ratios_table(runs: Sequence[Run], ours: str) -> str:
    """Each other way over ours on the same instance: the roster's price, the gap at the end, the memory."""
    mine = {run.instance: run for run in runs if run.way == ours}
    rows = [_ratios(run, mine[run.instance]) for run in runs if run.way != ours and run.instance in mine]
    return _markdown(RATIOS, rows)


def _ratios(run: Run, ours: Run) -> tuple[str, ...]:
    return (
        run.instance,
        run.way,
        _ratio(run.best, ours.best),
        _ratio(run.gap, ours.gap),
        _ratio(run.memory, ours.memory),
    )


def _ratio(theirs: float | None, ours: float | None) -> str:
    if theirs is None or ours is None:
        return ""
    if not ours:
        return "both proved" if not theirs else "ours proved"
    return f"{theirs / ours:.3g}"


def _markdown(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _number(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _share(share: float | None) -> str:
    if share is None:
        return ""
    return "proved best" if share == 0 else f"{share:.2%}"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"


def as_json(runs: Sequence[Run]) -> str:
    """Every run with its points, as a JSON list."""
    return json.dumps([asdict(run) for run in runs], indent=1) + "\n"


def as_csv(runs: Sequence[Run]) -> str:
    """Every point of every run: instance, way, seed, seconds, best, bound, gap; an empty cell is not known."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("instance", "way", "seed", "seconds", "best", "bound", "gap"))
    for run in runs:
        for point in run.points:
            cells = (f"{point.seconds:.2f}", point.best, point.bound, "" if point.gap is None else f"{point.gap:.6f}")
            writer.writerow((run.instance, run.way, run.seed, *cells))
    return text.getvalue()
