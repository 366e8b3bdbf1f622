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


def post(decisions: Decisions) -> None:
    """What the sessions and the bookings used cost, at most the budget."""
    instance = decisions.instance
    budget = instance.settings.policy.budget_pounds
    if budget is None:
        return
    hire = [
        (visit, pence(instance.site[instance.site_of(session_id)].hire_pounds))
        for (_, session_id), visit in decisions.visits.items()
    ]
    fees = [
        (booked, pence(instance.booking[booking_id].fee_pounds))
        for (booking_id, _), booked in decisions.bookings.items()
    ]
    decisions.at_most_weighted([(v, cost) for v, cost in hire + fees if cost], pence(budget))


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
