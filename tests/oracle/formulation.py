"""The whole problem as one mixed-integer program, formulated from the contract alone.

Columns, all whole: a path per coach and day (one ordered set of visits that a day allows, so that hours, travel, breaks
and the daily limits hold by enumeration), a visit per coach and session (the sum of its paths), a seat per referral and
visit (how many of its people are seen there), a booking per visit, a face per coach and site, and the rest. History is
constant.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.oracle.contract import DROPPED_PIN, MISSING_VISIT, PAST_SEE_BY, plan_prices
from tests.oracle.counts import coach_days, road
from tests.oracle.program import Column, Program, Term
from tests.oracle.world import Booking, Coach, Plan, Referral, Session, Visit, World
from tests.oracle.writing import packed

CHOSEN = 0.5


@dataclass
class Model:
    """The program of a world, what its columns mean, and the costs of the stages before section 3's sum."""

    world: World
    compromise: bool
    program: Program = field(default_factory=Program)
    visits: dict[tuple[str, str], Column] = field(default_factory=dict)
    spans: dict[tuple[str, str], Visit] = field(default_factory=dict)
    days: dict[tuple[str, date], list[tuple[Column, tuple[str, ...], int]]] = field(default_factory=dict)
    seats: dict[tuple[str, str], Column] = field(default_factory=dict)
    bookings: dict[tuple[str, str, str], Column] = field(default_factory=dict)
    late_people: list[Term] = field(default_factory=list)
    other_breaks: list[Term] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Builds the program; the constant is the price of the history with nobody else seen."""
        self.program.constant = sum(plan_prices(self.world, self.world.history).values())
        _visits_and_paths(self)
        _rooms(self)
        _workload(self)
        _sites(self)
        _pins(self)
        _bookings(self)
        _seats(self)
        _capacity(self)
        _people(self)
        _budget(self)
        _faces(self)
        _heaviest(self)
        _told_visits(self)
        _told_seats(self)

    def plan(self, values: list[float]) -> Plan:
        """The plan that values of the columns stand for, with people packed into times."""
        held = [key for key, column in self.visits.items() if values[column] > CHOSEN]
        used = [key for key, column in self.bookings.items() if values[column] > CHOSEN]
        visits = []
        for coach_id, session_id in held:
            span = self.spans[coach_id, session_id]
            own = tuple(sorted(b for b, coach, session in used if (coach, session) == (coach_id, session_id)))
            visits.append(Visit(coach_id, session_id, span.start, span.end, own))
        seats: Counter[tuple[str, str]] = Counter()
        for (referral_id, session_id), column in self.seats.items():
            seats[referral_id, session_id] += round(values[column])
        return packed(self.world, visits, seats)

    def of_session(self, session_id: str) -> list[Column]:
        """The visit columns of a session, one for each coach who could hold it."""
        return [column for (_, own), column in self.visits.items() if own == session_id]


def _visits_and_paths(model: Model) -> None:
    """A visit is the sum of its paths; a coach has at most one path a day. Road and visit are priced."""
    world, program, price = model.world, model.program, model.world.prices
    for coach in world.coaches.values():
        for day, visits in _possible_visits(world, coach).items():
            using: dict[str, list[Term]] = defaultdict(list)
            columns = []
            for path, minutes in _paths(world, coach, visits):
                cost = price["travel"] * minutes + price["visit"] * len(path)
                column = program.column(cost=cost)
                columns.append((column, tuple(visit.session_id for visit in path), minutes))
                for visit in path:
                    using[visit.session_id].append((column, -1))
            program.row(((column, 1) for column, _, _ in columns), highest=1)
            model.days[coach.coach_id, day] = columns
            for visit in visits:
                if visit.session_id in using:
                    key = (coach.coach_id, visit.session_id)
                    model.visits[key], model.spans[key] = program.column(), visit
                    program.row([(model.visits[key], 1), *using[visit.session_id]], 0, 0)


def _possible_visits(world: World, coach: Coach) -> dict[date, list[Visit]]:
    """The visits ahead that the rule hours allows a coach, by day, in the order of their start."""
    found = defaultdict(list)
    for session in world.sessions.values():
        span = world.span(coach, session)
        on_leave = any(first <= session.day <= last for first, last in coach.leave)
        shut = session.day in world.closed or not world.in_month(session.day) or session.day < world.as_of
        if span and span[1] - span[0] >= world.policy["min_visit_minutes"] and not on_leave and not shut:
            found[session.day].append(Visit(coach.coach_id, session.session_id, *span))
    return {day: sorted(visits, key=lambda visit: (visit.start, visit.end)) for day, visits in found.items()}


def _paths(world: World, coach: Coach, visits: list[Visit]) -> Iterator[tuple[tuple[Visit, ...], int]]:
    """Every non-empty day of a coach over these visits that keeps one_place, travel_limit and the day's limit."""
    limit = math.inf if coach.travel_limit is None else coach.travel_limit
    most = len(visits) if coach.day_limit is None else coach.day_limit
    open_paths: list[tuple[tuple[Visit, ...], int]] = [((), 0)]
    while open_paths:
        path, driven = open_paths.pop()
        here = world.sessions[path[-1].session_id].site_id if path else coach.coach_id
        if path and driven + world.travel(here, coach.coach_id) <= limit:
            yield path, driven + world.travel(here, coach.coach_id)
        for visit in visits if len(path) < most else ():
            leg = world.travel(here, world.sessions[visit.session_id].site_id)
            ready = not path or path[-1].end + leg + world.policy["break_minutes"] <= visit.start
            if ready and driven + leg <= limit:
                open_paths.append(((*path, visit), driven + leg))


