"""Arithmetic first: people who need more minutes by their dates than the sessions open to them can hold.

What can be held is counted too high on purpose, in several ways; where even that is too little, there is no roster.
Each way is a network: people - sessions - rooms - (interpreter bookings) - coaches' days - weeks - months. Its full
pipes next to the people are the reason (max-flow min-cut; Ford and Fulkerson 1956). One network cannot hold every
rule at once, so there is one for everybody, one for each set of skills that people need of a coach and each
interpreter, each also with the limits of sites in place of the coaches', and each once more in whole appointments.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations

from roster.explain.counting.flow import Place
from roster.explain.counting.openings import Openings
from roster.explain.counting.ways import ways
from roster.explain.counting.words import Count, says
from roster.instance import Instance
from roster.report import Bottleneck
from roster.rule import Rule

_MOST_CIRCUITS = 3
_ALL_TRIED = 6
"""Of a set of so many people every part is tried; of a larger one every part that lacks one person."""


def bottlenecks(instance: Instance, rules: Sequence[Rule]) -> tuple[Bottleneck, ...]:
    """Every count that cannot work out, the largest shortage first; none where counting finds nothing.

    A count is left out where another says as much with fewer people, or is about the same limits and more people.
    ``cluster`` numbers troubles from 1; those that share a person or a session have the same number.
    """
    openings = Openings(instance, rules)
    plain = _without_repeats(_found(openings, tuple(openings.people), whole=False))
    counted = {referral_id for count in plain for referral_id in count.people}
    others = tuple(r for r in openings.people if r not in counted)
    whole = _without_repeats(_found(openings, others, whole=True))
    found = sorted([*plain, *whole], key=lambda count: -count.short)
    sessions = [_sessions(openings, count) for count in found]
    clusters = _clusters(
        [
            {*(("person", p) for p in count.people), *(("session", s) for s in held)}
            for count, held in zip(found, sessions, strict=True)
        ]
    )
    listed = [
        Bottleneck(
            people=count.people,
            sessions=held,
            need_minutes=count.need,
            have_minutes=count.have,
            says=says(count, held),
            cluster=cluster,
        )
        for count, held, cluster in zip(found, sessions, clusters, strict=True)
    ]
    return tuple(sorted(listed, key=lambda bottleneck: bottleneck.cluster))


def circuits(instance: Instance, rules: Sequence[Rule], people: Collection[str]) -> tuple[frozenset[str], ...]:
    """Sets of these referrals (by id) that cannot all be seen in time, though all but any one could, by the count.

    The smallest first, at most a few; none where the count of ``people`` works out.
    """
    openings = Openings(instance, rules)
    counts = _Counts(openings, tuple(r for r in openings.people if r in people))
    if not counts.fail_for(counts.people):
        return ()
    by_length = sorted(counts.people, key=lambda r: (openings.need(r), r))
    by_date = sorted(counts.people, key=lambda r: (openings.people[r].see_by or r, r), reverse=True)
    found = {_needed_of(openings, counts, order) for order in (by_length, by_date, by_length[::-1])}
    return tuple(sorted(found, key=lambda circuit: (len(circuit), sorted(circuit))))[:_MOST_CIRCUITS]


def _needed_of(openings: Openings, counts: "_Counts", order: Sequence[str]) -> frozenset[str]:
    """What is left when everybody who is not needed for the count to fail has been left out, in this order.

    The fewer people there are to count, the closer the count: what is left is counted anew.
    """
    left = _without_the_needless(order, counts.fail_for)
    left = _without_the_needless(left, lambda people: _Counts(openings, people).fail_for(people))
    if len(left) <= _ALL_TRIED:
        for number in range(1, len(left)):
            for some in combinations(left, number):
                if _Counts(openings, some).fail_for(some):
                    return frozenset(some)
    return frozenset(left)


def _without_the_needless(people: Sequence[str], fail: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
    left = tuple(people)
    for referral_id in people:
        others = tuple(r for r in left if r != referral_id)
        if fail(others):
            left = others
    return left


class _Counts:
    """All the counts of some people. Each stays sound where only part of the people ask."""

    def __init__(self, openings: Openings, people: tuple[str, ...]) -> None:
        self.people = people
        self._openings = openings
        self._ways = [way for whole in (False, True) for way in ways(openings, people, whole=whole)]

    def fail_for(self, people: Collection[str]) -> bool:
        """Whether one of the counts shows that these of the people cannot all be seen in time."""
        for way in self._ways:
            asking: dict[Place, int] = {("person", r): self._openings.need(r) for r in way.people if r in people}
            if not way.network.lets_through(asking):
                return True
        return False


def _found(openings: Openings, people: Collection[str], *, whole: bool) -> Iterator[Count]:
    for way in ways(openings, people, whole=whole):
        for shortage in way.network.shortages({("person", r): openings.need(r) for r in way.people}):
            yield Count(
                people=tuple(str(place[1]) for place in shortage.asking),
                need=shortage.need,
                have=shortage.have,
                full=shortage.full,
                way=way,
            )


def _without_repeats(counts: Iterable[Count]) -> list[Count]:
    kept: list[Count] = []
    for count in sorted(counts, key=lambda count: (-count.short, len(count.people))):
        if not any(_is_repeat(count, other) for other in kept):
            kept.append(count)
    return kept


def _is_repeat(count: Count, larger: Count) -> bool:
    """Whether the count tells nothing that one with no less of a shortage has not told."""
    people, known = set(count.people), set(larger.people)
    return not people.isdisjoint(known) and (people >= known or not count.limits.isdisjoint(larger.limits))


def _sessions(openings: Openings, count: Count) -> tuple[str, ...]:
    """Every session in which one of the people could be seen in time, in the order of the table."""
    found = {session_id for referral_id in count.people for session_id in openings.sessions(referral_id)}
    return tuple(s.session_id for s in openings.instance.sessions if s.session_id in found)


def _clusters(groups: Sequence[set[tuple[str, str]]]) -> list[int]:
    """A number from 1 for each group; those that are joined by what they share have the same."""
    joined: list[tuple[set[tuple[str, str]], list[int]]] = []
    for n, group in enumerate(groups):
        near = [part for part in joined if not part[0].isdisjoint(group)]
        joined = [part for part in joined if part not in near]
        joined.append((group.union(*(part[0] for part in near)), sorted([n, *(m for part in near for m in part[1])])))
    in_order = sorted(members for _, members in joined)
    number = {n: cluster for cluster, members in enumerate(in_order, start=1) for n in members}
    return [number[n] for n in range(len(groups))]
