"""The records of an instance as the oracle holds them, and the contract's definitions that rest on them.

Written from the contract alone. The folder is taken to be free of faults: what is wrong with an input is the
engine's to say. Times are minutes since midnight, money is Decimal pounds, travel is whole minutes.
"""

import math
import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.oracle.bank_days import bank_holidays

Span = tuple[int, int]
Point = tuple[float, float]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EARTH_KM = 6371.0088
POLICY: dict[str, Any] = {
    "notice_days": 5,
    "interpreter_notice_days": 14,
    "see_by": "must",
    "break_minutes": 30,
    "min_visit_minutes": 60,
    "reach_minutes": 30,
    "unseen_days": 28,
    "budget_pounds": None,
}
PRICES: dict[str, Any] = {
    "waiting": {"A": 12, "B": 6, "C": 3},
    "late": 60,
    "travel": 1,
    "visit": 15,
    "new_face": 20,
    "new_coach": 40,
    "heaviest": 1,
    "change": 45,
}
TRAVEL: dict[str, Any] = {"fixed": Decimal("5.8"), "factor": Decimal("3.02"), "power": Decimal("0.73")}


@dataclass(frozen=True)
class Coach:
    """A coach: base, skills, limits (None: none), hours by weekday (0 is Monday) and leave, both days included."""

    coach_id: str
    base: Point
    skills: frozenset[str]
    day_limit: int | None
    week_limit: int | None
    month_limit: int | None
    travel_limit: int | None
    hours: tuple[tuple[int, int, int], ...]
    leave: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Site:
    """A building: fewest and most visits in the month (None: no limit) and the hire of one session, in pounds."""

    site_id: str
    point: Point
    least: int | None
    most: int | None
    hire: Decimal


@dataclass(frozen=True)
class Session:
    """One room for one stretch of one day; the features are the room's and its site's together."""

    session_id: str
    room_id: str
    site_id: str
    features: frozenset[str]
    day: date
    start: int
    end: int


@dataclass(frozen=True)
class Referral:
    """One row of people: the site is that of their practice, `sites` the accepted ones as written (empty: reach)."""

    referral_id: str
    home: str
    referred_on: date
    band: str
    see_by: date | None
    minutes: int
    coach_needs: frozenset[str]
    room_needs: frozenset[str]
    interpreter_needs: frozenset[str]
    sites: frozenset[str]
    away: frozenset[date]
    usual_coach: str | None
    consent: bool
    count: int


@dataclass(frozen=True)
class Booking:
    """An interpreter's booking: one skill, one day, from start to end."""

    booking_id: str
    skill: str
    day: date
    start: int
    end: int
    fee: Decimal


@dataclass(frozen=True, order=True)
class Visit:
    """A coach holding a session from start to end, with the bookings it uses."""

    coach_id: str
    session_id: str
    start: int
    end: int
    booking_ids: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Appointment:
    """One person of a referral, seen in a session from start to end."""

    referral_id: str
    session_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Plan:
    """What a roster decides: its visits and its appointments."""

    visits: tuple[Visit, ...] = ()
    appointments: tuple[Appointment, ...] = ()


