"""Consent withdrawn: a referral is taken out of every file of a folder, in one change, and nothing is weighed.

Nothing here keeps, shows or logs the id. What is left of it is a number: how many people each version has lost.
"""

import html
import json
import os
import re
import shutil
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from roster.domain import Record
from roster.files.columns import TABLES
from roster.files.forgetting import SCHEMAS, WITHDRAWN, as_json, document_without, table_without, words
from roster.files.grid import read_csv
from roster.files.together import alone_in, change

_REFERRALS = "referrals.csv"
_NOT_ABOUT_PEOPLE = frozenset({"settings.toml", *(f"{table.name}.csv" for table in TABLES)} - {_REFERRALS})
"""Tables that hold no referral. The same word in one of them is the id of something else."""
_PARTLY = re.compile(r"\..+\.[0-9a-f]{8}\.partly")
_PACKED = frozenset({".pdf", ".gz", ".bz2", ".xz", ".7z", ".zst", ".parquet"})
"""Files whose text cannot be seen without unpacking them in some way that is not known here."""


class Withdrawal(Record):
    """What came of it: ``referrals`` that were in the table, the names of the ``changed`` files as they lie in the
    folder, of those ``left`` that still hold an id and have to be dealt with by hand, and of those ``unread`` into
    which nobody can look.
    """

    referrals: int = 0
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def withdraw(folder: Path, referral_ids: Collection[str]) -> Withdrawal:
    """Take the referrals out of the table, the published roster, every version, and every other roster in the folder.

    An id that is nowhere is no fault: it is as it should be. The data need not be in order otherwise. Raises OSError
    where the folder cannot be changed; nothing has changed then.
    """
    ids = frozenset(referral_ids)
    if not ids:
        return Withdrawal()
    with alone_in(folder):
        _remove_partly_written(folder)
        cleaned: dict[str, bytes] = {}
        for path in _files(folder):
            content = _cleaned(path, ids)
            if content is not None:
                cleaned[path.relative_to(folder).as_posix()] = content
        rows = _rows(folder / _REFERRALS, ids)
        if cleaned:
            change(folder, cleaned)
        left, unread = _left(folder, ids)
        return Withdrawal(referrals=rows, changed=tuple(cleaned), left=left, unread=unread)


def _files(folder: Path) -> Iterator[Path]:
    """Every file in the folder and the folders in it, in order."""
    for inside, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(inside) / name for name in sorted(names))


def _remove_partly_written(folder: Path) -> None:
    """Take away what was being written when a process ended: nobody will finish it."""
    for inside, folders, names in os.walk(folder):
        for name in filter(_PARTLY.fullmatch, [*folders, *names]):
            path = Path(inside) / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        folders[:] = [name for name in folders if not _PARTLY.fullmatch(name)]


# -- what can be cleaned --------------------------------------------------------------------------------------


def _cleaned(path: Path, ids: Collection[str]) -> bytes | None:
    """The file without the referrals; None where that is as it is now, or where it is not known how."""
    if path.is_symlink():
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    made = _without(path, data, ids)
    return made if made != data else None


def _without(path: Path, data: bytes, ids: Collection[str]) -> bytes | None:
    """The contents without the referrals, the same where they are not in it; None where it is not known how."""
    if path.name == _REFERRALS:
        try:
            return table_without(data, ids)
        except ValueError:
            return None
    document = _document(data)
    if document is None:
        return None
    made = document_without(document, ids)
    return as_json(made) if made != document else data


def _document(data: bytes) -> dict[str, Any] | None:
    """The roster, version or repair that the bytes hold, if they hold one."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and document.get("schema") in SCHEMAS else None


def _rows(path: Path, ids: Collection[str]) -> int:
    """How many rows of a table of referrals are about these."""
    try:
        rows = read_csv(path.read_bytes(), path.name).rows
    except OSError:
        return 0
    at = rows[0].index("referral_id") if rows and "referral_id" in rows[0] else None
    return sum(1 for cells in rows[1:] if at is not None and len(cells) > at and cells[at] in ids)


# -- what is left ---------------------------------------------------------------------------------------------


def _left(folder: Path, ids: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files that still hold an id, and those into which nobody can look. An id in a name is not repeated."""
    named = words({written for i in ids for written in (i, json.dumps(i)[1:-1], html.escape(i))})
    left, unread = [], []
    for path in _files(folder):
        shown = named.sub(WITHDRAWN, path.name)
        held = shown != path.name or _holds(path, ids, named)
        if held:
            left.append(shown)
        elif held is None:
            unread.append(shown)
    return tuple(left), tuple(unread)


def _holds(path: Path, ids: Collection[str], named: re.Pattern[str]) -> bool | None:
    """Whether the file holds an id; None where nobody can tell."""
    if path.name in _NOT_ABOUT_PEOPLE:
        return False
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                return any(_in_bytes(packed.read(name), named) for name in packed.namelist())
        data = path.read_bytes()
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    if path.suffix.lower() in _PACKED:
        return None
    made = _without(path, data, ids)
    return _in_bytes(data, named) if made is None else made != data


def _in_bytes(data: bytes, named: re.Pattern[str]) -> bool:
    """Whether an id stands in the bytes as text, in one of the ways in which programs write text."""
    ways = ((data, "utf-8"), (data, "cp1252"), (data, "utf-16-le"), (data[1:], "utf-16-le"))
    return any(named.search(part.decode(encoding, errors="replace")) for part, encoding in ways)
