"""The short forms of a grid's axes as edits: n more coaches like one, n more rooms like some, or at some sites."""

from collections.abc import Iterator, Set

from roster.calendar import weekday_of
from roster.domain import Session
from roster.edits import AddCoach, AddRoom, AddSession, Edit
from roster.fault import listed
from roster.instance import Instance
from roster.planning.forms import CoachesForm, RoomsForm

Steps = list[tuple[str, tuple[Edit, ...]]]
"""Labels and edits, in order; the label of a step that changes nothing is empty."""


class WrongAxis(Exception):
    """An axis that cannot be: which key, its value, what is wrong with it, what to do."""

    def __init__(self, key: str, value: str | None, says: str, do: str) -> None:
        super().__init__(says)
        self.key, self.value, self.says, self.do = key, value, says, do


def coach_steps(base: Instance, form: CoachesForm) -> Steps:
    """So many more coaches, each with the base, hours, skills and limits of one that is there. Raises WrongAxis."""
    if form.like not in base.coach:
        raise WrongAxis("like", form.like, "there is no such coach", "Write the id of a coach in coaches.csv.")
    ids = _free(form.like, form.to, set(base.coach) | set(base.site))
    edits = [AddCoach(coach_id=coach_id, like=form.like) for coach_id in ids]
    return [(_label("coaches", n), tuple(edits[:n])) for n in _numbers(form.from_, form.to)]


def room_steps(base: Instance, form: RoomsForm) -> Steps:
    """So many more rooms: like each room named, with its sessions, or at each site named. Raises WrongAxis."""
    by_number = _like(base, form) if form.like else _at_sites(base, form)
    return [
        (_label("rooms", n), tuple(edit for edits in by_number[:n] for edit in edits))
        for n in _numbers(form.from_, form.to)
    ]


def _label(what: str, number: int) -> str:
    return f"{what} +{number}" if number else ""


def _numbers(first: int, last: int) -> range:
    if first > last:
        raise WrongAxis("from", str(first), f"this is more than to ({last})", "Write a smaller number.")
    return range(first, last + 1)


def _free(like: str, number: int, taken: Set[str]) -> list[str]:
    """So many ids that nothing has: ``C01-more-1``, ``C01-more-2``."""
    names = (f"{like}-more-{n}" for n in range(1, number + len(taken) + 1))
    return [name for name in names if name not in taken][:number]


def _like(base: Instance, form: RoomsForm) -> list[list[Edit]]:
    """The edits of the first further room of each, of the second, and so on."""
    other = [name for name in ("sites", "weekdays", "start", "end", "features") if getattr(form, name)]
    if other:
        do = "Write like alone, or sites with weekdays, start and end."
        raise WrongAxis(other[0], None, "this does not go with like, which copies the room as it is", do)
    by_number: list[list[Edit]] = [[] for _ in range(form.to)]
    for room_id in form.like:
        if room_id not in base.room:
            raise WrongAxis("like", room_id, "there is no such room", "Write ids of rooms in rooms.csv.")
        room = base.room[room_id]
        sessions = [s for s in base.sessions if s.room_id == room_id and not base.is_past(s.date)]
        for edits, new in zip(by_number, _free(room_id, form.to, set(base.room)), strict=True):
            edits.append(AddRoom(room_id=new, site_id=room.site_id, features=room.features))
            edits.extend(_session(new, session) for session in sessions)
    return by_number


def _at_sites(base: Instance, form: RoomsForm) -> list[list[Edit]]:
    missing = [name for name in ("sites", "weekdays", "start", "end") if getattr(form, name) in ((), None)]
    if missing:
        do = "Write like with the id of a room to copy, or sites with weekdays, start and end."
        raise WrongAxis(missing[0], None, "this is missing", do)
    by_number: list[list[Edit]] = [[] for _ in range(form.to)]
    for site_id in form.sites:
        if site_id not in base.site:
            raise WrongAxis("sites", site_id, "there is no such site", "Write ids of sites in sites.csv.")
        for edits, new in zip(by_number, _free(site_id, form.to, set(base.room)), strict=True):
            edits.append(AddRoom(room_id=new, site_id=site_id, features=form.features))
            edits.extend(_on_weekdays(base, form, new))
    return by_number


def _on_weekdays(base: Instance, form: RoomsForm, room_id: str) -> Iterator[Edit]:
    """A session on each such weekday that is ahead and no bank holiday."""
    days = [d for d in base.days if weekday_of(d) in form.weekdays and d not in base.bank_holidays]
    days = [d for d in days if not base.is_past(d)]
    if not days:
        named = listed(form.weekdays, "and")
        raise WrongAxis("weekdays", named, "no such day is left in the month", "Write other weekdays.")
    assert form.start is not None
    assert form.end is not None
    for day in days:
        old = Session(session_id="S", room_id=room_id, date=day, start=form.start, end=form.end)
        yield _session(room_id, old)


def _session(room_id: str, like: Session) -> AddSession:
    """The session in another room, with an id that says where and when."""
    name = f"{room_id}-{like.date:%d}-{like.start // 60:02d}{like.start % 60:02d}"
    return AddSession(session_id=name, room_id=room_id, date=like.date, start=like.start, end=like.end)
