"""The month's travel of the coach who travels most costs, so that the road is shared fairly.

Formula: heaviest * max over coaches of the month's minutes on the road. Source: PROBLEM.md section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.routes import road_minutes_by_coach
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


def post(decisions: Decisions) -> Cost:
    """A number of minutes that no coach's month exceeds, at its price."""
    price = decisions.instance.settings.prices.heaviest
    months = [
        [term for day in decisions.days_of(c.coach_id) for term in decisions.road(c.coach_id, day)]
        for c in decisions.instance.coaches
    ]
    longest = max((sum(minutes for _, minutes in legs) for legs in months), default=0)
    if not price or not longest:
        return decisions.cost([])
    most = decisions.new_count(longest, "minutes on the road of the coach who travels most")
    for legs in months:
        decisions.at_most_weighted([*legs, (most, -1)], 0)
    return decisions.cost([(most, price)])


def price(instance: Instance, roster: Roster) -> int:
    """The price of the longest month on the road."""
    longest = max(road_minutes_by_coach(instance, roster).values(), default=0)
    return instance.settings.prices.heaviest * longest


PREFERENCE = Preference(
    name="heaviest",
    sentence="Nobody travels much more than the others.",
    formula="heaviest * max_c minutes on the road in the month",
    post=post,
    price=price,
)
