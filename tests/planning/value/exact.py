"""The exact value of everything on a tiny region, by brute force: each candidate's best total, proved by CP-SAT."""

from functools import cache

from instances.generate import generate
from models import PREFERENCES, RULES
from roster import cpsat
from roster.edits import apply_edits
from roster.instance import Instance
from roster.planning.value.candidates import candidates_of
from roster.search.problem import problem_of


@cache
def region(recipe: str, seed: int) -> Instance:
    """A tiny region."""
    return generate(recipe, seed)


def best_total(instance: Instance) -> int | None:
    """The least that any roster costs, in minutes of coach time; None where no roster keeps every rule."""
    answer = cpsat.solve(problem_of(instance, RULES, PREFERENCES).matrix, cpsat.Effort(30.0, 1, 0))
    assert answer.status in ("optimal", "infeasible")
    return answer.bound if answer.status == "optimal" else None


@cache
def saved_by_each(recipe: str, seed: int) -> dict[str, int]:
    """What each candidate of the region saves, by its name; those after which there is no roster are left out."""
    base = region(recipe, seed)
    without = best_total(base)
    assert without is not None
    totals = {c.name: best_total(apply_edits(base, c.edits)) for c in candidates_of(base)}
    return {name: without - total for name, total in totals.items() if total is not None}
