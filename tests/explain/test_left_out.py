"""People not seen or late: the reasons are true of the checker, and every change named really lets them be seen."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.edits import (
    AddLeave,
    Edit,
    RemoveBooking,
    RemoveHours,
    RemoveSession,
    Set,
    SetPolicy,
    apply_edits,
)
from roster.explain.questions.changes import Changes
from roster.explain.questions.given import Given
from roster.explain.questions.left_out import LeftOut, totals
from roster.explain.questions.seats import Seats
from roster.explanations import Left
from roster.instance import Instance
from tests.explained import given_best, kept_rosters
from tests.plain_words import complaints
from tests.worlds import (
    fortnight_world,
    interpreter_world,
    long_day_world,
    published_world,
    ragged_world,
)

SECONDS = 60.0


def left_out(given: Given, seconds: float = SECONDS) -> LeftOut:
    seats = Seats(given)
    return LeftOut(given, seats, Changes(seats, time.monotonic() + seconds))


def without_interpreters() -> Instance:
    """The world of the interpreters with one of them gone, so that two people cannot be seen."""
    return apply_edits(interpreter_world(), [SetPolicy(field="see_by", value="prefer"), RemoveBooking(booking_id="B1")])


def without_limits() -> Instance:
    """The fortnight in which coach C2 has no time on the only day on which W could be seen by somebody."""
    return apply_edits(fortnight_world(), [RemoveHours(coach_id="C1", weekday="thu", start="09:30")])


def with_leave() -> Instance:
    """The fortnight in which the coach whom W needs is away on the only day."""
    day = date(2027, 8, 5)
    return apply_edits(
        fortnight_world(),
        [AddLeave(coach_id="C1", first_day=day, last_day=day), RemoveSession(session_id="T1")],
    )


def with_limits() -> Instance:
    """The fortnight in which nobody may hold more than one visit in the month."""
    edits: list[Edit] = [Set(table="coaches", id="C1", field="max_sessions_month", value=0)]
    return apply_edits(fortnight_world(), edits)


WORLDS: dict[str, tuple[Callable[[], Instance], int, int]] = {
    "ragged": (ragged_world, 3, 3),
    "published": (published_world, 3, 4),
    "long day": (long_day_world, 3, 2),
    "without interpreters": (without_interpreters, 3, 2),
    "without hours": (without_limits, 3, 3),
    "with leave": (with_leave, 3, 3),
    "with limits": (with_limits, 3, 3),
}


@pytest.mark.parametrize("name", WORLDS)
def test_whoever_is_not_seen_or_late_is_listed_once_for_each_person(name: str) -> None:
    given = given_best(WORLDS[name][0]())
    left = left_out(given).everybody()
    unseen = {u.referral_id: u.count for u in given.roster.unseen}
    assert {entry.referral_id: entry.count for entry in left if entry.status == "not seen"} == unseen
    assert sum(entry.count for entry in left if entry.status == "late") == late_people(given)


def late_people(given: Given) -> int:
    """How many people are seen after their date, from as_of on."""
    instance, number = given.instance, 0
    for a in given.roster.appointments:
        by, day = instance.people[a.referral_id].see_by, instance.session[a.session_id].date
        number += by is not None and day > by and not instance.is_past(day)
    return number


COUNTED = [name for name in WORLDS if name != "ragged"]
"""In the ragged world a further session makes too many rosters to count in a test."""


@pytest.mark.parametrize("name", COUNTED)
def test_after_the_change_named_a_better_roster_has_the_person_in_it(name: str) -> None:
    world, *scope = WORLDS[name]
    given = given_best(world())
    for entry in left_out(given).everybody():
        if entry.change is not None:
            edited = apply_edits(given.instance, entry.change.edits)
            rosters = kept_rosters(edited, *scope)
            least = min(total for total, roster in rosters if sees_one_more(given, edited, roster, entry))
            assert least <= entry.change.total < given.roster.objective


def sees_one_more(given: Given, edited: Instance, roster: Roster, entry: Left) -> bool:
    """Whether one more person of the referral is seen, by their date where they are late."""
    by = given.instance.people[entry.referral_id].see_by if entry.status == "late" else None

    def number(instance: Instance, of: Roster) -> int:
        days = [instance.session[a.session_id].date for a in of.appointments if a.referral_id == entry.referral_id]
        return sum(by is None or day <= by for day in days)

    return number(edited, roster) > number(given.instance, given.roster)


@pytest.mark.parametrize(
    ("name", "referral_id", "want"),
    [
        ("long day", "A", "rooms"),
        ("without interpreters", "I", "interpreters"),
        ("with leave", "W", "rooms"),
        ("with limits", "W", "coaches"),
    ],
)
def test_the_kind_of_the_smallest_change_says_what_somebody_is_in_want_of(
    name: str, referral_id: str, want: str
) -> None:
    left = left_out(given_best(WORLDS[name][0]())).everybody()
    assert {entry.referral_id: entry.want for entry in left if entry.status == "not seen"}[referral_id] == want


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_said_of_a_session_is_what_the_checker_makes_of_it(name: str) -> None:
    given = given_best(WORLDS[name][0]())
    for entry in left_out(given).everybody():
        for use in entry.uses:
            there = {a.referral_id for a in given.roster.appointments if a.session_id == use.session_id}
            assert set(use.people) == there
            if use.total is not None:
                assert use.total >= given.roster.objective
                assert f"{use.total - given.roster.objective:,} higher" in use.says or "be the same" in use.says


@pytest.mark.parametrize("name", WORLDS)
def test_every_reason_is_plain(name: str) -> None:
    given = given_best(WORLDS[name][0]())
    left = left_out(given).everybody()
    for text in [*(entry.says for entry in left), totals(left) or "Nobody."]:
        assert complaints(text) == [], text
        assert text.endswith("."), text


def test_the_totals_count_people_by_what_they_are_in_want_of() -> None:
    def entry(number: int, status: str, want: str) -> Left:
        fields = {"referral_id": f"R{number}", "band": "A", "count": number, "status": status, "want": want}
        return Left.model_validate(fields | {"says": "."})

    left = [entry(31, "not seen", "rooms"), entry(6, "not seen", "coaches"), entry(3, "not seen", "interpreters")]
    assert totals(left) == "Of 40 people not seen: 31 for want of rooms, 6 of coaches and 3 of an interpreter."
    left = [entry(1, "late", "past"), entry(2, "late", "none")]
    assert totals(left) == (
        "Of 3 people seen after their date: 2 without a change found that would help and 1 because their date had "
        "gone by."
    )
    assert totals([]) == ""


def test_without_time_no_change_is_looked_for_and_that_is_said() -> None:
    left = left_out(given_best(ragged_world()), seconds=-1.0).everybody()
    assert [entry.change for entry in left] == [None] * len(left)
    assert any("No change was looked for in the time there was." in entry.says for entry in left)


def test_a_roster_that_leaves_out_somebody_needlessly_is_told_so() -> None:
    instance = fortnight_world()
    best = given_best(instance)
    first = best.roster.appointments[0]
    plan = best.plan
    seen = Counter(plan.seen)
    seen[first.referral_id, first.session_id] -= 1
    trial = best.tried(type(plan)(plan.visits, {k: n for k, n in seen.items() if n}, plan.bookings))
    given = Given(instance, RULES, PREFERENCES, trial.roster)
    left = {entry.referral_id: entry for entry in left_out(given).everybody()}
    assert left[first.referral_id].want == "nothing"
    assert "They could be seen as things are, so no change is needed." in left[first.referral_id].says
