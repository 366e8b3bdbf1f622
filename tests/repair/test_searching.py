"""The search for a repair: limits of changes, notice that cannot be kept, Ctrl-C, and a search that breaks off."""

import ctypes
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import PREFERENCES, RULES
from models.repairs import TERMS
from models.urgency.short_notice import short_notice
from roster.decisions import Decisions
from roster.domain import Roster
from roster.instance import Instance
from roster.model import Cost
from roster.repair.frontier import Frontier, Point
from roster.repair.near import near
from roster.repair.record import Fewest
from roster.repair.run import repair
from roster.repair.terms import Terms
from roster.repair_words import NOT_LATE
from roster.solve import Options, Progress
from roster.verify import verify
from tests.edited import edited
from tests.every_roster import every_roster
from tests.repair.events import EVENTS, Edit, after
from tests.rules.small import roster, small
from tests.worlds import published_world

QUICK = Options(time_limit=20.0, workers=1)
HIRE = "site_id, hire_pounds\nX, 10\nY, 0"
TOLD = roster(None, "C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00\nQ, S1, 10:00, 10:40")


# -- how many changes -----------------------------------------------------------------------------------------


def test_with_a_limit_it_makes_no_more_changes_and_costs_what_the_row_of_that_many_says() -> None:
    instance = after(EVENTS["a coach is ill"])
    rows = repair(instance, TERMS, QUICK).buys
    limited = repair(instance, TERMS, QUICK, rows[0].changes)
    assert limited.result.roster is not None
    assert limited.changes <= rows[0].changes
    assert limited.result.roster.objective == rows[0].total
    assert [row.changes for row in limited.buys] == [rows[0].changes]
    assert limited.proved
    assert verify(instance, limited.result.roster, RULES, PREFERENCES).accepted


def test_a_limited_repair_is_not_called_the_best_roster_where_more_changes_would_be_better() -> None:
    instance = after(EVENTS["all of it"])
    free = repair(instance, TERMS, QUICK)
    assert free.result.roster is not None
    assert free.fewest is not None
    assert free.fewest.changes < free.changes
    limited = repair(instance, TERMS, QUICK, free.fewest.changes)
    assert limited.result.roster is not None
    assert limited.result.roster.objective > free.result.roster.objective
    assert (limited.proved, limited.result.outcome, limited.result.roster.outcome) == (True, "feasible", "feasible")
    assert limited.result.roster.bound <= free.result.roster.objective
    assert f"the best repair there is with at most {free.fewest.changes} change" in limited.result.says


def tiny_world() -> Instance:
    """The published world without the two sessions that nobody can hold any more."""
    world = published_world()
    return world.replaced(sessions=tuple(s for s in world.sessions if s.session_id not in {"U2", "U5"}))


def priced(instance: Instance) -> list[tuple[int, int]]:
    """The number of changes, and the cost without their price, of every roster that keeps the rules of a repair."""
    rules = [*RULES, short_notice(RULES)]
    kept = (r for r in every_roster(instance, 3, 4) if not any(True for rule in rules for _ in rule.check(instance, r)))
    return [(TERMS.changes.price(instance, r), sum(p.price(instance, r) for p in TERMS.others)) for r in kept]


EVENTS_OF_A_TINY_WORLD: list[Edit] = [
    {"op": "add_leave", "coach_id": "C2", "first_day": "2027-03-12", "last_day": "2027-03-12"},
    {"op": "add_leave", "coach_id": "C2", "first_day": "2027-03-18", "last_day": "2027-03-18"},
    {"op": "remove_session", "session_id": "U4"},
    {"op": "remove_session", "session_id": "U3"},
    {"op": "remove_referral", "referral_id": "Q"},
    {"op": "remove_hours", "coach_id": "C1", "weekday": "fri", "start": "09:00"},
    {"op": "set", "table": "referrals", "id": "N", "field": "band", "value": "A"},
    {"op": "set", "table": "referrals", "id": "N", "field": "minutes", "value": 90},
    {"op": "set_price", "field": "change", "value": 200},
    {"op": "set_policy", "field": "budget_pounds", "value": 20},
]


