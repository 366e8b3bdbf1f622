"""A person who needs an interpreter has one for the whole visit, and an interpreter is in one visit only.

Formula: seen(r, s) <= count(r) * sum of booking(b, s) over the bookings b of each "interpreter:" skill that r
needs; sum over sessions of booking(b, s) <= 1; booking(b, s) = 1 only with a visit on the date of b that lies
within its times. Source: PROBLEM.md section 2, ``interpreter``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from roster.domain import Booking, Coach, Roster, Session, Visit
from roster.instance import Instance
from roster.rule import Finding, Rule, Way
from roster.wording import how_many, session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions


def allows_booking(instance: Instance, booking: Booking, coach: Coach, session: Session) -> bool:
    """Whether the booking covers the whole of the coach's visit."""
    span = instance.span(coach.coach_id, session.session_id)
    return span is not None and booking.date == session.date and booking.start <= span[0] and span[1] <= booking.end


def post(decisions: Decisions) -> None:
    """A booking of each skill needed, and each booking in at most one visit."""
    instance, given = decisions.instance, decisions.given
    for referral_id, referral in given.people.items():
        skills = sorted(given.needed(referral, "interpreter"))
        for session_id, seen in decisions.seen_of(referral_id).items() if skills else ():
            for skill in skills if not instance.is_past(instance.session[session_id].date) else ():
                booked = [v for b, v in decisions.bookings_in(session_id).items() if instance.booking[b].skill == skill]
                terms = [(seen, 1), *((v, -referral.count) for v in booked)]
                decisions.at_most_unless(terms, 0, (Way(f"needs:{referral_id}"),), referral.count)
    used = {b for visit in instance.history.values() for b in visit.booking_ids}
    for booking in instance.interpreters:
        uses = decisions.bookings_of(booking.booking_id)
        ahead = [v for s, v in uses.items() if not instance.is_past(instance.session[s].date)]
        decisions.at_most(ahead, 0 if booking.booking_id in used else 1)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every visit, from as_of on, without an interpreter it needs, and every booking that does not fit."""
    needed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        if referral is not None:
            skills = instance.needed(referral, "interpreter")
            needed[appointment.session_id] |= {(skill, referral.referral_id) for skill in skills}
    for visit in roster.visits:
        if not instance.is_past(instance.session[visit.session_id].date):
            yield from _check_visit(instance, visit, needed[visit.session_id])
    used = Counter(b for v in roster.visits for b in v.booking_ids)
    ahead = [v for v in roster.visits if not instance.is_past(instance.session[v.session_id].date)]
    for booking_id in dict.fromkeys(b for v in ahead for b in v.booking_ids):
        number = used[booking_id]
        if number > 1:
            says = f"Booking {booking_id} is used in {how_many(number, 'visit')}; it can be in one."
            yield Finding("interpreter", says, amount=number - 1)


def _check_visit(instance: Instance, visit: Visit, needed: set[tuple[str, str]]) -> Iterator[Finding]:
    where = session_words(instance, visit.session_id)
    present: set[str] = set()
    for booking in (instance.booking[b] for b in visit.booking_ids):
        if _covers(booking, visit, instance.session[visit.session_id].date):
            present.add(booking.skill)
        else:
            yield Finding("interpreter", f"Booking {booking.booking_id} does not cover the whole of {where}.")
    for skill, referral_id in sorted(needed):
        if skill not in present:
            says = f"{referral_id} needs an interpreter ({skill}) and none is booked for {where}."
            yield Finding("interpreter", says, f"needs:{referral_id}")


def _covers(booking: Booking, visit: Visit, day: date) -> bool:
    return booking.date == day and booking.start <= visit.start and visit.end <= booking.end


RULE = Rule(
    name="interpreter",
    sentence="A person who needs an interpreter has one for the whole visit; an interpreter is in one visit only.",
    formula="seen(r,s) <= count(r) * sum_(b of skill) booking(b,s), each skill of r; sum_s booking(b,s) <= 1",
    check=check,
    post=post,
    allows_booking=allows_booking,
)
