"""What people were told: when and where each visit of a published roster is, whatever has become of its session since.

A published roster names sessions by id alone. Where a session is changed or removed afterwards, how it was is kept
beside it, so that whoever was told sees what they were told until another roster is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from roster.domain import Appointment, Roster, Session, Visit
from roster.files.versions import Version as VersionFile
from roster.instance import Instance
from roster.store.models import Month, SessionAsTold


@dataclass(frozen=True)
class Place:
    """When and where a session is, in minutes since midnight."""

    site_id: str
    room_id: str
    date: date
    start: int
    end: int


@dataclass(frozen=True)
class ToldVisit:
    """A visit that people were told. ``gone``: its session is no longer offered as it was then."""

    coach_id: str
    session_id: str
    place: Place
    start: int
    end: int
    interpreters: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    gone: bool

    @property
    def date(self) -> date:
        """The day."""
        return self.place.date


def newest(month: Month) -> int:
    """The number of the newest version; 0 where none is kept."""
    return month.versions.order_by("-number").values_list("number", flat=True).first() or 0


def remember(month: Month, before: Instance, after: Instance) -> None:
    """Keep how the sessions were that are changed or removed. Does nothing where nobody has been told a roster."""
    if before.published is None:
        return
    changed = [s for s in before.sessions if place_of(after, s.session_id) != place_of(before, s.session_id)]
    if not changed:
        return
    until = newest(month)
    SessionAsTold.objects.bulk_create(
        [_kept(month, before, session, until) for session in changed], ignore_conflicts=True
    )


def _kept(month: Month, before: Instance, session: Session, until: int) -> SessionAsTold:
    return SessionAsTold(
        month=month,
        session_id=session.session_id,
        until=until,
        site_id=before.site_of(session.session_id),
        room_id=session.room_id,
        date=session.date,
        start=session.start,
        end=session.end,
    )


def place_of(instance: Instance, session_id: str) -> Place | None:
    """When and where a session is; None where there is no such session."""
    session = instance.session.get(session_id)
    if session is None:
        return None
    return Place(instance.site_of(session_id), session.room_id, session.date, session.start, session.end)


class Places:
    """When and where sessions were, as people were told by each version of a month's roster."""

    def __init__(self, month: Month, instance: Instance) -> None:
        self._instance = instance
        self._kept: dict[str, list[tuple[int, Place]]] = {}
        for row in month.sessions_as_told.order_by("until"):
            place = Place(row.site_id, row.room_id, row.date, row.start, row.end)
            self._kept.setdefault(row.session_id, []).append((row.until, place))

    def of(self, session_id: str, version: int) -> Place | None:
        """As told by the version; None where nothing is known of the session."""
        for until, place in self._kept.get(session_id, ()):
            if until >= version:
                return place
        return place_of(self._instance, session_id)


def visits_told(month: Month, instance: Instance) -> tuple[ToldVisit, ...]:
    """The visits of the roster that people were told last, in order of time; none where nothing is published."""
    if instance.published is None:
        return ()
    places = Places(month, instance)
    return told_by(instance.published, newest(month), places, instance)


def told_by(roster: Roster, version: int, places: Places, instance: Instance) -> tuple[ToldVisit, ...]:
    """The visits of a roster that was published as the version, in order of time."""
    seen = _by_session(roster.appointments)
    visits = [
        _told(visit, place, seen.get(visit.session_id, ()), instance)
        for visit in roster.visits
        if (place := places.of(visit.session_id, version)) is not None
    ]
    return tuple(sorted(visits, key=lambda v: (v.date, v.start, v.place.site_id, v.session_id)))


def _told(visit: Visit, place: Place, seen: tuple[Appointment, ...], instance: Instance) -> ToldVisit:
    bookings = [instance.booking[b] for b in visit.booking_ids if b in instance.booking]
    return ToldVisit(
        coach_id=visit.coach_id,
        session_id=visit.session_id,
        place=place,
        start=visit.start,
        end=visit.end,
        interpreters=tuple(sorted({booking.skill for booking in bookings})),
        appointments=seen,
        gone=place_of(instance, visit.session_id) != place,
    )


def _by_session(appointments: Iterable[Appointment]) -> Mapping[str, tuple[Appointment, ...]]:
    found: dict[str, list[Appointment]] = {}
    for appointment in appointments:
        found.setdefault(appointment.session_id, []).append(appointment)
    return {s: tuple(sorted(rows, key=lambda a: (a.start, a.referral_id))) for s, rows in found.items()}


def versions_of(month: Month, instance: Instance) -> list[tuple[int, VersionFile | None, Roster]]:
    """Every published roster that is kept, the oldest first; number 0 for one from before versions were kept."""
    kept = [VersionFile.model_validate_json(v.document) for v in month.versions.order_by("number")]
    if kept:
        return [(version.number, version, version.roster) for version in kept]
    return [] if instance.published is None else [(0, None, instance.published)]
