"""Every rule of the contract's section 2 over a plan, each in plain words, saying what breaks it.

Days before as_of are not held to the rules of a day: what was told stands as it was, and only `history` looks at it.
The counts over a week and a month, presence, once, see_by and the budget include them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TypeVar

from tests.oracle.counts import (
    coach_days,
    meetings,
    month_visits,
    past_see_by,
    road,
    seats_of,
    seen_ahead,
    site_of,
    visits_ahead,
)
from tests.oracle.world import Appointment, Booking, Coach, Plan, Session, Visit, World, hhmm

Breaks = Iterator[str]
Part = TypeVar("Part", Visit, Appointment)


def hours(world: World, plan: Plan) -> Breaks:
    """A visit spans at least min_visit_minutes, not on leave, not on a bank holiday, only dates of the month."""
    for visit in visits_ahead(world, plan):
        coach, session = _who_and_where(world, visit)
        span = world.span(coach, session)
        if span is None or span[1] - span[0] < world.policy["min_visit_minutes"]:
            yield f"{_named(visit)} is too short or outside the coach's hours"
        if any(first <= session.day <= last for first, last in coach.leave):
            yield f"{_named(visit)} is on the coach's leave"
        if session.day in world.closed:
            yield f"{_named(visit)} is on a bank holiday"
        if not world.in_month(session.day):
            yield f"{_named(visit)} is not in {world.month}"


def one_place(world: World, plan: Plan) -> Breaks:
    """Consecutive visits of a coach on a day leave time for the road and the break."""
    for (coach_id, day), visits in coach_days(world, visits_ahead(world, plan)).items():
        for before, after in pairwise(visits):
            road = world.travel(site_of(world, before), site_of(world, after))
            if after.start < before.end + road + world.policy["break_minutes"]:
                yield f"{coach_id} cannot go from {before.session_id} to {after.session_id} on {day}"


def travel_limit(world: World, plan: Plan) -> Breaks:
    """From base to base, a coach travels at most max_travel_minutes_day."""
    for (coach_id, day), visits in coach_days(world, visits_ahead(world, plan)).items():
        limit = world.coaches[coach_id].travel_limit
        minutes = road(world, coach_id, visits)
        if limit is not None and minutes > limit:
            yield f"{coach_id} travels {minutes} minutes on {day}, limit {limit}"


def workload(world: World, plan: Plan) -> Breaks:
    """Visits per day, ISO week and month are at most the coach's limits."""
    for (coach_id, day), visits in coach_days(world, visits_ahead(world, plan)).items():
        yield from _over(f"{coach_id} on {day}", len(visits), world.coaches[coach_id].day_limit)
    weeks: Counter[tuple[str, int, int]] = Counter()
    months: Counter[str] = Counter()
    for visit in plan.visits:
        day = world.sessions[visit.session_id].day
        weeks[visit.coach_id, day.isocalendar().year, day.isocalendar().week] += 1
        months[visit.coach_id] += world.in_month(day)
    for (coach_id, year, week), number in weeks.items():
        yield from _over(f"{coach_id} in week {week} of {year}", number, world.coaches[coach_id].week_limit)
    for coach_id, number in months.items():
        yield from _over(f"{coach_id} in {world.month}", number, world.coaches[coach_id].month_limit)


def room(world: World, plan: Plan) -> Breaks:
    """A session has at most one visit, and sessions of one room that overlap are not both visited."""
    held = Counter(visit.session_id for visit in visits_ahead(world, plan))
    for session_id, number in held.items():
        if number > 1:
            yield f"session {session_id} has {number} visits"
    by_room = defaultdict(list)
    for session_id in held:
        session = world.sessions[session_id]
        by_room[session.room_id, session.day].append(session)
    for sessions in by_room.values():
        for one, other in combinations(sessions, 2):
            if one.start < other.end and other.start < one.end:
                yield f"sessions {one.session_id} and {other.session_id} overlap in room {one.room_id}"


