"""A way in a process of its own: what it says is heard, and its end is a line and not ours."""

import os
import signal
import time
from multiprocessing.connection import Connection

from benchmarks.processes import listen, most_memory

PLENTY = 100_000


def speak(connection: Connection, began: float, *words: str) -> None:
    """Say each word."""
    assert began <= time.monotonic()
    for word in words:
        connection.send(word)


def crash(connection: Connection, began: float) -> None:
    """Say something and die."""
    del began
    connection.send("alive")
    os.kill(os.getpid(), signal.SIGKILL)


def leave(connection: Connection, began: float) -> None:
    """End with a code of trouble."""
    del connection, began
    raise SystemExit(3)


def hang(connection: Connection, began: float) -> None:
    """Never come to an end."""
    del connection, began
    time.sleep(600)


def test_what_a_process_says_is_heard_in_order() -> None:
    heard = listen(speak, ("one", "two"), 60.0, PLENTY)
    assert heard.messages == ["one", "two"]
    assert heard.broke_off == ""


def test_a_crash_keeps_what_was_said_and_names_the_signal() -> None:
    heard = listen(crash, (), 60.0, PLENTY)
    assert heard.messages == ["alive"]
    assert heard.broke_off == "crashed: SIGKILL"


def test_a_process_that_ends_in_trouble_has_crashed() -> None:
    assert listen(leave, (), 60.0, PLENTY).broke_off == "crashed: exit code 3"


def test_a_process_that_does_not_stop_is_ended() -> None:
    assert listen(hang, (), 1.0, PLENTY).broke_off == "crashed: did not stop when its time was up"


def test_a_process_with_too_much_memory_is_ended() -> None:
    heard = listen(hang, (), 60.0, 1)
    assert heard.broke_off == "crashed: more than 1 MB"
    assert heard.memory is not None
    assert heard.memory > 1


def test_a_way_may_hold_three_quarters_of_the_memory() -> None:
    assert most_memory() > 100
