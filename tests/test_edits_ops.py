"""Every op: what it does, what it takes along, and what it says where it names what is not there or adds what is."""

from typing import Any

import pytest

from roster.domain import Hours, Leave, Pin, Record, Session, TravelRow
from roster.edits import OPS, AddSession, EditError, apply_edits
from roster.instance import Instance
from tests.edited import edited, region

SESSION = {"session_id": "S9", "room_id": "Y-1", "date": "2027-03-10", "start": "08:30", "end": "12:40"}
BOOKING = {
    "booking_id": "B9",
    "skill": "farsi",
    "date": "2027-03-10",
    "start": "08:30",
    "end": "12:40",
    "fee_pounds": 30.5,
}
REFERRAL = {
    "referral_id": "R9",
    "practice_id": "PY",
    "referred_on": "2027-02-15",
    "band": "B",
    "minutes": 30,
    "consent": "yes",
}


def changed_tables(before: Instance, after: Instance) -> dict[str, tuple[list[Record], list[Record]]]:
    """By table: the rows that are gone, and the rows that are new."""
    found = {}
    for name in Instance.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(old, tuple) and old != new:
            found[name] = [row for row in old if row not in new], [row for row in new if row not in old]
    return found


def test_add_session_offers_one_more_session() -> None:
    new = Session.model_validate(SESSION)
    assert changed_tables(region(), edited(region(), {"op": "add_session"} | SESSION)) == {"sessions": ([], [new])}


def test_remove_session_takes_its_pins_along() -> None:
    before = region()
    after = edited(before, {"op": "remove_session", "session_id": "S1"})
    assert changed_tables(before, after) == {
        "sessions": ([before.session["S1"]], []),
        "pins": ([Pin(coach_id="C1", session_id="S1"), Pin(coach_id="C2", session_id="S1")], []),
    }


def test_add_room_adds_a_room_with_its_features() -> None:
    after = edited(region(), {"op": "add_room", "room_id": "Y-2", "site_id": "Y", "features": "quiet; hearing_loop"})
    assert after.room["Y-2"].features == ("quiet", "hearing_loop")


def test_remove_room_takes_its_sessions_and_their_pins_along() -> None:
    before = region()
    after = edited(before, {"op": "remove_room", "room_id": "X-1"})
    assert changed_tables(before, after) == {
        "rooms": ([before.room["X-1"]], []),
        "sessions": ([before.session["S1"], before.session["S3"]], []),
        "pins": ([Pin(coach_id="C1", session_id="S1"), Pin(coach_id="C2", session_id="S1")], []),
    }


