"""Checks of a repair: its price; after its edits there is a roster, and no edit can be left out.

That what is called cheapest is so among those listed is checked, but not that nothing else could be cheaper.
"""

from collections.abc import Iterator, Sequence

from roster.audit.bottlenecks import DEMANDS
from roster.audit.case import Case
from roster.audit.lines import Line, fails, holds, left_open
from roster.audit.prices import price_of
from roster.edits import Edit, EditError, apply_edits
from roster.facts import facts_of, without
from roster.instance import Instance
from roster.report import Repair


def repair_lines(case: Case, number: int, repair: Repair) -> Iterator[Line]:
    """Lines for what the repair says of itself, the roster after it, each edit, and each conflict."""
    about = f"repair {number}"
    yield from _of_itself(about, repair)
    yield from _against_others(case, number, repair)
    yield from _tried(case, about, repair)


def _tried(case: Case, about: str, repair: Repair) -> Iterator[Line]:
    try:
        repaired = apply_edits(case.instance, repair.edits)
    except EditError as error:
        yield fails(about, f"The edits cannot be made. {error}")
        return
    yield _price(case, about, repair)
    answer = case.settler.roster(repaired, _weaker(case, repaired))
    if answer.none:
        yield fails(about, "After the edits there is no roster; this was found in two separate ways.")
        return
    if answer.roster is None:
        yield left_open(about, "Whether there is a roster after the edits was not settled in time.")
    else:
        yield holds(about, "After the edits there is a roster, and it keeps every rule.")
    for number in range(1, len(repair.edits) + 1):
        yield _needed(case, about, repair.edits, number)


def _of_itself(about: str, repair: Repair) -> Iterator[Line]:
    if not repair.edits:
        yield fails(about, "There is no edit in it.")
    if not repair.owners:
        yield fails(about, "Nobody is named who could make it.")
    if repair.alone is not None and set(repair.owners) != {repair.alone}:
        yield fails(about, f"It is said that the {repair.alone} alone could make it, but others are named too.")
    if repair.at_least > repair.price:
        says = (
            f"It costs {repair.price:,} points, less than the {repair.at_least:,} that such a repair is said to cost."
        )
        yield fails(about, says)


def _price(case: Case, about: str, repair: Repair) -> Line:
    points = price_of(case.instance, repair.edits)
    if points is None:
        return left_open(about, "Not every edit is a step that has a repair price, so the price is not checked.")
    if points != repair.price:
        says = f"It is said to cost {repair.price:,} points; by the region's repair prices its edits cost {points:,}."
        return fails(about, says)
    return holds(about, "The price is what its edits cost by the region's repair prices.")


def _against_others(case: Case, number: int, repair: Repair) -> Iterator[Line]:
    """No other repair is part of this one, and none is cheaper where this one is called cheapest."""
    about, edits = f"repair {number}", _as_set(repair.edits)
    for place, other in enumerate(case.report.repairs, start=1):
        theirs = _as_set(other.edits)
        if theirs < edits or (theirs == edits and place < number):
            yield fails(about, f"All edits of repair {place} are in it, so it is not needed beside that one.")
        if repair.cheapest and other.price < repair.price:
            says = f"It is called the cheapest at {repair.price:,} points, but repair {place} costs {other.price:,}."
            yield fails(about, says)


def _as_set(edits: Sequence[Edit]) -> frozenset[str]:
    return frozenset(edit.model_dump_json() for edit in edits)


def _needed(case: Case, about: str, edits: Sequence[Edit], number: int) -> Line:
    which = f"edit {number} ({edits[number - 1].op})"
    try:
        without_it = apply_edits(case.instance, [*edits[: number - 1], *edits[number:]])
    except EditError:
        return holds(about, f"Without {which} the others cannot be made.")
    answer = case.settler.roster(without_it, _weaker(case, without_it))
    if answer.none:
        return holds(about, f"Without {which} there is no roster; this was found in two separate ways.")
    if answer.roster is not None:
        return fails(about, f"Without {which} there is a roster too, so it can be left out.")
    return left_open(about, f"Whether there is a roster without {which} was not settled in time.")


def _weaker(case: Case, changed: Instance) -> Iterator[Instance]:
    """The changed instance with everything given up but one of the report's conflicts, or one of its bottlenecks.

    Giving up facts never takes a roster away, but for one case: without the need of an interpreter the ordinary notice
    counts, which may be longer. There needs are kept.
    """
    policy = changed.settings.policy
    odd = policy.interpreter_notice_days < policy.notice_days
    facts = [fact for fact in facts_of(changed) if not (odd and fact.kind == "needs")]
    for conflict in case.report.conflicts:
        kept = frozenset(conflict.facts)
        yield without(changed, (fact for fact in facts if fact.id not in kept))
    for bottleneck in case.report.bottlenecks:
        kept = frozenset(f"see_by:{referral_id}" for referral_id in bottleneck.people)
        yield without(changed, (fact for fact in facts if fact.kind in DEMANDS and fact.id not in kept))
