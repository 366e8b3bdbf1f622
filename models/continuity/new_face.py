"""A site sees few different coaches in the month.

Formula: new_face * sum over sites v of max(0, number of coaches with a visit at v - 1). Source: PROBLEM.md
section 3. The encoding has face(c, v) >= visit(c, s) for each s at v and open(v) <= sum of face(c, v), and
costs sum of face(c, v) - open(v); at the minimum both are as small and as large as they can be.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost, Var


def post(decisions: Decisions) -> Cost:
    """One cost for each coach of a site but the first."""
    price = decisions.instance.settings.prices.new_face
    terms: list[tuple[Var, int]] = []
    for site in decisions.instance.sites:
        visits: dict[str, list[Var]] = defaultdict(list)
        for (coach_id, _), visit in decisions.visits_at(site.site_id).items():
            visits[coach_id].append(visit)
        if price and len(visits) > 1:
            faces = [_face(decisions, site.site_id, c, of_coach) for c, of_coach in visits.items()]
            somebody = decisions.new_count(1, f"somebody is at {site.site_id}")
            decisions.at_most_weighted([(somebody, 1), *((face, -1) for face in faces)], 0)
            terms += [(face, price) for face in faces] + [(somebody, -price)]
    return decisions.cost(terms)


def _face(decisions: Decisions, site_id: str, coach_id: str, visits: list[Var]) -> Var:
    if len(visits) == 1:
        return visits[0]
    face = decisions.new_count(1, f"{coach_id} is at {site_id}")
    for visit in visits:
        decisions.at_most_weighted([(visit, 1), (face, -1)], 0)
    return face


def price(instance: Instance, roster: Roster) -> int:
    """The price of every coach of a site but the first."""
    coaches: dict[str, set[str]] = defaultdict(set)
    for visit in roster.visits:
        coaches[instance.site_of(visit.session_id)].add(visit.coach_id)
    return instance.settings.prices.new_face * sum(len(seen) - 1 for seen in coaches.values())


PREFERENCE = Preference(
    name="new_face",
    sentence="A surgery sees the same coach, not a new face each time.",
    formula="new_face * sum_v max(0, coaches seen at v - 1)",
    post=post,
    price=price,
)
