"""Publishing: a roster becomes the one that people are told, with what has changed of the data, or nothing happens.

Receives the rules. ``history`` is the one that it knows by name: what was published and lies before the day on which
the new roster is published is never written anew, whoever wants it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from roster.answers import found
from roster.answers_of_versions import Published
from roster.calendar import long_date
from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.files import read
from roster.files.forgetting import roster_without
from roster.files.rewriting import SETTINGS, rewritten
from roster.files.together import alone_in, change
from roster.files.versions import NOT_RECORDED, Version, name_of, versions_of
from roster.files.withdrawal import Withdrawal
from roster.happened import Edits, check_day, check_folder, taken_in
from roster.inputs import roster_at
from roster.instance import Instance
from roster.privacy import identifies
from roster.rule import Finding, Preference, Rule
from roster.verify import Verdict, verify
from roster.wording import how_many

PUBLISHED = "published.json"
NO_FOLDER = "versions are kept in a folder, and this is one file"
OTHER_DATA = "The roster was made from other data than it is published with. It was judged by these."
_HISTORY = "history"
_ONE_WORD = re.compile(r"[\w-]{1,80}")


@dataclass(frozen=True)
class Request:
    """What is to be published, and by whom. ``i_know``: what is found against it is accepted, as far as that can be."""

    folder: Path
    roster_file: Path
    edits: Path | None = None
    as_of: date | None = None
    by: str = "regional-manager"
    i_know: bool = False


@dataclass(frozen=True)
class _Case:
    """A roster, the data as they are and as they will be, and what was published before."""

    request: Request
    roster: Roster
    before: Instance
    edited: Instance
    versions: tuple[Version, ...]
    withdrawal: Withdrawal | None

    @property
    def as_of(self) -> date:
        """The day on which it is published."""
        return self.request.as_of or self.before.settings.as_of

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


@dataclass(frozen=True)
class _Judgement:
    """What the checker found, on which data; ``never`` are findings that nobody can accept."""

    instance: Instance
    findings: tuple[Finding, ...]
    never: tuple[Finding, ...]


def publish(request: Request, rules: Sequence[Rule], preferences: Sequence[Preference], now: datetime) -> Published:
    """Publish a roster: store it as a version, and change the folder's data with it, all in one change of files.

    Consent that the edits withdraw is withdrawn first, whatever becomes of the rest. Raises InvalidInput where
    something that was given is at fault, OSError where the folder cannot be changed; ``now`` is in UTC.
    """
    check_folder(request.folder, NO_FOLDER)
    _check_name(request.by)
    with alone_in(request.folder):
        edits = taken_in(request.folder, request.edits)
        with edits.whatever_comes():
            case = _case(request, edits)
            _check_day(case)
        if not edits.given and case.is_newest:
            return _unchanged(case)
        judgement = _judged(case, rules, preferences)
        if judgement.never or (judgement.findings and not request.i_know):
            return _refused(case, judgement)
        return _published(case, judgement, now)


# -- what was given -------------------------------------------------------------------------------------------


def _check_name(by: str) -> None:
    if _ONE_WORD.fullmatch(by) and identifies(by, in_referral=True) is None:
        return
    says, do = "this is not the id of a role", "Write one word, for example regional-manager. Never write a name."
    raise InvalidInput([Fault(file="--by", says=says, do=do)])


def _case(request: Request, edits: Edits) -> _Case:
    before = read(request.folder).valid()
    edited, _ = edits.made_in(request.folder, before)
    roster = roster_without(roster_at(request.roster_file), edits.withdrawn)
    return _Case(request, roster, before, edited, versions_of(request.folder), edits.withdrawal)


def _check_day(case: _Case) -> None:
    """The day does not go back before the newest version's, or that of a roster without a version."""
    frozen = [version.as_of for version in case.versions[-1:]]
    if case.unrecorded:
        frozen.append(case.before.settings.as_of)
    place = ("--as-of", None) if case.request.as_of else (SETTINGS, "as_of")
    check_day(case.as_of, frozen, *place)


