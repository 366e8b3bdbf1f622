"""Notices for the region's manager: what others did that touches what people were told."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from roster.edits import Edit
from roster.instance import Instance
from roster.store.audit import By
from roster.store.changing import Marks, change
from roster.store.models import Month, Notice, Region

ROOM_WITHDRAWN, COACH_AWAY = "room-withdrawn", "coach-away"
"""The kinds of notice there are so far."""


def tell(month: Month, kind: str, says: str) -> Notice:
    """Tell the region's manager. ``says`` is whole sentences, and names no referral.

    Called in the transaction of what it tells of, it is there if, and only if, that was done.
    """
    return Notice.objects.create(region=month.region, month=month, kind=kind, says=says)


def open_notices(region: Region) -> Sequence[Notice]:
    """What the manager has not seen yet, the newest first, each with its month."""
    return list(Notice.objects.filter(region=region, seen_at=None).select_related("month"))


def mark_seen(notice: Notice) -> None:
    """The manager has seen it. Once seen it stays so."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=datetime.now(UTC))


def change_and_tell(
    month: Month,
    edits: Sequence[Edit],
    by: By,
    what: str,
    notice: tuple[str, str] | None,
    marks: Marks | None = None,
) -> Instance:
    """Make the edits and, with them or not at all, tell the region's manager: (kind, says), or nothing.

    Raises EditError and Overtaken as ``change``.
    """
    with transaction.atomic():
        after = change(month, edits, by, what, marks)
        if notice is not None:
            tell(month, *notice)
    return after
