"""The rosters of a month: those that were made and those that were published, each with the data to read it with.

A roster is known by a key: ``made-12`` is what came of job 12, ``version-3`` is version 3, and ``told`` what people
were told before versions were kept.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from roster.answers_of_repair import RepairReport
from roster.domain import Roster, Session
from roster.edits import Edit, EditError, apply_edits, parse_edits
from roster.files.versions import Version as Document
from roster.instance import Instance
from roster.store.models import Job, Month, Version
from roster.store.months import instance_of
from roster.store.publishing import as_of_published, document_of
from roster.store.told import Place, Places, newest

SOLVE, REPAIR = "solve", "repair"
"""The kinds of job that make rosters."""
TOLD = "told"
_KEY = re.compile(r"(made|version)-([0-9]{1,9})")


@dataclass(frozen=True)
class Held:
    """A roster and the data to read it with, which know every id in it.

    ``whole``: as it was made; ``roster``: without the visits and people that the data no longer name, ``left_out`` of
    them. ``edits`` and ``on``: what becomes of the data where it is published.
    """

    key: str
    whole: Roster
    roster: Roster
    instance: Instance
    left_out: int
    edits: tuple[Edit, ...] = ()
    on: date | None = None
    job: Job | None = None
    version: Document | None = None


@dataclass(frozen=True)
class Line:
    """A roster in a list: its key, what it is called (a compromise is called one), and when it came to be."""

    key: str
    name: str
    at: datetime | None


def named(key: str) -> str:
    """``Version 3``, ``Roster 12``: what people call the roster of a key."""
    found = _KEY.fullmatch(key)
    if found is None:
        return "The published roster"
    return f"Version {found[2]}" if found[1] == "version" else f"Roster {found[2]}"


def lines(month: Month) -> list[Line]:
    """Every roster of the month: versions first, the newest of each first."""
    versions = [document_of(row) for row in month.versions.order_by("-number")]
    found = [_line(f"version-{v.number}", v.published_at, compromise=v.roster.compromise) for v in versions]
    told = instance_of(month).published
    if not versions and told is not None:
        found.append(_line(TOLD, None, compromise=told.compromise))
    jobs = month.jobs.filter(kind__in=(SOLVE, REPAIR)).exclude(result="").order_by("-pk")
    found += [_line(f"made-{job.pk}", job.ended_at, compromise=is_compromise(job)) for job in jobs if has_roster(job)]
    return found


def _line(key: str, at: datetime | None, *, compromise: bool) -> Line:
    return Line(key, f"{named(key)} (a compromise)" if compromise else named(key), at)


def has_roster(job: Job) -> bool:
    """Whether a roster came of the job."""
    return _written(job) is not None


def is_compromise(job: Job) -> bool:
    """Whether a compromise came of the job."""
    written = _written(job)
    return written is not None and bool(written.get("compromise"))


def _written(job: Job) -> dict[str, Any] | None:
    """The roster that came of a job, as it is written; read without a look at what is in it."""
    if not job.result or job.kind not in (SOLVE, REPAIR):
        return None
    written: dict[str, Any] = json.loads(job.result)
    return written if job.kind == SOLVE else written["roster"]


def newest_key(month: Month) -> str | None:
    """The key of the roster that people were told; None where there is none."""
    number = newest(month)
    if number:
        return f"version-{number}"
    return TOLD if instance_of(month).published is not None else None


def held(month: Month, key: str) -> Held | None:
    """The roster of this key; None where there is none."""
    if key == TOLD:
        instance, told = instance_of(month), instance_of(month).published
        return None if told is None or newest(month) else _readable(month, Held(key, told, told, instance, 0), 0)
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return _made(month, key, int(found[2])) if found[1] == "made" else _version(month, key, int(found[2]))


def _version(month: Month, key: str, number: int) -> Held | None:
    row = Version.objects.filter(month=month, number=number).first()
    if row is None:
        return None
    document = document_of(row)
    instance = as_of_published(instance_of(month), document.as_of)
    return _readable(month, Held(key, document.roster, document.roster, instance, 0, version=document), number)


def _made(month: Month, key: str, number: int) -> Held | None:
    job = Job.objects.filter(month=month, pk=number).first()
    if job is None or not job.result:
        return None
    instance = instance_of(month)
    roster = _roster_of(job)
    if roster is None:
        return None
    edits, on = asked_edits(job), asked_day(job)
    return _readable(month, Held(key, roster, roster, _after(instance, edits, on), 0, edits, on, job))


def _roster_of(job: Job) -> Roster | None:
    if job.kind == SOLVE:
        return Roster.model_validate_json(job.result)
    return RepairReport.model_validate_json(job.result).roster if job.kind == REPAIR else None


def asked_day(job: Job) -> date | None:
    """The day that a job was asked about; None: that of the data."""
    return date.fromisoformat(job.asked["as_of"]) if "as_of" in job.asked else None


def asked_edits(job: Job) -> tuple[Edit, ...]:
    """The edits that a repair was asked about."""
    return parse_edits(json.dumps(job.asked.get("edits", [])))


def _after(instance: Instance, edits: tuple[Edit, ...], on: date | None) -> Instance:
    """The data after the edits, or as they are where those are made already or cannot be made any more."""
    try:
        return as_of_published(apply_edits(instance, edits), on or instance.settings.as_of)
    except EditError:
        return instance


# -- what the data no longer name ---------------------------------------------------------------------------------


def _readable(month: Month, one: Held, version: int | None = None) -> Held:
    """The same with sessions as they were told, and without what nobody knows any more."""
    places = Places(month, one.instance)
    wanted = newest(month) + 1 if version is None else version
    of = {v.session_id: places.of(v.session_id, wanted) for v in one.whole.visits}
    instance = _with_sessions(one.instance, of)
    visits = tuple(
        visit.model_copy(update={"booking_ids": tuple(b for b in visit.booking_ids if b in instance.booking)})
        for visit in one.whole.visits
        if visit.session_id in instance.session and visit.coach_id in instance.coach
    )
    known = {visit.session_id for visit in visits}
    seen = tuple(a for a in one.whole.appointments if a.session_id in known and a.referral_id in instance.people)
    unseen = tuple(u for u in one.whole.unseen if u.referral_id in instance.people)
    roster = one.whole.model_copy(update={"visits": visits, "appointments": seen, "unseen": unseen})
    left_out = len(one.whole.visits) - len(visits)
    return Held(one.key, one.whole, roster, instance, left_out, one.edits, one.on, one.job, one.version)


def _with_sessions(instance: Instance, of: dict[str, Place | None]) -> Instance:
    """The data with these sessions where and when they are said to be; not where room or site are gone."""
    told = {s.session_id: s for s in _sessions(instance, of)}
    if all(instance.session.get(i) == session for i, session in told.items()):
        return instance
    return instance.replaced(sessions=tuple({**instance.session, **told}.values()))


def _sessions(instance: Instance, of: dict[str, Place | None]) -> Iterator[Session]:
    for session_id, place in of.items():
        if place is not None and place.room_id in instance.room:
            yield Session(
                session_id=session_id, room_id=place.room_id, date=place.date, start=place.start, end=place.end
            )
