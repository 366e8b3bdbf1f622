"""A count that cannot work out, in plain English: who, by when, in which sessions, how much is missing, and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from roster.calendar import long_date
from roster.explain.flow import Pipe, Place
from roster.explain.openings import Openings
from roster.explain.ways import Way
from roster.fault import listed
from roster.wording import days_words, how_many, needs_words, stretch_words

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
    def limits(self) -> frozenset[Place]:
        """What is full."""
        return frozenset(pipe.start for pipe in self.full if pipe.start[0] != "person")


def says(openings: Openings, count: Count, session_ids: Sequence[str]) -> str:
    """The count as a manager reads it; ``session_ids`` are all the sessions in which the people could be seen."""
    return " ".join([_who(openings, count), *_what(openings, count, session_ids)])


def _number(openings: Openings, count: Count) -> int:
    return sum(openings.people[r].count for r in count.people)


def _who(openings: Openings, count: Count) -> str:
    referrals = [openings.people[r] for r in count.people]
    days = sorted({r.see_by for r in referrals if r.see_by})
    by = f"by {long_date(days[0])}" if len(days) == 1 else f"by dates {stretch_words(days[0], days[-1])}"
    shared = set(referrals[0].needs).intersection(*(r.needs for r in referrals))
    needs = needs_words(sorted(shared)) if shared else ""
    number = _number(openings, count)
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


def _what(openings: Openings, count: Count, session_ids: Sequence[str]) -> Iterator[str]:
    one = _number(openings, count) == 1
    short = f"{count.short:,} minutes short"
    if not session_ids:
        yield (
            f"No session by then is in a place and a room that suits {'this person' if one else 'them'}, on a day on "
            f"which they can be seen, with a coach who could see them: {short}."
        )
        return
    they, number = count.people[0] if one else "They", how_many(len(session_ids), "session")
    yield f"{they} can be seen only in {number}, {_where_and_when(openings, session_ids)}."
    can = "That can hold" if len(session_ids) == 1 else "Those can hold"
    at_most = f"at most {count.have:,} minutes" if count.have else "no minutes"
    of_theirs = " of their appointments" if count.way.whole and count.have else ""
    yield f"{can} {at_most}{of_theirs}, {_why(openings, count)}: {short}."
    yield from _whole(openings, count)


def _where_and_when(openings: Openings, session_ids: Sequence[str]) -> str:
    instance = openings.instance
    names = list(dict.fromkeys(instance.site[instance.site_of(s)].name for s in session_ids))
    days = [instance.session[s].date for s in session_ids]
    return f"at {_some(names, 'other sites')}, {stretch_words(min(days), max(days))}"


def _why(openings: Openings, count: Count) -> str:
    """The limits that are reached, those next to the people first."""
    full: dict[str, list[Pipe]] = defaultdict(list)
    for pipe in count.full:
        full[_kind(pipe)].append(pipe)
    reasons = [*_interpreters(openings, count, full)]
    for kind, words in _REASONS.items():
        if full[kind]:
            reasons += words(openings, full[kind])
    if set(full) - {""} <= {"session"} and len(reasons) <= 1 and not _unbooked(openings, count):
        return "even if a coach is in each of them for as long as the room and the coaches' hours allow"
    return "because " + listed(reasons, "and")


def _kind(pipe: Pipe) -> str:
    kind = str(pipe.start[0])
    return "visit" if kind == "used" and pipe.end[0] == "day" else "booking" if kind in ("used", "booked") else kind


def _unbooked(openings: Openings, count: Count) -> list[str]:
    """The interpreters whose want keeps one of the people out of a session that is open to them otherwise."""
    instance = openings.instance
    found: set[str] = set()
    for referral_id in count.people:
        booked = {session_id for session_id, _ in openings.ahead(referral_id)}
        ahead = [s for s in openings.sessions(referral_id) if not instance.is_past(instance.session[s].date)]
        if set(ahead) - booked:
            found |= instance.needed(openings.people[referral_id], "interpreter")
    return sorted(found)


def _interpreters(openings: Openings, count: Count, full: dict[str, list[Pipe]]) -> Iterator[str]:
    """Which interpreters are booked, where the bookings are full or there are sessions without one."""
    skills = set(_unbooked(openings, count))
    if full["booking"] and count.way.skill is not None:
        skills.add(count.way.skill)
    for skill in sorted(skills):
        bookings = _usable(openings, count, skill)
        name = f"{skill} interpreter".replace("_", " ")
        if not bookings:
            yield f"no {name} is booked who could be there for a whole visit to one of them"
        else:
            days = days_words((openings.instance.booking[b].date for b in bookings), "and")
            only = "the only booking" if len(bookings) == 1 else f"the only {len(bookings)} bookings"
            serves = "is" if len(bookings) == 1 else "are"
            yield f"{only} of a {name} for them {serves} {days}, and a booking is for one visit"


def _usable(openings: Openings, count: Count, skill: str) -> list[str]:
    found = {
        booking_id
        for referral_id in count.people
        if skill in openings.instance.needed(openings.people[referral_id], "interpreter")
        for session_id, able in openings.ahead(referral_id)
        for booking_id, coaches in openings.bookings(session_id, skill).items()
        if coaches & able
    }
    return sorted(found)


def _sessions_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    del openings
    ids = [str(pipe.start[1]) for pipe in pipes]
    which = "session" if len(ids) == 1 else "sessions"
    yield f"{_minutes(pipes)} is all that {which} {_some(ids)} can hold"


def _rooms_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    rooms = sorted({openings.instance.session[str(pipe.start[1])].room_id for pipe in pipes})
    yield f"sessions in {'room' if len(rooms) == 1 else 'rooms'} {_some(rooms)} overlap, so that not all can be held"


def _visits_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    del openings
    for coach_id, own in _by_coach(pipes, at_end=True):
        yield f"{coach_id}'s hours leave at most {_minutes(own)} of {how_many(len(own), 'session')}"


def _days_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    del openings
    for coach_id, own in _by_coach(pipes):
        days = [day for pipe in own if isinstance(day := pipe.start[2], date)]
        yield f"{coach_id}, whatever the order of visits, can hold at most {_minutes(own)} {days_words(days, 'and')}"


def _weeks_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes):
        limit = openings.instance.coach[coach_id].max_sessions_week or 0
        weeks = [long_date(monday) for pipe in own if isinstance(monday := pipe.start[2], date)]
        when = f"in the {'week' if len(weeks) == 1 else 'weeks'} beginning {listed(weeks, 'and')}"
        yield f"{coach_id} makes at most {how_many(limit, 'visit')} a week, which is {_minutes(own)} at most {when}"


def _months_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    for coach_id, own in _by_coach(pipes):
        limit = openings.instance.coach[coach_id].max_sessions_month or 0
        yield f"{coach_id} makes at most {how_many(limit, 'visit')} in the month, which is {_minutes(own)} at most"


def _sites_full(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    for pipe in pipes:
        site = openings.instance.site[str(pipe.start[1])]
        limit = how_many(site.max_sessions or 0, "visit")
        yield f"{site.name} allows at most {limit} in the month, which is {_minutes([pipe])} at most"


def _held(openings: Openings, pipes: Sequence[Pipe]) -> Iterator[str]:
    before = long_date(openings.instance.settings.as_of)
    yield f"{_minutes(pipes)} were held before {before}"


_REASONS: dict[str, Callable[[Openings, Sequence[Pipe]], Iterator[str]]] = {
    "session": _sessions_full,
    "room": _rooms_full,
    "visit": _visits_full,
    "day": _days_full,
    "week": _weeks_full,
    "month": _months_full,
    "site": _sites_full,
    "person": _held,
}


def _minutes(pipes: Iterable[Pipe]) -> str:
    return how_many(sum(pipe.most or 0 for pipe in pipes), "minute")


def _by_coach(pipes: Sequence[Pipe], *, at_end: bool = False) -> Iterator[tuple[str, list[Pipe]]]:
    found: dict[str, list[Pipe]] = defaultdict(list)
    for pipe in pipes:
        found[str((pipe.end if at_end else pipe.start)[1])].append(pipe)
    yield from found.items()


def _whole(openings: Openings, count: Count) -> Iterator[str]:
    """Why whole appointments fill less than the minutes there are: one visit as the example."""
    if not count.way.whole:
        return
    for (coach_id, session_id), minutes in count.way.worth.items():
        length = openings.minutes(coach_id, session_id)
        if minutes < length and any(session_id in openings.sessions(r) for r in count.people):
            lengths = sorted({openings.people[r].minutes for r in count.way.people})
            yield (
                f"This counts whole appointments: a visit of {length} minutes holds at most {minutes} minutes of "
                f"appointments that last {listed(map(str, lengths))} minutes."
            )
            return
