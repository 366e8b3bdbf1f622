"""What things are worth as tables for a spreadsheet: what was tried, and what was estimated; CSV and a workbook."""

from collections.abc import Iterator
from pathlib import Path

from roster.files.atomic import beside
from roster.files.write import Book
from roster.planning.tables import Row, add_sheet
from roster.planning.value.record import Confirmed, Thing, ValueReport
from roster.planning.value.words import ESTIMATES, ONLY_TOTALS

_THING = ("name", "kind", "about", "owner", "what")
_BOUGHT = ("seen", "in_time", "within_28_days", "waiting_days")
TRIED_HEADER = (
    *("rank", *_THING, "outcome", "stopped"),
    *(f"{name}_more" for name in _BOUGHT[:3]),
    *("waiting_days_less", "saves", "saves_least", "saves_most", "proof", "estimate", "seconds", "says"),
)
ESTIMATED_HEADER = (*_THING, "estimate")


def tried_rows(report: ValueReport) -> Iterator[Row]:
    """A row for each thing that was tried, as ``TRIED_HEADER`` says; savings in minutes of coach time."""
    for rank, one in enumerate(report.confirmed, start=1):
        stopped = "yes" if one.column.stopped else "no"
        bought = [None if one.bought is None else getattr(one.bought, name) for name in _BOUGHT]
        saved = one.saves, one.saves_least, one.saves_most, one.proof
        says = one.column.says if one.difference is None else one.difference.says
        yield (rank, *_thing(one), one.column.outcome, stopped, *bought, *saved, one.estimate, one.column.seconds, says)


def estimated_rows(report: ValueReport) -> Iterator[Row]:
    """A row for each thing that was not tried, as ``ESTIMATED_HEADER`` says."""
    return ((*_thing(thing), thing.estimate) for thing in report.estimated)


def edit_rows(report: ValueReport) -> Iterator[Row]:
    """What is changed in each try, a sentence a row."""
    return ((one.name, says) for one in report.confirmed for says in one.column.edits_say)


def _thing(thing: Confirmed | Thing) -> Row:
    return thing.name, thing.kind, thing.about, thing.owner, thing.says


def write_book(report: ValueReport, path: Path) -> None:
    """Write the tables as a workbook, in the place of any there."""
    with beside(path) as temporary:
        book = Book(temporary)
        add_sheet(book, "tried", TRIED_HEADER, tried_rows(report))
        add_sheet(book, "estimated", ESTIMATED_HEADER, estimated_rows(report))
        add_sheet(book, "edits", ("name", "what is changed"), edit_rows(report))
        about = [report.headline, ONLY_TOTALS, ESTIMATES, report.voluntary]
        add_sheet(book, "about", ("about",), iter((line,) for line in about))
        book.workbook.close()
