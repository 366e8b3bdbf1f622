"""The appointments of a visit fit into it.

Formula: sum over referrals of minutes(r) * seen(r, s) <= sum over coaches of minutes(c, s) * visit(c, s), where
minutes(c, s) is the length of the visit. One appointment has to fit by itself: a referral meets a coach in a
session only where minutes(r) <= minutes(c, s). The encoding has for minutes(c, s) the most of them that appointments
can fill, and beside it what follows for whole appointments (``roster.filling``). Source: PROBLEM.md section 2,
``capacity``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import gcd
from typing import TYPE_CHECKING

from roster.domain import Coach, Referral, Roster, Session
from roster.filling import Lengths, Worths, faces, most_worth
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Var


def allows_meeting(instance: Instance, referral: Referral, coach: Coach, session: Session) -> bool:
    """Whether one appointment of the referral fits into the coach's visit."""
    span = instance.span(coach.coach_id, session.session_id)
    return span is not None and referral.minutes <= span[1] - span[0]


def post(decisions: Decisions) -> None:
    """The minutes booked in each session, at most the minutes of the visit that holds it."""
    instance = decisions.instance
    for session in instance.sessions:
        seen = decisions.seen_in(session.session_id)
        if seen and not instance.is_past(session.date):
            booked = [(number, instance.people[r].minutes) for r, number in seen.items()]
            lengths = tuple(sorted({length for _, length in booked}))
            offered = {
                visit: _minutes(instance, coach_id, session.session_id)
                for coach_id, visit in decisions.visits_in(session.session_id).items()
            }
            filled = [(visit, -most_worth(lengths, lengths, minutes)) for visit, minutes in offered.items()]
            decisions.at_most_weighted(booked + filled, 0)
            if decisions.is_tight:
                _tighten(decisions, session.session_id, booked, lengths, offered)


def _tighten(
    decisions: Decisions, session_id: str, booked: list[tuple[Var, int]], lengths: Lengths, offered: dict[Var, int]
) -> None:
    """What follows for how many appointments of each length there can be."""
    known = {tuple(length // gcd(*lengths) for length in lengths)}
    worths = sorted(frozenset[Worths]().union(*(faces(lengths, m) for m in set(offered.values()))) - known)
    if not worths:
        return
    numbers = []
    for length in lengths:
        of_length = [number for number, minutes in booked if minutes == length]
        most = sum(decisions.model.upper[number] for number in of_length)
        numbers.append(decisions.new_count(most, f"appointments of {length} minutes in {session_id}"))
        decisions.implied([(numbers[-1], -1), *((number, 1) for number in of_length)], at_least=0)
    for worth in worths:
        most_of = [(visit, -most_worth(lengths, worth, minutes)) for visit, minutes in offered.items()]
        decisions.implied([(n, w) for n, w in zip(numbers, worth, strict=True) if w] + most_of)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every session, from as_of on, with more minutes booked than its visit has."""
    offered: Counter[str] = Counter()
    for visit in roster.visits:
        offered[visit.session_id] = max(offered[visit.session_id], visit.end - visit.start)
    booked: Counter[str] = Counter()
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        booked[appointment.session_id] += referral.minutes if referral else 0
    for session_id, minutes in booked.items():
        if minutes > offered[session_id] and not instance.is_past(instance.session[session_id].date):
            says = (
                f"{minutes} minutes are booked in {session_words(instance, session_id)}; "
                f"the visit has {offered[session_id]}."
            )
            yield Finding("capacity", says, amount=minutes - offered[session_id])


def _minutes(instance: Instance, coach_id: str, session_id: str) -> int:
    span = instance.span(coach_id, session_id)
    return 0 if span is None else span[1] - span[0]


RULE = Rule(
    name="capacity",
    sentence="The appointments of a visit fit into it.",
    formula="sum_r minutes(r) * seen(r,s) <= sum_c minutes(c,s) * visit(c,s)",
    check=check,
    post=post,
    allows_meeting=allows_meeting,
)
