"""What ``roster publish`` and ``roster versions`` answer to a program: what was published, and what was before."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from roster.answers import Found
from roster.domain import Outcome, Record
from roster.files.versions import Version
from roster.files.withdrawal import Withdrawal


class Published(Record):
    """What came of publishing a roster: ``unchanged`` where it was the published one already.

    ``number`` is that of the version, None where there is none; ``findings`` are what speaks against it, of which
    ``known_faults`` were accepted; ``files`` are those that changed, as they lie in the folder.
    """

    outcome: Literal["published", "unchanged", "refused"]
    says: str
    number: int | None
    as_of: date
    findings: tuple[Found, ...] = ()
    known_faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    withdrawal: Withdrawal | None = None


class VersionLine(Record):
    """One version in a list. Times are in UTC; ``withdrawn`` counts people who withdrew their consent since."""

    number: int
    published_at: datetime
    as_of: date
    approved_by: str
    outcome: Outcome
    objective: int
    people_seen: int
    known_faults: tuple[str, ...]
    withdrawn: int


class VersionList(Record):
    """Every version of a folder's published roster, the oldest first."""

    versions: tuple[VersionLine, ...]


def version_list(versions: Iterable[Version]) -> VersionList:
    """The versions as a list."""
    return VersionList(versions=tuple(map(_line, versions)))


def _line(version: Version) -> VersionLine:
    return VersionLine(
        number=version.number,
        published_at=version.published_at,
        as_of=version.as_of,
        approved_by=version.approved_by,
        outcome=version.roster.outcome,
        objective=version.roster.objective,
        people_seen=len(version.roster.appointments),
        known_faults=version.known_faults,
        withdrawn=version.withdrawn,
    )
