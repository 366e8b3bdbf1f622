"""The generated nation: 37 districts of different sizes, each a region of its own, drawn one at a time.

    for name, district in districts(1): ...

The numbers of the whole are exact: 1,000 coaches, 6,000 sites, 60,000 people. A few districts are cities, some are
wide and rural; their sizes are drawn from the seed, their terms are those of the recipe ``district``. Every row of
``referrals.csv`` is one person here.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from instances.generate import region_of
from instances.names import slug
from instances.recipes import RECIPES, Recipe
from roster.domain import Nation
from roster.instance import Instance

NATION = "nation"
COACHES, SITES, PEOPLE = 1_000, 6_000, 60_000
NATIONS: tuple[Nation, ...] = ("scotland",) * 4 + ("wales",) * 2 + ("england",) * 31
SIZES = (0.4, 2.2)
"""How large the smallest and the largest district are beside the middle one, about."""
UNEVEN = 0.15
"""How far sites and people of a district may be from its share of the coaches."""
SIDE_BY_SIDE = 7
APART_KM = 34.0


@dataclass(frozen=True)
class Ground:
    """How wide a district lies for its size, how fast its roads are, and how far people go."""

    wide: float
    factor: float
    reach_minutes: int


_GROUNDS = (Ground(0.5, 4.0, 15), Ground(1.0, 2.9, 15), Ground(1.0, 2.9, 15), Ground(1.4, 2.9, 20))
_SITES_OF_A_DISTRICT = ("surgeries", "libraries", "jobcentres", "community_centres", "faith_halls")
_AS_COACHES = ("second_rooms", "sessions", "bookings", "promises", "limits", "pins")


def districts(seed: int) -> Iterator[tuple[str, Instance]]:
    """The name of each district's folder, and the district; equal seeds give equal districts.

    Only the one that is asked for is in memory.
    """
    for number, recipe in enumerate(recipes(seed), start=1):
        district = region_of(recipe, f"{NATION} {seed} {number}")
        yield f"{number:02d}-{slug(district.settings.name.split()[0])}", district


def recipes(seed: int) -> tuple[Recipe, ...]:
    """The recipe of every district of the nation."""
    rng = Random(f"{NATION} {seed}")
    sizes = [math.exp(rng.uniform(*map(math.log, SIZES))) for _ in NATIONS]
    coaches = apportioned(COACHES, sizes)
    sites = apportioned(SITES, [size * rng.uniform(1 - UNEVEN, 1 + UNEVEN) for size in sizes])
    people = apportioned(PEOPLE, [size * rng.uniform(1 - UNEVEN, 1 + UNEVEN) for size in sizes])
    grounds = [rng.choice(_GROUNDS) for _ in NATIONS]
    return tuple(
        _recipe(number, nation, grounds[number], coaches[number], sites[number], people[number])
        for number, nation in enumerate(NATIONS)
    )


def _recipe(number: int, nation: Nation, ground: Ground, coaches: int, sites: int, people: int) -> Recipe:
    """A district: the numbers of the recipe ``district``, as many as there are coaches or sites for."""
    usual = RECIPES["district"]
    kinds = apportioned(sites, [getattr(usual, kind) for kind in _SITES_OF_A_DISTRICT])
    share = coaches / usual.coaches
    counts: dict[str, Any] = dict(zip(_SITES_OF_A_DISTRICT, kinds, strict=True))
    counts |= {name: max(1, round(getattr(usual, name) * share)) for name in _AS_COACHES}
    side = math.sqrt(share) * ground.wide
    area = replace(
        usual.area,
        towns=max(4, round(usual.area.towns * share)),
        width_km=usual.area.width_km * side,
        height_km=usual.area.height_km * side,
        formula=usual.area.formula.model_copy(update={"factor": ground.factor}),
        east_km=APART_KM * (number % SIDE_BY_SIDE),
        north_km=APART_KM * (number // SIDE_BY_SIDE),
    )
    return replace(
        usual,
        nation=nation,
        area=area,
        policy=usual.policy.model_copy(update={"reach_minutes": ground.reach_minutes}),
        coaches=coaches,
        people=people,
        several_share=0.0,
        shared_practices=round(usual.shared_practices * share),
        **counts,
    )


def apportioned(total: int, weights: Sequence[float]) -> list[int]:
    """The total in whole numbers in proportion to the weights: the largest remainders are rounded up."""
    shares = [total * weight / sum(weights) for weight in weights]
    parts = [math.floor(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - shares[n], n))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts
