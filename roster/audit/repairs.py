"""Checks of a repair: after its edits there is a roster, no edit can be left out, and each conflict is undone.

What a repair costs is taken as the report says; that what is called cheapest is so among those listed is checked.
"""

from collections.abc import Iterator, Sequence

from roster.audit.bottlenecks import DEMANDS
from roster.audit.case import Case
from roster.audit.lines import Line, fails, holds, left_open
from roster.domain import Roster
from roster.edits import Edit, EditError, apply_edits
from roster.facts import facts_of, without
from roster.instance import Instance
from roster.report import Repair
from roster.verify import verify


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
    yield from _undone(case, about, repaired, answer.roster)


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


def _undone(case: Case, about: str, repaired: Instance, roster: Roster | None) -> Iterator[Line]:
    """After the repair the facts of each conflict, as they are then, can all hold with every other fact relaxed."""
    for number, conflict in enumerate(case.report.conflicts, start=1):
        kept = frozenset(conflict.facts)
        alone = without(repaired, (fact for fact in facts_of(repaired) if fact.id not in kept))
        if roster is not None and verify(alone, roster, case.rules, ()).accepted:
            yield holds(about, f"It undoes conflict {number}.")
            continue
        answer = case.settler.roster(alone)
        if answer.none:
            yield fails(about, f"It changes nothing about conflict {number}: those facts still cannot all hold.")
        elif answer.roster is not None:
            yield holds(about, f"It undoes conflict {number}.")
        else:
            yield left_open(about, f"Whether it undoes conflict {number} was not settled in time.")
