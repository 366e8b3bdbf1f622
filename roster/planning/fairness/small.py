"""Which groups are too small to be shown, so that what is passed on says nothing of one or two people.

A group of fewer than ``FEWEST_SHOWN`` people is held back. Where those of one kind that are held back are fewer than
that together, others of the kind are held back as well, the smallest first: otherwise the small one is everybody less
the rest. The practice of which a price is asked comes last, since the price speaks of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from roster.planning.fairness.record import FEWEST_SHOWN
from roster.planning.fairness.waits import Members


def held_back(
    groups: Sequence[Members], people: Mapping[Members, int], last: Members | None = None
) -> frozenset[Members]:
    """The groups that are not shown. ``people``: how many there are in each; ``last``: one to be shown if it can be."""
    by_kind: dict[str, list[Members]] = defaultdict(list)
    for group in groups:
        by_kind[group.kind].append(group)
    return frozenset(group for of_kind in by_kind.values() for group in _of_a_kind(of_kind, people, last))


def _of_a_kind(groups: Sequence[Members], people: Mapping[Members, int], last: Members | None) -> list[Members]:
    in_order = sorted(groups, key=lambda group: (group == last, people[group], group.id))
    hidden = [group for group in in_order if people[group] < FEWEST_SHOWN]
    others = [group for group in in_order if people[group] >= FEWEST_SHOWN]
    while hidden and others and sum(people[group] for group in hidden) < FEWEST_SHOWN:
        hidden.append(others.pop(0))
    return hidden
