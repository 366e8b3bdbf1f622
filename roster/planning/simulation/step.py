"""One month of one run: the data its roster is made from, and what happens after it is made.

Before: coaches who are known to be ill have leave, sessions known to be withdrawn are not offered. After: visits fall
away where the coach is ill or the room withdrawn, and to some appointments nobody comes. All of these people wait on,
as if they had not been booked, and are on the list again from that day. Nobody else is lost, however long they wait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from roster.calendar import iso_week
from roster.domain import Appointment, Leave, Roster
from roster.instance import Instance
from roster.planning.simulation.chance import Chance
from roster.planning.simulation.months import promised
from roster.planning.simulation.people import Person, by_practice, kind_of, referred
from roster.planning.simulation.rosterer import Rostered
from roster.planning.simulation.state import HowGood, MonthDone, Referred, RunState, Seen, WaitingAt
from roster.planning.simulation.world import World


def data_of(world: World, chance: Chance, number: int, waiting: Sequence[Person]) -> Instance:
    """The data that the roster of a month is made from: who is on the list by then, and what is known by then."""
    as_of = world.calendar.as_of(number)
    on_list = [person.referral for person in waiting if person.on_list_from <= as_of]
    made = world.calendar.month(number, on_list)
    if world.terms.illness.known == "before":
        ill = tuple(_illness(world, chance, made))
        away = {(row.coach_id, row.first_day) for row in ill}
        pins = tuple(pin for pin in made.pins if (pin.coach_id, made.session[pin.session_id].date) not in away)
        made = made.replaced(leave=(*made.leave, *ill), pins=pins)
    if world.terms.withdrawn.known == "before":
        made = _without_withdrawn(world, chance, made)
    return made


def _illness(world: World, chance: Chance, made: Instance) -> Iterator[Leave]:
    for coach_id in made.coach:
        away = made.leave_days.get(coach_id, frozenset())
        for day in made.days:
            if day not in away and not made.is_past(day) and _is_ill(world, chance, coach_id, day):
                yield Leave(coach_id=coach_id, first_day=day, last_day=day)


def _without_withdrawn(world: World, chance: Chance, made: Instance) -> Instance:
    ahead = [s for s in made.sessions if not made.is_past(s.date)]
    gone = {s.session_id for s in ahead if _is_withdrawn(world, chance, s.session_id, s.date)}
    if not gone:
        return made
    left = made.replaced(
        sessions=tuple(s for s in made.sessions if s.session_id not in gone),
        pins=tuple(pin for pin in made.pins if pin.session_id not in gone),
    )
    return left.replaced(sites=promised(left))


def _is_ill(world: World, chance: Chance, coach_id: str, day: date) -> bool:
    illness = world.terms.illness
    if illness.weeks and chance.share("ill week", coach_id, iso_week(day)) < illness.weeks:
        return True
    return illness.days > 0 and chance.share("ill day", coach_id, day) < illness.days


def _is_withdrawn(world: World, chance: Chance, session_id: str, day: date) -> bool:
    share = world.terms.withdrawn.sessions
    return share > 0 and chance.share("withdrawn", session_id, day) < share


# -- after the roster is made ---------------------------------------------------------------------------------


@dataclass
class _Came:
    """What became of the appointments: how many of each referral were kept, and on which days others were not."""

    kept: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    not_kept: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    why: Counter[str] = field(default_factory=Counter)


def lived(world: World, chance: Chance, made: Instance, state: RunState, rostered: Rostered) -> RunState:
    """The run after a month for which ``made`` was the data and there is a roster."""
    assert rostered.roster is not None
    number, roster = len(state.months), rostered.roster
    came = _what_came(world, chance, made, roster)
    new = list(referred(world.demand, chance, world.days_of_referrals(number)))
    waiting = (*_still_waiting(state.waiting, came), *new)
    last = world.calendar.last_day(number)
    done = MonthDone(
        month=world.month(number),
        before=_people(state.waiting),
        on_list=sum(r.count for r in made.referrals),
        left_over=_left_over(world, made, roster),
        booked=len(roster.appointments),
        missed=came.why["missed"],
        ill=came.why["ill"],
        withdrawn=came.why["withdrawn"],
        seen=tuple(_seen(made, came.kept)),
        referred=tuple(_referred(new)),
        waiting=tuple(_waiting(waiting, last)),
        beyond_reach=_people(p for p in waiting if kind_of(p.referral) in world.beyond_reach),
        how_good=_how_good(rostered),
        gap=None if roster.compromise else roster.gap,
        seconds=rostered.seconds,
    )
    return state.model_copy(update={"months": (*state.months, done), "waiting": waiting})


def _how_good(rostered: Rostered) -> HowGood:
    if rostered.roster is not None and rostered.roster.compromise:
        return "compromise"
    return "late" if rostered.late else "as_asked"


def _what_came(world: World, chance: Chance, made: Instance, roster: Roster) -> _Came:
    came, holder = _Came(), {v.session_id: v.coach_id for v in roster.visits}
    number: Counter[str] = Counter()
    for a in roster.appointments:
        number[a.referral_id] += 1
        day = made.session[a.session_id].date
        coach_id, times = holder[a.session_id], number[a.referral_id]
        why = "" if made.is_past(day) else _not_kept(world, chance, made, a, coach_id, times)
        came.why[why] += 1
        (came.not_kept if why else came.kept)[a.referral_id].append(day)
    return came


def _not_kept(
    world: World, chance: Chance, made: Instance, appointment: Appointment, coach_id: str, number: int
) -> str:
    """Why an appointment did not take place; empty where it did. ``number``: the referral's first, second, ..."""
    session, terms = made.session[appointment.session_id], world.terms
    if terms.illness.known == "after" and _is_ill(world, chance, coach_id, session.date):
        return "ill"
    if terms.withdrawn.known == "after" and _is_withdrawn(world, chance, session.session_id, session.date):
        return "withdrawn"
    share = chance.share("missed", appointment.referral_id, number, made.settings.month)
    return "missed" if share < terms.missed_at(made.site_of(session.session_id)) else ""


