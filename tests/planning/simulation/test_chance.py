"""Random numbers: each thing has its own, so scenarios differ only by what differs."""

from datetime import date

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import poisson as poisson_law

from roster.instance import Instance
from roster.planning.simulation.chance import MOST_A_DAY, Chance, poisson
from roster.planning.simulation.people import referred
from roster.planning.simulation.step import data_of
from tests.planning.simulation.queue import one_room, queue_of, terms

KEYS = st.tuples(st.text(max_size=5), st.integers(0, 99), st.dates())


@given(st.integers(0, 9), st.integers(1, 9), KEYS, KEYS)
def test_the_stream_of_a_thing_depends_on_its_key_alone(seed: int, run: int, one: object, other: object) -> None:
    chance = Chance(seed, run)
    first = chance.share("ill", one)
    between = chance.share("ill", other)
    assert chance.share("ill", one) == first == Chance(seed, run).share("ill", one)
    assert (between == first) == (str(one) == str(other))
    assert len({first, chance.share("missed", one), Chance(seed, run + 1).share("ill", one)}) == 3
    assert Chance(seed + 1, run).share("ill", one) != first


@settings(deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.floats(0, 50), st.floats(0, 50))
@example(0.9999999999999999, 4.0, 5.0)
def test_a_larger_mean_never_has_fewer_events_at_the_same_chance(share: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    rounding = 1e-12
    assert poisson(share, low) <= poisson(min(share + rounding, 1.0), high)


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0])
def test_numbers_have_the_law_of_poisson(mean: float) -> None:
    shares = (np.arange(2000) + 0.5) / 2000
    assert [poisson(share, mean) for share in shares] == [int(poisson_law.ppf(share, mean)) for share in shares]


def test_a_mean_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match=f"the mean must be from 0 to {MOST_A_DAY:g}"):
        poisson(0.5, 501.0)


def like(instance: Instance, coach_id: str) -> Instance:
    """The region with one coach more, of whom the others know nothing."""
    coach = instance.coaches[0].model_copy(update={"coach_id": coach_id})
    hours = tuple(row.model_copy(update={"coach_id": coach_id}) for row in instance.hours)
    return instance.replaced(coaches=(coach, *instance.coaches), hours=(*hours, *instance.hours))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 6), st.text("ABCD123", min_size=3, max_size=5))
def test_a_coach_more_leaves_who_is_referred_and_who_else_is_ill_as_they_were(
    seed: int, run: int, number: int, coach_id: str
) -> None:
    given_terms = terms(
        8.0,
        2,
        {"illness": {"days": 0.3, "known": "before"}, "withdrawn": {"sessions": 0.3, "known": "before"}},
    )
    base = queue_of(one_room(2), given_terms)
    more = queue_of(like(one_room(2), coach_id), given_terms)
    chance = Chance(seed, run)
    days = base.days_of_referrals(number)
    assert list(referred(base.demand, chance, days)) == list(referred(more.demand, chance, days))
    one, other = data_of(base, chance, number, ()), data_of(more, chance, number, ())
    assert one.leave == tuple(row for row in other.leave if row.coach_id != coach_id)
    assert one.sessions == other.sessions


@given(st.integers(0, 50), st.floats(0.2, 3.0), st.floats(0.2, 3.0))
@settings(max_examples=25, deadline=None)
def test_more_referrals_are_those_that_there_were_and_others(seed: int, one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = (
        {
            p.referral.referral_id: p
            for p in referred(queue_of(one_room(), terms(20 * load)).demand, Chance(seed, 1), MARCH)
        }
        for load in (low, high)
    )
    assert few.items() <= many.items()


MARCH = [date(2027, 3, day) for day in range(1, 32)]


def test_numbers_are_spread_evenly_and_those_of_neighbours_have_nothing_in_common() -> None:
    shares = np.array([Chance(1, 1).share("missed", f"new-1-{n}") for n in range(4000)])
    counts, _ = np.histogram(shares, bins=20, range=(0.0, 1.0))
    assert abs(counts - 200).max() < 4.5 * 200**0.5
    assert abs(np.corrcoef(shares[:-1], shares[1:])[0, 1]) < 0.05
