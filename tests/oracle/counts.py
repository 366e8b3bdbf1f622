"""What a plan adds up to: a coach's days and roads, visits by site, who meets whom, who is past their see_by date."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from tests.oracle.world import Appointment, Plan, Referral, Visit, World


def site_of(world: World, visit: Visit) -> str:
    """The site of a visit."""
    return world.sessions[visit.session_id].site_id


def visits_ahead(world: World, plan: Plan) -> list[Visit]:
    """The visits that are not before as_of."""
    return [visit for visit in plan.visits if not world.is_past(visit.session_id)]


def seen_ahead(world: World, plan: Plan) -> list[Appointment]:
    """The appointments that are not before as_of."""
    return [seen for seen in plan.appointments if not world.is_past(seen.session_id)]


def seats_of(appointments: Iterable[Appointment]) -> Counter[tuple[str, str]]:
    """People by referral and session."""
    return Counter((seen.referral_id, seen.session_id) for seen in appointments)


def month_visits(world: World, plan: Plan) -> Counter[str]:
    """Visits of the month by site."""
    sessions = (world.sessions[visit.session_id] for visit in plan.visits)
    return Counter(session.site_id for session in sessions if world.in_month(session.day))


def coach_days(world: World, visits: Iterable[Visit]) -> dict[tuple[str, date], list[Visit]]:
    """Visits by coach and day, in the order of their start."""
    days: dict[tuple[str, date], list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: (visit.start, visit.end)):
        days[visit.coach_id, world.sessions[visit.session_id].day].append(visit)
    return days


def road(world: World, coach_id: str, visits: list[Visit]) -> int:
    """Minutes from base through the visits, in their order, and back."""
    stops = [coach_id, *(site_of(world, visit) for visit in visits), coach_id]
    return sum(world.travel(here, there) for here, there in pairwise(stops))


def meetings(world: World, plan: Plan, *, past: bool = False) -> Iterator[tuple[Visit, Referral]]:
    """Every appointment with the visit it is in, those before as_of only where asked for."""
    held = {visit.session_id: visit for visit in plan.visits}
    for seen in plan.appointments if past else seen_ahead(world, plan):
        if seen.session_id in held:
            yield held[seen.session_id], world.referrals[seen.referral_id]


def past_see_by(world: World, plan: Plan) -> Iterator[tuple[Referral, int]]:
    """Where a see_by date binds, the referrals with people not seen by then, and how many."""
    in_time: Counter[str] = Counter()
    for appointment in plan.appointments:
        due = world.referrals[appointment.referral_id].see_by
        in_time[appointment.referral_id] += due is not None and world.sessions[appointment.session_id].day <= due
    for referral in world.referrals.values():
        late = referral.count - in_time[referral.referral_id]
        if late > 0 and world.binds(referral):
            yield referral, late
