"""A file that somebody handed in: one workbook, or a folder of tables in a ZIP file; read without trusting it.

Nothing is written outside a folder of its own, which is gone afterwards, and no name of a file is repeated.
"""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from roster.fault import Fault
from roster.files.columns import TABLES
from roster.files.read import Reading, read
from roster.files.source import WORKBOOKS

LARGEST = 10_000_000
"""Bytes of a file that is looked at."""
LARGEST_UNPACKED = 200_000_000
_TABLES = frozenset({"settings.toml", "published.json", *(f"{table.name}.csv" for table in TABLES)})
_FILE = "the file"


def read_handed_in(name: str, data: bytes) -> Reading:
    """What is in the file; ``name`` says by its ending what it is. Never raises for what is in it."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if len(data) > LARGEST or _unpacks_to(data) > LARGEST_UNPACKED:
        return _refused("this is larger than can be read", "Hand in one month of one region only.")
    with TemporaryDirectory(prefix="roster-") as folder:
        if suffix in WORKBOOKS:
            path = Path(folder) / f"workbook{suffix}"
            path.write_bytes(data)
            return read(path)
        if suffix == ".zip":
            return _read_zip(data, Path(folder))
    do = "Hand in a workbook (.xlsx, .xls or .ods), or the folder of tables as one .zip file."
    return _refused("this is neither a workbook nor a ZIP file", do)


def _refused(says: str, do: str) -> Reading:
    return Reading(instance=None, faults=(Fault(file=_FILE, says=says, do=do),))


def _unpacks_to(data: bytes) -> int:
    """Bytes that a ZIP file, such as an .xlsx or .ods workbook is, says it holds; 0 for any other."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def _read_zip(data: bytes, folder: Path) -> Reading:
    """The tables in the ZIP file, wherever in it the folder with settings.toml is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = _folder_of(packed)
            if inside is None:
                do = "Put settings.toml and the tables into one folder, and make a ZIP file of that folder."
                return _refused("there is no folder with settings.toml in it", do)
            for entry in packed.infolist():
                path = PurePosixPath(entry.filename)
                if path.parent == inside and path.name in _TABLES:
                    (folder / path.name).write_bytes(packed.read(entry))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        return _refused("the ZIP file cannot be opened", "Make it again, without a password.")
    return read(folder)


def _folder_of(packed: zipfile.ZipFile) -> PurePosixPath | None:
    """The folder in the ZIP file that holds settings.toml: the one nearest to the top."""
    found = [PurePosixPath(name) for name in packed.namelist() if PurePosixPath(name).name == "settings.toml"]
    return min(found, key=lambda path: len(path.parts)).parent if found else None
