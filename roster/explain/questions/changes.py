"""The smallest single change of the data that would have had a person seen, or seen in time; tried before it is named.

Each change is made, the person is put into the roster given, and the checker is asked: a change counts where every
rule is kept and the total is lower than before. The smallest is the one with the lowest repair price.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from heapq import heapify, heappop, heappush

from roster.calendar import iso_week, weekday_of
from roster.domain import Session
from roster.edit_words import edits_words
from roster.edits import AddBooking, AddHours, AddSession, Edit, EditError, RemoveLeave, Set, apply_edits, edits_to_json
from roster.edits.apply import changed_by
from roster.explain.questions.forced import Clock, Forcing
from roster.explain.questions.given import Trial
from roster.explain.questions.offers import Offers, new_id, one_looser, price_of
from roster.explain.questions.seats import Person, Seats
from roster.explain.questions.wish import Wish
from roster.explanations import Change
from roster.instance import Instance

MOST_TRIALS = 8
"""So many changes of one size are tried for one person, the likeliest first."""
MOST_SOLVED = 12
SOLVE_SECONDS = 4.0
"""So many changes, and so long for each, where others may be moved as well."""


@dataclass(frozen=True)
class Attempt:
    """A change, and the seat that a person would have with it. ``likely``: the higher, the likelier; at 0 it is not."""

    edit: Edit
    coach_id: str
    session_id: str
    likely: int
    instead_of: tuple[str, ...] = ()
    beside: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The change, and what has to change beside it."""
        return (self.edit, *self.beside)


def _limit_alone(trial: Trial) -> tuple[str, int] | None:
    """The one fact that the roster breaks, and by how much; None where it breaks none or several."""
    facts = {f.fact for f in trial.broken}
    return (facts.pop(), trial.broken[0].amount) if len(facts) == 1 else None


