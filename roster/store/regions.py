"""Regions and their months, taken in from data that the command line reads and writes."""

import re
from typing import NoReturn

from django.db import transaction

from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.privacy import identifies
from roster.store.audit import By, write
from roster.store.changing import Overtaken
from roster.store.models import Month, Region
from roster.store.months import data_of

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def make_region(slug: str, name: str, by: By) -> Region:
    """A new region, without a month. Raises InvalidInput for a name or an address that cannot be."""
    _check(slug, name)
    with transaction.atomic():
        region = Region.objects.create(slug=slug, name=name)
        write(by, "make a region", region=slug, after=[{"name": name}])
    return region


def set_retention(region: Region, days: int, was: int, by: By) -> Region:
    """Keep a region's people for so many days after their month. Raises Overtaken where it is no longer ``was``."""
    with transaction.atomic():
        held = Region.objects.select_for_update().get(pk=region.pk)
        if held.retention_days != was:
            raise Overtaken([("regions", held.slug)])
        held.retention_days = days
        held.save(update_fields=["retention_days"])
        before, after = [{"retention_days": was}], [{"retention_days": days}]
        write(by, "set how long people are kept", region=held.slug, before=before, after=after)
    return held


def _check(slug: str, name: str) -> None:
    if not _SLUG.fullmatch(slug):
        _refuse("slug", "An address has small letters, digits and hyphens only", "For example north-wales.")
    if not name or identifies(name, in_referral=False):
        _refuse("name", "A region needs a name, and no way to reach somebody in it", "For example North Wales.")
    if Region.objects.filter(slug=slug).exists():
        _refuse("slug", "There is a region of this address already", "Choose another one.")


def _refuse(place: str, says: str, do: str) -> NoReturn:
    raise InvalidInput([Fault(file="regions", column=place, says=says, do=do)])


def add_month(region: Region, instance: Instance, by: By) -> Month:
    """A new month of a region. Raises IntegrityError where the region has that month already."""
    with transaction.atomic():
        month = Month.objects.create(region=region, month=instance.settings.month, data=data_of(instance))
        sizes = {"people": len(instance.people), "sessions": len(instance.sessions)}
        write(by, "add a month", region=region.slug, month=month.month, after=[sizes])
    return month
