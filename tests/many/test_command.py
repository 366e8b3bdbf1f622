"""The command roster solve-many: what it prints where, how it ends, and what it leaves when it is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.many.runs import INSTANCES, ROOT
from tests.test_cli import answer, run

ONE, TWO = INSTANCES / "tiny-one-room", INSTANCES / "tiny-two-towns"


def test_it_sums_up_on_standard_output_tells_progress_on_the_other_and_goes_on_where_it_ended(tmp_path: Path) -> None:
    out = tmp_path / "results"
    result = run("solve-many", ONE, TWO, "--out", out, "--time-limit", 30)
    assert result.exit_code == 0
    assert " - 2 folders: 2 proved best" in result.stdout
    assert result.stdout.endswith(f"Rosters are in {out}, the summary in {out / 'summary.csv'}.\n")
    assert "tiny-one-room: 12 of 13 people seen, total 4,986, proved best." in result.stderr
    again = run("solve-many", ONE, TWO, "--out", out, "--time-limit", 30, "--json")
    assert again.exit_code == 0
    assert [line["kept"] for line in answer(again)["lines"]] == [True, True]
    assert answer(again) == json.loads((out / "summary.json").read_text())
    assert run("check", ONE, out / "tiny-one-room" / "roster.json").exit_code == 0


def test_quiet_says_only_where_it_is(tmp_path: Path) -> None:
    result = run("solve-many", tmp_path / "nowhere", "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == 2
    assert result.stdout == f"Rosters are in {tmp_path / 'out'}, the summary in {tmp_path / 'out' / 'summary.csv'}.\n"
    assert result.stderr == ""


def test_two_folders_of_one_name_are_wrong_input_and_nothing_is_written(tmp_path: Path) -> None:
    result = run("solve-many", ONE, tmp_path / "tiny-one-room", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "Two folders have this name, and so would their results: 'tiny-one-room'." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "roster.many.cluster", raising=False)
    result = run("solve-many", ONE, "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:1")
    assert result.exit_code == 2
    assert "Dask distributed is not installed" in result.stderr
    assert "Install it with: pip install -e '.[cluster]' -c requirements.lock" in " ".join(result.stderr.split())


def test_a_number_of_folders_at_once_is_not_for_a_cluster(tmp_path: Path) -> None:
    result = run("solve-many", ONE, "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:1", "--jobs", 2)
    assert result.exit_code == 2
    assert "A cluster decides by itself how many folders it works on at once. Leave it out." in result.stderr


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted in /proc, which is not here")
def test_nothing_goes_on_when_the_command_itself_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import cli; cli.main()", "solve-many", str(INSTANCES / "borough")]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ends = time.monotonic() + 60
    while len(found := descendants(process.pid)) < 3 and time.monotonic() < ends:
        time.sleep(0.1)
    assert len(found) >= 3
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while any(map(is_at_work, found)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(map(is_at_work, found))


def descendants(process_id: int) -> list[int]:
    """The processes that a process started, and that those started."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{process_id}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def is_at_work(process_id: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
