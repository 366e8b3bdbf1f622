"""What holds a roster back: rooms at a site, a coach's limit, an interpreter, the budget; each tried one unit looser.

A limit is claimed only where, with one unit more, a roster that the checker accepts has a total below what every
roster costs as things are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from roster.edit_words import edits_words
from roster.edits import AddBooking, AddHours, AddSession, Edit, EditError, RemoveLeave, Set, apply_edits
from roster.explain.questions.forced import Clock, Forcing
from roster.explain.questions.given import Given
from roster.explain.questions.limit_prices import limit_prices
from roster.explain.questions.offers import Offers, limits_of, one_looser, want_of
from roster.explanations import Change, Left, Limit
from roster.instance import Instance
from roster.search.problem import problem_of
from roster.search.worker import is_small
from roster.wording import how_many, site_name

PRICES_SHARE = 0.3
SECONDS_EACH = 10.0
SESSIONS_EACH = 3
"""So many further sessions are tried at a site."""


@dataclass(frozen=True)
class Candidate:
    """A limit and a unit more of it. ``price`` is what the relaxation says it is worth."""

    about: str
    edit: Edit
    price: float
    near: tuple[str, ...]


def limits_of_roster(given: Given, left: Sequence[Left], clock: Clock) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """The limits that hold the roster back, the most gained first; and what was not settled, in words.

    ``left``: the people left out, whose changes were tried already.
    """
    return _Looking(given, left, clock).all()


@dataclass(frozen=True)
class _Looking:
    given: Given
    left: Sequence[Left]
    clock: Clock

    @property
    def _instance(self) -> Instance:
        return self.given.instance

    def all(self) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
        found: dict[str, Limit] = {}
        for limit in map(self._of_change, self._changes()):
            if limit.about not in found or limit.total < found[limit.about].total:
                found[limit.about] = limit
        untried: set[str] = set()
        for candidate in self._candidates():
            if self.clock.left <= 0:
                untried.add(candidate.about)
            elif candidate.about not in found:
                claimed = self._tried(candidate)
                if claimed is not None:
                    found[candidate.about] = claimed
        limits = sorted(found.values(), key=lambda limit: (not limit.proved, limit.total))
        return tuple(limits), tuple(self._open(untried - found.keys()))

    def _open(self, untried: set[str]) -> Iterator[str]:
        if untried:
            yield f"Time ran out before {how_many(len(untried), 'limit')} could be tried one looser."
        if not self.given.is_best:
            yield "This roster is not proved the best, so some of what is said of it may be true of a better one only."

    # -- what to try --------------------------------------------------------------------------------------

    def _changes(self) -> Iterator[Change]:
        """Single changes that were found for people: each is a unit more of something."""
        for entry in self.left:
            if entry.change is not None and len(entry.change.edits) == 1 and entry.want not in ("other", "none"):
                yield entry.change

    @cached_property
    def _prices(self) -> dict[str, float]:
        return limit_prices(self.given, self.clock.left * PRICES_SHARE)

    def _candidates(self) -> list[Candidate]:
        """What the relaxation says is worth something, the most first; everything there is where it says nothing."""
        found = [*self._limits(), *self._sites()]
        if self._prices:
            found = [c for c in found if c.price > 0]
        return sorted(found, key=lambda c: -c.price)

    def _limits(self) -> Iterator[Candidate]:
        for fact in limits_of(self._instance):
            edit = one_looser(self._instance, fact)
            if edit is not None:
                yield Candidate(fact, edit, self._prices.get(fact, 0.0), tuple(self._sessions_near(fact)))

    def _sessions_near(self, fact: str) -> Iterator[str]:
        """The sessions that the limit is about: a coach's, or a site's."""
        about = set(fact.split(":")[1:])
        for session_id, coaches in self.given.candidates.coaches_at.items():
            if about & set(coaches) or self._instance.site_of(session_id) in about or not about:
                yield session_id

    def _sites(self) -> Iterator[Candidate]:
        """One more session at a site, next to those that are held: on a day that begins soon."""
        offers = Offers(self._instance)
        for site in self._instance.sites:
            price = self._prices.get(f"rooms:{site.site_id}", 0.0)
            number = 0
            for day in self._instance.days:
                for edit in list(offers.at(site.site_id, day))[:1]:
                    if number < SESSIONS_EACH and self._somebody_could(edit):
                        number += 1
                        yield Candidate(f"rooms:{site.site_id}", edit, price, (edit.session_id,))

    def _somebody_could(self, edit: AddSession) -> bool:
        """Whether a coach could hold the session by their hours, and has no visit that day."""
        edited = apply_edits(self._instance, [edit])
        candidates = replace(self.given, instance=edited).candidates
        held = {v.coach_id for s, v in self.given.visit_in.items() if self._instance.session[s].date == edit.date}
        return bool(set(candidates.coaches_at.get(edit.session_id, ())) - held)

    # -- trying -------------------------------------------------------------------------------------------

    def _tried(self, candidate: Candidate) -> Limit | None:
        """The limit, where a roster with a unit more has a lower total than the one given, and needs the unit."""
        try:
            edited = apply_edits(self._instance, [candidate.edit])
        except EditError:
            return None
        seconds = self.clock.left if self._is_small else min(SECONDS_EACH, self.clock.left)
        clock = Clock.of(seconds, self.clock.workers, self.clock.seed)
        forced = Forcing.of(self.given, None, 0, edited, candidate.near).best(clock, few_changes=False)
        if forced.trial is None or forced.trial.total >= self.given.roster.objective:
            return None
        if self.given.tried(replace(self.given, instance=edited, roster=forced.trial.roster).plan).kept:
            return None
        edits = (candidate.edit,)
        says = " ".join(edits_words(self._instance, edits))
        return self._of_change(Change(edits=edits, says=says, total=forced.trial.total, verified=True))

    @cached_property
    def _is_small(self) -> bool:
        return is_small(problem_of(self._instance, self.given.rules, self.given.preferences).matrix)

    def _of_change(self, change: Change) -> Limit:
        """The change as a limit: proved where no roster is as good without it."""
        edit = change.edits[0]
        bound, now = self.given.bound, self.given.roster.objective
        proved = bound is not None and change.total < bound
        total = f"With it a roster has a total of {change.total:,}"
        if proved:
            known = f"{total}; without it none is below {bound:,}."
        else:
            known = f"{total} instead of {now:,}. Not proved: a better roster may exist without it."
        about, name = self._about(edit)
        says = f"{name}: {change.says} {known}"
        return Limit(about=about, want=want_of(edit), change=change, total=change.total, proved=proved, says=says)

    def _about(self, edit: Edit) -> tuple[str, str]:
        """What the edit loosens, as an id and in words."""
        if isinstance(edit, AddSession):
            site_id = self._instance.room[edit.room_id].site_id
            return f"rooms:{site_id}", f"Rooms at {site_name(self._instance, site_id)}"
        if isinstance(edit, AddBooking):
            return f"interpreters:{edit.skill}", f"Interpreters ({edit.skill})"
        if isinstance(edit, AddHours | RemoveLeave):
            return f"time:{edit.coach_id}", f"The time of coach {edit.coach_id}"
        if isinstance(edit, Set) and edit.table == "sites":
            return f"site_limit:{edit.id}", f"Visits allowed at {site_name(self._instance, edit.id)}"
        if isinstance(edit, Set) and edit.field == "max_travel_minutes_day":
            return f"travel_limit:{edit.id}", f"The time on the road of coach {edit.id}"
        if isinstance(edit, Set):
            period = edit.field.rpartition("_")[2]
            return f"workload:{edit.id}:{period}", f"The visits a {period} of coach {edit.id}"
        return "budget", "The budget"
