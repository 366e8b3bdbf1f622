"""A coach makes no more visits a day, an ISO week and a month than their limits allow.

Formula: sum over the sessions of a period of visit(c, s) <= limit(c, period), for each day from as_of on, each ISO
week (Monday to Sunday, with what happened in it before the month) and the month; no limit where the cell is empty.
Source: PROBLEM.md section 2, ``workload``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from roster.calendar import iso_week, long_date
from roster.domain import Coach, Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Var


def allows_leg(instance: Instance, coach: Coach, first: Session, then: Session) -> bool:
    """A coach with at most one visit a day goes from no visit to another."""
    del instance, first, then
    return coach.max_sessions_day is None or coach.max_sessions_day > 1


def post(decisions: Decisions) -> None:
    """At most so many visits in each period, for each coach with a limit on it."""
    for coach in decisions.given.coaches:
        for period, limit in _limits(coach).items():
            fact = f"workload:{coach.coach_id}:{period}"
            visits: dict[Hashable, list[Var]] = defaultdict(list)
            for session_id, visit in decisions.visits_of(coach.coach_id).items():
                day = decisions.instance.session[session_id].date
                if _counts(decisions.instance, period, day):
                    visits[_when(period, day)].append(visit)
            for in_period in visits.values():
                decisions.at_most(in_period, limit, fact)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every coach and period with more visits than the limit."""
    days: dict[str, list[date]] = defaultdict(list)
    for visit in roster.visits:
        days[visit.coach_id].append(instance.session[visit.session_id].date)
    for coach in instance.coaches:
        for period, limit in _limits(coach).items():
            counted = [d for d in days[coach.coach_id] if _counts(instance, period, d)]
            first = {_when(period, day): day for day in sorted(counted, reverse=True)}
            for when, number in Counter(_when(period, day) for day in counted).items():
                if number > limit:
                    which = {"day": "on", "week": "in the week of", "month": "in the month of"}[period]
                    says = (
                        f"{coach.coach_id} has {how_many(number, 'visit')} {which} {long_date(first[when])}; "
                        f"the most they may have in a {period} is {limit}."
                    )
                    yield Finding("workload", says, f"workload:{coach.coach_id}:{period}", number - limit)


def _limits(coach: Coach) -> dict[str, int]:
    limits = {
        "day": coach.max_sessions_day,
        "week": coach.max_sessions_week,
        "month": coach.max_sessions_month,
    }
    return {period: limit for period, limit in limits.items() if limit is not None}


def _counts(instance: Instance, period: str, day: date) -> bool:
    return {"day": not instance.is_past(day), "week": True, "month": instance.is_in_month(day)}[period]


def _when(period: str, day: date) -> Hashable:
    return {"day": day, "week": iso_week(day), "month": "the month"}[period]


RULE = Rule(
    name="workload",
    sentence="A coach makes no more visits in a day, a week and a month than their limits allow.",
    formula="sum_s visit(c,s) <= max_sessions_day / week / month (c), per day, ISO week and month",
    check=check,
    post=post,
    allows_leg=allows_leg,
)
