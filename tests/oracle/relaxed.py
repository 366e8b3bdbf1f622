"""Facts given up, on the oracle's own records: the contract's section 6 read again, without the engine's edits.

A world in which facts are given up keeps the see-by dates that bind in the world as given (section 2).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import combinations_with_replacement
from typing import Any

from tests.oracle.contract import rule_breaks
from tests.oracle.enumerate import PERSON_RULES, Seats, every_choice_of_visits
from tests.oracle.world import Coach, Referral, Site, Visit, World
from tests.oracle.writing import packed

MIDNIGHT, LAST_MINUTE = 0, 23 * 60 + 59
WORKLOADS = {"day": "day_limit", "week": "week_limit", "month": "month_limit"}


@dataclass(frozen=True)
class RelaxedWorld(World):
    """A world in which some facts are given up; ``bound`` are the referrals whose date binds in the one as given."""

    bound: frozenset[str] = frozenset()

    def binds(self, referral: Referral) -> bool:
        """Whether the date binds in the world as given, and is still there."""
        return referral.see_by is not None and referral.referral_id in self.bound


def every_fact(world: World) -> list[str]:
    """The id of every fact: one for every cell that is filled, and those that there always are."""
    return [
        *(fact for coach in world.coaches.values() for fact in _coach_facts(coach)),
        *(fact for site in world.sites.values() for fact in _site_facts(site)),
        *(fact for person in world.referrals.values() if person.consent for fact in _person_facts(person)),
        *(f"pin:{coach_id}:{session_id}" for coach_id, session_id in world.pins),
        *("notice", "interpreter_notice", "break"),
        *(["budget"] if world.policy["budget_pounds"] is not None else []),
    ]


def _coach_facts(coach: Coach) -> Iterator[str]:
    yield f"hours:{coach.coach_id}"
    yield from sorted({f"leave:{coach.coach_id}:{first}" for first, _ in coach.leave})
    yield from (f"workload:{coach.coach_id}:{name}" for name, held in WORKLOADS.items() if _given(coach, held))
    if coach.travel_limit is not None:
        yield f"travel_limit:{coach.coach_id}"


def _given(coach: Coach, limit: str) -> bool:
    return getattr(coach, limit) is not None


def _site_facts(site: Site) -> Iterator[str]:
    if site.least is not None:
        yield f"presence:{site.site_id}"
    if site.most is not None:
        yield f"site_limit:{site.site_id}"


def _person_facts(person: Referral) -> Iterator[str]:
    yield f"place:{person.referral_id}"
    if person.see_by is not None:
        yield f"see_by:{person.referral_id}"
    if person.coach_needs or person.room_needs or person.interpreter_needs:
        yield f"needs:{person.referral_id}"
    if person.away:
        yield f"away:{person.referral_id}"


def with_only(world: World, held: Collection[str]) -> RelaxedWorld:
    """The world with every fact given up but those held."""
    return without(world, [fact for fact in every_fact(world) if fact not in held])


def without(world: World, given_up: Collection[str]) -> RelaxedWorld:
    """The world with these facts given up."""
    bound = frozenset(person.referral_id for person in world.referrals.values() if world.binds(person))
    relaxed = RelaxedWorld(**{field.name: getattr(world, field.name) for field in fields(World)}, bound=bound)
    for fact in given_up:
        kind, _, about = fact.partition(":")
        relaxed = _GIVE_UP[kind](relaxed, about)
    return relaxed


def has_roster(world: World) -> bool:
    """Whether there is a roster that keeps every rule, by plain enumeration.

    Only people whose date binds are asked about, each in time: leaving others out of a roster breaks no rule.
    """
    asked = {key: person for key, person in world.referrals.items() if world.binds(person)}
    small = replace(world, referrals=asked)
    people = list(asked.values())
    return any(_can_see(small, visits, Counter(), people) for visits in every_choice_of_visits(small))


def _can_see(world: World, visits: tuple[Visit, ...], seats: Seats, people: Sequence[Referral]) -> bool:
    """Whether these people can be seen in the visits beside those who have seats, one after the other."""
    if not people:
        return not rule_breaks(world, packed(world, visits, seats))
    person, *others = people
    in_time = [v.session_id for v in visits if world.sessions[v.session_id].day <= _due(person)]
    seen = [a for a in world.history.appointments if a.referral_id == person.referral_id]
    missing = person.count - sum(world.sessions[a.session_id].day <= _due(person) for a in seen)
    for chosen in combinations_with_replacement(in_time, max(0, missing)):
        more = seats + Counter((person.referral_id, session_id) for session_id in chosen)
        if not rule_breaks(world, packed(world, visits, more), PERSON_RULES) and _can_see(world, visits, more, others):
            return True
    return False


def _due(person: Referral) -> date:
    assert person.see_by is not None
    return person.see_by


# -- what each kind does ------------------------------------------------------------------------------------------


def _of_person(**empty: Any) -> Callable[[RelaxedWorld, str], RelaxedWorld]:
    def give_up(world: RelaxedWorld, about: str) -> RelaxedWorld:
        return replace(world, referrals=world.referrals | {about: replace(world.referrals[about], **empty)})

    return give_up


def _of_site(**empty: Any) -> Callable[[RelaxedWorld, str], RelaxedWorld]:
    def give_up(world: RelaxedWorld, about: str) -> RelaxedWorld:
        return replace(world, sites=world.sites | {about: replace(world.sites[about], **empty)})

    return give_up


def _of_policy(**values: Any) -> Callable[[RelaxedWorld, str], RelaxedWorld]:
    def give_up(world: RelaxedWorld, about: str) -> RelaxedWorld:
        assert about == ""
        return replace(world, policy=world.policy | values)

    return give_up


def _with_coach(world: RelaxedWorld, coach_id: str, **values: Any) -> RelaxedWorld:
    return replace(world, coaches=world.coaches | {coach_id: replace(world.coaches[coach_id], **values)})


def _travel_limit(world: RelaxedWorld, about: str) -> RelaxedWorld:
    return _with_coach(world, about, travel_limit=None)


def _workload(world: RelaxedWorld, about: str) -> RelaxedWorld:
    coach_id, _, period = about.rpartition(":")
    return _with_coach(world, coach_id, **{WORKLOADS[period]: None})


def _leave(world: RelaxedWorld, about: str) -> RelaxedWorld:
    coach_id, _, day = about.rpartition(":")
    first_day = date.fromisoformat(day)
    kept = tuple(row for row in world.coaches[coach_id].leave if row[0] != first_day)
    return _with_coach(world, coach_id, leave=kept)


def _hours(world: RelaxedWorld, about: str) -> RelaxedWorld:
    own = world.coaches[about].hours
    free = [weekday for weekday in range(7) if weekday not in {row[0] for row in own}]
    return _with_coach(world, about, hours=(*own, *((weekday, MIDNIGHT, LAST_MINUTE) for weekday in free)))


def _pin(world: RelaxedWorld, about: str) -> RelaxedWorld:
    return replace(world, pins=tuple(pin for pin in world.pins if ":".join(pin) != about))


def _place(world: RelaxedWorld, about: str) -> RelaxedWorld:
    return _of_person(sites=frozenset(world.sites))(world, about)


_GIVE_UP: dict[str, Callable[[RelaxedWorld, str], RelaxedWorld]] = {
    "see_by": _of_person(see_by=None),
    "presence": _of_site(least=None),
    "site_limit": _of_site(most=None),
    "pin": _pin,
    "leave": _leave,
    "hours": _hours,
    "travel_limit": _travel_limit,
    "workload": _workload,
    "needs": _of_person(coach_needs=frozenset(), room_needs=frozenset(), interpreter_needs=frozenset()),
    "away": _of_person(away=frozenset()),
    "place": _place,
    "notice": _of_policy(notice_days=0),
    "interpreter_notice": _of_policy(interpreter_notice_days=0),
    "break": _of_policy(break_minutes=0),
    "budget": _of_policy(budget_pounds=None),
}
