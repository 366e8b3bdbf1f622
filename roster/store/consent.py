"""Consent withdrawn: a referral is taken out of everything that the database holds, at once, and nothing is weighed.

Out of every month of the region, the roster that people were told, every version, and whatever was asked for or came of
it. Nothing here keeps, shows or logs the id. What is left is a number: how many people each version has lost.
"""

import html
import json
from typing import Any

from django.db import connection, transaction

from roster.files.forgetting import WITHDRAWN, as_json, document_without, roster_without, words
from roster.instance import Instance
from roster.store import months
from roster.store.audit import By, write
from roster.store.changing import keep
from roster.store.models import Job, Month, Notice, Region, Upload, Version
from roster.store.months import instance_of


def withdraw_consent(month: Month, practice_id: str, referral_id: str, by: By) -> bool:
    """Take the practice's referral out of the region; whether this month's table had it.

    An id that is nowhere, or that is another practice's, changes nothing. Work that is under way with it begins again
    without it.
    """
    with transaction.atomic():
        held = _locked(month.region)
        found = any(m.pk == month.pk and _is_of(instance_of(m), practice_id, referral_id) for m in held)
        if not found:
            return False
        for one in held:
            if not _is_anothers(instance_of(one), practice_id, referral_id):
                _forget_in(one, referral_id)
        Upload.objects.filter(region=month.region).delete()
        told = [{"op": "remove_referral", "practice_id": practice_id}]
        write(by, "withdraw a referral", region=month.region.slug, month=month.month, after=told)
    month.refresh_from_db()
    months.forget_what_was_read()
    sweep_files()
    return True


def sweep_files() -> None:
    """Where the database is a file: leave nothing of what was removed in the file beside it that holds what is new.

    In the file itself what is removed is overwritten (``secure_delete``).
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _locked(region: Region) -> list[Month]:
    """Every month of the region; nobody else changes one until the transaction ends."""
    return list(Month.objects.select_for_update(of=("self",)).select_related("region").filter(region=region))


def _is_of(instance: Instance, practice_id: str, referral_id: str) -> bool:
    return any(r.referral_id == referral_id and r.practice_id == practice_id for r in instance.referrals)


def _is_anothers(instance: Instance, practice_id: str, referral_id: str) -> bool:
    """Whether the id is that of another practice's referral in this month."""
    return any(r.referral_id == referral_id and r.practice_id != practice_id for r in instance.referrals)


def _forget_in(month: Month, referral_id: str) -> None:
    _forget_in_data(month, referral_id)
    for version in Version.objects.select_for_update().filter(month=month):
        document = _without(version.document, referral_id)
        if document != version.document:
            Version.objects.filter(pk=version.pk).update(document=document)
    for job in Job.objects.select_for_update().filter(month=month):
        _forget_in_job(job, referral_id)
    named = words({referral_id})
    for notice in Notice.objects.filter(month=month):
        if named.search(notice.says):
            Notice.objects.filter(pk=notice.pk).update(says=named.sub(WITHDRAWN, notice.says))


def _forget_in_data(month: Month, referral_id: str) -> None:
    instance = instance_of(month)
    kept = tuple(r for r in instance.referrals if r.referral_id != referral_id)
    published = instance.published and roster_without(instance.published, {referral_id})
    if len(kept) != len(instance.referrals) or published != instance.published:
        keep(month, instance.replaced(referrals=kept, published=published, binding_as_given=None))


def _forget_in_job(job: Job, referral_id: str) -> None:
    """Clean what was asked and what came of it; one that is being worked on begins again."""
    if job.state == Job.RUNNING:
        job.state, job.progress = Job.WAITING, {}
    named = words({referral_id})
    job.asked = json.loads(_without(json.dumps(job.asked), referral_id))
    job.progress = json.loads(_without(json.dumps(job.progress), referral_id))
    job.result = _without(job.result, referral_id)
    job.says = named.sub(WITHDRAWN, job.says)
    job.save(update_fields=["state", "asked", "progress", "result", "says"])


def _without(text: str, referral_id: str) -> str:
    """A text without the id: a JSON document without what is about the referral, any other with a mark instead."""
    named = words({referral_id, json.dumps(referral_id)[1:-1], html.escape(referral_id)})
    if not named.search(text):
        return text
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return named.sub(WITHDRAWN, text)
    wrapped = document if isinstance(document, dict) else {"": document}
    made = document_without(wrapped, {referral_id})
    return as_json(made if isinstance(document, dict) else made[""]).decode()
