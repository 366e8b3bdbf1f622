"""How something grows with size: the exponent p of value = factor * size ** p, by least squares on logarithms."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One measurement: the seed it was made with, the size, and the value; both above 0."""

    seed: int
    size: float
    value: float


@dataclass(frozen=True)
class Growth:
    """value = factor * size ** exponent. ``least`` and ``most`` are the exponents of single seeds."""

    exponent: float
    factor: float
    least: float
    most: float

    def at(self, size: float) -> float:
        """The fitted value at the size."""
        return float(self.factor * size**self.exponent)

    def __str__(self) -> str:
        """The exponent with its spread over seeds: ``n^1.21 (1.15 to 1.28)``."""
        spread = "" if self.least == self.most else f" ({self.least:.2f} to {self.most:.2f})"
        return f"n^{self.exponent:.2f}{spread}"


def growth(samples: Iterable[Sample]) -> Growth | None:
    """The fit through all samples, with its spread over the seeds; None with fewer than two sizes."""
    known = list(samples)
    whole = _line(known)
    if whole is None:
        return None
    by_seed: dict[int, list[Sample]] = defaultdict(list)
    for sample in known:
        by_seed[sample.seed].append(sample)
    exponents = [line[0] for line in map(_line, by_seed.values()) if line is not None] or [whole[0]]
    return Growth(whole[0], math.exp(whole[1]), min(exponents), max(exponents))


def _line(samples: Sequence[Sample]) -> tuple[float, float] | None:
    """Slope and height of the line of least squares through the logarithms."""
    x = [math.log(sample.size) for sample in samples]
    y = [math.log(sample.value) for sample in samples]
    if len(set(x)) < 2:
        return None
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / sum(
        (a - middle_x) ** 2 for a in x
    )
    return slope, middle_y - slope * middle_x
