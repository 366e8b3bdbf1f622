"""What limits are worth: the prices of the plain model's linear relaxation, by what each row is about.

They say where to look first. Nothing is claimed from them: a limit is tried one looser before it is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt

from roster.decisions import Decisions
from roster.explain.questions.given import Given
from roster.model import FREE, Cost, Floats, Matrix, Terms

LEAST_PRICE = 1e-6
LARGEST = 400_000
"""A model with more entries than this is not asked: it would take longer than trying does."""


@dataclass
class Labelled(Decisions):
    """Decisions that remember which rows are a fact."""

    fact_of_row: dict[int, str] = field(default_factory=dict)

    def at_most_weighted(self, terms: Terms, limit: int, fact: str | None = None) -> None:
        """The same; the row is remembered where it is a fact."""
        super().at_most_weighted(terms, limit, fact)
        if fact is not None:
            self.fact_of_row[len(self.model.at_least) - 1] = fact


def limit_prices(given: Given, seconds: float) -> dict[str, float]:
    """For each limit (a fact's id) and each site's rooms (``rooms:V``) the highest price of its rows, in minutes.

    Empty where the relaxation was not solved in time.
    """
    decisions = Labelled(given.instance, given.rules)
    costs = [preference.post(decisions) for preference in given.preferences]
    cost = Cost([term for c in costs for term in c.terms], sum(c.constant for c in costs))
    matrix = decisions.model.matrix(cost)
    duals = _duals(matrix, seconds) if len(matrix.columns) <= LARGEST else None
    if duals is None:
        return {}
    labels = decisions.fact_of_row | _rooms(decisions, matrix)
    prices: dict[str, float] = defaultdict(float)
    for row, label in labels.items():
        prices[label] = max(prices[label], abs(float(duals[row])))
    return {label: price for label, price in prices.items() if price > LEAST_PRICE}


def _duals(matrix: Matrix, seconds: float) -> Floats | None:
    """The price of each row, shape (m,)."""
    program = mathopt.Model()
    lower, upper = matrix.lower.tolist(), matrix.upper.tolist()
    variables = [program.add_variable(lb=low, ub=high) for low, high in zip(lower, upper, strict=True)]
    program.minimize(mathopt.LinearSum(c * variables[n] for n, c in enumerate(matrix.cost.tolist()) if c))
    starts, columns, weights = matrix.starts.tolist(), matrix.columns.tolist(), matrix.weights.tolist()
    rows = []
    for n, (least, most) in enumerate(zip(matrix.at_least.tolist(), matrix.at_most.tolist(), strict=True)):
        row = program.add_linear_constraint(lb=_side(least), ub=_side(most))
        for entry in range(starts[n], starts[n + 1]):
            row.set_coefficient(variables[columns[entry]], weights[entry])
        rows.append(row)
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(seconds, 0.1)), threads=1)
    result = mathopt.solve(program, mathopt.SolverType.GLOP, params=parameters)
    if not result.has_dual_feasible_solution():
        return None
    return np.array(result.dual_values(rows))


def _rooms(decisions: Decisions, matrix: Matrix) -> dict[int, str]:
    """The rows that hold a room to one visit at a time, by the site of the room."""
    session_of = {int(visit): session_id for (_, session_id), visit in decisions.visits.items()}
    labels = {}
    for row in np.flatnonzero((matrix.at_most == 1) & (matrix.at_least <= -FREE)).tolist():
        columns: Sequence[int] = matrix.columns[matrix.starts[row] : matrix.starts[row + 1]].tolist()
        rooms = {decisions.instance.session[session_of[c]].room_id for c in columns if c in session_of}
        if len(rooms) == 1 and all(c in session_of for c in columns):
            labels[row] = f"rooms:{decisions.instance.room[rooms.pop()].site_id}"
    return labels


def _side(value: int) -> float:
    if value >= FREE:
        return float("inf")
    return float("-inf") if value <= -FREE else float(value)
