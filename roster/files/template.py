"""An empty workbook to fill in: every sheet with its header and lists to choose from, and a sheet of notes."""

from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from roster.domain import NATIONS, Policy, Prices, TravelFormula
from roster.files.atomic import beside
from roster.files.columns import TABLES, Table
from roster.files.source import NOTES
from roster.files.write import Book, open_new, set_columns, write_setting
from roster.privacy import NEVER_HELD, VOLUNTARY

_LAST_ROW = 20_000
_DEFAULTS = {"policy": Policy(), "prices": Prices(), "travel": TravelFormula()}
ABOUT_SETTINGS = {
    "name": "The name of the region, as it appears on the roster.",
    "month": "The month that is planned, as YYYY-MM.",
    "nation": "Whose bank holidays count: england, wales, scotland or northern-ireland.",
    "as_of": "The day on which the roster is made, as YYYY-MM-DD.",
    "policy.notice_days": "Nobody is seen sooner than this many days after as_of.",
    "policy.interpreter_notice_days": "The same, for a person who needs an interpreter.",
    "policy.see_by": "must: every see-by date is kept. prefer: being late costs, and may happen.",
    "policy.break_minutes": "The least break between two visits of one coach on one day, beside travel.",
    "policy.min_visit_minutes": "A visit shorter than this is not made.",
    "policy.reach_minutes": "How far from their practice people are sent, unless they say otherwise.",
    "policy.unseen_days": "A person not seen counts as seen this many days after the month's last day.",
    "policy.budget_pounds": "The most that may be spent on hire and interpreters. Empty: no limit.",
    "prices.waiting.A": "What a day of waiting costs for band A, in minutes of coach time.",
    "prices.waiting.B": "The same for band B.",
    "prices.waiting.C": "The same for band C.",
    "prices.late": "What each day after the see-by date costs.",
    "prices.travel": "What each minute on the road costs.",
    "prices.visit": "What each visit costs.",
    "prices.new_face": "What each further coach at a site costs.",
    "prices.new_coach": "What it costs when somebody is not seen by their usual coach.",
    "prices.heaviest": "What each minute of travel of the coach who travels most costs.",
    "prices.change": "What each change from the published roster costs.",
    "travel.fixed": "Where the sheet travel has no row: minutes = fixed + factor x kilometres to the power of power.",
    "travel.factor": "The same formula: what distance adds. Kilometres are in a straight line.",
    "travel.power": "The same formula: 1 where twice as far takes twice as long, less where long journeys are faster.",
}


def write_template(path: Path) -> None:
    """Write an empty workbook, with notes, to ``path`` (.xlsx).

    Raises FileExistsError where ``path`` is there already, ValueError for another ending.
    """
    with beside(open_new(path)) as temporary:
        book = Book(temporary)
        _notes(book)
        _settings(book)
        for table in TABLES:
            _empty_table(book, table)
        book.workbook.close()


def _settings(book: Book) -> None:
    sheet = book.sheet("settings", ("key", "value"))
    sheet.set_column(0, 1, 36)
    for row, key in enumerate(ABOUT_SETTINGS, start=1):
        sheet.write_string(row, 0, key)
        if key in ("name", "month"):
            sheet.write_blank(row, 1, None, book.format_of("text"))
        elif key == "as_of":
            sheet.write_blank(row, 1, None, book.format_of("date"))
        elif key == "nation":
            _choose(sheet, row, row, 1, NATIONS)
        else:
            write_setting(book, sheet, row, default_of(key))
        if key == "policy.see_by":
            _choose(sheet, row, row, 1, ("must", "prefer"))


def default_of(key: str) -> object:
    """The value that a setting has where nothing is given."""
    first, *inside = key.split(".")
    value: object = _DEFAULTS[first]
    for part in inside:
        value = getattr(value, part)
    return value


def _empty_table(book: Book, table: Table) -> None:
    sheet = book.sheet(table.name, table.header)
    set_columns(book, sheet, table, [0] * len(table.columns))
    for index, column in enumerate(table.columns):
        sheet.write_comment(0, index, column.about)
        if column.choices:
            _choose(sheet, 1, _LAST_ROW, index, column.choices)


def _choose(sheet: Worksheet, first: int, last: int, column: int, choices: tuple[str, ...]) -> None:
    rule = {
        "validate": "list",
        "source": list(choices),
        "error_title": "Not in the list",
        "error_message": f"Choose one of: {', '.join(choices)}.",
    }
    sheet.data_validation(first, column, last, column, rule)


def _notes(book: Book) -> None:
    sheet = book.workbook.add_worksheet(NOTES)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110, book.workbook.add_format({"text_wrap": True, "valign": "top"}))
    for row, (left, right) in enumerate(notes()):
        sheet.write_string(row, 0, left, book.heading if left and not right else None)
        sheet.write_string(row, 1, right)


def notes() -> list[tuple[str, str]]:
    """The lines of the sheet of notes: what stands left, and what it means."""
    lines = [
        ("How to fill in this workbook", ""),
        ("", "Each sheet is a table. Leave row 1 as it is, and write one row for each coach, session and so on below."),
        (
            "",
            "Days are YYYY-MM-DD, times HH:MM on the 24-hour clock. Several words in one cell are separated by ;",
        ),
        (
            "",
            "An empty cell means not given. This sheet of notes is not read.",
        ),
        ("What is never held", ""),
        ("", NEVER_HELD),
        ("Tell everybody", ""),
        ("", VOLUNTARY),
        ("settings", ""),
        ("", "One row for each setting. name, month, nation and as_of must be filled in."),
        *ABOUT_SETTINGS.items(),
    ]
    for table in TABLES:
        lines += [(table.name, ""), ("", table.about + (" May be left empty." if table.optional else ""))]
        lines += [
            (column.name, column.about + ("" if column.required else " May be empty.")) for column in table.columns
        ]
    return lines
