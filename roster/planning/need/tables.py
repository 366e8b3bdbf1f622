"""The least that would do as tables for a spreadsheet: what to add, and what each number of people costs."""

from collections.abc import Iterator
from pathlib import Path

from roster.files.atomic import beside
from roster.files.write import Book
from roster.planning.need.record import NeedReport
from roster.planning.tables import Row, add_sheet

ADDITION_HEADER = ("kind", "id", "what to do", "pounds")
FRONTIER_HEADER = (
    "people",
    "share",
    "asked",
    "pounds",
    "at_least_pounds",
    "proved",
    "coaches",
    "rooms",
    "sessions",
    "bookings",
)


def addition_rows(report: NeedReport) -> Iterator[Row]:
    """A row for each thing to add."""
    return ((added.kind, added.id, added.says, added.pounds) for added in report.additions)


def frontier_rows(report: NeedReport) -> Iterator[Row]:
    """A row for each number of people."""
    for point in report.frontier:
        yield (
            point.people,
            round(point.share, 6),
            _yes(point.asked),
            point.pounds,
            point.at_least,
            _yes(point.proved),
            *(point.coaches, point.rooms, point.sessions, point.bookings),
        )


def write_need_book(report: NeedReport, path: Path) -> None:
    """Write all of it as a workbook, in the place of any there."""
    with beside(path) as temporary:
        book = Book(temporary)
        add_sheet(book, "additions", ADDITION_HEADER, addition_rows(report))
        add_sheet(book, "cost of more", FRONTIER_HEADER, frontier_rows(report))
        about = [report.says, *report.notes, report.voluntary]
        add_sheet(book, "about", ("about",), iter((line,) for line in about))
        book.workbook.close()


def _yes(whether: bool) -> str:
    return "yes" if whether else "no"
