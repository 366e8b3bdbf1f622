"""Candidates: everything that could be one more or one step looser, each a list of edits, with who could do it.

One more session at every site on every half-day, one more day of every coach, one more interpreter of every skill on
every half-day, and every limit one step looser. Days are those from Monday to Friday that are left of the month and no
bank holidays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from roster.calendar import weekday_of
from roster.domain import Leave, Room
from roster.edit_words import edit_words
from roster.edits import AddBooking, AddHours, AddLeave, AddRoom, AddSession, Edit, RemoveLeave, Set, SetPolicy
from roster.explain.repairs.half_days import MIDDAY, USUAL, HalfDays
from roster.explain.repairs.steps import OFFER_OWNERS
from roster.facts import OWNERS, Owner
from roster.instance import Instance, Span
from roster.planning.value.names import Names, on_day, skill_words

Kind = Literal[
    "session",
    "coach_day",
    "booking",
    "workload_day",
    "workload_week",
    "workload_month",
    "travel_limit",
    "site_limit",
    "budget",
    "reach",
    "break",
    "notice",
    "interpreter_notice",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

MORE_ROAD_MINUTES = 30
MORE_POUNDS = 50.0
MORE_REACH_MINUTES = 10
LESS_BREAK_MINUTES = 10
"""One step of a day's time on the road, of the budget, of how far people are sent, and of the break."""


@dataclass(frozen=True)
class Candidate:
    """Something that could be done. ``about`` is a site, a coach or a skill, or empty; ``fact`` a limit's id.

    ``name`` is that of its folder of results.
    """

    name: str
    kind: Kind
    about: str
    owner: Owner
    says: str
    edits: tuple[Edit, ...]
    day: date | None = None
    fact: str = ""

    @property
    def subject(self) -> tuple[Kind, str]:
        """Of candidates with one subject the best day is looked for."""
        return self.kind, self.about


def candidates_of(instance: Instance) -> list[Candidate]:
    """Every candidate, by kind, then in the order of the instance's tables and by day."""
    names = Names()
    found = [*_sessions(instance, names), *_coach_days(instance, names), *_bookings(instance, names)]
    limits = [*_of_coaches(instance, names), *_of_sites(instance, names), *_policies(instance, names)]
    return sorted([*found, *limits], key=lambda candidate: KINDS.index(candidate.kind))


# -- sessions -------------------------------------------------------------------------------------------------


def _sessions(instance: Instance, names: Names) -> Iterator[Candidate]:
    """For each site and half-day a session in a room that is free then, or in one room more."""
    further = {room.room_id: room for room in _further_rooms(instance)}
    with_rooms = instance.replaced(rooms=(*instance.rooms, *further.values()))

    def better(room_id: str) -> tuple[bool, int]:
        """A room that is there comes first, then the one with the most features."""
        return room_id in further, -len(with_rooms.room_features(room_id))

    best: dict[tuple[str, date, bool], AddSession] = {}
    for edit in HalfDays(with_rooms).sessions(set(instance.site), instance.days[-1]):
        key = with_rooms.room[edit.room_id].site_id, edit.date, edit.start < MIDDAY
        if key not in best or better(edit.room_id) < better(best[key].room_id):
            best[key] = edit
    order = {site_id: n for n, site_id in enumerate(instance.site)}
    for (site_id, day, _), edit in sorted(best.items(), key=lambda item: (order[item[0][0]], item[0][1:])):
        room = further.get(edit.room_id)
        new = [AddRoom(room_id=room.room_id, site_id=site_id, features=room.features)] if room else []
        what = f"{'One more room' if room else 'A room'} at {instance.site[site_id].name} {on_day(day, edit.start)}"
        name = names.new("session", site_id, day, edit.start)
        yield Candidate(name, "session", site_id, OFFER_OWNERS["add_session"], what, (*new, edit), day)


def _further_rooms(instance: Instance) -> Iterator[Room]:
    """One room more at each site, with the features that all rooms there have."""
    for site_id in instance.site:
        here = [set(room.features) for room in instance.rooms if room.site_id == site_id]
        features = tuple(sorted(set.intersection(*here))) if here else ()
        ids = (f"{site_id}-more-{n}" for n in range(1, len(instance.rooms) + 2))
        room_id = next(i for i in ids if i not in instance.room)
        yield Room(room_id=room_id, site_id=site_id, features=features)


# -- coaches' days --------------------------------------------------------------------------------------------


def _coach_days(instance: Instance, names: Names) -> Iterator[Candidate]:
    """A day on a weekday on which the coach does not work, or one day of leave less."""
    works = {(row.coach_id, row.weekday) for row in instance.hours}
    days = HalfDays(instance).days(instance.days[-1])
    for coach in instance.coaches:
        coach_id = coach.coach_id
        away = instance.leave_days.get(coach_id, frozenset())
        for day in days:
            edits: list[Edit] | None = None
            if (coach_id, weekday_of(day)) not in works:
                edits = None if day in away else _that_day_alone(instance, coach_id, day)
                says = f"Coach {coach_id} also works {on_day(day)}"
            elif day in away:
                edits = _without_leave(instance, coach_id, day)
                says = f"Coach {coach_id} works {on_day(day)} and takes that day of leave later"
            if edits:
                yield Candidate(
                    names.new("coach day", coach_id, day), "coach_day", coach_id, "coach", says, tuple(edits), day
                )


