"""An instance: the tables of one month, and the definitions of PROBLEM.md that every rule speaks of.

Definitions are not rules: how long a visit lasts, how far it is from one place to another, which sites a
person accepts, which see-by dates bind, which published visits are history. Rules (``models/``) say what must
hold about them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np
from haversine import haversine
from pydantic import ConfigDict

from roster.calendar import bank_holidays, days_of_month, weekday_of
from roster.domain import (
    Appointment,
    Booking,
    Coach,
    Hours,
    Leave,
    Pin,
    Practice,
    Record,
    Referral,
    Room,
    Roster,
    Session,
    Settings,
    Site,
    TravelRow,
    Visit,
)

Span = tuple[int, int]


class Instance(Record):
    """Everything that one month's roster is made from; frozen. ``roster.files.validity`` says what is a fault in it.

    ``binding_as_given`` holds the see-by dates that bind where facts were relaxed: relaxing facts does not
    change which dates bind (PROBLEM.md section 2). It is None for an instance as given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    settings: Settings
    coaches: tuple[Coach, ...] = ()
    hours: tuple[Hours, ...] = ()
    leave: tuple[Leave, ...] = ()
    sites: tuple[Site, ...] = ()
    practices: tuple[Practice, ...] = ()
    rooms: tuple[Room, ...] = ()
    sessions: tuple[Session, ...] = ()
    referrals: tuple[Referral, ...] = ()
    interpreters: tuple[Booking, ...] = ()
    travel: tuple[TravelRow, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: Roster | None = None
    binding_as_given: frozenset[str] | None = None

    # -- records by id ------------------------------------------------------------------------------------

    @cached_property
    def coach(self) -> dict[str, Coach]:
        """Coaches by id."""
        return {c.coach_id: c for c in self.coaches}

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by id."""
        return {s.site_id: s for s in self.sites}

    @cached_property
    def practice(self) -> dict[str, Practice]:
        """Practices by id."""
        return {p.practice_id: p for p in self.practices}

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by id."""
        return {r.room_id: r for r in self.rooms}

    @cached_property
    def session(self) -> dict[str, Session]:
        """Sessions by id."""
        return {s.session_id: s for s in self.sessions}

    @cached_property
    def booking(self) -> dict[str, Booking]:
        """Interpreter bookings by id."""
        return {b.booking_id: b for b in self.interpreters}

    @cached_property
    def people(self) -> dict[str, Referral]:
        """Referrals with consent, by id: the only ones that any rule or price looks at."""
        return {r.referral_id: r for r in self.referrals if r.consent == "yes"}

    # -- days ---------------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the month that is planned."""
        return days_of_month(self.settings.month)

    @cached_property
    def bank_holidays(self) -> frozenset[date]:
        """The bank holidays of the instance's nation in the year of its month."""
        return bank_holidays(self.settings.nation, self.days[0].year)

    @cached_property
    def unseen_day(self) -> date:
        """The day on which a person not seen counts as seen."""
        return self.days[-1] + timedelta(days=self.settings.policy.unseen_days)

    def is_in_month(self, day: date) -> bool:
        """Whether ``day`` lies in the month that is planned."""
        return self.days[0] <= day <= self.days[-1]

    def is_past(self, day: date) -> bool:
        """Whether ``day`` lies before the day on which the roster is made: what was done then is history."""
        return day < self.settings.as_of

    # -- places and roads ---------------------------------------------------------------------------------

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        bases = {c.coach_id: (c.base_lat, c.base_lon) for c in self.coaches}
        return bases | {s.site_id: (s.lat, s.lon) for s in self.sites}

    @cached_property
    def _minutes(self) -> dict[tuple[str, str], int]:
        return {(row.from_id, row.to_id): row.minutes for row in self.travel}

    def minutes_between(self, from_id: str, to_id: str) -> int:
        """Whole minutes on the road from one coach's base or site to another, one way."""
        if from_id == to_id:
            return 0
        known = self._minutes.get((from_id, to_id))
        if known is None:
            known = self._minutes[from_id, to_id] = self._minutes_by_formula(from_id, to_id)
        return known

    def _minutes_by_formula(self, from_id: str, to_id: str) -> int:
        start, end = self._points[from_id], self._points[to_id]
        if start == end:
            return 0
        formula = self.settings.travel
        kilometres: float = haversine(start, end)
        minutes: float = formula.fixed + formula.factor * kilometres**formula.power
        return math.floor(minutes + 0.5)

    @cached_property
    def has_short_cuts(self) -> bool:
        """Whether some journey is shorter by way of other sites than straight (Floyd and Warshall 1962)."""
        places = [*self.site, *self.coach]
        minutes = np.array([[self.minutes_between(a, b) for b in places] for a in places], dtype=np.int64)
        shortest = minutes.copy()
        for by_way in range(len(self.site)):
            np.minimum(shortest, shortest[:, [by_way]] + shortest[[by_way], :], out=shortest)
        return bool(np.any(shortest < minutes))

    def site_of(self, session_id: str) -> str:
        """The site of a session's room."""
        return self.room[self.session[session_id].room_id].site_id

    @cached_property
    def _features(self) -> dict[str, frozenset[str]]:
        return {r.room_id: frozenset(r.features) | frozenset(self.site[r.site_id].features) for r in self.rooms}

    def room_features(self, room_id: str) -> frozenset[str]:
        """The room's own features and its site's."""
        return self._features[room_id]

    # -- coaches ------------------------------------------------------------------------------------------

    @cached_property
    def _hours(self) -> dict[tuple[str, str], list[Span]]:
        found: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for row in self.hours:
            found[row.coach_id, row.weekday].append((row.start, row.end))
        return {key: sorted(spans) for key, spans in found.items()}

    @cached_property
    def leave_days(self) -> dict[str, frozenset[date]]:
        """The days of the month on which each coach is on leave."""
        found: dict[str, set[date]] = defaultdict(set)
        for row in self.leave:
            found[row.coach_id] |= {day for day in self.days if row.first_day <= day <= row.last_day}
        return {coach_id: frozenset(days) for coach_id, days in found.items()}

    def overlap(self, coach_id: str, session_id: str) -> Span | None:
        """Start and end of the longest overlap of the session with one row of the coach's hours that weekday.

        The earliest of equals; None where nothing overlaps. Leave and bank holidays are the rule ``hours``.
        """
        session = self.session[session_id]
        rows = self._hours.get((coach_id, weekday_of(session.date)), [])
        overlaps = [(max(session.start, start), min(session.end, end)) for start, end in rows]
        return max((o for o in overlaps if o[0] < o[1]), key=lambda o: (o[1] - o[0], -o[0]), default=None)

    @cached_property
    def _spans(self) -> dict[tuple[str, str], Span | None]:
        return {key: (visit.start, visit.end) for key, visit in self.history.items()}

    def span(self, coach_id: str, session_id: str) -> Span | None:
        """When a visit of the coach to the session starts and ends: as it was for history, else ``overlap``."""
        key = coach_id, session_id
        if key not in self._spans:
            self._spans[key] = self.overlap(*key)
        return self._spans[key]

    # -- people -------------------------------------------------------------------------------------------

    @cached_property
    def _within_reach(self) -> dict[str, frozenset[str]]:
        limit = self.settings.policy.reach_minutes
        homes = {p.site_id for p in self.practices}
        return {
            home: frozenset(s for s in self.site if s == home or self.minutes_between(home, s) <= limit)
            for home in homes
        }

    def accepted_sites(self, referral: Referral) -> frozenset[str]:
        """The sites that the person accepts: those listed, or those within reach of their practice's site."""
        if referral.sites:
            return frozenset(referral.sites)
        return self._within_reach[self.practice[referral.practice_id].site_id]

    def needed(self, referral: Referral, prefix: str) -> frozenset[str]:
        """The words that the person needs under ``coach``, ``room`` or ``interpreter``."""
        return _words(referral.needs, prefix)

    def notice_ends(self, referral: Referral) -> date:
        """as_of + notice: the first day on which a new appointment of this person may be."""
        policy = self.settings.policy
        needs_interpreter = bool(self.needed(referral, "interpreter"))
        days = policy.interpreter_notice_days if needs_interpreter else policy.notice_days
        return self.settings.as_of + timedelta(days=days)

    @cached_property
    def binding(self) -> frozenset[str]:
        """The referrals whose see-by date binds under ``see_by = "must"`` (empty under ``"prefer"``)."""
        if self.binding_as_given is not None:
            return self.binding_as_given
        if self.settings.policy.see_by != "must":
            return frozenset()
        return frozenset(r.referral_id for r in self.people.values() if self._binds(r))

    def _binds(self, referral: Referral) -> bool:
        if referral.see_by is None or not self.days[0] <= referral.see_by <= self.days[-1]:
            return False
        day_after = referral.referred_on + timedelta(days=1)
        return referral.see_by >= max(self.days[0], self.notice_ends(referral), day_after)

    # -- what people were told ----------------------------------------------------------------------------

    @cached_property
    def told_visits(self) -> dict[tuple[str, str], Visit]:
        """Published visits by (coach, session), without those whose coach or session is gone."""
        visits: Iterable[Visit] = self.published.visits if self.published else ()
        return {
            (v.coach_id, v.session_id): v for v in visits if v.coach_id in self.coach and v.session_id in self.session
        }

    @cached_property
    def told_appointments(self) -> dict[tuple[str, str], tuple[Appointment, ...]]:
        """Published appointments by (referral, session), without those of referrals or sessions that are gone."""
        found: dict[tuple[str, str], list[Appointment]] = defaultdict(list)
        for a in self.published.appointments if self.published else ():
            if a.referral_id in self.people and a.session_id in self.session:
                found[a.referral_id, a.session_id].append(a)
        return {key: tuple(sorted(rows, key=lambda a: a.start)) for key, rows in found.items()}

    @cached_property
    def history(self) -> dict[tuple[str, str], Visit]:
        """Published visits that lie before as_of, by (coach, session), with the bookings that still exist."""
        return {
            key: visit.model_copy(update={"booking_ids": tuple(b for b in visit.booking_ids if b in self.booking)})
            for key, visit in self.told_visits.items()
            if self.is_past(self.session[visit.session_id].date)
        }

    @cached_property
    def history_appointments(self) -> dict[tuple[str, str], tuple[Appointment, ...]]:
        """Appointments of ``history``, by (referral, session)."""
        held = {session_id for _, session_id in self.history}
        return {key: rows for key, rows in self.told_appointments.items() if key[1] in held}

    # -- the whole ----------------------------------------------------------------------------------------

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the canonical JSON of the tables: the same for a folder and a workbook with equal rows."""
        tables = self.model_dump(mode="json", by_alias=True, exclude={"binding_as_given", "settings"})
        tables["settings"] = self.settings.written("json")
        return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()

    def relaxed(self, **tables: object) -> Instance:
        """A copy with some tables replaced, in which the see-by dates that bind stay those of this instance."""
        return self.replaced(**tables, binding_as_given=self.binding)

    def replaced(self, **tables: object) -> Instance:
        """A copy with some tables replaced; of what was derived only the roads are kept, where they are the same."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        changed = Instance.model_construct(None, **(kept | tables))
        if changed.has_the_roads_of(self):
            changed.__dict__.update({name: self.__dict__[name] for name in _OF_ROADS & self.__dict__.keys()})
        return changed

    def has_the_roads_of(self, other: Instance) -> bool:
        """Whether places and roads are those of the other instance."""
        same = self.travel == other.travel and self.settings.travel == other.settings.travel
        return same and self._points == other._points


_OF_ROADS = frozenset(("_minutes", "has_short_cuts"))
"""What is worked out from places and roads alone."""


@cache
def _words(needs: tuple[str, ...], prefix: str) -> frozenset[str]:
    return frozenset(need.split(":", 1)[1] for need in needs if need.startswith(prefix + ":"))
