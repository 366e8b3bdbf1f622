"""Places of an example region: towns, sites with their rooms, practices, and roads with minutes of their own.

The region lies in the North Sea, where the land between Britain and Denmark was until some 8,000 years ago: nobody
can take its places for real ones.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from instances.names import Names, slug
from instances.recipes import Area, Recipe
from roster.domain import Practice, Room, Site, SiteKind, TravelRow
from roster.instance import Instance

SOUTH_WEST = (54.55, 1.20)
KM_PER_DEGREE = 111.2
BETWEEN_DISTRICTS_KM = 20.0
NEAR_MINUTES = 45
_HIRE: dict[SiteKind, tuple[float, ...]] = {
    "surgery": (0, 0, 0, 0, 0, 0, 0, 0, 10, 20),
    "library": (0, 12, 15, 18, 22, 25),
    "jobcentre": (0,),
    "community_centre": (18, 30),
    "faith": (12, 20),
    "other": (0,),
}


@dataclass(frozen=True)
class Town:
    """A town: its name, its middle, and how large it is beside the others."""

    name: str
    lat: float
    lon: float
    size: float


@dataclass(frozen=True)
class Places:
    """Where things are. ``people_of`` says how large each practice is beside the others."""

    towns: tuple[Town, ...]
    sites: tuple[Site, ...]
    practices: tuple[Practice, ...]
    rooms: tuple[Room, ...]
    people_of: dict[str, float]


def draw_places(recipe: Recipe, rng: Random) -> Places:
    """Towns, sites, rooms and practices of the recipe's numbers."""
    names = Names(rng)
    towns = tuple(_towns(recipe.area, names, rng))
    sites = tuple(_sites(recipe, towns, names, rng))
    practices = tuple(_practices(recipe, sites, names, rng))
    return Places(
        towns=towns,
        sites=sites,
        practices=practices,
        rooms=tuple(_rooms(recipe, sites, rng)),
        people_of={p.practice_id: 0.3 + rng.random() * rng.random() * 3 for p in practices},
    )


def at(lat: float, lon: float, east_km: float, north_km: float) -> tuple[float, float]:
    """The point so many kilometres east and north, to five decimals (about a metre)."""
    degrees_east = east_km / (KM_PER_DEGREE * math.cos(math.radians(lat)))
    return round(lat + north_km / KM_PER_DEGREE, 5), round(lon + degrees_east, 5)


def _towns(area: Area, names: Names, rng: Random) -> Iterator[Town]:
    """Towns spread over the strips of each district, from west to east; the first of a district is its largest."""
    strips = -(-area.towns // area.districts)
    order = [strip for strip in rng.sample(range(strips), strips) for _ in range(area.districts)]
    for number in range(area.towns):
        east = area.width_km * (order[number] + rng.random()) / strips
        east += (number % area.districts) * (area.width_km + BETWEEN_DISTRICTS_KM)
        lat, lon = at(*SOUTH_WEST, area.east_km + east, area.north_km + rng.random() * area.height_km)
        size = 4.0 if number < area.districts else 0.4 + 1.2 * rng.random()
        yield Town(names.town(), lat, lon, size)


def _sites(recipe: Recipe, towns: tuple[Town, ...], names: Names, rng: Random) -> Iterator[Site]:
    numbers: tuple[tuple[SiteKind, int], ...] = (
        ("surgery", recipe.surgeries),
        ("library", recipe.libraries),
        ("jobcentre", recipe.jobcentres),
        ("community_centre", recipe.community_centres),
        ("faith", recipe.faith_halls),
    )
    for kind, number in numbers:
        for _ in range(number):
            yield _site(kind, recipe.area.town_km, towns, names, rng)


def _site(kind: SiteKind, spread: float, towns: tuple[Town, ...], names: Names, rng: Random) -> Site:
    town = rng.choices(towns, [t.size for t in towns])[0]
    lat, lon = at(town.lat, town.lon, rng.gauss(0, spread * 0.6), rng.gauss(0, spread * 0.6))
    name = names.site(kind, town.name)
    return Site(
        site_id=slug(name),
        name=name,
        kind=kind,
        lat=lat,
        lon=lon,
        features=_some(rng, ("step_free", 0.87), ("hearing_loop", 0.36), ("parking", 0.38)),
        hire_pounds=rng.choice(_HIRE[kind]),
    )


def _some(rng: Random, *chances: tuple[str, float]) -> tuple[str, ...]:
    return tuple(word for word, chance in chances if rng.random() < chance)


def _practices(recipe: Recipe, sites: tuple[Site, ...], names: Names, rng: Random) -> Iterator[Practice]:
    surgeries = [site for site in sites if site.kind == "surgery"]
    sharing = rng.choices(surgeries, k=recipe.shared_practices)
    number = 0
    for site in surgeries:
        for name in [site.name, *(names.practice(site.name.split()[0]) for s in sharing if s is site)]:
            number += 1
            yield Practice(practice_id=f"P{number:03d}", name=name, site_id=site.site_id)


def _rooms(recipe: Recipe, sites: tuple[Site, ...], rng: Random) -> Iterator[Room]:
    with_two = set(rng.sample(range(len(sites)), recipe.second_rooms))
    for index, site in enumerate(sites):
        for number in range(2 if index in with_two else 1):
            features = _some(rng, ("quiet", 0.27), ("ground_floor", 0.2))
            yield Room(room_id=f"{site.site_id}-{number + 1}", site_id=site.site_id, features=features)


def draw_roads(recipe: Recipe, instance: Instance, rng: Random) -> tuple[TravelRow, ...]:
    """Both directions of a share of the pairs of near places: slower than the formula, and not equally."""
    if not recipe.area.own_roads:
        return ()
    pairs = [*product(instance.coach, instance.site), *combinations(instance.site, 2)]
    return tuple(
        row
        for one, other in pairs
        if 0 < (minutes := instance.minutes_between(one, other)) <= NEAR_MINUTES
        if rng.random() < recipe.area.own_roads
        for row in _both_ways(one, other, minutes, rng)
    )


def _both_ways(one: str, other: str, minutes: int, rng: Random) -> Iterator[TravelRow]:
    there = round(minutes * (1.0 + 0.5 * rng.random()))
    back = max(1, there + rng.choice((-7, -4, -2, -1, 1, 2, 3, 5)))
    yield TravelRow(from_id=one, to_id=other, minutes=there)
    yield TravelRow(from_id=other, to_id=one, minutes=back)
