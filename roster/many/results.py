"""The folder of results: a roster and a small record for each folder solved, and the summary of all.

OUT/summary.csv, OUT/summary.json
OUT/NAME/roster.json          the roster, where there is one
OUT/NAME/result.json          what came of it: written last, so what it says is there
OUT/NAME/roster-before.json   the roster of an earlier run, where this one has none
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from roster.domain import Roster
from roster.files import write_text
from roster.files.cells import guarded
from roster.summaries import Asked, Line, Summary

ROSTER, RECORD, BEFORE = "roster.json", "result.json", "roster-before.json"
_COLUMNS = (
    "folder",
    "people",
    "coaches",
    "sessions",
    "outcome",
    "people_seen",
    "objective",
    "bound",
    "gap",
    "seconds",
    "tries",
    "stopped",
    "kept",
    "says",
)
_HAVE_A_ROSTER = ("optimal", "feasible", "infeasible")


class Results:
    """The results under one folder."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def open(self) -> None:
        """Make the folder where it is not there. Raises OSError where that cannot be done."""
        self._out.mkdir(parents=True, exist_ok=True)

    def kept(self, name: str, instance_sha256: str, asked: Asked) -> Line | None:
        """What came of this very instance, asked for in this way, if that is done: a roster in full time, or a proof.

        None where there is nothing, where it was stopped or lost, and where the roster is not there as it was.
        """
        try:
            line = Line.model_validate_json((self._out / name / RECORD).read_bytes())
            roster = Roster.model_validate_json((self._out / name / ROSTER).read_bytes())
        except (OSError, ValidationError):
            return None
        same = (line.instance_sha256, line.asked) == (instance_sha256, asked)
        there = (roster.instance_sha256, roster.objective) == (instance_sha256, line.objective)
        is_done = same and there and line.outcome in _HAVE_A_ROSTER and not line.stopped
        return line.model_copy(update={"folder": name, "kept": True}) if is_done else None

    def write(self, line: Line, roster: Roster | None) -> None:
        """Write what came of one folder; a roster of an earlier run is put aside where there is none now."""
        folder = self._out / line.folder
        folder.mkdir(parents=True, exist_ok=True)
        if roster is not None:
            write_text(folder / ROSTER, roster.to_json())
        elif (folder / ROSTER).exists():
            (folder / ROSTER).replace(folder / BEFORE)
        write_text(folder / RECORD, line.model_dump_json(indent=1) + "\n")

    def summarise(self, summary: Summary) -> None:
        """Write the summary, as JSON and as a table."""
        write_text(self._out / "summary.json", summary.model_dump_json(indent=1) + "\n")
        write_text(self._out / "summary.csv", _csv_text(summary.lines))


def _csv_text(lines: Iterable[Line]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        writer.writerow([_cell(getattr(line, column)) for column in _COLUMNS])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return guarded(str(value))