@dataclass(frozen=True)
class Changes:
    """Changes for the people of one roster. What helped one person is tried first for the next."""

    seats: Seats
    deadline: float
    _helped: dict[str, tuple[AddSession, str]] = field(default_factory=dict)
    _edited: dict[str, Instance] = field(default_factory=dict)

    @property
    def instance(self) -> Instance:
        """The instance as it is."""
        return self.seats.instance

    @property
    def out_of_time(self) -> bool:
        """Whether nothing more is to be tried."""
        return time.monotonic() > self.deadline

    def smallest(self, person: Person, until: date | None = None) -> Change | None:
        """The smallest change found with which the person is seen, by a day where one is given; None: none found.

        Where only one limit stands in the way of a change, the limit one looser is tried with it: two edits.
        """
        queue = [(price_of(self.instance, a.edit), n, a) for n, a in enumerate(self._attempts(person, until))]
        heapify(queue)
        while queue and not self.out_of_time:
            price, number, attempt = heappop(queue)
            trial = self._trial(person, attempt)
            if trial is not None and self._is_better(trial, attempt.edits):
                self._remember(attempt)
                return self._change(attempt.edits, trial)
            beside = _limit_alone(trial) if trial is not None and not attempt.beside else None
            looser = one_looser(self.instance, *beside) if beside else None
            if looser is not None:
                pair = replace(attempt, beside=(looser,))
                heappush(queue, (price + price_of(self.instance, looser), len(queue) + number, pair))
        return None

    def smallest_by_moving_others(self, person: Person, until: date | None = None) -> Change | None:
        """The same where others may be moved as well: the best roster with the person, of the changed data."""
        edits = {a.edit.model_dump_json(): a.edit for a in self._attempts(person, until)}
        wish = Wish(referral_id=person.id, until=until)
        wanted = wish.met(self.seats.given.roster, self.instance) + 1
        for edit in list(edits.values())[:MOST_SOLVED]:
            edited = self.edited((edit,))
            left = self.deadline - time.monotonic()
            if edited is None or left <= 0:
                continue
            clock = Clock.of(min(left, SOLVE_SECONDS), workers=1)
            trial = Forcing.of(self.seats.given, wish, wanted, edited).best(clock, few_changes=False).trial
            if trial is not None and self._is_better(trial, (edit,)):
                return self._change((edit,), trial)
        return None

    def _attempts(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """What to try: the smallest change first, of each size the likeliest first."""
        kinds = [self._sessions, self._bookings, self._limits, self._own, self._longer, self._leave]
        attempts: dict[int, list[Attempt]] = defaultdict(list)
        for kind in kinds:
            for attempt in kind(person, until):
                attempts[price_of(self.instance, attempt.edit)].append(attempt)
        for price in sorted(attempts):
            hopeful = [a for a in attempts[price] if a.likely > 0]
            yield from sorted(hopeful, key=lambda a: -a.likely)[:MOST_TRIALS]

    def _trial(self, person: Person, attempt: Attempt) -> Trial | None:
        """The person in their seat in the changed data; None where the changes cannot be made."""
        edited = self.edited(attempt.edits)
        if edited is None:
            return None
        where = attempt.coach_id, attempt.session_id
        return self.seats.seated(person, *where, instead_of=attempt.instead_of, instance=edited)

    def _is_better(self, trial: Trial, edits: tuple[Edit, ...]) -> bool:
        """Whether every rule is kept, the total is lower than before, and the edits leave no fault."""
        if not trial.kept or trial.total >= self.seats.given.roster.objective:
            return False
        try:
            apply_edits(self.instance, edits)
        except EditError:
            return False
        return self.seats.given.verified(trial).kept

    def _remember(self, attempt: Attempt) -> None:
        if isinstance(attempt.edit, AddSession) and not attempt.beside:
            self._helped[attempt.edit.model_dump_json()] = attempt.edit, attempt.coach_id

    def _change(self, edits: tuple[Edit, ...], trial: Trial) -> Change:
        says = " ".join(edits_words(self.instance, edits))
        return Change(edits=edits, says=says, total=trial.total, verified=True)

    def edited(self, edits: tuple[Edit, ...]) -> Instance | None:
        """The instance with the edits; None where they cannot be made."""
        key = edits_to_json(edits)
        if key not in self._edited:
            try:
                self._edited[key] = changed_by(self.instance, edits)
            except EditError:
                return None
        return self._edited[key]

    # -- rooms --------------------------------------------------------------------------------------------

    def _sessions(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """One more session at a site they accept, on a day on which a coach who could see them has time."""
        needed = self.instance.needed(person.referral, "room")
        found: list[Attempt] = []
        for edit, coach_id in self._helped.values():
            if self._suits(person, edit.date, until) and self._site_of(edit) in self._accepted(person):
                found.append(Attempt(edit, coach_id, edit.session_id, self._likely(person, edit, coach_id)))
        for site_id in self._accepted(person):
            for day in self.instance.days:
                if self._suits(person, day, until):
                    for edit in self._offers.at(site_id, day, needed):
                        found += self._with_coaches(person, edit)
        yield from sorted(found, key=lambda a: -a.likely)[:MOST_TRIALS]

    def _with_coaches(self, person: Person, edit: AddSession) -> Iterator[Attempt]:
        skills = self.instance.needed(person.referral, "coach")
        for coach in self.instance.coaches:
            if skills <= set(coach.skills) and self._has_time(coach.coach_id, edit, person.referral.minutes):
                yield Attempt(edit, coach.coach_id, edit.session_id, self._likely(person, edit, coach.coach_id))

    def _likely(self, person: Person, edit: AddSession, coach_id: str) -> int:
        return self.seats.saves_on(person.id, edit.date) - self._detour(coach_id, edit.date, self._site_of(edit))

    @cached_property
    def _offers(self) -> Offers:
        return Offers(self.instance)

    def _accepted(self, person: Person) -> list[str]:
        return sorted(self.instance.accepted_sites(person.referral))

    def _site_of(self, edit: AddSession) -> str:
        return self.instance.room[edit.room_id].site_id

    def _suits(self, person: Person, day: date, until: date | None) -> bool:
        """Whether a new appointment of the person could be on the day."""
        referral = person.referral
        early = day < self.instance.notice_ends(referral) or day <= referral.referred_on
        return not early and day not in referral.away and (until is None or day <= until)

    def _has_time(self, coach_id: str, edit: AddSession, minutes: int) -> bool:
        """Whether the coach works then, is not on leave, is not in another visit, and is below their limits."""
        coach, day = self.instance.coach[coach_id], edit.date
        if day in self.instance.leave_days.get(coach_id, ()) or not self._below(coach_id, day):
            return False
        least = max(minutes, self.instance.settings.policy.min_visit_minutes)
        spans = self._hours.get((coach_id, weekday_of(day)), ())
        works = any(min(end, edit.end) - max(start, edit.start) >= least for start, end in spans)
        busy = self._busy.get((coach.coach_id, day), ())
        return works and all(end <= edit.start or edit.end <= start for start, end, _ in busy)

    @cached_property
    def _hours(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for row in self.instance.hours:
            found[row.coach_id, row.weekday].append((row.start, row.end))
        return found

    @cached_property
    def _busy(self) -> dict[tuple[str, date], list[tuple[int, int, str]]]:
        """When and where each coach is in a visit, by day."""
        found: dict[tuple[str, date], list[tuple[int, int, str]]] = defaultdict(list)
        for v in self.seats.given.roster.visits:
            day = self.instance.session[v.session_id].date
            found[v.coach_id, day].append((v.start, v.end, self.instance.site_of(v.session_id)))
        return found

    @cached_property
    def _visits(self) -> Counter[tuple[object, ...]]:
        """How many visits each coach has on each day, in each week and in the month."""
        days = [(c, day, len(rows)) for (c, day), rows in self._busy.items()]
        count: Counter[tuple[object, ...]] = Counter()
        for coach_id, day, number in days:
            count[coach_id, day] += number
            count[coach_id, iso_week(day)] += number
            count[coach_id,] += number
        return count

    def _below(self, coach_id: str, day: date) -> bool:
        coach, now = self.instance.coach[coach_id], self._visits
        limits = (
            (coach.max_sessions_day, now[coach_id, day]),
            (coach.max_sessions_week, now[coach_id, iso_week(day)]),
            (coach.max_sessions_month, now[coach_id,]),
        )
        return all(most is None or number < most for most, number in limits)

    def _detour(self, coach_id: str, day: date, site_id: str) -> int:
        """Roughly how many minutes more the coach is on the road with a visit there."""
        minutes = self.instance.minutes_between
        stops = {site for _, _, site in self._busy.get((coach_id, day), ())} or {coach_id}
        return min(minutes(stop, site_id) + minutes(site_id, stop) for stop in stops)

    # -- coaches ------------------------------------------------------------------------------------------

    def _limits(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """A limit one looser that alone keeps a coach from a session that nobody holds."""
        for session in self._unheld(self.seats.sessions_for(person, until)):
            for coach_id in self.seats.able(person, session):
                trial = self.seats.opened(coach_id, session.session_id)
                alone = _limit_alone(trial)
                edit = one_looser(self.instance, *alone) if alone else None
                if edit is not None:
                    gain = self.seats.gains(person, session.session_id, coach_id)
                    yield Attempt(edit, coach_id, session.session_id, gain)
                if self.out_of_time:
                    return

    def _unheld(self, sessions: list[Session]) -> list[Session]:
        return [s for s in sessions if s.session_id not in self.seats.given.visit_in][: 3 * MOST_TRIALS]

    def _could_come(self, person: Person, until: date | None) -> list[Session]:
        """Sessions that nobody holds, at a place and on a day that suit the person, whoever could hold them."""
        found = self.seats.given.candidates.sessions_for(person.referral)
        sessions = [s for s in found if not self.instance.is_past(s.date) and (until is None or s.date <= until)]
        return [s for s in sessions if s.session_id not in self.seats.given.visit_in]

    def _hours_and_leave(self, person: Person, until: date | None) -> Iterator[tuple[str, Session]]:
        """Coaches with what the person needs, and sessions that they could not hold as things are."""
        skills = self.instance.needed(person.referral, "coach")
        for session in self._could_come(person, until)[: 3 * MOST_TRIALS]:
            able = self.seats.given.candidates.coaches_at.get(session.session_id, ())
            for coach in self.instance.coaches:
                if coach.coach_id not in able and skills <= set(coach.skills):
                    yield coach.coach_id, session

    def _longer(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """A coach who works during the session on that day of the week as well."""
        for coach_id, session in self._hours_and_leave(person, until):
            weekday = weekday_of(session.date)
            spans = self._hours.get((coach_id, weekday), ())
            if all(end <= session.start or session.end <= start for start, end in spans):
                edit = AddHours(coach_id=coach_id, weekday=weekday, start=session.start, end=session.end)
                yield Attempt(edit, coach_id, session.session_id, self.seats.saves_on(person.id, session.date))

    def _leave(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """A coach who is not on leave after all."""
        for coach_id, session in self._hours_and_leave(person, until):
            rows = [r for r in self.instance.leave if r.coach_id == coach_id]
            for row in rows:
                if row.first_day <= session.date <= row.last_day:
                    edit = RemoveLeave(coach_id=coach_id, first_day=row.first_day)
                    yield Attempt(edit, coach_id, session.session_id, self.seats.saves_on(person.id, session.date))

    # -- interpreters -------------------------------------------------------------------------------------

    def _bookings(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """One more interpreter, for the whole of a visit to which the person could come."""
        skills = sorted(self.instance.needed(person.referral, "interpreter"))
        for session in self.seats.sessions_for(person, until) if skills else ():
            visit = self.seats.given.visit_in.get(session.session_id)
            there = {self.instance.booking[b].skill for b in visit.booking_ids} if visit else set()
            missing = [skill for skill in skills if skill not in there]
            instead = self._instead(person, session.session_id) if visit else ()
            able = self.seats.able(person, session)
            if len(missing) == 1 and instead is not None:
                for coach_id in able if visit is None else {visit.coach_id} & set(able):
                    yield self._with_interpreter(person, session, coach_id, missing[0], instead)

    def _with_interpreter(
        self, person: Person, session: Session, coach_id: str, skill: str, instead: tuple[str, ...]
    ) -> Attempt:
        span = self.instance.span(coach_id, session.session_id)
        assert span is not None
        edit = AddBooking(
            booking_id=new_id(self.instance),
            skill=skill,
            date=session.date,
            start=span[0],
            end=span[1],
            fee_pounds=self._usual_fee(skill),
        )
        gain = self.seats.gains(person, session.session_id, coach_id)
        gain -= sum(self.seats.saves(p, session.session_id, coach_id) for p in instead)
        if session.session_id not in self.seats.given.visit_in:
            gain -= self._detour(coach_id, session.date, self.instance.site_of(session.session_id))
        return Attempt(edit, coach_id, session.session_id, gain, instead)

    def _instead(self, person: Person, session_id: str) -> tuple[str, ...] | None:
        """In whose place the person could be seen: nobody's where there is time; None where no place is enough."""
        if self.seats.given.free_minutes(session_id) >= person.referral.minutes:
            return ()
        return self.seats.least_displaced(person, session_id)

    def _usual_fee(self, skill: str) -> float:
        """The fee that most bookings of the skill have, or of any skill; nothing where there are none."""
        rows = self.instance.interpreters
        fees = Counter(b.fee_pounds for b in rows if b.skill == skill) or Counter(b.fee_pounds for b in rows)
        return min(fees, key=lambda fee: (-fees[fee], fee)) if fees else 0.0

    # -- what the person asked for ------------------------------------------------------------------------

    def _own(self, person: Person, until: date | None) -> Iterator[Attempt]:
        """Another place, day or need of the person, where a visit has time for them."""
        referral = person.referral
        changed: dict[str, object] = {"sites": tuple(sorted(self.instance.site)), "away": None, "needs": None}
        for column, value in changed.items():
            if column != "sites" and not getattr(referral, column):
                continue
            edit = Set.model_validate({"table": "referrals", "id": person.id, "field": column, "value": value})
            edited = self.edited((edit,))
            for session_id, visit in self.seats.given.visit_in.items() if edited is not None else ():
                day = self.instance.session[session_id].date
                has_time = self.seats.given.free_minutes(session_id) >= referral.minutes
                earlier = person.now is None or day < self.instance.session[person.now].date
                if has_time and earlier and session_id != person.now and (until is None or day <= until):
                    likely = 1 + (self.instance.days[-1] - day).days
                    yield Attempt(edit, visit.coach_id, session_id, likely)
