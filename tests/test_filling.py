"""How appointments fill a visit: worths and faces, against every way to fill it."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from roster.filling import faces, most_worth

LENGTHS = st.lists(st.integers(min_value=2, max_value=9), min_size=1, max_size=3, unique=True).map(
    lambda lengths: tuple(10 * length for length in sorted(lengths))
)
MINUTES = st.integers(min_value=1, max_value=300)
WORTHS = st.lists(st.integers(min_value=0, max_value=50), min_size=3, max_size=3)


def ways(lengths: tuple[int, ...], minutes: int) -> list[tuple[int, ...]]:
    shape = [range(minutes // length + 1) for length in lengths]
    return [n for n in product(*shape) if np.dot(n, lengths) <= minutes]


@given(LENGTHS, MINUTES, WORTHS)
def test_the_most_that_a_visit_can_be_worth(lengths: tuple[int, ...], minutes: int, worths: list[int]) -> None:
    worth = tuple(worths[: len(lengths)])
    assert most_worth(lengths, worth, minutes) == max(int(np.dot(n, worth)) for n in ways(lengths, minutes))


@given(LENGTHS, MINUTES, WORTHS)
def test_within_the_faces_nothing_is_worth_more_than_some_whole_way(
    lengths: tuple[int, ...], minutes: int, worths: list[int]
) -> None:
    found = sorted(faces(lengths, minutes))
    worth = np.array([w if length <= minutes else 0 for w, length in zip(worths, lengths, strict=False)])
    fitting = [None if length <= minutes else 0 for length in lengths]
    limits = [most_worth(lengths, face, minutes) for face in found]
    if not found:
        assert all(limit == 0 for limit in fitting)
        return
    best = linprog(-worth, A_ub=np.array(found), b_ub=limits, bounds=[(0, limit) for limit in fitting])
    assert -best.fun <= max(int(np.dot(n, worth)) for n in ways(lengths, minutes)) + 1e-6


def test_a_length_that_does_not_fit_is_worth_nothing() -> None:
    assert faces((30, 60), 45) == {(1, 0)}
    assert faces((30, 60), 20) == frozenset()


def test_four_hours_and_ten_minutes_hold_four_hours_of_long_appointments() -> None:
    assert most_worth((60,), (1,), 250) == 4
    assert (1, 2, 3) in faces((30, 40, 60), 250)
