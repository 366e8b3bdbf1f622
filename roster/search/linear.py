"""The linear relaxation of a model, roughly: a first-order method that takes a model of any size (PDLP).

The result is near the optimum, not at it; so it proves nothing by itself and says where to look. Applegate et al.
2021, "Practical large-scale linear programming using primal-dual hybrid gradient".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp
from scipy import sparse

from roster.model import FREE, Floats, Ints, Matrix

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Linear:
    """``values`` of the variables, shape (n,), and ``duals`` of the rows, shape (m,), in minutes."""

    values: Floats
    duals: Floats


@dataclass(frozen=True)
class Program:
    """A model without whole numbers. In a solve only some variables take part; the others are 0.

    ``implied``: variables whose upper bound follows from the rows. The program does without that bound, so that the
    price of being full is the rows' and not the bound's. Shape (n,). Rows are scaled to weights of at most 1, so that
    accuracy means the same for rows about people and rows about money.
    """

    matrix: Matrix
    implied: Mask

    def solve(self, among: Mask, start: Linear | None, accuracy: float, seconds: float) -> Linear:
        """The program in which only the variables ``among`` take part, to within a share ``accuracy`` of the optimum.

        Or as near as the seconds allow; whether that was enough is not said, and nothing may rest on it.
        ``start``: where to begin, of the shapes of the result.
        """
        columns = np.flatnonzero(self._possible(among))
        rows, part = self._part(columns)
        if not len(rows):
            return Linear(self.matrix.lower.astype(np.float64), np.zeros(len(self.matrix.at_least)))
        scale = np.asarray(abs(part).max(axis=1).toarray()).ravel()
        program = pdlp.QuadraticProgram()
        program.resize_and_initialize(len(columns), len(rows))
        program.constraint_matrix = sparse.diags_array(1 / scale) @ part
        program.objective_vector = self.matrix.cost[columns].astype(np.float64)
        program.constraint_lower_bounds = _sides(self.matrix.at_least[rows]) / scale
        program.constraint_upper_bounds = _sides(self.matrix.at_most[rows]) / scale
        program.variable_lower_bounds = self.matrix.lower[columns].astype(np.float64)
        program.variable_upper_bounds = self._upper(columns)
        begin = None if start is None else _begin(start.values[columns], start.duals[rows] * scale)
        result = pdlp.primal_dual_hybrid_gradient(program, _parameters(accuracy, seconds), begin)
        values, duals = np.zeros(len(self.matrix.lower)), np.zeros(len(self.matrix.at_least))
        values[columns], duals[rows] = result.primal_solution, result.dual_solution / scale
        return Linear(values, duals)

    def _possible(self, among: Mask) -> Mask:
        """Those of the variables that can be more than nothing where the others are 0."""
        part = self.matrix.holding(np.flatnonzero(~among), self.matrix.lower[~among])
        return np.asarray(among & (part.upper > 0))

    def _part(self, columns: Ints) -> tuple[Ints, sparse.csc_matrix]:
        """The rows that these columns can break, and their part of the matrix."""
        matrix = self.matrix
        shape = len(matrix.at_least), len(matrix.lower)
        whole = sparse.csr_matrix((matrix.weights.astype(np.float64), matrix.columns, matrix.starts), shape=shape)
        part = whole[:, columns].tocsr()
        row = np.repeat(np.arange(shape[0]), np.diff(part.indptr))
        low, high = np.zeros(shape[0]), np.zeros(shape[0])
        np.minimum.at(low, row, part.data)
        np.maximum.at(high, row, part.data)
        kept_below = (matrix.at_least <= -FREE) | ((low >= 0) & (matrix.at_least <= 0))
        kept_above = (matrix.at_most >= FREE) | ((high <= 0) & (matrix.at_most >= 0))
        rows = np.flatnonzero(~(kept_below & kept_above) & (np.diff(part.indptr) > 0))
        return rows, part[rows].tocsc()

    def _upper(self, columns: Ints) -> Floats:
        matrix = self.matrix
        loose = self.implied & (matrix.lower < matrix.upper)
        return np.asarray(np.where(loose, np.inf, matrix.upper.astype(np.float64))[columns])


def _sides(sides: Ints) -> Floats:
    limits = np.where(sides >= FREE, np.inf, sides.astype(np.float64))
    return np.asarray(np.where(sides <= -FREE, -np.inf, limits))


def _parameters(accuracy: float, seconds: float) -> solvers_pb2.PrimalDualHybridGradientParams:
    parameters = solvers_pb2.PrimalDualHybridGradientParams()
    rules = solvers_pb2.PrimalDualHybridGradientParams.LinesearchRule
    parameters.linesearch_rule = rules.Value("MALITSKY_POCK_LINESEARCH_RULE")
    parameters.termination_criteria.time_sec_limit = max(seconds, 0.01)
    parameters.termination_criteria.simple_optimality_criteria.eps_optimal_relative = accuracy
    parameters.termination_criteria.simple_optimality_criteria.eps_optimal_absolute = accuracy
    return parameters


def _begin(values: Floats, duals: Floats) -> pdlp.PrimalAndDualSolution:
    begin = pdlp.PrimalAndDualSolution()
    begin.primal_solution, begin.dual_solution = values, duals
    return begin
