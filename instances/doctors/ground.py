"""What the seven small regions are made of: a made-up town, its surgeries, coaches with mornings, people in rows."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from instances.names import slug
from roster.calendar import weekday_of
from roster.domain import (
    Band,
    Coach,
    Hours,
    Policy,
    Practice,
    Referral,
    Room,
    Session,
    Settings,
    Site,
    SiteKind,
    Weekday,
)
from roster.instance import Instance

MONTH, AS_OF = "2027-03", date(2027, 2, 19)
MORNING = (8 * 60 + 30, 12 * 60 + 40)
ALL_DAY = (8 * 60, 18 * 60)
WORKING_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
_LAT, _LON = 54.61, 2.05
"""In the North Sea, on land that has been under water for some 8,000 years."""
_KM_OF_A_DEGREE = 111.19
_NARROWER = 0.579
"""How much shorter a degree of longitude is there than one of latitude."""


def settings(name: str, as_of: date = AS_OF, policy: Policy | None = None) -> Settings:
    """The settings of a month in England with the usual prices."""
    return Settings(name=name, month=MONTH, nation="england", as_of=as_of, policy=policy or Policy())


def site(name: str, kind: SiteKind, east_km: float, north_km: float, hire_pounds: float = 0.0, **more: object) -> Site:
    """A site so many kilometres from the middle of the town, with its name as its id."""
    given: dict[str, object] = {
        "site_id": slug(name),
        "name": name,
        "kind": kind,
        "lat": round(_LAT + north_km / _KM_OF_A_DEGREE, 5),
        "lon": round(_LON + east_km / _KM_OF_A_DEGREE / _NARROWER, 5),
        "hire_pounds": hire_pounds,
    }
    return Site.model_validate(given | more)


def coach(coach_id: str, east_km: float, north_km: float, **limits: int) -> Coach:
    """A coach who lives there."""
    given: dict[str, object] = {
        "coach_id": coach_id,
        "base_lat": round(_LAT + north_km / _KM_OF_A_DEGREE, 5),
        "base_lon": round(_LON + east_km / _KM_OF_A_DEGREE / _NARROWER, 5),
    }
    return Coach.model_validate(given | limits)


def works(coach_id: str, weekdays: Iterable[Weekday] = WORKING_WEEK) -> tuple[Hours, ...]:
    """The coach works all day on these weekdays."""
    return tuple(Hours(coach_id=coach_id, weekday=day, start=ALL_DAY[0], end=ALL_DAY[1]) for day in weekdays)


def practices(sites: Iterable[Site]) -> tuple[Practice, ...]:
    """A practice at each surgery, with the surgery's name: P1, P2 and so on."""
    surgeries = [s for s in sites if s.kind == "surgery"]
    return tuple(
        Practice(practice_id=f"P{n}", name=s.name, site_id=s.site_id) for n, s in enumerate(surgeries, start=1)
    )


def room(of: Site, number: int = 1, features: tuple[str, ...] = ()) -> Room:
    """A room of a site."""
    return Room(room_id=f"{of.site_id}-{number}", site_id=of.site_id, features=features)


def mornings(rooms: Iterable[Room], days: Sequence[date]) -> tuple[Session, ...]:
    """Each room offered on the morning of each of these days; where and when are in the id."""
    return tuple(
        Session(session_id=f"{r.room_id}-{day:%d}", room_id=r.room_id, date=day, start=MORNING[0], end=MORNING[1])
        for r in rooms
        for day in days
    )


def days(first: int, last: int, *weekdays: Weekday) -> list[date]:
    """The days of March 2027 from ``first`` to ``last`` that are such weekdays; bank holidays are left out."""
    found = [date(2027, 3, n) for n in range(first, last + 1)]
    closed = (date(2027, 3, 26), date(2027, 3, 29))
    return [day for day in found if weekday_of(day) in weekdays and day not in closed]


def people(
    practice_id: str,
    numbers: Iterable[int],
    *,
    first: date = date(2027, 2, 1),
    every: int = 3,
    bands: Sequence[Band] = ("B", "C"),
    minutes: int = 60,
    start: int = 1,
) -> tuple[Referral, ...]:
    """Rows of so many people each, referred ``every`` days apart, with one band after another."""
    return tuple(
        Referral(
            referral_id=f"{practice_id}-{n:02d}",
            practice_id=practice_id,
            referred_on=first + timedelta(days=(n - start) * every),
            band=bands[(n - start) % len(bands)],
            minutes=minutes,
            consent="yes",
            count=count,
        )
        for n, count in enumerate(numbers, start=start)
    )


def region(name: str, **tables: object) -> Instance:
    """The instance of these tables, with the usual settings unless they are given."""
    return Instance.model_validate({"settings": settings(name)} | tables)
