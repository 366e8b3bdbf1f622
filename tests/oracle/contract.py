"""The outside checker: every rule of the contract's section 2, its section 3's prices and its section 4's form.

`broken_rules` and `prices` read a roster as written; `rule_breaks` and `plan_prices` are the same over a Plan.
"""

from collections.abc import Iterable
from typing import Any

from tests.oracle.form import form_faults, plan_of
from tests.oracle.prices import DROPPED_PIN, MISSING_VISIT, PAST_SEE_BY, plan_prices, shortfalls
from tests.oracle.reading import load
from tests.oracle.rules import RULES
from tests.oracle.world import Plan, World

__all__ = [
    "DROPPED_PIN",
    "MISSING_VISIT",
    "PAST_SEE_BY",
    "RULES",
    "broken_rules",
    "load",
    "plan_prices",
    "prices",
    "rule_breaks",
    "shortfalls",
]


def broken_rules(world: World, roster: dict[str, Any]) -> list[str]:
    """What is wrong with a written roster, [] if nothing: "rule: ..." of section 2 and "form: ..." of section 4."""
    plan, faults = plan_of(world, roster)
    faults += form_faults(world, roster, plan, plan_prices(world, plan))
    return [f"form: {fault}" for fault in faults] + rule_breaks(world, plan)


def prices(world: World, roster: dict[str, Any]) -> dict[str, int]:
    """The eight prices of section 3 of a written roster, in minutes of coach time."""
    return plan_prices(world, plan_of(world, roster)[0])


def rule_breaks(world: World, plan: Plan, names: Iterable[str] = tuple(RULES)) -> list[str]:
    """What of section 2 the plan breaks, as "rule: ..." sentences; only the rules named, where names are given."""
    return [f"{name}: {text}" for name in names for text in RULES[name](world, plan)]