def test_add_leave_keeps_a_coach_away_for_some_days() -> None:
    after = edited(region(), {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-22", "last_day": "2027-03-23"})
    new = Leave.model_validate({"coach_id": "C1", "first_day": "2027-03-22", "last_day": "2027-03-23"})
    assert changed_tables(region(), after) == {"leave": ([], [new])}


def test_remove_leave_takes_back_the_leave_that_begins_on_that_day() -> None:
    after = edited(region(), {"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-09"})
    assert [row.coach_id for row in after.leave] == ["C2"]


def test_add_hours_adds_one_stretch_of_the_week() -> None:
    after = edited(region(), {"op": "add_hours", "coach_id": "C2", "weekday": "sun", "start": "00:00", "end": "23:59"})
    new = Hours(coach_id="C2", weekday="sun", start=0, end=1439)
    assert changed_tables(region(), after) == {"hours": ([], [new])}


def test_remove_hours_takes_out_the_stretch_that_starts_then_and_no_other() -> None:
    after = edited(region(), {"op": "remove_hours", "coach_id": "C1", "weekday": "thu", "start": "13:00"})
    gone = Hours.model_validate({"coach_id": "C1", "weekday": "thu", "start": "13:00", "end": "17:00"})
    assert changed_tables(region(), after) == {"hours": ([gone], [])}


def test_add_coach_copies_base_hours_skills_limits_and_roads_but_neither_leave_nor_pins() -> None:
    before = region()
    after = edited(before, {"op": "add_coach", "coach_id": "C9", "like": "C1"})
    copied_hours = [row.model_copy(update={"coach_id": "C9"}) for row in before.hours]
    roads = [("C9", "X", 10), ("C9", "C2", 5), ("X", "C9", 15), ("C2", "C9", 6)]
    assert changed_tables(before, after) == {
        "coaches": ([], [before.coach["C1"].model_copy(update={"coach_id": "C9"})]),
        "hours": ([], copied_hours),
        "travel": ([], [TravelRow(from_id=a, to_id=b, minutes=minutes) for a, b, minutes in roads]),
    }


def test_add_coach_with_a_base_of_its_own_copies_no_roads() -> None:
    after = edited(region(), {"op": "add_coach", "coach_id": "C9", "like": "C1", "base_lat": 54.7})
    assert after.travel == region().travel
    assert (after.coach["C9"].base_lat, after.coach["C9"].base_lon) == (54.7, 1.5)


def test_add_coach_takes_other_skills_and_null_for_no_limit() -> None:
    edit = {"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": ["farsi"], "max_sessions_day": None}
    new = edited(region(), edit).coach["C9"]
    assert (new.skills, new.max_sessions_day, new.max_sessions_week) == (("farsi",), None, 5)


def test_add_coach_with_an_empty_text_for_skills_has_none() -> None:
    assert edited(region(), {"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": ""}).coach["C9"].skills == ()


def test_remove_coach_takes_hours_leave_pins_and_roads_along_and_is_nobodys_usual_coach() -> None:
    before = region()
    after = edited(before, {"op": "remove_coach", "coach_id": "C1"})
    assert list(after.coach) == ["C2"]
    assert after.hours == ()
    assert [row.coach_id for row in after.leave] == ["C2"]
    assert {pin.coach_id for pin in after.pins} == {"C2"}
    assert not any("C1" in (row.from_id, row.to_id) for row in after.travel)
    assert {r.referral_id: r.usual_coach for r in after.referrals} == {"P": None, "Q": "C2", "N": None}
    assert after.published == before.published


@pytest.mark.parametrize(
    ("table", "row_id", "field", "value", "held"),
    [
        ("coaches", "C1", "base_lat", 54.75, 54.75),
        ("coaches", "C1", "skills", "farsi; bsl", ("farsi", "bsl")),
        ("coaches", "C1", "max_sessions_week", None, None),
        ("coaches", "C1", "max_sessions_week", "3", 3),
        ("sites", "X", "name", "Alder Street Surgery", "Alder Street Surgery"),
        ("sites", "X", "kind", "library", "library"),
        ("sites", "X", "min_sessions", 2.0, 2),
        ("sites", "X", "hire_pounds", 7, 7.0),
        ("sites", "X", "hire_pounds", None, 0.0),
        ("rooms", "X-1", "site_id", "Y", "Y"),
        ("rooms", "X-1", "features", [], ()),
        ("sessions", "S1", "start", "09:00", 540),
        ("sessions", "S1", "room_id", "Y-1", "Y-1"),
        ("referrals", "P", "see_by", None, None),
        ("referrals", "P", "needs", ["coach:farsi"], ("coach:farsi",)),
        ("referrals", "Q", "count", None, 1),
        ("referrals", "Q", "sites", "Y", ("Y",)),
        ("referrals", "Q", "usual_coach", "", None),
        ("referrals", "N", "consent", "yes", "yes"),
        ("interpreters", "B1", "fee_pounds", 12.25, 12.25),
        ("practices", "PX", "site_id", "Y", "Y"),
    ],
)
def test_set_gives_one_field_of_one_row_another_value(
    table: str, row_id: str, field: str, value: object, held: object
) -> None:
    before = region()
    after = edited(before, {"op": "set", "table": table, "id": row_id, "field": field, "value": value})
    ((gone,), (new,)) = changed_tables(before, after).pop(table)
    assert getattr(new, field) == held
    assert new == gone.model_copy(update={field: held})
    assert list(changed_tables(before, after)) == [table]


@pytest.mark.parametrize(
    ("field", "value", "held"),
    [
        ("notice_days", 0, 0),
        ("notice_days", "7", 7),
        ("notice_days", None, 5),
        ("see_by", "prefer", "prefer"),
        ("budget_pounds", None, None),
        ("budget_pounds", 80, 80.0),
    ],
)
def test_set_policy_gives_one_policy_another_value(field: str, value: object, held: object) -> None:
    before = region()
    after = edited(before, {"op": "set_policy", "field": field, "value": value})
    assert after.settings.policy == before.settings.policy.model_copy(update={field: held})
    assert after.settings.prices == before.settings.prices


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("late", 7, {"late": 7}),
        ("late", None, {"late": 60}),
        ("waiting", {"A": 20}, {"waiting": {"A": 20, "B": 7, "C": 3}}),
        ("waiting", {"A": 20, "B": 10, "C": 5}, {"waiting": {"A": 20, "B": 10, "C": 5}}),
        ("waiting", None, {"waiting": {"A": 12, "B": 6, "C": 3}}),
        ("waiting.B", 9, {"waiting": {"A": 13, "B": 9, "C": 3}}),
        ("waiting.B", None, {"waiting": {"A": 13, "B": 6, "C": 3}}),
    ],
)
def test_set_price_gives_one_price_another_value(field: str, value: object, expected: dict[str, object]) -> None:
    before = region()
    after = edited(before, {"op": "set_price", "field": field, "value": value})
    assert after.settings.prices.model_dump() == before.settings.prices.model_dump() | expected


