"""The appointments of a visit fit into it.

Formula: sum over referrals of minutes(r) * seen(r, s) <= sum over coaches of minutes(c, s) * visit(c, s), where
minutes(c, s) is the length of the visit. One appointment has to fit by itself: a referral meets a coach in a
session only where minutes(r) <= minutes(c, s). Source: PROBLEM.md section 2, ``capacity``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Coach, Referral, Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions


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
            offered = [
                (visit, -_minutes(instance, coach_id, session.session_id))
                for coach_id, visit in decisions.visits_in(session.session_id).items()
            ]
            decisions.at_most_weighted(booked + offered, 0)


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
