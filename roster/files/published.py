"""The published roster that comes with an instance: published.json, or its lines in the sheet ``published``."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from roster.domain import Roster
from roster.fault import Fault
from roster.files.cells import explain
from roster.files.grid import decode
from roster.files.table import personal_fault
from roster.privacy import Screen, column_identifies

_MOST_FAULTS = 20
_DO = "Use the roster.json that was published, unchanged."
_FIELDS = frozenset({"reason"})
_NOT_NEEDED = {
    "instance": "not given",
    "month": "not given",
    "instance_sha256": "not given",
    "outcome": "feasible",
    "objective": 0,
    "bound": 0,
    "costs": {},
}
"""What stands for entries that are not there: what people were told is the visits and the appointments."""


@dataclass
class PublishedReading:
    """The roster that people were told, or None where it cannot be read."""

    roster: Roster | None = None
    faults: list[Fault] = field(default_factory=list)


def read_published(data: bytes, file: str, screen: Screen, *, whole: bool = False) -> PublishedReading:
    """Read a published roster. It may name coaches, sessions and referrals that are gone.

    Of what people were told only the visits and appointments are needed, unless the ``whole`` roster is asked for.
    """
    text, faults = decode(data, file)
    reading = PublishedReading(faults=list(faults))
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        reading.faults.append(Fault(file=file, row=row, says="this cannot be read as JSON", do=_DO))
        return reading
    reading.faults += _personal(document, file, screen)
    if not isinstance(document, dict) or document.get("schema") != "roster/1":
        says = 'this is not a roster: it has no "schema": "roster/1"'
        reading.faults.append(Fault(file=file, says=says, do=_DO))
        return reading
    _validate(text if whole else json.dumps(_NOT_NEEDED | document), file, reading)
    return reading


def _validate(text: str, file: str, reading: PublishedReading) -> None:
    try:
        roster = Roster.model_validate_json(text)
    except ValidationError as errors:
        known = {fault.column for fault in reading.faults}
        found = [
            Fault(file=file, column=".".join(map(str, e["loc"])), says=_says(e["type"], explain(e).says), do=_DO)
            for e in errors.errors(include_url=False, include_input=False)
        ]
        reading.faults += [fault for fault in found if fault.column not in known][:_MOST_FAULTS]
        return
    reading.faults += _ends_before_start(roster, file)
    reading.roster = None if reading.faults else roster


def _says(kind: str, says: str) -> str:
    return "a roster has no such entry" if kind == "extra_forbidden" else says


def _ends_before_start(roster: Roster, file: str) -> Iterator[Fault]:
    spans = {f"visits.{n}": (visit.start, visit.end) for n, visit in enumerate(roster.visits)}
    spans |= {f"appointments.{n}": (a.start, a.end) for n, a in enumerate(roster.appointments)}
    for place, (start, end) in spans.items():
        if end <= start:
            yield Fault(file=file, column=f"{place}.end", says="this ends before it starts", do=_DO)


def _personal(document: object, file: str, screen: Screen, place: str = "") -> Iterator[Fault]:
    """Whatever in the document identifies a person, at any depth; ``place`` is dotted."""
    if isinstance(document, str):
        kind = screen.identifies(document, "referrals")
        if kind is not None:
            yield personal_fault(file, None, place or None, kind)
        return
    entries: Iterable[tuple[object, object]] = ()
    if isinstance(document, dict):
        entries = document.items()
    elif isinstance(document, list):
        entries = enumerate(document)
    for key, value in entries:
        inside = f"{place}.{key}".lstrip(".")
        if isinstance(key, str) and key not in _FIELDS and column_identifies(key, "published"):
            says = "no such entry may be held: it would identify a person or hold a record about one"
            yield Fault(file=file, column=inside, says=says, do="Remove the entry.")
        else:
            yield from _personal(value, file, screen, inside)
