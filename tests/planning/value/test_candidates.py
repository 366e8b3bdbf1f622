"""Candidates of roster value: what could be one more, on which days, in which rooms, and what edits do it."""

from datetime import date

import pytest

from roster.calendar import weekday_of
from roster.domain import Leave
from roster.edits import AddHours, AddLeave, AddRoom, AddSession, RemoveLeave, apply_edits
from roster.instance import Instance
from roster.planning.scenarios import read_scenarios
from roster.planning.value.candidates import KINDS, Candidate, candidates_of
from roster.planning.value.names import Names, on_day, skill_words
from tests.edited import region
from tests.tables import world
from tests.worlds import interpreter_world, ragged_world

WORLDS = {"region": region, "ragged": ragged_world, "interpreter": interpreter_world}


def of_kind(instance: Instance, kind: str) -> list[Candidate]:
    return [c for c in candidates_of(instance) if c.kind == kind]


@pytest.mark.parametrize("name", WORLDS)
def test_every_candidate_can_be_made_and_changes_the_data(name: str) -> None:
    instance = WORLDS[name]()
    candidates = candidates_of(instance)
    assert candidates
    for candidate in candidates:
        assert apply_edits(instance, candidate.edits).sha256 != instance.sha256


@pytest.mark.parametrize("name", WORLDS)
def test_names_are_different_and_can_be_names_of_scenarios(name: str) -> None:
    instance = WORLDS[name]()
    names = [c.name for c in candidates_of(instance)]
    assert len({n.casefold() for n in names}) == len(names)
    text = "".join(
        f'[[scenario]]\nname = "{n}"\nedits = [{{ op = "set_policy", field = "break_minutes", value = 1 }}]\n'
        for n in names[:400]
    )
    assert [s.name for s in read_scenarios(text, "s.toml", instance)] == names[:400]


def test_there_is_a_session_at_every_site_on_every_half_day_left_but_those_that_are_over() -> None:
    instance = region()
    sessions = of_kind(instance, "session")
    days = [d for d in instance.days if d.weekday() < 5 and d not in instance.bank_holidays]
    assert {(c.about, c.day) for c in sessions} == {(site, day) for site in ("X", "Y") for day in days}
    assert len(sessions) == len(days) * 2 * 2
    assert all(c.owner == "practice" for c in sessions)


def test_a_room_that_is_free_is_offered_and_where_none_is_one_more_room() -> None:
    instance = region()
    third = [c for c in of_kind(instance, "session") if c.about == "X" and c.day == date(2027, 3, 3)]
    morning, afternoon = sorted(third, key=lambda c: c.name)
    assert morning.says == "One more room at Site X on Wednesday 3 March, morning"
    assert [type(e) for e in morning.edits] == [AddRoom, AddSession]
    assert isinstance(morning.edits[0], AddRoom)
    assert morning.edits[0].features == ("quiet",)
    assert afternoon.says == "A room at Site X on Wednesday 3 March, afternoon"
    assert [type(e) for e in afternoon.edits] == [AddSession]


def test_a_coach_has_one_more_day_and_no_other_day_of_that_weekday() -> None:
    instance = region()
    tuesday = next(c for c in of_kind(instance, "coach_day") if (c.about, c.day) == ("C1", date(2027, 3, 2)))
    assert tuesday.says == "Coach C1 also works on Tuesday 2 March"
    hours, *leave = tuesday.edits
    assert isinstance(hours, AddHours)
    assert (hours.weekday, hours.start, hours.end) == ("tue", 9 * 60 + 30, 18 * 60)
    after = apply_edits(instance, tuesday.edits)
    tuesdays = {d for d in instance.days if weekday_of(d) == "tue"}
    assert tuesdays - after.leave_days["C1"] == {date(2027, 3, 2)}
    assert all(isinstance(edit, AddLeave) for edit in leave)


