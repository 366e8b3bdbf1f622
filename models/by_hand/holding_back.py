"""The planner by hand, holding places back: each place is someone to be seen that week who is then left out again.

How many places a week needs follows from how many appointments it has, and these from the places: so the month is
filled in a few times, each time with as many places more as there were too few. Where not everybody who has to be seen
can be beside the places, places come after them and before everybody else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from models.by_hand.planner import plans_by_hand
from roster.domain import Referral
from roster.instance import Instance
from roster.places import (
    Week,
    WeekOfPlaces,
    place_minutes,
    places_for,
    sites_to_expect,
    wanted_within_reach,
    weeks_ahead,
    weeks_of_places,
)
from roster.plan import Plan, draft_of
from roster.rule import Rule

ROUNDS = 4
EVERYWHERE = ""
LONG_AGO = timedelta(days=365)
"""How long before the week places wait that come before everybody who has not to be seen."""

Places = Counter[tuple[Week, str]]
"""How many places in a week at a site, or everywhere."""


def plans_holding_back(share: Fraction, instance: Instance, rules: Sequence[Rule]) -> Iterator[Plan]:
    """Rosters by hand that hold back this share of each week's places, or nearly; the last is the best try."""
    places: Places = Counter()
    must = True
    for _ in range(ROUNDS if place_minutes(instance) else 0):
        missing: Places | None = None
        for plan in plans_by_hand(_with_places(instance, places, must), rules):
            real = _without_places(instance, plan)
            yield real
            missing = _missing(share, instance, real)
        if missing is None and must and places:
            must = False
        elif missing:
            places += missing
        else:
            return


def _with_places(instance: Instance, places: Places, must: bool) -> Instance:
    """The instance with somebody to be seen for each place; ``must``: by the week's last day, as others have to be."""
    taken = {r.referral_id for r in instance.referrals}
    held = [
        Referral(
            referral_id=_new_id(taken, number),
            practice_id=instance.practices[0].practice_id,
            referred_on=week.first_day - (timedelta(days=1) if must else LONG_AGO),
            band="C" if must else "A",
            see_by=week.last_day,
            minutes=place_minutes(instance),
            sites=tuple(instance.site) if site_id == EVERYWHERE else (site_id,),
            away=tuple(day for day in instance.days if not week.first_day <= day <= week.last_day),
            consent="yes",
            count=count,
        )
        for number, ((week, site_id), count) in enumerate(places.items())
    ]
    binding = instance.binding | ({r.referral_id for r in held} if must else frozenset())
    return instance.replaced(referrals=(*instance.referrals, *held), binding_as_given=binding)


def _new_id(taken: set[str], number: int) -> str:
    name = f"place {number}"
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def _without_places(instance: Instance, plan: Plan) -> Plan:
    seen = {key: number for key, number in (plan.seen or {}).items() if key[0] in instance.people}
    return Plan(plan.visits, seen, plan.bookings)


def _missing(share: Fraction, instance: Instance, plan: Plan) -> Places:
    """The places that each week lacks: anywhere, or at sites from which more people are within reach."""
    missing: Places = Counter()
    draft = draft_of(instance, plan)
    for week, found in zip(weeks_ahead(instance), weeks_of_places(instance, draft), strict=True):
        lacking = places_for(share, found.appointments) - found.places
        if lacking > 0:
            missing[week, EVERYWHERE] = lacking
        elif _is_out_of_reach(instance, week, found):
            missing.update({(week, site_id): 1 for site_id in sites_to_expect(instance, week)})
    return missing


def _is_out_of_reach(instance: Instance, week: Week, found: WeekOfPlaces) -> bool:
    return found.appointments > 0 and found.people_within_reach < wanted_within_reach(instance, week)
