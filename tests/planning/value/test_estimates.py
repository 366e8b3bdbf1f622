"""Estimates of roster value against brute force: what looks best holds what is best."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from models import PREFERENCES, RULES
from roster.edits import apply_edits
from roster.planning.value.candidates import Candidate, candidates_of
from roster.planning.value.choose import best_of_each, chosen, for_practices, promising
from roster.planning.value.estimate import Estimating
from roster.planning.value.prices import Base, Model
from roster.planning.value.process import Task, estimates
from roster.search.relax import Relaxation
from tests.planning.value.exact import region, saved_by_each

TINY = [("tiny-one-room", 1), ("tiny-one-room", 2), ("tiny-one-room", 3), ("tiny-published", 2)]
TOP = 10


def for_ever() -> float:
    return 60.0


@cache
def estimated(recipe: str, seed: int, enough: int = 99) -> Mapping[str, float]:
    base = region(recipe, seed)
    found = list(Estimating(base, RULES, PREFERENCES, candidates_of(base), enough).run(for_ever, for_ever))
    assert found
    return found[-1]


@pytest.mark.parametrize(("recipe", "seed"), TINY)
def test_what_is_tried_holds_what_is_best_of_all(recipe: str, seed: int) -> None:
    saved = saved_by_each(recipe, seed)
    tried = chosen(promising(candidates_of(region(recipe, seed)), estimated(recipe, seed)), TOP)
    assert max(saved.values()) > 0
    assert max(saved[c.name] for c in tried if c.name in saved) == max(saved.values())


@pytest.mark.parametrize(("recipe", "seed"), TINY)
def test_every_candidate_has_an_estimate(recipe: str, seed: int) -> None:
    assert set(estimated(recipe, seed)) == {c.name for c in candidates_of(region(recipe, seed))}


def test_what_is_known_well_is_what_the_candidates_own_relaxation_saves() -> None:
    recipe, seed = "tiny-published", 2
    base, known = region(recipe, seed), estimated(recipe, seed)
    best = [c for c in best_of_each(candidates_of(base), known) if known[c.name]]
    assert len(best) > 1
    without = _bound(Model.of(base, RULES, PREFERENCES))
    for candidate in best:
        own = without - _bound(Model.of(apply_edits(base, candidate.edits), RULES, PREFERENCES))
        assert known[candidate.name] == pytest.approx(own, abs=1.5)


def test_no_estimate_is_below_what_the_candidates_own_relaxation_saves() -> None:
    recipe, seed = "tiny-one-room", 2
    base, rough = region(recipe, seed), estimated(recipe, seed, 0)
    without = _bound(Model.of(base, RULES, PREFERENCES))
    for candidate in candidates_of(base):
        own = without - _bound(Model.of(apply_edits(base, candidate.edits), RULES, PREFERENCES))
        assert rough[candidate.name] >= own - 1.5


def _bound(model: Model) -> int:
    lagrangian = model.lagrangian
    return Relaxation(lagrangian, lagrangian.nobody_worth_seeing()).run(for_ever).bound


def test_the_base_at_its_own_prices_saves_nothing_over_itself() -> None:
    base = Base.of(region("tiny-published", 2), RULES, PREFERENCES, for_ever)
    same = base.priced(base.model)
    assert base.finished
    assert same.saves(base) == 0
    assert not same.new.any()
    assert same.by_session() == {}


def test_the_process_answers_as_the_estimates_do_themselves() -> None:
    base = region("tiny-one-room", 2)
    found, stopped = estimates(Task(base, RULES, PREFERENCES, candidates_of(base), 99, 60.0))
    assert not stopped
    assert found == estimated("tiny-one-room", 2)


def test_without_time_nothing_is_estimated() -> None:
    base = region("tiny-one-room", 2)
    assert list(Estimating(base, RULES, PREFERENCES, candidates_of(base), 9).run(lambda: 0.0, lambda: 0.0)) == []


# -- choosing -------------------------------------------------------------------------------------------------


def made(*promises: tuple[str, str, float | None]) -> tuple[list[Candidate], dict[str, float]]:
    """Candidates of (kind, about, estimate), named by their number."""
    one = candidates_of(region("tiny-one-room", 2))[0]
    found = [replace(one, name=str(n), kind=kind, about=about) for n, (kind, about, _) in enumerate(promises)]  # type: ignore[arg-type]  # the kinds below are some
    return found, {str(n): promise for n, (_, _, promise) in enumerate(promises) if promise is not None}


def test_the_best_of_each_kind_comes_first_then_that_of_each_site_then_the_next_days() -> None:
    candidates, known = made(
        ("session", "X", 9.0), ("session", "X", 8.0), ("session", "Y", 5.0), ("booking", "bsl", 1.0), ("break", "", 0.0)
    )
    in_order = promising(candidates, known)
    assert [c.name for c in in_order] == ["0", "1", "2", "3"]
    assert [c.name for c in chosen(in_order, 1)] == ["0"]
    assert [c.name for c in chosen(in_order, 2)] == ["0", "3"]
    assert [c.name for c in chosen(in_order, 3)] == ["0", "3", "2"]
    assert [c.name for c in chosen(in_order, 9)] == ["0", "3", "2", "1"]


def test_what_has_no_estimate_comes_after_what_has_one() -> None:
    candidates, known = made(("session", "X", None), ("session", "Y", 0.5), ("session", "Z", 0.0))
    assert [c.name for c in promising(candidates, known)] == ["1", "0"]
    assert [c.name for c in best_of_each(candidates, known)] == ["1", "2", "0"]


def test_the_sheets_want_the_best_session_at_the_site_of_each_practice() -> None:
    base = region("tiny-published", 2)
    candidates, known = made(*(("session", p.site_id, 1.0 + n) for n, p in enumerate(base.practices)))
    candidates += made(("session", "elsewhere", 9.0))[0]
    wanted = for_practices(promising(candidates, known), base.practices)
    assert {c.about for c in wanted} == {p.site_id for p in base.practices}
