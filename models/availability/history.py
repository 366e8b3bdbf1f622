"""What was published and lies before the day the roster is made stays as it was, and nothing is added there.

Formula: for every published visit (c, s) with date(s) < as_of: visit(c, s) = 1, with its times, bookings and
appointments; every other visit, booking and appointment before as_of is 0. What names a coach, session or
referral that is gone is left out. Source: PROBLEM.md section 2, ``history``.

Only history can become a candidate before as_of (``Decisions``), so the encoding has only to fix it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions


def post(decisions: Decisions) -> None:
    """The visits, appointments and bookings of history are in the roster."""
    instance = decisions.instance
    for (coach_id, session_id), visit in instance.history.items():
        decisions.fix(decisions.visits[coach_id, session_id], 1)
        for booking_id in visit.booking_ids:
            decisions.fix(decisions.bookings[booking_id, session_id], 1)
    for key, appointments in instance.history_appointments.items():
        if key in decisions.seen:
            decisions.fix(decisions.seen[key], len(appointments))


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every difference between history and what the roster has before as_of."""
    visits = {
        (v.coach_id, v.session_id, v.start, v.end, tuple(sorted(v.booking_ids)))
        for v in roster.visits
        if instance.is_past(instance.session[v.session_id].date)
    }
    was = {(v.coach_id, v.session_id, v.start, v.end, tuple(sorted(v.booking_ids))) for v in instance.history.values()}
    for coach_id, session_id, *_ in sorted(was - visits):
        says = f"{coach_id} held {session_words(instance, session_id)}; the roster does not have it as it was."
        yield Finding("history", says)
    for coach_id, session_id, *_ in sorted(visits - was):
        says = f"The roster says that {coach_id} held {session_words(instance, session_id)}; it was not so."
        yield Finding("history", says)
    yield from _check_appointments(instance, roster)


def _check_appointments(instance: Instance, roster: Roster) -> Iterator[Finding]:
    now = Counter(
        (a.referral_id, a.session_id, a.start, a.end)
        for a in roster.appointments
        if instance.is_past(instance.session[a.session_id].date)
    )
    was = Counter(
        (a.referral_id, a.session_id, a.start, a.end) for rows in instance.history_appointments.values() for a in rows
    )
    for referral_id, session_id, *_ in sorted((was - now).elements()):
        where = session_words(instance, session_id)
        yield Finding("history", f"{referral_id} was seen in {where}; the roster does not have it as it was.")
    for referral_id, session_id, *_ in sorted((now - was).elements()):
        where = session_words(instance, session_id)
        yield Finding("history", f"The roster says that {referral_id} was seen in {where}; it was not so.")


RULE = Rule(
    name="history",
    sentence="What was published and has happened stays as it was, and nothing is added to the past.",
    formula="before as_of: visit, appointments and bookings = those published",
    check=check,
    post=post,
)
