"""The people of one practice wait at most so many days in all: what is asked of a fairer roster.

Formula: sum over the people of practice p of days(p) <= most, where days are those from referred_on to the
appointment, or to the month's last day + unseen_days for a person not seen, as ``waiting`` counts them. ``days_at`` is
the same sum as something that costs, a minute a day, for the question how low it can be. Neither is a rule of every
month: both are made for one question (``roster fairness --price``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from roster.domain import Referral, Roster
from roster.instance import Instance
from roster.rule import Finding, Preference, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost

NAME = "wait_at"


def wait_at(practice_id: str, most: int) -> Rule:
    """The rule that the people of the practice wait at most so many days in all."""
    return Rule(
        name=NAME,
        sentence=f"The people of practice {practice_id} wait at most {how_many(most, 'day')} in all.",
        formula=f"sum over people of {practice_id} of days waited <= {most}",
        check=partial(_check, practice_id, most),
        post=partial(_post, practice_id, most),
    )


def days_at(practice_id: str) -> Preference:
    """The days that the people of the practice wait in all, a minute each: by itself, how low they can be."""
    return Preference(
        name="days_at",
        sentence=f"The people of practice {practice_id} wait as few days as can be.",
        formula=f"sum over people of {practice_id} of days waited",
        post=partial(_cost, practice_id),
        price=partial(_days, practice_id),
    )


def _people(instance: Instance, practice_id: str) -> dict[str, Referral]:
    return {r: referral for r, referral in instance.people.items() if referral.practice_id == practice_id}


def _post(practice_id: str, most: int, decisions: Decisions) -> None:
    """The days that appointments save are enough: said so, since that is what appointments are wanted for."""
    cost = _cost(practice_id, decisions)
    decisions.at_least_weighted([(seen, -days) for seen, days in cost.terms], cost.constant - most)


def _cost(practice_id: str, decisions: Decisions) -> Cost:
    """Everybody as not seen, and for each appointment the days that it saves."""
    instance = decisions.instance
    people = _people(instance, practice_id)
    return decisions.cost(
        (
            (seen, (day - instance.unseen_day).days)
            for referral_id in people
            for day, on_day in decisions.seen_on(referral_id).items()
            for seen in on_day
        ),
        constant=sum(r.count * (instance.unseen_day - r.referred_on).days for r in people.values()),
    )


def _check(practice_id: str, most: int, instance: Instance, roster: Roster) -> Iterator[Finding]:
    days = _days(practice_id, instance, roster)
    if days > most:
        says = f"The people of practice {practice_id} wait {how_many(days, 'day')} in all, {most:,} are allowed."
        yield Finding(NAME, says, amount=days - most)


def _days(practice_id: str, instance: Instance, roster: Roster) -> int:
    people = _people(instance, practice_id)
    to_see = Counter({r: referral.count for r, referral in people.items()})
    days = 0
    for appointment in roster.appointments:
        if appointment.referral_id in people:
            to_see[appointment.referral_id] -= 1
            day = instance.session[appointment.session_id].date
            days += (day - people[appointment.referral_id].referred_on).days
    for referral_id, number in to_see.items():
        days += number * (instance.unseen_day - people[referral_id].referred_on).days
    return days
