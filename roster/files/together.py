"""Several files of one folder changed together: whole or not at all, whenever the process or the machine stops.

The new files are written into a folder beside the old ones and flushed to the disk. Renaming that folder to
``.changing`` is the moment from which the change counts. Each file is then renamed into its place, and ``.changing``
goes. Whoever finds a ``.changing`` finishes it first, so that a change that was stopped before that moment has never
been, and one that was stopped after it is made by whoever comes next.

Whoever changes a folder holds a lock on it (``flock``, which ends with its process); readers share one.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from roster.files.atomic import flush

CHANGING = ".changing"
_HELD: ContextVar[frozenset[Path]] = ContextVar("_HELD", default=frozenset())
"""The folders that this process holds already: a second lock of its own would make it wait for itself."""


def change(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace or add files of ``folder``, named as they lie in it (``published/0001.json``), all of them or none.

    Raises OSError where that cannot be done. Nothing has changed then, or the change is finished by whoever opens
    the folder next.
    """
    with alone_in(folder):
        _remove_unfinished(folder)
        temporary = folder / f"{CHANGING}.{secrets.token_hex(4)}.partly"
        try:
            _write(temporary, files)
            temporary.rename(folder / CHANGING)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        flush(folder)
        _finish(folder)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else reads or changes the folder meanwhile. What was begun there is finished first. Raises OSError."""
    with _locked(folder, fcntl.LOCK_EX):
        _finish(folder)
        yield


def finish(folder: Path) -> None:
    """Finish a change that was begun in the folder, if there is one. Raises OSError where that cannot be done."""
    with alone_in(folder):
        """That is all: it is finished before anything else."""


@contextmanager
def undisturbed_in(folder: Path) -> Iterator[None]:
    """Nobody changes the folder meanwhile. What was begun there is finished first.

    Raises OSError where there is such a thing and it cannot be finished. A folder that cannot be locked is read as
    it is.
    """
    while True:
        with _shared(folder):
            if not (folder / CHANGING).exists():
                yield
                return
        finish(folder)


@contextmanager
def _shared(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(_locked(folder, fcntl.LOCK_SH))
        yield


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    name = folder.resolve()
    if name in _HELD.get():
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, kind)
        token = _HELD.set(_HELD.get() | {name})
        try:
            yield
        finally:
            _HELD.reset(token)
    finally:
        os.close(handle)


def _write(temporary: Path, files: Mapping[str, bytes]) -> None:
    temporary.mkdir()
    folders = {temporary}
    for name, content in files.items():
        path = temporary / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        flush(path)
        folders.add(path.parent)
    for inside in folders:
        flush(inside)


def _finish(folder: Path) -> None:
    """Move every file of ``.changing`` into its place. What was moved before is not there any more."""
    changing = folder / CHANGING
    if not changing.exists():
        return
    parents = {folder}
    for inside, _, names in os.walk(changing):
        for name in names:
            new = Path(inside) / name
            place = folder / new.relative_to(changing)
            place.parent.mkdir(parents=True, exist_ok=True)
            parents.add(place.parent)
            with suppress(FileNotFoundError):  # where locks do nothing, another process may have been first
                new.replace(place)
    for parent in parents:
        flush(parent)
    for inside, _, _ in os.walk(changing, topdown=False):
        with suppress(FileNotFoundError):
            Path(inside).rmdir()
    flush(folder)


def _remove_unfinished(folder: Path) -> None:
    """Take away what was being written when a process ended, before it counted."""
    with suppress(OSError):
        for left in folder.glob(f"{CHANGING}.*.partly"):
            shutil.rmtree(left, ignore_errors=True)
