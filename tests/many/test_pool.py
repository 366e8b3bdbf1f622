"""The pool of processes: each ends with its order and takes all it started with it, and its end is told in words."""

import os
import pickle
import signal
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from roster.many import pool as pools
from roster.many.child import Gone
from roster.many.order import Order
from roster.many.place import Begun, Event
from roster.many.pool import LocalPool
from roster.solve import Progress, Result
from tests.many.runs import order_of


def until(pool: LocalPool, kind: type[object]) -> list[Event]:
    """What is told until something of this kind is."""
    found: list[Event] = []
    ends = time.monotonic() + 60
    while not any(isinstance(event.what, kind) for event in found):
        assert time.monotonic() < ends, found
        found += pool.events(0.25)
    return found


def members(group: int) -> list[str]:
    """The processes of a group that are still at work."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(path.parent.name)
    return found


def test_an_order_is_begun_tells_how_far_it_is_and_ends_with_a_result() -> None:
    pool = LocalPool(1)
    pool.start(order_of("tiny-one-room"))
    assert pool.free() == 0
    told = [event.what for event in until(pool, Result)]
    assert isinstance(told[0], Begun)
    assert any(isinstance(what, Progress) for what in told)
    assert isinstance(told[-1], Result)
    assert told[-1].outcome == "optimal"
    assert pool.free() == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted in /proc, which is not here")
def test_the_processes_that_a_killed_process_had_started_end_with_it() -> None:
    pool = LocalPool(1)
    pool.start(order_of("borough"))
    until(pool, Progress)
    group = pool.process_ids()["borough"]
    assert len(members(group)) > 1
    os.kill(group, signal.SIGKILL)
    told = until(pool, Gone)
    assert told[-1].what == Gone("was killed, as happens when memory runs out")
    ends = time.monotonic() + 10
    while members(group) and time.monotonic() < ends:
        time.sleep(0.05)
    assert members(group) == []
    assert pool.free() == 1


def test_an_error_of_the_program_is_told_by_its_kind_and_not_by_its_text() -> None:
    class NoOrder(Order):
        def packed(self) -> bytes:
            return zlib.compress(pickle.dumps("no order"))

    order = order_of("tiny-one-room")
    pool = LocalPool(1)
    pool.start(NoOrder(order.name, order.instance, order.rules, order.preferences, order.options))
    assert until(pool, Gone)[-1] == Event("tiny-one-room", Gone("broke off (AssertionError)"))


def test_an_order_that_does_not_come_to_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "OVERDUE_SECONDS", -29.9)
    pool = LocalPool(1)
    pool.start(order_of("borough"))
    told = until(pool, Gone)
    assert told[-1] == Event("borough", Gone("did not come to an end in time"))
    assert pool.process_ids() == {}


def test_nothing_more_is_told_of_an_order_that_was_given_up() -> None:
    pool = LocalPool(1)
    pool.start(order_of("tiny-one-room"))
    until(pool, Begun)
    pool.drop("tiny-one-room")
    assert pool.free() == 1
    assert pool.events(0.5) == []
