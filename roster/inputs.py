"""What commands are given: an instance with edits made to it, a roster to look at. What is wrong is InvalidInput."""

import json
from collections.abc import Sequence
from pathlib import Path

from roster.answers import Solved
from roster.audit.read import read_report
from roster.domain import Roster
from roster.edits import Edit, EditError, apply_edits, parse_edits
from roster.fault import Fault, InvalidInput, Notice
from roster.files import read
from roster.files.published import read_published
from roster.instance import Instance
from roster.notices import notices_of
from roster.privacy import Screen
from roster.report import Report
from roster.wording import how_many

_BESIDE_A_ROSTER = frozenset(Solved.model_fields) - frozenset(Roster.model_fields) | {"gap"}
_MAKE_A_REPORT = "Name the data that it was made from, as they were then, or make a new report with roster explain."


def instance_at(path: Path, edits: Path | None = None) -> tuple[Instance, tuple[Notice, ...]]:
    """The instance in a folder or workbook, with the edits in a file made to it; and what is worth knowing."""
    if edits is not None:
        return instance_after(path, edits_at(edits), edits)
    reading = read(path)
    return reading.valid(), reading.notices


def instance_after(path: Path, edits: Sequence[Edit], source: Path) -> tuple[Instance, tuple[Notice, ...]]:
    """The instance in a folder or workbook after these edits, which are from the file ``source``."""
    edited = _edited(read(path).valid(), edits, source)
    return edited, tuple(notices_of(edited))


def edits_at(path: Path) -> tuple[Edit, ...]:
    """The edits in a file."""
    try:
        return parse_edits(text_at(path))
    except EditError as error:
        raise _of_edit(path, error) from None


def repair_at(path: Path, number: int, folder: Path) -> tuple[Edit, ...]:
    """The edits of a repair, by its number from 1, in the report in a file, which has to be on the data in ``folder``.

    A repair is one of the data that were explained; of other data nobody knows what it does.
    """
    report = report_at(path)
    if report.instance_sha256 != read(folder).valid().sha256:
        says = f"this report was not made from the data in {folder.name}"
        raise InvalidInput([Fault(file=path.name, says=says, do=_MAKE_A_REPORT)])
    repairs = report.repairs
    if number > len(repairs):
        there = f"The report has {how_many(len(repairs), 'repair')}." + (" Choose one of them." if repairs else "")
        raise InvalidInput([Fault(file=path.name, value=str(number), says="there is no such repair", do=there)])
    return repairs[number - 1].edits


def _edited(instance: Instance, edits: Sequence[Edit], source: Path) -> Instance:
    try:
        return apply_edits(instance, edits)
    except EditError as error:
        raise _of_edit(source, error) from None


def _of_edit(path: Path, error: EditError) -> InvalidInput:
    op = f" ({error.op})" if error.op else ""
    which = f"edit {error.edit_number}{op}" if error.edit_number else None
    return InvalidInput([Fault(file=path.name, column=which, says=error.says, do=error.do)])


def roster_at(path: Path) -> Roster:
    """The roster in a file: roster.json, what ``roster solve --json`` printed, or a version that was published."""
    reading = read_published(_roster_alone(text_at(path)).encode(), path.name, Screen(), whole=True)
    if reading.roster is None:
        do = "Name a roster.json that roster solve wrote, unchanged."
        raise InvalidInput(fault.model_copy(update={"do": do}) for fault in reading.faults)
    return reading.roster


def report_at(path: Path) -> Report:
    """The report in a file: why there is no roster, as ``roster explain`` wrote it."""
    return read_report(text_at(path), path.name)


def _roster_alone(text: str) -> str:
    """The roster in a text, without what is said about it there."""
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return text
    if not isinstance(document, dict):
        return text
    if document.get("schema") == "version/1":
        return json.dumps(document.get("roster"))
    if "written_to" not in document:
        return text
    return json.dumps({name: value for name, value in document.items() if name not in _BESIDE_A_ROSTER})


def text_at(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _wrong_file(path, "there is no such file", "Check the name.") from None
    except UnicodeDecodeError:
        raise _wrong_file(path, "this is not UTF-8 text", "Save it as UTF-8.") from None
    except OSError:
        says = "the file cannot be opened"
        raise _wrong_file(path, says, "Check that it is a file and that you may open it.") from None


def _wrong_file(path: Path, says: str, do: str) -> InvalidInput:
    return InvalidInput([Fault(file=path.name, says=says, do=do)])
