"""What could be gone for a week: each coach, site and room that the published roster uses in that week.

Weeks are ISO weeks of the month from ``as_of`` on. What takes the same sessions away is one case: a room that is
alone at its site in a week, and that site.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from roster.calendar import iso_week
from roster.domain import Session, Visit
from roster.edits import AddLeave, Edit, RemoveSession
from roster.instance import Instance
from roster.stress.record import Part

Week = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One thing gone for one week: ``visits`` of the published roster, (coach, session), cannot be held any more.

    ``coach_id``: who is away from every one of ``session_ids``; None where these sessions are not offered to anybody.
    ``people``: appointments in the visits. ``edits``: the same as changes to the data.
    """

    parts: tuple[Part, ...]
    first_day: date
    last_day: date
    coach_id: str | None
    session_ids: frozenset[str]
    visits: tuple[tuple[str, str], ...]
    people: int
    edits: tuple[Edit, ...]

    def takes(self, coach_id: str, session_id: str) -> bool:
        """Whether this visit is impossible."""
        return session_id in self.session_ids and self.coach_id in (None, coach_id)


def cases_of(instance: Instance) -> tuple[Case, ...]:
    """Every case of the instance's published roster; those that hit most people first."""
    weeks = _weeks(instance)
    found = [case for days in weeks.values() for case in _together(_of_week(instance, days))]
    return tuple(sorted(found, key=lambda case: (-case.people, -len(case.visits), case.first_day, case.parts[0].id)))


def _weeks(instance: Instance) -> dict[Week, list[date]]:
    weeks: dict[Week, list[date]] = defaultdict(list)
    for day in instance.days:
        if not instance.is_past(day):
            weeks[iso_week(day)].append(day)
    return weeks


def _of_week(instance: Instance, days: Sequence[date]) -> Iterator[Case]:
    """Coaches, then sites, then rooms."""
    offered = [s for s in instance.sessions if days[0] <= s.date <= days[-1]]
    ids = {s.session_id for s in offered}
    visits = [v for (_, session_id), v in instance.told_visits.items() if session_id in ids]
    for coach_id, mine in _grouped(visits, {v: v.coach_id for v in visits}).items():
        yield _case(instance, Part(kind="coach", id=coach_id), days, mine, ids, _leave(instance, coach_id, days))
    site_of = {v: instance.site_of(v.session_id) for v in visits}
    for site_id, there in _grouped(visits, site_of).items():
        at_site = [s for s in offered if instance.site_of(s.session_id) == site_id]
        part = Part(kind="site", id=site_id, name=instance.site[site_id].name)
        yield _of_place(instance, part, days, there, at_site)
    room_of = {v: instance.session[v.session_id].room_id for v in visits}
    for room_id, there in _grouped(visits, room_of).items():
        site = instance.site[instance.room[room_id].site_id]
        in_room = [s for s in offered if s.room_id == room_id]
        yield _of_place(instance, Part(kind="room", id=room_id, name=site.name), days, there, in_room)


def _grouped(visits: Iterable[Visit], key: Mapping[Visit, str]) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[key[visit]].append(visit)
    return dict(sorted(found.items()))


def _of_place(
    instance: Instance, part: Part, days: Sequence[date], visits: Sequence[Visit], sessions: Sequence[Session]
) -> Case:
    ids = sorted(s.session_id for s in sessions)
    return _case(instance, part, days, visits, ids, tuple(RemoveSession(session_id=s) for s in ids))


def _case(
    instance: Instance,
    part: Part,
    days: Sequence[date],
    visits: Sequence[Visit],
    session_ids: Iterable[str],
    edits: tuple[Edit, ...],
) -> Case:
    held = {v.session_id for v in visits}
    return Case(
        parts=(part,),
        first_day=days[0],
        last_day=days[-1],
        coach_id=part.id if part.kind == "coach" else None,
        session_ids=frozenset(session_ids),
        visits=tuple((v.coach_id, v.session_id) for v in visits),
        people=sum(len(rows) for (_, s), rows in instance.told_appointments.items() if s in held),
        edits=edits,
    )


def _leave(instance: Instance, coach_id: str, days: Sequence[date]) -> tuple[Edit, ...]:
    """Leave on those of the days on which the coach has none: a row for each stretch."""
    free = [day for day in days if day not in instance.leave_days.get(coach_id, ())]
    stretches = groupby(enumerate(free), key=lambda numbered: numbered[1] - timedelta(days=numbered[0]))
    runs = [[day for _, day in run] for _, run in stretches]
    return tuple(AddLeave(coach_id=coach_id, first_day=run[0], last_day=run[-1]) for run in runs)


def _together(cases: Iterable[Case]) -> Iterator[Case]:
    """Cases of one week, those that take the same sessions from the same coaches made one."""
    found: dict[tuple[str | None, frozenset[str]], Case] = {}
    for case in cases:
        key = case.coach_id, case.session_ids
        found[key] = replace(found[key], parts=found[key].parts + case.parts) if key in found else case
    return iter(found.values())
