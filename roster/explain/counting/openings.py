"""Who has to be seen in time, in which sessions they could be, and by whom: what a count starts from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from roster.candidates import Candidates
from roster.domain import Booking, Referral, Session
from roster.explain.counting.holding import Holding
from roster.instance import Instance
from roster.rule import Rule

Open = Mapping[str, frozenset[str]]
"""The coaches who could see one person in time, by session."""


class Openings:
    """The people whose see-by dates bind, and the sessions open to them on or before those dates."""

    def __init__(self, instance: Instance, rules: Sequence[Rule]) -> None:
        self.instance = instance
        self.candidates = Candidates(instance, rules)
        self._open: dict[str, dict[str, frozenset[str]]] = {}
        self._booked: dict[tuple[str, str], dict[str, frozenset[str]]] = {}

    @cached_property
    def people(self) -> dict[str, Referral]:
        """Referrals that have to be seen in time, by id."""
        known = self.instance.people.items()
        return {key: r for key, r in known if key in self.instance.binding and r.see_by is not None}

    @cached_property
    def holding(self) -> Holding:
        """What the coaches can hold."""
        return Holding(self.instance, self.candidates)

    def need(self, referral_id: str) -> int:
        """Minutes of all the appointments of the referral."""
        referral = self.people[referral_id]
        return referral.minutes * referral.count

    def held(self, referral_id: str) -> int:
        """Minutes of the referral's appointments that were held before as_of."""
        referral = self.people[referral_id]
        rows = self.instance.history_appointments
        number = sum(len(rows.get((referral_id, s), ())) for s in self.sessions(referral_id))
        return referral.minutes * min(number, referral.count)

    def sessions(self, referral_id: str) -> Open:
        """Every session in which the person could be seen in time, interpreters left aside, and by whom."""
        if referral_id not in self._open:
            self._open[referral_id] = dict(self._find_open(self.people[referral_id]))
        return self._open[referral_id]

    def _find_open(self, referral: Referral) -> Iterator[tuple[str, frozenset[str]]]:
        for session in self.candidates.sessions_for(referral):
            if referral.see_by is not None and session.date <= referral.see_by:
                coaches = self.candidates.who_may_see(referral, session)
                if coaches:
                    yield session.session_id, coaches

    def ahead(self, referral_id: str) -> Iterator[tuple[str, frozenset[str]]]:
        """The sessions from as_of on with the coaches who could see the person there with the interpreters needed."""
        skills = sorted(self.instance.needed(self.people[referral_id], "interpreter"))
        for session_id, coaches in self.sessions(referral_id).items():
            if not self.is_past(session_id):
                able = coaches
                for skill in skills:
                    able &= self.served(session_id, skill)
                if able:
                    yield session_id, able

    def kept_at_most(self, referral_id: str, session_id: str) -> int | None:
        """Minutes of the published appointments that could be kept there without notice; None where notice is given."""
        referral = self.people[referral_id]
        if self.instance.session[session_id].date >= self.instance.notice_ends(referral):
            return None
        told = self.instance.told_appointments.get((referral_id, session_id), ())
        return referral.minutes * min(len(told), referral.count)

    def is_past(self, session_id: str) -> bool:
        """Whether the session lies before as_of."""
        return self.instance.is_past(self.instance.session[session_id].date)

    def served(self, session_id: str, skill: str) -> frozenset[str]:
        """The coaches whose visit to the session some booking of the interpreter could serve."""
        return frozenset[str]().union(*self.bookings(session_id, skill).values())

    def bookings(self, session_id: str, skill: str) -> Mapping[str, frozenset[str]]:
        """The bookings of an interpreter that could serve a visit to the session, and whose visit."""
        key = session_id, skill
        if key not in self._booked:
            session = self.instance.session[session_id]
            self._booked[key] = {b.booking_id: who for b, who in self._serving(session) if b.skill == skill and who}
        return self._booked[key]

    def _serving(self, session: Session) -> Iterator[tuple[Booking, frozenset[str]]]:
        for booking in self.instance.interpreters:
            if booking.date == session.date and booking.booking_id not in self._used:
                yield booking, self.candidates.who_has(booking, session)

    @cached_property
    def _used(self) -> frozenset[str]:
        """The bookings that went to a visit before as_of."""
        return frozenset(b for visit in self.instance.history.values() for b in visit.booking_ids)

    def minutes(self, coach_id: str, session_id: str) -> int:
        """How long a visit of the coach to the session is."""
        start, end = self.instance.span(coach_id, session_id) or (0, 0)
        return end - start


def in_turns(sessions: Sequence[Session]) -> dict[str, str]:
    """Sessions put together of which at most one can be held: those of one room that all share a moment.

    By session id, the id of the one that ends first of those it is put together with.
    """
    together: dict[str, str] = {}
    ends: dict[tuple[object, object], Session] = {}
    for session in sorted(sessions, key=lambda s: (s.end, s.session_id)):
        first = ends.get((session.room_id, session.date))
        if first is None or session.start >= first.end:
            first = ends[session.room_id, session.date] = session
        together[session.session_id] = first.session_id
    return together


@cache
def fullest(room: int, lengths: tuple[tuple[int, int], ...]) -> int:
    """The most minutes, up to ``room``, that whole appointments fill; ``lengths`` are (minutes, how many there are)."""
    reached = 1
    for minutes, number in lengths:
        for _ in range(min(number, room // minutes)):
            reached |= reached << minutes
        reached &= (1 << (room + 1)) - 1
    return reached.bit_length() - 1