def test_add_referral_reads_lists_as_the_files_do_and_fills_in_what_is_not_given() -> None:
    edit = {"op": "add_referral"} | REFERRAL | {"needs": "coach:welsh;room:quiet", "away": ["2027-03-09"], "count": ""}
    new = edited(region(), edit).people["R9"]
    assert (new.needs, new.away[0].isoformat(), new.count) == (("coach:welsh", "room:quiet"), "2027-03-09", 1)


def test_remove_referral_leaves_the_published_roster_as_it_was() -> None:
    before = region()
    after = edited(before, {"op": "remove_referral", "referral_id": "P"})
    assert changed_tables(before, after) == {"referrals": ([before.people["P"]], [])}
    assert after.published == before.published


def test_add_booking_and_remove_booking_add_and_remove_an_interpreter() -> None:
    after = edited(region(), {"op": "add_booking"} | BOOKING, {"op": "remove_booking", "booking_id": "B1"})
    assert [(b.booking_id, b.fee_pounds) for b in after.interpreters] == [("B9", 30.5)]


def test_add_pin_and_remove_pin_add_and_remove_one_visit() -> None:
    pin = {"coach_id": "C1", "session_id": "S3"}
    after = edited(region(), {"op": "add_pin"} | pin, {"op": "remove_pin", "coach_id": "C2", "session_id": "S1"})
    assert [(p.coach_id, p.session_id) for p in after.pins] == [("C1", "S1"), ("C2", "S2"), ("C1", "S3")]


@pytest.mark.parametrize(("factor", "number"), [(0, 0), (0.5, 2), (1, 3), (1.5, 5), (2.17, 7), (3, 9)])
def test_scale_demand_draws_the_referrals_again_to_round_of_factor_times_n_halves_up(
    factor: float, number: int
) -> None:
    assert len(edited(region(), {"op": "scale_demand", "factor": factor, "seed": 1}).referrals) == number


def test_scale_demand_rounds_the_factor_as_it_is_written() -> None:
    edit = {"op": "scale_demand", "factor": 0.145, "seed": 1}
    before = edited(region(), {"op": "scale_demand", "factor": 100 / 3, "seed": 1})
    assert len(before.referrals) == 100
    assert len(edited(before, edit).referrals) == 15, "14.5 is half way, though 0.145 * 100 in floating point is less"


def test_scale_demand_keeps_everything_of_the_people_drawn_but_their_ids() -> None:
    before = region()
    after = edited(before, {"op": "scale_demand", "factor": 4, "seed": 3})
    kept = [r.model_dump(exclude={"referral_id"}) for r in before.referrals]
    drawn = [r.model_dump(exclude={"referral_id"}) for r in after.referrals]
    assert all(row in kept for row in drawn)
    assert {row["count"] for row in drawn} == {1, 3}
    assert {row["consent"] for row in drawn} == {"yes", "no"}


def test_scale_demand_draws_the_same_people_for_the_same_seed_and_others_for_another() -> None:
    def drawn(seed: int) -> Instance:
        return edited(region(), {"op": "scale_demand", "factor": 5, "seed": seed})

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_scale_demand_never_gives_an_id_that_is_or_was_somebody_elses() -> None:
    before = region()
    assert before.published is not None
    told = before.published.model_copy(
        update={"appointments": (before.published.appointments[0].model_copy(update={"referral_id": "drawn4-1"}),)}
    )
    scale = {"op": "scale_demand", "factor": 2, "seed": 1}
    once = edited(before.replaced(published=told), scale)
    twice = edited(once, scale)
    assert [r.referral_id for r in once.referrals] == [f"drawn5-{n}" for n in range(1, 7)]
    assert [r.referral_id for r in twice.referrals] == [f"drawn6-{n:02d}" for n in range(1, 13)]
    assert once.told_appointments == {}


