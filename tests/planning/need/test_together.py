"""With what is alike put together nothing costs more and nobody less is seen; and it is much smaller."""

import pytest

from roster import cpsat
from roster.planning.need.model import Extended
from roster.planning.need.together import Sums
from tests.planning.need.worlds import cheapest_by_trying, most_soon, question, scarce


@pytest.mark.parametrize(("name", "seed", "days"), [("tiny-one-room", 7, 28), ("tiny-interpreter", 8, 35)])
def test_its_bounds_hold_for_every_set_of_additions(name: str, seed: int, days: int) -> None:
    universe = scarce(name, seed, days, few=4)
    prices, sums = cheapest_by_trying(universe, days), Sums(universe, question(days))
    reach = [cpsat.solve(sums.most_seen(with_additions=w), cpsat.Effort(20.0)).bound for w in (True, False)]
    assert -reach[0] >= max(prices)
    assert -reach[1] >= most_soon(universe.base, days)
    for people, price in prices.items():
        answer = cpsat.solve(sums.asking(people), cpsat.Effort(20.0))
        assert answer.status == "optimal"
        assert sums.price_at_least(answer.bound) <= price


def test_it_asks_for_something() -> None:
    universe = scarce("tiny-one-room", 1, 28, few=5, kept=0.0)
    sums = Sums(universe, question(28))
    most = -cpsat.solve(sums.most_seen(with_additions=True), cpsat.Effort(20.0)).bound
    assert cpsat.solve(sums.asking(1), cpsat.Effort(20.0)).bound > 0
    assert cpsat.solve(sums.asking(most + 1), cpsat.Effort(20.0)).status == "infeasible"


def test_it_is_smaller() -> None:
    universe = scarce("tiny-interpreter", 3, 28, few=60)
    whole = Extended(universe, question(28), apart=True).asking(0)
    assert len(Sums(universe, question(28)).asking(0).lower) * 2 < len(whole.lower)
