"""Publishing: a roster becomes the one that people are told, with what has changed of the data, or nothing happens.

What speaks against a roster is for ``roster.approval`` to say; here it is done to a folder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from roster.answers_of_versions import Published
from roster.approval import Judgement, Proposal, judged, new_versions, published, refused
from roster.calendar import long_date
from roster.fault import Fault, InvalidInput
from roster.files import read
from roster.files.forgetting import roster_without
from roster.files.rewriting import SETTINGS, rewritten
from roster.files.together import alone_in, change
from roster.files.versions import name_of, versions_of
from roster.files.withdrawal import Withdrawal
from roster.happened import Edits, check_day, check_folder, taken_in
from roster.inputs import roster_at
from roster.privacy import identifies
from roster.rule import Preference, Rule

PUBLISHED = "published.json"
NO_FOLDER = "versions are kept in a folder, and this is one file"
ALL_THE_SAME = "To publish it all the same, add --i-know: they are then kept with the version."
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
    """What is proposed, by which request."""

    request: Request
    proposal: Proposal
    withdrawal: Withdrawal | None


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
        if not edits.given and case.proposal.is_newest:
            return _unchanged(case)
        judgement = judged(case.proposal, rules, preferences)
        if judgement.refuses(all_the_same=request.i_know):
            answer = refused(case.proposal, judgement, ALL_THE_SAME)
            return answer.model_copy(update={"withdrawal": case.withdrawal})
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
    proposal = Proposal(roster, before, edited, versions_of(request.folder), request.as_of)
    return _Case(request, proposal, edits.withdrawal)


def _check_day(case: _Case) -> None:
    """The day does not go back before the newest version's, or that of a roster without a version."""
    place = ("--as-of", None) if case.request.as_of else (SETTINGS, "as_of")
    check_day(case.proposal.as_of, case.proposal.frozen, *place)


# -- what comes of it -----------------------------------------------------------------------------------------


def _unchanged(case: _Case) -> Published:
    number, as_of = case.proposal.versions[-1].number, case.proposal.as_of
    says = f"This roster is version {number} already."
    files = _data(case)
    if files:
        change(case.request.folder, files)
        says += f" The day of the data is now {long_date(as_of)}; nothing else was changed."
    else:
        says += " Nothing was changed."
    return Published(outcome="unchanged", says=says, number=number, as_of=as_of, files=tuple(files))


def _published(case: _Case, judgement: Judgement, now: datetime) -> Published:
    versions = new_versions(case.proposal, judgement, case.request.by, now, _written_at(case))
    files = {name_of(v.number): v.to_json().encode() for v in versions}
    files |= {PUBLISHED: case.proposal.roster.to_json().encode()} | _data(case)
    change(case.request.folder, files)
    answer = published(case.proposal, judgement, versions[-1])
    return answer.model_copy(update={"files": tuple(files), "withdrawal": case.withdrawal})


def _written_at(case: _Case) -> datetime:
    """When the roster that people were told was written, in UTC; the first moment of all where there is none."""
    place = case.request.folder / PUBLISHED
    return datetime.fromtimestamp(place.stat().st_mtime if place.exists() else 0, UTC)


def _data(case: _Case) -> dict[str, bytes]:
    """The tables and settings that are different from now on."""
    settings = (case.request.folder / SETTINGS).read_bytes()
    return rewritten(case.proposal.before, case.proposal.after, settings)
