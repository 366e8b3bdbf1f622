"""Everybody who is not seen, or is seen after their date: what they could use, who is there, what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roster.calendar import long_date
from roster.domain import Referral, Session
from roster.explain.questions.changes import Changes
from roster.explain.questions.given import Given
from roster.explain.questions.offers import want_of
from roster.explain.questions.seats import Person, Seats
from roster.explain.questions.uses import Uses
from roster.explanations import Change, Left, Use, Want
from roster.fault import listed
from roster.instance import Instance
from roster.reasons import Reasons
from roster.search.worker import is_small
from roster.wording import how_many

MOST_HELD, MOST_UNHELD = 2, 1
"""So many sessions of each kind are tried for one person; the others are counted."""
_HAS_A_WAY = "Outranked"


@dataclass(frozen=True)
class LeftOut:
    """Reasons for the people of one roster; trials end at the deadline of ``changes``."""

    given: Given
    seats: Seats
    changes: Changes

    def everybody(self) -> tuple[Left, ...]:
        """Those not seen, in the order of the table, then those seen after their date."""
        unseen = [self.not_seen(self.given.instance.people[u.referral_id], u.count) for u in self.given.roster.unseen]
        return (*unseen, *(self.late(*key, number) for key, number in self._late().items()))

    def _late(self) -> Counter[tuple[str, str]]:
        """How many people of each referral are seen after their date, by the session in which they are."""
        instance, late = self.given.instance, Counter[tuple[str, str]]()
        for a in self.given.roster.appointments:
            by, day = instance.people[a.referral_id].see_by, instance.session[a.session_id].date
            late[a.referral_id, a.session_id] += by is not None and day > by and not instance.is_past(day)
        return +late

    # -- one person ---------------------------------------------------------------------------------------

    def not_seen(self, referral: Referral, count: int) -> Left:
        """Why people of the referral are not seen."""
        person = Person(referral)
        reason = Reasons(self.given.instance, self.given.rules, lambda _: True).reason(referral)
        sessions = self.seats.sessions_for(person)
        if not reason.startswith(_HAS_A_WAY):
            return self._made(person, count, None, [reason], (), ())
        uses = self.closest(person, sessions)
        return self._made(person, count, None, [self._counts(person, sessions), *_closest(uses)], sessions, uses)

    def late(self, referral_id: str, session_id: str, count: int) -> Left:
        """Why people of the referral are seen only after their date."""
        instance = self.given.instance
        referral = instance.people[referral_id]
        by, day = referral.see_by, instance.session[session_id].date
        assert by is not None
        person = Person(referral, session_id)
        first = first_day(instance, referral)
        says = f"Seen on {long_date(day)}, {how_many((day - by).days, 'day')} after {long_date(by)}."
        if by < first:
            gone = f"That date cannot be kept: the first day on which they could be seen is {long_date(first)}."
            return Left(
                referral_id=referral_id,
                band=referral.band,
                count=count,
                status="late",
                want="past",
                says=f"{says} {gone}",
            )
        sessions = self.seats.sessions_for(person, by)
        uses = self.closest(person, sessions)
        lead = self._counts(person, sessions) if sessions else "There is no session that they could use by then."
        return self._made(person, count, by, [says, lead, *_closest(uses)], sessions, uses)

    def _made(
        self,
        person: Person,
        count: int,
        by: date | None,
        says: Sequence[str],
        sessions: Sequence[Session],
        uses: Sequence[Use],
    ) -> Left:
        want, last, change = self._change(person, by, uses)
        return Left(
            referral_id=person.id,
            band=person.referral.band,
            count=count,
            status="late" if by else "not seen",
            want=want,
            says=" ".join([*says, self._ranks(person, uses), last]).replace("  ", " "),
            sessions=tuple(s.session_id for s in sessions),
            uses=tuple(uses),
            change=change,
        )

    def _change(self, person: Person, by: date | None, uses: Sequence[Use]) -> tuple[Want, str, Change | None]:
        """What the person is in want of, that in words, and the change."""
        now = self.given.roster.objective
        if any(use.total is not None and use.total < now for use in uses):
            return "nothing", "They could be seen as things are, so no change is needed.", None
        if self.changes.out_of_time:
            return "none", "No change was looked for in the time there was.", None
        change = self.changes.smallest(person, by)
        if change is None and is_small(self.seats.problem.matrix):
            change = self.changes.smallest_by_moving_others(person, by)
        if change is None:
            return "none", "No change found that would do.", None
        when = "in time" if by else "seen"
        words = (
            f"Smallest change found: {change.says} Checked: with it they are {when} and the total is {change.total:,}"
        )
        return want_of(change.edits[0]), f"{words} instead of {now:,}.", change

    # -- the sessions -------------------------------------------------------------------------------------

    def closest(self, person: Person, sessions: Sequence[Session]) -> tuple[Use, ...]:
        """The few sessions that come closest to being theirs, tried: those that are held, then those that are not."""
        held = [s for s in sessions if s.session_id in self.given.visit_in]
        unheld = [s for s in sessions if s.session_id not in self.given.visit_in]
        held.sort(key=lambda s: -self._worth(person, s))
        unheld.sort(key=lambda s: -max(self.seats.gains(person, s.session_id, c) for c in self.seats.able(person, s)))
        uses = Uses(self.seats, person)
        return tuple(uses.of(s) for s in (*held[:MOST_HELD], *unheld[:MOST_UNHELD]))

    def _worth(self, person: Person, session: Session) -> float:
        """What the person's place there would save less what those in whose place it is save now."""
        visit = self.given.visit_in[session.session_id]
        if visit.coach_id not in self.seats.able(person, session):
            return float("-inf")
        gain = self.seats.gains(person, session.session_id, visit.coach_id)
        if self._has_time(person, session.session_id):
            return gain
        instead = self.seats.least_displaced(person, session.session_id)
        if instead is None:
            return float("-inf")
        return gain - sum(self.seats.saves(p, session.session_id, visit.coach_id) for p in instead)

    def _counts(self, person: Person, sessions: Sequence[Session]) -> str:
        """``They could use 5 sessions: 3 are full, 2 nobody holds.``"""
        count: Counter[str] = Counter(self._state(person, s) for s in sessions)
        states = ("full", "nobody", "another", "time")
        words = {
            "full": lambda n: f"{n:,} {'is' if n == 1 else 'are'} full",
            "nobody": lambda n: f"{n:,} nobody holds",
            "another": lambda n: f"{n:,} {'is' if n == 1 else 'are'} held by a coach who could not see them",
            "time": lambda n: f"{n:,} {'has' if n == 1 else 'have'} time left",
        }
        parts = [words[state](count[state]) for state in states if count[state]]
        return f"They could use {how_many(len(sessions), 'session')}: {listed(parts, 'and')}."

    def _state(self, person: Person, session: Session) -> str:
        visit = self.given.visit_in.get(session.session_id)
        if visit is None:
            return "nobody"
        if visit.coach_id not in self.seats.able(person, session):
            return "another"
        return "time" if self._has_time(person, session.session_id) else "full"

    def _has_time(self, person: Person, session_id: str) -> bool:
        return self.given.free_minutes(session_id) >= person.referral.minutes

    def _ranks(self, person: Person, uses: Sequence[Use]) -> str:
        """What a minute of appointment saves in the closest session that is held, of those there and of the person."""
        full = next((u for u in uses if u.people and not self._has_time(person, u.session_id)), None)
        if full is None or full.coach_id is None:
            return ""
        people = self.given.instance.people
        rates = {
            p: self.seats.saves(p, full.session_id, full.coach_id) / people[p].minutes
            for p in (*full.people, person.id)
            if self.seats.saves(p, full.session_id, full.coach_id)
        }
        if person.id not in rates or len(rates) == 1:
            return ""
        there = [f"{p} (band {people[p].band}) {rate:,.1f}" for p, rate in rates.items() if p != person.id]
        return (
            f"What a minute of appointment in session {full.session_id} saves: {', '.join(there)}; "
            f"{person.id} (band {person.referral.band}) {rates[person.id]:,.1f}."
        )


