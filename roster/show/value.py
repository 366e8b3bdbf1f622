"""What things are worth as a person reads it on the terminal: what was tried, the best first, and what might help."""

from collections.abc import Sequence

from rich.console import Group, RenderableType

from roster.calendar import long_month
from roster.planning.value.record import Confirmed, Thing, ValueReport
from roster.planning.value.words import (
    ESTIMATES,
    ONLY_TOTALS,
    OWNERS,
    estimate_words,
    proof_words,
    saved_words,
    signed,
)
from roster.show.layout import bullets, plain, spaced, table, under, voluntary

_NUMBERS = ("In time", "Seen", "28 days", "Days", "Saved")
_LEGEND = "More people in time, seen, within 28 days; days of waiting less. " + ONLY_TOTALS
MOST_ESTIMATED = 10


def value_text(report: ValueReport) -> RenderableType:
    """The headline, what was tried, what was only estimated, and what needs a look."""
    heading = f"{report.instance}, {long_month(report.month)}: what one thing more is worth"
    said = "Stopped by you before the end. " if report.stopped else ""
    parts: list[RenderableType] = [under(heading, [plain(said + report.headline)])]
    if report.confirmed:
        parts.append(_tried(report.confirmed))
    if report.estimated:
        parts.append(_estimated(report.estimated))
    others = [f"{one.says}: {one.column.says}" for one in report.confirmed if one.difference is None]
    if others:
        parts.append(under("What needs a look", [bullets(others)]))
    return spaced([*parts, voluntary()])


def _tried(confirmed: Sequence[Confirmed]) -> RenderableType:
    made = table("What was tried, the most valuable first", ("What", "Who", *_NUMBERS, "Known"), right=_NUMBERS)
    made.collapse_padding = True
    made.columns[0].min_width = 24
    for one in confirmed:
        bought = one.bought
        numbers = (None,) * 4 if bought is None else (bought.in_time, bought.seen, bought.within_28_days, None)
        less = "" if bought is None else signed(-bought.waiting_days)
        cells = [*(signed(number) for number in numbers[:3]), less, saved_words(one)]
        made.add_row(plain(one.says), OWNERS[one.owner], *cells, proof_words(one))
    return Group(made, plain(_LEGEND))


def _estimated(things: Sequence[Thing]) -> RenderableType:
    made = table("What might help and was not tried", ("What", "Who", "Estimate"), right=("Estimate",))
    first = things if len(things) <= MOST_ESTIMATED + 1 else things[:MOST_ESTIMATED]
    for thing in first:
        made.add_row(plain(thing.says), OWNERS[thing.owner], estimate_words(thing))
    more = [f"and {len(things) - len(first):,} more, in the tables."] if len(first) < len(things) else []
    return Group(made, *map(plain, [ESTIMATES, *more]))
