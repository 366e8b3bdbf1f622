"""The report as it is made, in a process of its own: what is left where that crashes, is late, or is stopped."""

import ctypes
import time
from itertools import pairwise
from multiprocessing.connection import Connection

import pytest

from models import PREFERENCES, RULES
from roster.explain import process
from roster.explain.process import (
    A_ROSTER,
    BROKE_OFF,
    DISAGREE,
    NO_COMPROMISE,
    NO_ROSTER,
    NO_TIME,
    STOPPED,
    explain,
)
from roster.report import Report
from roster.solve import Options, Progress, Result
from tests.audit.trouble import report_on, troubled
from tests.rosters import ragged_compromise, ragged_roster
from tests.worlds import ragged_world

OPTIONS = Options(time_limit=100.0, workers=1)
UNSETTLED = "It was not settled in time whether there is a roster that keeps every rule."


class Solver:
    """Stands in for the search for a compromise, and remembers what it was asked."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.asked: list[Options] = []

    def __call__(self, *given: object) -> Result:
        self.asked += [options for options in given if isinstance(options, Options)]
        return self.result


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Solver:
    """A search that finds a compromise at once."""
    found = Solver(Result("infeasible", ragged_compromise(ragged_world()), "It is a compromise.", 1.0))
    monkeypatch.setattr(process, "find_roster", found)
    return found


def crash(connection: Connection, task: object) -> None:
    """Native code that goes wrong at once."""
    del connection, task
    ctypes.string_at(0)


def crash_later(connection: Connection, task: object) -> None:
    """Native code that goes wrong after the first report was sent."""
    del task
    connection.send((report_on(troubled()), "Looking for the cheapest repair"))
    ctypes.string_at(0)


def never_end(connection: Connection, task: object) -> None:
    """Work that goes on and on after the first report was sent."""
    del task
    connection.send((report_on(troubled()), "Looking for the cheapest repair"))
    time.sleep(600)


def explained() -> tuple[Report, list[Progress]]:
    heard: list[Progress] = []
    return explain(troubled(), RULES, PREFERENCES, OPTIONS, heard.append), heard


def test_a_crash_at_once_claims_nothing_and_says_that_the_search_broke_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_work", crash)
    monkeypatch.setattr(process, "find_roster", Solver(Result("unknown", None, "Time ran out.", 1.0)))
    report, heard = explained()
    assert (report.outcome, report.says) == ("unknown", UNSETTLED)
    assert report.not_proved == (BROKE_OFF, NO_COMPROMISE)
    assert (report.conflicts, report.bottlenecks, report.repairs, report.compromise) == ((), (), (), None)
    assert report.background.startswith("Taken as given: 1 coach")
    assert heard


def test_a_compromise_settles_that_there_is_no_roster_where_the_report_was_lost(
    monkeypatch: pytest.MonkeyPatch, solver: Solver
) -> None:
    monkeypatch.setattr(process, "_work", crash)
    report, _ = explained()
    assert (report.outcome, report.says, report.not_proved) == ("infeasible", NO_ROSTER, (BROKE_OFF,))
    assert report.compromise == solver.result.roster


def test_a_roster_settles_that_there_is_one_where_the_report_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_work", crash)
    found = Result("optimal", ragged_roster(ragged_world()), "It is the best.", 1.0)
    monkeypatch.setattr(process, "find_roster", Solver(found))
    report, _ = explained()
    assert (report.outcome, report.says, report.not_proved) == ("optimal", A_ROSTER, ())
    assert report.compromise is None


def test_a_roster_beside_a_report_that_says_there_is_none_takes_the_claim_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_work", crash_later)
    found = Result("optimal", ragged_roster(ragged_world()), "It is the best.", 1.0)
    monkeypatch.setattr(process, "find_roster", Solver(found))
    report, _ = explained()
    assert (report.outcome, report.says, report.not_proved) == ("unknown", DISAGREE, (DISAGREE,))


def test_a_crash_later_keeps_the_last_report_and_a_compromise_comes_beside_it(
    monkeypatch: pytest.MonkeyPatch, solver: Solver
) -> None:
    monkeypatch.setattr(process, "_work", crash_later)
    report, heard = explained()
    assert report == report_on(troubled()).model_copy(
        update={"not_proved": (BROKE_OFF,), "compromise": solver.result.roster}
    )
    assert heard[-1].says == "Looking for the cheapest repair"


def test_work_that_does_not_end_is_ended_and_what_it_sent_is_kept(
    monkeypatch: pytest.MonkeyPatch, solver: Solver
) -> None:
    def let_time_run_out(progress: Progress) -> None:
        if progress.says == "Looking for the cheapest repair":
            monkeypatch.setattr(process, "_LATE", -OPTIONS.time_limit)

    monkeypatch.setattr(process, "_work", never_end)
    report = explain(troubled(), RULES, PREFERENCES, OPTIONS, let_time_run_out)
    assert report == report_on(troubled()).model_copy(
        update={"not_proved": (NO_TIME,), "compromise": solver.result.roster}
    )


def test_ctrl_c_keeps_the_last_report_and_looks_for_nothing_more(
    monkeypatch: pytest.MonkeyPatch, solver: Solver
) -> None:
    def press(progress: Progress) -> None:
        if progress.says == "Looking for the cheapest repair":
            raise KeyboardInterrupt

    monkeypatch.setattr(process, "_work", never_end)
    report = explain(troubled(), RULES, PREFERENCES, OPTIONS, press)
    assert report == report_on(troubled()).model_copy(update={"not_proved": (STOPPED,)})
    assert solver.asked == []


def test_a_compromise_has_to_come_within_a_hundredth_of_the_best_that_breaks_as_little(
    monkeypatch: pytest.MonkeyPatch, solver: Solver
) -> None:
    monkeypatch.setattr(process, "_work", crash_later)
    explained()
    (asked,) = solver.asked
    assert asked.gap == 0.01
    assert 1.0 <= asked.time_limit <= OPTIONS.time_limit


def test_no_compromise_in_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_work", crash_later)
    monkeypatch.setattr(process, "find_roster", Solver(Result("unknown", None, "Time ran out.", 1.0)))
    report, _ = explained()
    assert (report.not_proved, report.compromise) == ((BROKE_OFF, NO_COMPROMISE), None)


def test_where_there_is_a_roster_nothing_is_left_open_and_no_compromise_is_looked_for(solver: Solver) -> None:
    heard: list[Progress] = []
    report = explain(ragged_world(), RULES, PREFERENCES, OPTIONS, heard.append)
    assert (report.outcome, report.not_proved, report.compromise) == ("feasible", (), None)
    assert solver.asked == []
    assert [progress.says for progress in heard[:1]] == ["counting"]
    assert all(before.time_left >= after.time_left for before, after in pairwise(heard))
