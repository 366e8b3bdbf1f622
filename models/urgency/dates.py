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
from roster.rule import Finding, Obstacle, Rule, Way

if TYPE_CHECKING:
    from roster.decisions import Decisions


def allows_appointment(instance: Instance, referral: Referral, session: Session) -> bool:
    """Whether the session's day can be one on which the person is seen."""
    if session.date <= referral.referred_on or session.date in referral.away:
        return False
    kept = (referral.referral_id, session.session_id) in instance.told_appointments
    return kept or session.date >= instance.notice_ends(referral)


def blocks_appointment(given: Instance, referral: Referral, session: Session) -> Iterator[Obstacle]:
    """A day on which the person is away, and notice, unless they were told of the session."""
    if session.date in referral.away:
        yield (Way(f"away:{referral.referral_id}", part=session.date.isoformat()),)
    if (referral.referral_id, session.session_id) not in given.told_appointments:
        yield from _inside_notice(given, referral, session)


def _inside_notice(given: Instance, referral: Referral, session: Session) -> Iterator[Obstacle]:
    """The notice that the day is too soon for.

    Who needs an interpreter needs the interpreter's notice instead of the usual one as long as the need stands.
    """
    policy, ahead = given.settings.policy, (session.date - given.settings.as_of).days
    usual = Way("notice", amount=policy.notice_days - ahead)
    if not given.needed(referral, "interpreter"):
        if usual.amount > 0:
            yield (usual,)
        return
    needs, longer = f"needs:{referral.referral_id}", policy.interpreter_notice_days - ahead
    if longer > 0:
        yield (Way("interpreter_notice", amount=longer), Way(needs))
    if usual.amount > 0:
        yield (usual, Way(needs, kept=True))


def post(decisions: Decisions) -> None:
    """Inside the notice, no more appointments than were published in the session."""
    given = decisions.given
    for (referral_id, session_id), told in given.told_appointments.items():
        seen = decisions.seen.get((referral_id, session_id))
        referral, session = given.people[referral_id], given.session[session_id]
        if seen is None or given.is_past(session.date):
            continue
        if decisions.relief is None and session.date < given.notice_ends(referral):
            decisions.at_most([seen], len(told))
        elif decisions.relief is not None:
            for obstacle in _inside_notice(given, referral, session):
                decisions.at_most_unless([(seen, 1)], len(told), obstacle, referral.count)


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
    blocks_appointment=blocks_appointment,
)
