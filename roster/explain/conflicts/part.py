"""The part of an instance that a few promises are about: whatever else there is could only use up time and rooms.

A promise is a fact that asks for something: a see-by date that binds, a number of visits, a pin. People to whom
nothing is promised need not be seen, and where nothing that is promised could be done no visit is needed; so the part
has a roster that keeps its promises exactly where the whole instance has one that keeps these. For a session between
two others to be left out, the way without it must be no longer (``Instance.has_short_cuts``).
"""

from collections.abc import Collection, Iterator, Sequence

from roster.candidates import Candidates
from roster.domain import Referral, Session
from roster.instance import Instance
from roster.rule import Rule


def promises(instance: Instance) -> list[str]:
    """The facts, by id, that ask for something."""
    return [
        *(f"see_by:{r}" for r in instance.people if r in instance.binding),
        *(f"presence:{s.site_id}" for s in instance.sites if s.min_sessions),
        *(f"pin:{p.coach_id}:{p.session_id}" for p in instance.pins),
    ]


def is_promise(fact_id: str) -> bool:
    """Whether a fact, by id, asks for something."""
    return fact_id.startswith(("see_by:", "presence:", "pin:"))


def part_about(instance: Instance, asked: Collection[str], *, days_later: int = 0, anywhere: bool = False) -> Instance:
    """The instance with no other promises than these, by id, and no more than they are about.

    ``days_later``: how far their see-by dates may be moved; ``anywhere``: people may come to sites that they do not
    accept. Which see-by dates bind stays as it is in the instance. What has happened is all there.
    """
    people = [r for r in instance.people.values() if f"see_by:{r.referral_id}" in asked]
    pins = tuple(p for p in instance.pins if f"pin:{p.coach_id}:{p.session_id}" in asked)
    sites = tuple(
        s if f"presence:{s.site_id}" in asked else s.model_copy(update={"min_sessions": None}) for s in instance.sites
    )
    smaller = instance.relaxed(referrals=tuple(people), pins=pins, sites=sites)
    useful = {s.session_id for s in _useful(smaller, people, days_later, anywhere)}
    days = {instance.session[session_id].date for session_id in useful}
    on_these_days = tuple(s for s in instance.sessions if s.date in days or instance.is_past(s.date))
    if len(useful) < len(on_these_days) and not instance.has_short_cuts:
        on_these_days = tuple(s for s in on_these_days if s.session_id in useful or instance.is_past(s.date))
    return smaller.replaced(sessions=on_these_days)


def _useful(instance: Instance, people: Collection[Referral], days_later: int, anywhere: bool) -> Iterator[Session]:
    """The sessions in which something that is promised could be done."""
    last = max((r.see_by.toordinal() + days_later for r in people if r.see_by), default=0)
    near = {site_id for referral in people for site_id in instance.accepted_sites(referral)}
    pinned = {p.session_id for p in instance.pins}
    promised = {s.site_id for s in instance.sites if s.min_sessions}
    for session in instance.sessions:
        site_id = instance.site_of(session.session_id)
        in_time = session.date.toordinal() <= last and (anywhere or site_id in near)
        if in_time or site_id in promised or session.session_id in pinned:
            yield session


def usable_part(instance: Instance, rules: Sequence[Rule]) -> Instance:
    """The instance without the sessions to come that nobody to whom something is promised could use."""
    candidates = Candidates(instance, rules)
    pinned = {p.session_id for p in instance.pins}
    promised = {s.site_id for s in instance.sites if s.min_sessions}
    usable = {
        session.session_id
        for referral in instance.people.values()
        for session in candidates.sessions_for(referral)
        if candidates.who_may_see(referral, session)
    }
    usable |= {s.session_id for s in instance.sessions if instance.is_past(s.date) or s.session_id in pinned}
    usable |= {s.session_id for s in instance.sessions if instance.site_of(s.session_id) in promised}
    if len(usable) == len(instance.sessions) or instance.has_short_cuts:
        return instance
    return instance.relaxed(sessions=tuple(s for s in instance.sessions if s.session_id in usable))