def _that_day_alone(instance: Instance, coach_id: str, day: date) -> list[Edit]:
    """Hours on the weekday, and leave on every other such day that is left of the month."""
    start, end = usual_hours(instance, coach_id)
    away = instance.leave_days.get(coach_id, frozenset())
    others = [d for d in instance.days if d.weekday() == day.weekday() and d != day and d not in away]
    leave = [AddLeave(coach_id=coach_id, first_day=d, last_day=d) for d in others if not instance.is_past(d)]
    return [AddHours(coach_id=coach_id, weekday=weekday_of(day), start=start, end=end), *leave]


def usual_hours(instance: Instance, coach_id: str) -> Span:
    """When the coach begins and ends most of their days; the half-days of the health service where there are none."""
    by_day: dict[str, Span] = {}
    for row in instance.hours:
        if row.coach_id == coach_id:
            start, end = by_day.get(row.weekday, (row.start, row.end))
            by_day[row.weekday] = min(start, row.start), max(end, row.end)
    spans = list(by_day.values())
    return min(spans, key=lambda span: (-spans.count(span), span)) if spans else (USUAL[0][0], USUAL[1][1])


def _without_leave(instance: Instance, coach_id: str, day: date) -> list[Edit] | None:
    """The leave without the day; None where several rows of the table have it or begin with it."""
    mine = [row for row in instance.leave if row.coach_id == coach_id]
    rows = [row for row in mine if row.first_day <= day <= row.last_day]
    if len(rows) != 1 or sum(row.first_day == rows[0].first_day for row in mine) != 1:
        return None
    return [RemoveLeave(coach_id=coach_id, first_day=rows[0].first_day), *_rest_of(rows[0], day)]


def _rest_of(row: Leave, day: date) -> Iterator[AddLeave]:
    one = date.resolution
    if row.first_day < day:
        yield AddLeave(coach_id=row.coach_id, first_day=row.first_day, last_day=day - one)
    if day < row.last_day:
        yield AddLeave(coach_id=row.coach_id, first_day=day + one, last_day=row.last_day)


# -- interpreters ---------------------------------------------------------------------------------------------


def _bookings(instance: Instance, names: Names) -> Iterator[Candidate]:
    skills = {skill for r in instance.people.values() for skill in instance.needed(r, "interpreter")}
    skills |= {booking.skill for booking in instance.interpreters}
    for edit in HalfDays(instance).bookings(skills, instance.days[-1]):
        says = f"{skill_words(edit.skill)} {on_day(edit.date, edit.start)}"
        name = names.new("interpreter", edit.skill, edit.date, edit.start)
        yield Candidate(name, "booking", edit.skill, OFFER_OWNERS["add_booking"], says, (edit,), edit.date)


def is_morning(edit: AddSession | AddBooking) -> bool:
    """Whether what is offered begins in the morning."""
    return edit.start < MIDDAY


# -- limits ---------------------------------------------------------------------------------------------------

_OF_COACHES: tuple[tuple[Kind, str, str, int], ...] = (
    ("workload_day", "max_sessions_day", "workload:{}:day", 1),
    ("workload_week", "max_sessions_week", "workload:{}:week", 1),
    ("workload_month", "max_sessions_month", "workload:{}:month", 1),
    ("travel_limit", "max_travel_minutes_day", "travel_limit:{}", MORE_ROAD_MINUTES),
)


def _of_coaches(instance: Instance, names: Names) -> Iterator[Candidate]:
    for kind, field, fact, step in _OF_COACHES:
        for coach in instance.coaches:
            most = getattr(coach, field)
            if most is not None:
                edit = Set(table="coaches", id=coach.coach_id, field=field, value=most + step)
                yield _limit(instance, names, kind, coach.coach_id, edit, fact.format(coach.coach_id))


def _of_sites(instance: Instance, names: Names) -> Iterator[Candidate]:
    for site in instance.sites:
        if site.max_sessions is not None:
            edit = Set(table="sites", id=site.site_id, field="max_sessions", value=site.max_sessions + 1)
            yield _limit(instance, names, "site_limit", site.site_id, edit, f"site_limit:{site.site_id}")


def _policies(instance: Instance, names: Names) -> Iterator[Candidate]:
    policy = instance.settings.policy
    changes: list[tuple[Kind, str, int | float]] = []
    if policy.budget_pounds is not None:
        changes.append(("budget", "budget_pounds", policy.budget_pounds + MORE_POUNDS))
    changes.append(("reach", "reach_minutes", policy.reach_minutes + MORE_REACH_MINUTES))
    if policy.break_minutes:
        changes.append(("break", "break_minutes", max(0, policy.break_minutes - LESS_BREAK_MINUTES)))
    if policy.notice_days:
        changes.append(("notice", "notice_days", policy.notice_days - 1))
    if policy.interpreter_notice_days:
        changes.append(("interpreter_notice", "interpreter_notice_days", policy.interpreter_notice_days - 1))
    for kind, field, value in changes:
        yield _limit(instance, names, kind, "", SetPolicy(field=field, value=value), kind)


def _limit(instance: Instance, names: Names, kind: Kind, about: str, edit: Edit, fact: str) -> Candidate:
    says = edit_words(instance, edit).removesuffix(".")
    owners = {str(known): owner for known, owner in OWNERS.items()}
    owner = owners.get(fact.partition(":")[0], "policy")
    return Candidate(names.new(kind.replace("_", " "), about), kind, about, owner, says, (edit,), fact=fact)