def site_limit(world: World, plan: Plan) -> Breaks:
    """Visits at a site in the month are at most max_sessions."""
    held = month_visits(world, plan)
    for site in world.sites.values():
        yield from _over(f"site {site.site_id}", held[site.site_id], site.most)


def presence(world: World, plan: Plan) -> Breaks:
    """Visits at a site in the month are at least min_sessions."""
    held = month_visits(world, plan)
    for site in world.sites.values():
        if site.least is not None and held[site.site_id] < site.least:
            yield f"site {site.site_id} has {held[site.site_id]} visits, at least {site.least} promised"


def pin(world: World, plan: Plan) -> Breaks:
    """Every pinned visit is in the roster."""
    held = {(visit.coach_id, visit.session_id) for visit in plan.visits}
    for coach_id, session_id in world.pins:
        if (coach_id, session_id) not in held:
            yield f"the pinned visit of {coach_id} in {session_id} is missing"


def consent(world: World, plan: Plan) -> Breaks:
    """Only referrals with consent have appointments."""
    for referral_id in sorted({a.referral_id for a in plan.appointments}):
        if not world.referrals[referral_id].consent:
            yield f"referral {referral_id} has an appointment without consent"


def once(world: World, plan: Plan) -> Breaks:
    """A referral has at most `count` appointments."""
    for referral_id, number in Counter(a.referral_id for a in plan.appointments).items():
        yield from _over(f"referral {referral_id}", number, world.referrals[referral_id].count)


def place(world: World, plan: Plan) -> Breaks:
    """The site is one that the person accepts, and the room has what they need."""
    for appointment in seen_ahead(world, plan):
        referral, session = world.referrals[appointment.referral_id], world.sessions[appointment.session_id]
        if session.site_id not in world.accepted(referral):
            yield f"referral {referral.referral_id} does not accept site {session.site_id}"
        if not referral.room_needs <= session.features:
            yield f"referral {referral.referral_id} needs a room that {session.session_id} is not"


def dates(world: World, plan: Plan) -> Breaks:
    """Appointments have their notice unless kept, come after the referral and not on a day away."""
    for (referral_id, session_id), number in seats_of(seen_ahead(world, plan)).items():
        referral, day = world.referrals[referral_id], world.sessions[session_id].day
        kept = min(number, world.told_seats[referral_id, session_id])
        if number > kept and day < world.notice_day(referral):
            yield f"referral {referral_id} has too little notice for {session_id} on {day}"
        if day <= referral.referred_on:
            yield f"referral {referral_id} is seen on {day}, not after the referral"
        if day in referral.away:
            yield f"referral {referral_id} is away on {day}"


def history(world: World, plan: Plan) -> Breaks:
    """What was told for the days before as_of is in the roster as it was, and nothing else is."""
    was, given = world.history, Plan(_past(world, plan.visits), _past(world, plan.appointments))
    known = {_known_bookings(world, visit) for visit in given.visits}
    for told in sorted({_known_bookings(world, visit) for visit in was.visits} ^ known):
        yield f"{_named(told)} {_missing_or_new(told not in known)}"
    seen, told_seen = Counter(given.appointments), Counter(was.appointments)
    for appointment in sorted((told_seen - seen) + (seen - told_seen)):
        says = _missing_or_new(told_seen[appointment] > seen[appointment])
        yield f"the appointment of {appointment.referral_id} in {appointment.session_id} {says}"


def capacity(world: World, plan: Plan) -> Breaks:
    """The appointments' minutes in a visit sum to at most the visit's minutes."""
    need: Counter[str] = Counter()
    for appointment in seen_ahead(world, plan):
        need[appointment.session_id] += world.referrals[appointment.referral_id].minutes
    for visit in visits_ahead(world, plan):
        if need[visit.session_id] > visit.end - visit.start:
            yield f"{_named(visit)} has {need[visit.session_id]} minutes booked, holds {visit.end - visit.start}"


