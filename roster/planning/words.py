"""The words that a plan has on the terminal and on its page: numbers with what differs from the base, and proof."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roster.planning.record import Column, Difference, InFigures, People, PlanReport, Proof
from roster.wording import how_many, percent

ONLY_TOTALS = (
    "Who is seen, waits and work are those of the rosters found. Other rosters with the same total may differ in them; "
    "only of the totals is anything proved."
)
_MOST_NAMED = 8
_PROOF: Mapping[Proof, str] = {
    "exact": "proved",
    "less": "less: proved",
    "more": "more: proved",
    "not_proved": "not proved",
    "not_alike": "other people or prices",
}
_OUTCOMES = {
    "optimal": "proved best",
    "infeasible": "a compromise",
    "unknown": "not known",
    "rejected": "not accepted",
    "lost": "lost",
    "invalid": "wrong input",
}


@dataclass(frozen=True)
class Measure:
    """One column of a table: its heading, its number in a roster, and how a number is written."""

    heading: str
    of: Callable[[InFigures], float | None]
    write: Callable[[float], str] = "{:,.0f}".format


def _half(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _pounds(number: float) -> str:
    return f"{number:,.2f}".removesuffix(".00")


PEOPLE = (
    Measure("Seen", lambda f: f.everybody.seen),
    Measure("In time", lambda f: f.everybody.seen_by_date),
    Measure("In 28 days", lambda f: f.everybody.within_28_days),
    Measure("Median wait", lambda f: f.median_wait_days, _half),
    Measure("Longest", lambda f: f.longest_wait_days),
)
TOTALS = (Measure("Total", lambda f: f.total), Measure("At least", lambda f: f.bound))
WORK = (
    Measure("Sessions", lambda f: f.sessions_used),
    Measure("Idle", lambda f: f.sessions_idle),
    Measure("Travel", lambda f: f.road_minutes),
    Measure("Hire", lambda f: f.hire_pounds, _pounds),
    Measure("Fees", lambda f: f.fees_pounds, _pounds),
)


def used(measures: Sequence[Measure], report: PlanReport) -> list[Measure]:
    """The measures of which any roster has more than nothing."""
    found = [column.figures for column in report.columns if column.figures is not None]
    return [measure for measure in measures if any(measure.of(figures) for figures in found)]


def number(measure: Measure, column: Column, base: Column) -> str:
    """``45 (+2)``: the number, and what differs from the base where anything does; empty where there is none."""
    value = None if column.figures is None else measure.of(column.figures)
    if value is None:
        return ""
    was = None if base.figures is None or column is base else measure.of(base.figures)
    if was is None or value == was:
        return measure.write(value)
    return f"{measure.write(value)} ({'+' if value > was else '-'}{measure.write(abs(value - was))})"


def how_proved(column: Column) -> str:
    """How good the roster of a column is known to be."""
    if column.outcome != "feasible" or column.figures is None or column.figures.gap is None:
        return _OUTCOMES.get(column.outcome, "")
    return f"gap {percent(column.figures.gap)}"


def difference_proved(difference: Difference | None) -> str:
    """Whether the difference of the totals is proved, in a word or two."""
    return "" if difference is None else _PROOF[difference.proof]


def remarks(report: PlanReport) -> Iterator[tuple[str, str]]:
    """Of each column that has no roster that keeps every rule, or was ended early: its name and what to know."""
    for column in report.columns:
        if column.figures is None or column.compromise:
            yield column.name, column.says
        elif column.stopped:
            yield column.name, "Stopped by you before its time."


def who(difference: Difference) -> Iterator[str]:
    """Who is seen only in the scenario, and who only in the base."""
    if difference.newly_seen:
        yield f"{_people(difference.newly_seen)} seen who {_are(difference.newly_seen)} not in the base: " + _named(
            difference.newly_seen
        )
    if difference.no_longer_seen:
        yield f"{_people(difference.no_longer_seen)} no longer seen: " + _named(difference.no_longer_seen)


def _people(people: Sequence[People]) -> str:
    return how_many(sum(p.people for p in people), "person is", "people are")


def _are(people: Sequence[People]) -> str:
    return "is" if sum(p.people for p in people) == 1 else "are"


def _named(people: Sequence[People]) -> str:
    named = [p.referral_id + (f" ({p.people} people)" if p.people > 1 else "") for p in people[:_MOST_NAMED]]
    more = len(people) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "") + "."


def headline(report: PlanReport) -> str:
    """How many scenarios there are, and of how many of them something is proved about the total."""
    number_of = len(report.scenarios)
    proved = sum(c.difference is not None and c.difference.proof in ("exact", "less", "more") for c in report.scenarios)
    return f"{how_many(number_of, 'scenario')} beside the base; of {proved:,} the difference in the total is proved."
