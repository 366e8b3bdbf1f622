"""Publishing and its versions as a person reads them: what was published, what speaks against it, what was before."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.console import RenderableType

from roster.answers_of_versions import Published, VersionLine, VersionList
from roster.calendar import friendly_time, long_date
from roster.domain import Outcome
from roster.fault import listed
from roster.files.withdrawal import Withdrawal
from roster.show.layout import bullets, plain, spaced, table, under
from roster.show.lists import findings
from roster.wording import how_many

_FIRST_FINDINGS = 20
_HOW_GOOD: dict[Outcome, str] = {
    "optimal": "proved best",
    "feasible": "checked",
    "infeasible": "a compromise",
    "unknown": "not known",
    "invalid": "not known",
    "rejected": "not accepted",
}


def published_text(answer: Published) -> RenderableType:
    """What came of publishing a roster."""
    parts: list[RenderableType] = [plain(answer.says)]
    if answer.findings:
        heading = "What speaks against it" if answer.outcome == "refused" else "What was known and accepted"
        parts.append(findings(f"{heading} ({len(answer.findings):,})", answer.findings, _FIRST_FINDINGS))
    if answer.notes:
        parts.append(under("Worth knowing", [bullets(answer.notes)]))
    if answer.withdrawal is not None:
        parts.append(withdrawal_text(answer.withdrawal))
    if answer.files:
        parts.append(plain(f"Changed: {listed(answer.files, 'and')}."))
    return spaced(parts)


def withdrawal_text(withdrawal: Withdrawal) -> RenderableType:
    """What came of withdrawing consent, and what is left to do by hand. It names no id."""
    return under("Consent withdrawn", [bullets(_of_withdrawal(withdrawal))])


def _of_withdrawal(withdrawal: Withdrawal) -> Iterator[str]:
    if withdrawal.changed:
        files = how_many(len(withdrawal.changed), "file")
        yield f"{how_many(withdrawal.referrals, 'referral')} taken out of the data. {files} changed."
    else:
        yield "Nothing was left to take out."
    if withdrawal.left:
        yield f"Still to be changed or removed by you, because an id stands there: {listed(withdrawal.left, 'and')}."
    if withdrawal.unread:
        yield f"To be looked at by you, because this program cannot look inside: {listed(withdrawal.unread, 'and')}."


def versions_text(answer: VersionList) -> RenderableType:
    """Every version in a table, and what was accepted with each."""
    if not answer.versions:
        return plain("No version has been published in this folder yet.")
    right = ("Total", "Seen", "Withdrawn")
    made = table("Versions", ("Version", "When", "As of", "Approved by", "How good", *right), right=right)
    for line in answer.versions:
        made.add_row(*_cells(line))
    parts: list[RenderableType] = [made]
    known = [f"Version {line.number}: {says}" for line in answer.versions for says in line.known_faults]
    if known:
        parts.append(under("What was known and accepted", [bullets(known)]))
    return spaced([*parts, plain("Times are in UTC. Withdrawn: people in it who have withdrawn their consent since.")])


def _cells(line: VersionLine) -> Sequence[str]:
    return (
        str(line.number),
        _moment(line.published_at),
        long_date(line.as_of),
        line.approved_by,
        _HOW_GOOD[line.outcome],
        f"{line.objective:,}",
        f"{line.people_seen:,}",
        f"{line.withdrawn:,}",
    )


def _moment(when: datetime) -> str:
    when = when.astimezone(UTC)
    return f"{long_date(when.date())}, {friendly_time(when.hour * 60 + when.minute)}"
