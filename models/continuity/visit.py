"""Every visit costs.

Formula: visit * number of visits, with or without appointments. Source: PROBLEM.md section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Preference

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


def post(decisions: Decisions) -> Cost:
    """The price of a visit on each visit."""
    price = decisions.instance.settings.prices.visit
    return decisions.cost((visit, price) for visit in decisions.visits.values())


def price(instance: Instance, roster: Roster) -> int:
    """The price of the roster's visits."""
    return instance.settings.prices.visit * len(roster.visits)


PREFERENCE = Preference(
    name="visit",
    sentence="No visit is made that is not worth it.",
    formula="visit * number of visits",
    post=post,
    price=price,
)
