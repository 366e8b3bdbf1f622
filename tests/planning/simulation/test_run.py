"""Runs: people are conserved, the same seed gives the same, what was done is not done again, and things go wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain import Pin, Roster
from roster.instance import Instance
from roster.planning.simulation.chance import Chance
from roster.planning.simulation.people import Person
from roster.planning.simulation.rosterer import Rostered
from roster.planning.simulation.run import Asked, Simulating
from roster.planning.simulation.state import MonthDone, RunState, Store
from roster.planning.simulation.step import data_of, lived
from roster.planning.simulation.terms import Terms
from roster.validity import faults_of
from tests.many.runs import ROOT
from tests.planning.simulation.queue import FirstCome, Forgetting, first_come, one_room, queue_of, simulated, terms

GOES_WRONG: dict[str, object] = {
    "missed": {"share": 0.2},
    "illness": {"days": 0.1, "weeks": 0.05},
    "withdrawn": {"sessions": 0.1},
}


def told_before() -> dict[str, object]:
    """The same, known before rosters are made."""
    return {
        "missed": {"share": 0.2},
        "illness": {"days": 0.1, "weeks": 0.05, "known": "before"},
        "withdrawn": {"sessions": 0.1, "known": "before"},
    }


def check_conserved(months: Sequence[MonthDone], before: int) -> None:
    for m in months:
        assert m.before == before
        assert m.before + m.people_referred == m.people_seen + m.after
        assert m.booked == m.people_seen + m.missed + m.ill + m.withdrawn
        assert m.booked <= m.on_list <= m.before
        before = m.after


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.floats(1.0, 30.0), st.booleans())
def test_people_are_seen_or_wait_and_nobody_else_is_lost(seed: int, a_month: float, known_before: bool) -> None:
    given_terms = terms(a_month, 2, told_before() if known_before else GOES_WRONG)
    ((months,),) = simulated(queue_of(one_room(2), given_terms), months=5, runs=1, seed=seed)
    check_conserved(months, 2)
    if known_before:
        assert sum(m.ill + m.withdrawn for m in months) == 0


def test_what_goes_wrong_goes_wrong_at_the_rate_given() -> None:
    (found,) = simulated(queue_of(one_room(), terms(30.0, 1, GOES_WRONG)), months=12, runs=20)
    counted: Counter[str] = Counter()
    for months in found:
        for m in months:
            counted += Counter(booked=m.booked, missed=m.missed, ill=m.ill, withdrawn=m.withdrawn)
    ill = 1 - 0.9 * 0.95
    assert counted["ill"] / counted["booked"] == pytest.approx(ill, abs=0.03)
    assert counted["withdrawn"] / counted["booked"] == pytest.approx((1 - ill) * 0.1, abs=0.03)
    assert counted["missed"] / counted["booked"] == pytest.approx((1 - ill) * 0.9 * 0.2, abs=0.03)


def test_somebody_who_was_missed_after_the_next_list_was_made_is_on_the_list_after_it() -> None:
    world = queue_of(one_room(), terms(0.001, 1, {"missed": {"share": 1.0}}))
    state, chance = RunState(made_of="", case="base", run=1, waiting=world.start(Chance(1, 1))), Chance(1, 1)
    person = state.waiting[0].referral
    late = state.model_copy(update={"waiting": (Person(referral=person, on_list_from=date(2027, 3, 24)),)})
    assert data_of(world, chance, 1, late.waiting).referrals == ()
    assert data_of(world, chance, 2, late.waiting).referrals == (person,)
    made = data_of(world, chance, 0, state.waiting)
    after = lived(world, chance, made, state, Rostered("", first_come(made), ""))
    assert [(p.referral, p.on_list_from) for p in after.waiting] == [(person, date(2027, 3, 3))]


def test_of_people_alike_each_is_seen_or_waits_on() -> None:
    base = one_room()
    three = base.replaced(referrals=(base.referrals[0].model_copy(update={"count": 3}),))
    world = queue_of(three, terms(0.001, 1, {"missed": {"share": 0.5}}))
    for run in range(1, 9):
        chance = Chance(1, run)
        state = RunState(made_of="", case="base", run=run, waiting=world.start(chance))
        made = data_of(world, chance, 0, state.waiting)
        after = lived(world, chance, made, state, Rostered("", first_come(made), ""))
        check_conserved(after.months, 3)
        assert len({p.referral.referral_id for p in after.waiting}) == len(after.waiting)
        assert after.months[0].booked == 3


def test_the_same_seed_gives_the_same_whatever_ends_first_and_another_seed_gives_another() -> None:
    world = queue_of(one_room(2), terms(10.0, 2, GOES_WRONG))
    one = simulated(world, months=6, runs=4)
    assert simulated(world, months=6, runs=4, at_once=3) == one
    assert simulated(world, months=6, runs=4, seed=2) != one
    assert simulated(world, months=4, runs=2)[0] == [months[:4] for months in one[0][:2]]


def states(store: Path) -> list[object]:
    return [json.loads(path.read_text()) for path in sorted(store.rglob("*.json"))]


def run_of(out: Path, months: int = 4, given: Terms | None = None, gone_after: int | None = None) -> Simulating:
    world = queue_of(one_room(2), given or terms(10.0, 2, GOES_WRONG))
    return Simulating([world], Asked(months, 3, 1), FirstCome(2, gone_after), Store(out)).run()


@pytest.mark.parametrize("gone_after", [0, 1, 5, 11])
def test_a_run_that_was_ended_and_gone_on_with_is_the_one_that_was_not(tmp_path: Path, gone_after: int) -> None:
    whole = run_of(tmp_path / "whole")
    stopped = run_of(tmp_path / "parts", gone_after=gone_after)
    assert (whole.stopped, stopped.stopped) == (False, True)
    assert sum(t.months for t in stopped.tracks) == gone_after
    rest = run_of(tmp_path / "parts")
    assert sum(t.kept for t in rest.tracks) == gone_after
    assert [t.state for t in rest.tracks] == [t.state for t in whole.tracks]
    assert states(tmp_path / "parts") == states(tmp_path / "whole")


def test_a_run_whose_process_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    code = (
        f"from pathlib import Path; from {__name__} import run_of; run_of(Path({str(tmp_path / 'parts')!r}), months=24)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    ends = time.monotonic() + 60
    while len(list(tmp_path.rglob("run-0003.json"))) < 1 and time.monotonic() < ends:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    rest, whole = run_of(tmp_path / "parts", months=24), run_of(tmp_path / "whole", months=24)
    assert sum(t.kept for t in rest.tracks) >= 2
    assert [t.state for t in rest.tracks] == [t.state for t in whole.tracks]


def test_more_months_go_on_from_those_that_are_done(tmp_path: Path) -> None:
    run_of(tmp_path, months=2)
    more = run_of(tmp_path, months=4)
    assert [t.kept for t in more.tracks] == [2, 2, 2]
    assert [t.state.months for t in more.tracks] == [t.state.months for t in run_of(tmp_path / "new").tracks]


def test_what_was_made_of_other_data_or_terms_is_not_gone_on_with(tmp_path: Path) -> None:
    run_of(tmp_path)
    assert [t.kept for t in run_of(tmp_path, given=terms(11.0, 2, GOES_WRONG)).tracks] == [0, 0, 0]
    for path in tmp_path.rglob("*.json"):
        path.write_text(path.read_text()[:-20])
    assert [t.kept for t in run_of(tmp_path).tracks] == [0, 0, 0]


class NoRoster(FirstCome):
    """Finds no roster in April of the second run."""

    def ended(self, seconds: float) -> Sequence[Rostered]:
        (found,) = super().ended(seconds)
        return [Rostered(found.name, None, "No time.") if found.name.endswith("run 2, month 2") else found]


def test_a_run_without_a_roster_does_not_go_on_and_the_others_do() -> None:
    world = queue_of(one_room(), terms(5.0))
    done = Simulating([world], Asked(3, 3, 1), NoRoster(), Forgetting()).run()
    assert [(t.months, t.stuck) for t in done.tracks] == [(3, ""), (1, "No time."), (3, "")]
    assert (done.how_far().done, done.how_far().of) == (7, 7)


def test_nothing_that_is_kept_names_a_referral_of_the_folder(tmp_path: Path) -> None:
    run_of(tmp_path)
    texts = [path.read_text() for path in tmp_path.rglob("*.json")]
    assert len(texts) == 3
    assert not any('"RP1"' in text or '"RP2"' in text for text in texts)
    assert any('"start-1"' in text or '"new-1-' in text for text in texts)


def test_no_share_is_of_a_person() -> None:
    names = {name for section in Terms.model_fields for name in type(getattr(Terms(), section)).model_fields}
    assert names == {
        *("load", "per_1000_a_month", "list_size", "share", "sites", "days", "weeks", "known", "sessions"),
        *("days_before", "see_by", "runs", "precision", "backlog_months"),
    }


def test_those_whom_nobody_could_see_wait_and_are_counted_apart() -> None:
    base = one_room()
    rare = base.referrals[0].model_copy(update={"referral_id": "RX", "needs": ("interpreter:bsl",)})
    world = queue_of(base.replaced(referrals=(*base.referrals, rare)), terms(6.0))
    assert [kind[2] for kind in world.beyond_reach] == [("interpreter:bsl",)]
    assert world.demand.of_kinds("P1", world.beyond_reach) == pytest.approx(3.0)

    class Able(FirstCome):
        """Sees those who need no interpreter."""

        def ended(self, seconds: float) -> Sequence[Rostered]:
            name, instance = self._begun.pop()
            assert seconds
            return [Rostered(name, first_come(without_needs(instance)), "")]

    done = Simulating([world], Asked(6, 4, 1), Able(), Forgetting()).run()
    for track in done.tracks:
        check_conserved(track.state.months, 2)
        last = track.state.months[-1]
        assert 0 < last.beyond_reach <= last.after
        assert last.left_over == 0


def without_needs(instance: Instance) -> Instance:
    return instance.replaced(referrals=tuple(r for r in instance.referrals if not r.needs))


def test_a_compromise_and_a_roster_that_came_late_are_marked() -> None:
    world, chance = queue_of(one_room(), terms(5.0)), Chance(1, 1)
    state = RunState(made_of="", case="base", run=1, waiting=world.start(chance))
    made = data_of(world, chance, 0, state.waiting)
    roster = first_come(made)
    compromise = Roster.model_validate({**roster.model_dump(by_alias=True), "compromise": True})
    assert lived(world, chance, made, state, Rostered("", roster, "", late=True)).months[0].how_good == "late"
    assert lived(world, chance, made, state, Rostered("", compromise, "")).months[0].how_good == "compromise"
    assert lived(world, chance, made, state, Rostered("", compromise, "")).months[0].gap is None


def test_a_pinned_visit_of_a_coach_who_is_known_to_be_ill_or_in_a_room_that_is_gone_is_not_asked_for() -> None:
    base = one_room()
    pinned = base.replaced(pins=(Pin(coach_id="C1", session_id="S10"),))
    for sections in (
        {"illness": {"weeks": 1.0, "known": "before"}},
        {"withdrawn": {"sessions": 1.0, "known": "before"}},
    ):
        world = queue_of(pinned, terms(5.0, 1, sections))
        made = data_of(world, Chance(1, 1), 0, ())
        assert made.pins == ()
        assert faults_of(made) == []
    assert data_of(queue_of(pinned, terms(5.0)), Chance(1, 1), 0, ()).pins == pinned.pins
