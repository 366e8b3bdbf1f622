"""What each candidate might save: where to look, and no proof.

One relaxation of the base gives prices, and at these prices no candidate saves more than is worked out for it here.
That may be too much, since prices change where there is more. So the candidate that promises most has its own
relaxation solved, beginning with the base's, until the most promising is one of which that is known; it is the best of
its site, coach or skill, and the next is looked for (Minoux 1978, who put off in this way what need not be known yet).
Where the relaxation of the base is too large to be finished in time, those of the candidates are not begun.

Candidates that do not get into each other's way are looked at together: sessions several sites at a time, coaches' days
all at once, interpreters a skill and half-day at a time, limits of all coaches at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heapify, heappop, heappush

from roster.domain import WEEKDAYS, Hours
from roster.edits import AddBooking, AddSession
from roster.edits.apply import changed_by
from roster.instance import Instance
from roster.planning.value.candidates import MORE_POUNDS, Candidate, Kind, is_morning, usual_hours
from roster.planning.value.prices import Base, Model, Priced
from roster.rule import Preference, Rule
from roster.search.coach_days import TooManyPathsError
from roster.search.lagrange import SCALE

AT_ONCE, TIMES = 100, 2
"""So many further sessions are looked at together, or so many times as many as there are, if that is more."""
LEAST = 0.5
"""Minutes; what saves less saves nothing."""
SHARE_EACH = 0.2
"""Of the time that is left, how much one candidate's own relaxation may take."""
Estimates = Mapping[str, float]
"""By the candidate's name, what it might save, in minutes of coach time."""
_STEPS: Mapping[Kind, float] = {"workload_week": 1, "workload_month": 1, "site_limit": 1, "budget": MORE_POUNDS * 100}


