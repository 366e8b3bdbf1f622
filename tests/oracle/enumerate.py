"""Plain enumeration: every roster of a tiny instance, judged by the outside checker alone.

For a handful of visits and people only. A choice is dropped early where a rule that further choices cannot mend is
already broken (`VISIT_RULES` by the visits, `PERSON_RULES` by one appointment); everything else is left to the checker.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import chain, combinations_with_replacement, product
from typing import TypeVar

from tests.oracle.contract import DROPPED_PIN, MISSING_VISIT, plan_prices, rule_breaks, shortfalls
from tests.oracle.world import Plan, Visit, World
from tests.oracle.writing import packed

VISIT_RULES = ("hours", "one_place", "travel_limit", "workload", "room", "site_limit", "presence", "pin")
PERSON_RULES = ("consent", "once", "place", "dates", "capacity", "skill", "interpreter")
COMPROMISE_MAY_BREAK = ("see_by", "presence", "pin")

Seats = Counter[tuple[str, str]]
Key = TypeVar("Key", int, tuple[int, int, int])


def best(world: World) -> tuple[int, Plan] | None:
    """The least sum of section 3 over all rosters that keep every rule, with one of them; None where there is none."""
    return _least(world, lambda plan: sum(plan_prices(world, plan).values()), ())


def best_compromise(world: World) -> tuple[tuple[int, int, int], Plan] | None:
    """The least (weighted people past see_by, price of other breaks, sum) over rosters that keep the other rules."""

    def key(plan: Plan) -> tuple[int, int, int]:
        late, missing, dropped = shortfalls(world, plan)
        other = MISSING_VISIT * missing + DROPPED_PIN * dropped
        return late, other, sum(plan_prices(world, plan).values())

    return _least(world, key, COMPROMISE_MAY_BREAK)


def every_roster(world: World, may_break: Collection[str] = ()) -> Iterator[Plan]:
    """Every roster that keeps every rule, but those that it may break; people sit one after another in a visit."""
    return (plan for plan in _candidates(world, may_break) if _keeps(world, plan, may_break))


def _least(world: World, key: Callable[[Plan], Key], may_break: Collection[str]) -> tuple[Key, Plan] | None:
    found: tuple[Key, Plan] | None = None
    for plan in _candidates(world, may_break):
        value = key(plan)
        if (found is None or value < found[0]) and _keeps(world, plan, may_break):
            found = value, plan
    return found


def _keeps(world: World, plan: Plan, may_break: Collection[str]) -> bool:
    return all(text.split(":")[0] in may_break for text in rule_breaks(world, plan))


def _candidates(world: World, may_break: Collection[str]) -> Iterator[Plan]:
    for visits in every_choice_of_visits(world, may_break):
        for seats in _seat_choices(world, visits):
            yield packed(world, visits, seats)


def every_choice_of_visits(world: World, may_break: Collection[str] = ()) -> Iterator[tuple[Visit, ...]]:
    """Visits ahead with their bookings, every choice of them that keeps the rules about visits alone."""
    names = [name for name in VISIT_RULES if name not in may_break]
    for visits in _visit_sets(world):
        if not rule_breaks(world, packed(world, visits, Counter()), names):
            yield from _booking_choices(world, visits)


def _visit_sets(world: World) -> Iterator[tuple[Visit, ...]]:
    """Each session that is not before as_of, held by one coach whose hours meet it, or by nobody."""
    choices: list[list[tuple[Visit, ...]]] = []
    for session in world.sessions.values():
        spans = {coach.coach_id: world.span(coach, session) for coach in world.coaches.values()}
        able = [(Visit(coach_id, session.session_id, *span),) for coach_id, span in spans.items() if span]
        choices.append([()] if world.is_past(session.session_id) else [(), *able])
    return (tuple(chain.from_iterable(chosen)) for chosen in product(*choices))


def _booking_choices(world: World, visits: tuple[Visit, ...]) -> Iterator[tuple[Visit, ...]]:
    """Each booking in one visit that it covers, or in none."""
    choices = []
    for booking_id in world.bookings:
        alone = [(visit, _with(visit, (booking_id,))) for visit in visits]
        able = [v for v, own in alone if not rule_breaks(world, Plan((own,)), ["interpreter"])]
        choices.append([None, *able])
    for chosen in product(*choices):
        given = list(zip(world.bookings, chosen, strict=True))
        yield tuple(_with(visit, tuple(sorted(b for b, own in given if own is visit))) for visit in visits)


def _with(visit: Visit, booking_ids: tuple[str, ...]) -> Visit:
    return Visit(visit.coach_id, visit.session_id, visit.start, visit.end, booking_ids)


def _seat_choices(world: World, visits: tuple[Visit, ...]) -> Iterator[Seats]:
    """Each person of each referral in one visit, or in none."""
    choices = []
    for referral in world.referrals.values():
        pairs = [(referral.referral_id, visit.session_id) for visit in visits]
        able = [pair for pair in pairs if not _breaks_alone(world, visits, pair)]
        choices.append(list(combinations_with_replacement([None, *able], referral.count)))
    for chosen in product(*choices):
        yield Counter(pair for pairs in chosen for pair in pairs if pair is not None)


def _breaks_alone(world: World, visits: tuple[Visit, ...], pair: tuple[str, str]) -> bool:
    return bool(rule_breaks(world, packed(world, visits, Counter([pair])), PERSON_RULES))
