"""What rosters keep and cost: handed in once by whoever starts the service, since the engine knows no rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from roster.domain import Roster
from roster.instance import Instance
from roster.plan import Plan
from roster.repair.terms import Terms as RepairTerms
from roster.rule import Preference, Rule
from roster.solve import Start


@dataclass(frozen=True)
class Terms:
    """Rules, prices, how a search begins, how it begins from another roster, and what is special of a repair."""

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    start: Start
    start_from: Callable[[Roster, Instance, Sequence[Rule]], Iterator[Plan]]
    repair: RepairTerms


_handed_in: list[Terms] = []


def use(terms: Terms) -> None:
    """Use these from now on, in this process."""
    _handed_in[:] = [terms]


def terms() -> Terms:
    """What was handed in."""
    return _handed_in[0]
