"""What goes wrong around the service: two at once, a database killed, a search that crashes, processes that end.

Each test starts ``roster serve`` itself, on a file and on a PostgreSQL that it may kill.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from benchmarks.visitor import Visit, Visitor, errors_on, fields_of
from roster.store.jobs import GIVEN_UP
from tests.web.browser import serving
from tests.web.conftest import FOLDER
from tests.web.postgresql import PostgreSQL

BOROUGH = FOLDER.parent / "borough"
LIMIT = "max_travel_minutes_day"
_OURS = ("ROSTER_", "DJANGO_")


@dataclass(frozen=True)
class Prepared:
    """A database with a region and people who are logged in. ``database``: empty for a file in ``data``."""

    data: Path
    database: str
    made: dict[str, Any]

    @property
    def where(self) -> str:
        """What the addresses of the month begin with."""
        return f"/{self.made['region']}/{self.made['month']}/"

    def manager(self, address: str) -> Visitor:
        """The regional manager."""
        return Visitor(address, self.made["manager"])

    def practice(self, address: str, number: int) -> Visitor:
        """One of the practice managers."""
        return Visitor(address, self.made["managers"][number]["session"])

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past the service."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.data / "roster.sqlite3", timeout=20) as file:
            return file.execute(statement).fetchall()

    def sessions(self) -> set[str]:
        """The sessions that are in the database."""
        ((data,),) = self.ask("SELECT data FROM store_month")
        return {session["session_id"] for session in json.loads(data)["sessions"]}

    def job(self) -> tuple[str, str]:
        """The state of the newest job, and what it says."""
        (newest, *_) = self.ask("SELECT state, says FROM store_job ORDER BY id DESC")
        return newest[0], newest[1]


def prepared(data: Path, database: str, number: int, folder: Path = FOLDER) -> Prepared:
    """Make it."""
    words = ["benchmarks.service_setup", "--data", str(data), *(["--database", database] if database else [])]
    done = subprocess.run(
        [sys.executable, "-m", *words, str(folder), str(number)], env=_environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return Prepared(data, database, json.loads(done.stdout))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


@pytest.fixture(params=["a file", "PostgreSQL"])
def where_kept(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; empty for a file."""
    if request.param == "a file":
        return ""
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.database(f"faults_{abs(hash(request.node.name)) % 10**9}")


def all_at_once(deeds: list[Callable[[], Visit]]) -> list[Visit]:
    """Do them all in the same moment, each in a thread of its own; what came of each."""
    together, done = threading.Barrier(len(deeds)), {}

    def do(number: int, deed: Callable[[], Visit]) -> None:
        together.wait()
        done[number] = deed()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [done[n] for n in range(len(deeds))]


def until(holds: Callable[[], bool], seconds: float = 40.0) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "this was waited for in vain"
        time.sleep(0.2)


# -- two at once ----------------------------------------------------------------------------------------------


def test_of_several_who_change_the_same_thing_at_once_one_does_and_the_others_are_told(
    where_kept: str, tmp_path: Path
) -> None:
    ready = prepared(tmp_path, where_kept, 4)
    with serving(tmp_path, database=where_kept, worker=False) as site:
        managers = [ready.manager(site.address) for _ in range(4)]
        path = f"{ready.where}data/change-coach/C01/"
        forms = [fields_of(manager.see(path).text) for manager in managers]
        assert LIMIT in forms[0]
        limits = ("91", "92", "93", "94")
        sent = all_at_once(
            [
                partial(manager.send, path, form | {LIMIT: limit})
                for manager, form, limit in zip(managers, forms, limits, strict=True)
            ]
        )
    assert sorted(visit.status for visit in sent) == [302, 409, 409, 409]
    won = limits[[visit.status for visit in sent].index(302)]
    ((data,),) = ready.ask("SELECT data FROM store_month")
    (coach,) = [c for c in json.loads(data)["coaches"] if c["coach_id"] == "C01"]
    assert str(coach[LIMIT]) == won
    for visit, limit in zip(sent, limits, strict=True):
        if visit.status == 409:
            assert fields_of(visit.text)[LIMIT] == limit
            assert "somebody else" in visit.text.lower()


def test_what_many_offer_at_once_is_all_there_and_the_log_holds(where_kept: str, tmp_path: Path) -> None:
    ready = prepared(tmp_path, where_kept, 8)
    with serving(tmp_path, database=where_kept, worker=False) as site:
        offers = [manager["offers"][0] for manager in ready.made["managers"]]
        people = [ready.practice(site.address, n) for n in range(8)]
        paths = [f"{ready.where}practice/{manager['practice']}/offer/" for manager in ready.made["managers"]]
        for person, path in zip(people, paths, strict=True):
            person.see(path)
        sent = all_at_once([partial(p.send, w, o) for p, w, o in zip(people, paths, offers, strict=True)])
    assert [visit.status for visit in sent] == [302] * 8, [errors_on(visit.text) for visit in sent]
    assert {offer["session_id"] for offer in offers} <= ready.sessions()
    assert_log_holds(ready)


