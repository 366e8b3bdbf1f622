"""Months handed in as files: kept for an hour until whoever handed one in confirms it, then all of it or nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from roster.files.differences import TableChange, differences
from roster.instance import Instance
from roster.store.audit import By, write
from roster.store.changing import Overtaken, keep, locked
from roster.store.models import Month, Region, Upload
from roster.store.months import data_of, instance_of

KEPT = timedelta(hours=1)
"""So long a file is kept that nobody confirms."""


def hand_in(region: Region, instance: Instance, by: AbstractBaseUser) -> Upload:
    """Keep what was handed in until it is confirmed."""
    forget_old(datetime.now(UTC))
    return Upload.objects.create(region=region, month=instance.settings.month, data=data_of(instance), made_by=by)  # type: ignore[misc]  # any account


def handed_in(region: Region, number: int, by: AbstractBaseUser) -> Upload | None:
    """What this person handed in for this region; None where it was forgotten, or is another's."""
    forget_old(datetime.now(UTC))
    return Upload.objects.filter(region=region, pk=number, made_by=by.pk).first()


def forget_old(now: datetime) -> None:
    """Forget what nobody confirmed in time."""
    old = Upload.objects.filter(made_at__lt=now - KEPT)
    if old.exists():
        old.delete()


def instance_in(upload: Upload) -> Instance:
    """The instance that was handed in."""
    return Instance.model_validate_json(upload.data)


def as_it_would_be(now: Instance, handed: Instance) -> Instance:
    """The month after the import: what people were told of a published roster stays as it is."""
    return handed.replaced(published=now.published or handed.published, binding_as_given=None)


def replace(month: Month, upload: Upload, version: int, by: By) -> tuple[TableChange, ...]:
    """Let the upload take the month's place; what differs. The upload is gone then, and ``month`` is as it is then.

    Raises Overtaken where the month is not at ``version`` any more; nothing has changed then.
    """
    with transaction.atomic():
        held = locked(month)
        if held.version != version:
            raise Overtaken([("months", held.month)])
        before = instance_of(held)
        after = as_it_would_be(before, instance_in(upload))
        changes = differences(before, after)
        keep(held, after)
        write(by, "import a month", region=held.region.slug, month=held.month, after=_counted(changes))
        upload.delete()
    month.data, month.version = held.data, held.version
    return changes


def _counted(changes: Sequence[TableChange]) -> list[dict[str, object]]:
    return [
        {"table": c.table, "added": len(c.added), "changed": len(c.changed), "removed": len(c.removed)} for c in changes
    ]
