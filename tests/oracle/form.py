"""The form of a written roster (the contract, section 4): what it must say, and that its figures are true."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, TypeGuard

from tests.oracle.world import Appointment, Plan, Visit, World, clock, hhmm

Faults = Iterator[str]
COSTS = ("waiting", "late", "travel", "visit", "new_face", "new_coach", "heaviest", "change")
OUTCOMES = ("optimal", "feasible", "infeasible")


def plan_of(world: World, roster: dict[str, Any]) -> tuple[Plan, list[str]]:
    """The visits and appointments of a written roster that can be read, and what is wrong with the others."""
    faults: list[str] = []
    visits = _read(roster, "visits", lambda row: _visit(world, row), faults)
    appointments = _read(roster, "appointments", lambda row: _appointment(world, row), faults)
    return Plan(tuple(visits), tuple(appointments)), faults


def form_faults(world: World, roster: dict[str, Any], plan: Plan, prices: dict[str, int]) -> list[str]:
    """Faults of section 4: the heading, the figures, times inside visits, visits as they span, who is unseen."""
    return [
        *_heading(world, roster),
        *_figures(roster, prices),
        *_standing(roster),
        *_spans(world, plan),
        *_times(world, plan),
        *_unseen(world, roster, plan),
    ]


def _read(roster: dict[str, Any], key: str, read: Callable[[Any], Any], faults: list[str]) -> list[Any]:
    rows = roster.get(key)
    if not isinstance(rows, list):
        faults.append(f"{key} is not a list")
        return []
    parts = []
    for number, row in enumerate(rows, 1):
        try:
            parts.append(read(row))
        except (KeyError, TypeError, ValueError) as fault:
            faults.append(f"{key}, entry {number}: {type(fault).__name__} {fault}")
    return parts


def _visit(world: World, row: Any) -> Visit:
    coach_id, session_id, booking_ids = row["coach_id"], row["session_id"], tuple(row["booking_ids"])
    _known(world.coaches, coach_id, "coach")
    _known(world.sessions, session_id, "session")
    for booking_id in booking_ids:
        if not _was_told(world, coach_id, session_id, booking_id):
            _known(world.bookings, booking_id, "booking")
    if len(set(booking_ids)) < len(booking_ids):
        raise ValueError("a booking is named twice")
    kept = tuple(sorted(booking_id for booking_id in booking_ids if booking_id in world.bookings))
    return Visit(coach_id, session_id, clock(row["start"]), clock(row["end"]), kept)


def _was_told(world: World, coach_id: str, session_id: str, booking_id: str) -> bool:
    """Whether a visit before as_of was told with this booking, which may be gone by now."""
    told = (v for v in world.history.visits if (v.coach_id, v.session_id) == (coach_id, session_id))
    return any(booking_id in visit.booking_ids for visit in told)


def _appointment(world: World, row: Any) -> Appointment:
    _known(world.referrals, row["referral_id"], "referral")
    _known(world.sessions, row["session_id"], "session")
    return Appointment(row["referral_id"], row["session_id"], clock(row["start"]), clock(row["end"]))


def _known(records: dict[str, Any], key: str, what: str) -> None:
    if key not in records:
        raise ValueError(f"no {what} {key} in the instance")


def _heading(world: World, roster: dict[str, Any]) -> Faults:
    for key, value in (("schema", "roster/1"), ("instance", world.name), ("month", world.month)):
        if roster.get(key) != value:
            yield f"{key} is {roster.get(key)!r}, not {value!r}"
    if not re.fullmatch(r"[0-9a-f]{64}", str(roster.get("instance_sha256"))):
        yield "instance_sha256 is not 64 hexadecimal digits"
    if roster.get("outcome") not in OUTCOMES:
        yield f"outcome is {roster.get('outcome')!r}, which is not that of a roster"


def _figures(roster: dict[str, Any], prices: dict[str, int]) -> Faults:
    costs = roster.get("costs")
    if not isinstance(costs, dict) or sorted(costs) != sorted(COSTS):
        yield "costs has not exactly the eight names of section 3"
    else:
        for name in COSTS:
            if not _whole(costs[name]) or costs[name] != prices[name]:
                yield f"costs says {name} {costs[name]}, it is {prices[name]}"
    objective, bound = roster.get("objective"), roster.get("bound")
    if not _whole(objective) or objective != sum(prices.values()):
        yield f"objective is {objective}, the sum of the prices is {sum(prices.values())}"
    if not _whole(bound):
        yield f"bound is {bound!r}, not a whole number"
    elif _whole(objective) and bound > objective:
        yield f"bound {bound} is above the objective {objective}"


def _standing(roster: dict[str, Any]) -> Faults:
    """Optimal means proved; a compromise is marked, lists what it breaks and comes with "infeasible" only."""
    outcome, breaks = roster.get("outcome"), roster.get("breaks")
    if outcome == "optimal" and roster.get("bound") != roster.get("objective"):
        yield f"optimal, but the bound {roster.get('bound')} is not the objective {roster.get('objective')}"
    if (outcome == "infeasible") is not (roster.get("compromise") is True):
        yield f"outcome {outcome} with compromise {roster.get('compromise')!r}"
    if roster.get("compromise") is True and not (isinstance(breaks, list) and breaks):
        yield "a compromise does not list what it breaks"


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _spans(world: World, plan: Plan) -> Faults:
    for visit in plan.visits:
        span = world.span(world.coaches[visit.coach_id], world.sessions[visit.session_id])
        if not world.is_past(visit.session_id) and span != (visit.start, visit.end):
            says = f"{hhmm(span[0])} to {hhmm(span[1])}" if span else "nothing"
            yield f"the visit of {visit.coach_id} in {visit.session_id} does not span {says}"


def _times(world: World, plan: Plan) -> Faults:
    held = {visit.session_id: visit for visit in plan.visits}
    seen: dict[str, list[Appointment]] = defaultdict(list)
    for appointment in plan.appointments:
        visit = held.get(appointment.session_id)
        says = f"the appointment of {appointment.referral_id} in {appointment.session_id}"
        if visit is None:
            yield f"{says} is in no visit"
        elif not world.is_past(appointment.session_id):
            seen[appointment.session_id].append(appointment)
            yield from _inside(world, appointment, visit, says)
    for session_id, appointments in seen.items():
        for before, after in pairwise(sorted(appointments, key=lambda own: (own.start, own.end))):
            if after.start < before.end:
                yield f"appointments of {before.referral_id} and {after.referral_id} overlap in {session_id}"


def _inside(world: World, appointment: Appointment, visit: Visit, says: str) -> Faults:
    if appointment.start < visit.start or visit.end < appointment.end:
        yield f"{says} is not inside the visit"
    minutes, own = appointment.end - appointment.start, world.referrals[appointment.referral_id].minutes
    if minutes != own:
        yield f"{says} lasts {minutes} minutes, not {own}"


def _unseen(world: World, roster: dict[str, Any], plan: Plan) -> Faults:
    seen = Counter(appointment.referral_id for appointment in plan.appointments)
    own = {r.referral_id: r.count - seen[r.referral_id] for r in world.referrals.values() if r.consent}
    left = {referral_id: number for referral_id, number in own.items() if number > 0}
    rows = [row for row in roster.get("unseen") or [] if isinstance(row, dict)]
    listed = Counter(row.get("referral_id") for row in rows)
    for row in rows:
        referral_id = row.get("referral_id")
        if listed[referral_id] > 1:
            yield f"unseen names {referral_id} {listed[referral_id]} times"
        if not _whole(row.get("count")) or row["count"] != left.get(str(referral_id), 0):
            yield f"unseen says {row.get('count')} of {referral_id}, it is {left.get(str(referral_id), 0)}"
        if referral_id not in left:
            yield f"unseen lists {referral_id}, who is not to be listed"
        if not isinstance(row.get("reason"), str) or not row["reason"].strip():
            yield f"unseen gives no reason for {referral_id}"
    for referral_id in left.keys() - listed.keys():
        yield f"unseen does not list {referral_id}, {left[referral_id]} not seen"
