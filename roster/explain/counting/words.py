"""A count that cannot work out, in plain English: who, by when, in which sessions, how much is missing, and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from roster.calendar import long_date
from roster.explain.counting.flow import Pipe, Place
from roster.explain.counting.openings import Openings
from roster.explain.counting.ways import Way, visits_held
from roster.fault import listed
from roster.wording import days_words, how_many, needs_words, stretch_words, with_article

_FEW = 3


@dataclass(frozen=True)
class Count:
    """People who need more minutes than can be held, the full pipes that show it, and the way it was counted."""

    people: tuple[str, ...]
    need: int
    have: int
    full: tuple[Pipe, ...]
    way: Way

    @property
    def short(self) -> int:
        """The minutes missing."""
        return self.need - self.have

    @property
    def openings(self) -> Openings:
        """Who could be seen where."""
        return self.way.openings

    @property
    def limits(self) -> frozenset[Place]:
        """What is full: the interpreters where it is for want of them, the pipes otherwise."""
        if self.way.skill is not None and (unbooked(self) or any(_kind(pipe) == "booking" for pipe in self.full)):
            return frozenset({("interpreter", self.way.skill)})
        return frozenset(pipe.start for pipe in self.full if pipe.start[0] != "person")


def says(count: Count, session_ids: Sequence[str]) -> str:
    """The count as a manager reads it; ``session_ids`` are all the sessions in which the people could be seen."""
    return " ".join([_who(count), *_what(count, session_ids)])


def _number(count: Count) -> int:
    return sum(count.openings.people[r].count for r in count.people)


def _who(count: Count) -> str:
    referrals = [count.openings.people[r] for r in count.people]
    days = sorted({r.see_by for r in referrals if r.see_by})
    by = f"by {long_date(days[0])}" if len(days) == 1 else f"by dates {stretch_words(days[0], days[-1])}"
    shared = set(referrals[0].needs).intersection(*(r.needs for r in referrals))
    needs = needs_words(sorted(shared)) if shared else ""
    number = _number(count)
    if number == 1:
        who = f"{count.people[0]}, who needs {needs}," if shared else count.people[0]
        return f"{who} is to be seen {by} and needs {count.need} minutes."
    who = f"{number:,} people who need {needs}" if shared else f"{number:,} people"
    return f"{who} ({_some(count.people)}) are to be seen {by} and need {count.need:,} minutes in all."


def _some(words: Sequence[str], more: str = "more") -> str:
    """The first few, and how many more there are."""
    if len(words) <= _FEW + 1:
        return listed(words, "and")
    return f"{', '.join(words[:_FEW])} and {len(words) - _FEW} {more}"


def _what(count: Count, session_ids: Sequence[str]) -> Iterator[str]:
    one = _number(count) == 1
    short = f"{count.short:,} minutes short"
    if not session_ids:
        who = count.people[0] if one else "them"
        place = f"a place and room that suits {who}, on a day on which {who if one else 'they'} can be seen"
        yield f"By then there is no session in {place}, with a coach who could see {who}: {short}."
        return
    who, number = count.people[0] if one else "They", how_many(len(session_ids), "session")
    yield f"{who} can be seen only in {number}, {_where_and_when(count, session_ids)}."
    can = "That can hold" if len(session_ids) == 1 else "Those can hold"
    at_most = f"at most {count.have:,} minutes" if count.have else "no minutes"
    of_theirs = " of their appointments" if count.way.whole and count.have else ""
    yield f"{can} {at_most}{of_theirs}, {_why(count)}: {short}."
    if count.way.whole:
        yield from _whole(count)


def _where_and_when(count: Count, session_ids: Sequence[str]) -> str:
    instance = count.openings.instance
    names = list(dict.fromkeys(instance.site[instance.site_of(s)].name for s in session_ids))
    days = [instance.session[s].date for s in session_ids]
    return f"at {_some(names, 'other sites')}, {stretch_words(min(days), max(days))}"


def _why(count: Count) -> str:
    """The limits that are reached, and who alone could hold the sessions."""
    full: dict[str, list[Pipe]] = defaultdict(list)
    for pipe in count.full:
        full[_kind(pipe)].append(pipe)
    reasons = list(_interpreters(count, full))
    if not reasons and set(full) == {"session"}:
        return "even if a coach is there for as long as the rooms and the coaches' hours allow"
    if not _OF_COACHES.isdisjoint(full):
        reasons += _only_coaches(count)
    for kind, words in _REASONS.items():
        if kind in full:
            reasons += words(count, full[kind])
    return "because " + ", and ".join(reasons)


def _only_coaches(count: Count) -> Iterator[str]:
    """The coaches who could see any of the people, where they are few and others could not."""
    able = {coach_id for r in count.people for _, coaches in count.openings.ahead(r) for coach_id in coaches}
    if len(able) <= _FEW and len(able) < len(count.openings.instance.coaches):
        yield f"only {listed(sorted(able), 'and')} could see them there"


def _kind(pipe: Pipe) -> str:
    """What kind of limit a full pipe is: a key of ``_REASONS``, or ``booking``."""
    start, end = str(pipe.start[0]), str(pipe.end[0])
    if start == "used":
        return "visit" if end == "day" else "booking"
    if start == "person":
        return "kept" if end == "session" else "held"
    return "booking" if start == "booked" else start


def unbooked(count: Count) -> set[str]:
    """The interpreters whose want keeps one of the people out of a session that is open to them otherwise."""
    openings = count.openings
    found: set[str] = set()
    for referral_id in count.people:
        skills = openings.instance.needed(openings.people[referral_id], "interpreter")
        booked = {session_id for session_id, _ in openings.ahead(referral_id)}
        for session_id, coaches in openings.sessions(referral_id).items():
            if session_id not in booked and not openings.is_past(session_id):
                found |= {k for k in skills if not coaches & openings.served(session_id, k)} or skills
    return found


def _interpreters(count: Count, full: dict[str, list[Pipe]]) -> Iterator[str]:
    """Which interpreters are booked, where the bookings are full or there are sessions without one."""
    skills = unbooked(count)
    if "booking" in full and count.way.skill is not None:
        skills.add(count.way.skill)
    for skill in sorted(skills):
        all_need_it = all(f"interpreter:{skill}" in count.openings.people[r].needs for r in count.people)
        who = "them" if all_need_it else "those who need one"
        bookings = _usable(count, skill)
        name = f"{skill} interpreter".replace("_", " ")
        if not bookings:
            yield f"no {name} is booked for {who} who could be there for a whole visit"
        else:
            days = days_words((count.openings.instance.booking[b].date for b in bookings), "and")
            only = f"the only booking of {with_article(name)} for {who} is"
            if len(bookings) > 1:
                only = f"the only {len(bookings)} bookings of {with_article(name)} for {who} are"
            yield f"{only} {days} (a booking is for one visit)"


def _usable(count: Count, skill: str) -> list[str]:
    """The bookings that could serve one of the people in a session that is open to them."""
    openings = count.openings
    found = {
        booking_id
        for referral_id in count.people
        if skill in openings.instance.needed(openings.people[referral_id], "interpreter")
        for session_id, able in openings.sessions(referral_id).items()
        if not openings.is_past(session_id)
        for booking_id, coaches in openings.bookings(session_id, skill).items()
        if coaches & able
    }
    return sorted(found)


def _sessions_full(_: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    ids = [str(pipe.start[1]) for pipe in pipes]
    which = "session" if len(ids) == 1 else "sessions"
    yield f"{_minutes(pipes)} is all that {which} {_some(ids)} can hold"


def _rooms_full(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    rooms = sorted({count.openings.instance.session[str(pipe.start[1])].room_id for pipe in pipes})
    yield f"sessions in {'room' if len(rooms) == 1 else 'rooms'} {_some(rooms)} overlap, so that not all can be held"


def _visits_full(_: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes, at_end=True):
        yield f"{coach_id}'s hours leave at most {_minutes(own)} of {how_many(len(own), 'session')}"


def _days_full(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes):
        days = [day for pipe in own if isinstance(day := pipe.start[2], date)]
        if all(_at_one_time(count, coach_id, day) for day in days):
            when = days_words(days, "and")
            yield f"{coach_id} can be in only one of them at a time {when}, for at most {_minutes(own)}"
            continue
        limit = count.openings.instance.coach[coach_id].max_sessions_day
        visits = "" if limit is None else f" (at most {how_many(limit, 'visit')} a day)"
        yield (
            f"{coach_id} can hold at most {_minutes(own)} of them {days_words(days, 'and')}, with the times of the "
            f"sessions, the roads between them and {coach_id}'s limits{visits}"
        )


def _at_one_time(count: Count, coach_id: str, day: date) -> bool:
    """Whether the coach's visits to these people that day all overlap one another."""
    instance = count.openings.instance
    open_to = {s for r in count.people for s, able in count.openings.ahead(r) if coach_id in able}
    on_day = [instance.span(coach_id, s) or (0, 0) for s in open_to if instance.session[s].date == day]
    return all(max(a[0], b[0]) < min(a[1], b[1]) for a, b in combinations(on_day, 2))