def test_a_day_of_leave_less_leaves_the_other_days_of_that_leave() -> None:
    instance = region().replaced(leave=(Leave(coach_id="C1", first_day=date(2027, 3, 8), last_day=date(2027, 3, 11)),))
    (less,) = [c for c in of_kind(instance, "coach_day") if c.about == "C1" and c.day == date(2027, 3, 10)]
    assert less.says == "Coach C1 works on Wednesday 10 March and takes that day of leave later"
    assert isinstance(less.edits[0], RemoveLeave)
    assert apply_edits(instance, less.edits).leave_days["C1"] == {date(2027, 3, d) for d in (8, 9, 11)}


def test_a_day_of_which_two_rows_of_leave_are_is_no_candidate() -> None:
    rows = [(8, 11), (10, 12)]
    instance = region().replaced(
        leave=tuple(Leave(coach_id="C1", first_day=date(2027, 3, a), last_day=date(2027, 3, b)) for a, b in rows)
    )
    days = {c.day for c in of_kind(instance, "coach_day") if c.about == "C1"}
    assert date(2027, 3, 10) not in days
    assert date(2027, 3, 8) in days


def test_every_limit_is_one_step_looser_and_says_whose_it_is() -> None:
    limits = {c.says: c.owner for c in candidates_of(region()) if c.day is None}
    assert limits == {
        "Let coach C1 hold at most 3 visits a day instead of 2": "coach",
        "Let coach C1 hold at most 6 visits a week instead of 5": "coach",
        "Let coach C1 hold at most 17 visits in the month instead of 16": "coach",
        "Let coach C1 be on the road for at most 120 minutes a day instead of 90": "coach",
        "Let Site X (X) have at most 5 visits in the month instead of 4": "practice",
        "Let room hire and interpreter fees in the month come to at most £170.50 instead of at most £120.50": "policy",
        "Send people up to 40 minutes from their practice instead of 30, unless they named sites": "policy",
        "Give coaches at least 20 minutes instead of 30 between two visits on one day, besides the road": "policy",
        "Ask for 4 days of notice instead of 5 before a new appointment": "policy",
        "Ask for 13 days of notice instead of 14 before a new appointment with an interpreter": "policy",
    }


def test_there_is_an_interpreter_of_every_skill_for_every_half_day_at_the_usual_fee() -> None:
    bookings = of_kind(interpreter_world(), "booking")
    assert {c.about for c in bookings} == {"bsl", "polish"}
    assert {edit.fee_pounds for c in bookings if c.about == "bsl" for edit in c.edits if edit.op == "add_booking"} == {
        4.4
    }
    assert bookings[0].says.startswith("A bsl interpreter on Monday 1 March, ")


def test_nothing_is_offered_on_days_that_are_over() -> None:
    instance = world(
        'month = "2027-03"\nas_of = 2027-03-29',
        "",
        coaches="""
            coach_id
            C1""",
        hours="""
            coach_id, weekday, start, end
            C1,       wed,     09:00, 17:00""",
        sites="""
            site_id
            X""",
        practices="""
            practice_id, site_id
            PX,          X""",
        rooms="""
            room_id, site_id
            X-1,     X""",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-31, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by, minutes
            R1,          PX,          2027-03-01,  A,    ,       60""",
        roads="C1, X, 5, 5",
    )
    days = {c.day for c in candidates_of(instance) if c.day is not None}
    assert days == {date(2027, 3, 30), date(2027, 3, 31)}  # the 29th is a bank holiday


def test_candidates_come_in_the_order_of_their_kinds() -> None:
    kinds = [c.kind for c in candidates_of(region())]
    assert kinds == sorted(kinds, key=KINDS.index)


def test_names_keep_ids_apart_that_folders_cannot_tell_apart() -> None:
    names = Names()
    day = date(2027, 3, 1)
    found = [names.new("session", site, day, 510) for site in ("a/b", "a:b", "A b")]
    assert found == ["session a-b 01 mon am", "session a-b 01 mon am 2", "session A-b 01 mon am 3"]


def test_days_and_skills_are_in_plain_words() -> None:
    assert on_day(date(2027, 3, 9)) == "on Tuesday 9 March"
    assert on_day(date(2027, 3, 9), 13 * 60) == "on Tuesday 9 March, afternoon"
    assert skill_words("sign_language") == "A sign language interpreter"
    assert skill_words("arabic") == "An arabic interpreter"
