"""The runs, side by side: the next month of the run that is furthest behind goes to whoever makes rosters.

A month is written as soon as it is done. Ctrl-C ends it: what was under way is not counted, and what is written is
gone on with the next time.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from roster.instance import Instance
from roster.planning.simulation.chance import Chance
from roster.planning.simulation.rosterer import Rostered, Rosterer
from roster.planning.simulation.state import RunState, Store, check_sum
from roster.planning.simulation.step import data_of, lived
from roster.planning.simulation.world import World

_TICK = 0.25


@dataclass(frozen=True)
class Asked:
    """How much is simulated: months, runs, the seed; ``rosters`` says how hard rosters are tried for, as a text."""

    months: int
    runs: int
    seed: int
    rosters: str = ""


@dataclass(frozen=True)
class HowFar:
    """How far it is, in months of runs; ``waiting`` is the mean queue after the last month that any run has done.

    ``what``: what it is that is simulated, where it is not all that was asked for.
    """

    done: int
    of: int
    seconds_left: float | None
    month: str = ""
    waiting: float | None = None
    what: str = ""


@dataclass
class Track:
    """One run of one world, as far as it is. ``stuck``: why it does not go on."""

    world: World
    state: RunState
    chance: Chance
    kept: int = 0
    stuck: str = ""

    @property
    def months(self) -> int:
        """Months that are done."""
        return len(self.state.months)


@dataclass
class Simulating:
    """Runs of worlds. ``tracks`` has them all, in the order of worlds and runs."""

    worlds: Sequence[World]
    asked: Asked
    rosterer: Rosterer
    store: Store
    tell: Callable[[HowFar], None] = lambda _: None
    tracks: list[Track] = field(default_factory=list)
    stopped: bool = False
    _ready: list[tuple[int, int]] = field(default_factory=list)
    _under_way: dict[str, tuple[int, Instance]] = field(default_factory=dict)
    _done_now: int = 0
    _began: float = field(default_factory=monotonic)

    def run(self) -> "Simulating":
        """Simulate all that is not done yet. Ctrl-C sets ``stopped``."""
        try:
            self.store.open(world.name for world in self.worlds)
            self.tracks = [self._track(world, run) for world in self.worlds for run in range(1, self.asked.runs + 1)]
            self._ready = [(t.months, place) for place, t in enumerate(self.tracks) if t.months < self.asked.months]
            heapq.heapify(self._ready)
            while self._ready or self._under_way:
                self._begin()
                self._take()
        except KeyboardInterrupt:
            self.stopped = True
        return self

    def _track(self, world: World, run: int) -> Track:
        made_of = check_sum(world.described, str(self.asked.seed), self.asked.rosters)
        chance = Chance(self.asked.seed, run)
        kept = self.store.read(world.name, run, made_of)
        if kept is not None:
            return Track(world, kept, chance, kept=len(kept.months))
        return Track(world, RunState(made_of=made_of, case=world.name, run=run, waiting=world.start(chance)), chance)

    def _begin(self) -> None:
        while self._ready and self.rosterer.free() > 0:
            number, place = heapq.heappop(self._ready)
            track = self.tracks[place]
            made = data_of(track.world, track.chance, number, track.state.waiting)
            name = f"{track.world.name}, run {track.state.run}, month {number + 1}"
            self._under_way[name] = place, made
            self.rosterer.start(name, made)

    def _take(self) -> None:
        for rostered in self.rosterer.ended(_TICK):
            place, made = self._under_way.pop(rostered.name)
            track = self.tracks[place]
            if rostered.roster is None:
                track.stuck = rostered.says
                continue
            self._live(track, made, rostered)
            if track.months < self.asked.months:
                heapq.heappush(self._ready, (track.months, place))
        self.tell(self.how_far())

    def _live(self, track: Track, made: Instance, rostered: Rostered) -> None:
        track.state = lived(track.world, track.chance, made, track.state, rostered)
        self.store.write(track.state)
        self._done_now += 1

    def how_far(self) -> HowFar:
        """How far it is now."""
        done = sum(min(t.months, self.asked.months) for t in self.tracks)
        of = sum(t.months if t.stuck else self.asked.months for t in self.tracks)
        each = (monotonic() - self._began) / self._done_now if self._done_now else None
        far = HowFar(done, of, None if each is None else each * (of - done))
        latest = list(self._latest())
        if not latest:
            return far
        month = max(month for month, _ in latest)
        queues = [after for m, after in latest if m == month]
        return HowFar(far.done, far.of, far.seconds_left, month, sum(queues) / len(queues))

    def _latest(self) -> Iterator[tuple[str, int]]:
        for track in self.tracks:
            if track.state.months:
                yield track.state.months[-1].month, track.state.months[-1].after
