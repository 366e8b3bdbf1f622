"""Two separate reasons why a region has no roster that keeps every rule: a promise too many, and too few rooms.

The promise: a site has been promised every session that it offers, and on the day of one of them every coach who
works on that weekday is on leave. The rooms: more people of one practice have to be seen by an early day than the
sessions up to then can hold.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

from instances.deadlines import working_days, working_days_later
from instances.hidden import HiddenPlan, binds
from instances.shifts import overlap
from roster.calendar import weekday_of
from roster.domain import Leave, Referral, Session
from roster.instance import Instance

_MINUTES = 60
_DAYS = 30


@dataclass(frozen=True)
class Shortage:
    """The two reasons. ``people`` need ``need_minutes`` by ``by``; ``sessions`` hold ``have_minutes`` at most.

    The site ``promised_to`` cannot have its sessions because nobody works on ``leave_day``.
    """

    promised_to: str
    leave_day: date
    people: tuple[str, ...]
    by: date
    sessions: tuple[str, ...]
    need_minutes: int
    have_minutes: int


@dataclass(frozen=True)
class _Deadline:
    """A practice's own site and an early day: the sessions there up to it, and the minutes they hold at most."""

    practice_id: str
    site_id: str
    referred_on: date
    by: date
    sessions: tuple[Session, ...]
    minutes: int


def cut_short(instance: Instance, plan: HiddenPlan, rng: Random) -> tuple[Instance, HiddenPlan, Shortage]:
    """The region with both reasons, and the plan with the visits that are left of it."""
    deadline = min(_deadlines(instance), key=lambda d: (len(d.sessions) < 2, d.minutes, d.by, d.practice_id))
    instance, people = _with_too_many(instance, deadline, rng)
    instance, site_id, day = _with_a_promise_too_many(instance, deadline.by)
    plan = _left_of(instance, plan, people)
    instance = _keepable(instance, plan, site_id, people)
    shortage = Shortage(
        promised_to=site_id,
        leave_day=day,
        people=people,
        by=deadline.by,
        sessions=tuple(s.session_id for s in deadline.sessions),
        need_minutes=_MINUTES * len(people),
        have_minutes=deadline.minutes,
    )
    return instance, replace(plan, instance=instance), shortage


def _deadlines(instance: Instance) -> Iterator[_Deadline]:
    """Every practice and every day in the month by which a person of band B could have to be seen."""
    settings = instance.settings
    for referred_on in working_days(settings.nation, settings.as_of - timedelta(days=_DAYS), settings.as_of):
        by = working_days_later(settings.nation, referred_on, 15)
        first = max(instance.days[0], settings.as_of + timedelta(days=settings.policy.notice_days))
        if not first <= by <= instance.days[-1]:
            continue
        for practice in instance.practices:
            found = [s for s in _sessions_at(instance, practice.site_id) if first <= s.date <= by]
            minutes = sum(_most_minutes(instance, s) for s in found)
            yield _Deadline(practice.practice_id, practice.site_id, referred_on, by, tuple(found), minutes)


def _sessions_at(instance: Instance, site_id: str) -> list[Session]:
    """The sessions at the site that some coach could hold."""
    return [s for s in instance.sessions if instance.site_of(s.session_id) == site_id and _most_minutes(instance, s)]


def _most_minutes(instance: Instance, session: Session) -> int:
    """The longest visit that any coach could make to the session; 0 where none could."""
    if session.date in instance.bank_holidays:
        return 0
    spans = [
        instance.overlap(coach.coach_id, session.session_id)
        for coach in instance.coaches
        if session.date not in instance.leave_days.get(coach.coach_id, ())
    ]
    lengths = [span[1] - span[0] for span in spans if span is not None]
    return max((n for n in lengths if n >= instance.settings.policy.min_visit_minutes), default=0)


