"""What commands write: a new folder, workbook or file. A name that nothing can be written to is InvalidInput."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from roster.fault import Fault, InvalidInput
from roster.files import new_folder, write_folder, write_template, write_workbook
from roster.instance import Instance

_WORKBOOK = ".xlsx"


def check_place(out: Path) -> None:
    """Find out before the work, and not after it, that no file can be written to ``out``."""
    if out.is_dir():
        says, do = "this is a folder", "Give the name of a file."
    elif not out.resolve().parent.is_dir():
        says, do = "the folder it is to be in does not exist", "Make the folder, or give another name."
    elif not os.access(out.resolve().parent, os.W_OK):
        says, do = "nothing may be written to the folder it is to be in", "Give a name in another folder."
    else:
        return
    raise InvalidInput([Fault(file=out.name, says=says, do=do)])


def new_instance(instance: Instance, out: Path) -> None:
    """Write the instance as a new folder, or as a new workbook where the name ends in .xlsx."""
    if out.suffix.lower() == _WORKBOOK:
        check_place(out)
        _new(out, lambda: write_workbook(instance, out))
    else:
        _new(out, lambda: write_folder(instance, out))


def new_instances(named: Iterable[tuple[str, Instance]], out: Path) -> list[str]:
    """Write each instance as a folder of its name in the new folder ``out``: all of them or none. The names."""
    names: list[str] = []

    def write() -> None:
        with new_folder(out) as folder:
            for name, instance in named:
                write_folder(instance, folder / name)
                names.append(name)

    _new(out, write)
    return names


def new_template(out: Path) -> None:
    """Write an empty workbook with notes."""
    check_place(out)
    _new(out, lambda: write_template(out))


def _new(out: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except (FileExistsError, ValueError) as error:
        says, _, do = str(error).removeprefix(out.name).lstrip(": ").partition(". ")
        raise InvalidInput([Fault(file=out.name, says=says, do=do)]) from None