def _rooms(model: Model) -> None:
    """At most one visit among the sessions of a room at any moment at which one of them starts."""
    together = defaultdict(list)
    for _, session_id in model.visits:
        session = model.world.sessions[session_id]
        together[session.room_id, session.day].append(session)
    for sessions in together.values():
        for moment in {session.start for session in sessions}:
            busy = {session.session_id for session in sessions if session.start <= moment < session.end}
            columns = (column for session_id in sorted(busy) for column in model.of_session(session_id))
            model.program.row(((column, 1) for column in columns), highest=1)


def _workload(model: Model) -> None:
    """The coach's limits by ISO week and month, less what the history has used."""
    world = model.world
    for coach in world.coaches.values():
        own = {session: column for (coach_id, session), column in model.visits.items() if coach_id == coach.coach_id}
        past = [world.sessions[v.session_id] for v in world.history.visits if v.coach_id == coach.coach_id]
        if coach.month_limit is not None:
            used = sum(world.in_month(session.day) for session in past)
            model.program.row(((column, 1) for column in own.values()), highest=coach.month_limit - used)
        days = {session.day for session in past} | {world.sessions[session].day for session in own}
        for week in {day.isocalendar()[:2] for day in days} if coach.week_limit is not None else ():
            used = sum(session.day.isocalendar()[:2] == week for session in past)
            terms = [(c, 1.0) for s, c in own.items() if world.sessions[s].day.isocalendar()[:2] == week]
            model.program.row(terms, highest=(coach.week_limit or 0) - used)


def _sites(model: Model) -> None:
    """site_limit and presence; in a compromise a missing visit is a break with its price."""
    world = model.world
    past = Counter(
        world.sessions[v.session_id].site_id
        for v in world.history.visits
        if world.in_month(world.sessions[v.session_id].day)
    )
    for site in world.sites.values():
        terms = [(c, 1.0) for (_, s), c in model.visits.items() if world.sessions[s].site_id == site.site_id]
        if site.most is not None:
            model.program.row(terms, highest=site.most - past[site.site_id])
        if site.least is not None:
            least = max(0, site.least - past[site.site_id])
            model.program.row(terms + _slack(model, least, MISSING_VISIT), least)


def _pins(model: Model) -> None:
    """Every pin is visited; in a compromise a dropped pin is a break with its price."""
    held = {(visit.coach_id, visit.session_id) for visit in model.world.history.visits}
    for pinned in model.world.pins:
        if pinned not in held:
            terms = [(model.visits[pinned], 1.0)] if pinned in model.visits else []
            model.program.row(terms + _slack(model, 1, DROPPED_PIN), 1)


def _slack(model: Model, most: int, price: int) -> list[Term]:
    if not model.compromise:
        return []
    column = model.program.column(highest=most)
    model.other_breaks.append((column, price))
    return [(column, 1)]


