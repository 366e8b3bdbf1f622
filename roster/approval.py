"""Whether a roster may become the one that people are told, and as which version: on records alone.

Receives the rules. ``history`` is the one that it knows by name: what was published and lies before the day on which
the new roster is published is never written anew, whoever wants it. Where versions are kept is for others to know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from roster.answers import found
from roster.answers_of_versions import Published
from roster.domain import Roster
from roster.files.versions import NOT_RECORDED, Version
from roster.instance import Instance
from roster.rule import Finding, Preference, Rule
from roster.verify import Verdict, verify
from roster.wording import how_many

OTHER_DATA = "The roster was made from other data than it is published with. It was judged by these."
_HISTORY = "history"


@dataclass(frozen=True)
class Proposal:
    """A roster, the data as they are and as they will be, and what was published before.

    ``on``: the day on which it is published, where one was named; else that of the data.
    """

    roster: Roster
    before: Instance
    edited: Instance
    versions: tuple[Version, ...]
    on: date | None = None

    @property
    def as_of(self) -> date:
        """The day on which it is published."""
        return self.on or self.before.settings.as_of

    @cached_property
    def after(self) -> Instance:
        """The data that it is published with."""
        settings = self.edited.settings.model_copy(update={"as_of": self.as_of})
        return self.edited.replaced(settings=settings)

    @cached_property
    def unrecorded(self) -> bool:
        """Whether people were told a roster of which there is no version."""
        told = self.before.published
        return told is not None and (not self.versions or self.versions[-1].roster != told)

    @property
    def is_newest(self) -> bool:
        """Whether the roster is the newest version already, and the one that people were told."""
        return bool(self.versions) and self.roster == self.versions[-1].roster and not self.unrecorded

    @property
    def frozen(self) -> tuple[date, ...]:
        """Days on which something was published: the new one may not come before any of them."""
        newest = tuple(version.as_of for version in self.versions[-1:])
        return (*newest, self.before.settings.as_of) if self.unrecorded else newest


@dataclass(frozen=True)
class Judgement:
    """What the checker found, on which data; ``never`` are findings that nobody can accept."""

    instance: Instance
    findings: tuple[Finding, ...]
    never: tuple[Finding, ...]

    def refuses(self, *, all_the_same: bool) -> bool:
        """Whether the roster is not published, ``all_the_same``: even where what may be accepted is accepted."""
        return bool(self.never or (self.findings and not all_the_same))


# -- judging --------------------------------------------------------------------------------------------------


def judged(proposal: Proposal, rules: Sequence[Rule], preferences: Sequence[Preference]) -> Judgement:
    """What speaks against the roster on the day on which it is published, or on that on which it was made."""
    instance, roster = proposal.after, proposal.roster
    verdict = verify(instance, roster, rules, preferences)
    never = _never(instance, roster, verdict, rules)
    made_from_these = roster.instance_sha256 == proposal.edited.sha256
    if not verdict.accepted and not never and proposal.on is not None and made_from_these:
        instance, verdict = proposal.edited, verify(proposal.edited, roster, rules, preferences)
    return Judgement(instance, _against(roster, verdict), never)


def _against(roster: Roster, verdict: Verdict) -> tuple[Finding, ...]:
    """What the checker found, and what a compromise says of itself."""
    return (*verdict.form, *verdict.broken, *(Finding(b.rule, b.says, b.fact, b.amount) for b in roster.breaks))


def _never(instance: Instance, roster: Roster, verdict: Verdict, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """What nobody can accept: another month, what is not in the data, people without consent, another history."""
    if not verdict.costs or roster.month != instance.settings.month:
        return _against(roster, verdict)
    if instance.published is None:
        return ()
    return tuple(f for rule in rules if rule.name == _HISTORY for f in rule.check(instance, roster))


# -- what comes of it -----------------------------------------------------------------------------------------


def new_versions(
    proposal: Proposal, judgement: Judgement, by: str, now: datetime, told_at: datetime
) -> tuple[Version, ...]:
    """The version that the roster becomes, after that of a roster that people were told without one.

    ``now`` is in UTC; ``told_at``: when the roster without a version was written, as far as anybody knows.
    """
    told = _told_before(proposal, told_at)
    number = max((v.number for v in (*proposal.versions, *told)), default=0) + 1
    version = Version(
        number=number,
        published_at=now.replace(microsecond=0),
        as_of=proposal.as_of,
        approved_by=by,
        instance_sha256=judgement.instance.sha256,
        known_faults=tuple(finding.says for finding in judgement.findings),
        roster=proposal.roster,
    )
    return (*told, version)


def _told_before(proposal: Proposal, told_at: datetime) -> tuple[Version, ...]:
    """The roster that people were told without a version, as one of its own; not where it is this one."""
    roster = proposal.before.published
    if roster is None or not proposal.unrecorded or roster == proposal.roster:
        return ()
    version = Version(
        number=max((v.number for v in proposal.versions), default=0) + 1,
        published_at=told_at.replace(microsecond=0),
        as_of=proposal.before.settings.as_of,
        approved_by=NOT_RECORDED,
        instance_sha256=roster.instance_sha256,
        roster=roster,
    )
    return (version,)


def published(proposal: Proposal, judgement: Judgement, version: Version) -> Published:
    """The answer where the roster became this version."""
    return Published(
        outcome="published",
        says=f"Version {version.number} is published: it is what people are told from now on.",
        number=version.number,
        as_of=proposal.as_of,
        findings=found(judgement.findings),
        known_faults=version.known_faults,
        notes=_notes(proposal, judgement),
    )


def refused(proposal: Proposal, judgement: Judgement, how: str) -> Published:
    """The answer where it did not; ``how`` says how to publish it all the same, where that may be."""
    findings = judgement.never or judgement.findings
    against = how_many(len(findings), "thing speaks", "things speak")
    says = f"Not published: {against} against this roster."
    if judgement.never:
        says += " What has happened, who is in the data and who agreed cannot be set aside."
    else:
        says += f" {how}"
    return Published(
        outcome="refused",
        says=says,
        number=None,
        as_of=proposal.as_of,
        findings=found(findings),
        notes=_notes(proposal, judgement),
    )


def _notes(proposal: Proposal, judgement: Judgement) -> tuple[str, ...]:
    return () if proposal.roster.instance_sha256 == judgement.instance.sha256 else (OTHER_DATA,)
