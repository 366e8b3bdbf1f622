"""The search, in this process: what it finds on random tiny worlds is what plain enumeration finds, whichever way."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from roster import cpsat
from roster.domain import Roster
from roster.files import read
from roster.instance import Instance
from roster.model import FREE
from roster.plan import Plan, appointments_of, visits_of
from roster.search import messages as said
from roster.search import worker
from roster.search.coach_days import CoachDays
from roster.search.dive import Dive
from roster.search.lagrange import Lagrangian
from roster.search.problem import problem_of
from roster.search.relax import Relaxation
from roster.search.sift import Sift
from roster.verify import verify
from tests.oracle import contract
from tests.oracle import enumerate as enumeration
from tests.oracle.tiny import write_tiny
from tests.oracle.world import World

SEEDS = st.integers(min_value=0, max_value=999_999)


@dataclass
class Heard:
    """A connection that keeps what is said to it and says nothing."""

    messages: list[said.Message] = field(default_factory=list)

    def send(self, message: said.Message) -> None:
        """Keep it."""
        self.messages.append(message)

    def poll(self) -> bool:
        """There is nothing to hear."""
        return False


def tiny(seed: int) -> tuple[Instance, World]:
    """A random tiny region as the engine reads it and as the oracle reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_tiny(Path(folder) / "tiny", seed)
        return read(path).valid(), contract.load(path)


def double_booked(instance: Instance) -> bool:
    """Whether history has one interpreter in two visits: nobody can say what that cost, so no budget is compared."""
    used = [b for visit in instance.history.values() for b in visit.booking_ids]
    return len(used) > len(set(used))


def search(instance: Instance, *, workers: int = 1) -> tuple[worker.Search, said.Ended, list[said.Message]]:
    """Search the instance in this process to the end."""
    task = said.Task(instance, RULES, PREFERENCES, time.monotonic() + 60.0, workers, 0, 0.0)
    heard = Heard()
    looking = worker.Search(task, cast(Any, heard), problem_of(instance, RULES, PREFERENCES))
    return looking, looking.run(), heard.messages


def as_roster(instance: Instance, plan: Plan) -> Roster:
    """The plan as an unpriced roster."""
    visits = visits_of(instance, plan)
    return Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="feasible",
        objective=0,
        bound=0,
        costs={},
        visits=visits,
        appointments=appointments_of(instance, plan, visits),
    )


def last_plan(messages: list[said.Message]) -> Plan:
    """The last roster that was told of."""
    return [m.plan for m in messages if isinstance(m, said.Found)][-1]


