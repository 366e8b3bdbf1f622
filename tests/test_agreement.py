"""The agreement: over every roster of the tiny worlds the model accepts what the checkers accept, at their prices.

Rule by rule, price by price, and all at once; and for a compromise, what falls short is what the checkers find.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pytest

from models import PREFERENCES, RULES
from roster.cpsat import Effort, solve
from roster.decisions import Decisions
from roster.domain import Roster
from roster.model import Cost, Ints
from roster.rule import Preference, Rule
from roster.search.problem import problem_of
from tests.encoded import Answers, Mask, Rosters, asked, beside, least
from tests.every_roster import every_roster
from tests.scopes import SCOPES, Scope

MAY_BREAK = ("presence", "pin", "see_by")
SAMPLE = 15


class Tried:
    """Every roster of a world, what each checker says of it, and what a model says. Worked out where asked for."""

    def __init__(self, scope: Scope) -> None:
        self.instance = scope.world()
        self.rosters: list[Roster] = list(every_roster(self.instance, scope.most_visits, scope.most_appointments))
        self._kept: dict[str, Mask] = {}

    @cached_property
    def numbers(self) -> Rosters:
        """The rosters in whole numbers."""
        return Rosters(self.instance, self.rosters)

    def kept(self, rule: Rule) -> Mask:
        """Which rosters the rule's checker finds nothing in."""
        if rule.name not in self._kept:
            found = [any(True for _ in rule.check(self.instance, r)) for r in self.rosters]
            self._kept[rule.name] = np.logical_not(np.array(found))
        return self._kept[rule.name]

    def all_kept(self, rules: Sequence[Rule] = RULES) -> Mask:
        """Which rosters keep all of these rules."""
        return np.asarray(np.logical_and.reduce([self.kept(rule) for rule in rules]), dtype=np.bool_)

    def asked(self, rules: Sequence[Rule], *preferences: Preference) -> Answers:
        """What the model of these rules and preferences says of each roster."""
        decisions = Decisions(self.instance, rules)
        costs = [preference.post(decisions) for preference in preferences]
        cost = Cost([term for c in costs for term in c.terms], sum(c.constant for c in costs))
        return asked(decisions, cost, self.numbers)

    def prices(self, preference: Preference, of: Mask) -> Ints:
        """The preference's price of some of the rosters."""
        return np.array([preference.price(self.instance, self.rosters[n]) for n in np.flatnonzero(of)], dtype=np.int64)


@pytest.fixture(scope="module", params=SCOPES, ids=lambda scope: scope.name)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Every roster of one world after another."""
    scope = request.param
    assert isinstance(scope, Scope)
    return Tried(scope)


def test_the_model_accepts_exactly_the_rosters_that_keep_every_rule(tried: Tried) -> None:
    assert_same(tried, tried.asked(RULES).accepted, tried.all_kept())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_model_of_one_rule_accepts_exactly_the_rosters_that_keep_it(tried: Tried, rule: Rule) -> None:
    others = beside(rule.name)
    possible = tried.asked(others).accepted
    assert_same(tried, tried.asked([*others, rule]).accepted, possible & tried.kept(rule))


@pytest.mark.parametrize("preference", PREFERENCES, ids=lambda preference: preference.name)
def test_a_price_in_the_model_is_that_of_the_checker(tried: Tried, preference: Preference) -> None:
    for rules in (RULES, beside(preference.name)):
        answers = tried.asked(rules, preference)
        assert answers.cost[answers.accepted].tolist() == tried.prices(preference, answers.accepted).tolist()


def test_the_objective_of_the_model_is_the_sum_of_the_prices(tried: Tried) -> None:
    answers = tried.asked(RULES, *PREFERENCES)
    sums = sum((tried.prices(p, answers.accepted) for p in PREFERENCES), start=np.zeros(answers.accepted.sum()))
    assert answers.cost[answers.accepted].tolist() == sums.tolist()


def test_the_model_of_a_compromise_accepts_what_keeps_the_other_rules_and_counts_what_falls_short(
    tried: Tried,
) -> None:
    decisions = Decisions(tried.instance, RULES, promises_may_break=True)
    accepted = asked(decisions, Cost(), tried.numbers).accepted
    assert_same(tried, accepted, tried.all_kept([rule for rule in RULES if rule.name not in MAY_BREAK]))
    short = [(s, least(decisions, s.variable, tried.numbers).cost) for s in decisions.shortfalls]
    for number in np.flatnonzero(accepted).tolist():
        findings = [f for r in RULES for f in r.check(tried.instance, tried.rosters[number])]
        missed = {(s.rule, s.fact, int(units[number])) for s, units in short if units[number]}
        assert missed == {(f.rule, f.fact, f.amount) for f in findings}


def test_every_road_leads_forward_in_time_so_that_a_days_visits_have_one_order(tried: Tried) -> None:
    decisions = Decisions(tried.instance, RULES)
    for coach_id, _, a, b in decisions.legs:
        if a is not None and b is not None:
            before, after = tried.instance.span(coach_id, a), tried.instance.span(coach_id, b)
            assert before is not None
            assert after is not None
            assert before < after


def test_what_is_counted_beside_the_decisions_costs_as_little_as_the_solver_finds(tried: Tried) -> None:
    problem = problem_of(tried.instance, beside("any"), PREFERENCES)
    values, _ = tried.numbers.in_variables(problem.decisions)
    answers = tried.asked(beside("any"), *PREFERENCES)
    decided = np.array(sorted({*problem.decisions.visits.values(), *problem.decisions.legs.values()}))
    decided = np.append(decided, [*problem.decisions.seen.values(), *problem.decisions.bookings.values()])
    possible = np.flatnonzero(answers.accepted)
    for number in possible[:: len(possible) // SAMPLE + 1].tolist():
        lower, upper = problem.matrix.lower.copy(), problem.matrix.upper.copy()
        lower[decided] = upper[decided] = values[number, decided]
        answer = solve(problem.matrix.with_bounds(lower, upper), Effort(10.0))
        assert answer.values is not None
        assert problem.matrix.objective(answer.values) == answers.cost[number]


def assert_same(tried: Tried, model: Mask, checker: Mask) -> None:
    """Fails with the first roster on which model and checker differ."""
    for number in np.flatnonzero(model != checker)[:1].tolist():
        roster = tried.rosters[number]
        who = "model" if model[number] else "checker"
        pytest.fail(f"only the {who} accepts {roster.visits}, {roster.appointments}")
