"""What a run is summed up as."""

import pytest

from benchmarks.runs import Point, course, gap_between
from tests.benchmarks.made import CRASHED, GREEDY, HIGHS, OURS


def test_the_gap_is_that_of_the_last_point_before_the_moment() -> None:
    assert OURS.gap_at(2.5) is None
    assert OURS.gap_at(10.0) == pytest.approx(0.04)


def test_what_is_proved_best_stays_so_and_what_ran_out_of_time_says_no_more() -> None:
    assert OURS.gap_at(300.0) == 0.0
    assert HIGHS.gap_at(40.0) == pytest.approx(0.05)
    assert HIGHS.gap_at(60.0) is None


def test_marks_are_reached_at_the_first_point_within_them() -> None:
    assert OURS.first_roster == 2.0
    assert (OURS.reached(0.05), OURS.reached(0.01)) == (8.0, 12.0)
    assert (HIGHS.first_roster, HIGHS.reached(0.05), HIGHS.reached(0.01)) == (20.0, 40.0, None)


def test_a_way_without_a_bound_has_a_roster_and_no_gap() -> None:
    assert GREEDY.first_roster == 1.0
    assert GREEDY.gap is None
    assert GREEDY.gap_at(30.0) is None
    assert CRASHED.first_roster is None


def test_a_gap_needs_both_ends_and_is_never_negative() -> None:
    assert gap_between(None, 5) is None
    assert gap_between(5, None) is None
    assert gap_between(100, 101) == 0.0
    assert gap_between(0, -5) == 0.0


def test_the_course_keeps_the_best_so_far_and_ends_with_what_is_exact() -> None:
    points = [Point(1.0, 500, None), Point(2.0, None, 100), Point(3.0, 600, 90), Point(4.0, 399, 301)]
    assert course(points, Point(5.0, 400, 300)) == (
        Point(1.0, 500, None),
        Point(2.0, 500, 100),
        Point(4.0, 400, 300),
    )


def test_nothing_on_the_way_counts_where_the_last_roster_was_refused() -> None:
    assert course([Point(1.0, 500, 100)], Point(5.0, None, 200)) == (Point(1.0, None, 100), Point(5.0, None, 200))
