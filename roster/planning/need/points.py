"""What is known so far of the price of seeing more people in time: plans found, prices proved, and what can be reached.

A plan that sees more people is a plan for fewer as well, and what fewer people cost at least, more cost at least.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from roster.plan import Plan
from roster.planning.need.additions import Addition


@dataclass(frozen=True)
class Found:
    """A plan that keeps every rule, checked: what it adds, and how many people it sees in time.

    ``price`` in pence. ``least``: whether none of the additions can be left out; None where that is not known.
    """

    additions: tuple[Addition, ...]
    people: int
    plan: Plan
    least: bool | None = None

    @property
    def price(self) -> int:
        """The price of all of it, in pence."""
        return sum(a.price for a in self.additions)

    @property
    def rank(self) -> tuple[int, int]:
        """What is cheaper comes first; of one price, what adds less."""
        return self.price, len(self.additions)


@dataclass(frozen=True)
class Reach:
    """How many people are seen in time at most: ``found`` by a plan (None: by none), and ``at_most`` by any."""

    found: int | None
    at_most: int

    @property
    def proved(self) -> bool:
        """Whether it is known exactly."""
        return self.found == self.at_most


def _rank(plan: Found) -> tuple[int, int, bool]:
    return (*plan.rank, plan.least is not True)


@dataclass
class Points:
    """Plans by how many people they see, and for numbers of people what they cost at least, in pence.

    ``ruled_out``: the least number of people that nothing of all that could be added is enough for.
    """

    plans: list[Found] = field(default_factory=list)
    least: dict[int, int] = field(default_factory=dict)
    ruled_out: int | None = None

    def best(self, people: int) -> Found | None:
        """The cheapest plan known that sees so many people in time."""
        return min((p for p in self.plans if p.people >= people), key=_rank, default=None)

    def at_least(self, people: int) -> int:
        """What seeing so many people in time costs at least; never more than is known to be enough."""
        proved = max((price for number, price in self.least.items() if number <= people), default=0)
        best = self.best(people)
        return proved if best is None else min(proved, best.price)

    def proved(self, people: int) -> bool:
        """Whether the cheapest plan known is the cheapest there is."""
        best = self.best(people)
        return best is not None and self.at_least(people) >= best.price

    def impossible(self, people: int) -> bool:
        """Whether nothing that could be added is enough for so many people."""
        return self.ruled_out is not None and people >= self.ruled_out

    def add(self, plan: Found) -> bool:
        """Take in a plan; true where it is better than what is known for as many people."""
        best = self.best(plan.people)
        if best is not None and best.rank <= plan.rank and best.least is plan.least:
            return False
        self.plans.append(plan)
        return best is None or plan.rank < best.rank

    def costs(self, people: int, price: int) -> None:
        """Take in that so many people cost at least so much, in pence."""
        self.least[people] = max(price, self.least.get(people, 0))

    def rule_out(self, people: int) -> None:
        """Take in that so many people cannot be seen in time whatever is added."""
        self.ruled_out = people if self.ruled_out is None else min(people, self.ruled_out)


def targets(low: int, high: int, asked: int, most: int) -> Sequence[int]:
    """Numbers of people from ``low`` to ``high``, at most ``most`` and evenly apart, and the one asked for."""
    steps = max(1, most - 1)
    even = {low + round((high - low) * step / steps) for step in range(steps + 1)} if high > low else {low}
    return sorted(even | ({asked} if low <= asked <= high else set()))
