"""One unit more of what a roster is made from: sessions that could be offered, limits that could be one looser."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from roster.domain import Room
from roster.edits import AddSession, Edit, Set, SetPolicy
from roster.explanations import Want
from roster.instance import Instance, Span

MOST_TIMES = 3
MORE_ROAD_MINUTES = 10
MORE_POUNDS = 50
"""One unit more of a day's time on the road, and of the budget."""

WANT_OF: dict[str, Want] = {
    "add_session": "rooms",
    "add_room": "rooms",
    "add_hours": "coaches",
    "remove_leave": "coaches",
    "add_booking": "interpreters",
}
WANT_OF_TABLE: dict[str, Want] = {"sites": "rooms", "rooms": "rooms", "coaches": "coaches"}
"""What somebody was in want of where such an edit, or a change of such a table, helps them."""


def want_of(edit: Edit) -> Want:
    """What a person is in want of where this edit lets them be seen."""
    if isinstance(edit, Set):
        return WANT_OF_TABLE.get(edit.table, "other")
    return WANT_OF.get(edit.op, "other")


def new_id(instance: Instance, kind: str = "more") -> str:
    """An id that no session or booking has yet."""
    number = 1
    while f"{kind}-{number}" in instance.session or f"{kind}-{number}" in instance.booking:
        number += 1
    return f"{kind}-{number}"


@dataclass(frozen=True)
class Offers:
    """The sessions that could be offered in an instance besides those that are."""

    instance: Instance

    @cached_property
    def times(self) -> tuple[Span, ...]:
        """The starts and ends that most sessions have, the most common first."""
        times = Counter((s.start, s.end) for s in self.instance.sessions)
        return tuple(sorted(times, key=lambda span: (-times[span], span))[:MOST_TIMES])

    @cached_property
    def _rooms_at(self) -> dict[str, list[Room]]:
        found: dict[str, list[Room]] = defaultdict(list)
        for room in self.instance.rooms:
            found[room.site_id].append(room)
        return found

    @cached_property
    def _taken(self) -> dict[tuple[str, date], list[Span]]:
        """When each room is offered already, by day."""
        found: dict[tuple[str, date], list[Span]] = defaultdict(list)
        for s in self.instance.sessions:
            found[s.room_id, s.date].append((s.start, s.end))
        return found

    def at(self, site_id: str, day: date, needed: frozenset[str] = frozenset()) -> Iterator[AddSession]:
        """Sessions at the site on the day, at usual times, in rooms with what is needed that are free then."""
        if day in self.instance.bank_holidays or self.instance.is_past(day):
            return
        session_id = new_id(self.instance)
        for start, end in self.times:
            for room in self._rooms_at.get(site_id, ()):
                taken = self._taken.get((room.room_id, day), ())
                is_free = all(until <= start or end <= since for since, until in taken)
                if is_free and needed <= self.instance.room_features(room.room_id):
                    yield AddSession(session_id=session_id, room_id=room.room_id, date=day, start=start, end=end)
                    break


def one_looser(instance: Instance, fact: str, missing: int = 1) -> Edit | None:
    """The limit that the fact is, looser by a unit, or by so many where more is missing; None where it is no limit.

    Units: visits, ``MORE_ROAD_MINUTES`` of a day on the road, ``MORE_POUNDS`` of the budget (``missing`` in pence).
    """
    kind, _, about = fact.partition(":")
    if kind == "site_limit":
        most = instance.site[about].max_sessions or 0
        return Set(table="sites", id=about, field="max_sessions", value=most + missing)
    if kind == "travel_limit":
        most = instance.coach[about].max_travel_minutes_day or 0
        more = -(-missing // MORE_ROAD_MINUTES) * MORE_ROAD_MINUTES
        return Set(table="coaches", id=about, field="max_travel_minutes_day", value=most + more)
    if kind == "workload":
        coach_id, _, period = about.rpartition(":")
        field = f"max_sessions_{period}"
        return Set(table="coaches", id=coach_id, field=field, value=getattr(instance.coach[coach_id], field) + missing)
    if kind == "budget":
        pounds = instance.settings.policy.budget_pounds or 0.0
        more = -(-missing // (100 * MORE_POUNDS)) * MORE_POUNDS
        return SetPolicy(field="budget_pounds", value=pounds + more)
    return None


def limits_of(instance: Instance) -> Iterator[str]:
    """The facts that are limits, by id, in the contract's order."""
    yield from (f"site_limit:{s.site_id}" for s in instance.sites if s.max_sessions is not None)
    yield from (f"travel_limit:{c.coach_id}" for c in instance.coaches if c.max_travel_minutes_day is not None)
    for c in instance.coaches:
        for period in ("day", "week", "month"):
            if getattr(c, f"max_sessions_{period}") is not None:
                yield f"workload:{c.coach_id}:{period}"
    if instance.settings.policy.budget_pounds is not None:
        yield "budget"


def price_of(instance: Instance, edit: Edit) -> int:
    """What it takes to make the change, in points of the repair prices: the smallest change has the lowest."""
    prices = instance.settings.repair_prices
    if isinstance(edit, Set):
        by_field = {"max_sessions": prices.site_limit, "max_travel_minutes_day": prices.travel_limit}
        by_field |= {"sites": prices.place, "away": prices.away, "needs": prices.needs}
        return by_field.get(edit.field, prices.workload)
    by_op = {
        "add_session": prices.session,
        "add_booking": prices.booking,
        "add_hours": prices.hours,
        "remove_leave": prices.leave,
        "set_policy": prices.budget,
    }
    return by_op.get(edit.op, max(by_op.values()))
