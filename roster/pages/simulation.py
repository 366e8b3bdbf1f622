"""A simulation as one HTML page: the queue over time in pictures and tables, scenarios, practices, loads."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from roster.calendar import long_month
from roster.pages.frame import templates
from roster.pages.plan import NO_PICTURES
from roster.planning.simulation.record import CaseFigures, SimulationReport
from roster.planning.simulation.words import (
    BANDS,
    INTERVALS,
    PLANNED_MONTHLY,
    headline,
    number,
    remarks,
    sentences_of,
    verdict_words,
    with_band,
    with_interval,
)


@dataclass(frozen=True)
class _Table:
    """A table with a heading for each row, and a picture of its numbers where pictures can be drawn."""

    caption: str
    first: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    picture: Markup | None = None


@dataclass(frozen=True)
class _Pictures:
    """The pictures of a page; each is None where what draws them is not installed."""

    waiting: Markup | None = None
    waited: Markup | None = None
    in_time: Markup | None = None
    practices: Markup | None = None
    loads: Markup | None = None


def simulation_page(report: SimulationReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script."""
    drawn = _drawn(report)
    pictures = drawn or _Pictures()
    return (
        templates()
        .get_template("simulation.html")
        .render(
            title="Month after month",
            region=f"{report.instance}, from {long_month(report.month)}",
            report=report,
            headline=headline(report),
            legend=f"{BANDS} {INTERVALS}",
            note="" if drawn else NO_PICTURES,
            over_time=list(_over_time(report, pictures)),
            cases=[(case, [*sentences_of(case), *remarks(case)], _months(case)) for case in report.cases],
            practices=[_practices(case, pictures.practices if n == 0 else None) for n, case in enumerate(report.cases)],
            loads=_loads(report, pictures.loads),
            rests_on=[*report.assumptions, PLANNED_MONTHLY],
        )
    )


def _drawn(report: SimulationReport) -> _Pictures | None:
    try:
        from roster.pages.simulation_pictures import in_time, loads, practices, waited, waiting  # an extra: altair
    except ModuleNotFoundError:
        return None
    return _Pictures(waiting(report), waited(report), in_time(report), practices(report.cases[0]), loads(report))


# -- tables ---------------------------------------------------------------------------------------------------


def _over_time(report: SimulationReport, pictures: _Pictures) -> Iterator[_Table]:
    """The three questions over time, a column for each case."""
    names = tuple(case.name for case in report.cases)
    months = list(dict.fromkeys(m.month for case in report.cases for m in case.months))
    found = {(case.name, m.month): m for case in report.cases for m in case.months}

    def table(caption: str, picture: Markup | None, of: str, *, as_share: bool = False) -> _Table:
        rows = (
            (
                long_month(month),
                tuple(
                    with_band(getattr(found[name, month], of), as_share=as_share) if (name, month) in found else ""
                    for name in names
                ),
            )
            for month in months
        )
        return _Table(caption, "Month", names, tuple(rows), picture)

    yield table("People waiting on the last day of the month", pictures.waiting, "waiting")
    yield table("Days that those seen in the month had waited: the median", pictures.waited, "waited_days")
    caption = "Seen within 28 days: the share of those whose 28th day after being referred is in the month"
    yield table(caption, pictures.in_time, "within_28_days", as_share=True)


def _months(case: CaseFigures) -> _Table:
    heads = ("Referred", "Booked", "Seen", "Nobody came", "Coach ill", "Room withdrawn", "Runs", "Of these late")
    rows = (
        (
            long_month(m.month),
            (
                *(number(value) for value in (m.referred, m.booked, m.seen, m.missed, m.ill, m.withdrawn)),
                f"{m.runs:,}",
                f"{m.late:,}",
            ),
        )
        for m in case.months
    )
    return _Table(f"People in {case.name}: means over runs", "Month", heads, tuple(rows))


def _practices(case: CaseFigures, picture: Markup | None) -> _Table:
    heads = ("Referred a month", "Days waited", "In 28 days", "Waiting at the end", "Days they have waited")
    rows = (
        (
            f"{p.name} ({p.practice_id})",
            (
                number(p.referred_a_month),
                with_interval(p.waited_days),
                with_interval(p.within_28_days, as_share=True),
                with_interval(p.waiting_at_end),
                with_interval(p.waiting_days),
            ),
        )
        for p in case.practices
    )
    return _Table(f"Practices in {case.name}", "Practice", heads, tuple(rows), picture)


def _loads(report: SimulationReport, picture: Markup | None) -> _Table | None:
    if report.threshold is None or not report.threshold.tried:
        return None
    heads = ("Referred a month", "Change of a long queue, people a month", "Which means")
    rows = (
        (f"{t.load:.2f}", (number(t.referred_a_month), with_interval(t.a_month), verdict_words(t.verdict)))
        for t in report.threshold.tried
    )
    return _Table("Loads tried, as times the referrals simulated", "Load", heads, tuple(rows), picture)
