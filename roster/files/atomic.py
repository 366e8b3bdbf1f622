"""Files that are there whole or not at all: written beside, flushed to the disk, then renamed into place."""

import os
import secrets
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


def flush(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
