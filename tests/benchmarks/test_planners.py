"""The greedy planner and the fixed weekday rule: what they claim as a roster keeps every rule."""

from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.ways import checked
from benchmarks.weekdays import MIDDAY, plan_by_weekday
from instances.build import FOLDERS, HERE
from models import PREFERENCES, RULES
from models.by_hand.planner import Planned, plan_greedily
from roster.calendar import weekday_of
from roster.files import read
from roster.instance import Instance
from tests.oracle.tiny import write_tiny

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "instances"
QUICK = ("islington", "islington-pilot", "islington-infeasible", "cornwall", "ncl")
"""Regions on which both planners take a few seconds at most."""
NO_GREEDY_ROSTER = {"pilot-infeasible", "islington-infeasible"}
"""Where the greedy planner finds none: no roster keeps every rule."""
NO_WEEKDAY_ROSTER = {"pilot", "pilot-infeasible", "borough", "islington", "islington-infeasible", "cornwall"}
"""Where fixed weekdays leave somebody unseen by a date that binds."""


def shared(name: str) -> Instance:
    """A region that is not part of the project."""
    if not (SHARED / name).is_dir():
        pytest.skip(f"the region {name} is not beside the project")
    return read(SHARED / name).valid()


def greedily(instance: Instance) -> Planned:
    """What the greedy planner makes of it."""
    return plan_greedily(instance, RULES, PREFERENCES)


def by_weekday(instance: Instance) -> Planned:
    """What fixed weekdays make of it."""
    return plan_by_weekday(instance, RULES)


def assert_true(instance: Instance, planned: Planned, has_roster: bool) -> None:
    """The planner has a roster or says why not, and what it has passes the checker."""
    assert (planned.plan is not None) == has_roster, planned.says
    assert bool(planned.says) != has_roster
    if planned.plan is not None:
        price, wrong = checked(instance, planned.plan)
        assert wrong == ""
        assert price is not None
        assert price > 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_greedy_roster_of_a_kept_folder_passes_the_checker(folder: str) -> None:
    instance = read(HERE / folder).valid()
    assert_true(instance, greedily(instance), folder not in NO_GREEDY_ROSTER)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_weekday_roster_of_a_kept_folder_passes_the_checker(folder: str) -> None:
    instance = read(HERE / folder).valid()
    assert_true(instance, by_weekday(instance), folder not in NO_WEEKDAY_ROSTER)


@pytest.mark.parametrize("folder", QUICK)
def test_a_greedy_roster_of_a_real_place_passes_the_checker(folder: str) -> None:
    instance = shared(folder)
    assert_true(instance, greedily(instance), folder not in NO_GREEDY_ROSTER)


@pytest.mark.parametrize("folder", QUICK)
def test_a_weekday_roster_of_a_real_place_passes_the_checker(folder: str) -> None:
    instance = shared(folder)
    assert_true(instance, by_weekday(instance), folder not in NO_WEEKDAY_ROSTER)


@pytest.mark.parametrize("start", range(0, 120, 30))
def test_rosters_of_random_tiny_worlds_pass_the_checker(tmp_path: Path, start: int) -> None:
    claimed = 0
    for seed in range(start, start + 30):
        instance = read(write_tiny(tmp_path / str(seed), seed)).valid()
        for planned in (greedily(instance), by_weekday(instance)):
            assert (planned.plan is None) == bool(planned.says)
            if planned.plan is not None:
                claimed += 1
                assert checked(instance, planned.plan)[1] == ""
    assert claimed >= 10


def test_the_same_instance_gives_the_same_plan() -> None:
    instance = read(HERE / "pilot").valid()
    assert greedily(instance) == greedily(instance)
    assert by_weekday(instance) == by_weekday(instance)


def test_the_greedy_planner_is_cheaper_than_fixed_weekdays_on_a_pilot_half_over() -> None:
    instance = read(HERE / "pilot-published").valid()
    greedy, weekdays = greedily(instance).plan, by_weekday(instance).plan
    assert greedy is not None
    assert weekdays is not None
    assert (checked(instance, greedy)[0] or 0) < (checked(instance, weekdays)[0] or 0)


def test_without_promises_and_pins_every_site_has_one_coach_and_one_half_day_of_the_week() -> None:
    pilot = read(HERE / "pilot").valid()
    policy = pilot.settings.policy.model_copy(update={"see_by": "prefer"})
    instance = pilot.replaced(
        settings=pilot.settings.model_copy(update={"policy": policy}),
        sites=tuple(site.model_copy(update={"min_sessions": None}) for site in pilot.sites),
        pins=(),
    )
    plan = by_weekday(instance).plan
    assert plan is not None
    habits: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for coach_id, session_id in plan.visits:
        session = instance.session[session_id]
        habits[instance.site_of(session_id)].add((coach_id, weekday_of(session.date), session.start < MIDDAY))
    assert len(habits) > 1
    assert len(plan.visits) > len(habits)
    assert all(len(habit) == 1 for habit in habits.values())


def test_a_planner_says_how_many_people_are_left_over() -> None:
    says = by_weekday(read(HERE / "pilot-infeasible").valid()).says
    assert says.endswith(("is missing", "are missing"))
    assert "not seen by a date that binds; " in says
    assert "that must be done." in greedily(read(HERE / "pilot-infeasible").valid()).says
