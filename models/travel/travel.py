"""Minutes on the road cost.

Formula: travel * sum over coaches and days of the minutes from base to base. Source: PROBLEM.md section 3.
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
    """The price of a minute on each leg's minutes."""
    price = decisions.instance.settings.prices.travel
    return decisions.cost(
        (leg, price * minutes)
        for coach in decisions.instance.coaches
        for day in decisions.days_of(coach.coach_id)
        for leg, minutes in decisions.road(coach.coach_id, day)
    )


def price(instance: Instance, roster: Roster) -> int:
    """The price of the roster's minutes on the road."""
    return instance.settings.prices.travel * sum(road_minutes_by_coach(instance, roster).values())


PREFERENCE = Preference(
    name="travel",
    sentence="Coaches spend little time on the road.",
    formula="travel * sum_(c, day) minutes on the road",
    post=post,
    price=price,
)
