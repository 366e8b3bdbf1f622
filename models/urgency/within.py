"""At least so many people are seen within so many days of being referred.

A rule made for one question (``roster need``): it is not in ``RULES``. Formula: sum over referrals r and sessions s
with date(s) - referred_on(r) <= days of seen(r, s) >= people.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions

NAME = "within"


def within(days: int, people: int) -> Rule:
    """The rule that at least this number of people is seen within so many days of being referred."""
    return Rule(
        name=NAME,
        sentence=f"At least {how_many(people, 'person is', 'people are')} seen within {how_many(days, 'day')}.",
        formula=f"sum_(r, s: date(s) - referred_on(r) <= {days}) seen(r,s) >= {people}",
        check=partial(_check, days, people),
        post=partial(_post, days, people),
    )


def _post(days: int, people: int, decisions: Decisions) -> None:
    """One row, also where nobody can be seen so soon."""
    decisions.at_least(
        (
            seen
            for r, referral in decisions.instance.people.items()
            for day, on_day in decisions.seen_on(r).items()
            if (day - referral.referred_on).days <= days
            for seen in on_day
        ),
        people,
    )


def _check(days: int, people: int, instance: Instance, roster: Roster) -> Iterator[Finding]:
    """How many people are missing, if any."""
    soon = sum(
        (instance.session[a.session_id].date - instance.people[a.referral_id].referred_on).days <= days
        for a in roster.appointments
        if a.referral_id in instance.people
    )
    if soon < people:
        says = f"{how_many(soon, 'person is', 'people are')} seen within {how_many(days, 'day')}, not {people:,}."
        yield Finding(NAME, says, amount=people - soon)