def _bookings(model: Model) -> None:
    """A booking goes to at most one visit, one that takes place and that it covers."""
    world = model.world
    for booking in world.bookings.values():
        terms = []
        for key, visit in model.spans.items():
            if _covers(booking, visit, world.sessions[visit.session_id]):
                column = model.program.column()
                model.bookings[booking.booking_id, *key] = column
                model.program.row([(column, 1), (model.visits[key], -1)], highest=0)
                terms.append((column, 1))
        is_used = any(booking.booking_id in visit.booking_ids for visit in world.history.visits)
        model.program.row(terms, highest=0 if is_used else 1)


def _covers(booking: Booking, visit: Visit, session: Session) -> bool:
    return booking.day == session.day and booking.start <= visit.start and visit.end <= booking.end


def _seats(model: Model) -> None:
    """Seats where skill, place, dates and interpreters allow them, priced against not being seen."""
    world = model.world
    for referral in world.referrals.values():
        unseen = _price(world, referral, world.unseen_day)
        able = [coach.coach_id for coach in world.coaches.values() if referral.coach_needs <= coach.skills]
        fitting = [session for session in world.sessions.values() if _fits(world, referral, session)]
        for session in fitting if referral.consent else ():
            most = referral.count
            if session.day < world.notice_day(referral):
                most = min(most, world.told_seats[referral.referral_id, session.session_id])
            keys = [(coach_id, session.session_id) for coach_id in able]
            visits = [model.spans[key] for key in keys if key in model.spans]
            if most and visits:
                _seat(model, referral, visits, (most, _price(world, referral, session.day) - unseen))


