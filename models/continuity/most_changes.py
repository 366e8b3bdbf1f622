"""A repair changes at most so much of what people were told.

Formula: visits in one roster and not in the other + people whose appointment is not kept <= n. A rule of a repair
(``roster repair --max-changes``), not of every month.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from models.continuity.change import CHANGES
from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions


def most_changes(number: int) -> Rule:
    """The rule for at most this number of changes."""
    return Rule(
        name="most_changes",
        sentence=f"At most {how_many(number, 'change')} of what people were told.",
        formula=f"changes <= {number}",
        check=partial(_check, number),
        post=partial(_post, number),
    )


def _post(number: int, decisions: Decisions) -> None:
    cost = CHANGES.post(decisions)
    decisions.at_most_weighted(cost.terms, number - cost.constant)


def _check(number: int, instance: Instance, roster: Roster) -> Iterator[Finding]:
    made = CHANGES.price(instance, roster)
    if made > number:
        yield Finding("most_changes", f"{how_many(made, 'change')} made, {number} allowed.", amount=made - number)
