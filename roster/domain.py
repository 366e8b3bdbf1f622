"""The records: what an instance and a roster are made of. A leaf: no solver, no rule, no file.

Every record is frozen. Ids are strings, dates are ``datetime.date``, times of day are whole minutes since
midnight (``Clock``), money is in pounds as it was given and in pence where it is counted.
Source: PROBLEM.md sections 1 and 4.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BANDS = ("A", "B", "C")
NATIONS = ("england", "wales", "scotland", "northern-ireland")
SITE_KINDS = ("surgery", "library", "community_centre", "faith", "jobcentre", "other")
COSTS = ("waiting", "late", "travel", "visit", "new_face", "new_coach", "heaviest", "change")
MINUTES_PER_DAY = 24 * 60

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Band = Literal["A", "B", "C"]
Nation = Literal["england", "wales", "scotland", "northern-ireland"]
SiteKind = Literal["surgery", "library", "community_centre", "faith", "jobcentre", "other"]
Outcome = Literal["optimal", "feasible", "infeasible", "unknown", "invalid", "rejected"]


def clock(minutes: int) -> str:
    """The time of day ``minutes`` after midnight, as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_clock(value: object) -> int:
    """Minutes since midnight of ``HH:MM`` (whole minutes pass through). Raises ValueError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MINUTES_PER_DAY:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{2}:[0-9]{2}", value):
        hours, minutes = int(value[:2]), int(value[3:])
        if hours < 24 and minutes < 60:
            return hours * 60 + minutes
        raise ValueError("there is no such time")
    raise ValueError("times are HH:MM, for example 08:30")


Clock = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(clock, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["08:30"]}),
]

Word = Annotated[str, Field(pattern=r"^[\w-]+$", max_length=40)]
Need = Annotated[str, Field(pattern=r"^(coach|room|interpreter):[\w-]+$", max_length=60)]
Id = Annotated[str, Field(min_length=1, max_length=80)]
WholeNumber = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
PlainZero = AfterValidator(lambda number: number + 0.0)
"""Makes -0.0 the same zero as 0.0, so that equal tables have equal check sums."""
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False), PlainZero]
Pounds = NotNegative
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), PlainZero]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), PlainZero]


def pence(pounds: float) -> int:
    """Pounds as whole pence, to the nearest penny."""
    return round(pounds * 100)


class Record(BaseModel):
    """A frozen record that refuses a field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Coach(Record):
    """A job coach: where they start and end a day, what they can do, and how much they may work. No name."""

    coach_id: Id
    base_lat: Latitude
    base_lon: Longitude
    skills: tuple[Word, ...] = ()
    max_sessions_day: WholeNumber | None = None
    max_sessions_week: WholeNumber | None = None
    max_sessions_month: WholeNumber | None = None
    max_travel_minutes_day: WholeNumber | None = None


class Hours(Record):
    """One stretch of a coach's contracted week."""

    coach_id: Id
    weekday: Weekday
    start: Clock
    end: Clock


class Leave(Record):
    """Days on which a coach is away, both included. The reason is never held."""

    coach_id: Id
    first_day: date
    last_day: date


class Site(Record):
    """A building with rooms. ``hire_pounds`` is paid per session used."""

    site_id: Id
    name: str
    kind: SiteKind
    lat: Latitude
    lon: Longitude
    features: tuple[Word, ...] = ()
    min_sessions: WholeNumber | None = None
    max_sessions: WholeNumber | None = None
    hire_pounds: Pounds = 0.0


class Practice(Record):
    """An organisation that refers people; several may share a site."""

    practice_id: Id
    name: str
    site_id: Id


class Room(Record):
    """A room of a site; it has its own features and its site's."""

    room_id: Id
    site_id: Id
    features: tuple[Word, ...] = ()


class Session(Record):
    """One room offered to a coach for one stretch of one day."""

    session_id: Id
    room_id: Id
    date: date
    start: Clock
    end: Clock


class Referral(Record):
    """A person (or ``count`` people with the same row), known only by an id that the practice made up."""

    referral_id: Id
    practice_id: Id
    referred_on: date
    band: Band
    see_by: date | None = None
    minutes: Positive
    needs: tuple[Need, ...] = ()
    sites: tuple[Id, ...] = ()
    away: tuple[date, ...] = ()
    usual_coach: Id | None = None
    consent: Literal["yes", "no"]
    count: Positive = 1


class Booking(Record):
    """An interpreter booked for a stretch of one day."""

    booking_id: Id
    skill: Word
    date: date
    start: Clock
    end: Clock
    fee_pounds: Pounds = 0.0


class TravelRow(Record):
    """Minutes on the road from one place to another, one way."""

    from_id: Id
    to_id: Id
    minutes: WholeNumber


class Pin(Record):
    """A visit that the manager wants in the roster whatever else happens."""

    coach_id: Id
    session_id: Id


class Policy(Record):
    """The region's rules of the house; days and minutes are whole numbers."""

    notice_days: WholeNumber = 5
    interpreter_notice_days: WholeNumber = 14
    see_by: Literal["must", "prefer"] = "must"
    break_minutes: WholeNumber = 30
    min_visit_minutes: WholeNumber = 60
    reach_minutes: WholeNumber = 30
    unseen_days: WholeNumber = 28
    budget_pounds: Pounds | None = None