NOT_THERE: list[tuple[dict[str, Any], str]] = [
    ({"op": "add_session"} | SESSION | {"room_id": "Z-1"}, "there is no room Z-1. Use an id of rooms.csv"),
    ({"op": "remove_session", "session_id": "S8"}, "there is no session S8. Use an id of sessions.csv"),
    ({"op": "add_room", "room_id": "Z-1", "site_id": "Z"}, "there is no site Z. Use an id of sites.csv"),
    ({"op": "remove_room", "room_id": "Z-1"}, "there is no room Z-1. Use an id of rooms.csv"),
    (
        {"op": "add_leave", "coach_id": "C8", "first_day": "2027-03-01", "last_day": "2027-03-01"},
        "there is no coach C8. Use an id of coaches.csv",
    ),
    ({"op": "remove_leave", "coach_id": "C8", "first_day": "2027-03-09"}, "there is no coach C8."),
    (
        {"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-10"},
        "there is no leave of C1 from 10 March 2027. Use the coach and the first day of a row of leave.csv.",
    ),
    (
        {"op": "add_hours", "coach_id": "C8", "weekday": "mon", "start": "09:00", "end": "10:00"},
        "there is no coach C8.",
    ),
    ({"op": "remove_hours", "coach_id": "C8", "weekday": "mon", "start": "09:30"}, "there is no coach C8."),
    (
        {"op": "remove_hours", "coach_id": "C1", "weekday": "mon", "start": "09:00"},
        "there are no hours of C1 on mon from 09:00. Use the coach, the weekday and the start of a row of hours.csv.",
    ),
    ({"op": "add_coach", "coach_id": "C9", "like": "C8"}, "there is no coach C8."),
    ({"op": "remove_coach", "coach_id": "C8"}, "there is no coach C8."),
    ({"op": "set", "table": "sites", "id": "Z", "field": "name", "value": "Z"}, "there is no site Z."),
    ({"op": "set", "table": "rooms", "id": "X-1", "field": "site_id", "value": "Z"}, "there is no site Z."),
    ({"op": "set", "table": "referrals", "id": "P", "field": "sites", "value": "X;Z"}, "there is no site Z."),
    ({"op": "set", "table": "referrals", "id": "P", "field": "usual_coach", "value": "C8"}, "there is no coach C8."),
    (
        {"op": "set", "table": "sites", "id": "X", "field": "rooms", "value": 3},
        "there is no field 'rooms' here. The fields are name, kind, lat, lon, features, min_sessions, max_sessions "
        "and hire_pounds.",
    ),
    (
        {"op": "set_policy", "field": "notice", "value": 3},
        "there is no field 'notice' here. The fields are notice_days,",
    ),
    (
        {"op": "set_price", "field": "waiting.D", "value": 3},
        "there is no field 'waiting.D' here. The fields are waiting.A,",
    ),
    ({"op": "add_referral"} | REFERRAL | {"practice_id": "PZ"}, "there is no practice PZ. Use an id of practices.csv"),
    ({"op": "add_referral"} | REFERRAL | {"usual_coach": "C8"}, "there is no coach C8."),
    ({"op": "remove_referral", "referral_id": "R8"}, "there is no referral R8. Use an id of referrals.csv"),
    ({"op": "remove_booking", "booking_id": "B8"}, "there is no booking B8. Use an id of interpreters.csv"),
    ({"op": "add_pin", "coach_id": "C8", "session_id": "S1"}, "there is no coach C8."),
    ({"op": "add_pin", "coach_id": "C1", "session_id": "S8"}, "there is no session S8."),
    ({"op": "remove_pin", "coach_id": "C1", "session_id": "S8"}, "there is no session S8."),
    (
        {"op": "remove_pin", "coach_id": "C1", "session_id": "S3"},
        "there is no pin of C1 to S3. Use the coach and the session of a row of pins.csv.",
    ),
]


@pytest.mark.parametrize(("edit", "says"), NOT_THERE)
def test_an_edit_that_names_what_is_not_there_is_refused(edit: dict[str, Any], says: str) -> None:
    with pytest.raises(EditError) as refused:
        edited(region(), edit)
    assert str(refused.value).startswith(f"Edit 1 ({edit['op']}): {says}")


