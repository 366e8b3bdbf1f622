"""A simulation as a person reads it on the terminal: the queue over time, growth, scenarios, practices."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table

from roster.calendar import long_month
from roster.planning.simulation.record import CaseFigures, SimulationReport
from roster.planning.simulation.words import (
    BANDS,
    INTERVALS,
    PLANNED_MONTHLY,
    headline,
    number,
    remarks,
    sentences_of,
    with_band,
    with_interval,
)
from roster.show.layout import bullets, plain, spaced, table, under, voluntary

_MOST_PRACTICES, _LEAST_WIDTH = 8, 8


def simulation_text(report: SimulationReport) -> RenderableType:
    """Everything a manager asks first; the rest is in the tables and on the page."""
    heading = f"{report.instance}: month after month from {long_month(report.month)}"
    parts: list[RenderableType] = [under(heading, [plain(headline(report))])]
    for case in report.cases:
        parts += list(_case(case, alone=len(report.cases) == 1))
    parts.append(plain(f"{BANDS} {INTERVALS}"))
    if report.threshold is not None:
        parts.append(under("The load from which the queue grows", [plain(report.threshold.says)]))
    others = [f"{case.name}: {says}" for case in report.cases for says in remarks(case)]
    if others:
        parts.append(under("What needs a look", [bullets(others)]))
    parts.append(under("What this rests on", [bullets([*report.assumptions, PLANNED_MONTHLY])]))
    return spaced([*parts, voluntary()])


def _case(case: CaseFigures, *, alone: bool) -> Iterator[RenderableType]:
    if case.months:
        yield _months(case, "Q" if alone else f"{case.name}: q")
    lines = list(sentences_of(case))
    if lines:
        yield under("In words" if alone else f"{case.name}, in words", [bullets(lines)])
    if case.practices:
        yield _practices(case, "P" if alone else f"{case.name}: p")


def _months(case: CaseFigures, name: str) -> Table:
    right = ("Referred", "Seen", "Waiting", "Days waited", "In 28 days")
    made = table(f"{name}ueue over time; people, and days waited by those seen", ("Month", *right), right=right)
    made.collapse_padding = True
    for m in case.months:
        made.add_row(
            long_month(m.month),
            number(m.referred),
            number(m.seen),
            with_band(m.waiting),
            with_band(m.waited_days),
            with_band(m.within_28_days, as_share=True),
        )
    return made


def _practices(case: CaseFigures, name: str) -> Table:
    right = ("Referred a month", "Days waited", "Waiting at the end")
    made = table(f"{name}ractices, the longest waits first", ("Practice", *right), right=right)
    made.collapse_padding = True
    made.columns[0].min_width = _LEAST_WIDTH
    waits = {p.practice_id: p.waited_days.mean if p.waited_days else -1.0 for p in case.practices}
    for p in sorted(case.practices, key=lambda p: -waits[p.practice_id])[:_MOST_PRACTICES]:
        made.add_row(
            plain(p.practice_id),
            number(p.referred_a_month),
            with_interval(p.waited_days),
            with_interval(p.waiting_at_end),
        )
    return made
