"""A roster that people were told, made by hand: first come first served, as long as there are places."""

from models import PREFERENCES, RULES
from roster.domain import Roster, Unseen
from roster.instance import Instance
from roster.plan import Plan, draft_of
from roster.verify import verify


def told(instance: Instance, coach_id: str) -> Roster:
    """The coach holds every session, in order of days; people of one row each are seen in order of referral.

    Raises ValueError where the roster breaks a rule.
    """
    waiting = sorted(instance.people.values(), key=lambda r: (r.referred_on, r.referral_id))
    seen: dict[tuple[str, str], int] = {}
    for session in sorted(instance.sessions, key=lambda s: (s.date, s.session_id)):
        free = session.end - session.start
        while waiting and waiting[0].minutes <= free:
            referral = waiting.pop(0)
            seen[referral.referral_id, session.session_id] = referral.count
            free -= referral.minutes * referral.count
    draft = draft_of(instance, Plan(tuple((coach_id, s.session_id) for s in instance.sessions), seen))
    left = tuple(
        Unseen(referral_id=r.referral_id, count=r.count, reason="Every place was taken by people referred before.")
        for r in waiting
    )
    draft = draft.model_copy(update={"unseen": left})
    costs = verify(instance, draft, RULES, PREFERENCES).costs
    made = draft.model_copy(update={"costs": costs, "objective": sum(costs.values())})
    verdict = verify(instance, made, RULES, PREFERENCES)
    if not verdict.accepted:
        raise ValueError("the roster that people were told breaks a rule")
    return made