@settings(max_examples=6, deadline=None)
@given(st.sets(st.sampled_from(range(len(EVENTS_OF_A_TINY_WORLD))), max_size=4))
def test_for_every_number_of_changes_nothing_is_cheaper_among_all_rosters(chosen: set[int]) -> None:
    instance = edited(tiny_world(), *(EVENTS_OF_A_TINY_WORLD[n] for n in sorted(chosen)))
    told: list[Point | Fewest] = []
    problem = near(instance, [*RULES, short_notice(RULES)], TERMS.others, TERMS.changes)
    Frontier(problem, time.monotonic() + 20.0, 1, told.append).run()
    rosters, points = priced(instance), [found for found in told if isinstance(found, Point)]
    least = min((made for made, _ in rosters), default=None)
    assert [found.changes for found in told if isinstance(found, Fewest)] == ([] if least is None else [least])
    for point in points:
        assert point.made <= point.changes
        assert point.cost == min(cost for made, cost in rosters if made <= point.changes)
        assert point.proved
    price = instance.settings.prices.change
    best = min((cost + price * made for made, cost in rosters), default=None)
    assert min((point.cost + price * point.made for point in points), default=None) == best
    by_number = sorted({point.changes: point.cost for point in points}.items())
    assert all(fewer >= more for (_, fewer), (_, more) in pairwise(by_number))


# -- the notice -----------------------------------------------------------------------------------------------


def test_where_the_notice_cannot_be_kept_some_are_moved_within_it_and_it_says_so() -> None:
    instance = small("budget_pounds = 5", as_of="2027-03-05", published=TOLD, sites=HIRE)
    found = repair(instance, TERMS, QUICK)
    assert found.result.roster is not None
    assert (found.result.outcome, found.late_notice) == ("optimal", False)
    assert all(a.session_id != "S1" for a in found.result.roster.appointments)
    assert verify(instance, found.result.roster, RULES, PREFERENCES).accepted
    assert NOT_LATE.startswith("Not everybody could keep the notice")


def test_what_is_best_among_repairs_that_keep_the_notice_is_not_called_best_among_all_rosters() -> None:
    policy = "budget_pounds = 50"
    instance = small(policy, as_of="2027-03-05", published=TOLD, sites=HIRE)
    instance = edited(instance, {"op": "set_price", "field": "visit", "value": 9000})
    found = repair(instance, TERMS, QUICK)
    assert found.result.roster is not None
    assert found.late_notice
    assert {a.referral_id for a in found.result.roster.appointments if a.session_id == "S1"} == {"P", "Q"}
    cheaper = min(_totals(instance))
    assert (found.result.roster.bound, found.result.roster.objective > cheaper) == (cheaper, True)
    assert (found.proved, found.result.roster.outcome) == (True, "feasible")
    assert "no other that keeps the notice has a lower total" in found.result.says


def _totals(instance: Instance) -> list[int]:
    kept = (r for r in every_roster(instance, 2, 2) if not any(True for rule in RULES for _ in rule.check(instance, r)))
    return [sum(p.price(instance, r) for p in PREFERENCES) for r in kept]


# -- where it ends early --------------------------------------------------------------------------------------


class _Stop:
    """Presses Ctrl-C once a roster has been found."""

    def __init__(self, says: str) -> None:
        self.says, self.pressed = says, 0

    def __call__(self, progress: Progress) -> None:
        if progress.best is not None and self.says in progress.says:
            self.pressed += 1
            raise KeyboardInterrupt


@pytest.mark.parametrize("says", ["", "looking at fewer changes"])
def test_ctrl_c_gives_the_best_repair_so_far_and_ends_the_search(says: str) -> None:
    instance, stop = after(EVENTS["all of it"]), _Stop(says)
    found = repair(instance, TERMS, Options(time_limit=60.0, workers=1), tell=stop)
    assert found.result.roster is not None
    assert verify(instance, found.result.roster, RULES, PREFERENCES).accepted
    assert stop.pressed == 1


def crash(decisions: Decisions) -> Cost:
    """Native code that goes wrong."""
    del decisions
    ctypes.string_at(0)
    return Cost()


def test_a_search_that_breaks_off_is_an_outcome_and_not_the_end_of_the_program() -> None:
    change = replace(TERMS.change, post=crash)
    preferences = tuple(change if p.name == "change" else p for p in TERMS.preferences)
    found = repair(after([]), replace(TERMS, preferences=preferences, change=change), QUICK)
    assert (found.result.outcome, found.result.roster, found.buys) == ("unknown", None, ())
    assert found.result.says == "The search broke off before a roster was found or ruled out."


def test_where_only_the_search_for_fewer_changes_breaks_off_the_repair_is_there() -> None:
    terms: Terms = replace(TERMS, changes=replace(TERMS.changes, post=crash))
    found = repair(after([]), terms, QUICK)
    assert isinstance(found.result.roster, Roster)
    assert (found.result.outcome, found.fewest) == ("optimal", None)
    assert [row.best for row in found.buys] == [True]


def test_without_a_published_roster_there_is_nothing_to_repair() -> None:
    with pytest.raises(ValueError, match="no roster is published"):
        repair(small(), TERMS, QUICK)
