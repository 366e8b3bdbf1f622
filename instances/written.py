"""The hidden plan of an example region written as a roster: with its times, its price, and who is not seen."""

from collections import Counter

from instances.hidden import HiddenPlan
from models import PREFERENCES
from roster.domain import Roster, Unseen
from roster.instance import Instance


def as_roster(instance: Instance, plan: HiddenPlan) -> Roster:
    """The plan as a roster of the instance. It is not claimed to be good: its bound is 0."""
    appointments = plan.appointments()
    seen = Counter(a.referral_id for a in appointments)
    draft = Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="feasible",
        objective=0,
        bound=0,
        costs={},
        visits=tuple(
            sorted(plan.visits.values(), key=lambda v: (instance.session[v.session_id].date, v.start, v.session_id))
        ),
        appointments=appointments,
        unseen=tuple(
            Unseen(
                referral_id=r.referral_id, count=r.count - seen[r.referral_id], reason="Outranked: others come first."
            )
            for r in instance.people.values()
            if seen[r.referral_id] < r.count
        ),
    )
    costs = {preference.name: preference.price(instance, draft) for preference in PREFERENCES}
    return draft.model_copy(update={"costs": costs, "objective": sum(costs.values())})
