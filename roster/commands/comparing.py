"""``roster diff``: what differs between two rosters of one month."""

from dataclasses import dataclass
from pathlib import Path

from roster.calendar import long_month
from roster.changes import Changes, changes_between
from roster.commands.codes import OK
from roster.domain import Roster
from roster.edits import AddReferral, RemoveReferral
from roster.fault import Fault, InvalidInput
from roster.inputs import edits_at, instance_after, instance_at, roster_at
from roster.instance import Instance
from roster.show.diff import diff_text
from roster.terminal import print_json, results, wrong_input

_SETTINGS, _PUBLISHED = "settings.toml", "published.json"


@dataclass(frozen=True)
class Compare:
    """What the command is given: two rosters, and the data; ``most`` is how many rows a table has."""

    was: Path
    now: Path
    folder: Path | None
    edits: Path | None
    most: int
    as_json: bool

    def run(self) -> int:
        """Compare and print. The exit code."""
        with wrong_input(self.as_json):
            was, now = _roster(self.was), _roster(self.now)
            if was.month != now.month:
                says = f"this roster is of {long_month(now.month)}, the other one of {long_month(was.month)}"
                raise InvalidInput([Fault(file=self.now.name, says=says, do="Name two rosters of one month.")])
            before, after = self._data(now.month)
            changes = changes_between(before, after, was, now)
        self._print(changes, has_data=before is not None or after is not None)
        return OK

    def _print(self, changes: Changes, *, has_data: bool) -> None:
        if self.as_json:
            print_json(changes)
        else:
            results().print(diff_text(changes, self.most, has_data=has_data))

    def _data(self, month: str) -> tuple[Instance | None, Instance | None]:
        """The data of each roster: those named, or those beside it, or beside the other one; None where there are none.

        With edits, the second roster is of the data of the first after them.
        """
        then = self.folder or folder_of(self.was) or folder_of(self.now)
        if then is None:
            if self.edits is not None:
                says = "the data that these edits change were not found"
                raise InvalidInput([Fault(file=self.edits.name, says=says, do="Name their folder with --folder.")])
            return None, None
        before = self._instance(then, month)
        today = self.folder or folder_of(self.now) or then
        if self.edits is not None:
            return before, self._after(then, before, self.edits)
        return before, before if today == then else self._instance(today, month)

    def _instance(self, folder: Path, month: str) -> Instance | None:
        """The data in a folder of this month. Those of another month are refused where they were asked for."""
        instance, _ = instance_at(folder)
        if instance.settings.month == month:
            return instance
        if self.folder is None and self.edits is None:
            return None
        says = f"these data are of {long_month(instance.settings.month)}, the rosters of {long_month(month)}"
        raise InvalidInput([Fault(file=folder.name, says=says, do="Name the data of the same month with --folder.")])

    def _after(self, folder: Path, before: Instance | None, source: Path) -> Instance:
        """The data after the edits. Whoever has withdrawn their consent and is gone from the data is withdrawn."""
        edits = edits_at(source)
        known = {r.referral_id for r in before.referrals} if before else set()
        known |= {edit.referral_id for edit in edits if isinstance(edit, AddReferral)}
        to_make = [e for e in edits if not isinstance(e, RemoveReferral) or e.referral_id in known]
        return instance_after(folder, to_make, source)[0]


def folder_of(path: Path) -> Path | None:
    """The folder with settings.toml that this is, or that it lies in, at most one folder further in; None without."""
    here = path.resolve()
    return next((folder for folder in (here, *here.parents[:2]) if (folder / _SETTINGS).is_file()), None)


def _roster(path: Path) -> Roster:
    """The roster in a file; of a folder, the one that was published."""
    return roster_at(path / _PUBLISHED if path.is_dir() else path)
