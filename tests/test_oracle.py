"""The oracle against itself: exact solver, enumeration and checker agree; and it shares nothing with the engine."""

import ast
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import enumerate as enumeration
from tests.oracle.bank_days import BANK_HOLIDAYS, YEARS, bank_holidays
from tests.oracle.contract import broken_rules, load, plan_prices, rule_breaks
from tests.oracle.tiny import write_tiny
from tests.oracle.writing import as_roster

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
ONE_OFF = date(2026, 6, 15)
SEEDS = range(30)

needs_scipy = pytest.mark.skipif(find_spec("scipy") is None, reason="scipy, which brings HiGHS, is not installed")


def exact(folders: Sequence[Path], *options: str) -> list[dict[str, Any]]:
    """What the exact solver prints for each folder, in a process of its own."""
    command = [sys.executable, "-m", "tests.oracle.exact", *options, *map(str, folders)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def tiny_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Tiny ragged worlds, one for each seed."""
    root = tmp_path_factory.mktemp("tiny")
    return [write_tiny(root / str(seed), seed) for seed in SEEDS]


@needs_scipy
def test_the_exact_solver_finds_the_optimum_of_plain_enumeration_or_that_there_is_none(
    tiny_folders: list[Path],
) -> None:
    for folder, line in zip(tiny_folders, exact(tiny_folders), strict=True):
        best = enumeration.best(load(folder))
        assert line["objective"] == (None if best is None else best[0]), folder.name
        assert line["status"] == ("infeasible" if best is None else "optimal"), folder.name


@needs_scipy
def test_the_exact_compromise_is_the_least_of_plain_enumeration(tiny_folders: list[Path]) -> None:
    for folder, line in zip(tiny_folders, exact(tiny_folders, "--compromise"), strict=True):
        best = enumeration.best_compromise(load(folder))
        found = None if line["objective"] is None else (line["past_see_by"], line["other_breaks"], line["objective"])
        assert found == (None if best is None else best[0]), folder.name


def test_the_tiny_worlds_hold_every_outcome_and_reach_every_price(tiny_folders: list[Path]) -> None:
    worlds = [load(folder) for folder in tiny_folders]
    found = [(world, enumeration.best(world)) for world in worlds]
    reached = {name for world, best in found if best for name, cost in plan_prices(world, best[1]).items() if cost}
    assert reached == {"waiting", "late", "travel", "visit", "new_face", "new_coach", "heaviest", "change"}
    assert {best is None for _, best in found} == {True, False}
    assert any(world.history.visits and best for world, best in found)


def test_every_roster_of_enumeration_is_accepted_as_written_and_none_is_cheaper_than_the_best(
    tiny_folders: list[Path],
) -> None:
    world = next(world for world in map(load, tiny_folders) if len(list(enumeration.every_roster(world))) > 20)
    best = enumeration.best(world)
    assert best is not None
    rosters = list(enumeration.every_roster(world))
    assert min(sum(plan_prices(world, plan).values()) for plan in rosters) == best[0]
    for plan in rosters:
        assert broken_rules(world, as_roster(world, plan, proved=False)) == []


@needs_scipy
def test_the_written_roster_of_the_exact_solver_is_accepted_by_the_checker(
    tiny_folders: list[Path], tmp_path: Path
) -> None:
    world = next(world for world in map(load, tiny_folders) if enumeration.best(world))
    [line] = exact([world.folder], "--write", str(tmp_path / "roster.json"))
    roster = json.loads((tmp_path / "roster.json").read_text("utf-8"))
    assert broken_rules(world, roster) == []
    assert (roster["outcome"], roster["objective"], roster["costs"]) == ("optimal", line["objective"], line["costs"])


def test_a_compromise_breaks_only_what_it_may_and_says_so(tiny_folders: list[Path]) -> None:
    worlds = [world for world in map(load, tiny_folders) if enumeration.best(world) is None]
    found = [(world, best) for world in worlds if (best := enumeration.best_compromise(world))]
    assert found
    for world, (_, plan) in found:
        roster, breaks = as_roster(world, plan, proved=True), rule_breaks(world, plan)
        assert roster["compromise"] is True
        assert roster["breaks"] == breaks
        assert broken_rules(world, roster) == breaks
        assert {text.split(":")[0] for text in breaks} <= {"see_by", "presence", "pin"}


@needs_scipy
def test_the_pilot_has_the_optimum_that_was_proved_and_its_sister_has_no_roster() -> None:
    folders = [SHARED / "instances" / name for name in ("islington-pilot", "islington-infeasible")]
    if not all(folder.exists() for folder in folders):
        pytest.skip("the shared instances are not beside this repository")
    pilot, sister = exact(folders)
    assert (pilot["status"], pilot["objective"], pilot["bound"]) == ("optimal", 21879, 21879)
    assert sister["status"] == "infeasible"


def test_the_bank_holidays_are_the_published_ones_and_scotland_has_one_more() -> None:
    published = SHARED / "data" / "uk_bank_holidays.json"
    if not published.exists():
        pytest.skip("the published bank holidays are not beside this repository")
    divisions = json.loads(published.read_text("utf-8"))
    for nation, own in BANK_HOLIDAYS.items():
        division = divisions["england-and-wales" if nation in ("england", "wales") else nation]
        days = {date.fromisoformat(event["date"]) for event in division["events"]}
        assert own - days == ({ONE_OFF} if nation == "scotland" else set())
        assert {day for day in days if day.year in YEARS} <= own


def test_a_year_without_a_table_of_bank_holidays_is_an_error() -> None:
    with pytest.raises(ValueError, match="has no 2031: it covers 2026 to 2028"):
        bank_holidays("wales", 2031)


def test_the_oracle_imports_nothing_of_the_engine_and_no_other_solver() -> None:
    for path in (REPOSITORY / "tests" / "oracle").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"roster", "models", "cli", "ortools", "instances"} & {name.split(".")[0] for name in names}
