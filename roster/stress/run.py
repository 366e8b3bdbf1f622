"""A stress test: every case tried in one of several processes, in the time there is, and ranked.

The largest cases come first. Each has an equal share of the time that is left, and what one does not need is the
others'. KeyboardInterrupt ends it, and what is known then counts; a process that is lost costs only its case, which
is tried once more.
"""

import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from roster.instance import Instance
from roster.stress.cases import cases_of
from roster.stress.compare import Terms
from roster.stress.crew import Crew, Lost
from roster.stress.rank import Known, report_of
from roster.stress.record import Repaired, StressReport
from roster.stress.worker import Settled, Try

GRACE_SECONDS = 15.0
"""How long after its time a case that is being tried may go on."""
LEAST_SECONDS = 0.5
"""A case has at least so long."""
TRIES = 2
MOST_LOST = 3
"""After so many processes lost that were trying nothing no more are begun."""
LOST = "the process that tried it broke down twice"


@dataclass(frozen=True)
class Progress:
    """How far it is. ``worst``: the weakest point so far, in a sentence."""

    cases: int
    done: int
    time_left: float
    worst: str


def stress(
    instance: Instance,
    terms: Terms,
    time_limit: float,
    jobs: int,
    tell: Callable[[Progress, Crew], None] = lambda _, __: None,
) -> StressReport:
    """Try every case of the instance's published roster, which keeps its rules, for so many seconds in all."""
    return _Run(instance, terms, time_limit, jobs, tell).run()


@dataclass
class _Run:
    instance: Instance
    terms: Terms
    time_limit: float
    jobs: int
    tell: Callable[[Progress, Crew], None]
    known: dict[int, Known] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    stopped: bool = False
    worst: tuple[tuple[int, ...], str] | None = None
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.cases = cases_of(self.instance)
        self.waiting: deque[int] = deque(range(len(self.cases)))

    def run(self) -> StressReport:
        crew = Crew(self.instance, self.terms, max(1, min(self.jobs, len(self.cases))))
        try:
            while self._goes_on(crew):
                self._step(crew)
        except KeyboardInterrupt:
            self.stopped = True
        finally:
            crew.close()
        seconds = time.monotonic() - self.began
        return report_of(self.instance, self.cases, self.known, seconds=seconds, stopped=self.stopped)

    @property
    def _seconds_left(self) -> float:
        return self.time_limit - (time.monotonic() - self.began)

    def _goes_on(self, crew: Crew) -> bool:
        """Whether there is something to do and time to do it; a case that is under way may take a little longer."""
        if crew.trying:
            return self._seconds_left > -GRACE_SECONDS
        return bool(self.waiting) and self._seconds_left > 0 and self.lost < MOST_LOST

    def _step(self, crew: Crew) -> None:
        if self.waiting and self._seconds_left > 0 and self.lost < MOST_LOST:
            crew.fill()
        while self.waiting and crew.is_free and self._seconds_left > 0:
            number = self.waiting.popleft()
            self.tries[number] += 1
            crew.start(Try(number, self.cases[number], self._share(len(crew.trying))))
        self._say(crew)
        for event in crew.events(0.25):
            self._hear(event)
        self._say(crew)

    def _say(self, crew: Crew) -> None:
        worst = self.worst[1] if self.worst else ""
        self.tell(Progress(len(self.cases), len(self.known), max(0.0, self._seconds_left), worst), crew)

    def _share(self, under_way: int) -> float:
        """The seconds for one case, beside those under way and those that wait."""
        left = max(0.0, self._seconds_left)
        turns = (len(self.waiting) + 1 + under_way) / self.jobs
        return max(LEAST_SECONDS, left / max(1.0, turns))

    def _hear(self, event: Settled | Lost) -> None:
        if isinstance(event, Settled):
            self._settle(event.number, event.repaired, event.why)
        elif event.trying is None:
            self.lost += 1
        elif self.tries[event.trying.number] < TRIES:
            self.waiting.appendleft(event.trying.number)
        else:
            self._settle(event.trying.number, None, LOST)

    def _settle(self, number: int, repaired: Repaired | None, why: str) -> None:
        self.known[number] = known = Known.of(self.cases[number], repaired, why)
        if repaired is not None and (self.worst is None or known.order < self.worst[0]):
            self.worst = known.order, known.says
