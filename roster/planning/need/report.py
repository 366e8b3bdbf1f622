"""From the question to the answer: what could be added, the search, a good roster after the additions, the record."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import get_args

from roster import solve as solving
from roster.domain import Roster
from roster.edit_words import edits_words
from roster.edits import AddBooking, AddCoach, AddRoom, AddSession, Edit, apply_edits
from roster.instance import Instance
from roster.planning.need import words
from roster.planning.need.additions import Addition, AdditionKind, Universe, edits_of, too_late, universe
from roster.planning.need.model import Question
from roster.planning.need.offers import Offers
from roster.planning.need.points import Found, Reach, targets
from roster.planning.need.process import Outcome, Task, search
from roster.planning.need.record import Added, FrontierPoint, LookedAt, NeedOutcome, NeedReport, Of, Reached
from roster.planning.need.search import MOST_POINTS, State
from roster.rule import Preference

_SEARCH = 0.8
"""Of the time, how much the search for additions may take; the rest is for a good roster after them."""
_LEAST_SECONDS = 3.0
"""How long a good roster is looked for at least."""


@dataclass(frozen=True)
class Asked:
    """What is asked: this share of whom is to be seen within so many days; ``frontier``: and what other shares cost."""

    days: int
    share: Fraction
    of: Of
    frontier: bool


@dataclass(frozen=True)
class NeedTerms:
    """The rules, the rule of the question, what rosters cost, and how hard to try."""

    question: Question
    preferences: Sequence[Preference]
    options: solving.Options


@dataclass(frozen=True)
class Answer:
    """The record, and the best roster found after the additions; None where there is none."""

    report: NeedReport
    roster: Roster | None


def need(
    base: Instance,
    before: tuple[Edit, ...],
    offers: Offers,
    asked: Asked,
    terms: NeedTerms,
    tell: Callable[[solving.Progress], None] = lambda _: None,
) -> Answer:
    """The cheapest additions. ``before``: edits that made ``base`` of the data. KeyboardInterrupt ends the search."""
    began, options = time.monotonic(), terms.options
    everything = universe(base, offers, asked.days, base.binding)
    everybody = sum(r.count for r in base.people.values())
    late = too_late(base, asked.days)
    counted = everybody if asked.of == "everybody" else everybody - late
    people = math.ceil(asked.share * counted)

    def progress(state: State, left: float) -> None:
        says = words.progress(state, people)
        tell(solving.Progress(time.monotonic() - began, left, None, None, says))

    workers = options.workers or 2
    task = Task(
        universe=everything,
        question=terms.question,
        asked=people,
        seconds=options.time_limit * _SEARCH,
        workers=workers,
        seed=options.seed,
        frontier=asked.frontier,
        start=options.start,
    )
    outcome = search(task, progress)
    best = outcome.state.points.best(people)
    left = max(_LEAST_SECONDS, options.time_limit - (time.monotonic() - began))
    roster = None
    if best is not None and not outcome.stopped:
        roster = _roster(base, best, people, terms, left, tell)
    made = _Made(base, before, asked, everything, counted, everybody, late, people, outcome)
    return Answer(made.report(time.monotonic() - began), roster)


def _roster(
    base: Instance,
    best: Found,
    people: int,
    terms: NeedTerms,
    seconds: float,
    tell: Callable[[solving.Progress], None],
) -> Roster | None:
    """A good roster after the additions in which so many people are seen in time, checked."""
    edited = apply_edits(base, edits_of(best.additions))
    rules = (*terms.question.rules, terms.question.within(terms.question.days, people))
    start = solving.BeginningWith(best.plan)
    options = replace(terms.options, time_limit=seconds, start=start, compromise=False)

    def progress(known: solving.Progress) -> None:
        tell(replace(known, says=": ".join(["a good roster after that", *([known.says] if known.says else [])])))

    return solving.solve(edited, rules, terms.preferences, options, progress).roster


@dataclass(frozen=True)
class _Made:
    """What the record is made of."""

    base: Instance
    before: tuple[Edit, ...]
    asked: Asked
    universe: Universe
    counted: int
    everybody: int
    too_late: int
    people: int
    outcome: Outcome

    def report(self, seconds: float) -> NeedReport:
        """The record."""
        state, best = self.outcome.state, self.outcome.state.points.best(self.people)
        at_least = state.points.at_least(self.people)
        settings = self.base.settings
        report = NeedReport(
            instance=settings.name,
            month=settings.month,
            instance_sha256=self.base.sha256,
            within_days=self.asked.days,
            share=float(self.asked.share),
            of=self.asked.of,
            people=self.everybody,
            too_late=self.too_late,
            asked=self.people,
            outcome=self._outcome(best),
            says="",
            pounds=None if best is None else best.price / 100,
            at_least=at_least / 100,
            gap=None if best is None else (best.price - at_least) / best.price if best.price else 0.0,
            additions=() if best is None else self._added(best.additions),
            each_needed=None if best is None else (best.least is True or not best.additions),
            edits=() if best is None else (*self.before, *edits_of(best.additions)),
            seen_in_time=None if best is None else best.people,
            as_it_is=_reached(state.base),
            with_everything=_reached(state.most),
            looked_at=self._looked_at(),
            frontier=tuple(self._point(number) for number in self._numbers(state)),
            notes=(),
            stopped=self.outcome.stopped,
            seconds=round(seconds, 1),
        )
        notes = tuple(words.notes(report, self.base, self.outcome.why))
        return report.model_copy(update={"says": words.says(report), "notes": notes})

    def _outcome(self, best: Found | None) -> NeedOutcome:
        points = self.outcome.state.points
        if best is not None:
            return "optimal" if points.proved(self.people) else "feasible"
        return "infeasible" if points.impossible(self.people) else "unknown"

    def _added(self, additions: Sequence[Addition]) -> tuple[Added, ...]:
        edits = edits_of(additions)
        by_edit = {id(a.edit): a for a in additions}
        ordered = [by_edit[id(edit)] for edit in edits]
        sentences = edits_words(self.base, edits)
        return tuple(
            Added(kind=a.kind, id=words.plain_id(a), of=self._of(a), says=says, pounds=a.price / 100)
            for a, says in zip(ordered, sentences, strict=True)
        )

    def _of(self, addition: Addition) -> str:
        """Like which coach, at which site, of which skill."""
        edit = addition.edit
        if isinstance(edit, AddCoach):
            return edit.like
        if isinstance(edit, AddBooking):
            return edit.skill
        assert isinstance(edit, AddRoom | AddSession)
        there = self.universe.everything
        return there.site[edit.site_id if isinstance(edit, AddRoom) else there.site_of(edit.session_id)].name

    def _looked_at(self) -> LookedAt:
        return LookedAt(**_counted(self.universe.additions.values()))

    def _numbers(self, state: State) -> Sequence[int]:
        low = state.base.found if state.base and state.base.found else 0
        high = state.most.found if state.most and state.most.found else 0
        if not self.asked.frontier:
            return [self.people] if self.people <= high else []
        return targets(min(low, high), high, self.people, MOST_POINTS) if high else []

    def _point(self, people: int) -> FrontierPoint:
        points = self.outcome.state.points
        best = points.best(people)
        return FrontierPoint(
            people=people,
            share=people / self.counted if self.counted else 0.0,
            pounds=None if best is None else best.price / 100,
            at_least=points.at_least(people) / 100,
            proved=points.proved(people),
            asked=people == self.people,
            edits=() if best is None else (*self.before, *edits_of(best.additions)),
            **_counted(() if best is None else best.additions),
        )


def _reached(reach: Reach | None) -> Reached | None:
    return None if reach is None else Reached(found=reach.found, at_most=reach.at_most)


def _counted(additions: Iterable[Addition]) -> dict[str, int]:
    names = {"coach": "coaches", "room": "rooms", "session": "sessions", "booking": "bookings"}
    kinds = Counter(a.kind for a in additions)
    return {names[kind]: kinds[kind] for kind in get_args(AdditionKind)}
