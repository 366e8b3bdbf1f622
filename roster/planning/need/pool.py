"""The additions worth looking at in a region too large to look at all of them: those that help who is not seen yet.

From the best roster with nothing added: the people who could be seen in time and are not, the sessions that most of
them could use, the interpreters whom they need, and a coach of each kind. What the model with alike things put together
uses comes beside.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from roster.domain import Referral
from roster.edits import AddBooking, AddCoach
from roster.edits.apply import changed_by
from roster.plan import Plan
from roster.planning.need.additions import Addition, Universe, edits_of, first_day

MOST_SESSIONS = 120
"""How many more sessions are looked at, at most."""


@dataclass(frozen=True)
class Pool:
    """The part of a universe that is worth looking at, and the days on which who is not seen in time could be."""

    universe: Universe
    days: frozenset[date]


def pool(universe: Universe, days: int, plan: Plan, beside: Collection[str]) -> Pool:
    """What is worth looking at. ``beside``: ids of additions wanted in any case, as far as there is room for them."""
    missed = _missed(universe, days, plan)
    useful = _useful(universe, days, missed)
    useful.update({id_: 1 for id_ in beside if universe.additions[id_].kind == "session"})
    sessions = {id_ for id_, _ in useful.most_common(MOST_SESSIONS)}
    skills = {skill for referral in missed for skill in universe.base.needed(referral, "interpreter")}
    first: set[str] = set()

    def wanted(addition: Addition) -> bool:
        if addition.kind == "session":
            return addition.id in sessions
        if isinstance(addition.edit, AddBooking):
            return addition.edit.skill in skills or addition.id in beside
        if not isinstance(addition.edit, AddCoach):
            return True
        is_first = addition.alike not in first
        first.add(addition.alike)
        return is_first or addition.id in beside

    additions = {a.id: a for a in universe.additions.values() if wanted(a)}
    part = Universe(universe.base, changed_by(universe.base, edits_of(list(additions.values()))), additions)
    return Pool(
        part, frozenset(d for d in universe.base.days if any(_is_in_time(universe, r, days, d) for r in missed))
    )


def _missed(universe: Universe, days: int, plan: Plan) -> list[Referral]:
    """Who could be seen in time and is not, at least not all of them."""
    base = universe.base
    seen: Counter[str] = Counter()
    for (referral_id, session_id), number in (plan.seen or {}).items():
        referral = base.people[referral_id]
        if (base.session[session_id].date - referral.referred_on).days <= days:
            seen[referral_id] += number
    return [r for r in base.people.values() if seen[r.referral_id] < r.count and first_day(base, r) <= _last(r, days)]


def _is_in_time(universe: Universe, referral: Referral, days: int, day: date) -> bool:
    return first_day(universe.base, referral) <= day <= _last(referral, days)


def _last(referral: Referral, days: int) -> date:
    return referral.referred_on + timedelta(days=days)


def _useful(universe: Universe, days: int, missed: Collection[Referral]) -> Counter[str]:
    """How many of these people could use each session that could be added."""
    there = universe.everything
    added = [s for s in there.sessions if s.session_id in universe.additions]
    useful: Counter[str] = Counter()
    for referral in missed:
        sites, first, last = there.accepted_sites(referral), first_day(there, referral), _last(referral, days)
        for session in added:
            if first <= session.date <= last and there.room[session.room_id].site_id in sites:
                useful[session.session_id] += referral.count
    return useful
