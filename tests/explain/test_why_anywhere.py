"""Random tiny regions: what a wish costs, and what every change named does, as plain enumeration has it."""

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import PREFERENCES, RULES
from roster.edits import apply_edits
from roster.explain.questions.changes import Changes
from roster.explain.questions.forced import Clock
from roster.explain.questions.given import Given
from roster.explain.questions.left_out import LeftOut
from roster.explain.questions.limits import limits_of_roster
from roster.explain.questions.seats import Seats
from roster.explain.questions.why_not import why_not
from roster.explain.questions.wish import Wish
from roster.explanations import Left
from roster.files import read, write_folder
from roster.instance import Instance
from tests.explained import best_roster
from tests.oracle.contract import load, plan_prices
from tests.oracle.enumerate import every_roster
from tests.oracle.tiny import write_tiny
from tests.oracle.world import Plan

FIRST_SEEDS = range(12)
MOST_WISHES = 6


def region(seed: int) -> Instance:
    """A random tiny region."""
    with tempfile.TemporaryDirectory() as folder:
        return read(write_tiny(Path(folder) / "tiny", seed)).valid()


def counted(instance: Instance) -> list[tuple[int, Plan]]:
    """Every roster that keeps every rule, with its total, as the oracle has them."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(instance, Path(folder) / "tiny")
        world = load(Path(folder) / "tiny")
        return [(sum(plan_prices(world, plan).values()), plan) for plan in every_roster(world)]


def has(plan: Plan, wish: Wish) -> bool:
    """Whether the plan has the visit, or an appointment in the session, that is wished."""
    visits = {(v.coach_id, v.session_id) for v in plan.visits}
    if wish.referral_id is None:
        return (wish.coach_id, wish.session_id) in visits
    return any((a.referral_id, a.session_id) == (wish.referral_id, wish.session_id) for a in plan.appointments)


def wishes(instance: Instance, seed: int) -> list[Wish]:
    """Some coaches in sessions, and some people in them, other ones for each seed."""
    ahead = [s.session_id for s in instance.sessions if not instance.is_past(s.date)]
    visits = [Wish(coach_id=c.coach_id, session_id=s) for c in instance.coaches for s in ahead]
    people = [Wish(referral_id=r, session_id=s) for r in instance.people for s in ahead]
    return [w for pair in zip(visits[seed % 3 :], people[seed % 5 :], strict=False) for w in pair][:MOST_WISHES]


def answers_hold(seed: int) -> None:
    """Every answer about the region of the seed, where it has a roster, is as counting has it."""
    instance = region(seed)
    rosters = counted(instance)
    if not rosters:
        return
    of = Given(instance, RULES, PREFERENCES, best_roster(instance))
    assert of.roster.objective == min(total for total, _ in rosters)
    for wish in wishes(instance, seed):
        answer = why_not(of, wish, Clock.of(30.0, workers=1))
        assert answer.total == min((total for total, plan in rosters if has(plan, wish)), default=None), wish
    seats = Seats(of)
    left = LeftOut(of, seats, Changes(seats, time.monotonic() + 30.0)).everybody()
    for entry in left:
        helps(of, entry)
    for limit in limits_of_roster(of, left, Clock.of(30.0, workers=1))[0]:
        edited = apply_edits(instance, limit.change.edits)
        assert best_roster(edited).objective <= limit.total < of.roster.objective


def helps(of: Given, entry: Left) -> None:
    """After the change somebody more is seen in a roster with the total that was named, or a lower one."""
    if entry.change is None:
        return
    by = of.instance.people[entry.referral_id].see_by if entry.status == "late" else None
    edited = apply_edits(of.instance, entry.change.edits)

    def number(instance: Instance, plan: Plan) -> int:
        seen = [instance.session[a.session_id].date for a in plan.appointments if a.referral_id == entry.referral_id]
        return sum(by is None or day <= by for day in seen)

    now = sum(
        by is None or of.instance.session[a.session_id].date <= by
        for a in of.roster.appointments
        if a.referral_id == entry.referral_id
    )
    totals = [total for total, plan in counted(edited) if number(edited, plan) > now]
    assert min(totals) <= entry.change.total < of.roster.objective, entry


@pytest.mark.parametrize("seed", FIRST_SEEDS)
def test_the_answers_about_a_random_region_are_those_of_plain_enumeration(seed: int) -> None:
    answers_hold(seed)


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=len(FIRST_SEEDS), max_value=10**6))
def test_the_answers_about_any_region_are_those_of_plain_enumeration(seed: int) -> None:
    answers_hold(seed)
