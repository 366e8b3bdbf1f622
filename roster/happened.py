"""What has happened to a folder's data: edits, of which consent withdrawn is done first and for good.

A withdrawal is never weighed: it is made in the folder itself, at once, whatever becomes of the rest.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roster.calendar import long_date
from roster.edits import AddReferral, Edit, RemoveReferral, Set
from roster.fault import Fault, InvalidInput, Notice, listed
from roster.files import read
from roster.files.versions import versions_of
from roster.files.withdrawal import Withdrawal, withdraw
from roster.inputs import edits_at, instance_after
from roster.instance import Instance
from roster.wording import how_many

_AS_A_FOLDER = "Write it as a folder first, with none.json holding []: roster edit {name} none.json --out FOLDER."


@dataclass(frozen=True)
class Edits:
    """The edits of a file, of which the withdrawals are done. ``source``: the file; None where there is none.

    ``withdrawn``: the referrals whose consent was withdrawn; ``left``: the edits that are still to be made.
    """

    source: Path | None = None
    left: tuple[Edit, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    withdrawal: Withdrawal | None = None

    @property
    def given(self) -> bool:
        """Whether there are any."""
        return bool(self.left or self.withdrawn)

    @contextmanager
    def whatever_comes(self) -> Iterator[None]:
        """What is found wrong from here on says that the withdrawals are done all the same."""
        try:
            yield
        except InvalidInput as error:
            raise InvalidInput(error.faults, (*error.notices, *self._notices())) from None

    def _notices(self) -> Iterator[Notice]:
        if self.withdrawal is not None:
            files = [*self.withdrawal.left, *self.withdrawal.unread]
            do = f"Look at {listed(files, 'and')} yourself: the id is or may be there." if files else ""
            says = "The consent that they withdraw was withdrawn, before anything else."
            yield Notice(file="--edits", says=says, do=do)

    def made_in(self, folder: Path, before: Instance) -> tuple[Instance, tuple[Notice, ...]]:
        """The data after the edits that are left, and what is worth knowing of them. Raises InvalidInput."""
        return (before, ()) if self.source is None else instance_after(folder, self.left, self.source)


def taken_in(folder: Path, source: Path | None) -> Edits:
    """Read the edits in a file and carry out the withdrawals among them. Raises InvalidInput, before any of it.

    Consent can be withdrawn only in a folder, not in a workbook.
    """
    if source is None:
        return Edits()
    edits = edits_at(source)
    ids = frozenset(edit.referral_id for edit in edits if isinstance(edit, RemoveReferral))
    if not ids:
        return Edits(source, edits)
    check_folder(folder, "consent can be withdrawn only in a folder, and this is one file")
    return Edits(source, tuple(_not_done(edits, ids)), ids, withdraw(folder, ids))


def check_folder(folder: Path, says: str) -> None:
    """Raise InvalidInput where this is no folder; ``says`` is why a workbook will not do."""
    if folder.is_file():
        do = _AS_A_FOLDER.format(name=folder.name)
        raise InvalidInput([Fault(file=folder.name, says=says, do=do)])
    if not folder.is_dir():
        read(folder).valid()


def _not_done(edits: Sequence[Edit], withdrawn: frozenset[str]) -> Iterator[Edit]:
    """The edits but for the withdrawals, which are done, and for what else was to become of those who withdrew.

    What an edit before adds can only be removed by an edit.
    """
    gone = set(withdrawn)
    for edit in edits:
        if isinstance(edit, AddReferral):
            gone.discard(edit.referral_id)
        if not _is_about(edit, gone):
            yield edit


def _is_about(edit: Edit, referral_ids: Container[str]) -> bool:
    if isinstance(edit, Set):
        return edit.table == "referrals" and edit.id in referral_ids
    return isinstance(edit, RemoveReferral) and edit.referral_id in referral_ids


def check_day(as_of: date, frozen: Sequence[date], file: str, column: str | None = None) -> None:
    """What has been frozen stays so: the day does not go back before any of those on which something was."""
    earliest = max(frozen, default=as_of)
    if as_of < earliest:
        says = f"the published roster is as of {long_date(earliest)}, and this is before it"
        do = "Give that day or a later one."
        raise InvalidInput([Fault(file=file, column=column, value=str(as_of), says=says, do=do)])


# -- before a repair ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    """``before``: the data as they are, without who has withdrawn; ``after``: after the edits, as of the day given."""

    before: Instance
    after: Instance
    notices: tuple[Notice, ...]


def happened_to(folder: Path, edits: Edits, as_of: date | None) -> Happened:
    """The data before and after the edits. ``as_of`` None: the day of the data. Raises InvalidInput."""
    before = read(folder).valid()
    after, notices = edits.made_in(folder, before)
    if as_of is not None:
        versions = versions_of(folder)[-1:] if folder.is_dir() else ()
        frozen = [before.settings.as_of, *(version.as_of for version in versions)] if before.published else []
        check_day(as_of, frozen, "--as-of")
        after = after.replaced(settings=after.settings.model_copy(update={"as_of": as_of}))
    return Happened(before, after, (*notices, *_history_lost(before, after)))


def _history_lost(before: Instance, after: Instance) -> Iterator[Notice]:
    """A word where what the edits remove takes visits with it that have happened."""
    day = after.settings.as_of
    lost = [key for key in before.told_visits if _happened(before, key, day) and key not in after.told_visits]
    if lost:
        says = f"These edits remove {how_many(len(lost), 'visit')} from before {long_date(day)}, which took place."
        do = (
            "Whoever was seen there may be given another appointment. To keep what took place, put the coach on leave "
            "from now on (add_leave), or remove only the sessions still to come (remove_session)."
        )
        yield Notice(file="--edits", says=says, do=do)


def _happened(instance: Instance, key: tuple[str, str], day: date) -> bool:
    _, session_id = key
    return instance.session[session_id].date < day
