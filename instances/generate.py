"""The generator of example regions: from the name of a recipe and a seed to an instance, the same every time.

    generate("pilot", 1)

Places come first, then coaches and rooms, then a hidden plan that can be worked, then people and promises that suit
it (``instances.hidden``). Every part draws from a seed of its own, so that a change to one leaves the others alone.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from instances.coaches import draw_staff
from instances.hidden import HiddenPlan
from instances.offers import draw_sessions
from instances.people import Crowd, draw_people, seat_others, seat_those_bound
from instances.places import Places, draw_places, draw_roads
from instances.promises import budget_of, draw_bookings, draw_limits, draw_pins
from instances.recipes import RECIPES, Recipe
from instances.shifts import draw_visits
from instances.short import Shortage, cut_short
from instances.told import weeks_later
from roster.domain import Settings
from roster.instance import Instance

DAYS_OF_REFERRALS = 30
SHARE_TOLD = 0.8


class UnknownRecipeError(ValueError):
    """There is no recipe of that name."""


def recipe_names() -> tuple[str, ...]:
    """The names that ``generate`` knows, from the smallest to the largest."""
    return tuple(RECIPES)


def generate(recipe: str, seed: int) -> Instance:
    """The example region of a recipe and a seed; equal arguments give equal instances, byte for byte.

    Raises UnknownRecipeError (a ValueError) for a recipe that is not among ``recipe_names()``.
    """
    return generate_with_plan(recipe, seed)[0]


def generate_with_plan(recipe: str, seed: int) -> tuple[Instance, HiddenPlan]:
    """The example region and the hidden plan that it was drawn round.

    The plan keeps every rule of the instance, except where the recipe is ``short``: there it breaks what
    ``instances.short`` says, and nothing else.
    """
    instance, plan, _ = _generate(recipe, seed)
    return instance, plan


def shortage_of(recipe: str, seed: int) -> Shortage:
    """Why the region of a recipe that is ``short`` has no roster."""
    shortage = _generate(recipe, seed)[2]
    if shortage is None:
        raise ValueError(f"The recipe {recipe!r} is not short of anything.")
    return shortage


def _generate(name: str, seed: int) -> tuple[Instance, HiddenPlan, Shortage | None]:
    if name not in RECIPES:
        raise UnknownRecipeError(f"There is no recipe {name!r}. Choose one of: {', '.join(RECIPES)}.")
    return _drawn(RECIPES[name], _Seeds(f"{name} {seed}"))


def region_of(recipe: Recipe, seed: str) -> Instance:
    """The region of a recipe that has no name of its own; equal recipes and seeds give equal regions."""
    return _drawn(recipe, _Seeds(seed))[0]


def _drawn(recipe: Recipe, seeds: "_Seeds") -> tuple[Instance, HiddenPlan, Shortage | None]:
    places = draw_places(recipe, seeds.rng("places"))
    instance, plan = _region(recipe, places, seeds)
    if recipe.told_on is not None:
        instance, plan = weeks_later(recipe, instance, plan, places, seeds.rng("later"))
    if not recipe.short:
        return instance, plan, None
    return cut_short(instance, plan, seeds.rng("short"))


class _Seeds:
    """A random generator for each part of one region."""

    def __init__(self, name: str) -> None:
        self._name = name

    def rng(self, part: str) -> Random:
        return Random(f"{self._name} {part}")


def _region(recipe: Recipe, places: Places, seeds: _Seeds) -> tuple[Instance, HiddenPlan]:
    """The region as it is known on the day its roster is first made."""
    empty = _without_people(recipe, places, seeds)
    as_of = empty.settings.as_of
    crowd = Crowd(empty, places, recipe, as_of - timedelta(days=DAYS_OF_REFERRALS), as_of)
    number = recipe.people if recipe.told_on is None else round(SHARE_TOLD * recipe.people)
    people = draw_people(crowd, number, seeds.rng("people"))
    waiting = empty.replaced(referrals=people)
    bookings, visits = draw_bookings(recipe, waiting, draw_visits(waiting, seeds.rng("plan")), seeds.rng("bookings"))
    instance = empty.replaced(interpreters=bookings)
    plan = HiddenPlan(instance, visits)
    people = seat_those_bound(crowd, people, plan, seeds.rng("seats"))
    seat_others(people, plan, seeds.rng("others"))
    plan = plan.without_idle_visits()
    sites = draw_limits(recipe, instance, plan, seeds.rng("limits"))
    pins = draw_pins(recipe, instance, plan, seeds.rng("pins"))
    instance = instance.replaced(referrals=people, sites=sites, pins=pins)
    if recipe.budget:
        instance = instance.replaced(settings=_with_budget(instance.settings, budget_of(instance, plan)))
    return instance, replace(plan, instance=instance)


def _without_people(recipe: Recipe, places: Places, seeds: _Seeds) -> Instance:
    staff = draw_staff(recipe, places, seeds.rng("coaches"))
    instance = Instance(
        settings=Settings(
            name=recipe.title.format(town=places.towns[0].name),
            month=recipe.month,
            nation=recipe.nation,
            as_of=recipe.told_on or recipe.as_of,
            policy=recipe.policy,
            travel=recipe.area.formula,
        ),
        coaches=staff.coaches,
        hours=staff.hours,
        leave=staff.leave,
        sites=places.sites,
        practices=places.practices,
        rooms=places.rooms,
        sessions=draw_sessions(recipe, places, seeds.rng("sessions")),
    )
    return instance.replaced(travel=draw_roads(recipe, instance, seeds.rng("roads")))


def _with_budget(settings: Settings, pounds: float) -> Settings:
    return settings.model_copy(update={"policy": settings.policy.model_copy(update={"budget_pounds": pounds})})
