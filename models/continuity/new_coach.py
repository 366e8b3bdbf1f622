"""A person with a usual coach sees that coach.

Formula: new_coach * number of appointments of referrals with a usual coach in visits of another. Source:
PROBLEM.md section 3. The encoding has familiar(r, s) <= seen(r, s), familiar(r, s) <= count(r) * visit(u, s) for
the usual coach u, and costs seen(r, s) - familiar(r, s).
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
    for (referral_id, session_id), seen in decisions.seen.items():
        usual = instance.people[referral_id].usual_coach
        if usual is not None and price:
            terms.append((seen, price))
            familiar = _familiar(decisions, referral_id, session_id, usual)
            terms += [(familiar, -price)] if familiar is not None else []
    return decisions.cost(terms)


def _familiar(decisions: Decisions, referral_id: str, session_id: str, usual: str) -> Var | None:
    """How many people of the referral are seen in the session by their usual coach; None where none can be."""
    instance = decisions.instance
    referral, seen = instance.people[referral_id], decisions.seen[referral_id, session_id]
    able = decisions.who_may_see(referral, instance.session[session_id])
    if usual not in able:
        return None
    if len(able) == 1:
        return seen
    familiar = decisions.new_count(referral.count, f"seen {referral_id} {session_id} by {usual}")
    decisions.at_most_weighted([(familiar, 1), (seen, -1)], 0)
    decisions.at_most_weighted(
        [(familiar, 1), (decisions.visits[usual, session_id], -referral.count)],
        0,
    )
    others = decisions.visited_by(session_id, able - {usual})
    if others is not None:
        decisions.at_most_weighted([(seen, 1), (familiar, -1), (others, -referral.count)], 0)
    return familiar


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
