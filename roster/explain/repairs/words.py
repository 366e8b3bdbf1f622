"""A repair as it is shown: its edits in words, and in one line what the month would then look like."""

from collections.abc import Sequence

from roster import cpsat
from roster.domain import Roster
from roster.edit_words import edits_words
from roster.explain.conflicts.settled import Clock, keeps
from roster.explain.repairs.find import Mended
from roster.figures import figures_of
from roster.instance import Instance
from roster.plan import draft_of
from roster.report import Repair
from roster.rule import Preference, Rule
from roster.search.problem import problem_of
from roster.wording import how_many

_SECONDS = 3.0
"""How long a better roster is looked for, so that the line says what a month could be like."""
_LARGEST = 150
"""With more people a better roster would not be found in that time."""


def repair_of(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    mended: Mended,
    clock: Clock,
) -> Repair:
    """The record of a repair; whoever knows whether it is the cheapest of all, or somebody's alone, adds that."""
    better = _better(mended, rules, preferences, clock) if len(mended.instance.people) <= _LARGEST else None
    return Repair(
        edits=mended.edits,
        price=mended.price,
        owners=mended.owners,
        cheapest=False,
        says=" ".join(edits_words(instance, mended.edits)),
        verified=mended.each_needed,
        at_least=mended.at_least,
        then=_then(mended.instance, better or mended.roster, is_good=better is not None),
    )


def _better(mended: Mended, rules: Sequence[Rule], preferences: Sequence[Preference], clock: Clock) -> Roster | None:
    """A roster with everybody in it whom a short search finds room for; None where it finds none."""
    if clock.over:
        return None
    problem = problem_of(mended.instance, rules, preferences)
    effort = cpsat.Effort(clock.turn(_SECONDS), workers=2, subsolvers=cpsat.FINDING, gap=0.02)
    answer = cpsat.solve(problem.matrix, effort)
    if answer.values is None:
        return None
    roster = draft_of(mended.instance, problem.plan(answer.values))
    return roster if keeps(mended.instance, rules, roster) else None


def _then(instance: Instance, roster: Roster, *, is_good: bool) -> str:
    """``A roster could then see 52 of 54 people, 40 of 43 with a date by theirs, in 22 visits.``"""
    figures = figures_of(instance, roster)
    everybody = figures.everybody
    if not is_good:
        return f"A roster was found that keeps every rule and every date that is a must, in {_visits(figures.visits)}."
    in_time = everybody.with_date - everybody.date_gone
    dated = f", {everybody.seen_by_date:,} of {in_time:,} whose date can be kept by then" if in_time else ""
    return (
        f"A roster could then see {everybody.seen:,} of {how_many(everybody.people, 'person', 'people')}{dated}, "
        f"in {_visits(figures.visits)}."
    )


def _visits(number: int) -> str:
    return how_many(number, "visit")
