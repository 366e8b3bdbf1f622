"""For whom an appointment differs, how, and in which order; alone and together; with people, sessions, coaches gone."""

import pytest

from roster.changes import Changes, changes_between, sum_up
from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from tests.changes.town import told, town


def between(was: Roster, now: Roster, instance: Instance | None = None) -> Changes:
    """What differs, both rosters being of one instance."""
    data = instance or town()
    return changes_between(data, data, was, now)


def after(edits: str) -> Instance:
    """The town after edits."""
    return apply_edits(town(), parse_edits(edits))


# -- one change at a time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "what", "effect", "days"),
    [
        ("C1 S1 R1@09:00", "C1 S1", ("lost",), "worse", None),
        ("C1 S1", "C1 S1 R1@09:00", ("gained",), "better", None),
        ("C1 S1 R1@09:00", "C1 S3 R1@09:00", ("longer",), "worse", 2),
        ("C1 S3 R1@09:00", "C1 S1 R1@09:00", ("shorter",), "better", -2),
        ("C1 S3 R1@09:00", "C1 S4 R1@09:00", ("place",), "worse", 0),
        ("C1 S1 R1@09:00", "C2 S1 R1@09:00", ("coach",), "worse", 0),
        ("C1 S1 R1@09:00", "C1 S1 R1@10:00", ("time",), "worse", 0),
        ("C1 S1 R1@09:00", "C1 S2 R1@09:00", ("room",), "neutral", 0),
        ("C1 S1 R4@09:00", "C2 S1 R4@09:00", ("coach",), "better", 0),
        ("C2 S1 R4@09:00", "C1 S1 R4@09:00", ("coach",), "worse", 0),
        ("C1 S3 R4@09:00", "C2 S4 R4@09:00", ("place", "coach"), "neutral", 0),
        ("C1 S1 R1@09:00", "C2 S4 R1@10:00", ("longer", "place", "coach"), "worse", 2),
        ("C1 S4 R1@09:00", "C2 S1 R1@09:00", ("shorter", "place", "coach"), "neutral", -2),
        ("C1 S1 R4@09:00", "C2 S3 R4@09:00", ("longer", "coach"), "worse", 2),
    ],
)
def test_each_kind_of_change_is_found_and_judged(
    was: str, now: str, what: tuple[str, ...], effect: str, days: int | None
) -> None:
    (change,) = between(told(was), told(now)).people
    assert (change.what, change.effect, change.days) == (what, effect, days)


def test_who_keeps_their_appointment_is_not_listed() -> None:
    changes = between(told("C1 S1 R1@09:00 R2@10:00"), told("C1 S1 R1@09:00 R2@11:00"))
    assert [change.referral_id for change in changes.people] == ["R2"]
    assert changes.totals.kept == 1


def test_a_session_of_the_same_day_room_and_time_is_no_change_for_a_person() -> None:
    again = after(
        '[{"op": "add_session", "session_id": "S9", "room_id": "X-1", "date": "2027-03-09", "start": "09:00", '
        '"end": "12:00"}]'
    )
    assert between(told("C1 S1 R1@09:00"), told("C1 S9 R1@09:00"), again).people == ()


def test_a_change_says_what_was_what_is_and_what_differs() -> None:
    changes = between(told("C1 S1 R1@09:30 R2@10:30"), told("C2 S4 R1@11:00", "C1 S1"))
    assert [change.says for change in changes.people] == [
        "R2 of practice P2: was Tuesday 9 March 2027 at 10:30am at Riverside Surgery with C1; now no appointment.",
        "R1 of practice P1: was Tuesday 9 March 2027 at 9:30am at Riverside Surgery with C1; now Thursday 11 March "
        "2027 at 11am at Central Library with C2: 2 days later, another coach, another place.",
    ]


def test_an_appointment_gained_and_another_room_are_said_in_words() -> None:
    changes = between(told("C1 S1 R1@09:00"), told("C1 S2 R1@09:00 R2@10:00"))
    assert [change.says for change in changes.people] == [
        "R1 of practice P1: was Tuesday 9 March 2027 at 9am at Riverside Surgery with C1 in room X-1; now Tuesday "
        "9 March 2027 at 9am at Riverside Surgery with C1 in room X-2: another room.",
        "R2 of practice P2: had no appointment; now Tuesday 9 March 2027 at 10am at Riverside Surgery with C1.",
    ]


