"""Recipes: how large an example region is, what its ground is like, and on what terms its month is planned.

A recipe says how many of everything; ``instances.generate`` draws the rest from a seed.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from roster.domain import Nation, Policy, TravelFormula


@dataclass(frozen=True, kw_only=True)
class Area:
    """The ground, in kilometres: districts side by side, each with towns spread over a width and a height.

    ``town_km`` is how far the sites of a town lie from its middle. ``own_roads`` is the share of the pairs of near
    places whose minutes are in travel.csv, longer than the formula's and different by direction. ``east_km`` and
    ``north_km`` say how far from the others it lies, for areas that are put on one map.
    """

    towns: int
    width_km: float
    height_km: float
    town_km: float
    districts: int = 1
    own_roads: float = 0.0
    east_km: float = 0.0
    north_km: float = 0.0
    formula: TravelFormula = field(default_factory=TravelFormula)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What an example region is made of. Counts are exact, except ``pins``, ``promises`` and ``limits``: at most.

    ``title`` becomes the region's name, with its largest town in the place of ``{town}``.
    ``told_on`` makes a month that is half over: a roster was published from what was known on that day.
    ``no_rooms_before`` is the first day on which any room is offered. ``short`` adds two separate reasons why no
    roster keeps every rule. ``interpreter_share`` is the share of people who need an interpreter,
    ``several_share`` that of rows which stand for several people. ``fullness`` is the share of the hidden plan's
    time that people with a binding see-by date may fill: the nearer to 1, the less there is to spare.
    """

    title: str
    month: str
    as_of: date
    nation: Nation = "england"
    area: Area
    policy: Policy
    coaches: int
    surgeries: int
    shared_practices: int = 0
    libraries: int = 0
    jobcentres: int = 0
    community_centres: int = 0
    faith_halls: int = 0
    second_rooms: int = 0
    sessions: int
    people: int
    languages: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    bookings: int = 0
    interpreter_share: float = 0.035
    several_share: float = 0.013
    travel_limits: tuple[int | None, ...] = (60, 75, 90)
    limits_a_month: tuple[int | None, ...] = (8, 10, 10, 12, 12, 14)
    promises: int = 0
    limits: int = 0
    pins: int = 0
    budget: bool = False
    fullness: float = 0.9
    told_on: date | None = None
    no_rooms_before: date | None = None
    short: bool = False


_TOWN = Area(towns=4, width_km=3.0, height_km=3.0, town_km=0.8, formula=TravelFormula(factor=4.0, power=0.7))
_CITY = Area(towns=9, width_km=4.5, height_km=4.5, town_km=0.9, formula=TravelFormula(factor=4.0, power=0.7))

_PILOT = Recipe(
    title="{town} pilot",
    month="2027-03",
    as_of=date(2027, 2, 19),
    area=_TOWN,
    policy=Policy(reach_minutes=20),
    coaches=3,
    surgeries=6,
    shared_practices=1,
    jobcentres=1,
    second_rooms=1,
    sessions=28,
    people=58,
    languages=("turkish", "bengali"),
    interpreters=("bsl",),
    bookings=3,
    limits_a_month=(12, 14, 16, 22),
    promises=3,
    pins=1,
    budget=True,
)

_DISTRICT = Recipe(
    title="{town} district",
    month="2027-11",
    as_of=date(2027, 10, 20),
    nation="scotland",
    area=Area(
        towns=24,
        width_km=22.0,
        height_km=18.0,
        town_km=2.0,
        formula=TravelFormula(factor=2.9, power=0.71),
    ),
    policy=Policy(see_by="prefer", reach_minutes=15),
    coaches=30,
    surgeries=134,
    shared_practices=14,
    libraries=48,
    jobcentres=14,
    community_centres=2,
    faith_halls=2,
    second_rooms=12,
    sessions=1100,
    people=2400,
    languages=("polish", "urdu", "arabic", "bengali"),
    interpreters=("bsl", "farsi"),
    bookings=23,
    travel_limits=(60, 60, 75, 75, 90, 120),
    limits_a_month=(7, 8, 10, 10, 10, 12, 12, 14, None),
    promises=15,
    limits=8,
    pins=5,
)

_TINY_TOWN = Area(towns=1, width_km=1.0, height_km=1.0, town_km=0.7)
_TWO_TOWNS = Area(towns=2, width_km=14.0, height_km=6.0, town_km=0.8, own_roads=1.0)

