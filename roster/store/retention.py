"""Retention: so many days after a month, what is about single people is deleted; how many were seen stays.

Deleted are the referrals of the month, the appointments and the people not seen of its published rosters, and its
jobs with all that came of them. Rooms, coaches, visits and counts stay, and so does the audit log, which never held
anything about a referral.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from roster.calendar import days_of_month
from roster.domain import Roster
from roster.files.versions import Version as VersionFile
from roster.instance import Instance
from roster.store.audit import By, write
from roster.store.changing import keep, locked
from roster.store.models import Job, Month, Upload, Version
from roster.store.months import instance_of
from roster.store.suppress import seen_by_practice

SCHEDULE = By("system", "schedule")


def due(today: date) -> Iterator[Month]:
    """The months whose people are to be deleted on this day, or were to be before it."""
    for month in Month.objects.select_related("region").filter(month__lt=f"{today:%Y-%m}"):
        if today > last_kept(month) and holds_people(month):
            yield month


def last_kept(month: Month) -> date:
    """The last day on which the month's people are held."""
    return days_of_month(month.month)[-1] + timedelta(days=month.region.retention_days)


def holds_people(month: Month) -> bool:
    """Whether anything about single people is left of the month: asked of the database before anything is read."""
    return month.people_deleted_at is None or bool(instance_of(month).referrals) or month.jobs.exists()


def forget_due(today: date, by: By = SCHEDULE) -> list[Month]:
    """Delete what is due; the months that it was about."""
    months = list(due(today))
    for month in months:
        forget(month, by)
    return months


def forget(month: Month, by: By) -> None:
    """Delete everything about single people in a month; all of it or nothing."""
    with transaction.atomic():
        held = locked(month)
        instance = instance_of(held)
        jobs, _ = Job.objects.filter(month=held).delete()
        Upload.objects.filter(region=held.region, month=held.month).delete()
        versions = [_without_people(version) for version in held.versions.select_for_update()]
        if instance.published is not None and instance.published.appointments:  # those of an earlier time stay
            held.counts = seen_by_practice(instance)
        held.people_deleted_at = datetime.now(UTC)
        keep(held, without_people(instance))
        held.save(update_fields=["counts", "people_deleted_at"])
        after = [{"people": sum(r.count for r in instance.referrals), "versions": len(versions), "jobs": jobs}]
        write(by, "delete what is about people", region=held.region.slug, month=held.month, before=after)
    month.refresh_from_db()


def without_people(instance: Instance) -> Instance:
    """The instance as it is with nobody in it."""
    published = instance.published and _of_nobody(instance.published)
    return instance.replaced(referrals=(), published=published, binding_as_given=None)


def _of_nobody(roster: Roster) -> Roster:
    nothing: dict[str, object] = {"appointments": (), "unseen": ()}
    return roster.model_copy(update={**nothing, **({"breaks": ()} if roster.compromise else {})})


def _without_people(version: Version) -> Version:
    held = VersionFile.model_validate_json(version.document)
    version.document = held.model_copy(update={"roster": _of_nobody(held.roster), "known_faults": ()}).to_json()
    version.save(update_fields=["document"])
    return version
