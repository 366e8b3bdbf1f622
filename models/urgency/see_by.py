"""Where see-by dates are musts, everybody whose date binds is seen by it.

Formula: sum over sessions s with date(s) <= see_by(r) of seen(r, s) >= count(r), for every referral r whose
date binds. It binds under see_by = "must" where it lies in the month and is not before the latest of the
month's first day, as_of + notice and the day after referred_on; which dates bind is decided on the instance
as given (``Instance.binding``). Source: PROBLEM.md section 2, ``see_by``; the weights of a compromise: section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.calendar import long_date
from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule, Way
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions

WEIGHTS = {"A": 100, "B": 10, "C": 1}
"""What one person past their date counts in a compromise, by band (PROBLEM.md section 4)."""


def post(decisions: Decisions) -> None:
    """Each binding date is a promise to every person of the referral."""
    given = decisions.given
    for referral in given.people.values():
        by = referral.see_by
        if by is None or referral.referral_id not in given.binding:
            continue
        fact = f"see_by:{referral.referral_id}"
        seen = decisions.seen_of(referral.referral_id)
        days_late = {session_id: (given.session[session_id].date - by).days for session_id in seen}
        decisions.demand(
            [seen[s] for s, days in days_late.items() if days <= 0],
            at_least=referral.count,
            rule="see_by",
            fact=fact,
            tier="people",
            price=WEIGHTS[referral.band],
            later=[(seen[s], Way(fact, amount=days)) for s, days in days_late.items() if days > 0],
        )


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every referral whose date binds, with people not seen by it."""
    in_time: Counter[str] = Counter()
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        if referral and referral.see_by and instance.session[appointment.session_id].date <= referral.see_by:
            in_time[referral.referral_id] += 1
    for referral in instance.people.values():
        late = referral.count - in_time[referral.referral_id]
        if referral.see_by and referral.referral_id in instance.binding and late > 0:
            says = (
                f"{referral.referral_id} (band {referral.band}) is to be seen by {long_date(referral.see_by)}: "
                f"{how_many(late, 'person is', 'people are')} not."
            )
            yield Finding("see_by", says, f"see_by:{referral.referral_id}", late)


RULE = Rule(
    name="see_by",
    sentence="Where see-by dates are musts, everybody is seen by theirs.",
    formula="sum_(s: date(s) <= see_by(r)) seen(r,s) >= count(r), for every r whose see_by binds",
    check=check,
    post=post,
)
