"""How time and memory grow with the size of a region, from a pilot to five districts in one.

``python -m benchmarks.growth [--seconds 600] [--seeds 2] [--out DIR] [RECIPE ...]`` solves an example region of each
recipe and seed, and prints when the first checked roster was there, when the gap was 5% and 1%, and the most memory
that was held, with the exponent of each in the number of people n (least squares on logarithms, and its spread over
the seeds). What was not reached in time is left out of its exponent. With ``--out`` it also writes growth.md,
results.json, results.csv and growth.svg.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.fit import Growth, Sample, growth
from benchmarks.processes import most_memory
from benchmarks.regions import regions
from benchmarks.runs import Run
from benchmarks.tables import as_csv, as_json
from benchmarks.ways import OURS, Task, run

RECIPES = ("pilot", "rural", "borough", "county", "district", "region")
MEASURES: Mapping[str, Callable[[Run], float | None]] = {
    "first roster": lambda done: done.first_roster,
    "to 5%": lambda done: done.reached(0.05),
    "to 1%": lambda done: done.reached(0.01),
    "memory": lambda done: done.memory,
}
"""What is measured, by name: the first three in seconds, memory in MB."""
HEADING = ("region", "people", "sessions", *MEASURES, "gap at the end", "seconds")


@dataclass(frozen=True)
class Measured:
    """A region with its size, and what our way did on it."""

    people: int
    sessions: int
    run: Run


def fits(measured: Sequence[Measured]) -> dict[str, Growth | None]:
    """The growth of each measure with the number of people, over the regions where it was reached."""
    return {name: growth(samples(measured, name)) for name in MEASURES}


def samples(measured: Sequence[Measured], name: str) -> list[Sample]:
    """The measurements of one measure."""
    values = [(one, MEASURES[name](one.run)) for one in measured]
    return [Sample(one.run.seed, one.people, value) for one, value in values if value is not None]


def table(measured: Sequence[Measured]) -> str:
    """One row for each region, and the exponents in the last one, in Markdown."""
    grown = {name: "" if fit is None else str(fit) for name, fit in fits(measured).items()}
    last = ("grows with people n as", "", "", *grown.values(), "", "")
    lines = [HEADING, ["---"] * len(HEADING), *map(row, measured), last]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def row(one: Measured) -> tuple[str, ...]:
    """The cells of a region."""
    values = {name: measure(one.run) for name, measure in MEASURES.items()}
    shown = [_cell(name, value, one.run) for name, value in values.items()]
    gap = one.run.says if one.run.gap is None else "proved best" if one.run.gap == 0 else f"{one.run.gap:.2%}"
    return one.run.instance, f"{one.people:,}", f"{one.sessions:,}", *shown, gap, f"{one.run.seconds:.1f} s"


def _cell(name: str, value: float | None, done: Run) -> str:
    if name == "memory":
        return "" if value is None else f"{value:,.0f} MB"
    return f"not in {done.limit:g} s" if value is None else f"{value:.1f} s"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run our way on the recipes named on the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description="How time and memory grow with size.")
    parser.add_argument("recipes", nargs="*", default=RECIPES, metavar="RECIPE", help="which; all if none")
    parser.add_argument("--seconds", type=float, default=600.0, help="the time for each region")
    parser.add_argument("--seeds", type=int, default=2, help="how many seeds, from 1")
    parser.add_argument("--memory", type=int, default=most_memory(), metavar="MB", help="the most it may hold")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where results and the picture are written")
    options = parser.parse_args(arguments)
    measured: list[Measured] = []
    for region in regions(options.recipes, options.seeds):
        done = run(OURS, region.name, Task(region.instance, options.seconds, region.seed), options.memory)
        people = sum(referral.count for referral in region.instance.people.values())
        measured.append(Measured(people, len(region.instance.sessions), done))
        sys.stdout.write(f"{' | '.join(row(measured[-1]))}\n")
        sys.stdout.flush()
        if options.out is not None:
            write(options.out, measured)
    sys.stdout.write(f"\n{table(measured)}")


def write(folder: Path, measured: Sequence[Measured]) -> None:
    """The table, the runs as JSON and CSV, and the picture where its packages are there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "growth.md").write_text(table(measured), encoding="utf-8")
    (folder / "results.json").write_text(as_json([one.run for one in measured]), encoding="utf-8")
    (folder / "results.csv").write_text(as_csv([one.run for one in measured]), encoding="utf-8")
    if find_spec("altair") is not None and find_spec("vl_convert") is not None:
        from benchmarks.drawing import write_svg  # heavy, and only for the picture
        from benchmarks.growth_picture import growth_chart

        write_svg(growth_chart({name: samples(measured, name) for name in MEASURES}), folder / "growth.svg")


if __name__ == "__main__":
    main()