def _with_too_many(instance: Instance, deadline: _Deadline, rng: Random) -> tuple[Instance, tuple[str, ...]]:
    """The instance in which one person too many has to be seen by the deadline; they take the place of others."""
    number = deadline.minutes // _MINUTES + 1
    replaceable = [r.referral_id for r in instance.referrals if not binds(instance, r) and r.count == 1]
    people = tuple(sorted(rng.sample(replaceable, min(number, len(replaceable)))))
    rows = [_one_too_many(r, deadline) if r.referral_id in people else r for r in instance.referrals]
    rows.sort(key=lambda r: (r.referred_on, r.referral_id))
    return instance.replaced(referrals=tuple(rows)), people


def _one_too_many(referral: Referral, deadline: _Deadline) -> Referral:
    return Referral(
        referral_id=referral.referral_id,
        practice_id=deadline.practice_id,
        referred_on=deadline.referred_on,
        band="B",
        see_by=deadline.by,
        minutes=_MINUTES,
        sites=(deadline.site_id,),
        consent="yes",
    )


def _with_a_promise_too_many(instance: Instance, after: date) -> tuple[Instance, str, date]:
    """The instance in which a site is promised all its sessions, and nobody works on the day of one of them."""
    choices = [
        (len(offered), len(_working_on(instance, s.date)), site.site_id, s.date)
        for site in instance.sites
        if len(offered := _apart(_sessions_at(instance, site.site_id))) > 1
        for s in offered
        if s.date > after
    ]
    promised, _, site_id, day = min(choices)
    leave = [Leave(coach_id=c, first_day=day, last_day=day) for c in _working_on(instance, day)]
    sites = tuple(
        site.model_copy(update={"min_sessions": promised, "max_sessions": None}) if site.site_id == site_id else site
        for site in instance.sites
    )
    rows = sorted((*instance.leave, *leave), key=lambda row: (row.coach_id, row.first_day))
    return instance.replaced(leave=tuple(rows), sites=sites), site_id, day


def _apart(sessions: list[Session]) -> list[Session]:
    """The sessions, or none of them where two overlap in one room: such a promise could not be kept anyway."""
    for one, other in combinations(sessions, 2):
        if (one.room_id, one.date) == (other.room_id, other.date) and overlap(one, other):
            return []
    return sessions


def _working_on(instance: Instance, day: date) -> list[str]:
    """The coaches who have hours on that weekday and are not on leave."""
    contracted = {row.coach_id for row in instance.hours if row.weekday == weekday_of(day)}
    return sorted(c for c in contracted if day not in instance.leave_days.get(c, ()))


def _left_of(instance: Instance, plan: HiddenPlan, people: tuple[str, ...]) -> HiddenPlan:
    """The plan without visits on leave and without the people who are others now; those displaced seated again."""
    visits = {
        s: visit
        for s, visit in plan.visits.items()
        if instance.session[s].date not in instance.leave_days.get(visit.coach_id, ())
    }
    left = HiddenPlan(instance, visits)
    stay = [(r, s) for r, s in plan.seats if r.referral_id not in people]
    for referral, session_id in stay:
        if session_id in visits:
            left.put(referral, session_id)
    for referral, session_id in stay:
        if session_id not in visits and binds(instance, referral):
            left.seat(referral, 1, referral.see_by)
    return left


def _keepable(instance: Instance, plan: HiddenPlan, promised_to: str, people: tuple[str, ...]) -> Instance:
    """The instance in which all other promises are kept by the plan."""
    held = Counter(instance.site_of(s) for s in plan.visits)
    seated = Counter(referral.referral_id for referral, _ in plan.seats)
    sites = tuple(
        site
        if site.min_sessions is None or site.site_id == promised_to
        else site.model_copy(update={"min_sessions": min(site.min_sessions, held[site.site_id])})
        for site in instance.sites
    )
    referrals = tuple(
        r.model_copy(update={"see_by": None})
        if binds(instance, r) and seated[r.referral_id] < r.count and r.referral_id not in people
        else r
        for r in instance.referrals
    )
    return instance.replaced(sites=sites, referrals=referrals)
