"""A plan: which visits, who is seen in which, and which interpreters; and the times of day of a plan.

The solver decides a plan; the times of appointments inside a visit cost nothing and are set here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roster.domain import Appointment, Roster, Visit
from roster.instance import Instance, Span
from roster.model import Ints

if TYPE_CHECKING:
    from roster.decisions import Decisions


@dataclass(frozen=True)
class Plan:
    """``visits``: (coach, session); ``seen``: people by (referral, session); ``bookings``: (booking, session)."""

    visits: tuple[tuple[str, str], ...] = ()
    seen: Mapping[tuple[str, str], int] | None = None
    bookings: tuple[tuple[str, str], ...] = ()


def plan_of(decisions: Decisions, values: Ints) -> Plan:
    """The plan that the values of the model's variables, shape (n,), stand for."""
    return Plan(
        visits=tuple(key for key, var in decisions.visits.items() if values[var]),
        seen={key: int(values[var]) for key, var in decisions.seen.items() if values[var]},
        bookings=tuple(key for key, var in decisions.bookings.items() if values[var]),
    )


def plan_of_roster(roster: Roster) -> Plan:
    """The plan that a roster carries out."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for appointment in roster.appointments:
        seen[appointment.referral_id, appointment.session_id] += 1
    return Plan(
        visits=tuple((v.coach_id, v.session_id) for v in roster.visits),
        seen=dict(seen),
        bookings=tuple((b, v.session_id) for v in roster.visits for b in v.booking_ids),
    )


def draft_of(instance: Instance, plan: Plan) -> Roster:
    """The plan as a roster that claims nothing: no reasons, no prices, no bound."""
    visits = visits_of(instance, plan)
    return Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="feasible",
        objective=0,
        bound=0,
        costs={},
        visits=visits,
        appointments=appointments_of(instance, plan, visits),
    )


def visits_of(instance: Instance, plan: Plan) -> tuple[Visit, ...]:
    """The plan's visits with their times and the bookings they need, by date, start and session."""
    visits = [_visit(instance, plan, coach_id, session_id) for coach_id, session_id in plan.visits]
    return tuple(sorted(visits, key=lambda v: (instance.session[v.session_id].date, v.start, v.session_id)))


def _visit(instance: Instance, plan: Plan, coach_id: str, session_id: str) -> Visit:
    if (coach_id, session_id) in instance.history:
        return instance.history[coach_id, session_id]
    span = instance.span(coach_id, session_id)
    if span is None:
        raise ValueError(f"{coach_id} cannot hold session {session_id}")
    start, end = span
    return Visit(
        coach_id=coach_id,
        session_id=session_id,
        start=start,
        end=end,
        booking_ids=_bookings_needed(instance, plan, session_id),
    )


def _bookings_needed(instance: Instance, plan: Plan, session_id: str) -> tuple[str, ...]:
    """For each skill that somebody in the session needs, the cheapest booking that the plan has there."""
    skills = {
        skill
        for (referral_id, where) in plan.seen or {}
        if where == session_id
        for skill in instance.needed(instance.people[referral_id], "interpreter")
    }
    by_fee = sorted(
        (instance.booking[b] for b, where in plan.bookings if where == session_id),
        key=lambda booking: (booking.fee_pounds, booking.booking_id),
    )
    cheapest = {b.skill: b.booking_id for b in reversed(by_fee) if b.skill in skills}
    return tuple(sorted(cheapest.values()))


def appointments_of(instance: Instance, plan: Plan, visits: tuple[Visit, ...]) -> tuple[Appointment, ...]:
    """Every appointment with its time, by date, start and referral.

    What was published and still fits keeps its time; the others fill the gaps, longest waits first.
    """
    by_session: dict[str, dict[str, int]] = defaultdict(dict)
    for (referral_id, session_id), number in (plan.seen or {}).items():
        by_session[session_id][referral_id] = number
    found = [a for visit in visits for a in _in_visit(instance, visit, by_session[visit.session_id])]
    return tuple(sorted(found, key=lambda a: (instance.session[a.session_id].date, a.start, a.referral_id)))


def _in_visit(instance: Instance, visit: Visit, seen: Mapping[str, int]) -> list[Appointment]:
    session_id = visit.session_id
    if (visit.coach_id, session_id) in instance.history:
        return [a for (_, where), rows in instance.history_appointments.items() if where == session_id for a in rows]
    told: list[Appointment] = []
    fresh: list[str] = []
    for referral_id, number in seen.items():
        kept = list(instance.told_appointments.get((referral_id, session_id), ()))[:number]
        kept = [a for a in kept if _keeps_its_time(instance, visit, a, told)]
        told += kept
        fresh += [referral_id] * (number - len(kept))
    fresh.sort(key=lambda r: (instance.people[r].band, instance.people[r].referred_on, r))
    return _fill_gaps(instance, visit, told, fresh) or _one_after_the_other(instance, visit, told, fresh)


def _keeps_its_time(instance: Instance, visit: Visit, old: Appointment, told: list[Appointment]) -> bool:
    fits = visit.start <= old.start and old.end <= visit.end
    length = old.end - old.start == instance.people[old.referral_id].minutes
    return fits and length and all(old.end <= a.start or a.end <= old.start for a in told)


def _fill_gaps(instance: Instance, visit: Visit, told: list[Appointment], fresh: list[str]) -> list[Appointment]:
    """The told appointments where they were and the others between them; empty where they do not fit."""
    placed = list(told)
    for referral_id in fresh:
        minutes = instance.people[referral_id].minutes
        gap = next((g for g in _gaps(visit, placed) if g[1] - g[0] >= minutes), None)
        if gap is None:
            return []
        placed.append(_appointment(referral_id, visit, gap[0], minutes))
    return placed


def _gaps(visit: Visit, placed: list[Appointment]) -> list[Span]:
    gaps: list[Span] = []
    free_from = visit.start
    for appointment in sorted(placed, key=lambda a: a.start):
        gaps.append((free_from, appointment.start))
        free_from = appointment.end
    return [*gaps, (free_from, visit.end)]


def _one_after_the_other(
    instance: Instance, visit: Visit, told: list[Appointment], fresh: list[str]
) -> list[Appointment]:
    start, placed = visit.start, []
    for referral_id in [a.referral_id for a in sorted(told, key=lambda a: a.start)] + fresh:
        placed.append(_appointment(referral_id, visit, start, instance.people[referral_id].minutes))
        start = placed[-1].end
    return placed


def _appointment(referral_id: str, visit: Visit, start: int, minutes: int) -> Appointment:
    return Appointment(referral_id=referral_id, session_id=visit.session_id, start=start, end=start + minutes)
