"""A mixed-integer program, built row by row and solved with HiGHS through scipy.

Never import this in a process that holds ortools: the two bring HiGHS builds that clash.
"""

import math
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Column = int
Term = tuple[Column, float]
INFINITE = math.inf
WITHIN = 1e-6
GAP = 1e-7  # relative; costs are whole and far below 10 million, so that rounding the bound up closes the rest


@dataclass(frozen=True)
class Answer:
    """What HiGHS found: optimal, feasible, infeasible or unknown; the values by column; a whole lower bound."""

    status: str
    values: list[float]
    bound: int | None


@dataclass
class Program:
    """Columns with bounds and costs, and rows between a lower and an upper limit; all costs are whole numbers."""

    constant: int = 0
    costs: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    _rows: list[tuple[list[Term], float, float]] = field(default_factory=list)

    def column(self, highest: float = 1, cost: float = 0, lowest: float = 0) -> Column:
        """A new whole-number column."""
        self.costs.append(cost)
        self.lowest.append(lowest)
        self.highest.append(highest)
        return len(self.costs) - 1

    def row(self, terms: Iterable[Term], lowest: float = -INFINITE, highest: float = INFINITE) -> None:
        """Holds the sum of the terms between two limits; without terms, only a limit that 0 breaks matters."""
        self._rows.append((list(terms), lowest, highest))

    def solve(self, seconds: float, costs: list[float] | None = None, *, shown: bool = False) -> Answer:
        """Minimises the costs (its own unless given, then without the constant) for at most so many seconds."""
        if any(not terms and (lowest > 0 or highest < 0) for terms, lowest, highest in self._rows):
            return Answer("infeasible", [], None)
        if not self.costs:
            return Answer("optimal", [], self.constant)
        with _standard_output_kept():
            result = self._run(seconds, self.costs if costs is None else costs, shown)
        constant = self.constant if costs is None else 0
        if result.x is None:
            status = "infeasible" if result.status == 2 else "unknown"
            return Answer(status, [], _whole_bound(result.mip_dual_bound, constant))
        bound = _whole_bound(result.mip_dual_bound, constant)
        closed = bound is not None and bound >= round(result.fun) + constant
        return Answer("optimal" if closed else "feasible", [float(value) for value in result.x], bound)

    def _run(self, seconds: float, costs: list[float], shown: bool) -> Any:
        return milp(
            c=np.array(costs, dtype=float),
            integrality=np.ones(len(costs)),
            bounds=Bounds(self.lowest, self.highest),
            constraints=self._constraints(),
            options={"time_limit": seconds, "mip_rel_gap": GAP, "disp": shown},
        )

    def _constraints(self) -> list[LinearConstraint]:
        kept = [row for row in self._rows if row[0]]
        if not kept:
            return []
        starts = np.cumsum([0, *(len(terms) for terms, _, _ in kept)])
        columns = [column for terms, _, _ in kept for column, _ in terms]
        values = [value for terms, _, _ in kept for _, value in terms]
        matrix = csr_array((values, columns, starts), shape=(len(kept), len(self.costs)), dtype=float)
        matrix.sum_duplicates()
        return [LinearConstraint(matrix, [row[1] for row in kept], [row[2] for row in kept])]


@contextmanager
def _standard_output_kept() -> Iterator[None]:
    """Sends what native code writes to standard output to standard error: HiGHS writes even when told not to."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _whole_bound(bound: float | None, constant: int) -> int | None:
    if bound is None or not math.isfinite(bound):
        return None
    return math.ceil(bound - WITHIN) + constant