ALREADY: list[tuple[dict[str, Any], str]] = [
    ({"op": "add_session"} | SESSION | {"session_id": "S1"}, "there is a session S1 already."),
    ({"op": "add_room", "room_id": "X-1", "site_id": "Y"}, "there is a room X-1 already."),
    (
        {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-09", "last_day": "2027-03-11"},
        "there is leave of C1 from 9 March 2027 already. Remove that first with remove_leave, or begin on another day.",
    ),
    (
        {"op": "add_hours", "coach_id": "C1", "weekday": "mon", "start": "09:30", "end": "10:00"},
        "there are hours of C1 on mon from 09:30 already. Remove those first with remove_hours, or start at another ",
    ),
    (
        {"op": "add_coach", "coach_id": "C2", "like": "C1"},
        "there is a coach C2 already. Use an id that is not taken, or change that one with set.",
    ),
    ({"op": "add_referral"} | REFERRAL | {"referral_id": "N"}, "there is a referral N already."),
    ({"op": "add_booking"} | BOOKING | {"booking_id": "B1"}, "there is a booking B1 already."),
    (
        {"op": "add_pin", "coach_id": "C1", "session_id": "S1"},
        "there is a pin of C1 to S1 already. Leave this edit out.",
    ),
]


@pytest.mark.parametrize(("edit", "says"), ALREADY)
def test_an_edit_that_adds_what_is_there_is_refused(edit: dict[str, Any], says: str) -> None:
    with pytest.raises(EditError) as refused:
        edited(region(), edit)
    assert str(refused.value).startswith(f"Edit 1 ({edit['op']}): {says}")


def test_every_op_that_adds_or_names_is_among_those_refused() -> None:
    assert {edit["op"] for edit, _ in ALREADY} == {op for op in OPS if op.startswith("add_")}
    assert {edit["op"] for edit, _ in NOT_THERE} == set(OPS) - {"add_booking", "scale_demand"}


LEAVES_A_FAULT: list[tuple[dict[str, Any], str]] = [
    (
        {"op": "add_session"} | SESSION | {"end": "08:00"},
        'end of session S9: the session ends before it starts ("08:00"). It starts at 08:30.',
    ),
    (
        {"op": "add_hours", "coach_id": "C1", "weekday": "mon", "start": "17:00", "end": "19:00"},
        "start of hours of C1 mon: these hours overlap those of another row, 09:30 to 18:00",
    ),
    (
        {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-22", "last_day": "2027-03-21"},
        "last_day of leave of C1 2027-03-22 2027-03-21: the leave ends before it starts",
    ),
    (
        {"op": "set", "table": "sites", "id": "X", "field": "min_sessions", "value": 5},
        'min_sessions of site X: the fewest sessions are more than the most ("5"). max_sessions is 4.',
    ),
    ({"op": "add_coach", "coach_id": "X", "like": "C1"}, "coach_id of coach X: a site has the same id"),
    ({"op": "set_policy", "field": "notice_days", "value": 4000}, "policy.notice_days: this is more than 3,650"),
]


@pytest.mark.parametrize(("edit", "says"), LEAVES_A_FAULT)
def test_an_edit_that_leaves_a_fault_is_refused_with_its_number(edit: dict[str, Any], says: str) -> None:
    harmless = {"op": "set_policy", "field": "unseen_days", "value": 20}
    with pytest.raises(EditError) as refused:
        edited(region(), harmless, harmless, edit, harmless, harmless, harmless)
    assert str(refused.value).startswith(f"Edit 3 ({edit['op']}): {says}")


def test_edits_that_end_in_order_are_made_whatever_lies_between() -> None:
    moved = edited(
        region(),
        {"op": "set", "table": "sessions", "id": "S1", "field": "start", "value": "13:30"},
        {"op": "set", "table": "sessions", "id": "S1", "field": "end", "value": "17:40"},
    ).session["S1"]
    assert (moved.start, moved.end) == (13 * 60 + 30, 17 * 60 + 40)


def test_edits_are_made_in_order_so_a_later_one_may_name_what_an_earlier_one_adds() -> None:
    room = {"op": "add_room", "room_id": "Y-2", "site_id": "Y"}
    session = {"op": "add_session"} | SESSION | {"room_id": "Y-2"}
    assert edited(region(), room, session).site_of("S9") == "Y"
    with pytest.raises(EditError, match=r"^Edit 1 \(add_session\): there is no room Y-2\."):
        edited(region(), session, room)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (
            ("coaches", "C1", "coach_id", "C3"),
            "coach_id is the id of the row, which stays as it is. Set another field.",
        ),
        (("coaches", "C1", "base_lat", None), "base_lat: this may not be empty. Fill it in."),
        (("coaches", "C1", "base_lat", 91), "base_lat: a latitude lies between -90 and 90 (91.0)."),
        (("coaches", "C1", "max_sessions_day", -1), "max_sessions_day: this may not be negative (-1). Give 0 or more."),
        (("coaches", "C1", "max_sessions_day", 1.5), "max_sessions_day: this must be a whole number (1.5)."),
        (("coaches", "C1", "skills", "two words"), "skills: these must be single words of letters, digits, _ and -"),
        (("coaches", "C1", "skills", 3), "skills: this must be text (3). Write it in quotation marks."),
        (
            ("sites", "X", "kind", "pub"),
            "kind: this must be surgery, library, community_centre, faith, jobcentre or other",
        ),
        (("sites", "X", "name", " "), "name: this may not be empty. Fill it in."),
        (("sites", "X", "name", "A\nB"), "name: this holds a character that cannot be seen"),
        (("sites", "X", "hire_pounds", "1,50"), 'hire_pounds: this must be a number ("1,50").'),
        (("sessions", "S1", "date", "03/03/2027"), 'date: dates are YYYY-MM-DD ("03/03/2027").'),
        (("sessions", "S1", "date", "2027-02-30"), 'date: there is no such day ("2027-02-30").'),
        (("sessions", "S1", "start", "9:30"), 'start: times are HH:MM, for example 08:30 ("9:30").'),
        (("sessions", "S1", "start", 570), "start: this must be text (570)."),
        (("referrals", "P", "needs", "welsh"), "needs: every need starts with coach:, room: or interpreter:"),
        (("referrals", "P", "away", ["2027-03-40"]), "away: one of the dates cannot be read: there is no such day"),
        (("referrals", "P", "minutes", 0), "minutes: this must be more than 0 (0)."),
        (("referrals", "P", "band", "D"), 'band: this must be A, B or C ("D").'),
    ],
)
def test_set_refuses_a_value_that_the_column_cannot_hold(edit: tuple[str, str, str, object], says: str) -> None:
    table, row_id, field, value = edit
    with pytest.raises(EditError) as refused:
        edited(region(), {"op": "set", "table": table, "id": row_id, "field": field, "value": value})
    assert str(refused.value).startswith(f"Edit 1 (set): {says}")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"op": "set_policy", "field": "see_by", "value": "never"}, 'see_by: this must be must or prefer ("never").'),
        (
            {"op": "set_policy", "field": "notice_days", "value": "five"},
            'notice_days: this must be a whole number ("five").',
        ),
        (
            {"op": "set_policy", "field": "budget_pounds", "value": -1},
            "budget_pounds: this may not be negative (-1.0).",
        ),
        ({"op": "set_price", "field": "late", "value": 1.5}, "late: this must be a whole number (1.5)."),
        ({"op": "set_price", "field": "late", "value": {"A": 1}}, "late: this must be a number. Write it as a number"),
        ({"op": "set_price", "field": "waiting", "value": 5}, "waiting: this needs a price for each band."),
        ({"op": "set_price", "field": "waiting", "value": {"A": -1}}, "waiting.A: this may not be negative (-1)."),
        (
            {"op": "add_coach", "coach_id": "C9", "like": "C1", "base_lon": None},
            "base_lon: this may not be empty. Fill it in. Longitude of that place.",
        ),
    ],
)
def test_policies_prices_and_bases_refuse_values_that_do_not_fit(edit: dict[str, Any], says: str) -> None:
    with pytest.raises(EditError) as refused:
        edited(region(), edit)
    assert str(refused.value).startswith(f"Edit 1 ({edit['op']}): {says}")


def test_edits_made_in_python_are_held_to_what_may_be_held_too() -> None:
    edit = AddSession.model_validate(SESSION | {"session_id": "943 476 5919"})
    with pytest.raises(EditError) as refused:
        apply_edits(region(), [edit])
    assert str(refused.value).startswith(
        "Edit 1 (add_session): session_id: this holds an NHS number, which is never held."
    )
    assert "5919" not in repr(refused.value)


def test_an_edited_instance_decides_anew_which_dates_bind_unless_facts_are_relaxed() -> None:
    before = region()
    assert before.binding == {"P"}
    notice = [{"op": "set_policy", "field": "interpreter_notice_days", "value": 30}]
    from_json = edited(before, *notice)
    assert (from_json.binding, from_json.binding_as_given) == (frozenset(), None)
    assert edited(before.relaxed(), *notice).binding == frozenset()
