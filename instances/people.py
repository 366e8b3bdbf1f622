"""People of an example region: referrals drawn practice by practice, so that the hidden plan keeps every promise.

See-by dates follow the rule of ``instances.deadlines``; some referrals have none, and some dates are past. A person
whose date would bind and who does not fit into the hidden plan is drawn again.
"""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random

from instances.coaches import pick
from instances.deadlines import see_by, working_days
from instances.hidden import HiddenPlan, binds
from instances.places import Places
from instances.recipes import Recipe
from roster.domain import Band, Coach, Referral
from roster.instance import Instance

_FOLLOW_UPS = 0.28
_NEW_MINUTES = ((58, 60), (29, 40), (13, 30))
_FOLLOW_UP_MINUTES = ((71, 40), (26, 30), (3, 60))
_NEW_BANDS: tuple[tuple[int, Band], ...] = ((17, "A"), (36, "B"), (47, "C"))
_FOLLOW_UP_BANDS: tuple[tuple[int, Band], ...] = ((19, "B"), (81, "C"))
_STILL_WAITING: dict[Band, float] = {"A": 0.85, "B": 0.94, "C": 0.955}
_NEW_WITH_DATE = 0.93
_FOLLOW_UPS_WITH_DATE = 0.55
_DAYS_ABSENT = (2, 4, 6, 9, 11, 13, 14, 16, 18, 19)
_NO_CONSENT = 0.06
_AWAY = 0.12
_AWAY_DAYS = ((38, 1), (28, 2), (16, 3), (10, 5), (8, 8))
_OWN_SITES = 0.27
_NEEDS = (("coach:woman", 0.065), ("room:step_free", 0.075), ("room:hearing_loop", 0.02), ("room:quiet", 0.025))
_LANGUAGE = 0.05
_OTHERS = 0.6
_DRAWS = 40


@dataclass(frozen=True)
class Crowd:
    """Where people come from: practices and how large they are, between a first and a last day of referral.

    ``taken`` are the ids that are in use already.
    """

    instance: Instance
    places: Places
    recipe: Recipe
    first_day: date
    last_day: date
    taken: frozenset[str] = frozenset()


def draw_people(crowd: Crowd, number: int, rng: Random) -> tuple[Referral, ...]:
    """So many referrals, by day and id."""
    found = [_person(crowd, referral_id, rng) for referral_id in _ids(number, crowd.taken, rng)]
    return _in_order(found)


def seat_those_bound(crowd: Crowd, people: tuple[Referral, ...], plan: HiddenPlan, rng: Random) -> tuple[Referral, ...]:
    """The people, each with a place in the plan whose see-by date binds; who does not fit in is drawn again."""
    spare = 1.0 - crowd.recipe.fullness
    found = []
    for drawn in sorted(people, key=lambda r: (r.see_by or crowd.last_day, r.referral_id)):
        again = (_person(crowd, drawn.referral_id, rng) for _ in range(_DRAWS))
        fits = (r for r in chain([drawn], again) if not binds(crowd.instance, r) or _is_seated(plan, r, spare))
        found.append(next(fits, drawn.model_copy(update={"see_by": None})))
    return _in_order(found)


def _is_seated(plan: HiddenPlan, referral: Referral, spare: float) -> bool:
    return plan.seat(referral, referral.count, referral.see_by, spare)


def _in_order(people: list[Referral]) -> tuple[Referral, ...]:
    return tuple(sorted(people, key=lambda r: (r.referred_on, r.referral_id)))


def seat_others(people: tuple[Referral, ...], plan: HiddenPlan, rng: Random) -> None:
    """Seat some of the people who have no place in the plan yet, where they fit."""
    seated = {referral.referral_id for referral, _ in plan.seats}
    for person in people:
        if person.consent == "yes" and person.referral_id not in seated and rng.random() < _OTHERS:
            plan.seat(person, person.count)


