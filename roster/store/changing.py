"""Changing a month: the one way in which anything in it changes, by edits, with a log entry, all or nothing.

Two people may change the same thing at once. A page that shows a thing carries its mark (``mark_of``); a change that
was made from a page with another mark is ``Overtaken``, and its maker is told.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import transaction

from roster.domain import Record
from roster.edits import Edit, EditError, apply_edits
from roster.instance import Instance
from roster.store.audit import By, told, were, write
from roster.store.models import Month
from roster.store.months import data_of, instance_of
from roster.store.told import remember

Marks = Mapping[tuple[str, str], str]
"""(table, id) of a thing, and the mark that it had on the page."""

_BY_ID = {
    "coaches": "coach",
    "sites": "site",
    "practices": "practice",
    "rooms": "room",
    "sessions": "session",
    "interpreters": "booking",
}


class Overtaken(Exception):
    """Somebody else has changed a thing since the page was made. ``things``: (table, id) of each."""

    def __init__(self, things: Sequence[tuple[str, str]]) -> None:
        super().__init__("somebody else changed this in the meantime")
        self.things = tuple(things)


def change(
    month: Month, edits: Sequence[Edit], by: By, what: str, marks: Marks | None = None, version: int | None = None
) -> Instance:
    """Make the edits in the database; the instance after them. ``month`` is as it is then.

    Raises EditError where the edits are at fault and Overtaken where a thing in ``marks`` is not as it was, or the
    month is not at ``version`` any more; nothing has changed then.
    """
    with transaction.atomic():
        held = locked(month)
        instance = instance_of(held)
        if version is not None and held.version != version:
            raise Overtaken([("months", held.month)])
        overtaken = [thing for thing, mark in (marks or {}).items() if mark_of(instance, *thing) != mark]
        if overtaken:
            raise Overtaken(overtaken)
        after = apply_edits(instance, edits)
        keep(held, after)
        write(
            by,
            what,
            region=held.region.slug,
            month=held.month,
            before=were(instance, edits),
            after=told(edits),
        )
    month.data, month.version = held.data, held.version
    return after


def locked(month: Month) -> Month:
    """The month as it is now; nobody else changes it until the transaction ends."""
    return Month.objects.select_for_update(of=("self",)).select_related("region").get(pk=month.pk)


def keep(month: Month, instance: Instance) -> None:
    """Write the instance into a month that is locked. What people were told of its sessions is not forgotten."""
    remember(month, instance_of(month), instance)
    month.data = data_of(instance)
    month.version += 1
    month.save(update_fields=["data", "version", "changed_at"])


def mark_of(instance: Instance, table: str, id_: str) -> str:
    """A mark of how a thing is now: another one for every other content. Empty where there is no such thing."""
    found = _thing(instance, table, id_)
    if not found:
        return ""
    text = json.dumps([record.model_dump(mode="json") for record in found], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _thing(instance: Instance, table: str, id_: str) -> list[Record]:
    """The records that are about a thing: a coach with hours and leave, a session with its visit."""
    if table == "settings":
        return [instance.settings]
    if table == "referrals":
        return [r for r in instance.referrals if r.referral_id == id_]
    record = getattr(instance, _BY_ID[table]).get(id_)
    if record is None:
        return []
    if table != "coaches":
        return [record]
    hours = [row for row in instance.hours if row.coach_id == id_]
    leave = [row for row in instance.leave if row.coach_id == id_]
    return [record, *hours, *leave]


__all__ = ["EditError", "Marks", "Overtaken", "change", "keep", "locked", "mark_of"]
