"""A question is answered in a process of its own: the same answer, stopped when asked to, and a crash stays there."""

import multiprocessing
import os
import signal

import pytest

from models import PREFERENCES, RULES
from roster.explain.questions.given import Given
from roster.explain.questions.process import BrokeOffError, Question, answered
from roster.explanations import Why, WhyNot
from roster.fault import InvalidInput
from roster.solve import Options, solve
from tests.worlds import ragged_world


@pytest.fixture(scope="module")
def given() -> Given:
    """A tiny world with its best roster."""
    instance = ragged_world()
    roster = solve(instance, RULES, PREFERENCES, Options(time_limit=20.0, workers=1)).roster
    assert roster is not None
    return Given(instance, RULES, PREFERENCES, roster)


def test_the_answers_come_from_the_process(given: Given) -> None:
    coach_id = given.instance.coaches[0].coach_id
    assert isinstance(answered(given, Question("why", {"coach_id": coach_id}, 20.0, 1)), Why)
    assert isinstance(answered(given, Question("why-not", {"coach_id": coach_id}, 20.0, 1)), WhyNot)


def test_a_question_about_nobody_begins_no_process(given: Given) -> None:
    with pytest.raises(InvalidInput, match="there is no such coach"):
        answered(given, Question("why", {"coach_id": "nobody"}, 20.0, 1))


def test_whoever_is_told_can_end_it(given: Given) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answered(given, Question("why", {}, 20.0, 1), stop)
    assert multiprocessing.active_children() == []


def test_a_crash_of_the_process_is_said(given: Given) -> None:
    def crash(_: float) -> None:
        for child in multiprocessing.active_children():
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(BrokeOffError, match="ended without one"):
        answered(given, Question("why", {}, 20.0, 1), crash)
