"""The visits to one session as options for pricing. What coaches have in common there is worked out once and shared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roster.model import Ints
from roster.search.reading import Reading
from roster.search.visits import VisitOption

Mask = NDArray[np.bool_]
Wants = tuple[tuple[int, tuple[frozenset[int], ...]], ...]


@dataclass(frozen=True)
class _People:
    """Whom some coaches could see with the same bookings. ``able``: who they are, of all people of the session."""

    able: Mask
    seen: Ints
    length: Ints
    most: Ints
    wants: Wants


class SessionOptions:
    """The people and interpreters of one session, and the options of the coaches who could be there."""

    def __init__(self, reading: Reading, session_id: str) -> None:
        decisions, instance = reading.decisions, reading.decisions.instance
        session, seen_in = instance.session[session_id], decisions.seen_in(session_id)
        self._reading, self._session_id = reading, session_id
        self._visits = decisions.visits_in(session_id)
        self._place: dict[int, int] = {column: n for n, column in enumerate(seen_in.values())}
        self._seen = np.fromiter(seen_in.values(), dtype=np.int64)
        self._nobody = np.full(len(self._seen), -1, dtype=np.int64)
        self._knapsack = reading.knapsack_of(session_id)
        self._length = np.array([self._knapsack.get(c, 1) for c in seen_in.values()], dtype=np.int64)
        self._wants = {n: reading.wants[c] for c, n in self._place.items() if c in reading.wants}
        self._wanted = frozenset(b for needed in self._wants.values() for some in needed for b in some)
        able = [decisions.candidates.who_may_see(instance.people[r], session) for r in seen_in]
        self._groups = {coaches: n for n, coaches in enumerate(dict.fromkeys(able))}
        self._group_of = np.array([self._groups[coaches] for coaches in able], dtype=np.int64)
        self._bookings = {
            var: decisions.candidates.who_has(instance.booking[b], session)
            for b, var in decisions.bookings_in(session_id).items()
        }
        self._people: dict[tuple[bytes, frozenset[int]], _People] = {}

    def option(self, coach_id: str) -> VisitOption:
        """The coach in the session."""
        visit = self._visits[coach_id]
        visited = self._reading.visited[self._session_id]
        bookings = frozenset(var for var, coaches in self._bookings.items() if coach_id in coaches)
        people = self._people_of(coach_id, bookings & self._wanted)
        wanted = {b for _, needed in people.wants for some in needed for b in some}
        base = [visit, *(v for coaches, v in visited if coach_id in coaches and v != visit)]
        return VisitOption(
            column=visit,
            base=np.array(base, dtype=np.int64),
            room=-self._knapsack.get(visit, 0) if self._knapsack else int(people.most.sum()) + 1,
            seen=people.seen,
            by=self._second_columns(coach_id, people),
            length=people.length,
            most=people.most,
            wants=people.wants,
            bookings=tuple(sorted(wanted)),
            spare=np.array(sorted(bookings - wanted), dtype=np.int64),
        )

    def _people_of(self, coach_id: str, bookings: frozenset[int]) -> _People:
        meets = np.array([coach_id in coaches for coaches in self._groups], dtype=np.bool_)
        key = meets.tobytes(), bookings
        if key not in self._people:
            self._people[key] = self._find_people(meets[self._group_of], bookings)
        return self._people[key]

    def _find_people(self, able: Mask, bookings: frozenset[int]) -> _People:
        with_some = {n: tuple(some & bookings for some in needed) for n, needed in self._wants.items() if able[n]}
        able[[n for n, needed in with_some.items() if not all(needed)]] = False
        position = np.cumsum(able) - 1
        seen = self._seen[able]
        return _People(
            able=able,
            seen=seen,
            length=self._length[able],
            most=self._reading.matrix.upper[seen],
            wants=tuple((int(position[n]), needed) for n, needed in with_some.items() if able[n]),
        )

    def _second_columns(self, coach_id: str, people: _People) -> Ints:
        own = self._reading.by_coach.get((self._session_id, coach_id))
        if not own:
            return self._nobody[: len(people.seen)]
        second = np.full(len(self._seen), -1, dtype=np.int64)
        second[[self._place[column] for column in own]] = list(own.values())
        return second[people.able]
