"""Publishing in the database: a roster becomes a version, the one that people are told, or nothing happens.

What speaks against a roster is for ``roster.approval`` to say, as it is for folders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from roster.answers_of_versions import Published
from roster.approval import Proposal, judged, new_versions, published, refused
from roster.domain import Roster
from roster.edits import Edit, apply_edits
from roster.files.versions import Version as Document
from roster.happened import check_day
from roster.instance import Instance
from roster.rule import Preference, Rule
from roster.store.audit import By, told, were, write
from roster.store.changing import Overtaken, keep, locked
from roster.store.models import Month, Version
from roster.store.months import instance_of
from roster.store.told import newest

ALL_THE_SAME = "It can be published all the same: what speaks against it is then kept with the version."


@dataclass(frozen=True)
class Offer:
    """What is to be published: a roster, with edits that become part of the data, on a day (None: that of the data).

    ``newest``: the number of the newest version when it was decided, 0 where there was none. ``all_the_same``: what
    is found against it is accepted, as far as that can be.
    """

    roster: Roster
    newest: int
    edits: tuple[Edit, ...] = ()
    on: date | None = None
    all_the_same: bool = False


def publish(
    month: Month, offer: Offer, by: By, rules: Sequence[Rule], preferences: Sequence[Preference], now: datetime
) -> Published:
    """Publish a roster: a new version, the data with the edits and the day, and an entry in the log, or nothing.

    Raises Overtaken where another roster was published in the meantime, EditError where the edits cannot be made any
    more, InvalidInput where the day lies before that of what was published; ``now`` is in UTC.
    """
    with transaction.atomic():
        held = locked(month)
        if newest(held) != offer.newest:
            raise Overtaken([("versions", str(offer.newest))])
        proposal = _proposal(held, offer)
        check_day(proposal.as_of, proposal.frozen, "on")
        if not offer.edits and proposal.is_newest and proposal.after == proposal.before:
            return _unchanged(proposal)
        judgement = judged(proposal, rules, preferences)
        if judgement.refuses(all_the_same=offer.all_the_same):
            return refused(proposal, judgement, ALL_THE_SAME)
        versions = new_versions(proposal, judgement, by.role, now, held.changed_at)
        keep(held, proposal.after.replaced(published=offer.roster))
        Version.objects.bulk_create(_row(held, version) for version in versions)
        _log(held, proposal, offer, by, versions[-1])
    month.data, month.version = held.data, held.version
    return published(proposal, judgement, versions[-1])


def _proposal(held: Month, offer: Offer) -> Proposal:
    """The roster beside the data as they are now. Of the versions only the newest matters."""
    before = instance_of(held)
    edited = apply_edits(before, offer.edits) if offer.edits else before
    return Proposal(offer.roster, before, edited, tuple(document_of(v) for v in _newest_version(held)), offer.on)


def _newest_version(held: Month) -> list[Version]:
    return list(held.versions.order_by("-number")[:1])


def document_of(version: Version) -> Document:
    """The version as files hold it."""
    return Document.model_validate_json(version.document)


def _row(month: Month, version: Document) -> Version:
    return Version(month=month, number=version.number, document=version.to_json())


def may_be_accepted(answer: Published) -> bool:
    """Whether the roster was refused for what may be accepted."""
    return answer.outcome == "refused" and answer.says.endswith(ALL_THE_SAME)


def earliest_day(month: Month) -> date | None:
    """The day before which nothing more can be published; None where nothing was."""
    told = instance_of(month).published
    if told is None:
        return None
    instance, versions = instance_of(month), tuple(map(document_of, _newest_version(month)))
    return max(Proposal(told, instance, instance, versions).frozen, default=None)


def _unchanged(proposal: Proposal) -> Published:
    number = proposal.versions[-1].number
    says = f"This roster is version {number} already. Nothing was changed."
    return Published(outcome="unchanged", says=says, number=number, as_of=proposal.as_of)


def _log(held: Month, proposal: Proposal, offer: Offer, by: By, version: Document) -> None:
    """What was done, without a word about anybody who was referred: of what was accepted only the number is kept."""
    done = {
        "version": version.number,
        "as_of": proposal.as_of.isoformat(),
        "accepted": len(version.known_faults),
        "instance_sha256": version.instance_sha256,
    }
    write(
        by,
        "publish a roster",
        region=held.region.slug,
        month=held.month,
        before=[{"version": offer.newest}, *were(proposal.before, offer.edits)],
        after=[done, *told(offer.edits)],
    )


def as_of_published(instance: Instance, on: date) -> Instance:
    """The data as of a day: what lies before it is what took place."""
    return instance.replaced(settings=instance.settings.model_copy(update={"as_of": on}))
