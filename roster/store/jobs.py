"""The queue of what takes longer than a page. A job is claimed by one worker, which says again and again that it lives.

A job of which nothing was heard for ``LOST_AFTER`` is begun once more, and given up after ``MOST_TRIES``.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from roster.store.models import Job, Month

LOST_AFTER = timedelta(seconds=60)
MOST_TRIES = 2
GIVEN_UP = "It was given up: twice the process that worked on it ended without an answer."


def ask(month: Month, kind: str, asked: dict[str, Any], by: AbstractBaseUser | None) -> Job:
    """Put a job into the queue."""
    return Job.objects.create(month=month, kind=kind, asked=asked, asked_by=by)  # type: ignore[misc]  # any account


def claim(now: datetime) -> Job | None:
    """The oldest job that waits, from now on this worker's; None where there is none."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("month__region")
            .filter(state=Job.WAITING)
            .order_by("pk")
            .first()
        )
        if job is None:
            return None
        job.state, job.began_at, job.heard_at, job.tries = Job.RUNNING, now, now, job.tries + 1
        job.month_version = job.month.version
        job.progress, job.says = {}, ""
        job.save()
    return job


def beat(job: Job, progress: dict[str, Any]) -> bool:
    """Say that the job is being worked on, and how far it is; whether this try of it is still wanted."""
    _this_try(job).update(heard_at=datetime.now(UTC), progress=progress)
    return _this_try(job).filter(stop_wanted=False).exists()


def _this_try(job: Job) -> QuerySet[Job]:
    """The job, unless meanwhile it was begun anew: what comes of an earlier try is not wanted any more."""
    return Job.objects.filter(pk=job.pk, state=Job.RUNNING, tries=job.tries)


def end(job: Job, state: str, says: str, result: object = None) -> None:
    """Write down what came of a job; nothing where it was begun anew meanwhile."""
    _this_try(job).update(
        state=state,
        says=says,
        result="" if result is None else result if isinstance(result, str) else json.dumps(result),
        ended_at=datetime.now(UTC),
        heard_at=datetime.now(UTC),
    )


def stop(job: Job) -> None:
    """Ask for the best so far; a job that nobody works on yet is over at once."""
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk)
        held.stop_wanted = True
        if held.state == Job.WAITING:
            held.state, held.says, held.ended_at = Job.STOPPED, "Stopped before it was begun.", datetime.now(UTC)
        held.save()


def sweep(now: datetime) -> None:
    """Begin again, or give up, what has been silent for too long."""
    silent = Job.objects.filter(state=Job.RUNNING, heard_at__lt=now - LOST_AFTER)
    silent.filter(tries__lt=MOST_TRIES).update(state=Job.WAITING)
    silent.filter(tries__gte=MOST_TRIES).update(state=Job.FAILED, says=GIVEN_UP, ended_at=now)