class Waiting(Record):
    """Price of a day waited, by band."""

    A: WholeNumber = 12
    B: WholeNumber = 6
    C: WholeNumber = 3


class Prices(Record):
    """What each thing costs, in minutes of coach time."""

    waiting: Waiting = Waiting()
    late: WholeNumber = 60
    travel: WholeNumber = 1
    visit: WholeNumber = 15
    new_face: WholeNumber = 20
    new_coach: WholeNumber = 40
    heaviest: WholeNumber = 1
    change: WholeNumber = 45


class TravelFormula(Record):
    """minutes = round(fixed + factor * km ** power) where travel.csv has no row."""

    fixed: NotNegative = 5.8
    factor: NotNegative = 3.02
    power: NotNegative = 0.73


class RepairPrices(Record):
    """What it takes to change something so that a roster exists, in points: what is harder to ask for costs more.

    The price of a fact is that of its first step, ``..._more`` that of each further one. A step is a visit for
    presence, site limits and workload, a day of the week for hours, ten minutes for travel limits, a date for away, a
    site for place, a day for see-by dates and notice, five minutes for the break, £50 for the budget; pins, leave
    and needs go as a whole. What is about a referral counts for each of its people. A session and a booking are
    additions. Used to choose which promise a compromise breaks, and to rank repairs.
    """

    presence: WholeNumber = 5
    site_limit: WholeNumber = 5
    pin: WholeNumber = 4
    leave: WholeNumber = 20
    hours: WholeNumber = 8
    travel_limit: WholeNumber = 3
    travel_limit_more: WholeNumber = 1
    workload: WholeNumber = 5
    needs: WholeNumber = 60
    away: WholeNumber = 7
    place: WholeNumber = 7
    see_by: WholeNumber = 3
    see_by_more: WholeNumber = 1
    notice: WholeNumber = 10
    notice_more: WholeNumber = 2
    interpreter_notice: WholeNumber = 10
    interpreter_notice_more: WholeNumber = 2
    break_minutes: WholeNumber = Field(default=6, alias="break")
    break_more: WholeNumber = 1
    budget: WholeNumber = 10
    budget_more: WholeNumber = 1
    session: WholeNumber = 3
    booking: WholeNumber = 4


class AdditionPrices(Record):
    """What more would cost, in pounds a month: to be set by whoever knows; the usual values are not measured.

    ``coach`` is a coach for the month; a kind of site one more session there, hire included; ``booking`` a half-day of
    an interpreter of a skill of which the data have no booking, whose fee would say it; ``opening`` a room that is not
    used for sessions yet. Used by ``roster need`` alone: no roster depends on them.
    """

    coach: Pounds = 2400.0
    surgery: Pounds = 15.0
    library: Pounds = 25.0
    community_centre: Pounds = 25.0
    faith: Pounds = 20.0
    jobcentre: Pounds = 10.0
    other: Pounds = 30.0
    booking: Pounds = 90.0
    opening: Pounds = 150.0


class Settings(Record):
    """settings.toml: which month of which region, and on what terms."""

    name: Annotated[str, Field(min_length=1)]
    month: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
    nation: Nation
    as_of: date
    policy: Policy = Policy()
    prices: Prices = Prices()
    travel: TravelFormula = TravelFormula()
    repair_prices: RepairPrices = RepairPrices()
    addition_prices: AdditionPrices = AdditionPrices()

    def written(self, mode: Literal["json", "python"] = "python") -> dict[str, Any]:
        """The settings by their keys, all of them but prices of additions that nobody has set."""
        unset = {"addition_prices"} if self.addition_prices == AdditionPrices() else None
        return self.model_dump(mode=mode, by_alias=True, exclude=unset)


class Visit(Record):
    """A coach holding a session, from ``start`` to ``end``, with the interpreters booked for it."""

    coach_id: Id
    session_id: Id
    start: Clock
    end: Clock
    booking_ids: tuple[Id, ...] = ()


class Appointment(Record):
    """One referral seen in one visit. A referral with ``count`` 3 may have three."""

    referral_id: Id
    session_id: Id
    start: Clock
    end: Clock


class Unseen(Record):
    """People of one referral who have no appointment this month, and why."""

    referral_id: Id
    count: Positive
    reason: str


class Break(Record):
    """A rule that a compromise roster breaks: which, about what, by how much, in a sentence."""

    rule: str
    fact: str
    amount: Positive
    says: str


class Roster(Record):
    """A month's roster, as in roster.json (PROBLEM.md section 4)."""

    schema_: Literal["roster/1"] = Field(default="roster/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    outcome: Outcome
    objective: int
    bound: int
    costs: dict[str, int]
    visits: tuple[Visit, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    compromise: bool = False
    breaks: tuple[Break, ...] = ()

    @property
    def gap(self) -> float:
        """(objective - bound) / objective: 0.0 where the roster is proved best."""
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0

    def to_json(self) -> str:
        """The text of roster.json; the two compromise fields appear only in a compromise."""
        leave_out: dict[str, Any] = {} if self.compromise else {"exclude": {"compromise", "breaks"}}
        return self.model_dump_json(by_alias=True, indent=1, **leave_out) + "\n"
