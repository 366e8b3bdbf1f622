"""How soon a first checked roster comes, and how far from the best it is after 10, 30 and 60 seconds.

``python -m benchmarks.speed [--seconds 60] FOLDER ...`` solves each folder once, from the command line's own
reading to the checked result, and prints a Markdown table: when the first checked roster was there, the gap at each
time, the end, and the peak memory of the largest process. Times are of one run on one machine.
"""

import argparse
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from roster.files import read
from roster.solve import Options, Progress, Result, solve

MOMENTS = (10.0, 30.0, 60.0)
HEADING = "| folder | outcome | objective | bound | gap | first roster | gap at 10 s | 30 s | 60 s | seconds | memory |"


@dataclass
class Record:
    """What was heard while one folder was solved; seconds count from the start of reading."""

    began: float
    first: float | None = None
    gaps: dict[float, float] = field(default_factory=dict)

    def hear(self, progress: Progress) -> None:
        """Note the first roster, and the last gap before each moment."""
        seconds = time.monotonic() - self.began
        if progress.best is not None and self.first is None:
            self.first = seconds
        if progress.gap is not None:
            for moment in MOMENTS:
                if seconds <= moment:
                    self.gaps[moment] = progress.gap

    def row(self, name: str, result: Result) -> str:
        """The table's row."""
        roster = result.roster
        ends = time.monotonic() - self.began
        gaps = [f"{self.gaps[m]:.2%}" if m in self.gaps and m <= ends + 5 else "" for m in MOMENTS]
        numbers = ["", "", ""] if roster is None else [str(roster.objective), str(roster.bound), f"{roster.gap:.2%}"]
        first = "" if self.first is None else f"{self.first:.1f} s"
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        cells = [name, result.outcome, *numbers, first, *gaps, f"{ends:.1f}", f"{memory} MB"]
        return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Run the benchmark on the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.stdout.write(HEADING + "\n" + "|---" * HEADING.count(" |") + "|\n")
    for folder in options.folders:
        record = Record(time.monotonic())
        instance = read(folder).valid()
        spent = time.monotonic() - record.began
        limit = Options(time_limit=max(1.0, options.seconds - spent), seed=options.seed, start=plans_by_hand)
        result = solve(instance, RULES, PREFERENCES, limit, record.hear)
        sys.stdout.write(record.row(folder.name, result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
