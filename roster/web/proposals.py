"""What answers propose: the repairs of an explanation, the change that would make a wish right; each can be applied."""

from collections.abc import Sequence
from dataclasses import dataclass

from roster.edit_words import edits_words
from roster.edits import Edit, EditError
from roster.explanations import Change, Why, WhyNot
from roster.instance import Instance
from roster.report import Repair, Report
from roster.report_words import who_acts
from roster.store.models import Job
from roster.wording import how_many

MOST_IN_SHORT = 3


@dataclass(frozen=True)
class Proposal:
    """Edits that would help. ``words``: a sentence for each, none where the data have changed so that none can be said.

    ``acts``: who must act, ``then``: what the month would look like; both may be empty. ``repair``: as in the report.
    """

    says: str
    edits: tuple[Edit, ...]
    words: tuple[str, ...]
    acts: str = ""
    then: str = ""
    repair: Repair | None = None

    @property
    def title(self) -> str:
        """What it is in short: all of it, or the first change and how many more."""
        return in_short(self.words) if len(self.words) > MOST_IN_SHORT else self.says

    @property
    def says_more(self) -> bool:
        """Whether the title says something that the words do not."""
        return len(self.words) <= MOST_IN_SHORT and self.says not in (*self.words, " ".join(self.words))


def in_short(words: Sequence[str]) -> str:
    """The sentences; where there are many, the first of them and how many more there are."""
    if len(words) <= MOST_IN_SHORT:
        return " ".join(words)
    return f"{words[0]} And {how_many(len(words) - 1, 'more change')}."


def proposals(job: Job, instance: Instance) -> tuple[Proposal, ...]:
    """Everything that the answer of a job proposes. Raises ValidationError where it cannot be read any more."""
    if job.kind == "explain":
        report = Report.model_validate_json(job.result)
        return tuple(_of_repair(repair, instance) for repair in report.repairs)
    found: tuple[Change, ...]
    if job.kind == "why-not":
        change = WhyNot.model_validate_json(job.result).change
        found = () if change is None else (change,)
    else:
        why = Why.model_validate_json(job.result)
        found = (*(limit.change for limit in why.limits), *(left.change for left in why.left if left.change))
    return tuple(Proposal(c.says, c.edits, _words(c.edits, instance)) for c in found)


def _of_repair(repair: Repair, instance: Instance) -> Proposal:
    words = _words(repair.edits, instance)
    return Proposal(repair.says, repair.edits, words, who_acts(repair), repair.then, repair)


def _words(edits: tuple[Edit, ...], instance: Instance) -> tuple[str, ...]:
    try:
        return edits_words(instance, edits)
    except EditError:
        return ()
