"""A repair as a person reads it: what is done, what each change buys, and the messages to hand on."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from roster.answers_of_repair import RepairReport
from roster.calendar import long_date
from roster.changes import Message
from roster.instance import Instance
from roster.repair.record import Buys
from roster.repair_words import addressee, lines
from roster.show.layout import plain, spaced, table, under, voluntary
from roster.show.summary import breaks
from roster.show.versions import withdrawal_text
from roster.show.words import heading
from roster.wording import how_many

MOST_MESSAGES = 12
"""How many messages the terminal shows; the files have them all."""
MOST_BREAKS = 10
WHAT_ROWS_ARE = (
    "Cost: of the cheapest roster with at most so many changes, without their price. Saved: against the row above. "
    "In all: with their price. Proved: none with so few changes costs less."
)


def repair_text(instance: Instance, report: RepairReport, most: int = MOST_MESSAGES) -> RenderableType:
    """The repair of an instance: ``instance`` is the data after what has happened."""
    parts: list[RenderableType] = [repair_in_short(instance, report)]
    if report.roster is not None and report.roster.compromise:
        parts.append(breaks(report.roster.breaks, MOST_BREAKS))
    if report.withdrawal is not None:
        parts.append(withdrawal_text(report.withdrawal))
    if report.buys:
        parts.append(Group(_buys(report), plain(WHAT_ROWS_ARE)))
    if report.messages:
        parts.append(_messages(report.messages, most))
    return spaced([*parts, voluntary()])


def repair_in_short(instance: Instance, report: RepairReport) -> RenderableType:
    """What it is, in sentences, and nothing else."""
    title = f"{heading(instance)}: repair as of {long_date(report.as_of)}"
    return under(title, [plain(line) for line in lines(report)])


def _buys(report: RepairReport) -> Table:
    columns = ("Changes", "Cost", "Saved", "In all", "Not seen", "")
    found = table("What changes buy, in minutes of coach time", columns, right=columns[:5])
    for row in report.buys:
        found.add_row(*(plain(cell) for cell in _cells(row)))
    return found


def _cells(row: Buys) -> tuple[str, ...]:
    saves = "" if row.buys is None else f"{row.buys:,}"
    marks = ["chosen"] if row.best else []
    marks += ["proved"] if row.proved else []
    return f"{row.changes:,}", f"{row.cost:,}", saves, f"{row.total:,}", f"{row.unseen:,}", ", ".join(marks)


def _messages(messages: tuple[Message, ...], most: int) -> RenderableType:
    shown: list[RenderableType] = [
        Group(plain(f"To {addressee(message)}:"), Padding(plain(message.says), (0, 0, 0, 2), expand=False))
        for message in messages[:most]
    ]
    if len(messages) > most:
        shown.append(plain(f"{how_many(len(messages) - most, 'more message')}: --report FILE writes them all."))
    return under("Messages to hand on", shown)