def _weeks_full(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes):
        mondays = [monday for pipe in own if isinstance(monday := pipe.start[2], date)]
        when = f"in the {'week' if len(own) == 1 else 'weeks'} beginning {listed(map(long_date, mondays), 'and')}"
        held = sum(count.openings.holding.held_in_week[coach_id, monday] for monday in mondays)
        limit = _limit(count, count.openings.instance.coach[coach_id].max_sessions_week, "a week", held)
        yield f"{coach_id} makes {limit}, which leaves at most {_minutes(own)} {when}"


def _months_full(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes):
        held = count.openings.holding.held_in_month[coach_id]
        limit = _limit(count, count.openings.instance.coach[coach_id].max_sessions_month, "in the month", held)
        yield f"{coach_id} makes {limit}, which leaves at most {_minutes(own)}"


def _sites_full(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    for pipe in pipes:
        site = count.openings.instance.site[str(pipe.start[1])]
        held = visits_held(count.openings.instance, site.site_id)
        yield f"{site.name} allows {_limit(count, site.max_sessions, 'in the month', held)}, which leaves at most " + (
            _minutes([pipe])
        )


def _limit(count: Count, visits: int | None, period: str, held: int) -> str:
    before = f" ({held} held before {long_date(count.openings.instance.settings.as_of)})" if held else ""
    return f"at most {how_many(visits or 0, 'visit')} {period}{before}"


def _held(count: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    before = long_date(count.openings.instance.settings.as_of)
    yield f"{_minutes(pipes)} were held before {before}"


def _kept(_: Count, pipes: Sequence[Pipe]) -> Iterator[str]:
    ids = sorted({str(pipe.end[1]) for pipe in pipes})
    where = f"{'session' if len(ids) == 1 else 'sessions'} {_some(ids)}"
    yield f"{where} can only keep appointments that people were told of ({_minutes(pipes)}), as it is too late for more"


_REASONS: dict[str, Callable[[Count, Sequence[Pipe]], Iterator[str]]] = {
    "session": _sessions_full,
    "room": _rooms_full,
    "visit": _visits_full,
    "day": _days_full,
    "week": _weeks_full,
    "month": _months_full,
    "site": _sites_full,
    "kept": _kept,
    "held": _held,
}
_OF_COACHES = frozenset(("visit", "day", "week", "month"))


def _minutes(pipes: Iterable[Pipe]) -> str:
    return how_many(sum(pipe.most or 0 for pipe in pipes), "minute")


def _by_coach(pipes: Sequence[Pipe], *, at_end: bool = False) -> Iterator[tuple[str, list[Pipe]]]:
    found: dict[str, list[Pipe]] = defaultdict(list)
    for pipe in pipes:
        found[str((pipe.end if at_end else pipe.start)[1])].append(pipe)
    yield from found.items()


def _whole(count: Count) -> Iterator[str]:
    """What whole appointments leave unused, in the visit where it is most, as the example."""
    sessions = {session_id for r in count.people for session_id, _ in count.openings.ahead(r)}
    unused = [
        (count.openings.minutes(c, s) - minutes, minutes, c, s)
        for (c, s), minutes in count.way.worth.items()
        if s in sessions
    ]
    left, minutes, coach_id, session_id = max(unused, default=(0, 0, "", ""))
    if left:
        yield (
            f"This counts whole appointments: a visit of {coach_id} to session {session_id} lasts {left + minutes} "
            f"minutes, and those who could be seen in it fill at most {minutes}."
        )
