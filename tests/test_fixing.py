"""Variables fixed one after another: what is refused could not have been kept, and sums stay right."""

import random
from pathlib import Path

import numpy as np

from models import PREFERENCES, RULES
from roster import cpsat
from roster.files import read
from roster.model import Matrix
from roster.search.fixing import Fixing
from roster.search.problem import problem_of

INSTANCES = Path(__file__).resolve().parents[1] / "instances"


def matrix_of(name: str) -> Matrix:
    """The model of an example region."""
    return problem_of(read(INSTANCES / name).valid(), RULES, PREFERENCES).matrix


def test_what_is_fixed_changes_the_sums_of_rows_as_if_worked_out_anew() -> None:
    matrix = matrix_of("tiny-interpreter")
    now, rng = Fixing.of(matrix), random.Random(1)
    for column in rng.sample(range(len(matrix.lower)), 40):
        now.fix(column, rng.randint(0, int(matrix.upper[column])))
    least, most = matrix.sums(now.lower, now.upper)
    assert np.array_equal(least, now.least)
    assert np.array_equal(most, now.most)


def test_what_is_refused_is_in_no_roster_together_with_what_was_fixed() -> None:
    matrix = matrix_of("tiny-two-towns")
    now, rng, refused = Fixing.of(matrix), random.Random(2), 0
    for column in rng.sample(range(len(matrix.lower)), len(matrix.lower)):
        if not now.fix(column, 1) and refused < 15 and now.lower[column] < now.upper[column]:
            refused += 1
            lower = now.lower.copy()
            lower[column] = 1
            assert cpsat.solve(matrix.with_bounds(lower, now.upper), cpsat.Effort(10.0)).status == "infeasible"
    assert refused
