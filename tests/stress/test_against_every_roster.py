"""Every case of tiny worlds: the repair is the best of all rosters of the edited data, by plain enumeration."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import roster.stress.search
from models import PREFERENCES, RULES
from models.continuity import change
from models.urgency.see_by import WEIGHTS
from roster.domain import Roster
from roster.edits import apply_edits
from roster.files import read, write_folder
from roster.instance import Instance
from roster.plan import draft_of
from roster.stress.cases import Case, cases_of
from roster.stress.compare import Terms
from roster.stress.search import best_repair, with_case, without
from roster.stress.worker import Bench
from tests.oracle import enumerate as enumeration
from tests.oracle.contract import load
from tests.oracle.tiny import write_tiny
from tests.oracle.world import Plan
from tests.oracle.writing import as_roster

SEEDS = range(24)
TERMS = Terms(RULES, PREFERENCES, change.PREFERENCE, change.CHANGES, WEIGHTS)


def published(folder: Path) -> Instance | None:
    """The world of a folder with its best roster as the published one; None where no roster keeps every rule."""
    world = load(folder)
    best = enumeration.best(world)
    if best is None:
        return None
    told = Roster.model_validate(as_roster(world, best[1], proved=True, bound=best[0]))
    return read(folder).valid().replaced(published=told)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[Instance]:
    """Tiny ragged worlds with a published roster."""
    root = tmp_path_factory.mktemp("tiny")
    found = [published(write_tiny(root / str(seed), seed)) for seed in SEEDS]
    return [instance for instance in found if instance is not None]


def every_case(worlds: list[Instance]) -> Iterator[tuple[Bench, Case]]:
    for instance in worlds:
        bench = Bench(instance, TERMS)
        yield from ((bench, case) for case in cases_of(instance))


def weighed(edited: Instance, repair: Roster) -> tuple[int, int, int]:
    """People past their dates, other promises broken at their price, and the sum of all prices."""
    prices = edited.settings.repair_prices
    late = other = 0
    for finding in (finding for rule in RULES for finding in rule.check(edited, repair)):
        if finding.rule == "see_by":
            late += finding.amount * WEIGHTS[edited.people[finding.fact.partition(":")[2]].band]
        else:
            assert finding.rule in ("presence", "pin"), finding
            other += finding.amount * {"presence": prices.presence, "pin": prices.pin}[finding.rule]
    return late, other, sum(preference.price(edited, repair) for preference in PREFERENCES)


def test_the_repair_of_every_case_is_the_best_of_all_rosters_of_the_edited_data(
    worlds: list[Instance], tmp_path: Path
) -> None:
    infeasible = tried = 0
    for number, (bench, case) in enumerate(every_case(worlds)):
        edited = apply_edits(bench.instance, case.edits)
        best = best_repair(with_case(bench.near, case), without(bench.told, case), 20.0)
        assert best is not None
        assert best.proved
        write_folder(edited, tmp_path / str(number))
        exact = enumeration.best_compromise(load(tmp_path / str(number)))
        assert exact is not None
        assert weighed(edited, draft_of(edited, best.plan)) == exact[0], case
        assert best.people_at_least == exact[0][0]
        tried, infeasible = tried + 1, infeasible + (exact[0][:2] != (0, 0))
    assert tried > 30
    assert 0 < infeasible < tried


def test_what_is_found_near_the_roster_keeps_the_rules_and_claims_no_more_than_is_so(
    worlds: list[Instance], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster.stress.search, "is_small", lambda _: False)
    best_of_all = tried = 0
    for number, (bench, case) in enumerate(every_case(worlds)):
        edited = apply_edits(bench.instance, case.edits)
        best = best_repair(with_case(bench.near, case), without(bench.told, case), 0.3)
        assert best is not None
        assert not best.proved
        write_folder(edited, tmp_path / str(number))
        exact = enumeration.best_compromise(load(tmp_path / str(number)))
        assert exact is not None
        found = weighed(edited, draft_of(edited, best.plan))
        assert found >= exact[0]
        assert best.people_at_least <= exact[0][0]
        tried, best_of_all = tried + 1, best_of_all + (found == exact[0])
    assert best_of_all > tried / 2


def test_what_is_said_of_a_repair_adds_up(worlds: list[Instance]) -> None:
    for bench, case in every_case(worlds):
        repaired = bench.repaired(case, 20.0)
        assert repaired is not None
        assert repaired.proved
        assert repaired.certain <= repaired.people
        assert repaired.weight == sum(WEIGHTS[hit.band] * hit.people for hit in repaired.hits)
        assert sum(WEIGHTS[h.band] * h.certain for h in repaired.hits) <= repaired.weight_at_least <= repaired.weight
        assert not set(repaired.later) & {hit.referral_id for hit in repaired.hits}


def test_whom_nothing_helps_is_late_in_every_roster(worlds: list[Instance], tmp_path: Path) -> None:
    said = 0
    for number, (bench, case) in enumerate(every_case(worlds)):
        repaired = bench.repaired(case, 20.0)
        assert repaired is not None
        lost = [hit for hit in repaired.hits if hit.certain]
        if lost:
            write_folder(apply_edits(bench.instance, case.edits), tmp_path / str(number))
            world = load(tmp_path / str(number))
            for plan in enumeration.every_roster(world, ("see_by", "presence", "pin")):
                assert all(fewer(bench.instance, plan, hit.referral_id) >= hit.certain for hit in lost)
                said += 1
    assert said > 100


def fewer(instance: Instance, plan: Plan, referral_id: str) -> int:
    """How many people of the referral fewer than published are seen by their date, or at all: the larger number."""
    assert instance.published is not None
    by = instance.people[referral_id].see_by
    then = [a.session_id for a in instance.published.appointments if a.referral_id == referral_id]
    now = [a.session_id for a in plan.appointments if a.referral_id == referral_id]

    def in_time(sessions: list[str]) -> int:
        return sum(by is not None and instance.session[s].date <= by for s in sessions)

    return max(in_time(then) - in_time(now), len(then) - len(now))
