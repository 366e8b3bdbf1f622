"""Why not otherwise: a wish is made to come true, and four lines say what becomes of it.

Possible or not; what it costs, by price; what it gains; what change of the data would make it the right choice. What
is claimed was solved and checked, or is marked as not proved.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from roster.calendar import friendly_time, long_date
from roster.domain import Roster
from roster.edit_words import edits_words
from roster.edits import Edit, EditError, apply_edits
from roster.explain.questions.forced import Clock, Forced, Forcing
from roster.explain.questions.given import Given, Trial
from roster.explain.questions.ruled_out import RuledOut, ruled_out
from roster.explain.questions.wish import Wish
from roster.explain.questions.wished_changes import changes_for
from roster.explanations import Appointed, Change, Moved, WhyNot
from roster.fault import listed
from roster.instance import Instance
from roster.model import FREE
from roster.wording import how_many

FIRST_SHARE = 0.6
"""The share of the time that may go into the roster with the wish; the rest is for changes of the data."""
LEAST_SECONDS, REST_SHARE = 2.0, 0.75
"""So long changes are looked for, or this share of the time that the roster with the wish took."""
MOST_MOVED = 4
"""So many people are named in a line; the others are counted."""


def why_not(given: Given, wish: Wish, clock: Clock) -> WhyNot:
    """The answer to a wish. Raises RejectedError where a roster that was found fails the checker."""
    return _Asked(given, wish, clock).answer()


@dataclass(frozen=True)
class _Asked:
    given: Given
    wish: Wish
    clock: Clock
    began: float = field(default_factory=time.monotonic)

    def _rest(self) -> Clock:
        """The time for changes of the data."""
        return self.clock.at_most(max(LEAST_SECONDS, REST_SHARE * (time.monotonic() - self.began)))

    @property
    def _instance(self) -> Instance:
        return self.given.instance

    @cached_property
    def _wanted(self) -> int:
        return self.wish.wanted(self.given.roster, self._instance)

    @cached_property
    def _says(self) -> str:
        return self.wish.says(self._instance)

    def answer(self) -> WhyNot:
        """Whatever comes of it."""
        if self.wish.met(self.given.roster, self._instance) >= self._wanted:
            return self._already()
        forced = Forcing.of(self.given, self.wish, self._wanted).best(self.clock.share(FIRST_SHARE))
        if forced.trial is not None:
            return self._possible(forced, forced.trial)
        if forced.impossible:
            return self._impossible(forced)
        return self._not_known()

    def _made(self, **fields: object) -> WhyNot:
        settings = self._instance.settings
        common: dict[str, object] = {
            "instance": settings.name,
            "month": settings.month,
            "asked": self._says,
            "objective": self.given.roster.objective,
        }
        return WhyNot.model_validate(common | fields)

    # -- without another roster ---------------------------------------------------------------------------

    def _already(self) -> WhyNot:
        lines = (
            f"Possible: this roster has it already: {self._says}.",
            "It costs nothing: nothing changes.",
            "It gains nothing: nothing changes.",
            "No change of the data is needed.",
        )
        total = self.given.roster.objective
        return self._made(
            possible="yes",
            lines=lines,
            known="checked",
            total=total,
            difference=0,
            at_least=0,
            roster=self.given.roster,
        )

    def _impossible(self, forced: Forced) -> WhyNot:
        found: RuledOut = ruled_out(self.given, self.wish, self._rest())
        lines = (
            f"Impossible: there is no roster that keeps every rule in which {self._says}. {found.says}".rstrip(),
            "It has no cost, since there is no roster with it.",
            "It gains nothing.",
            found.way_out,
        )
        return self._made(
            possible="no",
            lines=lines,
            known="not proved" if forced.no_candidate and not found.confirmed else "proved",
            facts=found.facts,
            findings=found.findings,
            change=found.change,
        )

    def _not_known(self) -> WhyNot:
        lines = (
            f"Not known: time ran out before a roster was found or ruled out in which {self._says}.",
            "What it costs is not known.",
            "What it gains is not known.",
            "No change was looked for. A longer time limit may settle it.",
        )
        return self._made(possible="not known", lines=lines, known="not proved")

    # -- with one -----------------------------------------------------------------------------------------

    def _possible(self, forced: Forced, trial: Trial) -> WhyNot:
        before = self.given.roster
        difference, at_least = trial.total - before.objective, forced.at_least - before.objective
        costs = {n: trial.roster.costs[n] - before.costs[n] for n in before.costs}
        moved = moved_between(self._instance, before, trial.roster)
        change, tried = self._right_with(trial, self._rest()) if difference > 0 else (None, 0)
        lines = (
            f"Possible: there is a roster that keeps every rule in which {self._says}.",
            self._cost_line(forced, trial, costs, moved),
            _gain_line(costs, moved),
            _change_line(difference, change, tried, self.given.is_best),
        )
        now, then = _visits(before), _visits(trial.roster)
        kept = sum((self.given.plan.seen or {}).values()) - _people_kept(before, trial.roster)
        return self._made(
            possible="yes",
            lines=lines,
            known="proved" if forced.proved else "not proved",
            total=trial.total,
            difference=difference,
            at_least=min(difference, at_least),
            tie=difference == 0,
            costs=costs,
            visits_changed=len(now ^ then),
            people_moved=kept,
            moved=moved,
            change=change,
            changes_tried=tried,
            roster=trial.roster,
        )

    def _cost_line(self, forced: Forced, trial: Trial, costs: dict[str, int], moved: Sequence[Moved]) -> str:
        before = self.given.roster.objective
        difference = trial.total - before
        if difference < 0:
            first = (
                f"It costs nothing: the total falls by {-difference:,}, from {before:,} to {trial.total:,}. "
                "The roster given was not the best."
            )
        elif difference == 0:
            first = f"It costs nothing: this is a tie, the total is {before:,} either way."
        else:
            first = f"It costs {difference:,} in all: the total rises from {before:,} to {trial.total:,}."
        parts = [first, *self._proof(forced, difference, before)]
        rises = [f"{plain_name(n)} {d:,} more" for n, d in costs.items() if d > 0]
        if rises:
            parts.append(f"By price: {listed(rises, 'and')}.")
        later = [moved_words(m) for m in moved if _is_later(m)]
        return " ".join([*parts, *_few(later, "seen later or not at all")])

    def _proof(self, forced: Forced, difference: int, before: int) -> Iterator[str]:
        if forced.proved:
            yield "Proved: no roster with it has a lower total."
        elif difference > 0 and forced.at_least > before:
            yield f"Not proved: another way may cost less, but at least {forced.at_least - before:,}."
        else:
            yield "Not proved: another way may cost less."

    def _right_with(self, trial: Trial, clock: Clock) -> tuple[Change | None, int]:
        """The first change of the data, the smallest kinds first, with which nothing is better than the wish."""
        tried = 0
        for edits in changes_for(self.given, self.wish, trial):
            if clock.left <= 0:
                break
            tried += 1
            change = self._tried(edits, clock)
            if change is not None:
                return change, tried
        return None, tried

    def _tried(self, edits: tuple[Edit, ...], clock: Clock) -> Change | None:
        """The change, where the best roster with the wish is proved to be as good as any in the changed data."""
        try:
            edited = apply_edits(self._instance, edits)
        except EditError:
            return None
        as_now = self.given.tried(self.given.plan, edited)
        wished = Forcing.of(self.given, self.wish, self._wanted, edited).within(
            as_now.total if as_now.kept else FREE, clock
        )
        if wished.trial is None:
            return None
        total = wished.trial.total
        if Forcing.of(self.given, None, 0, edited).within(total - 1, clock).at_least < total:
            return None
        says = " ".join(edits_words(self._instance, edits))
        return Change(edits=edits, says=says, total=total, verified=True)


# -- what differs between two rosters -------------------------------------------------------------------------


def moved_between(instance: Instance, now: Roster, then: Roster) -> tuple[Moved, ...]:
    """Everybody whose appointment is another, in another session or with another coach, or is none, by referral."""
    before, after = _appointed(instance, now), _appointed(instance, then)
    moved = []
    for referral_id in instance.people:
        old, new = before.get(referral_id, []), after.get(referral_id, [])
        here = {(a.session_id, a.coach_id) for a in old} & {(a.session_id, a.coach_id) for a in new}
        rest = [[a for a in rows if (a.session_id, a.coach_id) not in here] for rows in (old, new)]
        moved += [Moved(referral_id=referral_id, now=a, then=b) for a, b in zip_longest(*rest)]
    return tuple(moved)


def _appointed(instance: Instance, roster: Roster) -> dict[str, list[Appointed]]:
    holder = {v.session_id: v.coach_id for v in roster.visits}
    found: dict[str, list[Appointed]] = {}
    for a in roster.appointments:
        day = instance.session[a.session_id].date
        where = Appointed(session_id=a.session_id, date=day, start=a.start, coach_id=holder[a.session_id])
        found.setdefault(a.referral_id, []).append(where)
    return {r: sorted(rows, key=lambda a: (a.date, a.start)) for r, rows in found.items()}


def moved_words(moved: Moved) -> str:
    """``R5 is seen on 9 March 2027 instead of 16 March 2027.``"""
    who, now, then = moved.referral_id, moved.now, moved.then
    if then is None:
        return f"{who} is not seen." if now is None else f"{who}, now seen on {long_date(now.date)}, is not seen."
    if now is None:
        return f"{who}, now not seen, is seen on {long_date(then.date)}."
    if now.date == then.date:
        return f"{who} is seen by {then.coach_id} at {friendly_time(then.start)} on {long_date(then.date)}."
    return f"{who} is seen on {long_date(then.date)} instead of {long_date(now.date)}."


def _is_later(moved: Moved) -> bool:
    return moved.now is not None and (moved.then is None or moved.then.date > moved.now.date)


def _is_earlier(moved: Moved) -> bool:
    return moved.then is not None and (moved.now is None or moved.then.date < moved.now.date)


def _few(sentences: Sequence[str], how: str) -> list[str]:
    """The first few, and how many more there are of whom the same is so."""
    if len(sentences) <= MOST_MOVED + 1:
        return list(sentences)
    more = len(sentences) - MOST_MOVED
    return [*sentences[:MOST_MOVED], f"{how_many(more, 'more person is', 'more people are')} {how}."]


def _gain_line(costs: dict[str, int], moved: Sequence[Moved]) -> str:
    falls = [f"{plain_name(n)} {-d:,} less" for n, d in costs.items() if d < 0]
    earlier = _few([moved_words(m) for m in moved if _is_earlier(m)], "seen earlier")
    if not falls and not earlier:
        return "It gains nothing: no price falls and nobody is seen earlier."
    first = f"It gains: {listed(falls, 'and')}." if falls else "It gains, though no price falls:"
    return " ".join([first, *(earlier or ["Nobody is seen earlier."])])


def _change_line(difference: int, change: Change | None, tried: int, is_best: bool) -> str:
    if difference < 0:
        return "No change of the data is needed: it is the better choice as things are."
    if difference == 0:
        as_good = "it is as right a choice" if is_best else "it is as good as the roster given"
        return f"No change of the data is needed: {as_good}."
    if change is not None:
        return f"It would be the right choice after this change: {change.says} Proved: nothing would then be better."
    looked = f"{how_many(tried, 'change')} tried" if tried else "there was none to try"
    return f"No single change was found that is proved to make it the right choice: {looked}."


def plain_name(price: str) -> str:
    """A price as it is read: ``new face``."""
    return price.replace("_", " ")


def _visits(roster: Roster) -> set[tuple[str, str]]:
    return {(v.coach_id, v.session_id) for v in roster.visits}


def _people_kept(now: Roster, then: Roster) -> int:
    left = [(a.referral_id, a.session_id) for a in then.appointments]
    kept = 0
    for a in now.appointments:
        if (a.referral_id, a.session_id) in left:
            left.remove((a.referral_id, a.session_id))
            kept += 1
    return kept
