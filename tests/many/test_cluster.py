"""Many folders on a Dask cluster: a real scheduler and real workers on this machine, one of them killed on the way."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="Dask distributed, the extra [cluster], is not installed")

import distributed

from roster.fault import InvalidInput
from roster.many import cluster as clusters
from roster.many.cluster import Cluster, connected
from roster.solve import Progress
from tests.many.runs import ASKED, ROOT, Kit, examples

Worker = Callable[..., subprocess.Popen[bytes]]


def begun(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler on this machine."""
    told = tmp_path_factory.mktemp("scheduler") / "address.json"
    scheduler = begun("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with distributed.Client(scheduler_file=str(told), set_as_default=False, timeout=30) as client:
        yield client.scheduler.address
    scheduler.terminate()
    scheduler.wait()


@pytest.fixture
def worker(address: str) -> Iterator[Worker]:
    """Begins workers, which end with the test."""
    processes: list[subprocess.Popen[bytes]] = []

    def begin(name: str, *options: str) -> subprocess.Popen[bytes]:
        processes.append(begun("dask_worker", address, "--name", name, "--nthreads", "1", *options))
        return processes[-1]

    yield begin
    for process in processes:
        process.terminate()
        process.wait()


def test_folders_are_solved_on_an_ordinary_worker_and_their_results_are_written_here(
    address: str, worker: Worker, tmp_path: Path
) -> None:
    worker("daemon", "--resources", "cpu=2")
    kit = Kit(tmp_path, place=connected(address, 1))
    lines = kit.run([*examples("tiny-one-room", "tiny-two-towns"), tmp_path / "nowhere"])
    assert {name: (line.outcome, line.tries) for name, line in lines.items()} == {
        "tiny-one-room": ("optimal", 1),
        "tiny-two-towns": ("optimal", 1),
        "nowhere": ("invalid", 0),
    }
    assert (tmp_path / "tiny-one-room" / "roster.json").exists()
    assert (tmp_path / "summary.csv").exists()


def test_what_a_lost_worker_was_at_is_begun_again_on_another(address: str, worker: Worker, tmp_path: Path) -> None:
    processes = {name: worker(name, "--no-nanny", "--resources", "cpu=1") for name in ("one", "two")}
    place = connected(address, 1)
    killed: list[str] = []

    def kill(name: str, _: Progress) -> None:
        """Kill the worker that has the first task of which something is told."""
        if not killed:
            killed.append(name)
            processes[name_of_worker(address, name)].kill()

    lines = Kit(tmp_path, place=place, do=kill).run(examples("tiny-one-room", "tiny-two-towns"))
    assert {name: line.outcome for name, line in lines.items()} == dict.fromkeys(lines, "optimal")
    assert lines[killed[0]].tries == 2
    assert sorted(line.tries for line in lines.values()) == [1, 2]


def name_of_worker(address: str, folder: str) -> str:
    """The name of the worker that is working on a folder."""
    with distributed.Client(address, set_as_default=False) as client:
        workers = client.scheduler_info()["workers"]
        (found,) = [
            workers[at]["name"] for at, keys in client.processing().items() for key in keys if key.startswith(folder)
        ]
    return str(found)


def test_ctrl_c_asks_the_workers_for_the_best_they_have(address: str, worker: Worker, tmp_path: Path) -> None:
    worker("one", "--resources", "cpu=1")
    place = connected(address, 1)
    pressed: list[str] = []

    def press(name: str, progress: Progress) -> None:
        if progress.best is not None and not pressed:
            pressed.append(name)
            os.kill(os.getpid(), signal.SIGINT)

    asked = ASKED.model_copy(update={"time_limit": 60.0})
    line = Kit(tmp_path, asked=asked, place=place, do=press).run(examples("borough"))["borough"]
    assert (line.outcome, line.stopped) == ("feasible", True)
    assert line.seconds < 45


def test_an_order_that_does_not_come_to_an_end_on_a_worker_is_ended(
    address: str, worker: Worker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clusters, "OVERDUE_SECONDS", -29.0)
    worker("one")
    line = Kit(tmp_path, place=connected(address, 1)).run(examples("borough"))["borough"]
    assert (line.outcome, line.tries) == ("lost", 3)
    assert line.says.endswith("The last one did not come to an end in time.")


def test_orders_are_sent_by_the_processors_that_workers_declare(address: str, worker: Worker) -> None:
    worker("four", "--resources", "cpu=4")
    place = connected(address, 2)
    assert isinstance(place, Cluster)
    assert (place.capacity(), place.free()) == (2, 3)
    place.close()


def test_where_nothing_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT_SECONDS", 1.0)
    with pytest.raises(InvalidInput) as error:
        connected("tcp://127.0.0.1:1", 2)
    assert str(error.value) == (
        "--cluster: no Dask scheduler answers there ('tcp://127.0.0.1:1'). Check the address, and that it is running."
    )


def test_workers_with_too_few_processors_are_an_error(
    address: str, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "WORKERS_SECONDS", 4.0)
    worker("small", "--resources", "cpu=1")
    with pytest.raises(InvalidInput) as error:
        connected(address, 64)
    assert str(error.value) == (
        f"--cluster: no worker there has 64 processors ({address!r}). "
        "Start workers with --resources cpu=64 or more, or give a lower --workers."
    )


def test_a_scheduler_that_goes_away_loses_the_folders_and_the_summary_says_so(tmp_path: Path) -> None:
    told = tmp_path / "address.json"
    scheduler = begun("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    with distributed.Client(scheduler_file=str(told), set_as_default=False, timeout=30) as client:
        address = client.scheduler.address
    own = begun("dask_worker", address, "--nthreads", "1", "--no-nanny")
    place = connected(address, 1)
    lines = Kit(tmp_path / "out", place=place, do=lambda _, __: scheduler.kill()).run(examples("borough"))
    own.terminate()
    own.wait()
    scheduler.wait()
    assert (lines["borough"].outcome, lines["borough"].tries) == ("lost", 3)
    assert lines["borough"].says.endswith("The last one was lost with the connection to the cluster.")
