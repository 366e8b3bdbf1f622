"""In a repair nobody is moved within the notice unless their own session is gone.

Formula: for every published appointment of r in session s with as_of <= date(s) < as_of + notice_days that can
still be: seen(r, s) >= what was published there. It can still be where the published visit could be with them: the
rules allow the visit, the room, the day, the meeting and the interpreters that were booked for it, and the visit has
the times that it had; where not, their own session is gone for them. Nobody is newly booked within the notice
either: that is the rule ``dates``. A rule of a repair (``roster repair``), not of every month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from roster.calendar import long_date
from roster.domain import Referral, Roster, Visit
from roster.instance import Instance
from roster.rule import Finding, Rule

if TYPE_CHECKING:
    from roster.decisions import Decisions


def short_notice(rules: Sequence[Rule]) -> Rule:
    """The rule beside these, which say what can be."""
    return Rule(
        name="short_notice",
        sentence="Nobody is moved within the notice unless their own session is gone.",
        formula="seen(r,s) >= published(r,s), if as_of <= date(s) < as_of + notice_days and it can still be",
        check=partial(_check, rules),
        post=partial(_post, rules),
        in_bound=False,
    )


def _post(rules: Sequence[Rule], decisions: Decisions) -> None:
    for (referral_id, session_id), number in _kept(decisions.instance, rules).items():
        seen = decisions.seen.get((referral_id, session_id))
        if seen is not None:
            decisions.at_least([seen], number)


def _check(rules: Sequence[Rule], instance: Instance, roster: Roster) -> Iterator[Finding]:
    now = Counter((a.referral_id, a.session_id) for a in roster.appointments)
    for (referral_id, session_id), number in _kept(instance, rules).items():
        if now[referral_id, session_id] < number:
            day = long_date(instance.session[session_id].date)
            says = f"{referral_id} was told of {day}, which is too soon for a change, and can still be seen then."
            yield Finding("short_notice", says, amount=number - now[referral_id, session_id])


def _kept(instance: Instance, rules: Sequence[Rule]) -> dict[tuple[str, str], int]:
    """The appointments within the notice that can still be, by (referral, session), with their number."""
    soon = instance.settings.as_of + timedelta(days=instance.settings.policy.notice_days)
    visits: dict[str, list[Visit]] = {}
    for (_, session_id), visit in instance.told_visits.items():
        visits.setdefault(session_id, []).append(visit)
    return {
        (referral_id, session_id): min(len(rows), instance.people[referral_id].count)
        for (referral_id, session_id), rows in instance.told_appointments.items()
        if instance.settings.as_of <= instance.session[session_id].date < soon
        and any(_can_be(instance, rules, instance.people[referral_id], visit) for visit in visits.get(session_id, ()))
    }


def _can_be(instance: Instance, rules: Sequence[Rule], referral: Referral, visit: Visit) -> bool:
    """Whether the person could still be seen in the visit as it was published."""
    coach, session = instance.coach[visit.coach_id], instance.session[visit.session_id]
    if instance.span(visit.coach_id, visit.session_id) != (visit.start, visit.end):
        return False
    room = instance.room[session.room_id]
    skills = {
        booking.skill
        for booking in (instance.booking[b] for b in visit.booking_ids if b in instance.booking)
        if all(r.allows_booking is None or r.allows_booking(instance, booking, coach, session) for r in rules)
    }
    return instance.needed(referral, "interpreter") <= skills and all(
        (r.allows_visit is None or r.allows_visit(instance, coach, session))
        and (r.allows_room is None or r.allows_room(instance, referral, room))
        and (r.allows_appointment is None or r.allows_appointment(instance, referral, session))
        and (r.allows_meeting is None or r.allows_meeting(instance, referral, coach, session))
        for r in rules
    )
