"""The outside exact solver: `python -m tests.oracle.exact FOLDER ...` prints one JSON object a folder.

A process of its own: it brings HiGHS through scipy, and must never share a process with ortools. With --write it also
writes its roster, which the outside checker has then accepted. With --compromise the stages of a compromise are solved
one after another: people past see_by, then missing visits and dropped pins, then section 3's sum.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.oracle.contract import DROPPED_PIN, MISSING_VISIT, broken_rules, load, rule_breaks, shortfalls
from tests.oracle.formulation import Model
from tests.oracle.program import Answer, Term
from tests.oracle.world import Plan, World
from tests.oracle.writing import as_roster

MAY_BREAK = ("see_by", "presence", "pin")


class WrongAnswerError(Exception):
    """The checker does not accept the exact solver's own answer: a bug in one of the two."""


@dataclass(frozen=True)
class Solved:
    """The plan found (None: none), how far it is proved, its bound, and whether the earlier stages are proved."""

    status: str
    plan: Plan | None
    bound: int | None


def solve(world: World, seconds: float, *, compromise: bool = False, shown: bool = False) -> Solved:
    """The best plan of a world, or of its compromises, within so many seconds."""
    ends = time.monotonic() + seconds
    model = Model(world, compromise)
    for stage in (model.late_people, model.other_breaks) if compromise else ():
        answer = _fix(model, stage, ends, shown)
        if answer.status != "optimal":
            return Solved(answer.status, model.plan(answer.values) if answer.values else None, None)
    answer = model.program.solve(_left(ends), shown=shown)
    return Solved(answer.status, model.plan(answer.values) if answer.values else None, answer.bound)


def _fix(model: Model, stage: list[Term], ends: float, shown: bool) -> Answer:
    """Minimises the breaks of one stage and, where that is proved, holds the next stages to it."""
    costs = [0.0] * len(model.program.costs)
    for column, price in stage:
        costs[column] = price
    answer = model.program.solve(_left(ends), costs, shown=shown)
    if answer.status == "optimal":
        least = round(sum(price * answer.values[column] for column, price in stage))
        model.program.row(stage, highest=least)
    return answer


def _left(ends: float) -> float:
    return max(1.0, ends - time.monotonic())


def report(world: World, solved: Solved, seconds: float) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The line to print and the roster, once the checker has accepted it."""
    line: dict[str, Any] = {"status": solved.status, "objective": None, "bound": solved.bound}
    roster = None
    if solved.plan is not None:
        proved = solved.status == "optimal"
        roster = as_roster(world, solved.plan, proved=proved, bound=solved.bound or 0)
        breaks = rule_breaks(world, solved.plan)
        wrong = [text for text in broken_rules(world, roster) if text not in breaks]
        wrong += [text for text in breaks if not text.startswith(MAY_BREAK)]
        if wrong or (proved and solved.bound != roster["objective"]):
            raise WrongAnswerError(f"bound {solved.bound}, objective {roster['objective']}: {wrong}")
        late, missing, dropped = shortfalls(world, solved.plan)
        other = MISSING_VISIT * missing + DROPPED_PIN * dropped
        line |= {"objective": roster["objective"], "past_see_by": late, "other_breaks": other}
        line["costs"] = roster["costs"]
    return line | {"seconds": round(seconds, 1)}, roster


def main(arguments: Sequence[str] | None = None) -> int:
    """Solves each folder and prints its status, objective, bound and seconds on a line of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.exact", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--time-limit", type=float, default=600.0, metavar="SECONDS", help="for each folder")
    parser.add_argument("--write", type=Path, metavar="ROSTER.json")
    parser.add_argument("--compromise", action="store_true")
    parser.add_argument("--log", action="store_true", help="show HiGHS at work, on standard error")
    options = parser.parse_args(arguments)
    if options.write and len(options.folders) > 1:
        parser.error("--write goes with one folder")
    for folder in options.folders:
        world, started = load(folder), time.monotonic()
        solved = solve(world, options.time_limit, compromise=options.compromise, shown=options.log)
        line, roster = report(world, solved, time.monotonic() - started)
        if options.write and roster is not None:
            options.write.write_text(json.dumps(roster, indent=1), "utf-8")
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
