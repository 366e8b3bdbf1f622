"""Every day after a person's see-by date costs.

Formula: late * max(0, day - see_by) for each person with a see_by date, where day is the appointment's, or the
month's last day + unseen_days for a person not seen. Source: PROBLEM.md section 3.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from roster.domain import Referral, Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


def days_late(referral: Referral, day: date) -> int:
    """Whole days from the see-by date to ``day``; 0 before it, and where there is no such date."""
    return 0 if referral.see_by is None else max(0, (day - referral.see_by).days)


def post(decisions: Decisions) -> Cost:
    """Everybody unseen, and for each appointment what it saves."""
    instance = decisions.instance
    price = instance.settings.prices.late
    unseen = {r: price * days_late(referral, instance.unseen_day) for r, referral in instance.people.items()}
    return decisions.cost(
        (
            (seen, saved)
            for r, referral in instance.people.items()
            for day, on_day in decisions.seen_on(r).items()
            for saved in [price * days_late(referral, day) - unseen[r]]
            for seen in on_day
        ),
        constant=sum(instance.people[r].count * late for r, late in unseen.items()),
    )


def price(instance: Instance, roster: Roster) -> int:
    """The price of every day after a see-by date."""
    to_see = Counter({r: referral.count for r, referral in instance.people.items()})
    days = 0
    for appointment in roster.appointments:
        to_see[appointment.referral_id] -= 1
        referral = instance.people[appointment.referral_id]
        days += days_late(referral, instance.session[appointment.session_id].date)
    for referral_id, people in to_see.items():
        days += people * days_late(instance.people[referral_id], instance.unseen_day)
    return instance.settings.prices.late * days


PREFERENCE = Preference(
    name="late",
    sentence="Nobody is seen after the date they should be seen by.",
    formula="late * sum over people of max(0, day seen - see_by)",
    post=post,
    price=price,
)
