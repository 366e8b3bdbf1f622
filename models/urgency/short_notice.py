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
from roster.rule import Finding, Preference, Rule

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


def short_notice(rules: Sequence[Rule], but: frozenset[tuple[str, str]] = frozenset()) -> Rule:
    """The rule beside these, which say what can be. ``but``: appointments, by (referral, session), that may go."""
    return Rule(
        name="short_notice",
        sentence="Nobody is moved within the notice unless their own session is gone.",
        formula="seen(r,s) >= published(r,s), if as_of <= date(s) < as_of + notice_days and it can still be",
        check=partial(_check, rules, but),
        post=partial(_post, rules, but),
        in_bound=False,
    )


def moved_soon(rules: Sequence[Rule]) -> Preference:
    """How many people are moved within the notice who need not be: where not everybody can be kept, the fewest."""
    return Preference(
        name="moved_soon",
        sentence="As few people as can be are moved within the notice.",
        formula="people whose appointment within the notice can still be and is not kept",
        post=partial(_number, rules),
        price=partial(_moved, rules),
    )


def _post(rules: Sequence[Rule], but: frozenset[tuple[str, str]], decisions: Decisions) -> None:
    for key, number in _kept(decisions.instance, rules).items():
        seen = decisions.seen.get(key)
        if seen is not None and key not in but:
            decisions.at_least([seen], number)


def _check(
    rules: Sequence[Rule], but: frozenset[tuple[str, str]], instance: Instance, roster: Roster
) -> Iterator[Finding]:
    for (referral_id, session_id), lost in not_kept(rules, instance, roster).items():
        if (referral_id, session_id) not in but:
            day = long_date(instance.session[session_id].date)
            says = f"{referral_id} was told of {day}, which is too soon for a change, and can still be seen then."
            yield Finding("short_notice", says, amount=lost)


def not_kept(rules: Sequence[Rule], instance: Instance, roster: Roster) -> dict[tuple[str, str], int]:
    """The appointments within the notice that could be kept and are not, by (referral, session), with their number."""
    now = Counter((a.referral_id, a.session_id) for a in roster.appointments)
    return {key: number - now[key] for key, number in _kept(instance, rules).items() if now[key] < number}


def _number(rules: Sequence[Rule], decisions: Decisions) -> Cost:
    terms, constant = [], 0
    for (referral_id, session_id), number in _kept(decisions.instance, rules).items():
        seen = decisions.seen.get((referral_id, session_id))
        if seen is None:
            constant += number
            continue
        lost = decisions.new_count(number, f"moved soon {referral_id} {session_id}")
        decisions.at_least([lost, seen], number)
        terms.append((lost, 1))
    return decisions.cost(terms, constant)


def _moved(rules: Sequence[Rule], instance: Instance, roster: Roster) -> int:
    return sum(not_kept(rules, instance, roster).values())


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
