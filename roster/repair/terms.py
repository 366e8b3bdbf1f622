"""What a repair is about, as ``models`` says it: the rules and prices, and what is special of a repair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roster.rule import Preference, Rule


@dataclass(frozen=True)
class Terms:
    """What a repair keeps and costs.

    ``preferences``: all of them, ``change`` among them; ``changes``: its price is the number of changes, and
    ``change`` is that times the price of one. ``short_notice``: makes the rule that holds beside ``rules`` in a repair;
    ``most_changes``: makes the rule for at most so many changes.
    """

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    change: Preference
    changes: Preference
    short_notice: Callable[[Sequence[Rule]], Rule]
    most_changes: Callable[[int], Rule]

    @property
    def others(self) -> tuple[Preference, ...]:
        """All preferences but the price of change."""
        return tuple(p for p in self.preferences if p.name != self.change.name)
