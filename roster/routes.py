"""A coach's day as it is driven: the visits of a finished roster in order, and the minutes on the road."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from roster.domain import Roster, Visit
from roster.instance import Instance


def days_worked(instance: Instance, roster: Roster) -> dict[tuple[str, date], list[Visit]]:
    """The visits of each (coach, day) in order of time."""
    days: dict[tuple[str, date], list[Visit]] = defaultdict(list)
    for visit in roster.visits:
        days[visit.coach_id, instance.session[visit.session_id].date].append(visit)
    for visits in days.values():
        visits.sort(key=lambda v: (v.start, v.end, v.session_id))
    return days


def road_minutes(instance: Instance, visits: list[Visit]) -> int:
    """Minutes on the road of one coach on one day: base to the first site, between sites, last site to base."""
    coach_id = visits[0].coach_id
    stops = [coach_id, *(instance.site_of(v.session_id) for v in visits), coach_id]
    return sum(instance.minutes_between(a, b) for a, b in pairwise(stops))


def road_minutes_by_coach(instance: Instance, roster: Roster) -> dict[str, int]:
    """Minutes on the road of each coach in the month."""
    minutes: dict[str, int] = defaultdict(int)
    for (coach_id, _), visits in days_worked(instance, roster).items():
        minutes[coach_id] += road_minutes(instance, visits)
    return minutes
