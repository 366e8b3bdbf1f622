"""The price of a shorter wait is that which trying every roster gives, and never claims more than is proved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest

from models import PREFERENCES, RULES
from models.urgency.wait_at import days_at, wait_at
from roster.domain import Roster
from roster.instance import Instance
from roster.planning.fairness import price as pricing
from roster.planning.fairness.price import FairTerms
from roster.planning.fairness.record import Price
from roster.planning.fairness.report import Fairness, HeldBackError, fairness
from roster.rule import Preference, Rule
from roster.solve import Options, Progress, Result, solve
from roster.verify import verify
from tests.plain_words import complaints_of_a_sentence
from tests.planning.fairness.best import Tried, split_town, tried

TERMS = FairTerms(RULES, PREFERENCES, wait_at, days_at)
ASKED = Options(time_limit=40.0, workers=1)
TOWNS = {
    "more for one is less for the other": (1, "A", 30),
    "a second visit helps both": (2, "C", 40),
    "nobody of the five fits": (2, "B", 130),
}


ONE = "more for one is less for the other"


def best_of(instance: Instance) -> Roster:
    """The best roster there is."""
    result = solve(instance, RULES, PREFERENCES, ASKED)
    assert result.roster is not None
    assert result.outcome == "optimal"
    return result.roster


@cache
def answered(name: str) -> tuple[Instance, Roster, Fairness]:
    """A town, its best roster, and the answer."""
    instance = split_town(*TOWNS[name])
    roster = best_of(instance)
    return instance, roster, fairness(instance, roster, TERMS, ASKED, every_group=True)


@pytest.fixture(scope="module", params=TOWNS)
def case(request: pytest.FixtureRequest) -> tuple[Instance, Roster, Tried, Fairness]:
    """A town, its best roster, every roster of it, and the answer."""
    instance, roster, answer = answered(request.param)
    return instance, roster, tried(instance, "PX", 3, 8), answer


def test_the_best_roster_is_the_best_of_all(case: tuple[Instance, Roster, Tried, Fairness]) -> None:
    _, roster, every, _ = case
    assert roster.objective == every.best()


def test_the_price_is_the_one_that_every_roster_gives(case: tuple[Instance, Roster, Tried, Fairness]) -> None:
    instance, roster, every, answer = case
    price = answer.report.price
    assert price is not None
    assert price.practice_id == "PX"
    days = round(price.mean_days * 5)
    fairer, base = every.best(days * 9 // 10), every.best()
    assert base is not None
    if fairer is None:
        assert price.outcome == "cannot_be"
        assert price.least_days == min(every.days) / 5
        fairer = every.best(min(every.days))
        assert fairer is not None
    else:
        assert price.outcome == "found"
    assert (price.least, price.most, price.proof) == (fairer - base, fairer - base, "exact")
    assert answer.roster is not None
    assert verify(instance, answer.roster, RULES, PREFERENCES).accepted
    assert answer.roster.objective == fairer
    assert answer.roster.bound == roster.bound


def test_who_pays_is_what_differs_between_the_two_rosters(case: tuple[Instance, Roster, Tried, Fairness]) -> None:
    instance, _, _, answer = case
    price, again = answer.report.price, answer.roster
    assert price is not None
    assert again is not None
    after = fairness(instance, again, TERMS, every_group=True).report
    before = answer.report
    payers = {(p.kind, p.id): p for p in price.payers}
    for was, now in zip(before.groups, after.groups, strict=True):
        paid = payers[was.kind, was.id]
        assert was.of_all is not None
        assert now.of_all is not None
        assert (paid.seen_more, was.people) == ((now.seen or 0) - (was.seen or 0), now.people)
        mean_before, mean_now = was.of_all.mean_days or 0.0, now.of_all.mean_days or 0.0
        assert paid.mean_days_more == pytest.approx(mean_now - mean_before, abs=0.011)
        assert (paid.longer or 0) + (paid.shorter or 0) <= (was.people or 0)
        assert (paid.days_more or 0) == 0 or paid.longer or paid.shorter
    assert (payers["practice", "PX"].days_more or 0) <= 0


def test_the_sentence_is_plain(case: tuple[Instance, Roster, Tried, Fairness]) -> None:
    report = case[3].report
    assert report.price is not None
    for says in (report.says, *report.price.says.split(". ")):
        assert complaints_of_a_sentence(says.rstrip(".") + ".") == []


# -- what is not proved ---------------------------------------------------------------------------------------


def answers_of(*answers: Result) -> object:
    """A search that gives these results, one after another."""
    left = list(answers)

    def found(_: Instance, __: Sequence[Rule], ___: Sequence[Preference], ____: Options, tell: object = None) -> Result:
        assert callable(tell)
        tell(Progress(1.0, 1.0, None, None, ""))
        return left.pop(0)

    return found


def _price(instance: Instance, roster: Roster, hear: Callable[[str], None] = lambda _: None) -> Price:
    asked = fairness(instance, roster, TERMS, ASKED, every_group=True, tell=lambda progress: hear(progress.says))
    assert asked.report.price is not None
    return asked.report.price


def test_no_price_is_given_that_would_speak_of_a_practice_that_is_held_back() -> None:
    instance, roster, _ = answered(ONE)
    with pytest.raises(HeldBackError):
        fairness(instance, roster, TERMS, ASKED)


NOTHING = Result("unknown", None, "Time ran out.", 1.0)


def test_where_neither_search_finds_anything_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, roster, _ = answered(ONE)
    monkeypatch.setattr(pricing, "solve", answers_of(NOTHING, NOTHING))
    heard: list[str] = []
    price = _price(instance, roster, heard.append)
    assert (price.outcome, price.least, price.payers) == ("not_known", None, ())
    assert price.says.startswith("No roster with a mean wait at PX (PX) of ")
    assert price.says.endswith("that there is none is not proved. Give it more time.")
    assert heard == ["a shorter wait", "the shortest wait there is"]


def test_stopped_before_anything_is_found_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, roster, _ = answered(ONE)
    monkeypatch.setattr(pricing, "solve", answers_of(replace(NOTHING, stopped=True)))
    price = _price(instance, roster)
    assert price.stopped
    assert price.says.startswith("Stopped by you: no roster")


def test_what_the_searches_leave_open_is_between_two_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, roster, exact = answered(ONE)
    assert exact.roster is not None
    assert exact.report.price is not None
    total = exact.roster.objective
    found = exact.roster.model_copy(update={"bound": total - 100, "outcome": "feasible"})
    monkeypatch.setattr(pricing, "solve", answers_of(Result("feasible", found, "", 1.0)))
    given = roster.model_copy(update={"bound": roster.objective - 10, "outcome": "feasible"})
    price = _price(instance, given)
    truth = exact.report.price.most
    assert truth is not None
    assert price.least == max(0, truth - 100)
    assert price.most == truth + 10
    assert price.proof == ("more" if truth > 100 else "not_proved")
    assert ("between" if truth > 100 else "costs at most") in price.says
