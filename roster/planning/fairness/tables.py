"""Fairness as tables for a spreadsheet: a row for each group, and what a shorter wait changes; CSV and a workbook."""

from collections.abc import Iterator
from pathlib import Path

from roster.files.atomic import beside
from roster.files.write import Book
from roster.planning.fairness.record import FairnessReport, Price, Waits
from roster.planning.fairness.words import TOO_FEW, notes
from roster.planning.tables import Row, add_sheet

_COUNTS = ("people", "seen", "unseen", "within_28_days")
_WAITS = ("median_days", "mean_days", "longest_days")
_CHANGES = ("seen_more", "days_more", "mean_days_more", "longer", "shorter")
GROUP_HEADER = (
    *("kind", "id", "group", "shown", *_COUNTS),
    *(f"seen_{name}" for name in _WAITS),
    *(f"all_{name}" for name in _WAITS),
)
PAYER_HEADER = ("kind", "id", "group", "shown", *_CHANGES)
_PRICE = ("practice_id", "name", "people", "mean_days", "asked_days", "outcome", "reached_days", "least_days")
_TOTALS = ("total", "least", "most", "proof", "says")


def group_rows(report: FairnessReport) -> Iterator[Row]:
    """A row for each group, as ``GROUP_HEADER`` says."""
    for group in report.groups:
        yield (
            *(group.kind, group.id, group.says, _shown(group.held_back)),
            *(getattr(group, name) for name in _COUNTS),
            *_waits(group.of_seen),
            *_waits(group.of_all),
        )


def payer_rows(price: Price) -> Iterator[Row]:
    """A row for each group with what changes for it, as ``PAYER_HEADER`` says."""
    for payer in price.payers:
        changes = (getattr(payer, name) for name in _CHANGES)
        yield (payer.kind, payer.id, payer.says, _shown(payer.held_back), *changes)


def _shown(held_back: bool) -> str:
    return f"no: {TOO_FEW}, or beside such a group" if held_back else "yes"


def _waits(waits: Waits | None) -> Row:
    return tuple(None if waits is None else getattr(waits, name) for name in _WAITS)


def write_fairness_book(report: FairnessReport, path: Path) -> None:
    """Write all of it as a workbook, in the place of any there."""
    with beside(path) as temporary:
        book = Book(temporary)
        add_sheet(book, "waits", GROUP_HEADER, group_rows(report))
        if report.price is not None:
            price = report.price
            pairs: Iterator[Row] = ((name, getattr(price, name)) for name in (*_PRICE, *_TOTALS))
            add_sheet(book, "price", ("what", "value"), pairs)
            add_sheet(book, "who pays", PAYER_HEADER, payer_rows(price))
        about = [report.voluntary, *notes(report)]
        add_sheet(book, "about", ("about",), iter((line,) for line in about))
        book.workbook.close()
