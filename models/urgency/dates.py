"""Nobody is seen without notice, before they were referred, or on a day they are away.

Formula: seen(r, s) > 0 only if date(s) > referred_on(r), date(s) is not in away(r), and date(s) >= as_of +
notice_days (interpreter_notice_days where r needs an interpreter); as many appointments as were published in
s need no notice. Source: PROBLEM.md section 2, ``dates``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.calendar import long_date
from roster.domain import Referral, Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Rule

if TYPE_CHECKING:
    from roster.decisions import Decisions


def allows_appointment(instance: Instance, referral: Referral, session: Session) -> bool:
    """Whether the session's day can be one on which the person is seen."""
    if session.date <= referral.referred_on or session.date in referral.away:
        return False
    kept = (referral.referral_id, session.session_id) in instance.told_appointments
    return kept or session.date >= instance.notice_ends(referral)


def post(decisions: Decisions) -> None:
    """Inside the notice, no more appointments than were published in the session."""
    instance = decisions.instance
    for (referral_id, session_id), told in instance.told_appointments.items():
        seen = decisions.seen.get((referral_id, session_id))
        if seen is not None and instance.session[session_id].date < instance.notice_ends(instance.people[referral_id]):
            decisions.at_most([seen], len(told))


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every appointment, from as_of on, on a day that cannot be."""
    numbers = Counter((a.referral_id, a.session_id) for a in roster.appointments)
    for (referral_id, session_id), number in numbers.items():
        referral = instance.people.get(referral_id)
        day = instance.session[session_id].date
        if referral is None or instance.is_past(day):
            continue
        who = f"{referral_id} has an appointment on {long_date(day)}"
        if day <= referral.referred_on:
            yield Finding("dates", f"{who}, but was referred on {long_date(referral.referred_on)}.")
        if day in referral.away:
            yield Finding("dates", f"{who}, but is away that day.", f"away:{referral_id}")
        earliest = instance.notice_ends(referral)
        new = number - len(instance.told_appointments.get((referral_id, session_id), ()))
        if day < earliest and new > 0:
            which = "interpreter_notice" if instance.needed(referral, "interpreter") else "notice"
            says = f"{who}, but needs notice: {long_date(earliest)} is the first day."
            yield Finding("dates", says, which, new)


RULE = Rule(
    name="dates",
    sentence="Nobody is seen without notice, before they were referred, or on a day they are away.",
    formula="date(s) >= as_of + notice, date(s) > referred_on(r), date(s) not in away(r), if seen(r,s) > 0",
    check=check,
    post=post,
    allows_appointment=allows_appointment,
)
