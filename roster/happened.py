"""What has happened to a folder's data: edits, of which consent withdrawn is done first and for good.

A withdrawal is never weighed: it is made in the folder itself, at once, whatever becomes of the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roster.calendar import long_date
from roster.edits import AddReferral, Edit, RemoveReferral
from roster.fault import Fault, InvalidInput, Notice
from roster.files import read
from roster.files.versions import versions_of
from roster.files.withdrawal import Withdrawal, withdraw
from roster.inputs import edits_at, instance_after
from roster.instance import Instance

NOT_A_FOLDER = "Write it as a folder first, with none.json holding []: roster edit {name} none.json --out FOLDER."


@dataclass(frozen=True)
class Happened:
    """``before``: the data as they are, without who has withdrawn; ``after``: after the edits, as of the day given."""

    before: Instance
    after: Instance
    notices: tuple[Notice, ...]
    withdrawal: Withdrawal | None


def happened_to(folder: Path, source: Path, as_of: date | None) -> Happened:
    """Take in the edits of the file ``source``. Raises InvalidInput; what was withdrawn then is withdrawn all the same.

    A workbook is read as well, but consent can be withdrawn only in a folder. ``as_of`` None: the day of the data.
    """
    edits = edits_at(source)
    withdrawal = _withdraw(folder, edits)
    try:
        before = read(folder).valid()
        after, notices = instance_after(folder, list(_not_done(edits, withdrawal)), source)
        if as_of is not None:
            _check_day(folder, before, as_of)
            after = after.replaced(settings=after.settings.model_copy(update={"as_of": as_of}))
    except InvalidInput as error:
        done = () if withdrawal is None else (WITHDRAWN_FIRST,)
        raise InvalidInput(error.faults, (*error.notices, *done)) from None
    return Happened(before, after, notices, withdrawal)


WITHDRAWN_FIRST = Notice(
    file="--edits", says="The consent that they withdraw was withdrawn, before anything else.", do=""
)


def _withdraw(folder: Path, edits: Sequence[Edit]) -> Withdrawal | None:
    ids = frozenset(edit.referral_id for edit in edits if isinstance(edit, RemoveReferral))
    if not ids:
        return None
    if folder.is_file():
        says, do = "consent can be withdrawn only in a folder, not in a workbook", NOT_A_FOLDER.format(name=folder.name)
        raise InvalidInput([Fault(file=folder.name, says=says, do=do)])
    return withdraw(folder, ids)


def _not_done(edits: Sequence[Edit], withdrawal: Withdrawal | None) -> Iterator[Edit]:
    """The edits but for the withdrawals: those are done. What an edit before adds can only be removed by an edit."""
    added: set[str] = set()
    for edit in edits:
        if isinstance(edit, AddReferral):
            added.add(edit.referral_id)
        if withdrawal is None or not isinstance(edit, RemoveReferral) or edit.referral_id in added:
            yield edit


def _check_day(folder: Path, before: Instance, as_of: date) -> None:
    """What has been frozen stays so: the day does not go back."""
    days = [version.as_of for version in versions_of(folder)[-1:]] if folder.is_dir() else []
    earliest = max([before.settings.as_of, *days]) if before.published else as_of
    if as_of < earliest:
        says = f"the published roster is as of {long_date(earliest)}, and this is before it"
        raise InvalidInput([Fault(file="--as-of", value=str(as_of), says=says, do="Give that day or a later one.")])