def _seat(model: Model, referral: Referral, visits: list[Visit], offer: tuple[int, int]) -> None:
    """A seat needs one of these visits of a session and, for each interpreter skill, a booking in it.

    The offer is the most people who may sit here, and the price of one against not being seen.
    """
    holds = {(v.coach_id, v.session_id): min(offer[0], (v.end - v.start) // referral.minutes) for v in visits}
    most = max(holds.values())
    gates = [[(model.visits[key], number) for key, number in holds.items()]]
    for skill in sorted(referral.interpreter_needs):
        booked = [b for b, booking in model.world.bookings.items() if booking.skill == skill]
        keys = [(b, *key) for b in booked for key in holds if (b, *key) in model.bookings]
        gates.append([(model.bookings[key], most) for key in keys])
    if most == 0 or not all(gates):
        return
    column = model.program.column(most, offer[1])
    model.seats[referral.referral_id, visits[0].session_id] = column
    for gate in gates:
        model.program.row([(column, 1), *((opens, -number) for opens, number in gate)], highest=0)
    if referral.usual_coach is not None:
        stranger = model.program.column(most, model.world.prices["new_coach"])
        usual = (referral.usual_coach, visits[0].session_id)
        known: list[Term] = [(model.visits[usual], holds[usual])] if usual in holds else []
        model.program.row([(stranger, 1), *known, (column, -1)], lowest=0)


def _price(world: World, referral: Referral, day: date) -> int:
    """The price of waiting and of being late of one person seen, or counted as seen, on a day."""
    days = (day - referral.referred_on).days
    late = max(0, (day - referral.see_by).days) if referral.see_by else 0
    return int(world.prices["waiting"][referral.band] * days * (28 + days) // 28 + world.prices["late"] * late)


def _fits(world: World, referral: Referral, session: Session) -> bool:
    placed = session.site_id in world.accepted(referral) and referral.room_needs <= session.features
    return placed and session.day > referral.referred_on and session.day not in referral.away


def _capacity(model: Model) -> None:
    """The minutes of the seats of a session are at most those of the visit that holds it."""
    taken: dict[str, list[Term]] = defaultdict(list)
    for (referral_id, session_id), column in model.seats.items():
        taken[session_id].append((column, model.world.referrals[referral_id].minutes))
    for (_, session_id), visit in model.spans.items():
        taken[session_id].append((model.visits[visit.coach_id, session_id], visit.start - visit.end))
    for terms in taken.values():
        model.program.row(terms, highest=0)


def _people(model: Model) -> None:
    """At most `count` seats in all, and all of them in time where see_by binds."""
    world, program = model.world, model.program
    own: dict[str, list[tuple[Column, date]]] = defaultdict(list)
    for (referral_id, session_id), column in model.seats.items():
        own[referral_id].append((column, world.sessions[session_id].day))
    for key, referral in world.referrals.items():
        past = [world.sessions[a.session_id].day for a in world.history.appointments if a.referral_id == key]
        program.row(((column, 1) for column, _ in own[key]), highest=referral.count - len(past))
        if world.binds(referral) and referral.see_by is not None:
            due = referral.see_by
            need = max(0, referral.count - sum(day <= due for day in past))
            terms: list[Term] = [(column, 1) for column, day in own[key] if day <= due]
            if model.compromise:
                late = program.column(need)
                model.late_people.append((late, PAST_SEE_BY[referral.band]))
                terms.append((late, 1))
            program.row(terms, need)


def _budget(model: Model) -> None:
    """Hire and fees, in pence, less what the history has spent."""
    world, limit = model.world, model.world.policy["budget_pounds"]
    if limit is None:
        return
    fees = {booking_id: booking.fee for booking_id, booking in world.bookings.items()}
    hires = {session_id: world.sites[session.site_id].hire for session_id, session in world.sessions.items()}
    left = Decimal(limit)
    for visit in world.history.visits:
        left -= hires[visit.session_id] + sum(fees.get(b, Decimal(0)) for b in visit.booking_ids)
    terms = [(column, float(hires[session_id] * 100)) for (_, session_id), column in model.visits.items()]
    terms += [(column, float(fees[booking_id] * 100)) for (booking_id, _, _), column in model.bookings.items()]
    model.program.row(terms, highest=float(left * 100))


def _faces(model: Model) -> None:
    """A coach is a face at a site when one of their paths goes there; faces beyond the first are priced."""
    world, program = model.world, model.program
    past = {(world.sessions[v.session_id].site_id, v.coach_id) for v in world.history.visits}
    faces: dict[str, dict[str, Column]] = defaultdict(dict)
    for (coach_id, _), paths in model.days.items():
        going: dict[str, list[Term]] = defaultdict(list)
        for column, session_ids, _ in paths:
            for site_id in {world.sessions[session_id].site_id for session_id in session_ids}:
                going[site_id].append((column, 1))
        for site_id, terms in going.items():
            if (site_id, coach_id) not in past:
                if coach_id not in faces[site_id]:
                    faces[site_id][coach_id] = program.column()
                program.row([*terms, (faces[site_id][coach_id], -1)], highest=0)
    for site_id, columns in faces.items():
        known = sum(site == site_id for site, _ in past)
        further = program.column(len(columns), world.prices["new_face"])
        new = min(known, 1)  # with a face in the history every new one is a further one
        program.row([(further, 1), *((column, -1) for column in columns.values())], lowest=new - 1)


def _heaviest(model: Model) -> None:
    """The largest monthly travel, of the history and the paths together."""
    program, price = model.program, model.world.prices["heaviest"]
    past = _past_roads(model.world)
    start = max(past.values(), default=0)
    heaviest = program.column(math.inf, price, lowest=start)
    program.constant -= price * start
    for coach_id in model.world.coaches:
        paths = [path for (own, _), paths in model.days.items() if own == coach_id for path in paths]
        terms = [(column, -float(minutes)) for column, _, minutes in paths]
        program.row([(heaviest, 1), *terms], lowest=past[coach_id])


def _past_roads(world: World) -> Counter[str]:
    """Minutes that each coach has travelled in the history."""
    roads: Counter[str] = Counter()
    for (coach_id, _), visits in coach_days(world, world.history.visits).items():
        roads[coach_id] += road(world, coach_id, visits)
    return roads


def _told_visits(model: Model) -> None:
    """A visit that was told costs a change unless it is there; another costs a change where it is there.

    The constant has counted every told visit ahead as a change.
    """
    if model.world.published is None:
        return
    price = model.world.prices["change"]
    told = {(visit.coach_id, visit.session_id) for visit in model.world.told.visits}
    for key, column in model.visits.items():
        model.program.costs[column] += -price if key in told else price


def _told_seats(model: Model) -> None:
    """A person kept in the session that was told saves a change, which the constant has counted."""
    for (referral_id, session_id), number in model.world.told_seats.items():
        seat = model.seats.get((referral_id, session_id))
        if seat is not None:
            kept = model.program.column(number, -model.world.prices["change"])
            model.program.row([(kept, 1), (seat, -1)], highest=0)
