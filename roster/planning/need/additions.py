"""What could be added to a region, each thing with its price: coaches, sessions, rooms, interpreters' bookings.

- A coach like each that is there: one kind for each different base and set of skills, of which the one with the most
  hours in the week is copied, or the kinds that the offers name; ``most`` of each.
- A session in any room, those that could be opened included, on every half-day on which it is not offered yet from
  Monday to Friday, from the day of the data on (``HalfDays``), where somebody who could be seen in time accepts to go,
  or where visits are promised.
- An interpreter of each skill that people need on every such half-day, where one of them could be seen in time.

Prices are whole pence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from roster.domain import Coach, Referral, pence
from roster.edits import AddBooking, AddCoach, AddRoom, AddSession, Edit
from roster.edits.apply import changed_by
from roster.explain.repairs.half_days import HalfDays
from roster.instance import Instance
from roster.planning.need.offers import CoachOffer, Offers, RoomOffer

AdditionKind = Literal["coach", "room", "session", "booking"]
MOST_COACHES = 2
"""How many more coaches of each kind are looked at where the offers do not say."""


@dataclass(frozen=True)
class Addition:
    """One thing that could be added. ``alike``: what it is one of several of; they are taken in order."""

    id: str
    kind: AdditionKind
    edit: Edit
    price: int
    alike: str = ""


@dataclass(frozen=True)
class Universe:
    """An instance, the one with everything added, and the additions by id, rooms and coaches first."""

    base: Instance
    everything: Instance
    additions: dict[str, Addition]


def universe(base: Instance, offers: Offers, days: int, demanded: frozenset[str]) -> Universe:
    """Everything that could be added so that people are seen within so many days of being referred.

    ``demanded``: referrals that have to be seen whenever they were referred.
    """
    opened = [*_coaches(base, offers), *_rooms(base, offers)]
    there = changed_by(base, [a.edit for a in opened])
    windows = _Windows(there, days, demanded)
    more = [*_sessions(there, offers, windows), *_bookings(there, windows)]
    everything = changed_by(there, [a.edit for a in more])
    return Universe(base, everything, {a.id: a for a in (*opened, *more)})


# -- when somebody could be seen in time ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Windows:
    """From which day to which day each person could be seen in time."""

    instance: Instance
    days: int
    demanded: frozenset[str]

    def of(self, referral: Referral) -> tuple[date, date]:
        """The first and the last day; the last is before the first where it is too late."""
        return first_day(self.instance, referral), self._last(referral)

    def _last(self, referral: Referral) -> date:
        last = referral.referred_on + timedelta(days=self.days)
        if referral.referral_id in self.demanded and referral.see_by:
            last = max(last, referral.see_by)
        return min(last, self.instance.days[-1])

    def by_site(self) -> dict[str, set[date]]:
        """The days on which somebody who accepts the site could be seen in time."""
        found: dict[str, set[date]] = {s.site_id: set() for s in self.instance.sites}
        for referral in self.instance.people.values():
            days = set(_each_day(*self.of(referral))) - set(referral.away)
            for site_id in self.instance.accepted_sites(referral):
                found[site_id] |= days
        for site in self.instance.sites:
            if site.min_sessions:
                found[site.site_id] |= set(self.instance.days)
        return found

    def by_skill(self) -> dict[str, set[date]]:
        """The days on which somebody who needs an interpreter of the skill could be seen in time."""
        found: dict[str, set[date]] = {}
        for referral in self.instance.people.values():
            for skill in self.instance.needed(referral, "interpreter"):
                found.setdefault(skill, set()).update(set(_each_day(*self.of(referral))) - set(referral.away))
        return found


def first_day(instance: Instance, referral: Referral) -> date:
    """The first day of the month on which a new appointment of the person could be."""
    return max(instance.days[0], instance.notice_ends(referral), referral.referred_on + timedelta(days=1))


def too_late(instance: Instance, days: int) -> int:
    """How many people can no longer be seen within so many days of being referred, whatever is added.

    Their days have passed before the first possible day, and they have not been told of an appointment in time.
    """
    found = 0
    for referral in instance.people.values():
        last = referral.referred_on + timedelta(days=days)
        if last < first_day(instance, referral):
            told = sum(
                len(rows)
                for (referral_id, session_id), rows in instance.told_appointments.items()
                if referral_id == referral.referral_id and instance.session[session_id].date <= last
            )
            found += max(0, referral.count - told)
    return found


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


# -- coaches and rooms ----------------------------------------------------------------------------------------


def _coaches(base: Instance, offers: Offers) -> Iterator[Addition]:
    usual = pence(base.settings.addition_prices.coach)
    for offer in offers.coaches or tuple(_usual_coaches(base)):
        price = usual if offer.price is None else pence(offer.price)
        stem = offer.name or offer.like
        for id_ in _free_ids(stem, MOST_COACHES if offer.most is None else offer.most, base.coach):
            yield Addition(id_, "coach", _edit(offer, id_), price, alike=stem)


def _usual_coaches(base: Instance) -> Iterator[CoachOffer]:
    """One for each different base and set of skills: like the one with the most hours."""
    kinds: dict[tuple[object, ...], list[Coach]] = {}
    for coach in base.coaches:
        kinds.setdefault((coach.base_lat, coach.base_lon, frozenset(coach.skills)), []).append(coach)
    hours = {c.coach_id: sum(h.end - h.start for h in base.hours if h.coach_id == c.coach_id) for c in base.coaches}
    for alike in kinds.values():
        yield CoachOffer(like=min(alike, key=lambda c: (-hours[c.coach_id], c.coach_id)).coach_id)


def _edit(offer: CoachOffer, id_: str) -> AddCoach:
    given = {name: getattr(offer, name) for name in ("base_lat", "base_lon", "skills")}
    return AddCoach(coach_id=id_, like=offer.like, **{name: v for name, v in given.items() if v is not None})


def _free_ids(stem: str, most: int, taken: Iterable[str]) -> list[str]:
    """``C01-more-1``, ``C01-more-2``: ids that nothing has yet."""
    known, found, number = set(taken), list[str](), 0
    while len(found) < most:
        number += 1
        if f"{stem}-more-{number}" not in known:
            found.append(f"{stem}-more-{number}")
    return found


def _rooms(base: Instance, offers: Offers) -> Iterator[Addition]:
    usual = pence(base.settings.addition_prices.opening)
    for room in offers.rooms:
        price = usual if room.opening is None else pence(room.opening)
        edit = AddRoom(room_id=room.room_id, site_id=room.site_id, features=room.features)
        yield Addition(f"room {room.room_id}", "room", edit, price)


# -- sessions and bookings ------------------------------------------------------------------------------------


def _sessions(there: Instance, offers: Offers, windows: _Windows) -> Iterator[Addition]:
    useful = windows.by_site()
    own = {room.room_id: room for room in offers.rooms}
    rooms = [site_id for site_id, days in useful.items() if days]
    for edit in HalfDays(there).sessions(rooms, there.days[-1]):
        if edit.date in useful[there.room[edit.room_id].site_id]:
            yield Addition(edit.session_id, "session", edit, _price_of(there, edit, own.get(edit.room_id)))


def _price_of(there: Instance, edit: AddSession, room: RoomOffer | None) -> int:
    """What the room's offer says, or the price of its kind of site."""
    if room is not None and room.session is not None:
        return pence(room.session)
    kind = there.site[there.room[edit.room_id].site_id].kind
    return pence(getattr(there.settings.addition_prices, kind))


def _bookings(there: Instance, windows: _Windows) -> Iterator[Addition]:
    useful = windows.by_skill()
    known = {booking.skill for booking in there.interpreters}
    unknown = there.settings.addition_prices.booking
    for edit in HalfDays(there).bookings(useful, there.days[-1]):
        if edit.date in useful[edit.skill]:
            priced = edit if edit.skill in known else edit.model_copy(update={"fee_pounds": unknown})
            yield Addition(edit.booking_id, "booking", priced, pence(priced.fee_pounds))


def edits_of(chosen: Sequence[Addition]) -> tuple[Edit, ...]:
    """The edits that add these, rooms before their sessions."""
    order = ("coach", "room", "session", "booking")
    return tuple(a.edit for a in sorted(chosen, key=lambda a: (order.index(a.kind), _when(a.edit), a.id)))


def _when(edit: Edit) -> date:
    return edit.date if isinstance(edit, AddSession | AddBooking) else date.min
