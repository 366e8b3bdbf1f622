"""The ways in which the minutes that can be held for some people are counted, each of them too high on purpose.

A way is a network: people - sessions - rooms - (interpreter bookings) - coaches' days - weeks - months. Whatever a
roster holds of these people's appointments in time runs through it, so what does not run through is in no roster.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product

from roster.explain.counting.flow import Network, Place
from roster.explain.counting.holding import Most, monday_of
from roster.explain.counting.openings import Openings, fullest, in_turns
from roster.instance import Instance


def ways(openings: Openings, people: Collection[str], *, whole: bool) -> Iterator["Way"]:
    """Every way to count these people (referral ids): in plain minutes, or with ``whole`` in whole appointments.

    Those with an interpreter come first, each also by the limits of sites where there are any that matter.
    """
    instance = openings.instance
    who = {r: openings.people[r] for r in openings.people if r in people}
    skills = sorted({skill for r in who.values() for skill in instance.needed(r, "interpreter")})
    of_coach = {instance.needed(r, "coach") for r in who.values()} | {frozenset[str]()}
    seen = set()
    for skill, needed in product([*skills, None], sorted(of_coach, key=sorted)):
        chosen = tuple(
            key
            for key, r in who.items()
            if needed <= instance.needed(r, "coach") and (skill is None or skill in instance.needed(r, "interpreter"))
        )
        if chosen and (chosen, skill) not in seen:
            seen.add((chosen, skill))
            way = Way(openings, chosen, skill, by_site=False, whole=whole)
            yield way
            by_site = replace(way, by_site=True)
            if by_site.limited:
                yield by_site


def visits_held(instance: Instance, site_id: str) -> int:
    """How many visits of the month the site has had before as_of."""
    held = [s for _, s in instance.history if instance.site_of(s) == site_id]
    return sum(instance.is_in_month(instance.session[s].date) for s in held)


def visits_left(instance: Instance, site_id: str) -> float:
    """How many visits of the month the site allows from as_of on; infinitely many where it has no limit."""
    limit = instance.site[site_id].max_sessions
    return math.inf if limit is None else max(limit - visits_held(instance, site_id), 0)


@dataclass(frozen=True)
class Way:
    """One way to count: whom, with which interpreter, whether by sites' limits, whether in whole appointments.

    The network's places are ("person", referral id), ("session", id), ("room", id) and ("used", id) of the first of
    the sessions that take turns in a room, ("booking", id), ("booked", id), ("site", id), ("day", coach id, date),
    ("week", coach id, its Monday) and ("month", coach id). Minutes leave a place only where they could be held.
    """

    openings: Openings
    people: tuple[str, ...]
    skill: str | None
    by_site: bool
    whole: bool

    @cached_property
    def network(self) -> Network:
        """From people to what can hold them."""
        network = Network()
        for referral_id in self.people:
            if held := self.openings.held(referral_id):
                network.add(("person", referral_id), Network.END, held)
            for session_id, _ in self._able[referral_id]:
                kept = self.openings.kept_at_most(referral_id, session_id)
                network.add(("person", referral_id), ("session", session_id), kept)
        self._add_rooms(network)
        self._add_coaches(network)
        return network

    @cached_property
    def _able(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        return {referral_id: list(self.openings.ahead(referral_id)) for referral_id in self.people}

    @cached_property
    def worth(self) -> dict[tuple[str, str], int]:
        """The most minutes of these people in each visit, by (coach, session)."""
        lengths: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for referral_id, sessions in self._able.items():
            referral = self.openings.people[referral_id]
            for session_id, coaches in sessions:
                for coach_id in coaches:
                    lengths[coach_id, session_id][referral.minutes] += referral.count
        visits = {key: self.openings.minutes(*key) for key in sorted(lengths)}
        if not self.whole:
            return visits
        return {key: fullest(minutes, tuple(sorted(lengths[key].items()))) for key, minutes in visits.items()}

    @cached_property
    def _coaches(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for coach_id, session_id in self.worth:
            found[session_id].append(coach_id)
        return found

    @cached_property
    def _turns(self) -> dict[str, list[str]]:
        instance = self.openings.instance
        found: dict[str, list[str]] = defaultdict(list)
        for session_id, first in in_turns([instance.session[s] for s in sorted(self._coaches)]).items():
            found[first].append(session_id)
        return found

    def _most(self, session_ids: Iterable[str], coaches: Collection[str] | None = None) -> int:
        """The minutes of the longest visit to any of the sessions."""
        pairs = [(c, s) for s in session_ids for c in self._coaches[s] if coaches is None or c in coaches]
        return max((self.worth[pair] for pair in pairs), default=0)

    def _add_rooms(self, network: Network) -> None:
        for turn, session_ids in self._turns.items():
            for session_id in session_ids:
                network.add(("session", session_id), ("room", turn), self._most([session_id]))
            network.add(("room", turn), ("used", turn), self._most(session_ids))
        limited: dict[str, list[int]] = defaultdict(list)
        for turn, session_ids in self._turns.items():
            if self._is_limited(turn):
                site_id = self.openings.instance.site_of(turn)
                network.add(("used", turn), ("site", site_id))
                limited[site_id].append(self._most(session_ids))
            elif self.skill is not None:
                self._add_bookings(network, turn, self.skill)
            else:
                self._add_visits(network, ("used", turn), session_ids)
        for site_id, minutes in limited.items():
            left = int(visits_left(self.openings.instance, site_id))
            network.add(("site", site_id), Network.END, sum(sorted(minutes, reverse=True)[:left]))

    @cached_property
    def limited(self) -> frozenset[str]:
        """The sites that are counted by their limits: those that allow fewer visits than these people could use."""
        instance = self.openings.instance
        offered = Counter(instance.site_of(turn) for turn in self._turns) if self.by_site else Counter[str]()
        return frozenset(site_id for site_id, number in offered.items() if number > visits_left(instance, site_id))

    def _is_limited(self, turn: str) -> bool:
        return self.openings.instance.site_of(turn) in self.limited

    def _add_visits(self, network: Network, start: Place, session_ids: Iterable[str]) -> None:
        minutes: dict[Place, int] = defaultdict(int)
        for session_id in session_ids:
            day = self.openings.instance.session[session_id].date
            for coach_id in self._coaches[session_id]:
                place: Place = ("day", coach_id, day)
                minutes[place] = max(minutes[place], self.worth[coach_id, session_id])
        for place, most in minutes.items():
            network.add(start, place, most)

    def _add_bookings(self, network: Network, turn: str, skill: str) -> None:
        most: dict[str, int] = defaultdict(int)
        for session_id in self._turns[turn]:
            for booking_id, coaches in self.openings.bookings(session_id, skill).items():
                most[booking_id] = max(most[booking_id], self._most([session_id], coaches))
        for booking_id, minutes in most.items():
            if minutes:
                network.add(("used", turn), ("booking", booking_id), minutes)

    def _add_booked(self, network: Network, skill: str) -> None:
        for booking_id, minutes in self._by_booking(skill).items():
            network.add(("booking", booking_id), ("booked", booking_id), max(minutes.values()))
            day = self.openings.instance.booking[booking_id].date
            for coach_id, most in minutes.items():
                network.add(("booked", booking_id), ("day", coach_id, day), most)

    def _by_booking(self, skill: str) -> dict[str, dict[str, int]]:
        """The longest visit of each coach that each booking could serve, where the coaches' limits are counted."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for coach_id, session_id in self._under_coaches:
            for booking_id, coaches in self.openings.bookings(session_id, skill).items():
                if coach_id in coaches:
                    most = found[booking_id][coach_id]
                    found[booking_id][coach_id] = max(most, self.worth[coach_id, session_id])
        return found

    @cached_property
    def _under_coaches(self) -> dict[tuple[str, str], int]:
        """``worth`` of the visits that are counted by the coaches' limits."""
        limited = {s for first, sessions in self._turns.items() if self._is_limited(first) for s in sessions}
        return {key: minutes for key, minutes in self.worth.items() if key[1] not in limited}

    def _add_coaches(self, network: Network) -> None:
        if self.skill is not None:
            self._add_booked(network, self.skill)
        days: dict[tuple[str, date], set[date]] = defaultdict(set)
        for coach_id, session_id in self._under_coaches:
            day = self.openings.instance.session[session_id].date
            days[coach_id, monday_of(day)].add(day)
        weeks: dict[str, list[Most]] = defaultdict(list)
        for (coach_id, week), in_week in days.items():
            mosts = {day: self.openings.holding.day(coach_id, day, self._under_coaches) for day in sorted(in_week)}
            for day, most in mosts.items():
                network.add(("day", coach_id, day), ("week", coach_id, week), most[-1])
            weeks[coach_id].append(self.openings.holding.within_week(coach_id, week, list(mosts.values())))
            network.add(("week", coach_id, week), ("month", coach_id), weeks[coach_id][-1][-1])
        for coach_id, in_month in weeks.items():
            network.add(("month", coach_id), Network.END, self.openings.holding.within_month(coach_id, in_month)[-1])
