"""How long a simulated year takes, and what a second roster at once gives: ``python -m benchmarks.simulate FOLDER``."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from roster.files import read
from roster.many.pool import LocalPool
from roster.many.rosterer import PlaceRosterer
from roster.planning.simulation.people import labels
from roster.planning.simulation.run import Asked, Simulating
from roster.planning.simulation.state import Store
from roster.planning.simulation.terms import Terms
from roster.planning.simulation.world import world_of
from roster.solve import Options


def main() -> None:
    """Simulate some runs with one and with two rosters at once; print seconds for each month and each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--gap", type=float, default=0.02)
    parser.add_argument("--time-limit", type=float, default=30.0)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    sys.stdout.write(f"{given.folder.name}: {given.months} months, {given.runs} runs, gap {given.gap:g}\n")
    sys.stdout.write("jobs  seconds  months a minute  seconds a year of one run  months ended by the time limit\n")
    for jobs in given.jobs:
        seconds, late = measured(given.folder, given.months, given.runs, given.gap, given.time_limit, jobs)
        months = given.months * given.runs
        year = seconds / months * 12 * min(jobs, given.runs)
        sys.stdout.write(f"{jobs:4d}  {seconds:7.0f}  {months / seconds * 60:15.1f}  {year:25.0f}  {late:30d}\n")
        sys.stdout.flush()


def measured(folder: Path, months: int, runs: int, gap: float, time_limit: float, jobs: int) -> tuple[float, int]:
    """Seconds that the runs take with so many rosters at once, and months that the time limit ended."""
    base = read(folder).valid()
    world = world_of("base", base, labels(base), Terms(), RULES)
    options = Options(time_limit, gap, 1, 0, plans_by_hand)
    rosterer = PlaceRosterer(LocalPool(jobs), RULES, PREFERENCES, options)
    with tempfile.TemporaryDirectory() as out:
        began = time.monotonic()
        try:
            done = Simulating([world], Asked(months, runs, 0), rosterer, Store(Path(out))).run()
        finally:
            rosterer.close()
        seconds = time.monotonic() - began
    stuck = [track.stuck for track in done.tracks if track.stuck]
    if stuck or done.stopped:
        raise SystemExit(stuck[0] if stuck else "Stopped by you.")
    return seconds, sum(m.how_good == "late" for track in done.tracks for m in track.state.months)


if __name__ == "__main__":
    main()
