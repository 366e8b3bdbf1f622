"""The names under which results are kept: that of each folder or workbook. Names that clash are InvalidInput."""

from collections.abc import Sequence
from pathlib import Path

from roster.fault import Fault, InvalidInput


def named(folders: Sequence[Path], out: Path) -> dict[str, Path]:
    """Each folder, or workbook, by its name. Raises InvalidInput for two of one name, and for results in the data."""
    found: dict[str, Path] = {}
    faults: list[Fault] = []
    for path in folders:
        name = _name(path)
        if name.casefold() in map(str.casefold, found):
            says = "two folders have this name, and so would their results"
            faults.append(
                Fault(file="FOLDER", value=name, says=says, do="Rename one of them, or name them in two commands.")
            )
        elif (out / name).resolve() == path.resolve():
            says = "the results would be written into the data"
            faults.append(Fault(file="--out", value=name, says=says, do="Give the name of another folder."))
        found[name] = path
    if out.exists() and not out.is_dir():
        says = "this is a file"
        faults.append(Fault(file="--out", value=out.name, says=says, do="Give the name of a folder."))
    if faults:
        raise InvalidInput(faults)
    return found


def _name(path: Path) -> str:
    path = path.resolve()
    return path.name if path.is_dir() or not path.suffix else path.stem