def agrees(instance: Instance, world: World) -> None:
    """The search proves the optimum of the enumeration, or the compromise that breaks least."""
    assume(not double_booked(instance))
    looking, ended, messages = search(instance)
    best = enumeration.best(world)
    roster = as_roster(instance, last_plan(messages)) if any(isinstance(m, said.Found) for m in messages) else None
    if best is not None:
        assert roster is not None
        assert not any(isinstance(m, said.NoRoster) for m in messages)
        assert ended.proved
        assert looking.objective == best[0]
        verdict = verify(instance, roster, RULES, PREFERENCES)
        assert verdict.broken == ()
        assert verdict.objective == best[0]
        return
    assert any(isinstance(m, said.NoRoster) for m in messages)
    least = enumeration.best_compromise(world)
    if least is None:
        assert roster is None
        return
    assert roster is not None
    assert ended.confirmed
    assert ended.least
    assert looking.objective == least[0][2]
    broken = [f for rule in RULES for f in rule.check(instance, roster)]
    assert {f.rule for f in broken} <= {"see_by", "presence", "pin"}


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_what_the_search_finds_is_what_enumeration_finds(seed: int) -> None:
    agrees(*tiny(seed))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_the_way_of_large_models_finds_the_same(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "SMALL", 0)
        agrees(*tiny(seed))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_the_way_of_very_large_models_finds_the_same(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "SMALL", 0)
        patch.setattr(worker, "LARGE", 0)
        agrees(*tiny(seed))


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_no_roster_is_below_a_bound_of_rough_linear_relaxations(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    best = enumeration.best(world)
    problem = problem_of(instance, RULES, PREFERENCES)
    bounds = [sifted.best.bound for sifted in Sift(Lagrangian(CoachDays(problem))).rounds(rounds_left(4))]
    assert bounds == sorted(bounds)
    assert best is None or not bounds or bounds[-1] <= best[0]


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_dive_ends_in_a_roster_or_in_none(seed: int) -> None:
    instance, _ = tiny(seed)
    problem = problem_of(instance, RULES, PREFERENCES)
    values = Dive(problem, lambda _: np.ones(len(problem.matrix.lower), dtype=np.bool_), lambda: 30.0).run()
    assert values is None or problem.matrix.accepts(values)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_plan_has_values_that_cost_what_it_costs(seed: int) -> None:
    instance, _ = tiny(seed)
    problem = problem_of(instance, RULES, PREFERENCES)
    for plan in plans_by_hand(instance, RULES):
        values = problem.values_of(plan)
        assert values is not None
        assert problem.matrix.accepts(values)
        assert problem.matrix.objective(values) == sum(
            p.price(instance, as_roster(instance, plan)) for p in PREFERENCES
        )


def rounds_left(rounds: int) -> Callable[[], float]:
    """Seconds left, until it was asked so often."""
    asked = iter([10.0] * 2 * rounds)
    return lambda: next(asked, 0.0)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_no_roster_is_below_the_bound_and_none_that_uses_a_variable_below_its_floor(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance))
    best = enumeration.best(world)
    problem = problem_of(instance, RULES, PREFERENCES)
    lagrangian = Lagrangian(CoachDays(problem))
    relaxation = Relaxation(lagrangian, lagrangian.nobody_worth_seeing()).run(lambda: 60.0)
    if best is None:
        return
    assert problem.simple_bound() <= best[0]
    assert relaxation.bound <= best[0]
    floors = relaxation.best.floors()
    known = np.flatnonzero((floors > -FREE) & (problem.matrix.upper > 0))
    for column in known[:: max(1, len(known) // 6)].tolist():
        lower = problem.matrix.lower.copy()
        lower[column] = 1
        answer = cpsat.solve(problem.matrix.with_bounds(lower, problem.matrix.upper), cpsat.Effort(20.0))
        assert answer.status in ("optimal", "infeasible")
        if answer.values is not None:
            assert floors[column] <= problem.matrix.objective(answer.values)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_every_coach_day_keeps_every_row_that_is_left_to_the_coach_days(seed: int) -> None:
    instance, _ = tiny(seed)
    problem = problem_of(instance, RULES, PREFERENCES)
    days = CoachDays(problem)
    lagrangian = Lagrangian(days)
    relaxation = Relaxation(lagrangian, lagrangian.nobody_worth_seeing()).run(lambda: 60.0)
    implied = np.array(problem.decisions.model.implied, dtype=np.int64)
    left = ~days.between
    left[implied] = False
    said = problem.matrix.columns_with(np.setdiff1d(np.arange(len(left)), implied))
    for column in relaxation.columns:
        values = np.zeros(len(problem.matrix.lower), dtype=np.int64)
        np.add.at(values, column.columns, column.values)
        activity = problem.matrix.activity(values)
        kept = (problem.matrix.at_least <= activity) & (activity <= problem.matrix.at_most)
        assert kept[left].all()
        follows = problem.matrix.only_rows(implied).holding(said, values[said])
        assert cpsat.solve(follows, cpsat.Effort(20.0)).values is not None


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, numbers=st.randoms(use_true_random=False))
def test_the_cheapest_coach_days_are_as_cheap_as_their_columns_say(seed: int, numbers: Any) -> None:
    instance, _ = tiny(seed)
    problem = problem_of(instance, RULES, PREFERENCES)
    days = CoachDays(problem)
    price = np.array([numbers.randint(-50, 20) for _ in problem.matrix.lower], dtype=np.int64)
    for number, (cost, column) in enumerate(days.at(price).cheapest()):
        if column is not None:
            assert column.coach_day == number
            assert cost == int(price[column.columns] @ column.values)
            assert cost < 0
