"""What the command line answers to a program: one record for each kind of JSON object it prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from pydantic import computed_field

from roster.agenda import By, Section, sections_of
from roster.audit.lines import Audit, ClaimOutcome, Line
from roster.domain import Break, Outcome, Record, Roster, Unseen
from roster.facts import Fact
from roster.fault import Fault, Notice
from roster.figures import Figures, figures_of
from roster.held_back import HeldBack
from roster.instance import Instance
from roster.rule import Finding, Preference, Rule
from roster.verify import Verdict
from roster.wording import VOLUNTARY, how_many

if TYPE_CHECKING:
    from roster.solve import Result


class Solved(Roster):
    """A roster as in roster.json, with what is said about it beside it.

    ``seconds`` is how long it took; ``written_to`` names the file; ``reserve`` is there where places were held back.
    """

    says: str
    seconds: float
    written_to: str
    warnings: tuple[Notice, ...] = ()
    reserve: HeldBack | None = None

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know computed fields
    @property
    def gap(self) -> float:
        """(objective - bound) / objective: 0.0 where the roster is proved best."""
        return super().gap


class Found(Record):
    """A rule that a roster breaks, in a sentence; ``rule`` is "form" where the file itself is wrong."""

    rule: str
    fact: str
    amount: int
    says: str


class NotSolved(Record):
    """No roster to show: time ran out, or the answer found did not pass the checker."""

    outcome: Literal["unknown", "rejected", "infeasible"]
    says: str
    seconds: float
    findings: tuple[Found, ...] = ()
    warnings: tuple[Notice, ...] = ()


class Refused(Record):
    """The input is wrong, and nothing was done: every fault."""

    outcome: Literal["invalid"] = "invalid"
    faults: tuple[Fault, ...]
    warnings: tuple[Notice, ...] = ()


class Priced(Record):
    """One price as the roster claims it and as it is; None where it is not claimed or cannot be worked out."""

    claimed: int | None
    checked: int | None


class Checked(Record):
    """What the checker found. ``outcome`` and ``claimed_objective`` are what the roster says of itself.

    ``accepted``: nothing is wrong. A compromise is accepted where it breaks what it lists, and nothing else.
    """

    outcome: Outcome
    accepted: bool
    compromise: bool
    says: str
    findings: tuple[Found, ...]
    notes: tuple[str, ...]
    breaks: tuple[Break, ...]
    claimed_objective: int
    objective: int | None
    bound: int
    costs: dict[str, Priced]


class CheckedReport(Record):
    """What came of checking a report. ``outcome`` is that of the worst of its claims; ``notes`` are no faults."""

    outcome: ClaimOutcome
    says: str
    claims: tuple[Line, ...]
    notes: tuple[str, ...]


class Shown(Record):
    """A roster as people read it, in figures and in sections."""

    outcome: Outcome
    accepted: bool
    compromise: bool
    instance: str
    month: str
    voluntary: str
    objective: int
    bound: int
    gap: float
    costs: dict[str, int]
    figures: Figures
    by: Literal["day", "coach", "site"]
    sections: tuple[Section, ...]
    unseen: tuple[Unseen, ...]
    breaks: tuple[Break, ...]


class Written(Record):
    """A folder or file that was written."""

    written_to: str


class About(Record):
    """One rule or price: its name, the sentence a manager reads, the formula a reviewer reads."""

    name: str
    sentence: str
    formula: str


class RuleList(Record):
    """Every rule that must hold, and every price."""

    rules: tuple[About, ...]
    prices: tuple[About, ...]


class FactList(Record):
    """Every fact of an instance."""

    instance: str
    month: str
    facts: tuple[Fact, ...]


def to_json(answer: Record) -> str:
    """The text of an answer. Only a compromise has the two fields of a compromise, as in roster.json."""
    leave_out: set[str] = set()
    if isinstance(answer, Solved):
        leave_out |= set() if answer.compromise else {"compromise", "breaks"}
        leave_out |= set() if answer.reserve else {"reserve"}
    return answer.model_dump_json(by_alias=True, indent=1, exclude=leave_out)


def solved(
    roster: Roster,
    says: str,
    seconds: float,
    written_to: str,
    warnings: Iterable[Notice] = (),
    reserve: HeldBack | None = None,
) -> Solved:
    """The answer where there is a roster."""
    beside = {"says": says, "seconds": round(seconds, 3), "written_to": written_to, "warnings": tuple(warnings)}
    return Solved.model_validate(dict(roster) | beside | {"reserve": reserve})


def not_solved(result: Result, warnings: Iterable[Notice]) -> NotSolved:
    """The answer where there is none. Raises ValueError where the result has a roster."""
    return NotSolved.model_validate(
        {
            "outcome": result.outcome,
            "says": result.says,
            "seconds": round(result.seconds, 3),
            "findings": found(result.findings),
            "warnings": tuple(warnings),
        }
    )


def found(findings: Iterable[Finding]) -> tuple[Found, ...]:
    """Findings of the checker as records."""
    return tuple(Found(rule=f.rule, fact=f.fact, amount=f.amount, says=f.says) for f in findings)


def checked(roster: Roster, verdict: Verdict) -> Checked:
    """The answer of the checker."""
    names = list(dict.fromkeys([*verdict.costs, *roster.costs]))
    return Checked(
        outcome=roster.outcome,
        accepted=verdict.accepted,
        compromise=roster.compromise,
        says=_verdict_sentence(roster, verdict),
        findings=found((*verdict.form, *verdict.broken)),
        notes=verdict.notes,
        breaks=roster.breaks,
        claimed_objective=roster.objective,
        objective=verdict.objective if verdict.costs else None,
        bound=roster.bound,
        costs={n: Priced(claimed=roster.costs.get(n), checked=verdict.costs.get(n)) for n in names},
    )


def _verdict_sentence(roster: Roster, verdict: Verdict) -> str:
    if not verdict.accepted:
        wrong = how_many(len(verdict.form) + len(verdict.broken), "thing is", "things are")
        return f"Not accepted: {wrong} wrong with this roster."
    if roster.compromise:
        return "This compromise breaks what it lists and nothing else, and its numbers are right."
    return "Accepted: the roster keeps every rule, and its numbers are right."


def checked_report(audit: Audit) -> CheckedReport:
    """The answer of the check of a report."""
    counted = how_many(len(audit.lines), "claim")
    says = {
        "holds": f"Everything holds: {counted} checked, each on its own.",
        "does not hold": f"Of {counted}, {how_many(len(audit.lines_that('does not hold')), 'does', 'do')} not hold.",
        "not settled": f"Of {counted}, {how_many(len(audit.lines_that('not settled')), 'was', 'were')} not settled "
        "in time; the others hold.",
    }
    return CheckedReport(outcome=audit.outcome, says=says[audit.outcome], claims=audit.lines, notes=audit.notes)


def shown(instance: Instance, roster: Roster, accepted: bool, by: By) -> Shown:
    """The roster as people read it."""
    return Shown(
        outcome=roster.outcome,
        accepted=accepted,
        compromise=roster.compromise,
        instance=roster.instance,
        month=roster.month,
        voluntary=VOLUNTARY,
        objective=roster.objective,
        bound=roster.bound,
        gap=roster.gap,
        costs=roster.costs,
        figures=figures_of(instance, roster),
        by=by,
        sections=sections_of(instance, roster, by),
        unseen=roster.unseen,
        breaks=roster.breaks,
    )


def rule_list(rules: Iterable[Rule], preferences: Iterable[Preference]) -> RuleList:
    """Every rule and every price with its sentence and formula."""
    return RuleList(rules=tuple(map(_about, rules)), prices=tuple(map(_about, preferences)))


def _about(rule: Rule | Preference) -> About:
    return About(name=rule.name, sentence=rule.sentence, formula=rule.formula)
