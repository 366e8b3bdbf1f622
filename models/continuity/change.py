"""What people were told changes as little as can be.

Formula: change * (visits of either roster that are not in the other + for each referral and session
max(0, appointments published there - appointments there now)). A visit whose coach or session is gone and an
appointment whose referral or session is gone count nothing. Source: PROBLEM.md section 3.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost, Var


def post(decisions: Decisions) -> Cost:
    """A cost for each published visit dropped, each new visit, and each appointment not kept."""
    price = decisions.instance.settings.prices.change
    return _each(decisions, price) if price else decisions.cost([])


def _each(decisions: Decisions, price: int) -> Cost:
    """The number of changes, times the price."""
    instance = decisions.instance
    if instance.published is None:
        return decisions.cost([])
    told = instance.told_visits
    terms = [(visit, -price if key in told else price) for key, visit in decisions.visits.items()]
    constant = price * len(told)
    for key, rows in instance.told_appointments.items():
        seen = decisions.seen.get(key)
        constant += 0 if seen is not None else price * len(rows)
        terms += [] if seen is None else [(_lost(decisions, key, seen, len(rows)), price)]
    return decisions.cost(terms, constant=constant)


def _lost(decisions: Decisions, key: tuple[str, str], seen: Var, published: int) -> Var:
    """At least max(0, published - seen); equal to it where it costs."""
    lost = decisions.new_count(published, f"lost {key[0]} {key[1]}")
    decisions.at_least([lost, seen], published)
    return lost


def changes(instance: Instance, roster: Roster) -> int:
    """How much is different from the published roster, in visits and people; 0 where none is published."""
    if instance.published is None:
        return 0
    now = {(v.coach_id, v.session_id) for v in roster.visits}
    kept = Counter((a.referral_id, a.session_id) for a in roster.appointments)
    moved = sum(max(0, len(rows) - kept[key]) for key, rows in instance.told_appointments.items())
    return len(now ^ set(instance.told_visits)) + moved


def price(instance: Instance, roster: Roster) -> int:
    """The price of every difference from the published roster; 0 where none is published."""
    return instance.settings.prices.change * changes(instance, roster)


PREFERENCE = Preference(
    name="change",
    sentence="What people were told changes as little as can be.",
    formula="change * (visits in one roster and not in the other + people whose appointment is not kept)",
    post=post,
    price=price,
)

CHANGES = Preference(
    name="changes",
    sentence="The number of changes from what people were told.",
    formula="visits in one roster and not in the other + people whose appointment is not kept",
    post=partial(_each, price=1),
    price=changes,
)
"""The same with a price of 1 for each: how many changes a roster makes."""
