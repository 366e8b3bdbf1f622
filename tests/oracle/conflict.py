"""Conflicts of a folder judged by the exact solver: `python -m tests.oracle.conflict FOLDER < CONFLICTS.json`.

Reads a list of conflicts, each a list of fact ids, and prints for each whether it is one: no roster with its facts and
every other fact given up, and a roster with each of its facts given up as well. A process of its own, as
`tests.oracle.exact`. Nothing is priced: only whether there is a roster is asked.
"""

import json
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from tests.oracle.contract import load, rule_breaks
from tests.oracle.formulation import Model
from tests.oracle.relaxed import with_only
from tests.oracle.world import World

SECONDS = 60.0


def has_roster(world: World) -> bool:
    """Whether the exact solver finds a roster, which the outside checker then has to accept.

    Only people whose date binds are asked about: leaving others out of a roster breaks no rule.
    """
    asked = {key: person for key, person in world.referrals.items() if world.binds(person)}
    free = dict.fromkeys(world.prices, 0) | {"waiting": {"A": 0, "B": 0, "C": 0}}
    small = replace(world, referrals=asked, prices=free)
    model = Model(small, compromise=False)
    answer = model.program.solve(SECONDS)
    if answer.status not in ("optimal", "infeasible"):
        raise TimeoutError(f"not settled within {SECONDS:g} seconds")
    plan = model.plan(answer.values) if answer.status == "optimal" else None
    if plan is not None and rule_breaks(small, plan):
        raise ValueError(f"the checker does not accept the exact solver's roster: {rule_breaks(small, plan)}")
    return plan is not None


def is_conflict(world: World, facts: Collection[str]) -> bool:
    """Whether there is no roster with all these facts and all others given up, and one with any of them given up."""
    if has_roster(with_only(world, facts)):
        return False
    return all(has_roster(with_only(world, [other for other in facts if other != fact])) for fact in facts)


def main() -> None:
    """Judges the conflicts on standard input and prints a list of true and false."""
    world = load(Path(sys.argv[1]))
    sys.stdout.write(json.dumps([is_conflict(world, facts) for facts in json.load(sys.stdin)]) + "\n")


if __name__ == "__main__":
    main()
