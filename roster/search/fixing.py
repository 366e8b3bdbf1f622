"""Variables fixed one after another, as long as every row can still be kept."""

from dataclasses import dataclass

import numpy as np

from roster.model import Ints, Matrix


@dataclass
class Fixing:
    """A model in which variables are fixed one by one. ``lower`` and ``upper`` have shape (n,).

    ``least`` and ``most``: what each row sums to at least and at most within these bounds, shape (m,).
    """

    matrix: Matrix
    lower: Ints
    upper: Ints
    least: Ints
    most: Ints

    @classmethod
    def of(cls, matrix: Matrix) -> "Fixing":
        """The model as it is, nothing fixed."""
        return cls(matrix, matrix.lower.copy(), matrix.upper.copy(), *matrix.sums(matrix.lower, matrix.upper))

    def fix(self, column: int, value: int) -> bool:
        """The variable has this value from now on. False, and nothing is fixed, where some row could not be kept."""
        if not self.lower[column] <= value <= self.upper[column]:
            return False
        rows, weights = self.matrix.entries_of(column)
        up, down = value - self.lower[column], self.upper[column] - value
        least = self.least[rows] + np.where(weights > 0, weights * up, -weights * down)
        most = self.most[rows] - np.where(weights > 0, weights * down, -weights * up)
        if np.any(least > self.matrix.at_most[rows]) or np.any(most < self.matrix.at_least[rows]):
            return False
        self.lower[column] = self.upper[column] = value
        self.least[rows], self.most[rows] = least, most
        return True
