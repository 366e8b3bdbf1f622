"""How many scenarios a minute ``roster plan`` makes, with one process at a time and with two.

``python -m benchmarks.plan FOLDER SCENARIOS.toml [--seconds 20]`` makes the rosters of all scenarios twice, from
nothing each time, each with one processor, and prints a Markdown table. The base comes first and by itself and is not
counted. Times are of one run on one machine.
"""

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from models import PREFERENCES, RULES
from models.by_hand.from_another import plans_from
from models.by_hand.planner import plans_by_hand
from roster.files import read
from roster.instance import Instance
from roster.many.beside import Beside, Effort, Terms
from roster.many.board import Board
from roster.planning.scenarios import BASE, Scenario, read_scenarios
from roster.summaries import Line

AT_ONCE = (1, 2)
TERMS = Terms(RULES, PREFERENCES, plans_by_hand, lambda roster: partial(plans_from, roster))
HEADING = "| folder | scenarios | at once | seconds | scenarios a minute | proved best |"


def row(folder: str, jobs: int, seconds: float, lines: list[Line]) -> str:
    """A row of the table: ``lines`` are those of the scenarios, ``seconds`` how long all of them took."""
    proved = sum(line.outcome == "optimal" for line in lines)
    cells = [folder, str(len(lines)), str(jobs), f"{seconds:.1f}", f"{60 * len(lines) / seconds:.1f}", str(proved)]
    return f"| {' | '.join(cells)} |"


def measured(base: Instance, scenarios: tuple[Scenario, ...], jobs: int, seconds: float) -> tuple[float, list[Line]]:
    """How long the scenarios took after the base, and what came of each."""
    quiet = Console(quiet=True)
    with TemporaryDirectory() as out:
        beside = Beside(TERMS, Effort(seconds, workers=1, jobs=jobs), Path(out), lambda: Board(quiet))
        beside.base(base)
        began = time.monotonic()
        beside.scenarios(scenarios)
        return time.monotonic() - began, [line for name, line in beside.lines.items() if name != BASE]


def main() -> None:
    """Run the benchmark on the folder and the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("scenarios", type=Path, metavar="SCENARIOS.toml")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each scenario")
    asked = parser.parse_args()
    base = read(asked.folder).valid()
    scenarios = read_scenarios(asked.scenarios.read_text(encoding="utf-8"), asked.scenarios.name, base)
    sys.stdout.write(HEADING + "\n" + "|---" * HEADING.count(" |") + "|\n")
    for jobs in AT_ONCE:
        seconds, lines = measured(base, scenarios, jobs, asked.seconds)
        sys.stdout.write(row(asked.folder.name, jobs, seconds, lines) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
