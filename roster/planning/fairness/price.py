"""What it costs to make the longest wait of any practice shorter: the same month with one rule more, re-solved.

Where no such roster is found, a second search asks how low the wait can be at all: that it cannot be low enough is
proved by it, in another model than the one that had no roster. Then what the lowest wait costs is asked instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from roster.domain import Roster
from roster.instance import Instance
from roster.planning.fairness.figures import Picture, payers, picture_of
from roster.planning.fairness.record import SHORTER_PERCENT, Price, PriceOutcome
from roster.planning.fairness.waits import Members
from roster.planning.fairness.words import cannot_be_words, not_known_words, price_words
from roster.planning.record import Proof
from roster.rule import Preference, Rule
from roster.solve import Options, Progress, solve
from roster.verify import verify

SHARES = (0.5, 0.25, 0.25)
"""Of the time, how much each search may take: for a shorter wait, for the shortest there is, for what that costs."""
OUTRANKED = "Outranked"
SAYS: dict[PriceOutcome, Callable[[Price], str]] = {
    "found": price_words,
    "cannot_be": cannot_be_words,
    "not_known": not_known_words,
}
Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class FairTerms:
    """What rosters keep and cost; the rule that a practice's people wait at most so many days; those days as a cost."""

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    wait_at: Callable[[str, int], Rule]
    days_at: Callable[[str], Preference]


@dataclass(frozen=True)
class Fairer:
    """The price, and the roster with the shorter wait where one was found: it says of itself what holds among all."""

    price: Price
    roster: Roster | None = None


def price_of(
    picture: Picture, given: Roster, worst: Members, terms: FairTerms, options: Options, tell: Tell = lambda _: None
) -> Fairer:
    """The price of a shorter wait at the practice ``worst``. ``given`` keeps every rule, and its bound is true.

    KeyboardInterrupt ends the search, and what was found counts.
    """
    return _Asked(picture, given, worst, terms, options, tell).run()


@dataclass(frozen=True)
class _Found:
    """A roster with the shorter wait, what no such roster goes below, and whether the search was stopped."""

    roster: Roster | None
    bound: int = 0
    stopped: bool = False


@dataclass(frozen=True)
class _Asked:
    picture: Picture
    given: Roster
    worst: Members
    terms: FairTerms
    options: Options
    tell: Tell

    def run(self) -> Fairer:
        first = self._with_at_most(self.most_days, SHARES[0], "a shorter wait")
        if first.roster is not None or first.stopped:
            return self._answer("found", first) if first.roster is not None else self._answer("not_known", first)
        low = self._lowest()
        if low.roster is None:
            return self._answer("not_known", low)
        if self._days(low.roster) <= self.most_days:
            return self._answer("found", replace(low, roster=self._priced(low.roster), bound=0))
        if low.bound <= self.most_days:
            return self._answer("not_known", _Found(None, 0, low.stopped), low.bound)
        if low.stopped:
            return self._answer("cannot_be", _Found(None, 0, low.stopped), low.bound)
        cheaper = self._with_at_most(self._days(low.roster), SHARES[2], "what the shortest wait costs")
        if cheaper.roster is None:
            cheaper = _Found(self._priced(low.roster), 0, cheaper.stopped)
        return self._answer("cannot_be", cheaper, low.bound)

    @property
    def _instance(self) -> Instance:
        return self.picture.instance

    @property
    def most_days(self) -> int:
        """How many days the practice's people may wait in all."""
        return sum(self.picture.days(self.worst)) * (100 - SHORTER_PERCENT) // 100

    def _with_at_most(self, days: int, share: float, what: str) -> _Found:
        """The best roster in which the practice's people wait at most so many days in all."""
        rules = (*self.terms.rules, self.terms.wait_at(self.worst.id, days))
        return self._solved(rules, self.terms.preferences, share, what)

    def _lowest(self) -> _Found:
        """The roster in which they wait the fewest days in all, and the days that no roster goes below."""
        costs = (self.terms.days_at(self.worst.id),)
        return self._solved(self.terms.rules, costs, SHARES[1], "the shortest wait there is")

    def _solved(self, rules: Sequence[Rule], costs: Sequence[Preference], share: float, what: str) -> _Found:
        asked = replace(self.options, time_limit=share * self.options.time_limit, compromise=False)
        found = solve(self._instance, rules, costs, asked, self._telling(what))
        return _Found(found.roster, 0 if found.roster is None else found.roster.bound, found.stopped)

    def _days(self, roster: Roster) -> int:
        return sum(picture_of(self._instance, roster, every_group=True).days(self.worst))

    def _priced(self, roster: Roster) -> Roster:
        """The roster with the costs of the month in the place of those of the second search."""
        costs = {p.name: p.price(self._instance, roster) for p in self.terms.preferences}
        total = sum(costs.values())
        return roster.model_copy(update={"costs": costs, "objective": total, "bound": 0, "outcome": "feasible"})

    def _telling(self, what: str) -> Tell:
        return lambda progress: self.tell(replace(progress, says=f"{what}: {progress.says}" if progress.says else what))

    # -- what came of it ----------------------------------------------------------------------------------

    def _mean(self, days: int) -> float:
        return round(days / len(self.picture.days(self.worst)), 2)

    def _price(self, **fields: object) -> Price:
        days = self.picture.days(self.worst)
        practice = self._instance.practice[self.worst.id]
        known: dict[str, object] = {
            "practice_id": practice.practice_id,
            "name": practice.name,
            "people": len(days),
            "mean_days": self._mean(sum(days)),
            "asked_days": self._mean(self.most_days),
        }
        return Price.model_validate(known | fields)

    def _answer(self, outcome: PriceOutcome, found: _Found, lowest: int | None = None) -> Fairer:
        """``lowest``: no roster brings the days of all the practice's people together below this."""
        least_days = None if lowest is None else self._mean(lowest)
        price = self._price(outcome=outcome, says="", stopped=found.stopped, least_days=least_days)
        roster = None
        if found.roster is not None:
            roster = self._as_one_of_all(found.roster)
            price = price.model_copy(update=self._costs(roster, found.bound))
        return Fairer(price.model_copy(update={"says": SAYS[outcome](price)}), roster)

    def _costs(self, roster: Roster, bound: int) -> dict[str, object]:
        """What the shorter wait costs, and who pays. ``bound``: no roster with such a wait has a lower total."""
        least = max(0, bound - min(self.given.objective, roster.objective))
        most = roster.objective - self.given.bound
        after = picture_of(self._instance, roster, every_group=True)
        return {
            "reached_days": self._mean(self._days(roster)),
            "total": roster.objective - self.given.objective,
            "least": least,
            "most": most,
            "proof": _proof(least, most),
            "payers": payers(self.picture, after),
        }

    def _as_one_of_all(self, roster: Roster) -> Roster:
        """The roster with what is known of all rosters, and with reasons that speak of those asked. It is checked."""
        bound = min(self.given.bound, roster.objective)
        but = f" Rosters with a longer wait at {self.worst.says} were not asked."
        unseen = tuple(
            u.model_copy(update={"reason": u.reason + but}) if u.reason.startswith(OUTRANKED) else u
            for u in roster.unseen
        )
        outcome = "optimal" if bound == roster.objective else "feasible"
        made = roster.model_copy(update={"bound": bound, "outcome": outcome, "unseen": unseen})
        verdict = verify(self._instance, made, self.terms.rules, self.terms.preferences)
        assert verdict.accepted, (*verdict.form, *verdict.broken)
        return made


def _proof(least: int, most: int) -> Proof:
    if least == most:
        return "exact"
    return "more" if least > 0 else "not_proved"
