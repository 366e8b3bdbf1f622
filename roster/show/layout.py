"""The look that everything on the terminal shares: headings, tables, and space between them."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from roster.wording import VOLUNTARY, printable


def plain(text: str) -> Text:
    """The text as it is: no markup, and nothing that a terminal would take for a command."""
    return Text(printable(text))


def bold(text: str) -> Text:
    """The same, as a heading."""
    made = plain(text)
    made.stylize("bold")
    return made


def spaced(parts: Iterable[RenderableType]) -> RenderableType:
    """The parts below one another, with an empty line between them."""
    first, *others = parts
    return Group(first, *(piece for part in others for piece in (Text(""), part)))


def under(heading: str, lines: Iterable[RenderableType]) -> RenderableType:
    """A heading with lines below it."""
    return Group(bold(heading), *lines)


def bullets(texts: Iterable[str]) -> Table:
    """A list; what is long hangs below its own beginning."""
    made = Table.grid(padding=(0, 1))
    made.add_column(width=2, justify="right", no_wrap=True)
    made.add_column(overflow="fold")
    for text in texts:
        made.add_row("-", plain(text))
    return made


def table(heading: str, columns: Sequence[str], *, right: Sequence[str] = ()) -> Table:
    """An empty table; ``right`` names the columns of numbers."""
    title = bold(heading) if heading else None
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        number = column in right
        made.add_column(column, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return made


def voluntary() -> RenderableType:
    """The sentence that stands wherever a person sees a roster."""
    return Text(VOLUNTARY)
