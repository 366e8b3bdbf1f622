"""Hire of rooms and interpreters' fees stay within the month's budget.

Formula: sum over visits of hire(site) + sum over bookings used of fee <= budget_pounds, counted in whole
pence; no limit where there is no budget. Source: PROBLEM.md section 2, ``budget``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Roster, pence
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import pounds

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Var


def post(decisions: Decisions) -> None:
    """What the sessions and the bookings used cost, at most the budget."""
    instance = decisions.given
    budget = instance.settings.policy.budget_pounds
    if budget is None:
        return
    hire = [
        (visit, pence(instance.site[instance.site_of(session_id)].hire_pounds))
        for (_, session_id), visit in decisions.visits.items()
    ]
    fees = [
        (booked, pence(booking.fee_pounds))
        for booking in instance.interpreters
        for booked in _uses(decisions, booking.booking_id)
    ]
    decisions.at_most_weighted([(v, cost) for v, cost in hire + fees if cost], pence(budget), "budget")


def _uses(decisions: Decisions, booking_id: str) -> list[Var]:
    """The booking's possible uses; of several that happened one, since its fee is paid once."""
    instance, uses = decisions.instance, decisions.bookings_of(booking_id)
    past = [v for s, v in uses.items() if instance.is_past(instance.session[s].date)]
    return past[:1] + [v for v in uses.values() if v not in past]


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """What is spent, where it is more than the budget."""
    budget = instance.settings.policy.budget_pounds
    if budget is None:
        return
    hire = sum(pence(instance.site[instance.site_of(v.session_id)].hire_pounds) for v in roster.visits)
    used = {b for v in roster.visits for b in v.booking_ids}
    spent = hire + sum(pence(instance.booking[b].fee_pounds) for b in used)
    if spent > pence(budget):
        says = f"Hire and interpreters cost {pounds(spent)}; the budget is {pounds(pence(budget))}."
        yield Finding("budget", says, "budget", spent - pence(budget))


RULE = Rule(
    name="budget",
    sentence="Hire of rooms and interpreters' fees stay within the budget.",
    formula="sum_visits hire(site) + sum_used fee(booking) <= budget",
    check=check,
    post=post,
)