def _ids(number: int, taken: frozenset[str], rng: Random) -> list[str]:
    lowest = 1000 if number < 3000 else 10000
    free = [f"R{digits}" for digits in range(lowest, 10 * lowest) if f"R{digits}" not in taken]
    return rng.sample(free, number)


def _person(crowd: Crowd, referral_id: str, rng: Random) -> Referral:
    practice_id = rng.choices(list(crowd.places.people_of), list(crowd.places.people_of.values()))[0]
    nation = crowd.recipe.nation
    needs = _needs(crowd, rng)
    usual = _usual_coach(crowd, needs, rng) if rng.random() < _FOLLOW_UPS else None
    band = pick(_NEW_BANDS if usual is None else _FOLLOW_UP_BANDS, rng)
    referred_on = _referred_on(crowd, band, rng)
    has_date = rng.random() < (_NEW_WITH_DATE if usual is None else _FOLLOW_UPS_WITH_DATE)
    draft = Referral(
        referral_id=referral_id,
        practice_id=practice_id,
        referred_on=referred_on,
        band=band,
        see_by=see_by(nation, referred_on, band, usual is not None, rng.choice(_DAYS_ABSENT)) if has_date else None,
        minutes=pick(_NEW_MINUTES if usual is None else _FOLLOW_UP_MINUTES, rng),
        needs=needs,
        away=_away(crowd.instance.days, rng) if rng.random() < _AWAY else (),
        usual_coach=usual.coach_id if usual else None,
        consent="no" if rng.random() < _NO_CONSENT else "yes",
        count=rng.randint(2, 4) if rng.random() < crowd.recipe.several_share else 1,
    )
    return draft.model_copy(update={"sites": _sites(crowd, draft, rng) if rng.random() < _OWN_SITES else ()})


def _referred_on(crowd: Crowd, band: Band, rng: Random) -> date:
    """A working day, rather a late one: of those who were referred long ago, many have been seen."""
    days = working_days(crowd.recipe.nation, crowd.first_day, crowd.last_day)
    return rng.choices(days, [_STILL_WAITING[band] ** (crowd.last_day - day).days for day in days])[0]


def _needs(crowd: Crowd, rng: Random) -> tuple[str, ...]:
    found = [need for need, chance in _NEEDS if rng.random() < chance]
    if crowd.recipe.languages and rng.random() < _LANGUAGE:
        found.append(f"coach:{rng.choice(crowd.recipe.languages)}")
    elif crowd.recipe.interpreters and rng.random() < crowd.recipe.interpreter_share:
        found.append(f"interpreter:{rng.choice(crowd.recipe.interpreters)}")
    return tuple(sorted(found))


def _usual_coach(crowd: Crowd, needs: tuple[str, ...], rng: Random) -> Coach | None:
    """Somebody who could be: with the skills that the person needs."""
    skills = {need.removeprefix("coach:") for need in needs if need.startswith("coach:")}
    able = [coach for coach in crowd.instance.coaches if skills <= set(coach.skills)]
    return rng.choice(able) if able else None


def _away(days: tuple[date, ...], rng: Random) -> tuple[date, ...]:
    """A stretch of days, or a few single ones."""
    number = pick(_AWAY_DAYS, rng)
    if number in (2,) and rng.random() < 0.5:
        return tuple(sorted(rng.sample(days, number)))
    first = rng.randrange(len(days))
    return days[first : first + number]


def _sites(crowd: Crowd, person: Referral, rng: Random) -> tuple[str, ...]:
    """Their practice's own site only, or some of those within reach."""
    instance = crowd.instance
    home = instance.practice[person.practice_id].site_id
    near = sorted(instance.accepted_sites(person) - {home}, key=lambda s: (instance.minutes_between(home, s), s))
    number = rng.choice((0, 0, 2, 2, 3, 3, 4, 5, 8))
    return tuple(sorted({home, *(near[:number] if rng.random() < 0.5 else rng.sample(near, min(number, len(near))))}))
