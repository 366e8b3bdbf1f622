"""The eight prices of the contract's section 3 over a plan, and what a compromise falls short of."""

from collections import Counter
from datetime import date

from tests.oracle.counts import coach_days, meetings, month_visits, past_see_by, road, seats_of, site_of
from tests.oracle.rules import pin
from tests.oracle.world import Plan, Referral, World

PAST_SEE_BY = {"A": 100, "B": 10, "C": 1}  # of a person, in a compromise
MISSING_VISIT, DROPPED_PIN = 5, 4  # repair prices


def plan_prices(world: World, plan: Plan) -> dict[str, int]:
    """The eight prices of section 3, in minutes of coach time; all people with consent, seen or not, are counted."""
    price = world.prices
    roads = _month_roads(world, plan)
    days = [(referral, day) for referral in world.referrals.values() for day in _seen_days(world, plan, referral)]
    return {
        "waiting": sum(_waiting(price["waiting"][r.band], (day - r.referred_on).days) for r, day in days),
        "late": price["late"] * sum(max(0, (day - r.see_by).days) for r, day in days if r.see_by),
        "travel": price["travel"] * sum(roads.values()),
        "visit": price["visit"] * len(plan.visits),
        "new_face": price["new_face"] * _new_faces(world, plan),
        "new_coach": price["new_coach"] * _new_coaches(world, plan),
        "heaviest": price["heaviest"] * max(roads.values(), default=0),
        "change": price["change"] * _changes(world, plan),
    }


def shortfalls(world: World, plan: Plan) -> tuple[int, int, int]:
    """What a compromise breaks: weighted people past a binding see_by, visits missing at sites, pins dropped."""
    late = sum(PAST_SEE_BY[referral.band] * number for referral, number in past_see_by(world, plan))
    held = month_visits(world, plan)
    missing = sum(max(0, (site.least or 0) - held[site.site_id]) for site in world.sites.values())
    return late, missing, sum(1 for _ in pin(world, plan))


def _waiting(weight: int, days: int) -> int:
    return weight * days * (28 + days) // 28


def _seen_days(world: World, plan: Plan, referral: Referral) -> list[date]:
    """The day on which each of the people of a referral counts as seen."""
    if not referral.consent:
        return []
    mine = (a for a in plan.appointments if a.referral_id == referral.referral_id)
    days = [world.sessions[appointment.session_id].day for appointment in mine]
    return days + [world.unseen_day] * (referral.count - len(days))


def _month_roads(world: World, plan: Plan) -> Counter[str]:
    """Minutes of travel in the roster, by coach."""
    roads: Counter[str] = Counter()
    for (coach_id, _), visits in coach_days(world, plan.visits).items():
        roads[coach_id] += road(world, coach_id, visits)
    return roads


def _new_faces(world: World, plan: Plan) -> int:
    pairs = {(site_of(world, visit), visit.coach_id) for visit in plan.visits}
    return sum(number - 1 for number in Counter(site for site, _ in pairs).values())


def _new_coaches(world: World, plan: Plan) -> int:
    usual = ((visit.coach_id, referral.usual_coach) for visit, referral in meetings(world, plan, past=True))
    return sum(coach_id != own for coach_id, own in usual if own is not None)


def _changes(world: World, plan: Plan) -> int:
    if world.published is None:
        return 0
    now = {(visit.coach_id, visit.session_id) for visit in plan.visits}
    told = {(visit.coach_id, visit.session_id) for visit in world.told.visits}
    return len(now ^ told) + (world.told_seats - seats_of(plan.appointments)).total()