@pytest.mark.parametrize("referral_id", ["R1", "R4"])
def test_a_person_whose_session_nobody_holds_now_has_no_coach_which_is_worse(referral_id: str) -> None:
    was = told(f"C1 S1 {referral_id}@09:00")
    (change,) = between(was, was.model_copy(update={"visits": ()})).people
    assert change.what == ("coach",)
    assert change.effect == "worse"
    assert change.now is not None
    assert change.now.coach_id is None


# -- the order ------------------------------------------------------------------------------------------------


def test_those_for_whom_it_is_worse_come_first_and_of_equals_band_a() -> None:
    was = told("C1 S1 R1@09:00 R2@10:00 R3@11:00", "C1 S3 R3@09:00", "C1 S5 R4@09:00")
    now = told("C1 S3 R2@09:00 R1@10:00", "C1 S5 R3@09:00", "C2 S4 R4@09:00 R3@10:00")
    found = [(c.referral_id, c.effect, c.days) for c in between(was, now).people]
    assert found == [
        ("R3", "worse", 7),
        ("R2", "worse", 2),
        ("R1", "worse", 2),
        ("R3", "worse", 0),
        ("R4", "better", -5),
    ]


def test_lost_stands_before_longer_before_place_before_coach_before_time() -> None:
    was = told("C1 S1 R1@09:00 R3@10:00 R3@11:00", "C3 S2 R2@09:00", "C1 S3 R4@09:00", "C1 S4 R3@09:00")
    now = told("C2 S1 R1@09:00 R3@11:20 R3@10:40", "C1 S4 R2@09:00", "C1 S3 R4@09:40")
    kinds = [(c.referral_id, c.what) for c in between(was, now).people]
    assert kinds == [
        ("R3", ("lost",)),
        ("R2", ("longer", "place", "coach")),
        ("R3", ("coach", "time")),
        ("R3", ("coach", "time")),
        ("R1", ("coach",)),
        ("R4", ("time",)),
    ]


# -- several people of a referral -----------------------------------------------------------------------------


def test_of_several_people_only_those_whose_appointment_differs_are_listed() -> None:
    was = told("C1 S1 R3@09:00 R3@09:40 R3@10:20")
    now = told("C1 S1 R3@10:20 R3@09:00", "C1 S5 R3@09:00")
    (change,) = between(was, now).people
    assert change.was is not None
    assert (change.was.start, change.days) == (9 * 60 + 40, 7)


def test_of_several_people_each_that_waits_longer_counts() -> None:
    changes = between(told("C1 S1 R3@09:00 R3@09:40", "C1 S3 R3@09:00"), told("C1 S3 R3@09:00", "C1 S5 R3@09:00"))
    assert [(change.what, change.days) for change in changes.people] == [
        (("lost",), None),
        (("longer", "place"), 7),
    ]
    assert changes.totals.kept == 1


def test_several_people_who_swap_their_sessions_have_no_change() -> None:
    assert between(told("C1 S1 R3@09:00", "C1 S3 R3@09:00"), told("C1 S3 R3@09:00", "C1 S1 R3@09:00")).people == ()


def test_people_of_one_session_are_taken_for_each_other_before_those_of_one_day() -> None:
    was = told("C1 S1 R3@11:00", "C2 S2 R3@09:00")
    now = told("C1 S1 R3@09:40", "C2 S2 R3@11:20")
    assert {(c.was and c.was.session_id, c.now and c.now.session_id) for c in between(was, now).people} == {
        ("S1", "S1"),
        ("S2", "S2"),
    }


# -- what is gone, what is new --------------------------------------------------------------------------------


def test_whose_consent_is_withdrawn_is_left_out_of_everything() -> None:
    was, now = told("C1 S1 R1@09:00 R2@10:00"), told("C1 S1 R2@10:40")
    changes = changes_between(town(), after('[{"op": "remove_referral", "referral_id": "R1"}]'), was, now)
    assert [change.referral_id for change in changes.people] == ["R2"]
    assert changes.totals.lose == 0
    assert "R1" not in changes.model_dump_json()


def test_who_has_not_said_yes_is_left_out_though_a_roster_names_them() -> None:
    changes = between(told("C1 S1 R5@09:00"), told("C1 S1 R5@11:00"))
    assert changes.people == ()
    assert "R5" not in changes.model_dump_json()


