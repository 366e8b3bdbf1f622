"""How much sooner a published roster is repaired than the month is solved anew.

``python -m benchmarks.repairs [--seconds 60] [--before 120] [--rosters DIR] FOLDER ...`` solves each folder for
``--before`` seconds and publishes the roster (or takes DIR/NAME.json, and writes it there where there is none); then
the coach with the most visits in the middle week of the month is away in it, as of the Monday of that week. The month
is repaired for ``--seconds``. It is also solved again, for as long, from the data with the published roster, and the
whole month was made from nothing before. A Markdown table says after how many seconds each had a checked roster within
0.5 % of the best of its kind, the ratio of the repair to the month made from nothing, and how far the first two are
from the best possible, as proved by the higher bound of both. Times are of one run on one machine.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from models.repairs import TERMS
from roster.domain import Roster
from roster.edits import AddLeave, apply_edits
from roster.files import read, write_text
from roster.inputs import roster_at
from roster.instance import Instance
from roster.repair.run import repair
from roster.solve import Options, Progress, Result, solve

NEAR = 0.005
HEADING = (
    "| folder | gap when published | outcome | changes | repaired | solved again | made from nothing | ratio "
    "| gap of the repair | gap when solved again |"
)


@dataclass
class Heard:
    """What was heard while one way worked; seconds count from its start."""

    began: float = field(default_factory=time.monotonic)
    bests: list[tuple[float, int]] = field(default_factory=list)
    bound: int | None = None

    def hear(self, progress: Progress) -> None:
        """Note the best total and the bound."""
        if progress.best is not None:
            self.bests.append((time.monotonic() - self.began, progress.best))
        if progress.bound is not None:
            self.bound = max(progress.bound, self.bound or progress.bound)

    def end(self, result: Result) -> None:
        """Note the last roster."""
        if result.roster is not None and not result.roster.compromise:
            self.bests.append((time.monotonic() - self.began, result.roster.objective))
            self.bound = max(result.roster.bound, self.bound or result.roster.bound)

    @property
    def best(self) -> int | None:
        """The lowest total."""
        return min((best for _, best in self.bests), default=None)

    def seconds_to(self, total: float) -> float | None:
        """When a total this low was first there."""
        return next((seconds for seconds, best in self.bests if best <= total), None)


def away(instance: Instance, roster: Roster) -> tuple[AddLeave, date]:
    """The coach with the most visits in the middle week of the month is away in it; and the Monday of that week."""
    middle = instance.days[len(instance.days) // 2]
    monday = middle - timedelta(days=middle.weekday())
    week = {monday + timedelta(days=n) for n in range(7)}
    visits = Counter(v.coach_id for v in roster.visits if instance.session[v.session_id].date in week)
    coach_id = min(visits, key=lambda c: (-visits[c], c))
    return AddLeave(coach_id=coach_id, first_day=monday, last_day=monday + timedelta(days=6)), monday


def row(name: str, instance: Instance, roster: Roster, made: float | None, seconds: float) -> str:
    """The table's row of one folder. ``made``: how many seconds the published roster took from nothing, if known."""
    leave, monday = away(instance, roster)
    after = apply_edits(instance.replaced(published=roster), [leave])
    after = after.replaced(settings=after.settings.model_copy(update={"as_of": monday}))
    limit = Options(time_limit=seconds, start=plans_by_hand)
    repaired = Heard()
    found = repair(after, TERMS, limit, None, repaired.hear)
    repaired.end(found.result)
    if found.result.outcome == "infeasible":
        return f"| {name} | {roster.gap:.1%} | infeasible |" + " |" * 7
    again = Heard()
    again.end(solve(after, RULES, PREFERENCES, limit, again.hear))
    best = min((b for b in (repaired.best, again.best) if b is not None), default=0)
    bound = max((b for b in (repaired.bound, again.bound) if b is not None), default=0)
    first, second = (way.seconds_to(best * (1 + NEAR)) for way in (repaired, again))
    ratio = "" if first is None or made is None else f"{first / made:.2f}"
    times = ("not known" if t is None else f"{t:.1f} s" for t in (first, second, made))
    gaps = (f"{(way.best - bound) / way.best:.2%}" if way.best else "" for way in (repaired, again))
    cells = [name, f"{roster.gap:.1%}", found.result.outcome, str(found.changes), *times, ratio, *gaps]
    return "| " + " | ".join(cells) + " |"


def published(folder: Path, instance: Instance, seconds: float, rosters: Path | None) -> tuple[Roster, float | None]:
    """The roster that people were told, and how soon it was near its end; that is None where it is from ``rosters``."""
    kept = None if rosters is None else rosters / f"{folder.name}.json"
    if kept is not None and kept.is_file():
        return roster_at(kept), None
    heard = Heard()
    result = solve(instance, RULES, PREFERENCES, Options(time_limit=seconds, start=plans_by_hand), heard.hear)
    heard.end(result)
    if result.roster is None or result.roster.compromise:
        raise SystemExit(f"{folder.name}: {result.says}")
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_text(kept, result.roster.to_json())
    return result.roster, heard.seconds_to(result.roster.objective * (1 + NEAR))


def main(write: Callable[[str], object] = sys.stdout.write) -> None:
    """Run the benchmark on the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--before", type=float, default=120.0)
    parser.add_argument("--rosters", type=Path, metavar="DIR")
    options = parser.parse_args()
    write(HEADING + "\n" + "|---" * (HEADING.count("|") - 1) + "|\n")
    for folder in options.folders:
        instance = read(folder).valid()
        roster, made = published(folder, instance, options.before, options.rosters)
        write(row(folder.name, instance, roster, made, options.seconds) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
