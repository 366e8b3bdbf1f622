"""How appointments fill a visit, as closely as linear rows can say it.

The ways to fill a visit are whole numbers n(l) >= 0 of appointments of each length l with sum of l * n(l) <= minutes.
In between whole numbers that row lets a visit hold 4.17 hours where it holds four. The faces of the ways' convex hull
do not: each is a worth w(l) of every length, and the row sum of w(l) * n(l) <= the most that one visit can be worth
(Wolsey 2020, "Integer programming", section 9.3).
"""

from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

Lengths = tuple[int, ...]
"""Different lengths of appointments, in minutes, in ascending order."""
Worths = tuple[int, ...]
"""What an appointment of each length is worth, in the order of the lengths."""

MOST_LENGTHS = 4
"""With more different lengths than these only the row of the minutes is known."""
MOST_WAYS = 20_000
"""With more ways to fill a visit than these likewise."""
MOST_WORTH = 60
"""Faces that need larger whole numbers than this are left out."""
_EXACT = 1e-6


@cache
def most_worth(lengths: Lengths, worths: Worths, minutes: int) -> int:
    """The most that appointments of these lengths in a visit of so many minutes can be worth."""
    best = [0] * (minutes + 1)
    for minute in range(1, minutes + 1):
        of_each = zip(lengths, worths, strict=True)
        with_one = [best[minute - length] + worth for length, worth in of_each if length <= minute]
        best[minute] = max([best[minute - 1], *with_one])
    return best[minutes]


@cache
def faces(lengths: Lengths, minutes: int) -> frozenset[Worths]:
    """The faces of the ways to fill a visit of so many minutes. A length that does not fit is worth nothing."""
    fitting = [length for length in lengths if length <= minutes]
    shape = [minutes // length + 1 for length in fitting]
    if len(fitting) > MOST_LENGTHS or np.prod(shape) > MOST_WAYS:
        return frozenset()
    if len(fitting) < 2:
        return frozenset([tuple(int(length in fitting) for length in lengths)] if fitting else [])
    ways = [n for n in product(*map(range, shape)) if np.dot(n, fitting) <= minutes]
    found = (_whole(outward) for outward in ConvexHull(ways).equations[:, :-1] if outward.max() > _EXACT)
    worth_of = [dict(zip(fitting, worths, strict=True)) for worths in found if worths is not None]
    return frozenset(tuple(worths.get(length, 0) for length in lengths) for worths in worth_of)


def _whole(outward: NDArray[np.float64]) -> Worths | None:
    """The smallest whole numbers in these proportions."""
    least = outward / outward[outward > _EXACT].min()
    for times in range(1, MOST_WORTH + 1):
        whole = np.round(least * times)
        if whole.max() <= MOST_WORTH and np.allclose(whole, least * times, atol=_EXACT * MOST_WORTH):
            return tuple(int(worth) for worth in whole)
    return None
