"""A month that is half over: what people were told some weeks ago, and what has changed since.

The hidden plan becomes the published roster. Then a room is withdrawn, a coach takes leave, a coach who had come to
help has gone, people have left or withdrawn their consent, and others were referred. The plan is mended, so that it
still keeps every rule; what was before as_of stays as it was told.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from instances.hidden import HiddenPlan, binds
from instances.people import Crowd, draw_people, seat_those_bound
from instances.places import Places
from instances.recipes import Recipe
from instances.shifts import overlap
from instances.written import as_roster
from roster.domain import WEEKDAYS, Coach, Hours, Leave, Referral, Visit
from roster.instance import Instance

_GONE = 2


def weeks_later(
    recipe: Recipe, instance: Instance, plan: HiddenPlan, places: Places, rng: Random
) -> tuple[Instance, HiddenPlan]:
    """The same region on the recipe's ``as_of``, with what was published from ``instance`` and ``plan``."""
    told = as_roster(*_with_helper(instance, plan, rng))
    seen = sorted({a.referral_id for a in told.appointments})
    gone = frozenset(rng.sample(seen, min(_GONE, len(seen))))
    later = instance.replaced(
        settings=instance.settings.model_copy(update={"as_of": recipe.as_of}),
        published=told,
        referrals=_who_is_left(instance, gone, rng),
    )
    later, lost = _disrupted(later, plan, rng)
    plan = _mended(later, plan, lost)
    later = later.replaced(referrals=_still_promised(later, plan))
    crowd = Crowd(
        later,
        places,
        recipe,
        instance.settings.as_of + timedelta(days=1),
        recipe.as_of,
        frozenset(r.referral_id for r in instance.referrals),
    )
    plan = replace(plan, instance=later)
    newcomers = draw_people(crowd, recipe.people - len(later.referrals), rng)
    newcomers = seat_those_bound(crowd, newcomers, plan, rng)
    people = sorted((*later.referrals, *newcomers), key=lambda r: (r.referred_on, r.referral_id))
    later = later.replaced(referrals=tuple(people))
    return later, replace(plan, instance=later)


def _with_helper(instance: Instance, plan: HiddenPlan, rng: Random) -> tuple[Instance, HiddenPlan]:
    """The region and the plan with one more coach, who holds one more session."""
    held = [instance.session[s] for s in plan.visits]
    free = [
        s
        for s in instance.sessions
        if s.date not in instance.bank_holidays and not instance.site[instance.site_of(s.session_id)].hire_pounds
        if not any((s.room_id, s.date) == (h.room_id, h.date) and overlap(s, h) for h in held)
    ]
    if not free:
        return instance, plan
    session = rng.choice(free)
    coach_id = f"C{len(instance.coaches) + 1:02d}"
    like = instance.coaches[0]
    helper = Coach(coach_id=coach_id, base_lat=like.base_lat, base_lon=like.base_lon)
    hours = Hours(coach_id=coach_id, weekday=WEEKDAYS[session.date.weekday()], start=session.start, end=session.end)
    visit = Visit(coach_id=coach_id, session_id=session.session_id, start=session.start, end=session.end)
    told = instance.replaced(coaches=(*instance.coaches, helper), hours=(*instance.hours, hours))
    longer = HiddenPlan(told, plan.visits | {visit.session_id: visit}, dict(plan.free), list(plan.seats))
    seated = {referral.referral_id for referral, _ in plan.seats}
    for referral in told.people.values():
        if referral.referral_id not in seated:
            longer.seat(referral, referral.count)
    return told, longer


def _who_is_left(instance: Instance, gone: frozenset[str], rng: Random) -> tuple[Referral, ...]:
    """The referrals without those that are gone; one person has withdrawn their consent."""
    left = [r for r in instance.referrals if r.referral_id not in gone]
    agreed = [index for index, r in enumerate(left) if r.consent == "yes"]
    if len(agreed) > 1:
        index = rng.choice(agreed)
        left[index] = left[index].model_copy(update={"consent": "no"})
    return tuple(left)


def _disrupted(later: Instance, plan: HiddenPlan, rng: Random) -> tuple[Instance, frozenset[str]]:
    """A session withdrawn and a day of leave, where nothing was promised; and the visits lost to them."""
    pinned = {pin.session_id for pin in later.pins}
    ahead = [
        s
        for s in sorted(plan.visits)
        if later.session[s].date > later.settings.as_of
        and s not in pinned
        and not later.site[later.site_of(s)].min_sessions
    ]
    rng.shuffle(ahead)
    lost: set[str] = set()
    if ahead:
        lost.add(ahead[0])
        later = later.replaced(sessions=tuple(s for s in later.sessions if s.session_id != ahead[0]))
    for session_id in ahead[1:]:
        coach_id, day = plan.visits[session_id].coach_id, later.session[session_id].date
        that_day = _visits_on(later, plan, coach_id, day, lost)
        if that_day <= set(ahead):
            leave = Leave(coach_id=coach_id, first_day=day, last_day=day)
            rows = sorted((*later.leave, leave), key=lambda row: (row.coach_id, row.first_day))
            return later.replaced(leave=tuple(rows)), frozenset(lost | that_day)
    return later, frozenset(lost)


def _visits_on(instance: Instance, plan: HiddenPlan, coach_id: str, day: date, lost: Iterable[str]) -> set[str]:
    return {
        s
        for s, visit in plan.visits.items()
        if visit.coach_id == coach_id and s not in lost and instance.session[s].date == day
    }


def _mended(later: Instance, plan: HiddenPlan, lost: frozenset[str]) -> HiddenPlan:
    """The plan without what is lost; people who lost their place have another one where there is one."""
    visits = {s: visit for s, visit in plan.visits.items() if s not in lost}
    mended = HiddenPlan(later, visits)
    displaced = []
    for old, session_id in plan.seats:
        referral = later.people.get(old.referral_id)
        if referral is not None and session_id in visits:
            mended.put(referral, session_id)
        elif referral is not None:
            displaced.append(referral)
    for referral in displaced:
        mended.seat(referral, 1, referral.see_by if binds(later, referral) else None)
    return mended


def _still_promised(later: Instance, plan: HiddenPlan) -> tuple[Referral, ...]:
    """The referrals; those who would have to be seen by a day and lost their place have no such day any more."""
    seated = [referral.referral_id for referral, _ in plan.seats]
    return tuple(
        r.model_copy(update={"see_by": None}) if binds(later, r) and seated.count(r.referral_id) < r.count else r
        for r in later.referrals
    )
