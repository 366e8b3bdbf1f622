"""Conflicts of whole example regions, judged by the exact solver in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from benchmarks.explain import CONFLICTS, region, with_trouble
from instances.generate import generate, shortage_of
from roster.files import read
from roster.files.write import write_folder
from roster.instance import Instance
from tests.explain.judged import found

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "instances" / "islington-infeasible"


def judged(instance: Instance, conflicts: Collection[Collection[str]], folder: Path) -> list[bool]:
    """Whether each is a conflict, as the exact solver says."""
    write_folder(instance, folder)
    command = [sys.executable, "-m", "tests.oracle.conflict", str(folder)]
    asked = json.dumps([sorted(facts) for facts in conflicts])
    done = subprocess.run(command, cwd=REPOSITORY, input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [bool(answer) for answer in json.loads(done.stdout)]


@pytest.mark.parametrize("seed", range(1, 7))
def test_conflicts_of_a_region_that_is_short_of_two_things_are_true(seed: int, tmp_path: Path) -> None:
    instance, shortage = generate("pilot-short", seed), shortage_of("pilot-short", seed)
    conflicts = [clash.ids for clash in found(instance)]
    assert judged(instance, conflicts, tmp_path / "region") == [True] * len(conflicts)
    short = {f"see_by:{referral_id}" for referral_id in shortage.people}
    assert any(short & set(facts) for facts in conflicts)
    assert [facts for facts in conflicts if f"presence:{shortage.promised_to}" in facts] != []


@pytest.mark.parametrize("recipe", ["pilot", "tiny-two-towns"])
def test_the_planted_conflicts_of_the_benchmark_are_conflicts(recipe: str, tmp_path: Path) -> None:
    assert judged(with_trouble(region(recipe, 1)), CONFLICTS, tmp_path / "region") == [True, True]


def test_the_judge_knows_what_is_no_conflict(tmp_path: Path) -> None:
    too_few, too_many = ["see_by:OUT-1", "see_by:OUT-2"], ["see_by:OUT-3", "needs:OUT-3", "notice"]
    assert judged(with_trouble(region("pilot", 1)), [too_few, too_many], tmp_path / "region") == [False, False]


def test_conflicts_of_the_shared_region_without_a_roster_are_true(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("The shared instances are not beside the repository.")
    instance = read(SHARED).valid()
    conflicts = [clash.ids for clash in found(instance)]
    assert conflicts
    assert judged(instance, conflicts, tmp_path / "region") == [True] * len(conflicts)
