"""Large models are solved part by part: what is claimed then is as true, if less is proved."""

import pytest

from roster import cpsat
from roster.explain.questions.forced import Clock, Forcing
from roster.explain.questions.wish import Wish
from tests.explain.test_why_not import SECONDS, Tried


@pytest.fixture
def all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every model counts as large."""
    monkeypatch.setattr("roster.explain.questions.forced.is_small", lambda _: False)


def forced(tried: Tried, wish: Wish) -> Forcing:
    return Forcing.of(tried.given, wish, wish.wanted(tried.given.roster, tried.instance))


@pytest.mark.usefixtures("all_large")
@pytest.mark.parametrize("name", ["ragged", "fortnight", "published", "edges"])
def test_where_one_part_is_the_whole_the_roster_is_the_best_with_the_wish(name: str) -> None:
    tried = Tried(name)
    for wish in tried.wishes():
        found = forced(tried, wish).best(Clock.of(SECONDS, workers=1))
        least = tried.least(wish)
        assert (None if found.trial is None else found.trial.total) == least, wish
        assert found.impossible == (least is None)
        if found.trial is not None:
            assert found.at_least <= found.trial.total


@pytest.mark.usefixtures("all_large")
@pytest.mark.parametrize("name", ["ragged", "long day"])
def test_small_parts_give_a_roster_with_the_wish_and_no_false_proof(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.explain.questions.forced.FIRST_PART", 1)
    monkeypatch.setattr("roster.explain.questions.forced.GROWTH", 2)
    tried = Tried(name)
    for wish in tried.wishes():
        found = forced(tried, wish).best(Clock.of(SECONDS, workers=1))
        least = tried.least(wish)
        assert found.impossible == (least is None)
        if least is not None:
            assert found.trial is not None
            assert found.trial.total >= least >= found.at_least
            assert wish.met(found.trial.roster, tried.instance) >= wish.wanted(tried.given.roster, tried.instance)


@pytest.mark.usefixtures("all_large")
def test_where_nothing_is_found_in_time_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Tried("long day")
    assert tried.given.is_best
    monkeypatch.setattr(cpsat, "solve", lambda *_, **__: cpsat.Answer("unknown", 0, None))
    found = forced(tried, Wish(coach_id="C2", session_id="W4")).best(Clock.of(SECONDS, workers=1))
    assert (found.trial, found.impossible, found.proved) == (None, False, False)
    assert found.at_least == tried.given.roster.bound
