"""Reads a report, or says what is wrong with the file: where, and what to do."""

import json

from pydantic import ValidationError

from roster.edits import EditError, parse_edits
from roster.fault import Fault, InvalidInput
from roster.files.cells import explain
from roster.report import Report

_DO = "Name a report.json that roster explain wrote, unchanged."
_MOST_FAULTS = 20


def read_report(text: str, file: str) -> Report:
    """The report that the text of a file holds. Raises InvalidInput with what is wrong; no value is repeated."""
    document = _document(text, file)
    faults = list(_edit_faults(document, file))
    if not faults:
        try:
            return Report.model_validate_json(json.dumps(document))
        except ValidationError as errors:
            faults = [
                Fault(file=file, column=".".join(map(str, e["loc"])), says=_says(e["type"], explain(e).says), do=_DO)
                for e in errors.errors(include_url=False, include_input=False)
            ]
    raise InvalidInput(faults[:_MOST_FAULTS])


def _document(text: str, file: str) -> dict[str, object]:
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InvalidInput([Fault(file=file, row=row, says="this cannot be read as JSON", do=_DO)]) from None
    if not isinstance(document, dict) or document.get("schema") != "report/1":
        says = 'this is not a report: it has no "schema": "report/1"'
        raise InvalidInput([Fault(file=file, says=says, do=_DO)])
    return document


def _edit_faults(document: dict[str, object], file: str) -> list[Fault]:
    """What is wrong with the edits of repairs, in the words of edits."""
    repairs = document.get("repairs")
    faults = []
    for number, repair in enumerate(repairs if isinstance(repairs, list) else ()):
        if isinstance(repair, dict) and "edits" in repair:
            try:
                parse_edits(json.dumps(repair["edits"]))
            except EditError as error:
                which = f".{error.edit_number - 1}" if error.edit_number else ""
                faults.append(Fault(file=file, column=f"repairs.{number}.edits{which}", says=error.says, do=error.do))
    return faults


def _says(kind: str, says: str) -> str:
    return "a report has no such entry" if kind == "extra_forbidden" else says
