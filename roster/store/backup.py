"""Back-up and restore: everything that the database holds in one file, the same for SQLite and PostgreSQL.

The file is compressed text, one JSON document a line: first what it is, then every row as Django writes it, last how
many rows there were and the SHA-256 of all lines before. Who is logged in at the time is not part of it.
"""

import errno
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from roster.fault import Fault, InvalidInput
from roster.files.atomic import beside
from roster.store.audit import broken
from roster.store.models import Change, Region
from roster.store.months import forget_what_was_read
from roster.store.retention import forget_due
from roster.store.snapshot import snapshot

FORMAT = "service-backup/1"
_LEFT_OUT = ("sessions", "contenttypes", "axes")
"""Whoever is logged in logs in again; Django makes its content types itself; wrong passwords are forgotten."""
_ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Restored:
    """What was read back: rows, entries of the log that are not as written, months whose people were due to go."""

    rows: int
    wrong_entries: tuple[int, ...]
    forgotten: tuple[str, ...]


def back_up(out: Path) -> int:
    """Write everything, as it is at one moment, to a new file that only its owner can read; how many rows.

    Others go on working meanwhile. Raises FileExistsError; the file is there whole or not at all.
    """
    if out.exists():
        raise FileExistsError(errno.EEXIST, "it exists already, and a back-up replaces nothing", str(out))
    with beside(out) as part:
        part.touch(mode=0o600)
        with gzip.open(part, "wt", encoding="utf-8", newline="\n") as file, snapshot():
            rows, digest = 0, hashlib.sha256()
            for line in _lines():
                file.write(line)
                digest.update(line.encode())
                rows += 1
            file.write(_line({"rows": rows - 1, "sha256": digest.hexdigest()}))
    return rows - 1


def restore(file: Path, today: date, *, replace: bool = False) -> Restored:
    """Read a back-up into a database that is empty, or with ``replace`` into one that loses all it holds.

    All of it or nothing. What was due to be deleted by ``today`` is deleted then. Raises InvalidInput where the file
    is not a whole back-up of this version of the program, or the database is not empty.
    """
    header, rows = _checked(file)
    if header.get("migrations") != _migrations():
        _refuse(file, "this back-up was made by another version of the program", "Restore it with that one, then move.")
    with transaction.atomic():
        if replace:
            _empty()
        elif _holds_anything():
            _refuse(file, "the database is not empty", "Restore into a new one, or give --replace to lose what it has.")
        for found in _read(file, rows):
            found.save(force_insert=True)
        _count_on()
    forget_what_was_read()
    wrong = tuple(broken())
    forgotten = tuple(str(month) for month in forget_due(today))
    return Restored(rows, wrong, forgotten)


class _Exactly(DjangoJSONEncoder):
    """Writes moments with their microseconds, which Django leaves out."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


# -- writing --------------------------------------------------------------------------------------------------


def _lines() -> Iterator[str]:
    yield _line({"format": FORMAT, "migrations": _migrations()})
    for model in _models():
        rows = model.objects.order_by("pk").iterator(_ROWS_AT_ONCE)  # type: ignore[attr-defined]  # every table has it
        for row in rows:
            yield serializers.serialize("jsonl", [row], cls=_Exactly)


def _models() -> list[type[models.Model]]:
    """Every table that is in a back-up. Which comes first is all one: what points where is checked at the end."""
    found = (model for config in apps.get_app_configs() for model in config.get_models())
    return [m for m in found if _named(m).app_label not in _LEFT_OUT and _named(m).label != "auth.Permission"]


def _named(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001  # what Django documents


def _migrations() -> list[str]:
    """What the database was brought to, of the tables that are in a back-up."""
    recorded = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in recorded if app not in _LEFT_OUT)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value) + "\n"


# -- reading --------------------------------------------------------------------------------------------------


def _checked(file: Path) -> tuple[dict[str, Any], int]:
    """The first line, and how many rows follow; nothing of the file is used before it is known to be whole."""
    first, last, lines, digest = "", "", 0, hashlib.sha256()
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as opened:
            for line in opened:
                digest.update(last.encode())
                first, last, lines = first or line, line, lines + 1
        header, end = json.loads(first), json.loads(last)
    except (EOFError, gzip.BadGzipFile, zlib.error, ValueError):
        header, end = {}, {}
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        _refuse(file, "this is not a whole back-up of the service", "Give a file that roster backup wrote.")
    if end != {"rows": lines - 2, "sha256": digest.hexdigest()}:
        _refuse(file, "this back-up was cut short or changed", "Give another one.")
    return header, lines - 2


def _read(file: Path, rows: int) -> Iterator[serializers.base.DeserializedObject]:
    with gzip.open(file, "rt", encoding="utf-8", newline="\n") as opened:
        for line in islice(opened, 1, rows + 1):
            yield from serializers.deserialize("jsonl", line)


def _holds_anything() -> bool:
    return Region.objects.exists() or User.objects.exists() or Change.objects.exists()


def _empty() -> None:
    """Remove every row, the log's as well, which the database refuses to anybody who does not say so first."""
    everything = [*_models(), *(m for m in apps.get_models() if _named(m).app_label in ("sessions", "axes"))]
    before, after = _around_the_log()
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        for model in reversed(everything):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(_named(model).db_table)}")
        for statement in after:
            cursor.execute(statement)


def _around_the_log() -> tuple[list[str], list[str]]:
    """Statements that let the log be emptied, and those that make it append-only again."""
    if connection.vendor == "postgresql":
        return (
            ["ALTER TABLE store_change DISABLE TRIGGER audit_refuse"],
            ["ALTER TABLE store_change ENABLE TRIGGER audit_refuse"],
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'store_change'")
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def _count_on() -> None:
    """Let the next row of each table have the number after the last one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _refuse(file: Path, says: str, do: str) -> NoReturn:
    raise InvalidInput([Fault(file=file.name, says=says, do=do)])
