"""A repair with as many changes as were chosen: it is the row of that number, priced and checked as any roster."""

from models import PREFERENCES, RULES
from models.repairs import TERMS
from roster.reasons import NOT_PROVED
from roster.repair.free_changes import repair_with_free_changes
from roster.repair.run import repair
from roster.solve import Options
from roster.verify import verify
from tests.repair.events import EVENTS, after
from tests.rules.small import roster, small

QUICK = Options(time_limit=20.0, workers=1)


def test_it_costs_what_its_row_says_and_the_changes_besides() -> None:
    instance = after(EVENTS["a coach is ill"])
    row = repair(instance, TERMS, QUICK).buys[-1]
    chosen = repair_with_free_changes(instance, TERMS, QUICK, row.changes)
    found = chosen.result.roster
    assert found is not None
    assert row.proved
    assert found.objective - found.costs["change"] == row.cost
    assert found.costs["change"] == instance.settings.prices.change * chosen.changes
    assert chosen.changes <= row.changes
    assert verify(instance, found, RULES, PREFERENCES).accepted
    assert found.instance_sha256 == instance.sha256


def test_its_bound_is_never_above_the_best_roster_there_is() -> None:
    instance = after(EVENTS["all of it"])
    best = repair(instance, TERMS, QUICK).result.roster
    chosen = repair_with_free_changes(instance, TERMS, QUICK, 50).result.roster
    assert best is not None
    assert chosen is not None
    assert best.outcome == "optimal"
    assert chosen.bound <= best.objective <= chosen.objective


def test_nobody_is_called_outranked_where_that_was_found_at_other_prices() -> None:
    one_place = "session_id, room_id, date, start, end\nS1, X-1, 2027-03-08, 09:00, 10:00"
    two_people = """
        referral_id, practice_id, referred_on, band, minutes
        P,           PX,          2027-02-15,  A,    60
        Q,           PX,          2027-02-15,  C,    60"""
    told = roster(None, "C1, S1, 09:00, 10:00", "P, S1, 09:00, 10:00")
    instance = small(sessions=one_place, referrals=two_people, published=told)
    best = repair(instance, TERMS, QUICK).result.roster
    assert best is not None
    assert [entry.reason.split(":")[0] for entry in best.unseen] == ["Outranked"]
    chosen = repair_with_free_changes(instance, TERMS, QUICK, 5).result.roster
    assert chosen is not None
    assert [entry.reason for entry in chosen.unseen] == [NOT_PROVED]


def test_where_so_few_changes_are_not_enough_there_is_no_roster() -> None:
    found = repair_with_free_changes(after(EVENTS["a coach is ill"]), TERMS, QUICK, 0)
    assert found.result.roster is None
    assert found.result.outcome == "infeasible"