# -- judging --------------------------------------------------------------------------------------------------


def _judged(case: _Case, rules: Sequence[Rule], preferences: Sequence[Preference]) -> _Judgement:
    """What speaks against the roster on the day on which it is published, or on that on which it was made."""
    instance, roster = case.after, case.roster
    verdict = verify(instance, roster, rules, preferences)
    never = _never(instance, roster, verdict, rules)
    made_from_these = roster.instance_sha256 == case.edited.sha256
    if not verdict.accepted and not never and case.request.as_of is not None and made_from_these:
        instance, verdict = case.edited, verify(case.edited, roster, rules, preferences)
    return _Judgement(instance, _against(roster, verdict), never)


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


def _unchanged(case: _Case) -> Published:
    number = case.versions[-1].number
    says = f"This roster is version {number} already."
    files = _data(case)
    if files:
        change(case.request.folder, files)
        says += f" The day of the data is now {long_date(case.as_of)}; nothing else was changed."
    else:
        says += " Nothing was changed."
    return Published(outcome="unchanged", says=says, number=number, as_of=case.as_of, files=tuple(files))


def _refused(case: _Case, judgement: _Judgement) -> Published:
    findings = judgement.never or judgement.findings
    against = how_many(len(findings), "thing speaks", "things speak")
    says = f"Not published: {against} against this roster."
    if judgement.never:
        says += " What has happened, who is in the data and who agreed cannot be set aside."
    else:
        says += " To publish it all the same, add --i-know: they are then kept with the version."
    return Published(
        outcome="refused",
        says=says,
        number=None,
        as_of=case.as_of,
        findings=found(findings),
        notes=_notes(case, judgement),
        withdrawal=case.withdrawal,
    )


def _published(case: _Case, judgement: _Judgement, now: datetime) -> Published:
    told = _told_before(case)
    number = max((v.number for v in (*case.versions, *told)), default=0) + 1
    known = tuple(finding.says for finding in judgement.findings)
    version = Version(
        number=number,
        published_at=now.replace(microsecond=0),
        as_of=case.as_of,
        approved_by=case.request.by,
        instance_sha256=judgement.instance.sha256,
        known_faults=known,
        roster=case.roster,
    )
    files = {name_of(v.number): v.to_json().encode() for v in (*told, version)}
    files |= {PUBLISHED: case.roster.to_json().encode()} | _data(case)
    change(case.request.folder, files)
    return Published(
        outcome="published",
        says=f"Version {number} is published: it is what people are told from now on.",
        number=number,
        as_of=case.as_of,
        findings=found(judgement.findings),
        known_faults=known,
        notes=_notes(case, judgement),
        files=tuple(files),
        withdrawal=case.withdrawal,
    )


def _told_before(case: _Case) -> tuple[Version, ...]:
    """The roster that people were told without a version, as one of its own; not where it is this one."""
    roster = case.before.published
    if roster is None or not case.unrecorded or roster == case.roster:
        return ()
    written = datetime.fromtimestamp((case.request.folder / PUBLISHED).stat().st_mtime, UTC)
    version = Version(
        number=max((v.number for v in case.versions), default=0) + 1,
        published_at=written.replace(microsecond=0),
        as_of=case.before.settings.as_of,
        approved_by=NOT_RECORDED,
        instance_sha256=roster.instance_sha256,
        roster=roster,
    )
    return (version,)


def _data(case: _Case) -> dict[str, bytes]:
    """The tables and settings that are different from now on."""
    settings = (case.request.folder / SETTINGS).read_bytes()
    return rewritten(case.before, case.after, settings)


def _notes(case: _Case, judgement: _Judgement) -> tuple[str, ...]:
    return () if case.roster.instance_sha256 == judgement.instance.sha256 else (OTHER_DATA,)