RECIPES: dict[str, Recipe] = {
    "tiny-one-room": Recipe(
        title="One coach, one room",
        month="2027-03",
        as_of=date(2027, 2, 19),
        area=_TINY_TOWN,
        policy=Policy(),
        coaches=1,
        surgeries=1,
        sessions=5,
        people=12,
        several_share=0.15,
        fullness=0.8,
    ),
    "tiny-two-towns": Recipe(
        title="Two towns and a one-way road",
        month="2027-05",
        as_of=date(2027, 4, 22),
        nation="wales",
        area=_TWO_TOWNS,
        policy=Policy(reach_minutes=22),
        coaches=2,
        surgeries=2,
        libraries=1,
        second_rooms=1,
        sessions=9,
        people=16,
        languages=("welsh",),
        promises=1,
        pins=1,
        several_share=0.1,
        fullness=0.8,
    ),
    "tiny-interpreter": Recipe(
        title="A small town with two interpreters",
        month="2027-06",
        as_of=date(2027, 5, 21),
        nation="scotland",
        area=_TINY_TOWN,
        policy=Policy(interpreter_notice_days=10),
        coaches=2,
        surgeries=2,
        community_centres=1,
        sessions=9,
        people=14,
        interpreters=("bsl", "polish"),
        bookings=4,
        interpreter_share=0.3,
        budget=True,
        fullness=0.8,
    ),
    "tiny-published": Recipe(
        title="A small town in the middle of a month",
        month="2027-03",
        as_of=date(2027, 3, 10),
        told_on=date(2027, 2, 19),
        nation="northern-ireland",
        area=_TINY_TOWN,
        policy=Policy(),
        coaches=2,
        surgeries=3,
        second_rooms=1,
        sessions=12,
        people=18,
        promises=1,
        fullness=0.7,
    ),
    "pilot": _PILOT,
    "pilot-short": replace(
        _PILOT,
        title="{town} pilot, too few rooms and a promise too many",
        no_rooms_before=date(2027, 3, 5),
        budget=False,
        pins=0,
        short=True,
    ),
    "pilot-published": replace(
        _PILOT,
        title="{town} pilot, in the middle of the month",
        as_of=date(2027, 3, 12),
        told_on=date(2027, 2, 19),
        fullness=0.8,
    ),
    "borough": Recipe(
        title="{town} borough",
        month="2027-03",
        as_of=date(2027, 2, 19),
        area=_CITY,
        policy=Policy(reach_minutes=15),
        coaches=7,
        surgeries=27,
        shared_practices=4,
        libraries=9,
        jobcentres=3,
        community_centres=1,
        faith_halls=1,
        second_rooms=2,
        sessions=233,
        people=360,
        languages=("bengali", "somali", "polish", "turkish"),
        interpreters=("bsl", "arabic", "spanish"),
        bookings=12,
        travel_limits=(60, 75, 90, 90, None),
        limits_a_month=(10, 12, 12, 14, 14),
        promises=7,
        limits=2,
        pins=3,
        budget=True,
    ),
    "rural": Recipe(
        title="{town} and the valley",
        month="2027-05",
        as_of=date(2027, 4, 21),
        nation="wales",
        area=Area(
            towns=44,
            width_km=95.0,
            height_km=45.0,
            town_km=1.6,
            own_roads=0.15,
            formula=TravelFormula(factor=3.05, power=0.68),
        ),
        policy=Policy(reach_minutes=25),
        coaches=9,
        surgeries=51,
        shared_practices=3,
        libraries=28,
        jobcentres=11,
        community_centres=1,
        faith_halls=1,
        second_rooms=8,
        sessions=242,
        people=224,
        languages=("welsh", "polish", "ukrainian"),
        interpreters=("bsl",),
        bookings=3,
        travel_limits=(80, 80, 100, 120),
        limits_a_month=(8, 9, 9, 11, 11, 13),
        promises=6,
        limits=6,
        pins=2,
        budget=True,
    ),
    "county": Recipe(
        title="{town} county",
        month="2027-06",
        as_of=date(2027, 5, 21),
        area=Area(
            towns=26,
            width_km=22.0,
            height_km=18.0,
            town_km=1.8,
            formula=TravelFormula(factor=3.7, power=0.71),
        ),
        policy=Policy(see_by="prefer", reach_minutes=15),
        coaches=27,
        surgeries=152,
        shared_practices=15,
        libraries=30,
        jobcentres=6,
        community_centres=1,
        faith_halls=1,
        second_rooms=17,
        sessions=940,
        people=880,
        languages=("polish", "turkish", "bengali", "greek", "somali"),
        interpreters=("bsl", "arabic", "farsi"),
        bookings=13,
        travel_limits=(60, 75, 90, 90, None),
        limits_a_month=(7, 8, 10, 10, 12, 12, 14),
        promises=24,
        limits=12,
        pins=6,
        budget=True,
    ),
    "district": _DISTRICT,
    "region": replace(
        _DISTRICT,
        title="Doggerland",
        month="2027-10",
        as_of=date(2027, 9, 20),
        nation="england",
        area=replace(_DISTRICT.area, towns=120, districts=5),
        coaches=150,
        surgeries=670,
        shared_practices=70,
        libraries=240,
        jobcentres=70,
        community_centres=10,
        faith_halls=10,
        second_rooms=60,
        sessions=5600,
        people=12000,
        bookings=115,
        promises=75,
        limits=40,
        pins=25,
    ),
}
