"""What each way of bounding is worth: the plain model in CP-SAT, its linear relaxation, and coach-days.

``python -m benchmarks.bounds [--seconds 60] FOLDER ...`` prints a Markdown table: for each folder and way the bound on
the month's cost, the best roster where the way finds one, and the seconds it took. All in one process and one run.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ortools.math_opt.python import mathopt

from benchmarks.plain import program_of
from models import PREFERENCES, RULES
from roster import cpsat
from roster.files import read
from roster.search.bounding import relaxed
from roster.search.problem import Problem, problem_of


@dataclass(frozen=True)
class Outcome:
    """A bound in minutes of coach time, and the best roster's cost where there is one."""

    bound: float
    best: int | None = None


def plain(problem: Problem, seconds: float, searches: tuple[str, ...]) -> Outcome:
    """The whole model given to CP-SAT with two workers."""
    answer = cpsat.solve(problem.matrix, cpsat.Effort(seconds, 2, 0, searches))
    return Outcome(answer.bound, None if answer.values is None else problem.matrix.objective(answer.values))


def linear(problem: Problem, seconds: float) -> Outcome:
    """The linear relaxation of the whole model by HiGHS, interior point."""
    parameters = mathopt.SolveParameters(
        time_limit=timedelta(seconds=seconds), lp_algorithm=mathopt.LPAlgorithm.BARRIER
    )
    program = mathopt.Model.from_model_proto(program_of(problem.matrix, whole=False))
    result = mathopt.solve(program, mathopt.SolverType.HIGHS, params=parameters)
    return Outcome(result.termination.objective_bounds.dual_bound)


def coach_days(problem: Problem, seconds: float) -> Outcome:
    """The relaxation over coach-days, from the linear relaxation's prices where the model is not small."""
    until = time.monotonic() + seconds
    bound = max(
        (floors.bound for floors in relaxed(problem, lambda: until - time.monotonic())), default=problem.simple_bound()
    )
    return Outcome(bound)


WAYS: dict[str, Callable[[Problem, float], Outcome]] = {
    "CP-SAT, its own choice of searches": lambda problem, seconds: plain(problem, seconds, ()),
    "CP-SAT, max_lp and reduced_costs": lambda problem, seconds: plain(problem, seconds, cpsat.FINDING),
    "linear relaxation, HiGHS": linear,
    "coach-days": coach_days,
}


def main() -> None:
    """Run every way on the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    sys.stdout.write("| folder | way | bound | best roster | seconds |\n|---|---|---|---|---|\n")
    for folder in options.folders:
        problem = problem_of(read(folder).valid(), RULES, PREFERENCES)
        for name, way in WAYS.items():
            began = time.monotonic()
            outcome = way(problem, options.seconds)
            best = "" if outcome.best is None else f"{outcome.best:,}"
            seconds = time.monotonic() - began
            sys.stdout.write(f"| {folder.name} | {name} | {outcome.bound:,.0f} | {best} | {seconds:.1f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
