"""The greedy planner: what a careful person does by hand. People by urgency, each where it costs the month least.

First what is fixed (what has happened, pins), then what people were told, then the visits that sites were promised,
then people: whose see-by date binds by that date, the others by band, days waited and see-by date. Each is seen where
it adds least to the month's price as it stands, in a visit that is there or in one more; since days cost most that is
nearly always among the earliest. Where something that must be is left over it goes to the front, and the planner
begins again, a few times. The month is filled in twice, once with less and once with more weight on long visits, and
the cheaper roster counts. No solver; every rule is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.by_hand.ledger import Choices, Ledger
from models.urgency.late import days_late
from models.urgency.waiting import cost_of_waiting
from roster.domain import Referral, Session
from roster.instance import Instance
from roster.plan import Plan, draft_of
from roster.rule import Preference, Rule
from roster.wording import how_many

ROUNDS = 20
"""How often the planner begins again while something that must be is left over."""
SHORT = (1, 4)
"""What a minute is worth by which a visit that is added is shorter than the longest; the cheaper roster counts."""
COMPANY = (0, 20, 50, 100)
"""What one more person who has to be seen by a date and could come too is worth when a visit is added, in minutes.

The rounds take these by turns.
"""
HISTORY = "What has happened already is more than a limit allows."


@dataclass(frozen=True)
class Planned:
    """A plan that keeps every rule, or None and what could not be done."""

    plan: Plan | None
    says: str = ""


@dataclass(frozen=True)
class Round:
    """One attempt: the roster so far, the people whose date binds by session, what company and minutes are worth."""

    ledger: Ledger
    dated: Mapping[str, Sequence[Referral]]
    company: int
    short: int

    def minutes_short(self, session: Session, coach_id: str) -> int:
        """How many minutes the visit would be shorter than the longest session that is offered."""
        start, end = self.ledger.instance.span(coach_id, session.session_id) or (session.start, session.end)
        return self.ledger.choices.longest - (end - start)

    def worth(self, session: Session, coach_id: str, besides: Referral) -> int:
        """What others who have to be seen by a date and could come to this new visit are worth, in minutes."""
        if not self.company:
            return 0
        start, end = self.ledger.instance.span(coach_id, session.session_id) or (session.start, session.end)
        free, number = end - start - besides.minutes, 0
        for other in self.dated.get(session.session_id, ()):
            waits = other is not besides and self.ledger.left[other.referral_id] > 0 and other.minutes <= free
            if waits and coach_id in self.ledger.candidates.who_may_see(other, session):
                free -= other.minutes
                number += 1
        return self.company * number


@dataclass(frozen=True)
class Step:
    """One thing to do. ``must``: without it there is no roster. ``do`` says whether it was done."""

    name: str
    must: bool
    do: Callable[[Round], bool]


def plan_greedily(instance: Instance, rules: Sequence[Rule], preferences: Sequence[Preference]) -> Planned:
    """A roster of the month, filled in person by person. The same instance gives the same roster."""
    choices = Choices(instance, rules)
    if Ledger(choices).breaks_a_limit():
        return Planned(None, HISTORY)
    attempts = [_attempt(choices, short) for short in SHORT]
    plans = [attempt.plan for attempt in attempts if attempt.plan is not None]
    if not plans:
        return attempts[0]
    return Planned(min(plans, key=lambda plan: _price(instance, preferences, plan)))


def plans_by_hand(instance: Instance, rules: Sequence[Rule]) -> Iterator[Plan]:
    """The rosters that ``plan_greedily`` compares, each as soon as it is filled in."""
    choices = Choices(instance, rules)
    if not Ledger(choices).breaks_a_limit():
        attempts = (_attempt(choices, short) for short in reversed(SHORT))
        yield from (attempt.plan for attempt in attempts if attempt.plan is not None)


def _price(instance: Instance, preferences: Sequence[Preference], plan: Plan) -> int:
    draft = draft_of(instance, plan)
    return sum(preference.price(instance, draft) for preference in preferences)


def _attempt(choices: Choices, short: int) -> Planned:
    steps, dated = list(_steps(choices.instance)), _dated(choices)
    urgent: list[str] = []
    missed: list[Step] = []
    for number in range(ROUNDS):
        order = {name: place for place, name in enumerate(urgent)}
        steps.sort(key=lambda step: order.get(step.name, len(order)))
        now = Round(Ledger(choices), dated, COMPANY[number % len(COMPANY)], short)
        missed = [step for step in steps if not step.do(now) and step.must]
        if not missed:
            return Planned(now.ledger.plan())
        first = [step.name for step in missed]
        urgent = [*first, *(name for name in urgent if name not in first)]
    return Planned(None, f"The greedy planner could not do {how_many(len(missed), 'thing')} that must be done.")


def _dated(choices: Choices) -> dict[str, list[Referral]]:
    """For each session the people who have to be seen by a date and could be seen there in time."""
    found: dict[str, list[Referral]] = defaultdict(list)
    for referral_id in sorted(choices.instance.binding):
        referral = choices.instance.people[referral_id]
        for session in choices.sessions_for(referral):
            if referral.see_by is not None and session.date <= referral.see_by:
                found[session.session_id].append(referral)
    return found


def _steps(instance: Instance) -> Iterator[Step]:
    for pin in instance.pins:
        yield _pinned(instance, pin.coach_id, pin.session_id)
    yield from _told_steps(instance)
    for site in instance.sites:
        for number in range(1, (site.min_sessions or 0) + 1):
            yield Step(f"promise {site.site_id} {number}", True, _promise(site.site_id, number))
    for referral in sorted(instance.people.values(), key=lambda r: urgency(instance, r)):
        must = referral.referral_id in instance.binding
        yield Step(f"see {referral.referral_id}", must, _see(referral, referral.see_by if must else None))


def _told_steps(instance: Instance) -> Iterator[Step]:
    ahead = {s.session_id for s in instance.sessions if not instance.is_past(s.date)}
    for coach_id, session_id in instance.told_visits:
        if session_id in ahead:
            yield Step(f"told {session_id}", False, _visit(coach_id, instance.session[session_id]))
    for referral_id, session_id in instance.told_appointments:
        if session_id in ahead:
            yield Step(f"told {referral_id} {session_id}", False, _told(instance, referral_id, session_id))


def urgency(instance: Instance, referral: Referral) -> tuple[date, str, date, date, str]:
    """Binding dates first, the earliest first; then band, days waited, see-by date."""
    by = referral.see_by or date.max
    binding = by if referral.referral_id in instance.binding else date.max
    return binding, referral.band, referral.referred_on, by, referral.referral_id


def _pinned(instance: Instance, coach_id: str, session_id: str) -> Step:
    if (coach_id, session_id) in instance.history:
        return Step(f"pin {session_id}", True, lambda _: True)
    return Step(f"pin {session_id}", True, _visit(coach_id, instance.session[session_id]))


def _visit(coach_id: str, session: Session) -> Callable[[Round], bool]:
    def do(now: Round) -> bool:
        ledger = now.ledger
        if ledger.can_hold(coach_id, session):
            ledger.hold(coach_id, session)
        return ledger.holder.get(session.session_id) == coach_id

    return do


def _told(instance: Instance, referral_id: str, session_id: str) -> Callable[[Round], bool]:
    """As many people of the referral as were told of the session are seen there, if somebody still holds it."""
    referral, session = instance.people[referral_id], instance.session[session_id]

    def do(now: Round) -> bool:
        ledger = now.ledger
        if session in ledger.choices.sessions_for(referral) and session_id in ledger.holder:
            for _ in range(min(len(instance.told_appointments[referral_id, session_id]), ledger.left[referral_id])):
                if ledger.can_seat(referral, session):
                    ledger.seat(referral, session)
        return True

    return do


def promised(ledger: Ledger, site_id: str, number: int) -> bool:
    """The site has at least so many visits: one more if need be, where it is the shortest way for somebody."""
    if ledger.at_site[site_id] < number:
        sessions = (s for s in ledger.instance.sessions if ledger.instance.site_of(s.session_id) == site_id)
        best = min(
            ((s, coach_id) for s in sessions for coach_id in ledger.who_can_hold(s)),
            key=lambda way: (ledger.more_road(way[1], way[0]), way[0].date, way[0].session_id, way[1]),
            default=None,
        )
        if best is not None:
            ledger.hold(best[1], best[0])
    return ledger.at_site[site_id] >= number


def _promise(site_id: str, number: int) -> Callable[[Round], bool]:
    return lambda now: promised(now.ledger, site_id, number)


def _see(referral: Referral, by: date | None) -> Callable[[Round], bool]:
    """Everybody of the referral is seen, on or before a day if one is given."""

    def do(now: Round) -> bool:
        ledger = now.ledger
        while ledger.left[referral.referral_id] > 0:
            way = _best_way(now, referral, by)
            if way is None:
                return False
            session, coach_id = way
            if session.session_id not in ledger.holder:
                ledger.hold(coach_id, session)
            ledger.seat(referral, session)
        return True

    return do


def _best_way(now: Round, referral: Referral, by: date | None) -> tuple[Session, str] | None:
    """The session and the coach where seeing the person adds least to the price; the earliest of equals."""
    best: tuple[int, Session, str] | None = None
    for session in now.ledger.choices.sessions_for(referral):
        of_day = price_of_day(now.ledger.instance, referral, session.date)
        if session.date > by if by is not None else best is not None and of_day >= best[0]:
            break
        below = None if best is None else best[0] - of_day
        way = _best_here(now, referral, session, by is not None, below)
        if way is not None:
            best = of_day + way[0], session, way[1]
    return None if best is None else best[1:]


def price_of_day(instance: Instance, referral: Referral, day: date) -> int:
    """What it costs that one person of the referral waits until the day, in minutes."""
    waiting = cost_of_waiting(instance, referral.band, (day - referral.referred_on).days)
    return waiting + instance.settings.prices.late * days_late(referral, day)


def _best_here(
    now: Round, referral: Referral, session: Session, by_date: bool, below: int | None
) -> tuple[int, str] | None:
    """What seeing the person here adds besides the days, and the coach; None where it is not ``below``."""
    ledger, best = now.ledger, None
    holder = ledger.holder.get(session.session_id)
    if holder is not None:
        price = _stranger(ledger, referral, holder)
        fits = (below is None or price < below) and ledger.can_seat(referral, session)
        return (price, holder) if fits else None
    able = ledger.candidates.who_may_see(referral, session)
    for coach_id in ledger.who_might_hold(session):
        if coach_id not in able:
            continue
        least = _of_new_visit(now, referral, session, coach_id, by_date)
        if below is not None and least >= below:
            continue
        if ledger.has_time(coach_id, session) and ledger.could_have_interpreters(referral, session, coach_id):
            price = least + ledger.instance.settings.prices.travel * ledger.more_road(coach_id, session)
            if below is None or price < below:
                below, best = price, (price, coach_id)
    return best


def _of_new_visit(now: Round, referral: Referral, session: Session, coach_id: str, by_date: bool) -> int:
    """What one more visit adds for this person besides the days and the road."""
    ledger, prices = now.ledger, now.ledger.instance.settings.prices
    known = ledger.coaches_seen_at[ledger.instance.site_of(session.session_id)]
    new_face = prices.new_face if known and coach_id not in known else 0
    company = now.worth(session, coach_id, referral) if by_date else 0
    short = now.short * now.minutes_short(session, coach_id)
    return prices.visit + new_face + _stranger(ledger, referral, coach_id) + short - company


def _stranger(ledger: Ledger, referral: Referral, coach_id: str) -> int:
    """What it costs that somebody else than the usual coach sees the person."""
    usual = referral.usual_coach in (None, coach_id)
    return 0 if usual else ledger.instance.settings.prices.new_coach
