"""The report of an instance, made in a process of its own, and the compromise roster beside it.

A crash of that process, Ctrl-C and the end of the time all leave what was known by then.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from roster.explain.conflicts.settled import Clock
from roster.explain.trouble import Trouble
from roster.instance import Instance
from roster.report import Report
from roster.rule import Preference, Rule
from roster.solve import Options, Progress, Result
from roster.solve import solve as find_roster

_SHARE_OF_REPORT = 0.7
"""Of the time, how much the report may take; the rest is for the compromise."""
_GOOD_ENOUGH = 0.01
"""How near its best total the compromise has to come, among those that break as little."""
_LATE = 5.0
"""Seconds after its time after which the process is ended."""
STOPPED = "Stopped by you before everything was looked at."
BROKE_OFF = "The search broke off before everything was looked at."
NO_COMPROMISE = "A roster that breaks as little as it can was not found in time."
NO_ROSTER = "No roster keeps every rule. What stands in the way was not found in time."
A_ROSTER = "A roster that keeps every rule was found."
DISAGREE = "Two checks disagree, so nothing is claimed. This is a fault of the program, not of your data."
NO_TIME = "Time ran out before everything was looked at."


@dataclass(frozen=True)
class _Task:
    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    seconds: float


def explain(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    options: Options,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """The report, with the compromise where there is no roster.

    KeyboardInterrupt ends the search, and what is known by then is in the report.
    """
    seconds = options.time_limit * _SHARE_OF_REPORT
    began = time.monotonic()
    report, why = _listen(_Task(instance, rules, preferences, seconds), tell)
    if report is None:
        report = Trouble(instance, rules, preferences, Clock(0.0)).report()
    if why:
        report = report.model_copy(update={"not_proved": (*report.not_proved, why)})
    if report.outcome == "feasible" or why == STOPPED:
        return report
    left = options.time_limit - (time.monotonic() - began)
    options = replace(options, time_limit=max(left, 1.0), gap=_GOOD_ENOUGH)
    return _beside(report, find_roster(instance, rules, preferences, options, tell))


def _beside(report: Report, result: Result) -> Report:
    """The report with what the search for a roster came to: a compromise, or a roster where it was not known."""
    if result.roster is not None and result.roster.compromise:
        says = NO_ROSTER if report.outcome == "unknown" else report.says
        return report.model_copy(update={"outcome": "infeasible", "says": says, "compromise": result.roster})
    if result.roster is None:
        return report.model_copy(update={"not_proved": (*report.not_proved, NO_COMPROMISE)})
    if report.outcome == "infeasible":
        nothing: dict[str, object] = dict.fromkeys(("clusters", "conflicts", "bottlenecks", "repairs"), ())
        return report.model_copy(update={"outcome": "unknown", "says": DISAGREE, "not_proved": (DISAGREE,), **nothing})
    return report.model_copy(update={"outcome": result.outcome, "says": A_ROSTER, "not_proved": ()})


def _listen(task: _Task, tell: Callable[[Progress], None]) -> tuple[Report | None, str]:
    """The last report that the process sent, and why it is not the whole one, if so."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, task), daemon=True)
    process.start()
    theirs.close()
    report: Report | None = None
    began, doing, why = time.monotonic(), "counting", ""
    try:
        while doing:
            seconds = time.monotonic() - began
            tell(Progress(seconds, max(0.0, task.seconds - seconds), None, None, doing))
            if ours.poll(0.25):
                report, doing = ours.recv()
            elif seconds > task.seconds + _LATE:
                why, doing = NO_TIME, ""
    except EOFError:
        why = BROKE_OFF
    except KeyboardInterrupt:
        why = STOPPED
    process.terminate()
    process.join()
    return report, why


def _work(connection: Connection, task: _Task) -> None:
    """In the process: send each report so far with what is done next, and at last the whole with nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def tell(report: Report, doing: str) -> None:
        connection.send((report, doing))

    trouble = Trouble(task.instance, task.rules, task.preferences, Clock(task.seconds), tell)
    connection.send((trouble.run(), ""))
    connection.close()
