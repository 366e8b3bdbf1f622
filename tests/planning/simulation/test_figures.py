"""Figures of hand-made months: waits, shares within 28 days, growth, practices, and what is said of them."""

from datetime import date

import pytest

from roster.planning.simulation.chance import Chance
from roster.planning.simulation.figures import Case, RunFigures, difference, verdict_of
from roster.planning.simulation.record import Difference, Interval
from roster.planning.simulation.run import Track
from roster.planning.simulation.spread import band, interval, interval_of_some
from roster.planning.simulation.state import MonthDone, Referred, RunState, Seen, WaitingAt
from roster.planning.simulation.words import difference_says, growth_says, number, share, with_interval
from roster.planning.simulation.world import World
from tests.plain_words import complaints_of_a_sentence
from tests.planning.simulation.queue import one_room, queue_of, terms

MARCH, APRIL, MAY = "2027-03", "2027-04", "2027-05"


def month(name: str, before: int, seen: list[Seen], referred: list[Referred], after: int) -> MonthDone:
    return MonthDone(
        month=name,
        before=before,
        on_list=before,
        left_over=0,
        booked=sum(s.people for s in seen),
        missed=0,
        ill=0,
        withdrawn=0,
        seen=tuple(seen),
        referred=tuple(referred),
        waiting=(WaitingAt(practice_id="P1", people=after, days=10 * after),),
        beyond_reach=0,
        how_good="as_asked",
        gap=0.0,
        seconds=0.0,
    )


def at(practice_id: str, referred_on: date, seen_on: date, people: int = 1) -> Seen:
    return Seen(practice_id=practice_id, referred_on=referred_on, seen_on=seen_on, people=people)


def came(practice_id: str, referred_on: date, people: int) -> Referred:
    return Referred(practice_id=practice_id, referred_on=referred_on, people=people)


