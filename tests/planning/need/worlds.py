"""Tiny regions with few things that could be added, and what each set of them is enough for, one by one."""

import random
import time
from dataclasses import replace
from itertools import combinations

from models import RULES
from models.urgency.within import within
from roster import cpsat
from roster.decisions import Decisions
from roster.edits.apply import apply_edits, changed_by
from roster.files import read
from roster.instance import Instance
from roster.model import Var
from roster.planning.need.additions import Addition, Universe, edits_of, universe
from roster.planning.need.model import Question
from roster.planning.need.offers import Offers
from roster.planning.need.search import Search, State
from tests.many.runs import INSTANCES


def question(days: int) -> Question:
    """The question of every rule there is."""
    return Question(days, RULES, within)


def scarce(name: str, seed: int, days: int, few: int, kept: float = 0.5) -> Universe:
    """A tiny region that lost many sessions and coaches' days, and a few things to add, at prices of their own."""
    rng = random.Random(seed)
    instance = read(INSTANCES / name).valid()
    settings = instance.settings.model_copy(
        update={"policy": instance.settings.policy.model_copy(update={"see_by": "prefer"})}
    )
    sessions = tuple(s for s in instance.sessions if instance.is_past(s.date) or rng.random() < kept)
    sites = tuple(s.model_copy(update={"min_sessions": None}) for s in instance.sites)
    busy = [c.model_copy(update={"max_sessions_month": 2}) for c in instance.coaches]
    coaches = tuple(busy) if instance.published is None else instance.coaches
    base = instance.replaced(settings=settings, sessions=sessions, sites=sites, pins=(), coaches=coaches)
    whole = universe(base, Offers(), days, base.binding)
    more = [a for a in whole.additions.values() if a.kind == "coach" and a.id.endswith("-1")]
    others = [a for a in whole.additions.values() if a.kind != "coach"]
    some = [*more[:1], *rng.sample(others, min(len(others), few - 1))]
    chosen = [replace(a, price=100 * rng.randint(0, 30)) for a in some]
    return Universe(base, changed_by(base, edits_of(chosen)), {a.id: a for a in chosen})


def most_soon(instance: Instance, days: int) -> int:
    """How many people can be seen in time at most, by a search that knows nothing of additions."""
    decisions = Decisions(instance, (*RULES, within(days, 0)))
    model = decisions.model
    begin, end = model.row_starts[-2:]
    matrix = model.matrix(decisions.cost(())).with_cost([(Var(v), -1) for v in model.columns[begin:end]])
    answer = cpsat.solve(matrix, cpsat.Effort(30.0))
    assert answer.status == "optimal"
    return -answer.bound


def cheapest_by_trying(universe: Universe, days: int) -> dict[int, int]:
    """For each number of people the price in pence of the cheapest set that is enough: every set is tried."""
    prices: dict[int, int] = {}
    additions = list(universe.additions.values())
    for number in range(len(additions) + 1):
        for some in combinations(additions, number):
            people = most_soon(apply_edits(universe.base, edits_of(some)), days)
            for fewer in range(people + 1):
                prices[fewer] = min(price_of(some), prices.get(fewer, price_of(some)))
    return prices


def price_of(additions: tuple[Addition, ...]) -> int:
    """Pence."""
    return sum(a.price for a in additions)


def found(universe: Universe, days: int, people: int, seconds: float = 60.0) -> tuple[Search, State]:
    """What the search finds, with every number of people looked at."""
    given = universe, question(days), people, time.monotonic() + seconds
    search = Search(*given, workers=1, seed=0, frontier=True, start=None, tell=lambda _: None)
    return search, search.run()
