"""A plan as a person reads it on the terminal: scenarios below one another, key figures, differences to the base."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from roster.planning.record import Column, PlanReport
from roster.planning.words import (
    ONLY_TOTALS,
    PEOPLE,
    TOTALS,
    WORK,
    Measure,
    difference_proved,
    headline,
    how_proved,
    number,
    remarks,
    used,
    who,
)
from roster.show.layout import bullets, plain, spaced, table, under, voluntary

_NAME = 16
"""Characters that a scenario's name has at least."""


def plan_text(report: PlanReport) -> RenderableType:
    """Who is seen, what it takes and costs, what needs a look, and who is seen only in one of two."""
    tables = _people(report), _work(report), _totals(report)
    parts: list[RenderableType] = [plain(headline(report)), *tables, plain(ONLY_TOTALS)]
    others = [f"{name}: {says}" for name, says in remarks(report)]
    if others:
        parts.append(under("What needs a look", [bullets(others)]))
    named = [f"{c.name}: {says}" for c in report.scenarios if c.difference for says in who(c.difference)]
    if named:
        parts.append(under("Who is seen", [bullets(named)]))
    return spaced([*parts, voluntary()])


def _people(report: PlanReport) -> Table:
    made = _table("People; waits in days", [*(m.heading for m in PEOPLE)], "Roster")
    for column in report.columns:
        made.add_row(plain(column.name), *_numbers(PEOPLE, column, report.base), how_proved(column))
    return made


def _work(report: PlanReport) -> Table:
    measures = used(WORK, report)
    made = _table("Work; travel in minutes, hire and fees in pounds", [m.heading for m in measures])
    for column in report.columns:
        made.add_row(plain(column.name), *_numbers(measures, column, report.base))
    return made


def _totals(report: PlanReport) -> Table:
    made = _table("Totals, in minutes of coach time", [m.heading for m in TOTALS], "Difference")
    for column in report.columns:
        numbers = _numbers(TOTALS, column, report.base)
        made.add_row(plain(column.name), *numbers, difference_proved(column.difference))
    return made


def _numbers(measures: Sequence[Measure], column: Column, base: Column) -> list[str]:
    return [number(measure, column, base) for measure in measures]


def _table(heading: str, numbers: Sequence[str], *last: str) -> Table:
    made = table(heading, ("Scenario", *numbers, *last), right=numbers)
    made.collapse_padding = True
    made.columns[0].min_width = _NAME
    return made
