"""Checks of a conflict: its facts cannot all hold, every other fact relaxed, and any one given up they can."""

from collections.abc import Iterator

from roster.audit.case import Case
from roster.audit.lines import Line, fails, holds, left_open
from roster.report import Conflict


def conflict_lines(case: Case, about: str, conflict: Conflict) -> Iterator[Line]:
    """A line for the ids, one for all facts together and, unless those can hold, one for each fact."""
    wrong = list(_wrong_ids(case, about, conflict))
    if wrong:
        yield from wrong
        return
    together = _together(case, about, conflict)
    yield together
    if together.outcome != "does not hold":
        for fact_id in conflict.facts:
            yield _needed(case, about, conflict, fact_id)


def _wrong_ids(case: Case, about: str, conflict: Conflict) -> Iterator[Line]:
    for fact_id in dict.fromkeys(conflict.facts):
        if fact_id not in case.facts:
            yield fails(about, f"There is no fact {fact_id} in this data.", fact_id)
        elif conflict.facts.count(fact_id) > 1:
            yield fails(about, f"{fact_id} is listed more than once.", fact_id)


def _together(case: Case, about: str, conflict: Conflict) -> Line:
    answer = case.settler.roster(case.with_only(conflict.facts))
    if answer.roster is not None:
        says = "With every other fact given up there is a roster, so these facts can all hold."
        return fails(about, says, *conflict.facts)
    if answer.none:
        says = "With every other fact given up there is no roster; this was found in two separate ways."
        return holds(about, says, *conflict.facts)
    says = "Whether there is a roster with every other fact given up was not settled in time."
    return left_open(about, says, *conflict.facts)


def _needed(case: Case, about: str, conflict: Conflict, fact_id: str) -> Line:
    others = [other for other in conflict.facts if other != fact_id]
    answer = case.settler.roster(case.with_only(others))
    if answer.roster is not None:
        return holds(about, f"With {fact_id} given up as well there is a roster.", fact_id)
    if answer.none:
        says = f"With {fact_id} given up as well there is still no roster, so the conflict does not need it."
        return fails(about, says, fact_id)
    return left_open(
        about, f"Whether there is a roster with {fact_id} given up as well was not settled in time.", fact_id
    )
