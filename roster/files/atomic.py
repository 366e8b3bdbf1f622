"""Files and folders that are there whole or not at all: written beside, flushed to the disk, renamed into place."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, replacing what is there. Raises OSError, and then nothing has changed."""
    with beside(path) as temporary:
        temporary.write_bytes(text.encode())


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write a file to; the file takes the place of ``path`` if all went well."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partly")
    try:
        yield temporary
        flush(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder beside ``path`` to write files to; it becomes ``path`` if all went well, and is gone otherwise.

    Raises FileExistsError where ``path`` is there and holds anything; OSError where it cannot be written.
    """
    path = path.resolve()
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise FileExistsError(
            f"{path.name} is there already and is not an empty folder. Give the name of a new folder."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partly")
    temporary.mkdir()
    try:
        yield temporary
        flush(temporary)
        if path.exists():
            path.rmdir()
        temporary.rename(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def flush(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
