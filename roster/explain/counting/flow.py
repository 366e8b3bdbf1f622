"""A network of pipes from people to what can hold them: who cannot get through, and which pipes are full.

Nothing here knows what flows. Whoever asks names the places of the network and gets those names back.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ortools.graph.python.max_flow import SimpleMaxFlow  # type: ignore[import-untyped]  # it ships without stubs

Place = tuple[Hashable, ...]

_SOURCE, _SINK = 0, 1
_WIDE = 10**9
"""As good as no limit: far more minutes than any region has in a month."""


@dataclass(frozen=True)
class Pipe:
    """What runs from one place to another, in minutes. ``most`` is None where it is no limit."""

    start: Place
    end: Place
    most: int | None


@dataclass(frozen=True)
class Shortage:
    """Places in the same trouble: those who ask, the full pipes that hold them up, and what gets through at most.

    ``asking`` need ``need`` minutes and ``have`` can get through, which is what the ``full`` pipes hold together.
    """

    asking: tuple[Place, ...]
    full: tuple[Pipe, ...]
    need: int
    have: int


class Network:
    """Pipes between named places, all added before the first question. END is where everything has to arrive."""

    END: Place = ("end",)

    def __init__(self) -> None:
        self._pipes: list[Pipe] = []
        self._numbers: dict[Place, int] = {self.END: _SINK}

    def add(self, start: Place, end: Place, most: int | None = None) -> None:
        """Adds a pipe that lets at most so many minutes through."""
        for place in (start, end):
            self._numbers.setdefault(place, len(self._numbers) + 1)
        self._pipes.append(Pipe(start, end, most))

    def lets_through(self, asking: Mapping[Place, int]) -> bool:
        """Whether all that these places ask for, in minutes, gets through at the same time."""
        through: int = self._solve(asking).optimal_flow()
        return through == sum(asking.values())

    def shortages(self, asking: Mapping[Place, int]) -> list[Shortage]:
        """Why not all gets through: troubles that have nothing to do with each other, the first asking first.

        Each is the smallest set of places that is short by so much (the cut that is nearest to those who ask).
        """
        solved = self._solve(asking)
        if solved.optimal_flow() == sum(asking.values()):
            return []
        reached = {int(number) for number in solved.get_source_side_min_cut()}
        stuck = {place for place, number in self._numbers.items() if number in reached}
        return [self._shortage(part, asking) for part in self._parts(stuck, asking)]

    def _shortage(self, part: set[Place], asking: Mapping[Place, int]) -> Shortage:
        leaving = (pipe for start in part for pipe in self._from[start] if pipe.end not in part)
        full = tuple(sorted(leaving, key=lambda pipe: (self._numbers[pipe.start], self._numbers[pipe.end])))
        who = tuple(place for place in asking if place in part)
        have = sum(pipe.most or 0 for pipe in full)
        return Shortage(who, full, sum(asking[place] for place in who), have)

    def _parts(self, stuck: set[Place], asking: Mapping[Place, int]) -> list[set[Place]]:
        """The stuck places, put apart where no pipe joins them."""
        beside: dict[Place, list[Place]] = defaultdict(list)
        for start in stuck:
            for pipe in self._from[start]:
                if pipe.end in stuck:
                    beside[start].append(pipe.end)
                    beside[pipe.end].append(start)
        parts: list[set[Place]] = []
        left = set(stuck)
        for place in asking:
            if place in left:
                parts.append(_reached_from(place, beside))
                left -= parts[-1]
        return parts

    @cached_property
    def _from(self) -> dict[Place, list[Pipe]]:
        found: dict[Place, list[Pipe]] = defaultdict(list)
        for pipe in self._pipes:
            found[pipe.start].append(pipe)
        return found

    @cached_property
    def _entries(self) -> dict[Place, int]:
        """The number of the pipe from the source to each place that may ask, in the solver."""
        return {}

    @cached_property
    def _solver(self) -> SimpleMaxFlow:
        solver = SimpleMaxFlow()
        for pipe in self._pipes:
            most = _WIDE if pipe.most is None else pipe.most
            solver.add_arc_with_capacity(self._numbers[pipe.start], self._numbers[pipe.end], most)
        return solver

    def _solve(self, asking: Mapping[Place, int]) -> SimpleMaxFlow:
        solver = self._solver
        for place in asking:
            if place not in self._entries:
                number = self._numbers.setdefault(place, len(self._numbers) + 1)
                self._entries[place] = solver.add_arc_with_capacity(_SOURCE, number, 0)
        for place, entry in self._entries.items():
            solver.set_arc_capacity(entry, asking.get(place, 0))
        if solver.solve(_SOURCE, _SINK) != solver.OPTIMAL:
            raise RuntimeError("the minutes of this network are too many to be counted")
        return solver


def _reached_from(place: Place, beside: Mapping[Place, list[Place]]) -> set[Place]:
    found, waiting = {place}, [place]
    while waiting:
        for other in beside.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
