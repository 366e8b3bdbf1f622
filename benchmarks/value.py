"""How long ``roster value`` takes beside one roster, and how much of what it says is proved.

``python -m benchmarks.value [--seconds 60] [--top 50] FOLDER ...`` makes the roster of each folder for ``--seconds``,
looks for what might help, tries ``--top`` things, and prints a Markdown table: how many things were looked at and
tried, the seconds that the one roster and everything took, the ratio of the two, of how many tries it is proved that
they help, how many are known to the minute, and the width of the others: what each saves at most less what it saves at
least, as a share of the total. Times are of one run on one machine, with nothing else running on it.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from models import PREFERENCES, RULES
from models.by_hand.from_another import plans_from
from models.by_hand.planner import plans_by_hand
from roster.commands.valuing import ROSTERS, Value
from roster.domain import Roster
from roster.files import read
from roster.many.beside import Beside, Effort, Terms
from roster.many.board import Board
from roster.planning.value.record import Confirmed, ValueReport
from roster.solve import Start
from roster.terminal import errors

HEADING = (
    "| folder | looked at | tried | one roster | everything | ratio | proved to help | known to the minute "
    "| width of the others |"
)


def start_from(roster: Roster) -> Start:
    """How a search begins with another roster."""
    return partial(plans_from, roster)


def valued(folder: Path, seconds: float, top: int) -> tuple[ValueReport, float]:
    """What the command finds of a folder, and how many seconds it took in all."""
    terms = Terms(RULES, PREFERENCES, plans_by_hand, start_from)
    effort = Effort(seconds)
    with TemporaryDirectory() as out:
        began = time.monotonic()
        command = Value(folder, Path(out), None, None, top, None, effort, terms, as_json=False, quiet=True)
        found = command.find(
            read(folder).valid(), Beside(terms, effort, Path(out) / ROSTERS, lambda: Board(errors(True)))
        )
        return found.report(), time.monotonic() - began


def row(name: str, report: ValueReport, seconds: float) -> str:
    """The table's row of one folder."""
    tried = [one for one in report.confirmed if one.difference is not None]
    others = [width for one in tried if (width := _width(one, report)) > 0]
    once = report.base.seconds
    cells = [
        *(name, f"{report.candidates:,}", f"{len(report.confirmed):,}"),
        *(f"{once:.1f} s", f"{seconds:.1f} s", f"{seconds / once:.1f}" if once else ""),
        *(str(sum(one.helps for one in tried)), str(sum(one.proof == "exact" for one in tried))),
        f"{median(others):.2%}" if others else "",
    ]
    return "| " + " | ".join(cells) + " |"


def _width(one: Confirmed, report: ValueReport) -> float:
    """What it saves at most less what it saves at least, as a share of the base's total."""
    if one.saves_most is None or one.saves_least is None or report.base.figures is None:
        return 0.0
    return (one.saves_most - one.saves_least) / max(1, report.base.figures.total)


def main(write: Callable[[str], object] = sys.stdout.write) -> None:
    """Run the benchmark on the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--top", type=int, default=50)
    options = parser.parse_args()
    write(HEADING + "\n" + "|---" * (HEADING.count("|") - 1) + "|\n")
    for folder in options.folders:
        write(row(folder.name, *valued(folder, options.seconds, options.top)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
