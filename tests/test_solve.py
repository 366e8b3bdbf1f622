"""Solving as it is run, in child processes: every outcome, a crash, a lie, and Ctrl-C."""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from models import PREFERENCES, RULES
from models.appointments import capacity
from models.by_hand.planner import plans_by_hand
from models.continuity import visit
from roster.decisions import Decisions
from roster.domain import Roster
from roster.files import read
from roster.instance import Instance
from roster.model import Cost
from roster.rule import Finding
from roster.solve import Options, Progress, solve
from roster.verify import verify
from tests.oracle import contract

ROOT = Path(__file__).resolve().parents[1]
INSTANCES = ROOT / "instances"


def region(name: str) -> Instance:
    """One of the project's example regions."""
    return read(INSTANCES / name).valid()


def test_a_roster_that_is_proved_best_says_so_and_passes_an_outside_checker() -> None:
    heard: list[Progress] = []
    result = solve(region("tiny-two-towns"), RULES, PREFERENCES, Options(time_limit=60.0), heard.append)
    assert result.roster is not None
    assert (result.outcome, result.roster.outcome) == ("optimal", "optimal")
    assert result.roster.bound == result.roster.objective
    world = contract.load(INSTANCES / "tiny-two-towns")
    document = json.loads(result.roster.to_json())
    assert contract.broken_rules(world, document) == []
    assert contract.prices(world, document) == result.roster.costs
    assert heard


def test_a_gap_that_is_wide_enough_ends_the_search_with_a_checked_roster() -> None:
    instance = region("pilot")
    result = solve(instance, RULES, PREFERENCES, Options(time_limit=60.0, gap=0.9))
    assert result.roster is not None
    assert result.outcome in ("feasible", "optimal")
    assert result.roster.gap <= 0.9
    assert verify(instance, result.roster, RULES, PREFERENCES).accepted


def test_where_no_roster_keeps_every_rule_a_compromise_says_what_it_breaks() -> None:
    instance = region("pilot-infeasible")
    result = solve(instance, RULES, PREFERENCES, Options(time_limit=60.0))
    assert result.roster is not None
    assert (result.outcome, result.roster.outcome, result.roster.compromise) == ("infeasible", "infeasible", True)
    assert {b.rule for b in result.roster.breaks} <= {"see_by", "presence", "pin"}
    assert result.roster.breaks
    assert verify(instance, result.roster, RULES, PREFERENCES).accepted


def test_where_time_runs_out_first_nothing_is_claimed() -> None:
    result = solve(region("borough"), RULES, PREFERENCES, Options(time_limit=0.2))
    assert (result.outcome, result.roster) == ("unknown", None)
    assert result.says == "Time ran out before a roster was found or ruled out."


def strict_check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """A checker that knows of a rule which the model was not told: no visit at all."""
    del instance
    for held in roster.visits:
        yield Finding("capacity", f"{held.coach_id} holds {held.session_id}.")


def test_an_answer_that_fails_the_checker_is_rejected_and_not_shown() -> None:
    rules = tuple(replace(r, check=strict_check) if r is capacity.RULE else r for r in RULES)
    result = solve(region("tiny-one-room"), rules, PREFERENCES, Options(time_limit=60.0))
    assert (result.outcome, result.roster) == ("rejected", None)
    assert result.findings
    assert "fault of the program" in result.says


def crash(decisions: Decisions) -> Cost:
    """Native code that goes wrong."""
    del decisions
    ctypes.string_at(0)
    return Cost()


def test_a_crash_in_native_code_is_an_outcome_and_not_the_end_of_the_program() -> None:
    prices = tuple(replace(p, post=crash) if p is visit.PREFERENCE else p for p in PREFERENCES)
    result = solve(region("tiny-one-room"), RULES, prices, Options(time_limit=60.0))
    assert (result.outcome, result.roster) == ("unknown", None)
    assert result.says == "The search broke off before a roster was found or ruled out."


def test_a_crash_after_a_first_roster_leaves_that_roster_and_claims_no_bound_but_nothing() -> None:
    prices = tuple(replace(p, post=crash) if p is visit.PREFERENCE else p for p in PREFERENCES)
    result = solve(region("tiny-one-room"), RULES, prices, Options(time_limit=60.0, start=plans_by_hand))
    assert result.roster is not None
    assert (result.outcome, result.roster.bound) == ("feasible", 0)
    assert result.says.startswith("The search broke off. Checked")
    assert result.says.endswith("It is not known how much better another roster could be.")


def test_ctrl_c_gives_the_best_checked_roster(tmp_path: Path) -> None:
    out = tmp_path / "roster.json"
    folder = INSTANCES / "borough"
    command = [sys.executable, "-c", "import cli; cli.main()", "solve", str(folder), "--time-limit", "300"]
    process = subprocess.Popen(
        [*command, "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "best total" in line.lower():
            break
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Stopped by you." in printed
    roster = Roster.model_validate_json(out.read_text())
    assert roster.outcome == "feasible"
    assert verify(read(folder).valid(), roster, RULES, PREFERENCES).accepted


def test_the_order_of_the_rules_and_the_number_of_workers_do_not_change_the_best_total() -> None:
    instance = region("tiny-interpreter")
    one = solve(instance, RULES, PREFERENCES, Options(time_limit=60.0, workers=1))
    other = solve(instance, tuple(reversed(RULES)), PREFERENCES, Options(time_limit=60.0, seed=7))
    assert one.roster is not None
    assert other.roster is not None
    assert (one.outcome, one.roster.objective) == (other.outcome, other.roster.objective) == ("optimal", 13915)
