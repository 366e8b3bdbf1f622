"""A base and named scenarios of it, solved several at once; each scenario begins with the base's roster."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.many.board import Board
from roster.many.results import ROSTER, Results
from roster.many.run import Made, Run
from roster.many.share import EACH, shared
from roster.many.where import place_for
from roster.planning.scenarios import BASE, Scenario
from roster.rule import Preference, Rule
from roster.solve import Start
from roster.summaries import Asked, Line, summary_of

HAVE_A_ROSTER = ("optimal", "feasible", "infeasible")
_NOT_BEGUN = "Stopped by you before it was begun."


@dataclass(frozen=True)
class Terms:
    """What rosters keep and cost, how a search begins, and how it begins with the base's roster."""

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    start: Start
    start_from: Callable[[Roster], Start]


@dataclass(frozen=True)
class Effort:
    """How each is solved: seconds, the gap that is good enough, seed, processors; how many at once, and where.

    ``again``: also what is done already.
    """

    time_limit: float
    gap: float = 0.0
    seed: int = 0
    workers: int | None = None
    jobs: int | None = None
    cluster: str | None = None
    again: bool = False

    @property
    def shares(self) -> tuple[int, int]:
        """How many are solved at once on this machine, and with how many processors each."""
        jobs, workers = shared(self.jobs, self.workers)
        return jobs, workers if self.cluster is None else self.workers or EACH

    @property
    def asked(self) -> Asked:
        """The part on which the answer may depend."""
        return Asked(time_limit=self.time_limit, gap=self.gap, workers=self.shares[1], seed=self.seed)


@dataclass
class Beside:
    """Solves a base, then scenarios beside it. ``rosters``: the folder of results, each in a folder of its name.

    What is there already for the same data and effort is kept. ``board`` makes what shows how far it is. ``lines``
    has what came of each so far.
    """

    terms: Terms
    effort: Effort
    rosters: Path
    board: Callable[[], Board]
    lines: dict[str, Line] = field(default_factory=dict)

    def run(self, base: Instance, scenarios: Sequence[Scenario]) -> dict[str, Line]:
        """All of it. What came of the base and, after it and beginning with its roster, of every scenario."""
        self.base(base)
        self.scenarios(scenarios)
        return self.lines

    def base(self, base: Instance) -> Line:
        """Solve the base. Raises InvalidInput where the cluster cannot be reached."""
        return self._solved({BASE: lambda: base}, self.terms.start)[BASE]

    def scenarios(self, scenarios: Iterable[Scenario]) -> None:
        """Solve these, after the base; where that was stopped, none is begun."""
        made = {scenario.name: scenario.made for scenario in scenarios}
        if self.lines[BASE].stopped:
            self.lines |= {name: self._not_begun(name) for name in made}
            Results(self.rosters).summarise(summary_of(self.lines.values()))
        else:
            self._solved(made, self._start())

    def roster(self, line: Line) -> Roster | None:
        """The roster, or the compromise, that came of it."""
        if line.outcome not in HAVE_A_ROSTER:
            return None
        return Roster.model_validate_json((self.rosters / line.folder / ROSTER).read_bytes())

    def _solved(self, made: Mapping[str, Made], start: Start) -> dict[str, Line]:
        kept_in = Results(self.rosters)
        kept_in.open()
        with self.board() as board:
            place = place_for(self.effort.cluster, self.effort.jobs, *self.effort.shares)
            terms = self.terms.rules, self.terms.preferences
            one = Run(made, *terms, self.effort.asked, place, kept_in, board, self.effort.again, start)
            self.lines |= {line.folder: line for line in one.run().lines}
        kept_in.summarise(summary_of(self.lines.values()))
        return self.lines

    def _start(self) -> Start:
        roster = self.roster(self.lines[BASE])
        return self.terms.start if roster is None or roster.compromise else self.terms.start_from(roster)

    def _not_begun(self, name: str) -> Line:
        return Line(folder=name, outcome="unknown", says=_NOT_BEGUN, stopped=True, asked=self.effort.asked)


def check_out(out: Path, folder: Path) -> None:
    """Raises InvalidInput where results cannot go into ``out``, made of the data in ``folder``."""
    if out.exists() and not out.is_dir():
        do = "Give the name of a folder."
        raise InvalidInput([Fault(file="--out", value=out.name, says="this is a file", do=do)])
    if out.resolve() == folder.resolve():
        says, do = "the results would be written into the data", "Give the name of another folder."
        raise InvalidInput([Fault(file="--out", value=out.name, says=says, do=do)])
