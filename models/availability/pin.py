"""A visit that the manager has pinned is in the roster.

Formula: visit(c, s) = 1 for every pin (c, s). Source: PROBLEM.md section 2, ``pin``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions


def post(decisions: Decisions) -> None:
    """Each pinned visit is a promise; a compromise may drop it at its repair price."""
    price = decisions.given.settings.repair_prices.pin
    for pin in decisions.given.pins:
        visit = decisions.visits_of(pin.coach_id).get(pin.session_id)
        decisions.demand(
            [] if visit is None else [visit],
            at_least=1,
            rule="pin",
            fact=f"pin:{pin.coach_id}:{pin.session_id}",
            tier="promises",
            price=price,
        )


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every pinned visit that is not in the roster."""
    held = {(v.coach_id, v.session_id) for v in roster.visits}
    for pin in instance.pins:
        if (pin.coach_id, pin.session_id) not in held:
            where = session_words(instance, pin.session_id)
            says = f"{pin.coach_id} is pinned to {where}, but does not hold it."
            yield Finding("pin", says, f"pin:{pin.coach_id}:{pin.session_id}")


RULE = Rule(
    name="pin",
    sentence="Every visit that the manager has pinned is in the roster.",
    formula="visit(c,s) = 1 for every pin (c,s)",
    check=check,
    post=post,
)
