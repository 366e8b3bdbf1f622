"""``roster solve-many``: every folder solved, here or on a cluster, and the summary of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.many.board import Board
from roster.many.names import named
from roster.many.results import Results
from roster.many.run import Run
from roster.many.share import EACH, shared
from roster.many.where import place_for
from roster.rule import Preference, Rule
from roster.show.many import many_text
from roster.solve import Start
from roster.summaries import Asked, Summary, exit_code
from roster.terminal import errors, print_json, results, wrong_input


@dataclass(frozen=True)
class SolveMany:
    """What the command is given."""

    folders: Sequence[Path]
    out: Path
    time_limit: float
    gap: float
    seed: int
    workers: int | None
    jobs: int | None
    cluster: str | None
    again: bool
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    start: Start | None
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Solve them all, write, print. The exit code."""
        with wrong_input(self.as_json):
            folders = named(self.folders, self.out)
            kept_in = Results(self.out)
            kept_in.open()
            jobs, workers = shared(self.jobs, self.workers)
            if self.cluster is not None:
                workers = self.workers or EACH
            asked = Asked(time_limit=self.time_limit, gap=self.gap, workers=workers, seed=self.seed)
            place = place_for(self.cluster, self.jobs, jobs, workers)
            with Board(errors(self.quiet or self.as_json)) as board:
                run = Run(folders, self.rules, self.preferences, asked, place, kept_in, board, self.again, self.start)
                summary = run.run()
        self._print(summary)
        return exit_code(summary.lines)

    def _print(self, summary: Summary) -> None:
        if self.as_json:
            print_json(summary)
            return
        if not self.quiet:
            results().print(many_text(summary, results().width), "")
        results().print(f"Rosters are in {self.out}, the summary in {self.out / 'summary.csv'}.", soft_wrap=True)