@dataclass(frozen=True)
class World:
    """Everything in the folder, by id, and the contract's definitions."""

    folder: Path
    name: str
    month: str
    nation: str
    as_of: date
    policy: dict[str, Any]
    prices: dict[str, Any]
    curve: dict[str, Any]
    coaches: dict[str, Coach]
    sites: dict[str, Site]
    sessions: dict[str, Session]
    referrals: dict[str, Referral]
    bookings: dict[str, Booking]
    travel_rows: dict[tuple[str, str], int]
    pins: tuple[tuple[str, str], ...]
    published: Plan | None

    @cached_property
    def first_day(self) -> date:
        """The first day of the planned month."""
        return date.fromisoformat(f"{self.month}-01")

    @cached_property
    def last_day(self) -> date:
        """The last day of the planned month."""
        year, month = self.first_day.year, self.first_day.month
        return date(year, month, monthrange(year, month)[1])

    @cached_property
    def unseen_day(self) -> date:
        """The day on which a person who is not seen counts as seen."""
        return self.last_day + timedelta(days=self.policy["unseen_days"])

    @cached_property
    def closed(self) -> frozenset[date]:
        """The bank holidays of the year of the month."""
        return bank_holidays(self.nation, self.first_day.year)

    def in_month(self, day: date) -> bool:
        """Whether the day is of the planned month."""
        return self.first_day <= day <= self.last_day

    def is_past(self, session_id: str) -> bool:
        """Whether the session was before the day on which the roster is made."""
        return self.sessions[session_id].day < self.as_of

    def travel(self, here: str, there: str) -> int:
        """Whole minutes on the road from a coach's base or a site to another: the row, else the formula."""
        if (here, there) not in self._roads:
            self._roads[here, there] = self._minutes(here, there)
        return self._roads[here, there]

    @cached_property
    def _roads(self) -> dict[tuple[str, str], int]:
        return {}

    def _minutes(self, here: str, there: str) -> int:
        if here == there:
            return 0
        if (here, there) in self.travel_rows:
            return self.travel_rows[here, there]
        start, end = self._point(here), self._point(there)
        if start == end:
            return 0
        curve = {key: float(value) for key, value in self.curve.items()}
        minutes = curve["fixed"] + curve["factor"] * float(kilometres(start, end) ** curve["power"])
        return math.floor(minutes + 0.5)

    def _point(self, place: str) -> Point:
        return self.coaches[place].base if place in self.coaches else self.sites[place].point

    def span(self, coach: Coach, session: Session) -> Span | None:
        """The longest overlap of the session with one row of the coach's hours, the earliest of equals."""
        best: Span | None = None
        for weekday, opens, closes in sorted(coach.hours):
            start, end = max(opens, session.start), min(closes, session.end)
            if weekday != session.day.weekday() or start >= end:
                continue
            if best is None or end - start > best[1] - best[0]:
                best = (start, end)
        return best

    @cached_property
    def _accepted(self) -> dict[str, frozenset[str]]:
        reach = self.policy["reach_minutes"]
        near = {
            home: frozenset(site for site in self.sites if site == home or self.travel(home, site) <= reach)
            for home in {referral.home for referral in self.referrals.values()}
        }
        return {key: referral.sites or near[referral.home] for key, referral in self.referrals.items()}

    def accepted(self, referral: Referral) -> frozenset[str]:
        """The sites that the person accepts."""
        return self._accepted[referral.referral_id]

    def notice_day(self, referral: Referral) -> date:
        """The first day for which the person has had their notice."""
        key = "interpreter_notice_days" if referral.interpreter_needs else "notice_days"
        return self.as_of + timedelta(days=self.policy[key])

    def binds(self, referral: Referral) -> bool:
        """Whether the rule see_by holds the roster to this person's date."""
        if self.policy["see_by"] != "must" or not referral.consent or referral.see_by is None:
            return False
        earliest = max(self.first_day, self.notice_day(referral), referral.referred_on + timedelta(days=1))
        return self.in_month(referral.see_by) and referral.see_by >= earliest

    @cached_property
    def told(self) -> Plan:
        """The published roster without what names a coach, session or referral that is gone, or has no consent."""
        if self.published is None:
            return Plan()
        known = (v for v in self.published.visits if v.coach_id in self.coaches and v.session_id in self.sessions)
        seen = (a for a in self.published.appointments if a.session_id in self.sessions)
        return Plan(tuple(known), tuple(a for a in seen if self._has_consent(a.referral_id)))

    def _has_consent(self, referral_id: str) -> bool:
        return referral_id in self.referrals and self.referrals[referral_id].consent

    @cached_property
    def history(self) -> Plan:
        """The published visits before as_of, with their appointments, that must stand as they were."""
        visits = tuple(v for v in self.told.visits if self.is_past(v.session_id))
        held = {v.session_id for v in visits}
        return Plan(visits, tuple(a for a in self.told.appointments if a.session_id in held))

    @cached_property
    def told_seats(self) -> Counter[tuple[str, str]]:
        """How many people of each referral the published roster sees in each session, by (referral, session)."""
        return Counter((a.referral_id, a.session_id) for a in self.told.appointments)


def kilometres(here: Point, there: Point) -> float:
    """The great-circle distance in kilometres between two points in degrees (haversine)."""
    lat1, lon1, lat2, lon2 = (math.radians(degree) for degree in (*here, *there))
    inner = math.sin((lat2 - lat1) / 2) ** 2
    inner += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(inner))


def clock(text: str) -> int:
    """Minutes since midnight of HH:MM; ValueError for any other form."""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"{text!r} is not a time of the form HH:MM")
    return int(text[:2]) * 60 + int(text[3:])


def hhmm(minutes: int) -> str:
    """HH:MM of minutes since midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
