"""The fixed weekday rule of a pilot: each surgery has one weekday, one half of the day and one coach for the month.

Sites take turns, those that were promised visits first, then whichever gains most: a site gets the half-day and the
coach that save the most waiting among people who have no place yet, on every date on which the coach may come. Pins,
what has happened and promises that one weekday cannot keep are visits beside the rule. Then people are seen first come
first served, by urgency, each on the earliest day that is left. No solver; every rule is kept.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.by_hand.ledger import Choices, Ledger
from models.by_hand.planner import HISTORY, Planned, price_of_day, promised, urgency
from roster.calendar import weekday_of
from roster.domain import Referral, Session
from roster.instance import Instance
from roster.rule import Rule
from roster.wording import how_many

MIDDAY = 12 * 60 + 45
IN_TIME = 3_000
"""What it is worth in minutes that a person is seen by a date that binds: more than any wait of a month saves."""
COACHES = 3
"""How many coaches are compared for a half-day: those who can come on most dates, of equals who live nearest."""


@dataclass(frozen=True)
class Habit:
    """One coach at one site on one half-day of the week: the sessions they can hold, and what that saves in minutes."""

    coach_id: str
    sessions: tuple[Session, ...]
    saves: int


def plan_by_weekday(instance: Instance, rules: Sequence[Rule]) -> Planned:
    """A roster of the month by fixed weekdays. The same instance gives the same roster."""
    choices = Choices(instance, rules)
    people = sorted(instance.people.values(), key=lambda r: urgency(instance, r))
    visits = _Weekdays(choices, people).visits()
    ledger = Ledger(choices)
    for coach_id, session in visits:
        ledger.hold(coach_id, session)
    for referral in people:
        _first_come(ledger, referral)
    missing = (
        HISTORY
        if ledger.breaks_a_limit()
        else _missing(ledger, {session.session_id: coach_id for coach_id, session in visits})
    )
    return Planned(None, missing) if missing else Planned(ledger.plan())


def _first_come(ledger: Ledger, referral: Referral) -> None:
    """Everybody of the referral on the earliest day that is left."""
    for session in ledger.choices.sessions_for(referral):
        if session.session_id in ledger.holder:
            while ledger.left[referral.referral_id] > 0 and ledger.can_seat(referral, session):
                ledger.seat(referral, session)


def _missing(ledger: Ledger, holder: dict[str, str]) -> str:
    """What must be and is not, in a sentence; empty where nothing is missing."""
    instance = ledger.instance
    late = sum(r.count - _in_time(ledger, r) for r in instance.people.values() if r.referral_id in instance.binding)
    promises = sum(max(0, (site.min_sessions or 0) - ledger.at_site[site.site_id]) for site in instance.sites)
    held = {(c, s) for s, c in holder.items()} | instance.history.keys()
    pins = sum((pin.coach_id, pin.session_id) not in held for pin in instance.pins)
    parts = [
        f"{how_many(late, 'person is', 'people are')} not seen by a date that binds" if late else "",
        f"{how_many(promises, 'promised visit is', 'promised visits are')} missing" if promises else "",
        f"{how_many(pins, 'pinned visit is', 'pinned visits are')} missing" if pins else "",
    ]
    return "; ".join(part for part in parts if part)


def _in_time(ledger: Ledger, referral: Referral) -> int:
    return sum(
        number
        for (referral_id, session_id), number in ledger.seen.items()
        if referral_id == referral.referral_id
        and referral.see_by is not None
        and ledger.instance.session[session_id].date <= referral.see_by
    )


class _Weekdays:
    """Which visits the rule makes, found site by site; ``ledger`` has a place for whoever one was found for."""

    def __init__(self, choices: Choices, people: Sequence[Referral]) -> None:
        self.instance = choices.instance
        self.ledger = Ledger(choices)
        self._could_use: dict[str, list[Referral]] = defaultdict(list)
        for referral in people:
            for session in choices.sessions_for(referral):
                self._could_use[session.session_id].append(referral)
        self._slots: dict[str, dict[tuple[str, bool], list[Session]]] = defaultdict(lambda: defaultdict(list))
        for session in sorted(self.instance.sessions, key=lambda s: (s.date, s.start, s.session_id)):
            slot = weekday_of(session.date), session.start < MIDDAY
            self._slots[self.instance.site_of(session.session_id)][slot].append(session)

    def visits(self) -> list[tuple[str, Session]]:
        """Every visit from as_of on, as (coach, session)."""
        for pin in self.instance.pins:
            session = self.instance.session[pin.session_id]
            if self.ledger.can_hold(pin.coach_id, session):
                self.ledger.hold(pin.coach_id, session)
        promises = [site for site in self.instance.sites if site.min_sessions]
        for site in promises:
            habit = self._best(site.site_id)
            if habit is not None:
                self._take_up(habit)
            for number in range(1, (site.min_sessions or 0) + 1):
                promised(self.ledger, site.site_id, number)
        self._by_gain({site.site_id for site in promises})
        return [(c, self.instance.session[s]) for s, c in self.ledger.holder.items()]

    def _by_gain(self, done: set[str]) -> None:
        """The other sites, whichever gains most first. What a site gains only falls as others are served."""
        heap = [(-habit.saves, site_id) for site_id, habit in self._all_best() if site_id not in done]
        heapq.heapify(heap)
        while heap:
            _, site_id = heapq.heappop(heap)
            habit = self._best(site_id)
            if habit is None or habit.saves <= 0:
                continue
            if heap and -habit.saves > heap[0][0]:
                heapq.heappush(heap, (-habit.saves, site_id))
            else:
                self._take_up(habit)

    def _all_best(self) -> Iterator[tuple[str, Habit]]:
        for site_id in self._slots:
            habit = self._best(site_id)
            if habit is not None:
                yield site_id, habit

    def _best(self, site_id: str) -> Habit | None:
        habits = (self._habit(sessions) for sessions in self._slots[site_id].values())
        found = [habit for habit in habits if habit is not None]
        return max(found, key=lambda h: (h.saves, len(h.sessions), h.coach_id), default=None)

    def _habit(self, offered: Sequence[Session]) -> Habit | None:
        """The half-day with the coach with whom it saves most, among those who can come on most dates."""
        by_coach: dict[str, dict[object, Session]] = defaultdict(dict)
        for session in offered:
            for coach_id in self.ledger.who_can_hold(session):
                by_coach[coach_id].setdefault(session.date, session)
        in_order = sorted(by_coach, key=lambda c: (-len(by_coach[c]), self._road(c, offered[0]), c))
        habits = (self._with(coach_id, tuple(by_coach[coach_id].values())) for coach_id in in_order[:COACHES])
        return max(habits, key=lambda h: h.saves, default=None)

    def _with(self, coach_id: str, sessions: tuple[Session, ...]) -> Habit:
        prices = self.instance.settings.prices
        price = prices.visit + prices.travel * self._road(coach_id, sessions[0])
        return Habit(coach_id, sessions, self._saves(coach_id, sessions) - price * len(sessions))

    def _road(self, coach_id: str, session: Session) -> int:
        site_id = self.instance.site_of(session.session_id)
        return self.instance.minutes_between(coach_id, site_id) + self.instance.minutes_between(site_id, coach_id)

    def _saves(self, coach_id: str, sessions: Sequence[Session]) -> int:
        """What waiting is saved if the people who have no place yet come by urgency, each on the earliest day."""
        saved, placed = 0, Counter[str]()
        for session in sessions:
            start, end = self.instance.span(coach_id, session.session_id) or (session.start, session.end)
            free = end - start
            for referral in self._could_use.get(session.session_id, ()):
                left = self.ledger.left[referral.referral_id] - placed[referral.referral_id]
                if left > 0 and referral.minutes <= free and self._may_see(coach_id, referral, session):
                    number = min(left, free // referral.minutes)
                    free -= number * referral.minutes
                    placed[referral.referral_id] += number
                    saved += number * self._saved(referral, session)
        return saved

    def _may_see(self, coach_id: str, referral: Referral, session: Session) -> bool:
        return coach_id in self.ledger.candidates.who_may_see(
            referral, session
        ) and self.ledger.could_have_interpreters(referral, session, coach_id)

    def _saved(self, referral: Referral, session: Session) -> int:
        unseen = price_of_day(self.instance, referral, self.instance.unseen_day)
        saved = unseen - price_of_day(self.instance, referral, session.date)
        in_time = referral.see_by is not None and session.date <= referral.see_by
        return saved + (IN_TIME if in_time and referral.referral_id in self.instance.binding else 0)

    def _take_up(self, habit: Habit) -> None:
        """The visits of the habit, as far as limits allow, and places in them for people by urgency."""
        for session in habit.sessions:
            if self.ledger.can_hold(habit.coach_id, session):
                self.ledger.hold(habit.coach_id, session)
                for referral in self._could_use.get(session.session_id, ()):
                    while self.ledger.left[referral.referral_id] > 0 and self.ledger.can_seat(referral, session):
                        self.ledger.seat(referral, session)
