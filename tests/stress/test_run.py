"""A run over every case: ranked, in processes that may be lost, stopped, or out of time."""

import os
import signal
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from models import PREFERENCES, RULES
from models.continuity import change
from models.urgency.see_by import WEIGHTS
from roster.files import read
from roster.instance import Instance
from roster.solve import Options, solve
from roster.stress.cases import cases_of
from roster.stress.compare import Terms
from roster.stress.crew import Crew
from roster.stress.record import StressReport
from roster.stress.run import LOST, Progress, stress

TOWNS = Path(__file__).resolve().parents[2] / "instances" / "tiny-two-towns"
TERMS = Terms(RULES, PREFERENCES, change.PREFERENCE, change.CHANGES, WEIGHTS)


@cache
def published() -> Instance:
    """Two towns with their best roster."""
    instance = read(TOWNS).valid()
    roster = solve(instance, RULES, PREFERENCES, Options(60.0, workers=1)).roster
    assert roster is not None
    return instance.replaced(published=roster)


@pytest.fixture(scope="module")
def report() -> StressReport:
    return stress(published(), TERMS, 60.0, 1)


def killing(number: int, times: int) -> Callable[[Progress, Crew], None]:
    """Kills the process that tries a case, so many times, before it can say what came of it."""
    killed: set[int] = set()

    def kill(_: Progress, crew: Crew) -> None:
        process_id = crew.process_ids().get(number)
        if process_id is not None and process_id not in killed and len(killed) < times:
            killed.add(process_id)
            os.kill(process_id, signal.SIGKILL)

    return kill


def without_seconds(report: StressReport) -> StressReport:
    return report.model_copy(update={"seconds": 0.0})


def test_every_case_is_tried_and_the_weakest_comes_first(report: StressReport) -> None:
    assert report.complete
    assert not report.stopped
    assert len(report.points) == len(cases_of(published()))
    repairs = [point.repaired for point in report.points if point.repaired is not None]
    weak = [(r.weight, len(r.breaks), r.costs_more, r.changes) for r in repairs]
    assert len(weak) == len(report.points)
    assert weak == sorted(weak, reverse=True)
    assert len({r.weight for r in repairs}) > 1


def test_two_processes_say_the_same_as_one(report: StressReport) -> None:
    assert without_seconds(stress(published(), TERMS, 60.0, 2)) == without_seconds(report)


def test_a_process_that_is_lost_costs_nothing_where_the_second_try_ends_well(report: StressReport) -> None:
    assert without_seconds(stress(published(), TERMS, 60.0, 1, killing(0, 1))) == without_seconds(report)


def test_a_case_whose_process_is_lost_twice_is_not_known_and_the_others_are(report: StressReport) -> None:
    found = stress(published(), TERMS, 60.0, 1, killing(0, 2))
    first = cases_of(published())[0]
    (lost,) = [point for point in found.points if point.state == "not_known"]
    assert (lost.parts, lost.first_day) == (first.parts, first.first_day)
    assert lost.says.endswith(f": not known, because {LOST}.")
    assert not found.complete
    others = [p for p in report.points if (p.parts, p.first_day) != (first.parts, first.first_day)]
    assert [p for p in found.points if p.state == "repaired"] == others


def test_stopped_by_hand_what_is_known_is_kept_and_marked(report: StressReport) -> None:
    def stop(progress: Progress, _: Crew) -> None:
        if progress.done:
            raise KeyboardInterrupt

    found = stress(published(), TERMS, 60.0, 1, stop)
    assert found.stopped
    assert not found.complete
    states = [point.state for point in found.points]
    assert states == sorted(states, key=["repaired", "not_known", "not_tried"].index)
    assert 0 < states.count("repaired") < len(states)
    assert all(point in report.points for point in found.points if point.state == "repaired")
    assert f"{states.count('repaired')} of {len(states)} cases tried" in found.says


def test_without_time_every_case_is_listed_as_not_tried() -> None:
    found = stress(published(), TERMS, 0.0, 1)
    assert {point.state for point in found.points} == {"not_tried"}
    assert found.says == f"None of {len(found.points)} cases could be tried in time."


def test_it_tells_how_far_it_is_and_the_weakest_so_far(report: StressReport) -> None:
    told: list[Progress] = []
    stress(published(), TERMS, 60.0, 1, lambda progress, _: told.append(progress))
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[-1].done == told[-1].cases == len(report.points)
    assert told[-1].worst == report.points[0].says