def assert_log_holds(ready: Prepared) -> None:
    """The command finds the log as it was written."""
    place = ["--database", ready.database] if ready.database else ["--data", str(ready.data)]
    done = subprocess.run(
        [sys.executable, "-m", "cli", "audit", *place], env=_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# -- the database killed --------------------------------------------------------------------------------------


def test_a_database_killed_while_rooms_are_offered_loses_nothing_that_was_confirmed(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    ready = prepared(tmp_path, postgresql.database("killed"), 4)
    confirmed: set[str] = set()
    statuses: list[int] = []
    over = threading.Event()

    def offer_all(address: str, number: int) -> None:
        person, manager = ready.practice(address, number), ready.made["managers"][number]
        path = f"{ready.where}practice/{manager['practice']}/offer/"
        person.see(path)
        for offer in manager["offers"]:
            if over.is_set():
                return
            sent = person.send(path, offer)
            statuses.append(sent.status)
            if sent.status == 302 and "login" not in sent.leads_to:
                confirmed.add(offer["session_id"])
            time.sleep(0.1)

    with serving(tmp_path, database=ready.database, worker=False) as site:
        threads = [threading.Thread(target=offer_all, args=(site.address, n)) for n in range(4)]
        for thread in threads:
            thread.start()
        try:
            until(lambda: len(confirmed) >= 8)
            postgresql.kill()
            try:
                until(lambda: 503 in statuses)
            finally:
                postgresql.start()
            before = len(confirmed)
            until(lambda: len(confirmed) >= before + 8)
        finally:
            over.set()
            for thread in threads:
                thread.join()
    assert set(statuses) <= {200, 302, 503}
    assert confirmed <= ready.sessions()
    assert_log_holds(ready)


# -- searches -------------------------------------------------------------------------------------------------


@contextmanager
def working(ready: Prepared) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker in a process of its own, which is gone at the end of the block, and all that it started."""
    words = [sys.executable, "-m", "cli", "worker"]
    theirs = {"ROSTER_DATA": str(ready.data), **({"ROSTER_DATABASE": ready.database} if ready.database else {})}
    with (ready.data / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            words, env=_environment() | theirs, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def searches(process: "subprocess.Popen[bytes]") -> list[int]:
    """The processes that a worker's search runs in."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def asked(ready: Prepared, address: str, seconds: str = "60") -> str:
    """Ask for a roster; the address of the page that shows how far it is."""
    manager, path = ready.manager(address), f"{ready.where}rosters/make/"
    sent = manager.send(path, fields_of(manager.see(path).text) | {"seconds": seconds})
    assert sent.status == 302, errors_on(sent.text)
    return sent.leads_to


def test_a_search_goes_on_while_the_pages_are_started_again(where_kept: str, tmp_path: Path) -> None:
    ready = prepared(tmp_path, where_kept, 1, BOROUGH)
    with working(ready):
        with serving(tmp_path, database=where_kept, worker=False) as site:
            path = asked(ready, site.address, "30")
            until(lambda: ready.job()[0] == "running")
        with serving(tmp_path, database=where_kept, worker=False) as site:
            assert ready.job()[0] == "running"
            manager = ready.manager(site.address)
            assert manager.see(path).status == 200
            assert manager.send(f"{path}stop/", {}).status == 302
            until(lambda: ready.job()[0] in ("done", "stopped"))
    assert ready.ask("SELECT tries FROM store_job") == [(1,)]


def test_a_search_that_is_killed_is_an_outcome_and_the_worker_goes_on(tmp_path: Path) -> None:
    ready = prepared(tmp_path, "", 1, BOROUGH)
    with serving(tmp_path, worker=False) as site, working(ready) as worker:
        path = asked(ready, site.address)
        until(lambda: json.loads(ready.ask("SELECT progress FROM store_job")[0][0]).get("seconds", 0) >= 1)
        for pid in searches(worker):
            os.kill(pid, signal.SIGKILL)
        until(lambda: ready.job()[0] in ("done", "stopped", "failed"))
        assert ready.job()[1]
        assert ready.manager(site.address).see(path).status == 200
        asked(ready, site.address)
        until(lambda: ready.job()[0] == "running")
        assert worker.poll() is None


def test_a_job_whose_worker_is_killed_is_begun_again_and_the_second_time_given_up(
    where_kept: str, tmp_path: Path
) -> None:
    ready = prepared(tmp_path, where_kept, 1, BOROUGH)
    with serving(tmp_path, database=where_kept, worker=False) as site:
        path = asked(ready, site.address)
        for tries in (1, 2):
            with working(ready):
                until(partial(is_tried, ready, tries))
            ready.ask("UPDATE store_job SET heard_at = '2020-01-01 00:00:00+00'")
        with working(ready):
            until(lambda: ready.job()[0] == "failed")
        assert ready.job() == ("failed", GIVEN_UP)
        assert GIVEN_UP in ready.manager(site.address).see(path).text


def is_tried(ready: Prepared, tries: int) -> bool:
    """Whether somebody works on the job for the so manieth time."""
    return ready.ask("SELECT state, tries FROM store_job") == [("running", tries)]