def _closest(uses: Sequence[Use]) -> list[str]:
    return [f"Closest: {use.says}" if n == 0 else use.says for n, use in enumerate(uses)]


def first_day(instance: Instance, referral: Referral) -> date:
    """The first day on which a new appointment of the person may be."""
    return max(instance.days[0], instance.notice_ends(referral), referral.referred_on + timedelta(days=1))


def totals(left: Sequence[Left]) -> str:
    """``Of 40 people not seen: 31 for want of rooms, 6 of coaches and 3 of an interpreter.`` And so for the late."""
    return " ".join(filter(None, (_total(left, "not seen", "not seen"), _total(left, "late", "seen after their date"))))


_WANTS: dict[Want, str] = {"rooms": "of rooms", "coaches": "of coaches", "interpreters": "of an interpreter"}
_OTHER: dict[Want, str] = {
    "other": "because of what they asked for or a policy",
    "none": "without a change found that would help",
    "nothing": "though they could be as things are",
    "past": "because their date had gone by",
}


def _total(left: Sequence[Left], status: str, words: str) -> str:
    count: Counter[Want] = Counter()
    for entry in left:
        if entry.status == status:
            count[entry.want] += entry.count
    if not count:
        return ""
    wants = [f"{count[want]:,} {name}" for want, name in _WANTS.items() if count[want]]
    wants = [f"{w.replace(' ', ' for want ', 1)}" if n == 0 else w for n, w in enumerate(wants)]
    wants += [f"{count[want]:,} {name}" for want, name in _OTHER.items() if count[want]]
    return f"Of {how_many(count.total(), 'person', 'people')} {words}: {listed(wants, 'and')}."
