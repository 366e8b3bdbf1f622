"""A coach spends no more minutes on the road in a day than their limit.

Formula: travel(base, first site) + sum travel(site, next site) + travel(last site, base) <=
max_travel_minutes_day(c), for each day; no limit where the cell is empty. Source: PROBLEM.md section 2,
``travel_limit``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.calendar import long_date
from roster.domain import Coach, Roster
from roster.instance import Instance
from roster.routes import days_worked, road_minutes
from roster.rule import Finding, Rule

if TYPE_CHECKING:
    from roster.decisions import Decisions


def allows_road(instance: Instance, coach: Coach, minutes: int) -> bool:
    """Whether a day with so many minutes on the road keeps the coach's limit."""
    del instance
    return coach.max_travel_minutes_day is None or minutes <= coach.max_travel_minutes_day


def post(decisions: Decisions) -> None:
    """The minutes of a day's legs, at most the coach's limit."""
    for coach in decisions.given.coaches:
        limit = coach.max_travel_minutes_day
        if limit is not None:
            for day in decisions.days_of(coach.coach_id):
                if not decisions.instance.is_past(day):
                    for road in decisions.roads(coach.coach_id, day):
                        decisions.at_most_weighted(road, limit, f"travel_limit:{coach.coach_id}")


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every day, from as_of on, with more minutes on the road than the coach's limit."""
    for (coach_id, day), visits in days_worked(instance, roster).items():
        limit = instance.coach[coach_id].max_travel_minutes_day
        minutes = road_minutes(instance, visits)
        if limit is not None and minutes > limit and not instance.is_past(day):
            says = (
                f"{coach_id} is on the road for {minutes} minutes on {long_date(day)}; the most they may be is {limit}."
            )
            yield Finding("travel_limit", says, f"travel_limit:{coach_id}", minutes - limit)


RULE = Rule(
    name="travel_limit",
    sentence="A coach spends no more minutes on the road in a day than their limit.",
    formula="base to first site + between sites + last site to base <= max_travel_minutes_day(c), each day",
    check=check,
    post=post,
    allows_road=allows_road,
)
