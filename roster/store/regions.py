"""Regions and their months, taken in from data that the command line reads and writes."""

from django.db import transaction

from roster.instance import Instance
from roster.store.audit import By, write
from roster.store.models import Month, Region
from roster.store.months import data_of


def make_region(slug: str, name: str, by: By) -> Region:
    """A new region, without a month."""
    with transaction.atomic():
        region = Region.objects.create(slug=slug, name=name)
        write(by, "make a region", region=slug, after=[{"name": name}])
    return region


def add_month(region: Region, instance: Instance, by: By) -> Month:
    """A new month of a region. Raises IntegrityError where the region has that month already."""
    with transaction.atomic():
        month = Month.objects.create(region=region, month=instance.settings.month, data=data_of(instance))
        sizes = {"people": len(instance.people), "sessions": len(instance.sessions)}
        write(by, "add a month", region=region.slug, month=month.month, after=[sizes])
    return month
