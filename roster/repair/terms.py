"""What a repair is about, as ``models`` says it: the rules and prices, and what is special of a repair."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Preference, Rule


@dataclass(frozen=True)
class Terms:
    """What a repair keeps and costs.

    ``preferences``: all of them, ``change`` among them; ``changes``: its price is the number of changes, and
    ``change`` is that times the price of one. ``short_notice``: makes the rule that holds beside ``rules`` in a repair,
    but for some appointments, by (referral, session); ``moved_soon``: makes what it costs to break it, 1 a person, and
    ``not_kept`` says which appointments do; ``most_changes``: makes the rule for at most so many changes.
    """

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    change: Preference
    changes: Preference
    short_notice: Callable[[Sequence[Rule], frozenset[tuple[str, str]]], Rule]
    moved_soon: Callable[[Sequence[Rule]], Preference]
    not_kept: Callable[[Sequence[Rule], Instance, Roster], Mapping[tuple[str, str], int]]
    most_changes: Callable[[int], Rule]

    @property
    def others(self) -> tuple[Preference, ...]:
        """All preferences but the price of change."""
        return tuple(p for p in self.preferences if p.name != self.change.name)
