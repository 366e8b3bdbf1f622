"""A question about a roster, answered in a process of its own: it can be stopped, and a crash there stays there."""

import multiprocessing
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

from roster.explain.questions.forced import Clock, RejectedError
from roster.explain.questions.given import Given
from roster.explain.questions.why import why
from roster.explain.questions.why_not import why_not
from roster.explain.questions.wish import wish_of
from roster.explanations import Why, WhyNot

_POLL_SECONDS = 0.25


class BrokeOffError(Exception):
    """The process ended without an answer."""


@dataclass(frozen=True)
class Question:
    """What is asked: why a roster is as it is, or why it is not as in a wish; ``options`` are fields of a wish."""

    kind: Literal["why", "why-not"]
    options: Mapping[str, str | None]
    seconds: float
    workers: int | None = None
    seed: int = 0


def answered(given: Given, question: Question, tell: Callable[[float], None] = lambda _: None) -> Why | WhyNot:
    """The answer; ``tell`` is told every quarter of a second how many seconds it has taken.

    What ``tell`` raises ends the process. Raises InvalidInput where the question names nothing, RejectedError where a
    roster behind the answer failed the checker, BrokeOffError where there is no answer.
    """
    if question.kind == "why-not" or any(question.options.values()):
        wish_of(given.instance, question.options)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, given, question), daemon=True)
    process.start()
    theirs.close()
    began = time.monotonic()
    try:
        while not ours.poll(_POLL_SECONDS):
            tell(time.monotonic() - began)
        answer: Why | WhyNot | str = ours.recv()
    except EOFError:
        raise BrokeOffError("the process that looked for the answer ended without one") from None
    finally:
        process.terminate()
        process.join()
    if isinstance(answer, str):
        raise RejectedError(answer)
    return answer


def _work(connection: Connection, given: Given, question: Question) -> None:
    """In the process: send the answer, or why a roster was rejected."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    clock = Clock.of(question.seconds, question.workers, question.seed)
    try:
        if question.kind == "why":
            connection.send(why(given, question.options, clock))
        else:
            connection.send(why_not(given, wish_of(given.instance, question.options), clock))
    except RejectedError as rejected:
        connection.send(str(rejected))
    connection.close()
