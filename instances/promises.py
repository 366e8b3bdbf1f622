"""What an example region has promised, booked and pinned: as much as the hidden plan keeps, and little more."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from random import Random

from instances.hidden import HiddenPlan
from instances.recipes import Recipe
from roster.domain import Booking, Pin, Site, Visit, pence
from roster.instance import Instance

_FEES = (110.0, 120.0, 135.0, 150.0, 165.0, 180.0)
_MINUTES_ROUND = 15
_POUNDS_ROUND = 20
_FOR_THE_WHOLE_VISIT = 0.8
_TO_SPARE = 1.2


def draw_bookings(
    recipe: Recipe, instance: Instance, visits: Mapping[str, Visit], rng: Random
) -> tuple[tuple[Booking, ...], dict[str, Visit]]:
    """Interpreters for visits where somebody who needs one could be seen, and for others; the visits with theirs."""
    wanted = _where_wanted(recipe, instance, visits, rng)
    rows = [_draw_booking(instance, visits[s], skill, rng) for s, skill in wanted.items()]
    rows.sort(key=lambda row: (row[0].date, row[0].start, row[0].skill, row[1]))
    held = dict(visits)
    bookings = []
    for number, (booking, session_id) in enumerate(rows, start=1):
        bookings.append(booking.model_copy(update={"booking_id": f"B{number:02d}"}))
        if _covers(booking, visits[session_id]):
            held[session_id] = held[session_id].model_copy(update={"booking_ids": (bookings[-1].booking_id,)})
    return tuple(bookings), held


def _where_wanted(recipe: Recipe, instance: Instance, visits: Mapping[str, Visit], rng: Random) -> dict[str, str]:
    """The skill wanted in each of as many visits as there are bookings: one person's at a time, then any."""
    first = instance.settings.as_of + timedelta(days=instance.settings.policy.interpreter_notice_days)
    late_enough = [s for s in visits if instance.session[s].date >= first] or list(visits)
    wanted: dict[str, str] = {}
    for referral in rng.sample(list(instance.people.values()), len(instance.people)):
        for skill in sorted(instance.needed(referral, "interpreter")):
            accepted = instance.accepted_sites(referral)
            near = [s for s in late_enough if instance.site_of(s) in accepted and s not in wanted]
            if near and len(wanted) < recipe.bookings:
                wanted[rng.choice(near)] = skill
    others = [s for s in late_enough if s not in wanted]
    for session_id in rng.sample(others, min(len(others), recipe.bookings - len(wanted))):
        wanted[session_id] = rng.choice(recipe.interpreters)
    return wanted


def _draw_booking(instance: Instance, visit: Visit, skill: str, rng: Random) -> tuple[Booking, str]:
    """A booking round the visit, or now and then one that ends before it does."""
    start = visit.start - visit.start % _MINUTES_ROUND
    end = visit.end + -visit.end % _MINUTES_ROUND
    booking = Booking(
        booking_id="B",
        skill=skill,
        date=instance.session[visit.session_id].date,
        start=start,
        end=end if rng.random() < _FOR_THE_WHOLE_VISIT else max(start + 75, end - 60),
        fee_pounds=rng.choice(_FEES),
    )
    return booking, visit.session_id


def _covers(booking: Booking, visit: Visit) -> bool:
    return booking.start <= visit.start and visit.end <= booking.end


def draw_limits(recipe: Recipe, instance: Instance, plan: HiddenPlan, rng: Random) -> tuple[Site, ...]:
    """Sites, some with the fewest or the most sessions that the region has agreed with them."""
    held = Counter(instance.site_of(s) for s in plan.visits)
    promised = _some(sorted(held), recipe.promises, rng)
    limited = _some(sorted(s for s in held if held[s] > 1), recipe.limits, rng)
    sites = []
    for site in instance.sites:
        least = min(held[site.site_id], rng.choice((1, 1, 2))) if site.site_id in promised else None
        most = held[site.site_id] + rng.choice((0, 1)) if site.site_id in limited else None
        sites.append(site.model_copy(update={"min_sessions": least, "max_sessions": most}))
    return tuple(sites)


def draw_pins(recipe: Recipe, instance: Instance, plan: HiddenPlan, rng: Random) -> tuple[Pin, ...]:
    """Visits of the plan that the manager wants in any case."""
    ahead = [s for s in plan.visits if not instance.is_past(instance.session[s].date)]
    chosen = _some(ahead, recipe.pins, rng)
    return tuple(Pin(coach_id=plan.visits[s].coach_id, session_id=s) for s in sorted(chosen))


def budget_of(instance: Instance, plan: HiddenPlan) -> float:
    """What the plan's rooms and interpreters cost and a fifth more, in pounds, rounded up to the next twenty."""
    hire = sum(pence(instance.site[instance.site_of(s)].hire_pounds) for s in plan.visits)
    used = {booking_id for visit in plan.visits.values() for booking_id in visit.booking_ids}
    fees = sum(pence(b.fee_pounds) for b in instance.interpreters if b.booking_id in used)
    return float(_POUNDS_ROUND * (int(_TO_SPARE * (hire + fees)) // (100 * _POUNDS_ROUND) + 1))


def _some(ids: list[str], most: int, rng: Random) -> set[str]:
    return set(rng.sample(ids, min(most, len(ids))))
