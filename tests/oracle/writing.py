"""Writes a plan as a roster in the contract's form (section 4), and packs people into the minutes of visits."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.oracle.contract import plan_prices, rule_breaks
from tests.oracle.world import Appointment, Plan, Visit, World, hhmm

REASON = "No reason proved: the oracle does not look for one."


def packed(world: World, visits: Iterable[Visit], seats: Counter[tuple[str, str]]) -> Plan:
    """The history with these visits ahead, and `seats` (referral, session) one after another from each start.

    People beyond a visit's minutes get times after its end, which the checker reports.
    """
    visits = tuple(visits)
    free = {visit.session_id: visit.start for visit in visits}
    appointments = list(world.history.appointments)
    for referral_id, session_id in sorted(seats.elements()):
        start, end = free[session_id], free[session_id] + world.referrals[referral_id].minutes
        appointments.append(Appointment(referral_id, session_id, start, end))
        free[session_id] = end
    return Plan(world.history.visits + visits, tuple(appointments))


def as_roster(world: World, plan: Plan, *, proved: bool, bound: int | None = None) -> dict[str, Any]:
    """The roster.json of a plan: a compromise where it breaks a rule; a missing bound is its own objective."""
    costs = plan_prices(world, plan)
    objective = sum(costs.values())
    breaks = rule_breaks(world, plan)
    outcome = "infeasible" if breaks else "optimal" if proved else "feasible"
    roster = {
        "schema": "roster/1",
        "instance": world.name,
        "month": world.month,
        "instance_sha256": _digest(world),
        "outcome": outcome,
        "objective": objective,
        "bound": objective if bound is None else bound,
        "costs": costs,
        "visits": [_visit(visit) for visit in sorted(plan.visits)],
        "appointments": [_appointment(appointment) for appointment in sorted(plan.appointments)],
        "unseen": _unseen(world, plan),
    }
    return roster | {"compromise": True, "breaks": breaks} if breaks else roster


def _digest(world: World) -> str:
    """A digest of the folder's tables; the contract leaves open how it is made."""
    digest = hashlib.sha256()
    for path in sorted(world.folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "coach_id": visit.coach_id,
        "session_id": visit.session_id,
        "start": hhmm(visit.start),
        "end": hhmm(visit.end),
        "booking_ids": list(visit.booking_ids),
    }


def _appointment(appointment: Appointment) -> dict[str, str]:
    return {
        "referral_id": appointment.referral_id,
        "session_id": appointment.session_id,
        "start": hhmm(appointment.start),
        "end": hhmm(appointment.end),
    }


def _unseen(world: World, plan: Plan) -> list[dict[str, Any]]:
    seen = Counter(appointment.referral_id for appointment in plan.appointments)
    return [
        {"referral_id": key, "count": referral.count - seen[key], "reason": REASON}
        for key, referral in sorted(world.referrals.items())
        if referral.consent and referral.count > seen[key]
    ]
