"""``roster simulate``: month after month, people referred at random, and what becomes of the queue."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import cpu_count
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.text import Text

from roster.calendar import long_month
from roster.commands.codes import OK, UNKNOWN
from roster.edit_words import edits_words
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import instance_at, text_at
from roster.instance import Instance
from roster.many.rosterer import PlaceRosterer
from roster.many.where import place_for
from roster.outputs import check_place
from roster.pages.simulation import simulation_page
from roster.planning.scenarios import BASE, Scenario, read_scenarios
from roster.planning.simulation.figures import Case, difference
from roster.planning.simulation.people import labels
from roster.planning.simulation.record import Asked, CaseFigures, SimulationReport, ThresholdFigures
from roster.planning.simulation.rosterer import Rosterer
from roster.planning.simulation.run import Asked as AskedRuns
from roster.planning.simulation.run import HowFar, Simulating
from roster.planning.simulation.state import Store
from roster.planning.simulation.tables import tables_of, write_book
from roster.planning.simulation.terms import Terms, read_terms
from roster.planning.simulation.threshold import LEAST_MONTHS, Search
from roster.planning.simulation.words import assumptions_of, number
from roster.planning.simulation.world import World, world_of
from roster.planning.tables import csv_text
from roster.rule import Preference, Rule
from roster.show.simulation import simulation_text
from roster.solve import Options, Start
from roster.terminal import errors, print_json, results, warn, wrong_input

ANSWER, BOOK = "simulation.json", "simulation.xlsx"
_SECONDS_BETWEEN_LINES = 10.0


@dataclass(frozen=True)
class Engine:
    """What rosters keep and cost, how a search begins, and how hard each is tried for."""

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    start: Start | None
    time_limit: float
    gap: float
    workers: int
    seed: int

    @property
    def options(self) -> Options:
        """How the engine is asked."""
        return Options(self.time_limit, self.gap, self.workers, self.seed, self.start)

    def said(self) -> str:
        """All of it that results depend on, as a text."""
        names = [*(r.name for r in self.rules), *(p.name for p in self.preferences)]
        return " ".join([*names, f"{self.time_limit:g} {self.gap:g} {self.workers} {self.seed}"])


@dataclass(frozen=True)
class Simulate:
    """What the command is given. ``jobs`` None: one process for each processor."""

    folder: Path
    months: int
    runs: int
    settings: Path | None
    scenarios: Path | None
    named: Sequence[str]
    threshold: bool
    out: Path
    html: Path | None
    jobs: int | None
    cluster: str | None
    engine: Engine
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Read all of it, simulate, write, print. The exit code."""
        with wrong_input(self.as_json):
            base, notices = instance_at(self.folder)
            terms = self._terms(base)
            scenarios = self._scenarios(base)
            self._check_places()
            worlds = self._worlds(base, scenarios, terms)
            if not (self.as_json or self.quiet):
                warn(notices)
            rosterer = self._rosterer()
            try:
                report = self._simulated(base, scenarios, worlds, terms, rosterer)
            finally:
                rosterer.close()
        if self.as_json:
            print_json(report)
        else:
            self._print(report)
        return OK if report.complete else UNKNOWN

    # -- what is given ------------------------------------------------------------------------------------

    def _terms(self, base: Instance) -> Terms:
        return Terms() if self.settings is None else read_terms(text_at(self.settings), self.settings.name, base)

    def _scenarios(self, base: Instance) -> list[Scenario]:
        """The scenarios named, or all of the file. Raises InvalidInput for a name that is not there."""
        if self.scenarios is None:
            if self.named:
                do = "Give the file that it is in with --scenarios."
                raise InvalidInput([Fault(file="--scenario", value=self.named[0], says="there is no file", do=do)])
            return []
        found = {s.name: s for s in read_scenarios(text_at(self.scenarios), self.scenarios.name, base)}
        faults = [
            Fault(file="--scenario", value=name, says="there is no such scenario", do=f"Look in {self.scenarios.name}.")
            for name in self.named
            if name not in found
        ]
        if faults:
            raise InvalidInput(faults)
        return [found[name] for name in self.named] if self.named else list(found.values())

    def _check_places(self) -> None:
        do = "Give the name of another folder."
        if self.out.exists() and not self.out.is_dir():
            raise InvalidInput([Fault(file="--out", value=self.out.name, says="this is a file", do=do)])
        if self.out.resolve() == self.folder.resolve():
            says = "the results would be written into the data"
            raise InvalidInput([Fault(file="--out", value=self.out.name, says=says, do=do)])
        if self.html is not None:
            check_place(self.html)
        if self.threshold and self.months < LEAST_MONTHS:
            says, do = "too few to see whether a queue grows", f"Give {LEAST_MONTHS} or more."
            raise InvalidInput([Fault(file="--months", value=str(self.months), says=says, do=do)])

    def _worlds(self, base: Instance, scenarios: Sequence[Scenario], terms: Terms) -> list[World]:
        names = labels(base, [s.instance for s in scenarios])
        return [
            world_of(BASE, base, names, terms, self.engine.rules),
            *(world_of(s.name, s.instance, names, terms, self.engine.rules) for s in scenarios),
        ]

    def _rosterer(self) -> PlaceRosterer:
        jobs = self.jobs or max(1, (cpu_count() or 1) // self.engine.workers)
        place = place_for(self.cluster, self.jobs, jobs, self.engine.workers)
        return PlaceRosterer(place, self.engine.rules, self.engine.preferences, self.engine.options)

    # -- simulating ---------------------------------------------------------------------------------------

    def _simulated(
        self,
        base: Instance,
        scenarios: Sequence[Scenario],
        worlds: Sequence[World],
        terms: Terms,
        rosterer: Rosterer,
    ) -> SimulationReport:
        asked = AskedRuns(self.months, self.runs, self.engine.seed, self.engine.said())
        self.out.mkdir(parents=True, exist_ok=True)
        with progress(errors(self.quiet or self.as_json)) as tell:
            done = Simulating(worlds, asked, rosterer, Store(self.out), tell).run()
            report = self._report(base, scenarios, done, terms)
            self._write(report, done)
            if self.threshold and not done.stopped:
                found = self._search(base, terms, replace(asked, runs=terms.threshold.runs), rosterer, tell)
                update = {
                    "threshold": found,
                    "stopped": not found.settled,
                    "complete": found.settled and report.complete,
                }
                report = report.model_copy(update=update)
                self._write(report, done)
        return report

    def _search(
        self, base: Instance, terms: Terms, asked: AskedRuns, rosterer: Rosterer, tell: Callable[[HowFar], None]
    ) -> ThresholdFigures:
        names = labels(base)

        def world_at(load: float) -> World:
            arrivals = terms.arrivals.model_copy(update={"load": terms.arrivals.load * load})
            at_load = terms.model_copy(update={"arrivals": arrivals})
            return world_of(f"load {load:.4f}", base, names, at_load, self.engine.rules, terms.threshold.backlog_months)

        def simulate(world: World) -> Simulating:
            what = f"Load {world.terms.arrivals.load / terms.arrivals.load:.2f}: "
            store = Store(self.out / "loads")
            return Simulating([world], asked, rosterer, store, lambda far: tell(replace(far, what=what))).run()

        return Search(world_at, simulate, terms.threshold, self.months).run()

    def _report(
        self, base: Instance, scenarios: Sequence[Scenario], done: Simulating, terms: Terms
    ) -> SimulationReport:
        cases = [Case(w, [t for t in done.tracks if t.world is w], self.months) for w in done.worlds]
        return SimulationReport(
            instance=base.settings.name,
            month=base.settings.month,
            instance_sha256=base.sha256,
            asked=Asked(
                months=self.months,
                runs=self.runs,
                seed=self.engine.seed,
                time_limit=self.engine.time_limit,
                gap=self.engine.gap,
                workers=self.engine.workers,
            ),
            terms=terms,
            complete=bool(done.tracks) and all(t.months >= self.months for t in done.tracks),
            stopped=done.stopped,
            assumptions=assumptions_of(terms),
            cases=(cases[0].figures(), *_beside(base, scenarios, cases)),
        )

    def _write(self, report: SimulationReport, done: Simulating) -> None:
        write_text(self.out / ANSWER, report.to_json())
        tables = tables_of(report, done.tracks)
        for name, (header, rows) in tables.items():
            write_text(self.out / f"{name}.csv", csv_text(header, iter(rows)))
        write_book(report, tables, self.out / BOOK)
        if self.html is not None:
            write_text(self.html, simulation_page(report))

    def _print(self, report: SimulationReport) -> None:
        if not self.quiet:
            results().print(simulation_text(report), "")
        results().print(f"Tables are in {self.out}.", soft_wrap=True)
        if self.html is not None:
            results().print(f"The page is {self.html}.", soft_wrap=True)
        if not report.complete:
            again = shlex.join(["roster", "simulate", str(self.folder), "--out", str(self.out)])
            results().print(f"To go on, give the same command again: {again} ...", soft_wrap=True)


def _beside(base: Instance, scenarios: Sequence[Scenario], cases: Sequence[Case]) -> Iterator[CaseFigures]:
    """The figures of each scenario, with what differs from the base."""
    for scenario, case in zip(scenarios, cases[1:], strict=True):
        update = {
            "edits": scenario.edits,
            "edits_say": tuple(edits_words(base, scenario.edits)),
            "difference": difference(cases[0], case),
        }
        yield case.figures().model_copy(update=update)


# -- progress -------------------------------------------------------------------------------------------------


@contextmanager
def progress(console: Console, clock: Callable[[], float] = monotonic) -> Iterator[Callable[[HowFar], None]]:
    """Shows how far it is: one line that changes on a terminal, a line now and then anywhere else."""
    said_at = clock()

    def print_line(far: HowFar) -> None:
        nonlocal said_at
        if clock() - said_at >= _SECONDS_BETWEEN_LINES:
            said_at = clock()
            console.print(Text(progress_words(far)), soft_wrap=True)

    if not console.is_interactive:
        yield print_line
        return
    with console.status(Text("Starting. Ctrl-C stops and keeps what is known so far.")) as status:
        yield lambda far: status.update(Text(progress_words(far), overflow="ellipsis", no_wrap=True))


def progress_words(far: HowFar) -> str:
    """``12 of 600 months simulated, about 9 minutes left. Waiting in April 2027: 43.2 so far``."""
    parts = f"{far.what}{far.done:,} of {far.of:,} months simulated"
    if far.seconds_left is not None:
        parts += f", {_about(far.seconds_left)} left"
    if far.waiting is None:
        return parts
    return f"{parts}. Waiting after {long_month(far.month)}: {number(far.waiting)} so far"


def _about(seconds: float) -> str:
    if seconds < 90:
        return f"about {round(seconds):,} seconds"
    return f"about {round(seconds / 60):,} minutes" if seconds < 5400 else f"about {seconds / 3600:.1f} hours"