def _still_waiting(waiting: Sequence[Person], came: _Came) -> Iterator[Person]:
    """Those not seen. Of people alike, those whose appointment did not take place are on the list from that day."""
    for person in waiting:
        referral = person.referral
        again = came.not_kept.get(referral.referral_id, [])
        rest = referral.count - len(came.kept.get(referral.referral_id, [])) - len(again)
        if rest:
            yield person.model_copy(update={"referral": referral.model_copy(update={"count": rest})})
        for n, day in enumerate(again, start=1):
            name = referral.referral_id if referral.count == 1 else f"{referral.referral_id}.{day:%Y%m%d}.{n}"
            one = referral.model_copy(update={"referral_id": name, "count": 1})
            yield Person(referral=one, on_list_from=day)


# -- in numbers -----------------------------------------------------------------------------------------------


def _people(people: Iterable[Person]) -> int:
    return sum(person.referral.count for person in people)


def _left_over(world: World, made: Instance, roster: Roster) -> int:
    """People on the list and within reach who are not booked."""
    booked = Counter(a.referral_id for a in roster.appointments)
    reachable = [r for r in made.referrals if kind_of(r) not in world.beyond_reach]
    return sum(r.count - booked[r.referral_id] for r in reachable)


def _seen(made: Instance, kept: Mapping[str, Sequence[date]]) -> Iterator[Seen]:
    counted = Counter(
        (made.people[r].practice_id, made.people[r].referred_on, day) for r, days in kept.items() for day in days
    )
    for (practice_id, referred_on, seen_on), people in sorted(counted.items()):
        yield Seen(practice_id=practice_id, referred_on=referred_on, seen_on=seen_on, people=people)


def _referred(new: Sequence[Person]) -> Iterator[Referred]:
    counted = Counter((person.referral.practice_id, person.referral.referred_on) for person in new)
    for (practice_id, referred_on), people in sorted(counted.items()):
        yield Referred(practice_id=practice_id, referred_on=referred_on, people=people)


def _waiting(waiting: Sequence[Person], last: date) -> Iterator[WaitingAt]:
    for practice_id, people in sorted(by_practice(waiting).items()):
        days = sum((last - p.referral.referred_on).days * p.referral.count for p in people)
        yield WaitingAt(practice_id=practice_id, people=_people(people), days=days)
