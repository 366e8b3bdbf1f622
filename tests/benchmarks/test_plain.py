"""The plain model as a mixed-integer program, and what the general solvers write while they work."""

import multiprocessing
from collections.abc import Callable
from functools import cache

import pytest

from benchmarks import plain
from benchmarks.ways import checked
from instances.build import HERE
from instances.table import README, rows_in
from models import PREFERENCES, RULES
from roster.files import read
from roster.model import Matrix
from roster.search.problem import Problem, problem_of

Solver = Callable[[Matrix, float, int, plain.Tell], plain.Answer]
HIGHS_LINE = (
    " L       0       0         0   0.00%   20102           20179              0.38%"
    "     1342     52    102       803     1.4s"
)
SCIP_LINE = (
    "r 0.4s|     1 |     0 |  1697 |     - |shifting|   0 |1013 |1316 |1305 |  39 |  4 |  54 |   0 |"
    " 2.006925e+04 | 4.294200e+04 | 113.97%| unknown"
)


@cache
def problem() -> Problem:
    """A month with interpreters, a budget, and a best roster that is known."""
    return problem_of(read(HERE / "tiny-interpreter").valid(), RULES, PREFERENCES)


def solved(solver: Solver) -> tuple[plain.Answer, list[tuple[int | None, int | None]]]:
    """What the solver answers, and what it told on the way."""
    told: list[tuple[int | None, int | None]] = []
    return solver(problem().matrix, 20.0, 0, lambda best, bound: told.append((best, bound))), told


@pytest.mark.parametrize("solver", [plain.by_highs, plain.by_scip])
def test_the_mixed_integer_program_has_the_same_best_roster(solver: Solver) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as alone:  # HiGHS takes one number of threads in a process
        answer, told = alone.apply(solved, (solver,))
    assert answer.values is not None
    known = rows_in(README.read_text(encoding="utf-8"))["tiny-interpreter"].objective
    assert answer.bound == known
    assert checked(problem().decisions.instance, problem().plan(answer.values)) == (known, "")
    assert told


def test_the_program_has_every_variable_row_and_entry() -> None:
    matrix, program = problem().matrix, plain.program_of(problem().matrix)
    assert len(program.variables.ids) == len(matrix.lower)
    assert len(program.linear_constraints.ids) == len(matrix.at_least)
    assert len(program.linear_constraint_matrix.coefficients) == len(matrix.weights)
    assert all(program.variables.integers)


def test_best_and_bound_are_read_from_a_line_of_highs() -> None:
    assert plain.read_highs(HIGHS_LINE) == (20179.0, 20102.0)
    assert plain.read_highs(HIGHS_LINE.replace("20102", "-inf ")) == (20179.0, None)
    assert plain.read_highs(HIGHS_LINE.replace("20179", "inf  ")) == (None, 20102.0)
    assert plain.read_highs("Presolve reductions: rows 1262(-1161); columns 965(-783)") is None


def test_best_and_bound_are_read_from_a_line_of_scip() -> None:
    assert plain.read_scip(SCIP_LINE) == (42942.0, 20069.25)
    assert plain.read_scip(SCIP_LINE.replace("4.294200e+04", "     --     ")) == (None, 20069.25)
    assert plain.read_scip(" time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars") is None
    assert plain.read_scip("Presolving Time: 0.13") is None


def test_a_bound_is_rounded_up_to_whole_minutes() -> None:
    assert plain.whole_bound(100.2) == 101
    assert plain.whole_bound(100.0000001) == 100
    assert plain.whole_bound(float("-inf")) is None
