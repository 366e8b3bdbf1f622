"""A coach is in one place at a time, with time for the road and a break between two visits.

Formula: for consecutive visits a, b of a coach on a day: start(b) >= end(a) + travel(site(a), site(b)) +
break_minutes. A leg from a to b exists only where this holds, and a day is one path of legs.
Source: PROBLEM.md section 2, ``one_place``.
"""

from collections.abc import Iterator
from itertools import pairwise

from roster.calendar import friendly_time, long_date
from roster.domain import Coach, Roster, Session
from roster.instance import Instance
from roster.routes import days_worked
from roster.rule import Finding, Obstacle, Rule, Way


def allows_leg(instance: Instance, coach: Coach, first: Session, then: Session) -> bool:
    """Whether the coach can be at ``then`` in time after ``first``."""
    spare = _minutes_to_spare(instance, coach, first, then)
    return spare is not None and spare >= instance.settings.policy.break_minutes


def blocks_leg(opened: Instance, given: Instance, coach: Coach, first: Session, then: Session) -> Iterator[Obstacle]:
    """A break that is longer than the minutes that the road leaves."""
    spare = _minutes_to_spare(opened, coach, first, then)
    missing = given.settings.policy.break_minutes - (spare or 0)
    if missing > 0:
        yield (Way("break", amount=missing),)


def _minutes_to_spare(instance: Instance, coach: Coach, first: Session, then: Session) -> int | None:
    """Minutes between the two visits that are not spent on the road; None where the coach cannot hold both."""
    a = instance.span(coach.coach_id, first.session_id)
    b = instance.span(coach.coach_id, then.session_id)
    if a is None or b is None:
        return None
    return b[0] - a[1] - instance.minutes_between(instance.site_of(first.session_id), instance.site_of(then.session_id))


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every two consecutive visits, from as_of on, with too little time between them."""
    pause = instance.settings.policy.break_minutes
    for (coach_id, day), visits in days_worked(instance, roster).items():
        if instance.is_past(day):
            continue
        for a, b in pairwise(visits):
            road = instance.minutes_between(instance.site_of(a.session_id), instance.site_of(b.session_id))
            if b.start < a.end + road + pause:
                says = (
                    f"{coach_id} leaves session {a.session_id} at {friendly_time(a.end)} on {long_date(day)} and "
                    f"cannot start session {b.session_id} at {friendly_time(b.start)}: the road takes {road} "
                    f"minutes and the break {pause}."
                )
                yield Finding("one_place", says)


RULE = Rule(
    name="one_place",
    sentence="A coach is in one place at a time, with time for the road and a break between two visits.",
    formula="start(next) >= end + travel(site, next site) + break_minutes, for consecutive visits of a day",
    check=check,
    allows_leg=allows_leg,
    blocks_leg=blocks_leg,
)
