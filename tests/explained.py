"""The best roster of a tiny world for tests that ask about it, and the truth by plain enumeration."""

from collections.abc import Callable, Iterator

from models import PREFERENCES, RULES
from roster.cpsat import Effort, solve
from roster.domain import Roster
from roster.explain.questions.given import Given
from roster.instance import Instance
from roster.search.problem import problem_of
from tests.every_roster import every_roster


def best_roster(instance: Instance) -> Roster:
    """A best roster, proved; raises ValueError where there is none."""
    problem = problem_of(instance, RULES, PREFERENCES)
    answer = solve(problem.matrix, Effort(30.0))
    if answer.values is None or answer.status != "optimal":
        raise ValueError("there is no roster that keeps every rule")
    empty = Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="optimal",
        objective=0,
        bound=answer.bound,
        costs={},
    )
    given = Given(instance, RULES, PREFERENCES, empty)
    trial = given.verified(given.tried(problem.plan(answer.values)))
    if trial.broken:
        raise ValueError(trial.broken[0].says)
    return trial.roster.model_copy(update={"outcome": "optimal", "bound": trial.total})


def given_best(instance: Instance) -> Given:
    """The world with its best roster."""
    return Given(instance, RULES, PREFERENCES, best_roster(instance))


def kept_rosters(instance: Instance, most_visits: int, most_appointments: int) -> Iterator[tuple[int, Roster]]:
    """Every roster that keeps every rule, with its total, by plain counting."""
    for roster in every_roster(instance, most_visits, most_appointments):
        if not any(True for rule in RULES for _ in rule.check(instance, roster)):
            yield sum(p.price(instance, roster) for p in PREFERENCES), roster


def least_total(rosters: list[tuple[int, Roster]], wanted: Callable[[Roster], bool] = lambda _: True) -> int | None:
    """The lowest total of those that are as wanted; None where there are none."""
    return min((total for total, roster in rosters if wanted(roster)), default=None)
