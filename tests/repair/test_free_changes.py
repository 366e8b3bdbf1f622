"""A repair with as many changes as were chosen: it is the row of that number, priced and checked as any roster."""

from models import PREFERENCES, RULES
from models.repairs import TERMS
from roster.repair.free_changes import repair_with_free_changes
from roster.repair.run import repair
from roster.solve import Options
from roster.verify import verify
from tests.repair.events import EVENTS, after

QUICK = Options(time_limit=20.0, workers=1)


def test_it_costs_what_its_row_says_and_the_changes_besides() -> None:
    instance = after(EVENTS["a coach is ill"])
    row = repair(instance, TERMS, QUICK).buys[-1]
    chosen = repair_with_free_changes(instance, TERMS, QUICK, row.changes)
    roster = chosen.result.roster
    assert roster is not None
    assert row.proved
    assert roster.objective - roster.costs["change"] == row.cost
    assert roster.costs["change"] == instance.settings.prices.change * chosen.changes
    assert chosen.changes <= row.changes
    assert verify(instance, roster, RULES, PREFERENCES).accepted
    assert roster.instance_sha256 == instance.sha256


def test_its_bound_is_never_above_the_best_roster_there_is() -> None:
    instance = after(EVENTS["all of it"])
    best = repair(instance, TERMS, QUICK).result.roster
    chosen = repair_with_free_changes(instance, TERMS, QUICK, 50).result.roster
    assert best is not None
    assert chosen is not None
    assert best.outcome == "optimal"
    assert chosen.bound <= best.objective <= chosen.objective


def test_where_so_few_changes_are_not_enough_there_is_no_roster() -> None:
    found = repair_with_free_changes(after(EVENTS["a coach is ill"]), TERMS, QUICK, 0)
    assert found.result.roster is None
    assert found.result.outcome == "infeasible"
