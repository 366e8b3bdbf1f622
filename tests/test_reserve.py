"""Holding places back: the model accepts what the checker accepts, over every roster of the tiny worlds."""

from fractions import Fraction

import numpy as np
import pytest

from models import RULES
from models.appointments.reserve import reserve
from tests.scopes import SCOPES, Scope
from tests.test_agreement import Tried, assert_same

SHARES = (Fraction(1, 3), Fraction(4, 5))
COUNTS_ON = ("room", "hours", "capacity")
WORLDS = ("ragged", "fortnight", "fortnight, all visits", "published", "interpreters", "edges of a month")


@pytest.fixture(scope="module", params=[s for s in SCOPES if s.name in WORLDS], ids=lambda scope: scope.name)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Every roster of one world after another."""
    scope = request.param
    assert isinstance(scope, Scope)
    return Tried(scope)


@pytest.mark.parametrize("share", SHARES, ids=str)
def test_the_model_accepts_exactly_the_rosters_that_hold_enough_places_back(tried: Tried, share: Fraction) -> None:
    others = [rule for rule in RULES if rule.name in COUNTS_ON]
    rule, possible = reserve(share), tried.asked(others).accepted
    kept = possible.copy()
    kept[possible] = [not any(True for _ in rule.check(tried.instance, tried.rosters[n])) for n in np.flatnonzero(kept)]
    assert 0 < kept.sum() < possible.sum()
    assert_same(tried, tried.asked([*others, rule]).accepted, kept)
