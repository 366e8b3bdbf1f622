"""Every way to make a roster, side by side on the same instances: one after another, on the same two cores.

``python -m benchmarks.compare [--seconds 60] [--others-seconds 300] [--seeds 1] [--ways WAY ...] [--out DIR]
NAME|FOLDER ...`` prints a Markdown table and the ratios to ours. With ``--out`` it also writes results.json,
results.csv, results.md, and for each instance the gap over time as an SVG. Each way has a process of its own: a crash
or too much memory is a line in the table and not the end. What each way is: docs/benchmarks.md.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.processes import most_memory
from benchmarks.regions import regions
from benchmarks.runs import Run
from benchmarks.tables import HEADING as COLUMNS
from benchmarks.tables import as_csv, as_json, best_bound, ratios_table, results_row, results_table
from benchmarks.ways import OURS, WAYS, Task, run


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every way on the regions named on the command line."""
    options = _options(arguments)
    runs: list[Run] = []
    for region in regions(options.names, options.seeds):
        sys.stdout.write(f"\n{region.name}\n\n| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n")
        for way in options.ways:
            seconds = options.seconds if way == OURS else options.others_seconds
            done = run(way, region.name, Task(region.instance, seconds, region.seed), options.memory)
            runs.append(done)
            sys.stdout.write(f"| {' | '.join(results_row(done, best_bound(runs, region.name)))} |\n")
            sys.stdout.flush()
        if options.out is not None:
            write(options.out, runs)
    sys.stdout.write(f"\n{OURS} is 1:\n\n{ratios_table(runs, OURS)}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.compare", description="Compare every way to make a roster.")
    parser.add_argument("names", nargs="+", metavar="NAME|FOLDER", help="a recipe of the generator, or a folder")
    parser.add_argument("--seconds", type=float, default=60.0, help=f"the time for {OURS}")
    parser.add_argument("--others-seconds", type=float, default=300.0, help="the time for each other way")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds, from 1")
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS), metavar="WAY", help="which ways")
    parser.add_argument("--memory", type=int, default=most_memory(), metavar="MB", help="the most a way may hold")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where results and pictures are written")
    return parser.parse_args(arguments)


def write(folder: Path, runs: Sequence[Run]) -> None:
    """The results so far as JSON, CSV and Markdown, and a picture for each instance."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = results_table(runs), ratios_table(runs, OURS)
    (folder / "results.json").write_text(as_json(runs), encoding="utf-8")
    (folder / "results.csv").write_text(as_csv(runs), encoding="utf-8")
    (folder / "results.md").write_text(f"{tables[0]}\n{OURS} is 1:\n\n{tables[1]}", encoding="utf-8")
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        sys.stdout.write("\nThere are no pictures: they need the packages of the extra [charts].\n")
        return
    from benchmarks.drawing import write_svg  # heavy, and only for pictures
    from benchmarks.pictures import gap_over_time

    for name in dict.fromkeys(done.instance for done in runs):
        chart = gap_over_time([done for done in runs if done.instance == name])
        write_svg(chart, folder / f"gap-{re.sub('[^a-z0-9]+', '-', name.lower())}.svg")


if __name__ == "__main__":
    main()
