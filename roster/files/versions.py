"""The versions of a folder's published roster: ``published/0001.json`` and so on, numbered and never overwritten.

``published.json`` is always the roster of the newest one; a folder may have that alone, from before versions were
kept.
"""

import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field, ValidationError

from roster.domain import Id, Positive, Record, Roster, WholeNumber
from roster.fault import Fault, InvalidInput
from roster.files.cells import explain
from roster.files.together import undisturbed_in
from roster.privacy import Screen

FOLDER = "published"
NOT_RECORDED = "not-recorded"
"""Who approved a roster that was told before versions were kept."""
_NAME = re.compile(r"\d{4,}\.json")
_DO = "Put back the file as roster publish wrote it."


class Version(Record):
    """One roster that people were told, and how it came to be so.

    ``published_at`` is in UTC, to the second. ``as_of`` and ``instance_sha256`` are of the data that it was judged
    with. ``known_faults`` are the sentences that were accepted with ``--i-know``. ``withdrawn`` counts the people in
    it who have withdrawn their consent since: nothing else is left of them.
    """

    schema_: Literal["version/1"] = Field(default="version/1", alias="schema")
    number: Positive
    published_at: AwareDatetime
    as_of: date
    approved_by: Id
    instance_sha256: str
    known_faults: tuple[str, ...] = ()
    withdrawn: WholeNumber = 0
    roster: Roster

    def to_json(self) -> str:
        """The text of a version's file; the roster in it is as in roster.json."""
        leave_out: dict[str, set[str]] = {} if self.roster.compromise else {"roster": {"compromise", "breaks"}}
        return self.model_dump_json(by_alias=True, indent=1, exclude=leave_out) + "\n"


def name_of(number: int) -> str:
    """The file of a version, as it lies in its folder."""
    return f"{FOLDER}/{number:04d}.json"


def versions_of(folder: Path) -> tuple[Version, ...]:
    """Every version that the folder holds, the oldest first. Raises InvalidInput for a file that is none."""
    with undisturbed_in(folder):
        return tuple(_versions(folder))


def _versions(folder: Path) -> list[Version]:
    paths = [path for path in (folder / FOLDER).glob("*.json") if _NAME.fullmatch(path.name)]
    versions = sorted((_read(path) for path in paths), key=lambda version: version.number)
    for version, path in zip(versions, sorted(paths, key=lambda path: int(path.stem)), strict=True):
        if version.number != int(path.stem):
            raise _wrong(path, "number", "this is the number of another version")
    return versions


def _read(path: Path) -> Version:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        version = Version.model_validate_json(text)
    except ValidationError as errors:
        error = errors.errors(include_url=False, include_input=False)[0]
        raise _wrong(path, ".".join(map(str, error["loc"])), explain(error).says) from None
    if Screen().identifies(version.approved_by, "versions"):
        raise _wrong(path, "approved_by", "this may identify a person")
    return version


def _wrong(path: Path, place: str, says: str) -> InvalidInput:
    return InvalidInput([Fault(file=f"{FOLDER}/{path.name}", column=place or None, says=says, do=_DO)])
