"""The least that would do as a person reads it: the answer, what to add, and what more people would cost."""

from rich.console import Group, RenderableType

from roster.calendar import long_month
from roster.planning.need.record import NeedReport
from roster.planning.need.words import money, of_point, proof
from roster.show.layout import bullets, plain, spaced, table, under, voluntary

_NUMBERS = ("People", "Share", "Costs", "At least")


def need_text(report: NeedReport, most: int) -> RenderableType:
    """The answer; ``most`` rows of what to add."""
    heading = f"{report.instance}, {long_month(report.month)}: the least that would do"
    said = "Stopped by you. " if report.stopped else ""
    parts: list[RenderableType] = [under(heading, [plain(said + report.says)])]
    if report.additions:
        parts.append(_additions(report, most))
    if report.frontier:
        parts.append(_frontier(report))
    return spaced([*parts, under("Worth knowing", [bullets(report.notes)]), voluntary()])


def _additions(report: NeedReport, most: int) -> RenderableType:
    made = table("What to add", ("What to do", "Price"), right=("Price",))
    first = report.additions if len(report.additions) <= most + 1 else report.additions[:most]
    for added in first:
        made.add_row(plain(added.says), money(added.pounds))
    rest = len(report.additions) - len(first)
    return Group(made, plain(f"and {rest:,} more: --most {len(report.additions)} shows them all")) if rest else made


def _frontier(report: NeedReport) -> RenderableType:
    made = table("What it costs to see more people in time", (*_NUMBERS, "What is added", "Proof"), right=_NUMBERS)
    for point in report.frontier:
        made.add_row(
            f"{point.people:,}",
            f"{point.share:.1%}",
            money(point.pounds) if point.pounds is not None else "",
            money(point.at_least),
            plain(of_point(point)),
            plain(proof(point) + (" (asked)" if point.asked else "")),
        )
    return made
