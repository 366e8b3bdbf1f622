"""The part of an instance that decides whether it has a roster: who has to be seen, where, and who could see them.

Somebody has to be in a roster for one of four reasons only: a see-by date that binds, a promise to a site, a pin, or
history. Everybody and everything else only uses rooms, coaches' time and money, so a roster of the part is one of
the whole, and where the part has none the whole has none. What is left out is left out whole: a person, a coach, or a
day. Part of a coach's day is never left out, since the way by a third place may be the shorter one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from roster.candidates import Candidates
from roster.domain import Referral
from roster.instance import Instance
from roster.rule import Rule

CoachDay = tuple[str, date]


def wanted_people(instance: Instance) -> dict[str, date]:
    """The referrals that have to be seen, each with the last day for it."""
    people = (instance.people[r] for r in instance.people if r in instance.binding)
    return {person.referral_id: person.see_by for person in people if person.see_by is not None}


def could_be_seen(candidates: Candidates, person: Referral, by: date) -> dict[str, frozenset[str]]:
    """The sessions in which somebody could see the person in time, each with the coaches who could."""
    in_time = (s for s in candidates.sessions_for(person) if s.date <= by)
    seen = {s.session_id: candidates.who_may_see(person, s) for s in in_time}
    return {session_id: coaches for session_id, coaches in seen.items() if coaches}


def needed_part(instance: Instance, rules: Sequence[Rule], wanted: Mapping[str, date]) -> Instance:
    """The instance with the people ``wanted`` (each by a last day), and the coaches and days that somebody needs."""
    of_people = instance.relaxed(referrals=tuple(r for r in instance.referrals if r.referral_id in wanted))
    needed = set(_coach_days(of_people, Candidates(of_people, rules), wanted))
    coaches, days = {coach_id for coach_id, _ in needed}, {day for _, day in needed}
    return of_people.relaxed(
        coaches=tuple(c for c in instance.coaches if c.coach_id in coaches),
        sessions=tuple(s for s in instance.sessions if s.date in days),
    )


def _coach_days(instance: Instance, candidates: Candidates, wanted: Mapping[str, date]) -> Iterator[CoachDay]:
    """Each coach and day on which a visit could be one that somebody needs."""
    visits = [*instance.history, *((pin.coach_id, pin.session_id) for pin in instance.pins)]
    for referral_id, person in instance.people.items():
        for session_id, coaches in could_be_seen(candidates, person, wanted[referral_id]).items():
            visits += [(coach_id, session_id) for coach_id in coaches]
    promised = {site.site_id for site in instance.sites if site.min_sessions}
    for session_id, able in candidates.coaches_at.items():
        if instance.site_of(session_id) in promised:
            visits += [(coach_id, session_id) for coach_id in able]
    for coach_id, session_id in visits:
        yield coach_id, instance.session[session_id].date