def test_a_session_that_is_gone_is_known_by_what_it_was() -> None:
    gone = after('[{"op": "remove_session", "session_id": "S1"}]')
    changes = changes_between(town(), gone, told("C1 S1 R1@09:00"), told("C1 S3 R1@09:00"))
    (change,) = changes.people
    assert (change.what, change.days, changes.days_known) == (("longer",), 2, True)


def test_a_session_that_was_moved_is_known_by_both_of_its_days() -> None:
    moved = after('[{"op": "set", "table": "sessions", "id": "S1", "field": "date", "value": "2027-03-12"}]')
    (change,) = changes_between(town(), moved, told("C1 S1 R1@09:00"), told("C1 S1 R1@09:00")).people
    assert (change.what, change.days) == (("longer",), 3)


def test_a_coach_who_is_gone_is_another_coach_and_no_longer_the_usual_one() -> None:
    gone = after('[{"op": "remove_coach", "coach_id": "C2"}]')
    (change,) = changes_between(town(), gone, told("C2 S1 R4@09:00"), told("C1 S1 R4@09:00")).people
    assert (change.what, change.effect) == (("coach",), "worse")


def test_a_new_referral_gains_an_appointment() -> None:
    new = after(
        '[{"op": "add_referral", "referral_id": "R9", "practice_id": "P3", "referred_on": "2027-02-20", "band": "A", '
        '"minutes": 40, "consent": "yes"}]'
    )
    (change,) = changes_between(town(), new, told("C1 S1"), told("C1 S1 R9@09:00")).people
    assert (change.referral_id, change.practice_id, change.what) == ("R9", "P3", ("gained",))


# -- without data ---------------------------------------------------------------------------------------------


def test_without_data_what_can_be_compared_is_compared() -> None:
    was = told("C1 S1 R1@09:00 R2@10:00 R3@11:00", "C1 S3 R4@09:00")
    now = told("C2 S1 R1@09:00 R2@10:40", "C1 S4 R4@09:00")
    changes = changes_between(None, None, was, now)
    assert [(c.referral_id, c.what, c.days, c.band) for c in changes.people] == [
        ("R3", ("lost",), None, None),
        ("R4", ("session",), None, None),
        ("R1", ("coach",), 0, None),
        ("R2", ("coach", "time"), 0, None),
    ]
    assert not changes.days_known
    assert (
        changes.people[1].says == "R4: was session S3 at 9am with C1; now session S4 at 9am with C1: another session."
    )


def test_of_sessions_that_the_data_do_not_know_the_rest_is_said() -> None:
    changes = between(told("C1 OLD R1@09:00", "C1 S1 R2@09:00"), told("C1 S3 R1@09:00 R2@09:40"))
    assert [(c.referral_id, c.what) for c in changes.people] == [("R2", ("longer",)), ("R1", ("session",))]
    assert not changes.days_known


# -- the line of totals ---------------------------------------------------------------------------------------


def test_the_totals_count_people_in_each_way_in_which_something_differs() -> None:
    was = told("C1 S1 R1@09:00 R2@10:00 R3@11:00", "C1 S3 R3@09:00 R3@09:40")
    now = told("C2 S4 R1@09:00", "C1 S3 R3@09:00 R3@09:40", "C1 S1 R4@09:00")
    changes = between(was, now)
    assert changes.says == (
        "2 people lose their appointment, 1 gains one, 1 waits longer, 1 meets another coach and 1 goes to another "
        "place. For 2 people with an appointment nothing changes."
    )
    assert changes.totals.worse == 3
    assert changes.totals.better == 1


def test_where_nothing_differs_the_totals_say_so() -> None:
    changes = between(told("C1 S1 R1@09:00"), told("C1 S1 R1@09:00"))
    assert changes.says == "Nobody's appointment changes."
    assert changes.coaches == ()
    assert changes.rooms == ()


def test_one_person_is_spoken_of_as_one() -> None:
    changes = between(told("C1 S1"), told("C1 S1 R1@09:00"))
    assert changes.says == sum_up(changes.totals)
    assert changes.says == "1 person gains an appointment."


def test_a_gain_is_kept_apart_from_those_who_keep_theirs() -> None:
    changes = between(told("C1 S1 R1@09:00"), told("C1 S1 R1@09:00 R2@10:00"))
    assert changes.says == "1 person gains an appointment. For 1 person with an appointment nothing changes."
