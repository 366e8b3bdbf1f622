"""Every day that a person waits costs, and more the longer they have waited.

Formula: for each person, w * d * (28 + d) // 28 with w the band's price and d the days from referred_on to the
appointment, or to the month's last day + unseen_days for a person not seen. Source: PROBLEM.md section 3.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from roster.domain import Band, Referral, Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


def cost_of_waiting(instance: Instance, band: Band, days: int) -> int:
    """What one person's wait of so many days costs, in minutes of coach time, rounded down."""
    price = instance.settings.prices.waiting
    return {"A": price.A, "B": price.B, "C": price.C}[band] * days * (28 + days) // 28


def post(decisions: Decisions) -> Cost:
    """Everybody unseen, and for each appointment what it saves."""
    instance = decisions.instance

    def cost(referral: Referral, day: date) -> int:
        return cost_of_waiting(instance, referral.band, (day - referral.referred_on).days)

    unseen = {r: cost(referral, instance.unseen_day) for r, referral in instance.people.items()}
    return decisions.cost(
        (
            (seen, saved)
            for r, referral in instance.people.items()
            for day, on_day in decisions.seen_on(r).items()
            for saved in [cost(referral, day) - unseen[r]]
            for seen in on_day
        ),
        constant=sum(instance.people[r].count * price for r, price in unseen.items()),
    )


def price(instance: Instance, roster: Roster) -> int:
    """The price of everybody's wait."""
    to_see = Counter({r: referral.count for r, referral in instance.people.items()})
    minutes = 0
    for appointment in roster.appointments:
        referral = instance.people[appointment.referral_id]
        to_see[appointment.referral_id] -= 1
        waited = instance.session[appointment.session_id].date - referral.referred_on
        minutes += cost_of_waiting(instance, referral.band, waited.days)
    for referral_id, people in to_see.items():
        referral = instance.people[referral_id]
        waited = instance.unseen_day - referral.referred_on
        minutes += people * cost_of_waiting(instance, referral.band, waited.days)
    return minutes


PREFERENCE = Preference(
    name="waiting",
    sentence="People wait as few days as can be, urgent people and those who have waited long first.",
    formula="sum over people of w*d*(28+d)//28, d days waited, w = waiting price of the band",
    post=post,
    price=price,
)