def skill(world: World, plan: Plan) -> Breaks:
    """The coach has every coach: skill needed."""
    for visit, referral in meetings(world, plan):
        if not referral.coach_needs <= world.coaches[visit.coach_id].skills:
            yield f"{_named(visit)} lacks a skill that {referral.referral_id} needs"


def interpreter(world: World, plan: Plan) -> Breaks:
    """The visit has a covering booking of every interpreter: skill needed, and a booking goes to one visit only."""
    for visit, referral in meetings(world, plan):
        held = {world.bookings[b].skill for b in visit.booking_ids if _covers(world, world.bookings[b], visit)}
        if not referral.interpreter_needs <= held:
            yield f"{_named(visit)} lacks an interpreter that {referral.referral_id} needs"
    for visit in visits_ahead(world, plan):
        for booking_id in visit.booking_ids:
            if not _covers(world, world.bookings[booking_id], visit):
                yield f"booking {booking_id} does not cover {_named(visit)}"
    used = Counter(booking_id for visit in plan.visits for booking_id in visit.booking_ids)
    ahead = {booking_id for visit in visits_ahead(world, plan) for booking_id in visit.booking_ids}
    for booking_id in sorted(ahead):
        if used[booking_id] > 1:
            yield f"booking {booking_id} goes to {used[booking_id]} visits"


def see_by(world: World, plan: Plan) -> Breaks:
    """Where a see_by date binds, all `count` appointments are on or before it."""
    for referral, late in past_see_by(world, plan):
        yield f"referral {referral.referral_id} has {late} of {referral.count} not seen by {referral.see_by}"


def budget(world: World, plan: Plan) -> Breaks:
    """Hire of the sessions used and fees of the bookings used are at most budget_pounds."""
    limit = world.policy["budget_pounds"]
    spent = sum((world.sites[site_of(world, visit)].hire for visit in plan.visits), Decimal(0))
    used = (b for visit in plan.visits for b in visit.booking_ids if b in world.bookings)
    spent += sum((world.bookings[booking_id].fee for booking_id in used), Decimal(0))
    if limit is not None and spent > limit:
        yield f"{spent} pounds spent, budget {limit}"


RULES: dict[str, Callable[[World, Plan], Breaks]] = {
    "hours": hours,
    "one_place": one_place,
    "travel_limit": travel_limit,
    "workload": workload,
    "room": room,
    "site_limit": site_limit,
    "presence": presence,
    "pin": pin,
    "consent": consent,
    "once": once,
    "place": place,
    "dates": dates,
    "history": history,
    "capacity": capacity,
    "skill": skill,
    "interpreter": interpreter,
    "see_by": see_by,
    "budget": budget,
}


def _who_and_where(world: World, visit: Visit) -> tuple[Coach, Session]:
    return world.coaches[visit.coach_id], world.sessions[visit.session_id]


def _named(visit: Visit) -> str:
    return f"the visit of {visit.coach_id} in {visit.session_id}, {hhmm(visit.start)} to {hhmm(visit.end)},"


def _missing_or_new(missing: bool) -> str:
    return "was told and is missing" if missing else "was not told and is before as_of"


def _over(what: str, number: int, limit: int | None) -> Breaks:
    if limit is not None and number > limit:
        yield f"{what} has {number}, limit {limit}"


def _past(world: World, parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if world.is_past(part.session_id))


def _known_bookings(world: World, visit: Visit) -> Visit:
    """The visit without bookings that are gone from the instance."""
    known = tuple(sorted(b for b in visit.booking_ids if b in world.bookings))
    return Visit(visit.coach_id, visit.session_id, visit.start, visit.end, known)


def _covers(world: World, booking: Booking, visit: Visit) -> bool:
    same_day = booking.day == world.sessions[visit.session_id].day
    return same_day and booking.start <= visit.start and visit.end <= booking.end
