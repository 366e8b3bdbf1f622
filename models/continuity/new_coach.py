"""A person with a usual coach sees that coach.

Formula: new_coach * number of appointments of referrals with a usual coach in visits of another. Source:
PROBLEM.md section 3. The encoding costs seen(r, s) - seen_by(r, s, u) for the usual coach u.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost, Var


def post(decisions: Decisions) -> Cost:
    """A cost for each appointment that is not with the usual coach."""
    instance = decisions.instance
    price = instance.settings.prices.new_coach
    terms: list[tuple[Var, int]] = []
    for referral_id, referral in instance.people.items():
        usual = referral.usual_coach
        if usual is not None and price:
            for session_id, seen in decisions.seen_of(referral_id).items():
                terms.append((seen, price))
                by_usual = decisions.seen_by(referral_id, session_id, usual)
                terms += [(by_usual, -price)] if by_usual is not None else []
    return decisions.cost(terms)


def price(instance: Instance, roster: Roster) -> int:
    """The price of every appointment with a coach who is not the person's usual one."""
    holders = {v.session_id: v.coach_id for v in roster.visits}
    others = sum(
        1
        for a in roster.appointments
        if instance.people[a.referral_id].usual_coach not in (None, holders[a.session_id])
    )
    return instance.settings.prices.new_coach * others


PREFERENCE = Preference(
    name="new_coach",
    sentence="A person with a usual coach sees that coach.",
    formula="new_coach * appointments of people with a usual coach that are with another",
    post=post,
    price=price,
)
