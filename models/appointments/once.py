"""A referral has no more appointments than it has people.

Formula: sum over sessions of seen(r, s) <= count(r). Source: PROBLEM.md section 2, ``once``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions


def post(decisions: Decisions) -> None:
    """At most count appointments for each referral."""
    for referral_id, referral in decisions.instance.people.items():
        decisions.at_most(decisions.seen_of(referral_id).values(), referral.count)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every referral with more appointments than people."""
    for referral_id, number in Counter(a.referral_id for a in roster.appointments).items():
        referral = instance.people.get(referral_id)
        if referral is not None and number > referral.count:
            says = (
                f"{referral_id} has {how_many(number, 'appointment')} for "
                f"{how_many(referral.count, 'person', 'people')}."
            )
            yield Finding("once", says, amount=number - referral.count)


RULE = Rule(
    name="once",
    sentence="A referral has no more appointments than it has people.",
    formula="sum_s seen(r,s) <= count(r)",
    check=check,
    post=post,
)
