"""Days of work drawn for the hidden plan: which coach holds which sessions on which day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from random import Random

from instances.hidden import binds
from roster.calendar import iso_week
from roster.domain import Coach, Referral, Session, Visit
from roster.instance import Instance

_A_LONG_WAY = 150


def draw_visits(instance: Instance, rng: Random) -> dict[str, Visit]:
    """Visits, by session, that keep the rules of hours, rooms, travel and workload: coaches work all they may.

    They go where the instance's people wait who have to be seen by a day, and else where nobody has been yet.
    """
    month = _Month(instance)
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in instance.sessions:
        if session.date not in instance.bank_holidays:
            by_day[session.date].append(session)
    for day in sorted(by_day):
        there = [c for c in instance.coaches if day not in instance.leave_days.get(c.coach_id, ())]
        for coach in rng.sample(there, len(there)):
            month.work(coach, by_day[day], rng)
    return {v.session_id: v for v in sorted(month.visits, key=lambda v: v.session_id)}


class _Month:
    """Visits as they are added, and what they leave open."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.visits: list[Visit] = []
        self._taken: dict[tuple[str, date], list[Session]] = defaultdict(list)
        self._visits_at: Counter[str] = Counter()
        self._worked: Counter[tuple[str, object]] = Counter()
        self._waiting = _Waiting(instance)

    def work(self, coach: Coach, sessions: list[Session], rng: Random) -> None:
        """Add a day of the coach's: sessions that fit, near and where people wait."""
        open_to = [s for s in sessions if self._is_free(s) and _can_hold(self.instance, coach, s)]
        tour: list[Visit] = []
        room_for = self._most(coach, sessions[0].date)
        while len(tour) < room_for:
            tours = [t for s in open_to if (t := _with(self.instance, tour, coach, s))]
            if not tours:
                break
            tour = min(tours, key=lambda t: self._effort(coach, t) + rng.randrange(25))
            last = {v.session_id for v in tour}
            open_to = [s for s in open_to if s.session_id not in last and not self._clashes(s, last)]
        self._add(coach, sessions[0].date, tour)

    def _most(self, coach: Coach, day: date) -> int:
        limits = (
            (coach.max_sessions_day, 0),
            (coach.max_sessions_week, self._worked[coach.coach_id, iso_week(day)]),
            (coach.max_sessions_month, self._worked[coach.coach_id, None]),
        )
        return min((limit - used for limit, used in limits if limit is not None), default=2)

    def _effort(self, coach: Coach, tour: list[Visit]) -> int:
        visited = sum(15 * self._visits_at[self.instance.site_of(v.session_id)] for v in tour)
        served = sum(self._waiting.minutes(coach, v) for v in tour)
        return _road(self.instance, coach, tour) + visited - served - sum(v.end - v.start for v in tour) // 6

    def _is_free(self, session: Session) -> bool:
        return not any(overlap(session, other) for other in self._taken[session.room_id, session.date])

    def _clashes(self, session: Session, chosen: Iterable[str]) -> bool:
        others = (self.instance.session[s] for s in chosen)
        return any(other.room_id == session.room_id and overlap(session, other) for other in others)

    def _add(self, coach: Coach, day: date, tour: list[Visit]) -> None:
        self.visits += tour
        self._worked[coach.coach_id, iso_week(day)] += len(tour)
        self._worked[coach.coach_id, None] += len(tour)
        for visit in tour:
            session = self.instance.session[visit.session_id]
            self._taken[session.room_id, day].append(session)
            self._visits_at[self.instance.site_of(visit.session_id)] += 1
            self._waiting.serve(coach, visit)


class _Waiting:
    """People who have to be seen by a day and have no place yet, by the sites that they accept."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._at: dict[str, list[Referral]] = defaultdict(list)
        self._served: set[str] = set()
        for referral in sorted(instance.people.values(), key=lambda r: (r.see_by or r.referred_on, r.referral_id)):
            if binds(instance, referral):
                for site_id in instance.accepted_sites(referral):
                    self._at[site_id].append(referral)

    def minutes(self, coach: Coach, visit: Visit) -> int:
        """How many minutes of the visit they would fill."""
        return sum(referral.minutes for referral in self._first_in(coach, visit))

    def serve(self, coach: Coach, visit: Visit) -> None:
        """Those who would fill the visit wait no longer."""
        self._served.update(referral.referral_id for referral in self._first_in(coach, visit))

    def _first_in(self, coach: Coach, visit: Visit) -> Iterator[Referral]:
        """The people who could be seen in the visit and fit into it, the earliest see-by date first."""
        session = self._instance.session[visit.session_id]
        free = visit.end - visit.start
        for referral in self._at[self._instance.site_of(visit.session_id)]:
            waits = referral.referral_id not in self._served and referral.minutes <= free
            if waits and self._could_be_seen(referral, coach, session):
                free -= referral.minutes
                yield referral

    def _could_be_seen(self, referral: Referral, coach: Coach, session: Session) -> bool:
        last = referral.see_by or session.date
        in_time = self._instance.notice_ends(referral) <= session.date <= last and session.date not in referral.away
        return (
            in_time
            and self._instance.needed(referral, "coach") <= set(coach.skills)
            and self._instance.needed(referral, "room") <= self._instance.room_features(session.room_id)
        )


def overlap(one: Session, other: Session) -> bool:
    """Whether two sessions of one day overlap in time."""
    return one.start < other.end and other.start < one.end


def _can_hold(instance: Instance, coach: Coach, session: Session) -> bool:
    span = instance.overlap(coach.coach_id, session.session_id)
    if span is None or span[1] - span[0] < instance.settings.policy.min_visit_minutes:
        return False
    site_id = instance.site_of(session.session_id)
    there_and_back = instance.minutes_between(coach.coach_id, site_id) + instance.minutes_between(
        site_id, coach.coach_id
    )
    return there_and_back <= _A_LONG_WAY


def _with(instance: Instance, tour: list[Visit], coach: Coach, session: Session) -> list[Visit]:
    """The tour with one more visit, in order of time; empty where the coach cannot do it."""
    span = instance.overlap(coach.coach_id, session.session_id)
    if span is None:
        return []
    visit = Visit(coach_id=coach.coach_id, session_id=session.session_id, start=span[0], end=span[1])
    longer = sorted([*tour, visit], key=lambda v: v.start)
    breaks = instance.settings.policy.break_minutes
    for before, after in pairwise(longer):
        road = instance.minutes_between(instance.site_of(before.session_id), instance.site_of(after.session_id))
        if after.start < before.end + road + breaks:
            return []
    limit = coach.max_travel_minutes_day
    return longer if limit is None or _road(instance, coach, longer) <= limit else []


def _road(instance: Instance, coach: Coach, tour: list[Visit]) -> int:
    stops = [coach.coach_id, *(instance.site_of(v.session_id) for v in tour), coach.coach_id]
    return sum(instance.minutes_between(a, b) for a, b in pairwise(stops))
