"""The ways in which a coach can spend a day, and when there are too many of them."""

from collections import defaultdict

import numpy as np
import pytest

from models import PREFERENCES, RULES
from roster.search import paths
from roster.search.paths import Leaving, OwnRows, TooManyPathsError, Way, paths_of
from roster.search.problem import Problem, problem_of
from roster.search.reading import Reading
from tests.worlds import long_day_world


@pytest.fixture(scope="module")
def problem() -> Problem:
    return problem_of(long_day_world(), RULES, PREFERENCES)


@pytest.fixture(scope="module")
def reading(problem: Problem) -> Reading:
    return Reading(problem)


@pytest.fixture(scope="module")
def leaving(problem: Problem) -> Leaving:
    """Where C2 can go from where on the only day."""
    found: Leaving = defaultdict(list)
    for (coach_id, _, a, b), leg in problem.decisions.legs.items():
        if coach_id == "C2":
            found[a].append((b, None if b is None else problem.decisions.visits["C2", b], leg))
    return found


def all_ways(leaving: Leaving) -> list[Way]:
    ways: list[Way] = []
    stack: list[tuple[str | None, Way]] = [(None, ((), ()))]
    while stack:
        at, (visits, legs) = stack.pop()
        for to, visit, leg in leaving[at]:
            if visit is None:
                ways.append((visits, (*legs, leg)))
            else:
                stack.append((to, ((*visits, visit), (*legs, leg))))
    return ways


def keeps_all(reading: Reading, way: Way) -> bool:
    values = np.zeros(len(reading.matrix.lower), dtype=np.int64)
    values[[*way[0], *way[1]]] = 1
    sums = reading.matrix.activity(values)
    kept = (reading.matrix.at_least <= sums) & (sums <= reading.matrix.at_most)
    return bool(kept[reading.own_rows].all())


def test_the_ways_to_spend_a_day_are_those_that_keep_every_row_of_the_day(reading: Reading, leaving: Leaving) -> None:
    ways = all_ways(leaving)
    kept = [way for way in ways if keeps_all(reading, way)]
    assert 0 < len(kept) < len(ways)
    assert sorted(OwnRows(reading).kept_by(ways)) == sorted(kept)
    assert sorted(paths_of(leaving, OwnRows(reading))) == sorted(kept)


def raises(leaving: Leaving, rows: OwnRows) -> bool:
    try:
        paths_of(leaving, rows)
    except TooManyPathsError:
        return True
    return False


def test_ways_that_break_a_row_are_not_too_many(
    reading: Reading, leaving: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, ways = len(paths_of(leaving, OwnRows(reading))), len(all_ways(leaving))
    enough = []
    for most in range(ways + 1):
        monkeypatch.setattr(paths, "MOST_PATHS", most)
        enough.append(not raises(leaving, OwnRows(reading)))
    assert enough == sorted(enough)
    assert kept <= enough.index(True) < ways
