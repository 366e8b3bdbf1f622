"""What is wrong with an input, and what is worth knowing about it: lists for the terminal, file by file."""

from collections import defaultdict
from collections.abc import Sequence

from rich.console import RenderableType

from roster.fault import Fault, Notice
from roster.show.layout import bullets, plain, spaced, under
from roster.wording import how_many


def faults_list(faults: Sequence[Fault]) -> RenderableType:
    """Every fault: where, what, the value, and what to do."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        shown = "" if fault.value is None else f": {fault.value!r}"
        says = fault.says[:1].upper() + fault.says[1:]
        by_file[fault.file].append(f"{_place(fault)}{says}{shown}. {fault.do}")
    count = f"{how_many(len(faults), 'thing')} to put right. Nothing was done."
    return spaced([plain(count), *(under(file, [bullets(lines)]) for file, lines in by_file.items())])


def notices_list(notices: Sequence[Notice]) -> RenderableType:
    """Every notice."""
    return under(f"Worth knowing ({len(notices):,})", [bullets(map(str, notices))])


def _place(fault: Fault) -> str:
    row = [f"row {fault.row}"] if fault.row is not None else []
    place = ", ".join(row + ([fault.column] if fault.column else []))
    return f"{place}: " if place else ""