@dataclass
class Estimating:
    """Estimates the candidates of an instance. ``found`` has what is known so far, by name, in minutes.

    ``enough``: of how many sites, coaches, skills and limits the best has to be known well.
    """

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    candidates: Sequence[Candidate]
    enough: int
    found: dict[str, float] = field(default_factory=dict)

    def run(self, base_seconds_left: Callable[[], float], seconds_left: Callable[[], float]) -> Iterator[Estimates]:
        """What is known after each group of candidates. Nothing where days have too many ways to list."""
        try:
            base = Base.of(self.instance, self.rules, self.preferences, base_seconds_left)
        except TooManyPathsError:
            return
        for group in self._groups(base):
            if seconds_left() <= 0:
                return
            try:
                found = group()
            except TooManyPathsError:
                continue
            self.found |= {name: minutes if minutes >= LEAST else 0.0 for name, minutes in found.items()}
            yield dict(self.found)
        if base.finished:
            yield from self._sharpened(base, seconds_left)

    def _sharpened(self, base: Base, seconds_left: Callable[[], float]) -> Iterator[Estimates]:
        """The most promising candidates by their own relaxations, the best of each site, coach, skill and limit."""
        order = [(-self.found[c.name], n) for n, c in enumerate(self.candidates) if self.found.get(c.name)]
        heapify(order)
        known: set[str] = set()
        settled: set[tuple[str, str]] = set()
        while order and len(settled) < self.enough and seconds_left() > 0:
            _, number = heappop(order)
            candidate = self.candidates[number]
            if candidate.subject in settled:
                continue
            if candidate.name in known:
                settled.add(candidate.subject)
                continue
            saves = min(self.found[candidate.name], self._own(base, candidate, seconds_left))
            self.found[candidate.name] = saves if saves >= LEAST else 0.0
            known.add(candidate.name)
            if saves >= LEAST:
                heappush(order, (-saves, number))
            yield dict(self.found)

    def _own(self, base: Base, candidate: Candidate, seconds_left: Callable[[], float]) -> float:
        until = seconds_left() * (1 - SHARE_EACH)
        try:
            model = Model.of(self._with([candidate]), self.rules, self.preferences)
        except TooManyPathsError:
            return self.found[candidate.name]
        return base.saves(model, lambda: seconds_left() - until)

    def _groups(self, base: Base) -> Iterator[Callable[[], Estimates]]:
        kinds: dict[Kind, list[Candidate]] = defaultdict(list)
        for candidate in self.candidates:
            kinds[candidate.kind].append(candidate)
        for kind, step in _STEPS.items():
            yield partial(_of_rows, base, kinds[kind], step)
        for group in _some_sites(kinds["session"], max(AT_ONCE, TIMES * len(self.instance.sessions))):
            yield partial(self._sessions, base, group)
        yield partial(self._coach_days, base, kinds["coach_day"])
        for kind in ("workload_day", "travel_limit"):
            yield partial(self._by_coach, base, kinds[kind])
        for group in _of_one_half_day(kinds["booking"]):
            yield partial(self._bookings, base, group)
        for kind in ("reach", "break", "notice", "interpreter_notice"):
            yield partial(self._whole, base, kinds[kind])

    def _priced(self, base: Base, instance: Instance) -> Priced:
        return base.priced(Model.of(instance, self.rules, self.preferences))

    def _with(self, group: Iterable[Candidate]) -> Instance:
        return changed_by(self.instance, [edit for candidate in group for edit in candidate.edits])

    # -- groups -------------------------------------------------------------------------------------------

    def _sessions(self, base: Base, group: Sequence[Candidate]) -> Estimates:
        rooms = {str(edit): edit for c in group for edit in c.edits if not isinstance(edit, AddSession)}
        sessions = {edit.session_id: c for c in group for edit in c.edits if isinstance(edit, AddSession)}
        edits = [*rooms.values(), *(c.edits[-1] for c in sessions.values())]
        saved = self._priced(base, changed_by(self.instance, edits)).by_session()
        return {candidate.name: saved.get(session_id, 0.0) for session_id, candidate in sessions.items()}

    def _coach_days(self, base: Base, group: Sequence[Candidate]) -> Estimates:
        works = {(row.coach_id, row.weekday) for row in self.instance.hours}
        hours = [
            Hours(coach_id=coach_id, weekday=weekday, start=start, end=end)
            for coach_id in self.instance.coach
            for start, end in [usual_hours(self.instance, coach_id)]
            for weekday in WEEKDAYS
            if (coach_id, weekday) not in works
        ]
        more = self.instance.replaced(hours=(*self.instance.hours, *hours), leave=())
        costs = self._priced(base, more).by_day() if group else {}
        return {c.name: -costs.get((c.about, c.day), 0) / SCALE for c in group if c.day is not None}

    def _by_coach(self, base: Base, group: Sequence[Candidate]) -> Estimates:
        """Limits of single days, of all coaches at once: a coach's days are nobody else's."""
        if not group:
            return {}
        before, after = _by_coach(base.priced(base.model)), _by_coach(self._priced(base, self._with(group)))
        return {c.name: (before.get(c.about, 0) - after.get(c.about, 0)) / SCALE for c in group}

    def _whole(self, base: Base, group: Sequence[Candidate]) -> Estimates:
        return {c.name: self._priced(base, self._with([c])).saves(base) for c in group}

    def _bookings(self, base: Base, group: Sequence[Candidate]) -> Estimates:
        """Each on a day of its own: it saves what the coach-day that it helps most saves."""
        before, after = base.priced(base.model).by_day(), self._priced(base, self._with(group)).by_day()
        saved = {key: (before.get(key, 0) - cost) / SCALE for key, cost in after.items()}
        return {c.name: max((s for (_, day), s in saved.items() if day == c.day), default=0.0) for c in group}


def _of_rows(base: Base, group: Sequence[Candidate], step: float) -> Estimates:
    """Limits over several coach-days: their rows have prices."""
    return {candidate.name: step * base.worth_of_fact(candidate.fact) for candidate in group}


def _by_coach(priced: Priced) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (coach_id, _), cost in priced.by_day().items():
        found[coach_id] += cost
    return found


def _of_one_half_day(bookings: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """The bookings of one skill in the mornings, then those in the afternoons, and so on."""
    groups: dict[tuple[str, bool], list[Candidate]] = defaultdict(list)
    for candidate in bookings:
        (edit,) = candidate.edits
        assert isinstance(edit, AddBooking)
        groups[candidate.about, is_morning(edit)].append(candidate)
    return iter(groups.values())


def _some_sites(sessions: Iterable[Candidate], at_once: int) -> Iterator[list[Candidate]]:
    """The sessions of a few sites at a time, so that not many are on one day."""
    by_site: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sessions:
        by_site[candidate.about].append(candidate)
    group: list[Candidate] = []
    for here in by_site.values():
        if group and len(group) + len(here) > at_once:
            yield group
            group = []
        group = group + here
    if group:
        yield group
