"""Means with their intervals, and bands, over runs."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from roster.planning.simulation.record import CONFIDENCE, LEAST, MOST, Band, Interval


def interval(values: Sequence[float], *, least: float = -math.inf, most: float = math.inf) -> Interval:
    """The mean of values, one for each run, and its Student interval, which does not leave ``least`` to ``most``."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean=mean)
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    half = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2)) * error
    return Interval(mean=mean, low=max(least, mean - half), high=min(most, mean + half))


def interval_of_some(values: Sequence[float | None], *, least: float = 0.0, most: float = math.inf) -> Interval | None:
    """The same of the runs that have a value; None where none has."""
    known = [value for value in values if value is not None]
    return interval(known, least=least, most=most) if known else None


def band(values: Sequence[float]) -> Band:
    """The median of values, one for each run, and between what eight in ten lie."""
    low, median, high = np.quantile(values, [LEAST, 0.5, MOST])
    return Band(median=float(median), low=float(low), high=float(high))


def band_of_some(values: Sequence[float | None]) -> Band | None:
    """The same of the runs that have a value; None where none has."""
    known = [value for value in values if value is not None]
    return band(known) if known else None
