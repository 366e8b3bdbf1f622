"""Places that a roster leaves free in its visits, week by week, and who is within reach of one. No solver.

What holding places back for urgent referrals means (docs/after_publishing.md):

- a place lasts as long as most appointments of people of band A, or of all people where nobody is of band A;
- a week is what is left of an ISO week of the month from as_of + notice_days on: nobody new can be seen before;
- a visit has as many places free as fit into its minutes beside those booked;
- a person is within reach of a place at a site that they accept.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from roster.calendar import iso_week
from roster.domain import Coach, Record, Roster, Session
from roster.instance import Instance

_MOST_URGENT = "A"
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Week:
    """The days of one week on which places may be held back, and the ids of the sessions offered then."""

    first_day: date
    last_day: date
    session_ids: tuple[str, ...]


class WeekOfPlaces(Record):
    """One week of a roster: its appointments, the places free beside them, and who is within reach of one.

    ``share``: of appointments and free places together, the part that is free; None where there are neither.
    """

    first_day: date
    last_day: date
    appointments: int
    places: int
    share: float | None
    people_within_reach: int
    people: int


def place_minutes(instance: Instance) -> int:
    """How long a place is, in minutes: the commonest length, the longer of equals; 0 where there are no people."""
    lengths: Counter[int] = Counter()
    people = instance.people.values()
    for referral in [r for r in people if r.band == _MOST_URGENT] or people:
        lengths[referral.minutes] += referral.count
    return max(lengths, key=lambda minutes: (lengths[minutes], minutes), default=0)


def weeks_ahead(instance: Instance) -> tuple[Week, ...]:
    """The weeks in which places may be held back, in order; those in which no session is offered are left out."""
    first = instance.settings.as_of + timedelta(days=instance.settings.policy.notice_days)
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    offered: dict[tuple[int, int], list[str]] = defaultdict(list)
    for day in instance.days:
        if day >= first:
            days[iso_week(day)].append(day)
    for session in instance.sessions:
        if session.date >= first and instance.is_in_month(session.date):
            offered[iso_week(session.date)].append(session.session_id)
    return tuple(Week(of[0], of[-1], tuple(offered[week])) for week, of in sorted(days.items()) if week in offered)


def people_by_sites(instance: Instance) -> dict[frozenset[str], int]:
    """How many people accept each set of sites."""
    people: Counter[frozenset[str]] = Counter()
    for referral in instance.people.values():
        people[instance.accepted_sites(referral)] += referral.count
    return dict(people)


def places_for(share: Fraction, appointments: int) -> int:
    """The fewest places that are at least this share of all, together with so many appointments."""
    return -(-share.numerator * appointments // (share.denominator - share.numerator))


def within_reach(people: Mapping[frozenset[str], int], site_ids: Collection[str]) -> int:
    """How many of these people accept one of the sites."""
    return sum(number for accepted, number in people.items() if not accepted.isdisjoint(site_ids))


def most_people(people: Mapping[frozenset[str], int]) -> int:
    """The fewest that are more than half of these people."""
    return sum(people.values()) // 2 + 1


def wanted_within_reach(instance: Instance, week: Week) -> int:
    """How many people a week with visits should have within reach of a place: most, or as many as can be expected.

    What can be expected is what visits to ``sites_to_expect`` reach.
    """
    people = people_by_sites(instance)
    return min(most_people(people), within_reach(people, sites_to_expect(instance, week)))


def sites_to_expect(instance: Instance, week: Week) -> set[str]:
    """The sites of visits of which each coach holds one a day, within their hours, roads and limits.

    Limits of a month are shared out evenly over its weeks. The sites are chosen one after another, each where it
    brings most people within reach, until most are.
    """
    people = people_by_sites(instance)
    ways = _ways_to_be_there(instance, week)
    days_left = {c.coach_id: _days_in_a_week(instance, c) for c in instance.coaches}
    reached: set[str] = set()
    taken: set[tuple[str, date]] = set()
    while within_reach(people, reached) < most_people(people):
        open_ = {
            site_id: next((w for w in coach_days if w not in taken and days_left[w[0]] > 0), None)
            for site_id, coach_days in ways.items()
        }
        gains = {s: (within_reach(people, reached | {s}), way) for s, way in open_.items() if way}
        best = max(gains, key=lambda site_id: gains[site_id][0], default=None)
        if best is None or gains[best][0] == within_reach(people, reached):
            break
        reached.add(best)
        taken.add(gains[best][1])
        days_left[gains[best][1][0]] -= 1
    return reached


def _ways_to_be_there(instance: Instance, week: Week) -> dict[str, list[tuple[str, date]]]:
    """For each site the (coach, day) on which that coach could hold a visit there, and no other that day."""
    ways: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for session_id in week.session_ids:
        session, site_id = instance.session[session_id], instance.site_of(session_id)
        for coach in instance.coaches:
            if _may_be_there(instance, coach, session, site_id):
                ways[site_id].append((coach.coach_id, session.date))
    return ways


def _may_be_there(instance: Instance, coach: Coach, session: Session, site_id: str) -> bool:
    coach_id, day = coach.coach_id, session.date
    if day in instance.bank_holidays or day in instance.leave_days.get(coach_id, ()) or coach.max_sessions_day == 0:
        return False
    span = instance.overlap(coach_id, session.session_id)
    shortest = max(instance.settings.policy.min_visit_minutes, place_minutes(instance))
    if span is None or span[1] - span[0] < shortest:
        return False
    limit = coach.max_travel_minutes_day
    road = instance.minutes_between(coach_id, site_id) + instance.minutes_between(site_id, coach_id)
    return limit is None or road <= limit


def _days_in_a_week(instance: Instance, coach: Coach) -> int:
    """On how many days of each week the coach can work."""
    days = _DAYS_OF_A_WEEK if coach.max_sessions_week is None else min(_DAYS_OF_A_WEEK, coach.max_sessions_week)
    if coach.max_sessions_month is None:
        return days
    return min(days, coach.max_sessions_month // len({iso_week(day) for day in instance.days}))


# -- a finished roster ------------------------------------------------------------------------------------------


def free_places(instance: Instance, roster: Roster) -> dict[str, int]:
    """How many places are free in each session that the roster has a visit in, from as_of + notice_days on.

    Counted in minutes: those of the visit less those booked.
    """
    length = place_minutes(instance)
    ahead = {session_id for week in weeks_ahead(instance) for session_id in week.session_ids}
    minutes: Counter[str] = Counter()
    for visit in roster.visits:
        minutes[visit.session_id] = max(minutes[visit.session_id], visit.end - visit.start)
    for appointment in roster.appointments:
        minutes[appointment.session_id] -= appointment.end - appointment.start
    return {s: max(0, left) // length if length else 0 for s, left in minutes.items() if s in ahead}


def weeks_of_places(instance: Instance, roster: Roster) -> Iterator[WeekOfPlaces]:
    """Every week of the roster in which places may be held back."""
    free, people = free_places(instance, roster), people_by_sites(instance)
    seen = Counter(a.session_id for a in roster.appointments)
    for week in weeks_ahead(instance):
        appointments, places = _sum(seen, week.session_ids), _sum(free, week.session_ids)
        sites = {instance.site_of(s) for s in week.session_ids if free.get(s)}
        yield WeekOfPlaces(
            first_day=week.first_day,
            last_day=week.last_day,
            appointments=appointments,
            places=places,
            share=places / (places + appointments) if places + appointments else None,
            people_within_reach=within_reach(people, sites),
            people=sum(people.values()),
        )


def _sum(numbers: Mapping[str, int], session_ids: Iterable[str]) -> int:
    return sum(numbers.get(session_id, 0) for session_id in session_ids)
