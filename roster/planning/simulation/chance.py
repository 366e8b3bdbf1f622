"""Random numbers that belong to a thing: each is found by its own key, so another thing does not shift them.

The key is the seed, the run, what the number is for, and the ids and days it is about; the number is its hash (BLAKE2).
So two scenarios draw the same for what they share (common random numbers), whatever else one of them has, in which
order things are done and on how many processes.
"""

import math
from dataclasses import dataclass
from hashlib import blake2b

_BITS = 53
"""As many as a number with a decimal point holds."""
_NUMBERS: int = 2**_BITS
MOST_A_DAY = 500.0
"""The largest mean of which ``poisson`` is worked out: beyond it the first term is too small a number."""


@dataclass(frozen=True)
class Chance:
    """The random numbers of one run."""

    seed: int
    run: int

    def share(self, purpose: str, *about: object) -> float:
        """A number from 0 up to 1, of what ``purpose`` and ``about`` (ids, days) name: below p with a chance of p."""
        key = "\0".join(map(str, (self.seed, self.run, purpose, *about)))
        digest = blake2b(key.encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> (64 - _BITS)) / _NUMBERS


_HIGHEST = 1 - 2.0**-40
"""Shares above this are taken as this: closer to 1 the sum below is rounded away."""


def poisson(share: float, mean: float) -> int:
    """The number of events that ``share`` of all days stay below: never fewer for a larger mean, up to rounding.

    Inversion, so that the same ``share`` at two means gives two numbers that differ as little as can be. Raises
    ValueError where the mean is above ``MOST_A_DAY``.
    """
    if not 0 <= mean <= MOST_A_DAY:
        raise ValueError(f"the mean must be from 0 to {MOST_A_DAY:g}")
    share = min(share, _HIGHEST)
    number, term = 0, math.exp(-mean)
    below = term
    while share >= below and term > 0:
        number += 1
        term *= mean / number
        below += term
    return number
