"""How soon the trouble of a region is explained, in regions of growing size around the same trouble.

``python -m benchmarks.explain [--seconds 120] [--seed 1] RECIPE ...`` plants the same two troubles in an example region
of each recipe and prints a Markdown table: how large it is, and how many seconds it takes to a roster of the region
without the trouble, to the first bottleneck, to the first verified conflict, to all of them, to the cheapest repair,
and to the end. Times are of one run on one machine.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from instances.generate import generate_with_plan
from instances.hidden import HiddenPlan
from models import PREFERENCES, RULES
from roster.calendar import weekday_of
from roster.domain import WEEKDAYS, Coach, Hours, Practice, Referral, Room, Session, Site
from roster.explain.conflicts.settled import Clock, roster_of
from roster.explain.trouble import Trouble
from roster.facts import facts_of
from roster.instance import Instance
from roster.report import Report

RECIPES = ("pilot", "rural", "borough", "county")
CONFLICTS = frozenset(
    {
        frozenset(
            {"see_by:OUT-1", "see_by:OUT-2", "needs:OUT-1", "needs:OUT-2", "workload:OUT-coach:month"},
        ),
        frozenset({"see_by:OUT-3", "needs:OUT-3"}),
    }
)
"""What cannot all hold in a region with the trouble: two people for one visit, and a room that nobody has."""
HEADING = "| recipe | sessions | people | facts | a roster without it | bottleneck | conflict | all | repair | end |"


def region(recipe: str, seed: int) -> Instance:
    """The example region, with a roster that keeps every rule: dates bind, as far as its hidden plan keeps them."""
    instance, plan = generate_with_plan(recipe, seed)
    policy = instance.settings.policy.model_copy(update={"see_by": "must"})
    binding = instance.replaced(settings=instance.settings.model_copy(update={"policy": policy}))
    kept = _in_time(plan)
    rows = (
        row.model_copy(update={"see_by": None})
        if row.referral_id in binding.binding and kept[row.referral_id] < row.count
        else row
        for row in binding.referrals
    )
    return binding.replaced(referrals=tuple(rows))


def _in_time(plan: HiddenPlan) -> Counter[str]:
    """How many people of each referral the plan sees by their date."""
    days = [(person, plan.instance.session[session_id].date) for person, session_id in plan.seats]
    return Counter(person.referral_id for person, day in days if person.see_by and day <= person.see_by)


def with_trouble(instance: Instance) -> Instance:
    """The region with one more site and coach, and three more people, of whom one at most can be seen by their date.

    Two need the new coach, who makes one visit in the month, of a morning that is too short for both; the third needs a
    room with a feature that none has.
    """
    first, second = _working_days(instance)[:2]
    like, place = instance.coaches[0], instance.sites[0]
    people = (
        _person(instance, "OUT-1", second, "coach:outpost"),
        _person(instance, "OUT-2", second, "coach:outpost"),
        _person(instance, "OUT-3", second, "room:outpost"),
    )
    coach = Coach(
        coach_id="OUT-coach",
        base_lat=like.base_lat,
        base_lon=like.base_lon,
        skills=("outpost",),
        max_sessions_month=1,
    )
    site = Site(site_id="OUT", name="The outpost", kind="other", lat=place.lat, lon=place.lon)
    sessions = (_session(n, day) for n, day in enumerate((first, second), start=1))
    hours = (Hours(coach_id="OUT-coach", weekday=day, start="08:30", end="12:40") for day in WEEKDAYS[:5])
    return instance.replaced(
        coaches=(*instance.coaches, coach),
        hours=(*instance.hours, *hours),
        sites=(*instance.sites, site),
        practices=(*instance.practices, Practice(practice_id="OUT-practice", name="The outpost", site_id="OUT")),
        rooms=(*instance.rooms, Room(room_id="OUT-room", site_id="OUT")),
        sessions=(*instance.sessions, *sessions),
        referrals=(*instance.referrals, *people),
    )


def _working_days(instance: Instance) -> list[date]:
    """The days of the month, from Monday to Friday and no bank holiday, that are far enough ahead."""
    first = instance.settings.as_of + timedelta(days=instance.settings.policy.notice_days)
    days = [day for day in instance.days if day >= first and weekday_of(day) in WEEKDAYS[:5]]
    return [day for day in days if day not in instance.bank_holidays]


def _person(instance: Instance, referral_id: str, see_by: date, need: str) -> Referral:
    return Referral(
        referral_id=referral_id,
        practice_id="OUT-practice",
        referred_on=instance.settings.as_of,
        band="B",
        see_by=see_by,
        minutes=150,
        needs=(need,),
        sites=("OUT",),
        consent="yes",
    )


def _session(number: int, day: date) -> Session:
    return Session(session_id=f"OUT-{number}", room_id="OUT-room", date=day, start="08:30", end="12:40")


@dataclass
class Record:
    """When what was first there, in seconds since the explanation began."""

    began: float = field(default_factory=time.monotonic)
    seconds: dict[str, float] = field(default_factory=dict)

    def hear(self, report: Report, doing: str) -> None:
        """Note what this report is the first to have."""
        del doing
        found = {frozenset(conflict.facts) for conflict in report.conflicts if conflict.verified}
        first: dict[str, Callable[[], bool]] = {
            "bottleneck": lambda: bool(report.bottlenecks),
            "conflict": lambda: bool(found),
            "all": lambda: found >= CONFLICTS,
            "repair": lambda: any(repair.cheapest and repair.verified for repair in report.repairs),
        }
        for what, is_there in first.items():
            if what not in self.seconds and is_there():
                self.seconds[what] = time.monotonic() - self.began

    def row(self, recipe: str, instance: Instance, without_it: float) -> str:
        """The table's row."""
        sizes = [len(instance.sessions), len(instance.people), len(facts_of(instance))]
        times = [without_it, *(self.seconds.get(what) for what in ("bottleneck", "conflict", "all", "repair"))]
        shown = ["" if seconds is None else f"{seconds:.1f} s" for seconds in [*times, time.monotonic() - self.began]]
        return f"| {' | '.join([recipe, *map(str, sizes), *shown])} |"


def main() -> None:
    """Run the benchmark on the recipes named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipes", nargs="*", default=RECIPES, metavar="RECIPE")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write(HEADING + "\n" + "|---" * HEADING.count(" |") + "|\n")
    for recipe in options.recipes:
        without = region(recipe, options.seed)
        instance = with_trouble(without)
        began = time.monotonic()
        roster_of(without, RULES, Clock(options.seconds))
        without_it = time.monotonic() - began
        record = Record()
        Trouble(instance, RULES, PREFERENCES, Clock(options.seconds), record.hear).run()
        sys.stdout.write(record.row(recipe, instance, without_it) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
