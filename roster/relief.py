"""Facts that may give way in a model: what rules may ask of them. A leaf beside the model: it knows no rule.

In a model without relief every fact holds. ``Whole`` is for asking which facts cannot all hold: each may be given up
altogether, by one variable. What repairs may do, in parts and at a price, is in ``roster.explain.repairs.steps``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from roster.model import Model, Var
from roster.rule import Obstacle, Way

Weighted = list[tuple[Var, int]]


class Relief(Protocol):
    """What may give way, as variables of one model. Terms are (variable, weight).

    ``in_parts``: whether a fact may give way in part, so that a rule has to say what would count then.
    """

    @property
    def in_parts(self) -> bool:
        """Whether facts may give way in part."""

    def past(self, way: Way) -> tuple[Weighted, int]:
        """Terms and a constant that sum to at least 1 exactly where the way is open, and to 0 where it is not."""

    def beyond(self, fact: str, terms: Weighted, limit: int) -> Weighted:
        """What to add to a row ``terms <= limit`` so that it holds only as far as the fact does."""

    def short(self, fact: str, at_least: int) -> Weighted:
        """What to add to a row ``sum >= at_least`` so that it is asked only as far as the fact holds."""

    def offered(self, id_: str) -> Iterable[Obstacle]:
        """What stands in the way of using a session or a booking that is not offered yet."""


@dataclass
class Whole:
    """Each fact holds or is given up: ``given_up[fact]`` is a variable of 0 or 1."""

    model: Model
    given_up: dict[str, Var] = field(default_factory=dict)
    in_parts: bool = False

    def _given_up(self, fact: str) -> Var:
        if fact not in self.given_up:
            self.given_up[fact] = self.model.new(1, f"given up {fact}")
        return self.given_up[fact]

    def past(self, way: Way) -> tuple[Weighted, int]:
        """The fact is given up, or is not."""
        variable = self._given_up(way.fact)
        return ([(variable, -1)], 1) if way.kept else ([(variable, 1)], 0)

    def beyond(self, fact: str, terms: Weighted, limit: int) -> Weighted:
        """As far as the terms could ever go."""
        most = sum(weight * self.model.upper[variable] for variable, weight in terms if weight > 0)
        return [(self._given_up(fact), -(most - limit))] if most > limit else []

    def short(self, fact: str, at_least: int) -> Weighted:
        """All of it."""
        return [(self._given_up(fact), at_least)]

    def offered(self, id_: str) -> Iterable[Obstacle]:
        """Nothing: only what is there is looked at."""
        del id_
        return ()
