"""Grids solved on a Dask cluster, and grids that are killed in the middle and given again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.many.runs import INSTANCES, ROOT
from tests.test_cli import answer, run

TINY = INSTANCES / "tiny-one-room"
GRID = """
[[grid]]
coaches = { like = "C01", to = 1 }
rooms = { like = "tidemill-medical-group-1", to = 1 }
"""
NAMES = ["rooms +1", "coaches +1", "coaches +1, rooms +1"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A grid of three scenarios beside the base."""
    path = tmp_path / "grid.toml"
    path.write_text(GRID)
    return path


def begun(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A scheduler and a worker on this machine."""
    distributed = pytest.importorskip("distributed", reason="Dask distributed, the extra [cluster], is not installed")
    told = tmp_path / "address.json"
    place = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)]
    scheduler = begun("-m", "distributed.cli.dask_scheduler", "--no-dashboard", *place)
    with distributed.Client(scheduler_file=str(told), set_as_default=False, timeout=30) as client:
        at = client.scheduler.address
    options = ["--nthreads", "1", "--no-nanny", "--resources", "cpu=1"]
    worker = begun("-m", "distributed.cli.dask_worker", at, "--no-dashboard", *options)
    yield at
    for process in (worker, scheduler):
        process.terminate()
        process.wait()


def test_a_grid_is_solved_on_a_cluster_as_it_is_here(address: str, file: Path, tmp_path: Path) -> None:
    file.write_text(GRID.replace("rooms =", "# rooms ="))
    effort = ["--time-limit", 30, "--workers", 1, "--json"]
    there = answer(run("plan", TINY, file, "--out", tmp_path / "there", "--cluster", address, *effort))
    assert there["complete"]
    assert [column["name"] for column in there["scenarios"]] == ["coaches +1"]
    assert {column["outcome"] for column in [there["base"], *there["scenarios"]]} == {"optimal"}
    again = run("plan", TINY, file, "--out", tmp_path / "there", "--workers", 1, "--time-limit", 30)
    assert again.stderr.count("done in an earlier run, kept.") == 2


def test_a_grid_that_is_killed_in_the_middle_and_given_again_loses_nothing(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--out", str(out), "--time-limit", "30", "--workers", "1", "--jobs", "1"]
    process = begun("-c", "import cli; cli.main()", "plan", str(TINY), str(file), *options)
    second, ends = out / "rosters" / NAMES[0] / "result.json", time.monotonic() + 60
    while not second.exists() and time.monotonic() < ends:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = {path: path.read_bytes() for path in (out / "rosters").glob("*/*.json") if path.name != "summary.json"}
    assert len({path.parent.name for path in done}) in (2, 3)
    result = run("plan", TINY, file, *options, "--json")
    assert result.exit_code == 0
    assert [column["name"] for column in answer(result)["scenarios"]] == NAMES
    assert {column["outcome"] for column in answer(result)["scenarios"]} == {"optimal"}
    assert {path: path.read_bytes() for path in done} == done
