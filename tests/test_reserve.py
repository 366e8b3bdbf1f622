"""Holding places back: the model accepts what the checker accepts, over every roster of the tiny worlds."""

import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import PREFERENCES, RULES
from models.appointments.reserve import reserve
from models.by_hand.holding_back import plans_holding_back
from roster import cpsat
from roster.files import read
from roster.instance import Instance
from roster.model import Var
from roster.places import weeks_of_places
from roster.plan import draft_of
from roster.rule import Rule
from roster.search import worker
from roster.search.coach_days import CoachDays
from roster.search.improve import About
from roster.search.lagrange import Lagrangian
from roster.search.messages import Task
from roster.search.problem import problem_of
from roster.search.relax import Relaxation
from roster.search.sift import Sift
from tests.scopes import SCOPES, Scope
from tests.test_agreement import Tried, assert_same
from tests.test_search import SEEDS, Heard, as_roster, last_plan, rounds_left, tiny
from tests.worlds import fortnight_world, ragged_world

INSTANCES = Path(__file__).resolve().parents[1] / "instances"

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


# -- the search -----------------------------------------------------------------------------------------------


def best_of(instance: Instance, rules: Sequence[Rule]) -> int | None:
    """The least cost of a roster under the rules, proved by one solver over the whole model; None: there is none."""
    matrix = problem_of(instance, rules, PREFERENCES).matrix
    answer = cpsat.solve(matrix, cpsat.Effort(60.0))
    assert answer.status in ("optimal", "infeasible")
    return None if answer.values is None else matrix.objective(answer.values)


def test_no_roster_that_holds_places_back_is_below_a_bound(tried: Tried) -> None:
    rules = (*RULES, reserve(SHARES[0]))
    kept = tried.all_kept(RULES)
    rosters = [tried.rosters[n] for n in np.flatnonzero(kept)]
    rosters = [roster for roster in rosters if not any(True for _ in rules[-1].check(tried.instance, roster))]
    costs = [sum(p.price(tried.instance, roster) for p in PREFERENCES) for roster in rosters]
    lagrangian = Lagrangian(CoachDays(problem_of(tried.instance, rules, PREFERENCES)))
    relaxation = Relaxation(lagrangian, lagrangian.nobody_worth_seeing()).run(lambda: 60.0)
    rough = [sifted.best.bound for sifted in Sift(lagrangian).rounds(rounds_left(4))]
    best = best_of(tried.instance, rules)
    assert best is None or max([relaxation.bound, *rough]) <= best
    assert not costs or (best is not None and best <= min(costs))


def test_mended_prices_leave_no_place_held_back_worth_more_than_its_session_takes() -> None:
    problem = problem_of(fortnight_world(), (*RULES, reserve(Fraction(1, 3))), PREFERENCES)
    lagrangian = Lagrangian(CoachDays(problem))
    name = problem.decisions.model.name
    held = [Var(c) for c in lagrangian.outside.tolist() if name(Var(c)).startswith("places held back in")]
    asks = {row for c in held for row, weight in zip(*problem.matrix.entries_of(c), strict=True) if weight < 0}
    prices = lagrangian.whole(np.array([-2.5 if row in asks else 0.0 for row in lagrangian.rows.tolist()]))
    mended = lagrangian.mended(prices)
    assert (lagrangian.reduced(prices)[held] < 0).any()
    assert (lagrangian.reduced(mended)[held] >= 0).all()
    assert (mended <= prices).all()
    best = best_of(fortnight_world(), (*RULES, reserve(Fraction(1, 3))))
    assert best is not None
    assert lagrangian.at(mended).bound <= best


def test_rough_relaxations_end_by_themselves_where_one_more_would_change_nothing() -> None:
    for world in (ragged_world(), fortnight_world()):
        problem = problem_of(world, (*RULES, reserve(Fraction(1, 3))), PREFERENCES)
        bounds = [sifted.best.bound for sifted in Sift(Lagrangian(CoachDays(problem))).rounds(lambda: 10.0)]
        assert bounds == sorted(bounds)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS, share=st.sampled_from(SHARES), small=st.sampled_from([0, 4_000]), large=st.sampled_from([0, 10_000]))
def test_whichever_way_the_search_goes_it_finds_the_best_that_holds_places_back(
    seed: int, share: Fraction, small: int, large: int
) -> None:
    instance, _ = tiny(seed)
    rules = (*RULES, reserve(share))
    best = best_of(instance, rules)
    assume(best is not None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "SMALL", small)
        patch.setattr(worker, "LARGE", large)
        task = Task(instance, rules, PREFERENCES, time.monotonic() + 60.0, 1, 0, 0.0)
        heard = Heard()
        looking = worker.Search(task, cast(Any, heard), problem_of(instance, rules, PREFERENCES))
        ended = looking.run()
    assert ended.proved
    assert looking.objective == best
    roster = as_roster(instance, last_plan(heard.messages))
    assert [finding for rule in rules for finding in rule.check(instance, roster)] == []


def test_a_part_of_a_roster_that_is_free_has_the_places_of_its_week_free() -> None:
    problem = problem_of(ragged_world(), (*RULES, reserve(Fraction(1, 10))), PREFERENCES)
    about = About.of(problem)
    chosen = np.array([session.session_id == "S1" for session in about.sessions])
    free = {problem.decisions.model.name(column) for column in about.free(problem.matrix, chosen, people_only=True)}
    assert {f"places held back in {s}" for s in ("S1", "S2", "S3", "S4")} <= free
    assert any(name.startswith("a place in the week from 2027-03-03 near") for name in free)


def test_a_part_of_a_roster_without_visits_may_have_nothing_in_it() -> None:
    problem = problem_of(ragged_world(), RULES, PREFERENCES)
    about = About.of(problem)
    nothing = np.zeros(len(about.sessions), dtype=np.bool_)
    assert about.free(problem.matrix, nothing, people_only=True).tolist() == []


# -- by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tiny-one-room", "tiny-two-towns", "pilot", "pilot-published"])
def test_a_planner_by_hand_ends_with_a_roster_that_holds_a_tenth_back(name: str) -> None:
    instance, share = read(INSTANCES / name).valid(), Fraction(1, 10)
    rules = (*RULES, reserve(share))
    *_, last = plans_holding_back(share, instance, rules)
    roster = draft_of(instance, last)
    assert [finding for rule in rules for finding in rule.check(instance, roster)] == []
    for week in weeks_of_places(instance, roster):
        assert week.places * 9 >= week.appointments
        assert week.appointments == 0 or week.people_within_reach * 2 > week.people


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(-1, 10), Fraction(11, 10)], ids=str)
def test_nothing_and_everything_are_no_shares(share: Fraction) -> None:
    with pytest.raises(ValueError, match="a share to hold back is more than 0 and less than 1"):
        reserve(share)