def months(extra: int = 0) -> tuple[MonthDone, ...]:
    """Three months: 2 people seen after 30 days in March; those referred on 20 March are seen after 15 and 40 days."""
    early, late, long_ago = date(2027, 3, 20), date(2027, 3, 29), date(2027, 2, 1)
    return (
        month(MARCH, 4, [at("P1", long_ago, date(2027, 3, 3), 2)], [came("P1", early, 3), came("P2", late, 1)], 6),
        month(APRIL, 6, [at("P1", early, date(2027, 4, 4), 2), at("P1", early, date(2027, 4, 29))], [], 3 + extra),
        month(MAY, 3, [], [came("P1", date(2027, 5, 30), 5)], 8 + extra),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return queue_of(one_room(2), terms(5.0, 2))


def test_waits_and_shares_are_counted_by_person(world: World) -> None:
    run = RunFigures(world, months())
    assert run.mean_wait() == pytest.approx((2 * 30 + 2 * 15 + 40) / 5)
    assert run.mean_wait("P2") is None
    assert run.share_in_time() == pytest.approx(2 / 4)
    assert run.share_in_time(APRIL) == pytest.approx(2 / 4)
    assert run.share_in_time(None, "P2") == 0.0
    assert run.share_in_time(MARCH) is None
    assert RunFigures(world, months()[:1]).share_in_time() is None
    assert run.waiting_at("P1") == (8, 80)
    assert run.waiting_at("P2") == (0, 0)
    assert (run.drift(0, 2), run.drift(1, 1)) == (1.0, None)


def tracks(world: World, *made: tuple[MonthDone, ...], stuck: str = "") -> list[Track]:
    return [
        Track(world, RunState(made_of="", case="base", run=n, months=found), Chance(0, n), stuck=stuck)
        for n, found in enumerate(made, start=1)
    ]


def test_figures_over_time_are_of_the_months_that_all_runs_have_done(world: World) -> None:
    case = Case(world, tracks(world, months(), months()[:2]), 12).figures()
    assert (case.months_done, [m.runs for m in case.months]) == (2, [2, 2, 1])
    assert case.waiting_at_end == Interval(mean=3.0, low=3.0, high=3.0)
    assert case.worst_off == "P1"
    assert [p.waited_days is None for p in case.practices] == [False, True]
    assert case.growth is not None
    assert case.growth.a_month.mean == -3.0
    assert case.referred_a_month is not None
    days = (date(2027, 4, 30) - date(2027, 2, 19)).days
    assert case.referred_a_month.mean == pytest.approx(4 / days * 365.25 / 12)


def test_a_case_of_which_nothing_is_done_has_no_figures(world: World) -> None:
    case = Case(world, tracks(world, (), stuck="No time."), 12).figures()
    assert (case.months, case.growth, case.worst_off, case.stuck) == ((), None, None, ("No time.",))
    assert difference(Case(world, tracks(world, ()), 3), Case(world, tracks(world, ()), 3)) is None


def test_differences_are_paired_by_run(world: World) -> None:
    base = Case(world, tracks(world, months(), months(10)), 3)
    more = Case(world, tracks(world, months(5), months(15)), 3)
    found = difference(base, more)
    assert found is not None
    assert found.waiting_at_end == Interval(mean=5.0, low=5.0, high=5.0)
    assert found.says[0] == "Beside the base, 5.0 more people wait at the end (+5.0 to +5.0)."
    stuck = Case(world, [tracks(world, months(5))[0], *tracks(world, months(99), months(15), stuck="x")[1:]], 3)
    some = difference(base, stuck)
    assert some is not None
    assert some.waiting_at_end == Interval(mean=5.0)


# -- intervals and words --------------------------------------------------------------------------------------


def test_an_interval_is_that_of_student() -> None:
    found = interval([1.0, 2.0, 3.0, 4.0])
    assert (found.mean, found.low, found.high) == pytest.approx((2.5, 2.5 - 2.05427, 2.5 + 2.05427), abs=1e-4)
    assert interval([3.0]) == Interval(mean=3.0)
    assert interval([0.0, 1.0], least=0.0, most=1.0) == Interval(mean=0.5, low=0.0, high=1.0)
    assert interval_of_some([None, 2.0, None]) == Interval(mean=2.0)
    assert interval_of_some([None]) is None


def test_a_band_holds_eight_in_ten() -> None:
    found = band([float(n) for n in range(101)])
    assert (found.low, found.median, found.high) == (10.0, 50.0, 90.0)


def test_whether_it_grows_is_only_said_where_it_is_sure() -> None:
    cases = (
        (Interval(mean=3.0, low=1.0, high=5.0), "grows", "The queue grows: in the later half of the months by 3.0 (1.0 "
         "to 5.0) people a month, with no end in sight."),
        (Interval(mean=-3.0, low=-5.0, high=-1.0), "shrinks", "The queue shrinks: in the later half of the months by "
         "3.0 (1.0 to 5.0) people a month."),
        (Interval(mean=1.0, low=-1.0, high=3.0), "not_settled", "The queue is not shown to grow or to shrink: in the "
         "later half of the months it changes by between -1.0 and 3.0 people a month."),
        (Interval(mean=1.0), "not_settled", "One run does not show whether the queue grows: simulate more."),
    )  # fmt: skip
    for found, verdict, says in cases:
        assert verdict_of(found) == verdict
        assert growth_says(found, verdict_of(found)) == says
        assert complaints_of_a_sentence(says) == []


def test_differences_are_told_in_plain_sentences() -> None:
    sure, unsure = Interval(mean=-2.0, low=-3.0, high=-1.0), Interval(mean=1.0, low=-1.0, high=3.0)
    share_of = Interval(mean=0.05, low=0.02, high=0.08)
    told = Difference(waiting_at_end=sure, waited_days=unsure, within_28_days=share_of, seen_a_month=unsure, says=())
    says = list(difference_says(told))
    assert says == [
        "Beside the base, 2.0 fewer people wait at the end (-3.0 to -1.0).",
        "Beside the base, it is not shown whether more or fewer people are seen a month (-1.0 to +3.0).",
        "Beside the base, it is not shown whether more or fewer days are waited by those seen (-1.0 to +3.0).",
        "Beside the base, 5.0 more of 100 people are seen within 28 days (+2.0 to +8.0).",
    ]
    assert [c for sentence in says for c in complaints_of_a_sentence(sentence)] == []


def test_numbers_are_short_and_nothing_is_less_than_nothing() -> None:
    assert [number(value) for value in (-0.04, 12.34, 1234.5)] == ["0.0", "12.3", "1,234"]
    assert [share(value) for value in (-0.001, 0.256)] == ["0%", "26%"]
    assert with_interval(None) == ""
