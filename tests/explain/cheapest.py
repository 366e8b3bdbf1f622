"""What repairs cost, by brute force: every way in which the facts of a tiny world could give way for so many points.

Plain Python over the oracle's own records: amounts and prices are read again from PROBLEM.md section 6 and the table
of repair prices. After each way the world is one as given: which see-by dates bind is decided anew.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, takewhile
from pathlib import Path
from typing import Any

from roster.edits import AddBooking, AddSession, Edit, apply_edits
from roster.explain.repairs.half_days import HalfDays
from roster.files import write_folder
from roster.instance import Instance
from tests.oracle import contract
from tests.oracle.relaxed import LAST_MINUTE, MIDNIGHT, WORKLOADS, has_roster
from tests.oracle.world import Booking, Coach, Referral, Session, Site, World


def has_roster_after(instance: Instance, edits: Sequence[Edit]) -> bool:
    """Whether plain enumeration finds a roster in the folder that the instance is after the edits."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(apply_edits(instance, edits), Path(folder) / "after")
        return has_roster(contract.load(Path(folder) / "after"))


# -- ways to give way ---------------------------------------------------------------------------------------------

Make = Callable[[World], World]
OWNERS = {
    **dict.fromkeys(("see_by", "needs", "away", "place"), "referrer"),
    **dict.fromkeys(("presence", "site_limit", "session"), "practice"),
    **dict.fromkeys(("workload", "travel_limit", "leave", "hours"), "coach"),
    **dict.fromkeys(("pin", "booking"), "region"),
    **dict.fromkeys(("notice", "interpreter_notice", "break", "budget"), "policy"),
}


@dataclass(frozen=True)
class Way:
    """One way for a fact to give way, or something that is offered: what it is, its price in points, what it does."""

    name: str
    price: int
    make: Make

    @property
    def owner(self) -> str:
        """Who could take it: the first word of the name says what kind of change it is."""
        return OWNERS[self.name.split()[0]]


class TooManyWaysError(ValueError):
    """There are more choices of ways than can be looked at one by one."""


def cheaper_ways(
    instance: Instance, world: World, below: int, most: int, owner: str | None = None
) -> list[tuple[Way, ...]]:
    """Every choice of ways, of one owner alone or of all, of less than ``below`` points in all.

    Raises TooManyWaysError where there are more than ``most``.
    """
    prices = instance.settings.repair_prices.model_dump(by_alias=True)
    given = [list(ways) for ways in [*_facts(world, prices, below), *_offers(instance, world, prices, below)]]
    found = []
    for chosen in _choices([ways for ways in given if ways and owner in (None, ways[0].owner)], below):
        found.append(chosen)
        if len(found) > most:
            raise TooManyWaysError(f"there are more than {most} ways")
    return found


def that_leave_a_roster(world: World, choices: Iterable[Sequence[Way]]) -> list[list[str]]:
    """The choices after which plain enumeration finds a roster, each as the names of its ways."""
    return [[way.name for way in ways] for ways in choices if has_roster(_made(world, ways))]


def _made(world: World, ways: Sequence[Way]) -> World:
    for way in ways:
        world = way.make(world)
    return world


def _choices(given: Sequence[Sequence[Way]], below: int) -> Iterator[tuple[Way, ...]]:
    """At most one of each list, for less than ``below`` points in all."""
    if below <= 0:
        return
    yield ()
    for number, ways in enumerate(given):
        for way in ways:
            for others in _choices(given[number + 1 :], below - way.price):
                yield (way, *others)


# -- facts --------------------------------------------------------------------------------------------------------


