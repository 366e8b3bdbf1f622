"""A month's roster as a planner fills it in by hand: visits and people are added one by one, and every rule is kept.

No solver. What could be at all comes from ``roster.candidates``; what is still open beside what is written down
already is worked out here. The checker has the last word on what comes of it.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from roster.calendar import iso_week
from roster.candidates import Candidates
from roster.domain import Coach, Referral, Session, pence
from roster.instance import Instance
from roster.plan import Plan
from roster.rule import Rule


class Choices:
    """What never changes while a roster is filled in: which sessions each person could use and each coach hold."""

    def __init__(self, instance: Instance, rules: Sequence[Rule]) -> None:
        self.instance = instance
        self.candidates = Candidates(instance, rules)
        self._sessions_for: dict[str, list[Session]] = {}
        self.longest = max((s.end - s.start for s in instance.sessions), default=0)
        self.sessions_of: dict[str, list[Session]] = defaultdict(list)
        for session_id, coaches in self.candidates.coaches_at.items():
            for coach_id in coaches:
                self.sessions_of[coach_id].append(instance.session[session_id])

    def sessions_for(self, referral: Referral) -> list[Session]:
        """The sessions from as_of on in which the person could be seen and that somebody could hold, earliest first."""
        if referral.referral_id not in self._sessions_for:
            could = (s for s in self.candidates.sessions_for(referral) if self.candidates.who_may_see(referral, s))
            ahead = (s for s in could if not self.instance.is_past(s.date))
            in_order = sorted(ahead, key=lambda s: (s.date, s.start, s.session_id))
            self._sessions_for[referral.referral_id] = in_order
        return self._sessions_for[referral.referral_id]


class Ledger:
    """The roster so far. It begins with what has happened before as_of."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.instance = choices.instance
        self.candidates = choices.candidates
        self.holder: dict[str, str] = {}
        self.left: Counter[str] = Counter({r: person.count for r, person in self.instance.people.items()})
        self.at_site: Counter[str] = Counter()
        self.coaches_seen_at: dict[str, set[str]] = defaultdict(set)
        self._free: dict[str, int] = {}
        self.seen: Counter[tuple[str, str]] = Counter()
        self._booked: dict[str, dict[str, str]] = defaultdict(dict)
        self._used: set[str] = set()
        self._worked: Counter[tuple[str, Hashable]] = Counter()
        self._day: dict[tuple[str, date], list[Session]] = defaultdict(list)
        self._in_room: dict[tuple[str, date], list[Session]] = defaultdict(list)
        self._able = {s: dict.fromkeys(coaches) for s, coaches in self.candidates.coaches_at.items()}
        self._pence = 0
        self._write_history()
        for coach in self.instance.coaches:
            self._close_what_is_full(coach)

    def _write_history(self) -> None:
        instance = self.instance
        for (coach_id, session_id), visit in instance.history.items():
            self._count(instance.coach[coach_id], instance.session[session_id])
            self._used |= set(visit.booking_ids)
        self._pence += sum(pence(instance.booking[b].fee_pounds) for b in self._used)
        for key, rows in instance.history_appointments.items():
            self.seen[key] = len(rows)
            self.left[key[0]] = max(0, self.left[key[0]] - len(rows))

    def _count(self, coach: Coach, session: Session) -> None:
        site_id = self.instance.site_of(session.session_id)
        self._worked[coach.coach_id, iso_week(session.date)] += 1
        self.coaches_seen_at[site_id].add(coach.coach_id)
        if self.instance.is_in_month(session.date):
            self._worked[coach.coach_id, "month"] += 1
            self.at_site[site_id] += 1
        self._pence += pence(self.instance.site[site_id].hire_pounds)

    def _close_what_is_full(self, coach: Coach) -> None:
        """Days, weeks and the month in which the coach has as many visits as they may have take no more of them."""
        for session in self.choices.sessions_of.get(coach.coach_id, ()):
            limits = (
                (coach.max_sessions_day, len(self._day[coach.coach_id, session.date])),
                (coach.max_sessions_week, self._worked[coach.coach_id, iso_week(session.date)]),
                (coach.max_sessions_month, self._worked[coach.coach_id, "month"]),
            )
            if any(limit is not None and worked >= limit for limit, worked in limits):
                self._able[session.session_id].pop(coach.coach_id, None)

    # -- visits -------------------------------------------------------------------------------------------

    def who_might_hold(self, session: Session) -> Iterable[str]:
        """The coaches who could take the session if they are free to be there: ``has_time`` says so."""
        able = self._able.get(session.session_id)
        return able if able and self._is_open(session) else ()

    def who_can_hold(self, session: Session) -> Iterator[str]:
        """The coaches who could take the session as things stand."""
        return (coach_id for coach_id in self.who_might_hold(session) if self.has_time(coach_id, session))

    def can_hold(self, coach_id: str, session: Session) -> bool:
        """Whether the coach could take the session as things stand."""
        could = coach_id in self._able.get(session.session_id, ())
        return could and self._is_open(session) and self.has_time(coach_id, session)

    def _is_open(self, session: Session) -> bool:
        """Whether room, site and budget allow one more visit there."""
        instance = self.instance
        site = instance.site[instance.site_of(session.session_id)]
        if instance.is_past(session.date) or session.session_id in self.holder:
            return False
        if site.max_sessions is not None and self.at_site[site.site_id] >= site.max_sessions:
            return False
        taken = self._in_room[session.room_id, session.date]
        clash = any(session.start < other.end and other.start < session.end for other in taken)
        return not clash and self._can_pay(pence(site.hire_pounds))

    def _can_pay(self, more: int) -> bool:
        budget = self.instance.settings.policy.budget_pounds
        return budget is None or not more or self._pence + more <= pence(budget)

    def has_time(self, coach_id: str, session: Session) -> bool:
        """Whether the coach's day has time for the session, with the road, the break and the limit on the road."""
        limit = self.instance.coach[coach_id].max_travel_minutes_day
        tour = self._tour_with(coach_id, session)
        if not all(self.candidates.leg_may_be(coach_id, a, b) for a, b in pairwise(tour)):
            return False
        return limit is None or self._road(coach_id, tour) <= limit

    def _tour_with(self, coach_id: str, session: Session) -> list[Session]:
        tour = [*self._day[coach_id, session.date], session]
        return sorted(tour, key=lambda s: (self._span(coach_id, s), s.session_id))

    def _span(self, coach_id: str, session: Session) -> tuple[int, int]:
        return self.instance.span(coach_id, session.session_id) or (session.start, session.end)

    def _road(self, coach_id: str, tour: Sequence[Session]) -> int:
        stops = [coach_id, *(self.instance.site_of(s.session_id) for s in tour), coach_id]
        return sum(self.instance.minutes_between(a, b) for a, b in pairwise(stops)) if tour else 0

    def more_road(self, coach_id: str, session: Session) -> int:
        """How many minutes longer the coach's day on the road would be with the session."""
        day = self._day[coach_id, session.date]
        return self._road(coach_id, self._tour_with(coach_id, session)) - self._road(coach_id, day)

    def hold(self, coach_id: str, session: Session) -> None:
        """The coach takes the session. ``can_hold`` has to be true."""
        start, end = self._span(coach_id, session)
        self.holder[session.session_id] = coach_id
        self._free[session.session_id] = end - start
        self._day[coach_id, session.date] = self._tour_with(coach_id, session)
        self._in_room[session.room_id, session.date].append(session)
        self._count(self.instance.coach[coach_id], session)
        self._close_what_is_full(self.instance.coach[coach_id])

    # -- people -------------------------------------------------------------------------------------------

    def can_seat(self, referral: Referral, session: Session) -> bool:
        """Whether one more person of the referral can be seen in this session, which somebody holds."""
        able = self.candidates.who_may_see(referral, session)
        fits = self._free[session.session_id] >= referral.minutes and self.holder[session.session_id] in able
        return fits and self._was_told(referral, session) and self._interpreters(referral, session) is not None

    def _was_told(self, referral: Referral, session: Session) -> bool:
        """Inside the notice only as many people as were told of the session can be seen there."""
        if session.date >= self.instance.notice_ends(referral):
            return True
        key = referral.referral_id, session.session_id
        return self.seen[key] < len(self.instance.told_appointments.get(key, ()))

    def could_have_interpreters(self, referral: Referral, session: Session, coach_id: str) -> bool:
        """Whether the person would have every interpreter they need if the coach took the session."""
        return self._interpreters_with(referral, session, coach_id) is not None

    def _interpreters(self, referral: Referral, session: Session) -> list[str] | None:
        return self._interpreters_with(referral, session, self.holder[session.session_id])

    def _interpreters_with(self, referral: Referral, session: Session, coach_id: str) -> list[str] | None:
        """The bookings that the visit needs besides its own for this person: the cheapest free ones; None: too few."""
        site = self.instance.site[self.instance.site_of(session.session_id)]
        spent = 0 if session.session_id in self.holder else pence(site.hire_pounds)
        found: list[str] = []
        for skill in sorted(self.instance.needed(referral, "interpreter") - self._booked[session.session_id].keys()):
            booking = min(
                (b for b in self.instance.interpreters if b.skill == skill and self._is_free(b.booking_id)),
                key=lambda b: (not self._covers(b.booking_id, coach_id, session), b.fee_pounds, b.booking_id),
                default=None,
            )
            if booking is None or not self._covers(booking.booking_id, coach_id, session):
                return None
            spent += pence(booking.fee_pounds)
            found.append(booking.booking_id)
        return found if not found or self._can_pay(spent) else None

    def _is_free(self, booking_id: str) -> bool:
        return booking_id not in self._used

    def _covers(self, booking_id: str, coach_id: str, session: Session) -> bool:
        booking = self.instance.booking[booking_id]
        return booking.date == session.date and coach_id in self.candidates.who_has(booking, session)

    def seat(self, referral: Referral, session: Session) -> None:
        """One more person of the referral is seen in the session. ``can_seat`` has to be true."""
        for booking_id in self._interpreters(referral, session) or ():
            booking = self.instance.booking[booking_id]
            self._used.add(booking_id)
            self._booked[session.session_id][booking.skill] = booking_id
            self._pence += pence(booking.fee_pounds)
        self._free[session.session_id] -= referral.minutes
        self.seen[referral.referral_id, session.session_id] += 1
        self.left[referral.referral_id] -= 1

    # -- the whole ----------------------------------------------------------------------------------------

    def breaks_a_limit(self) -> bool:
        """Whether more was written down than limits allow: only what has happened before as_of can do that."""
        instance, budget = self.instance, self.instance.settings.policy.budget_pounds
        worked = [
            (limit, number)
            for (coach_id, when), number in self._worked.items()
            for coach in [instance.coach[coach_id]]
            for limit in [coach.max_sessions_month if when == "month" else coach.max_sessions_week]
        ]
        held = [(site.max_sessions, self.at_site[site.site_id]) for site in instance.sites]
        spent = [(None if budget is None else pence(budget), self._pence)]
        over = any(limit is not None and number > limit for limit, number in [*worked, *held, *spent])
        seen = Counter[str]()
        for (referral_id, _), number in self.seen.items():
            seen[referral_id] += number
        return over or any(number > instance.people[r].count for r, number in seen.items())

    def plan(self) -> Plan:
        """What was filled in, as a plan."""
        ahead = [(coach_id, session_id) for session_id, coach_id in self.holder.items()]
        bookings = [(b, session_id) for session_id, by_skill in self._booked.items() for b in by_skill.values()]
        past = [(b, session_id) for (_, session_id), visit in self.instance.history.items() for b in visit.booking_ids]
        return Plan((*self.instance.history, *ahead), dict(self.seen), (*past, *bookings))
