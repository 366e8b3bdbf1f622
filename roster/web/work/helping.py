"""The job ``help``: the one further session at a practice's site that would help most, and what it would bring.

The engine is that of ``roster value``, for one site. What is kept of it names no referral.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from roster.domain import Record, Roster
from roster.edits import Edit, apply_edits
from roster.instance import Instance
from roster.planning.scenarios import BASE, Scenario
from roster.planning.value.candidates import Candidate, candidates_of
from roster.planning.value.choose import for_practices, promising
from roster.planning.value.process import Task, estimates
from roster.planning.value.record import Sheet
from roster.planning.value.report import Findings, Tried
from roster.planning.value.words import sheet_lines
from roster.solve import Options, Progress, Result, solve
from roster.store.models import Job
from roster.store.months import instance_of
from roster.summaries import Asked, Line, line_of
from roster.web.terms import Terms, terms
from roster.web.work.solving import as_shown
from roster.web.work.worker import Done, Tell

SECONDS = 120.0
"""How long it takes at most, more or less: the worker's other work comes before or after."""
_BASE, _LOOKING, _TRYING = 0.4, 0.25, 0.35
"""How the time is shared between the month as it is, looking for sessions, and the month with the best of them."""


class Help(Record):
    """What came of it: in sentences, and the edits that offer the session; none where none would help."""

    says: tuple[str, ...]
    edits: tuple[Edit, ...] = ()


def made(job: Job, tell: Tell) -> Done:
    """Look for the session. ``asked``: ``practice_id``, and ``seconds`` in all."""
    found = _found(instance_of(job.month), job.asked["practice_id"], float(job.asked.get("seconds", SECONDS)), tell)
    return Done(found.says[0], found.model_dump_json())


def _found(instance: Instance, practice_id: str, seconds: float, tell: Tell) -> Help:
    search = Search(instance, practice_id, seconds, terms(), lambda progress: tell(as_shown(progress)))
    sheet = search.sheet()
    if isinstance(sheet, str):
        return Help(says=(sheet,))
    lines = tuple(sheet_lines(sheet))
    return Help(says=lines, edits=sheet.best.edits if sheet.best else ())


@dataclass(frozen=True)
class Search:
    """Looks for the best further session at the site of a practice."""

    instance: Instance
    practice_id: str
    seconds: float
    terms: Terms
    tell: Callable[[Progress], None]

    def sheet(self) -> Sheet | str:
        """What the practice reads, or in a sentence why nothing can be compared."""
        base = self._solved(self.instance, _BASE, None)
        line = self._line(BASE, self.instance, base)
        if base.roster is None or base.roster.compromise:
            return f"Nothing can be compared, because there is no roster that keeps every rule. {base.says}"
        candidates = self._candidates()
        known, _ = estimates(self._task(candidates), self.tell)
        best = for_practices(promising(candidates, known), [self.instance.practice[self.practice_id]]) if known else []
        tried = {c.name: self._tried(c, base.roster) for c in best}
        findings = Findings(self.instance, line, base.roster, candidates, known, tried, line.asked, sheets=True)
        return next(s for s in findings.report().sheets if s.practice_id == self.practice_id)

    def _candidates(self) -> list[Candidate]:
        site_id = self.instance.practice[self.practice_id].site_id
        return [c for c in candidates_of(self.instance) if c.kind == "session" and c.about == site_id]

    def _task(self, candidates: Sequence[Candidate]) -> Task:
        rules, preferences = self.terms.rules, self.terms.preferences
        return Task(self.instance, rules, preferences, candidates, 1, self.seconds * _LOOKING)

    def _tried(self, candidate: Candidate, base: Roster) -> Tried:
        changed = apply_edits(self.instance, candidate.edits)
        result = self._solved(changed, _TRYING, base)
        scenario = Scenario(candidate.name, candidate.edits, changed)
        return Tried(scenario, self._line(candidate.name, changed, result), result.roster)

    def _solved(self, instance: Instance, share: float, like: Roster | None) -> Result:
        """The best roster in a share of the time, beginning with one that is known."""
        start = self.terms.start if like is None else partial(self.terms.start_from, like)
        options = Options(time_limit=self.seconds * share, start=start, compromise=False)
        return solve(instance, self.terms.rules, self.terms.preferences, options, self.tell)

    def _line(self, name: str, instance: Instance, result: Result) -> Line:
        asked = Asked(time_limit=self.seconds, gap=0.0, workers=1, seed=0)
        line = line_of(name, instance, asked, result.outcome, result.says, result.roster)
        return line.model_copy(update={"seconds": result.seconds})