def _facts(world: World, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    for person in world.referrals.values():
        if person.consent:
            yield from _of_person(world, person, prices, below)
    for site in world.sites.values():
        yield from _of_site(site, prices, below)
    for coach in world.coaches.values():
        yield from _of_coach(coach, prices, below)
    for pin in world.pins:
        yield [Way(f"pin {pin}", prices["pin"], _without_pin(pin))]
    yield from _policies(world, prices, below)


def _by_amount(name: str, first: int, more: int, below: int, most: int, change: Callable[[int], Make]) -> Iterator[Way]:
    """By 1, 2, ... steps, as far as there are points."""
    steps = takewhile(lambda n: first + more * (n - 1) < below, range(1, most + 1))
    return (Way(f"{name} by {n}", first + more * (n - 1), change(n)) for n in steps)


def _by_parts(name: str, price: int, below: int, parts: Sequence[Any], change: Callable[[Any], Make]) -> Iterator[Way]:
    """By every set of parts, as far as there are points."""
    for number in takewhile(lambda n: price * n < below, range(1, len(parts) + 1)):
        for chosen in combinations(parts, number):
            yield Way(f"{name} {chosen}", price * number, change(frozenset(chosen)))


def _of_person(world: World, person: Referral, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    who, times = person.referral_id, person.count
    if person.see_by is not None and world.in_month(person.see_by):
        see_by, left = person.see_by, (world.last_day - person.see_by).days + 1
        first, more = prices["see_by"] * times, prices["see_by_more"] * times
        later = _by_amount(
            f"see_by {who}",
            first,
            more,
            below,
            left,
            lambda n: _person(who, see_by=None if n == left else see_by + timedelta(days=n)),
        )
        yield later
    if person.coach_needs or person.room_needs or person.interpreter_needs:
        none: frozenset[str] = frozenset()
        made = _person(who, coach_needs=none, room_needs=none, interpreter_needs=none)
        yield [Way(f"needs {who}", prices["needs"] * times, made)]
    days = sorted(day for day in person.away if world.in_month(day))
    yield _by_parts(
        f"away {who}", prices["away"] * times, below, days, lambda gone: _person(who, away=person.away - gone)
    )
    accepted = world.accepted(person)
    others = sorted(world.sites.keys() - accepted)
    yield _by_parts(
        f"place {who}", prices["place"] * times, below, others, lambda more: _person(who, sites=accepted | more)
    )


def _of_site(site: Site, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    if site.least:
        least, price = site.least, prices["presence"]
        yield _by_amount(
            f"presence {site.site_id}", price, price, below, least, lambda n: _site(site.site_id, least=least - n)
        )
    if site.most is not None:
        most, price = site.most, prices["site_limit"]
        yield _by_amount(
            f"site_limit {site.site_id}", price, price, below, 20, lambda n: _site(site.site_id, most=most + n)
        )


def _of_coach(coach: Coach, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    who, price = coach.coach_id, prices["workload"]
    for period, field in WORKLOADS.items():
        if getattr(coach, field) is not None:
            yield _by_amount(f"workload {who} {period}", price, price, below, 20, _more(who, field, 1))
    if coach.travel_limit is not None:
        first, more = prices["travel_limit"], prices["travel_limit_more"]
        yield _by_amount(f"travel_limit {who}", first, more, below, 40, _more(who, "travel_limit", 10))
    for first_day in sorted({first for first, _ in coach.leave}):
        kept = tuple(row for row in coach.leave if row[0] != first_day)
        yield [Way(f"leave {who} {first_day}", prices["leave"], _coach(who, leave=kept))]
    free = sorted(set(range(7)) - {row[0] for row in coach.hours})
    yield _by_parts(f"hours {who}", prices["hours"], below, free, lambda days: _works_on(who, days))


def _policies(world: World, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    for name, field, step in (
        ("notice", "notice_days", 1),
        ("interpreter_notice", "interpreter_notice_days", 1),
        ("break", "break_minutes", 5),
    ):
        steps = -(-world.policy[field] // step)
        yield _by_amount(name, prices[name], prices[f"{name}_more"], below, steps, _less(field, step))
    if world.policy["budget_pounds"] is not None:
        more = _by_amount("budget", prices["budget"], prices["budget_more"], below, 20, _more_pounds)
        yield more


# -- what could be offered ----------------------------------------------------------------------------------------


def _offers(instance: Instance, world: World, prices: Mapping[str, int], below: int) -> Iterator[Iterable[Way]]:
    half_days, last = HalfDays(instance), world.last_day
    if prices["session"] < below:
        for session in half_days.sessions(list(world.sites), last):
            yield [Way(f"session {session.session_id}", prices["session"], _with_session(instance, session))]
    if prices["booking"] < below:
        skills = {skill for person in world.referrals.values() for skill in person.interpreter_needs}
        for booking in half_days.bookings(skills, last):
            yield [Way(f"booking {booking.booking_id}", prices["booking"], _with_booking(booking))]


def _with_session(instance: Instance, offer: AddSession) -> Make:
    room = instance.room[offer.room_id]
    features = instance.room_features(offer.room_id)
    session = Session(offer.session_id, offer.room_id, room.site_id, features, offer.date, offer.start, offer.end)
    return lambda world: replace(world, sessions=world.sessions | {session.session_id: session})


def _with_booking(offer: AddBooking) -> Make:
    fee = Decimal(str(offer.fee_pounds))
    booking = Booking(offer.booking_id, offer.skill, offer.date, offer.start, offer.end, fee)
    return lambda world: replace(world, bookings=world.bookings | {booking.booking_id: booking})


# -- changes of a world -------------------------------------------------------------------------------------------


def _person(who: str, **fields: Any) -> Make:
    return lambda w: replace(w, referrals=w.referrals | {who: replace(w.referrals[who], **fields)})


def _site(where: str, **fields: Any) -> Make:
    return lambda w: replace(w, sites=w.sites | {where: replace(w.sites[where], **fields)})


def _coach(who: str, **fields: Any) -> Make:
    return lambda w: replace(w, coaches=w.coaches | {who: replace(w.coaches[who], **fields)})


def _more(who: str, field: str, step: int) -> Callable[[int], Make]:
    def by(steps: int) -> Make:
        return lambda w: _coach(who, **{field: getattr(w.coaches[who], field) + steps * step})(w)

    return by


def _works_on(who: str, weekdays: Iterable[int]) -> Make:
    rows = tuple((weekday, MIDNIGHT, LAST_MINUTE) for weekday in weekdays)
    return lambda w: _coach(who, hours=(*w.coaches[who].hours, *rows))(w)


def _less(field: str, step: int) -> Callable[[int], Make]:
    def by(steps: int) -> Make:
        return lambda w: replace(w, policy=w.policy | {field: max(0, w.policy[field] - steps * step)})

    return by


def _more_pounds(steps: int) -> Make:
    return lambda w: replace(w, policy=w.policy | {"budget_pounds": w.policy["budget_pounds"] + 50 * steps})


def _without_pin(pin: tuple[str, str]) -> Make:
    return lambda w: replace(w, pins=tuple(other for other in w.pins if other != pin))
