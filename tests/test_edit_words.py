"""Every edit has a sentence that tells somebody what to do: each op, each field, each policy, each price."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.edit_words import edit_words, edits_words
from roster.edit_words.fields import FIELDS
from roster.edit_words.settings import POLICIES, PRICES
from roster.edits import OPS, EditError, edits_to_json, parse_edits
from roster.facts import facts_of
from roster.files.columns import TABLE
from roster.files.settings import kinds
from roster.validity import KEYS
from tests.edited import GOOD_FOLDERS, region, shared_instance
from tests.plain_words import complaints_of_a_sentence
from tests.test_edits_properties import EDIT

REGION = region()

SET: dict[tuple[str, str], list[tuple[str, object, str]]] = {
    ("coaches", "base_lat"): [("C1", 51.5, "Have the base of coach C1 at latitude 51.5 instead of 54.6.")],
    ("coaches", "base_lon"): [("C1", -0.1, "Have the base of coach C1 at longitude -0.1 instead of 1.5.")],
    ("coaches", "skills"): [
        ("C1", "bsl;old_age", "Coach C1 has the skills bsl and old age instead of the skills welsh and woman."),
        ("C1", None, "Coach C1 has no skills instead of the skills welsh and woman."),
        ("C2", ["welsh"], "Coach C2 has the skill welsh instead of no skills."),
    ],
    ("coaches", "max_sessions_day"): [
        ("C1", 3, "Let coach C1 hold at most 3 visits a day instead of 2."),
        ("C1", 1, "Let coach C1 hold at most 1 visit a day instead of 2."),
        ("C1", None, "Let coach C1 hold any number of visits a day instead of at most 2."),
        ("C2", 3, "Let coach C2 hold at most 3 visits a day instead of any number."),
        ("C2", None, "Let coach C2 hold any number of visits a day."),
    ],
    ("coaches", "max_sessions_week"): [("C1", 6, "Let coach C1 hold at most 6 visits a week instead of 5.")],
    ("coaches", "max_sessions_month"): [("C1", 20, "Let coach C1 hold at most 20 visits in the month instead of 16.")],
    ("coaches", "max_travel_minutes_day"): [
        ("C1", 110, "Let coach C1 be on the road for at most 110 minutes a day instead of 90."),
        ("C1", None, "Let coach C1 be on the road for any number of minutes a day instead of at most 90."),
    ],
    ("sites", "name"): [("X", "Holloway Library", "Call site X Holloway Library instead of Site X.")],
    ("sites", "kind"): [("X", "faith", "Count Site X (X) as a place of worship instead of a surgery.")],
    ("sites", "lat"): [("X", 51.50001, "Have Site X (X) at latitude 51.50001 instead of 54.65.")],
    ("sites", "lon"): [("X", 2, "Have Site X (X) at longitude 2 instead of 1.6.")],
    ("sites", "features"): [
        ("X", None, "Every room at Site X (X) has no features instead of the feature step free."),
        ("Y", "quiet", "Every room at Site Y (Y) has the feature quiet instead of no features."),
    ],
    ("sites", "min_sessions"): [
        ("X", 0, "Let Site X (X) have at least 0 visits in the month instead of 1."),
        ("X", 1, "Let Site X (X) have at least 1 visit in the month."),
        ("X", None, "Let Site X (X) have any number of visits in the month instead of at least 1."),
    ],
    ("sites", "max_sessions"): [
        ("X", 5, "Let Site X (X) have at most 5 visits in the month instead of 4."),
        ("X", None, "Let Site X (X) have any number of visits in the month instead of at most 4."),
    ],
    ("sites", "hire_pounds"): [("X", None, "Pay £0 instead of £12.50 for each session used at Site X (X).")],
    ("practices", "name"): [("PX", "The Goodinge", "Call practice PX The Goodinge instead of PX.")],
    ("practices", "site_id"): [("PX", "Y", "Have practice PX (PX) at Site Y (Y) instead of Site X (X).")],
    ("rooms", "site_id"): [("X-1", "Y", "Have room X-1 at Site Y (Y) instead of Site X (X).")],
    ("rooms", "features"): [
        (
            "X-1",
            None,
            "Besides what every room there has, room X-1 at Site X has no features instead of the feature quiet.",
        )
    ],
    ("sessions", "room_id"): [
        (
            "S1",
            "Y-1",
            "Have session S1 at Site X on 3 March 2027, 8:30am to 12:40pm, in room Y-1 at Site Y instead of room X-1 "
            "at Site X.",
        )
    ],
    ("sessions", "date"): [
        ("S1", "2027-03-04", "Move session S1 at Site X on 3 March 2027, 8:30am to 12:40pm, to 4 March 2027.")
    ],
    ("sessions", "start"): [
        ("S1", "08:00", "Have session S1 at Site X on 3 March 2027, 8:30am to 12:40pm, start at 8am instead of 8:30am.")
    ],
    ("sessions", "end"): [
        (
            "S1",
            "12:00",
            "Have session S1 at Site X on 3 March 2027, 8:30am to 12:40pm, end at midday instead of 12:40pm.",
        )
    ],
    ("referrals", "practice_id"): [("P", "PY", "Referral P comes from PY (PY) instead of PX (PX).")],
    ("referrals", "referred_on"): [
        ("P", "2027-02-01", "Referral P was made on 1 February 2027 instead of 10 February 2027.")
    ],
    ("referrals", "band"): [("P", "B", "Put referral P in band B instead of band A.")],
    ("referrals", "see_by"): [
        ("P", "2027-03-12", "Move the date by which referral P is to be seen from 9 March 2027 to 12 March 2027."),
        ("P", None, "Have referral P seen on any date instead of by 9 March 2027."),
        ("P", "2027-03-09", "Have referral P seen by 9 March 2027."),
        ("Q", "2027-03-30", "Have referral Q seen by 30 March 2027 instead of on any date."),
    ],
    ("referrals", "minutes"): [
        ("P", 40, "See referral P for 40 minutes instead of 60."),
        ("Q", 60, "See each person of referral Q for 60 minutes instead of 40."),
        ("P", 60, "See referral P for 60 minutes."),
    ],
    ("referrals", "needs"): [
        ("P", None, "See referral P without a welsh coach, a step free room and a bsl interpreter."),
        ("P", "coach:welsh;room:step_free", "See referral P without a bsl interpreter."),
        (
            "P",
            "interpreter:farsi",
            "See referral P with a farsi interpreter instead of a welsh coach, a step free room and a bsl interpreter.",
        ),
        ("Q", "coach:welsh", "See referral Q with a welsh coach."),
        ("Q", None, "See referral Q with no particular need."),
    ],
    ("referrals", "sites"): [
        ("P", "X;Y", "Referral P can go to every site of the region."),
        ("P", "X", "Referral P can go to Site X and nowhere else."),
        ("Q", None, "Referral Q can go to every site within 30 minutes of their practice."),
    ],
    ("referrals", "away"): [
        ("P", None, "Referral P can also come from 15 March 2027 to 17 March 2027 or on 24 March 2027."),
        (
            "P",
            "2027-03-15;2027-03-16;2027-03-24;2027-03-30",
            "Referral P can also come on 17 March 2027, and cannot come on 30 March 2027.",
        ),
        ("Q", "", "Referral Q can come on the same days as before."),
    ],
    ("referrals", "usual_coach"): [
        ("P", "C2", "The usual coach of referral P is coach C2 instead of coach C1."),
        ("P", None, "The usual coach of referral P is nobody instead of coach C1."),
    ],
    ("referrals", "consent"): [
        ("P", "no", "Referral P has not given consent."),
        ("N", "yes", "Referral N has given consent."),
    ],
    ("referrals", "count"): [("P", 2, "Referral P stands for 2 people instead of 1 person.")],
    ("interpreters", "skill"): [
        (
            "B1",
            "farsi",
            "Have booking B1 (a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm) for farsi instead of bsl.",
        )
    ],
    ("interpreters", "date"): [
        (
            "B1",
            "2027-03-09",
            "Move booking B1 (a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm) to 9 March 2027.",
        )
    ],
    ("interpreters", "start"): [
        (
            "B1",
            "13:00",
            "Have booking B1 (a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm) start at 1pm instead of 1:30pm.",
        )
    ],
    ("interpreters", "end"): [
        (
            "B1",
            "17:00",
            "Have booking B1 (a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm) end at 5pm instead of 5:45pm.",
        )
    ],
    ("interpreters", "fee_pounds"): [
        (
            "B1",
            12.5,
            "Pay £12.50 instead of £110 for booking B1 (a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm).",
        )
    ],
}
SET_EDITS = [
    ({"op": "set", "table": table, "id": row_id, "field": field, "value": value}, says)
    for (table, field), examples in SET.items()
    for row_id, value, says in examples
]

POLICY: dict[str, list[tuple[object, str]]] = {
    "notice_days": [
        (3, "Ask for 3 days of notice instead of 5 before a new appointment."),
        (None, "Ask for 5 days of notice before a new appointment."),
    ],
    "interpreter_notice_days": [
        (0, "Ask for 0 days of notice instead of 14 before a new appointment with an interpreter.")
    ],
    "see_by": [
        ("prefer", "Aim at the dates by which people are to be seen, instead of keeping every one of them."),
        ("must", "Keep every date by which a person is to be seen."),
    ],
    "break_minutes": [
        (10, "Give coaches at least 10 minutes instead of 30 between two visits on one day, besides the road.")
    ],
    "min_visit_minutes": [(45, "Let a visit last at least 45 minutes instead of 60.")],
    "reach_minutes": [
        (
            45,
            "Send people up to 45 minutes from their practice instead of 30, unless they named sites.",
        )
    ],
    "unseen_days": [(14, "Count a person who is not seen as waiting for 14 days after the month instead of 28.")],
    "budget_pounds": [
        (200, "Let room hire and interpreter fees in the month come to at most £200 instead of at most £120.50."),
        (None, "Let room hire and interpreter fees in the month come to any sum instead of at most £120.50."),
    ],
}
POLICY_EDITS = [
    ({"op": "set_policy", "field": field, "value": value}, says)
    for field, examples in POLICY.items()
    for value, says in examples
]

PRICE: dict[str, tuple[object, str]] = {
    "waiting": (
        {"A": 20, "B": 1},
        "Count a day that a person of band A waits as 20 minutes of coach time instead of 13. "
        "Count a day that a person of band B waits as 1 minute of coach time instead of 7.",
    ),
    "waiting.C": (9, "Count a day that a person of band C waits as 9 minutes of coach time instead of 3."),
    "late": (
        1,
        "Count a day after the date by which a person is to be seen as 1 minute of coach time instead of 61.",
    ),
    "travel": (2, "Count a minute on the road as 2 minutes of coach time."),
    "visit": (0, "Count a visit as 0 minutes of coach time instead of 17."),
    "new_face": (
        1,
        "Count every further coach who is seen at a site as 1 minute of coach time instead of 29.",
    ),
    "new_coach": (
        3,
        "Count an appointment with somebody else than the usual coach as 3 minutes of coach time instead of 41.",
    ),
    "heaviest": (
        5,
        "Count a minute on the road of the coach who travels most as 5 minutes of coach time instead of 3.",
    ),
    "change": (None, "Count a change from the published roster as 45 minutes of coach time instead of 47."),
}
PRICE_EDITS = [({"op": "set_price", "field": field, "value": value}, says) for field, (value, says) in PRICE.items()]

STRETCH = {"date": "2027-03-10", "start": "08:30", "end": "12:40"}
REFERRAL = {"practice_id": "PY", "referred_on": "2027-02-15", "band": "B", "minutes": 30}
OTHERS: list[tuple[dict[str, Any], str]] = [
    (
        {"op": "add_session", "session_id": "S9", "room_id": "Y-1"} | STRETCH,
        "Offer room Y-1 at Site Y on 10 March 2027, 8:30am to 12:40pm.",
    ),
    (
        {"op": "remove_session", "session_id": "S1"},
        "Withdraw session S1 at Site X on 3 March 2027, 8:30am to 12:40pm.",
    ),
    ({"op": "add_room", "room_id": "Y-2", "site_id": "Y"}, "Add room Y-2 at Site Y."),
    (
        {"op": "add_room", "room_id": "Y-2", "site_id": "Y", "features": "quiet;step_free"},
        "Add room Y-2 at Site Y, which has quiet and step free.",
    ),
    ({"op": "remove_room", "room_id": "X-1"}, "Withdraw room X-1 at Site X and its 2 sessions."),
    (
        {"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-15", "last_day": "2027-03-16"},
        "Put coach C1 on leave from 15 March 2027 to 16 March 2027.",
    ),
    (
        {"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-09"},
        "Take back the leave of coach C1 from 9 March 2027 to 10 March 2027.",
    ),
    (
        {"op": "add_hours", "coach_id": "C1", "weekday": "tue", "start": "09:00", "end": "17:00"},
        "Coach C1 also works on Tuesdays from 9am to 5pm.",
    ),
    (
        {"op": "add_hours", "coach_id": "C1", "weekday": "sun", "start": "00:00", "end": "23:59"},
        "Coach C1 also works on Sundays, at any time.",
    ),
    (
        {"op": "remove_hours", "coach_id": "C1", "weekday": "thu", "start": "08:30"},
        "Coach C1 no longer works on Thursdays from 8:30am to midday.",
    ),
    (
        {"op": "add_coach", "coach_id": "C9", "like": "C1"},
        "Add coach C9, with the base, hours, skills and limits of coach C1.",
    ),
    (
        {"op": "add_coach", "coach_id": "C9", "like": "C1", "skills": None, "max_sessions_day": None, "base_lat": 51.5},
        "Add coach C9, with the base, hours, skills and limits of coach C1, but with a base at latitude 51.5 and "
        "longitude 1.5, no skills and any number of visits a day.",
    ),
    (
        {"op": "add_coach", "coach_id": "C9", "like": "C2", "skills": "bsl", "max_travel_minutes_day": 20},
        "Add coach C9, with the base, hours, skills and limits of coach C2, but with the skill bsl and at most 20 "
        "minutes on the road a day.",
    ),
    (
        {"op": "remove_coach", "coach_id": "C1"},
        "Take coach C1 out, with their hours and leave and the visits they are to hold.",
    ),
    (
        {"op": "add_referral", "referral_id": "R9", "consent": "yes"} | REFERRAL,
        "Add referral R9 from PY (PY): band B, made on 15 February 2027, 30 minutes.",
    ),
    (
        {"op": "add_referral", "referral_id": "R9", "consent": "no", "count": 2, "needs": "coach:welsh"}
        | {"see_by": "2027-03-19"}
        | REFERRAL,
        "Add referral R9 for 2 people from PY (PY): band B, made on 15 February 2027, 30 minutes, to be seen by "
        "19 March 2027, in need of a welsh coach, without consent so far.",
    ),
    ({"op": "remove_referral", "referral_id": "P"}, "Take referral P out: consent is withdrawn."),
    (
        {"op": "add_booking", "booking_id": "B9", "skill": "farsi", "fee_pounds": 30.5} | STRETCH,
        "Book a farsi interpreter on 10 March 2027, 8:30am to 12:40pm, for a fee of £30.50.",
    ),
    (
        {"op": "add_booking", "booking_id": "B9", "skill": "urdu"} | STRETCH,
        "Book an urdu interpreter on 10 March 2027, 8:30am to 12:40pm.",
    ),
    (
        {"op": "remove_booking", "booking_id": "B1"},
        "Cancel booking B1: a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm.",
    ),
    (
        {"op": "add_pin", "coach_id": "C1", "session_id": "S3"},
        "Have coach C1 hold session S3 at Site X on 8 March 2027, 1:30pm to 5:40pm, whatever else changes.",
    ),
    (
        {"op": "remove_pin", "coach_id": "C2", "session_id": "S1"},
        "Coach C2 need not hold session S1 at Site X on 3 March 2027, 8:30am to 12:40pm.",
    ),
    (
        {"op": "scale_demand", "factor": 1.5, "seed": 7},
        "Draw the referrals again by chance: 5 referrals instead of 3, as draw number 7 gives them.",
    ),
]
ALL = SET_EDITS + POLICY_EDITS + PRICE_EDITS + OTHERS


def of(edit: object) -> str:
    """The sentence of an edit of the region, written as JSON."""
    (parsed,) = parse_edits(json.dumps([edit]))
    return edit_words(REGION, parsed)


@pytest.mark.parametrize(("edit", "says"), ALL, ids=[says for _, says in ALL])
def test_an_edit_says_what_would_be_and_what_is(edit: dict[str, Any], says: str) -> None:
    assert of(edit) == says
    assert complaints_of_a_sentence(says) == []


def test_every_op_every_field_every_policy_and_every_price_has_an_example_here() -> None:
    fields = {(table, c.name) for table, t in TABLE.items() for c in t.columns if len(KEYS.get(table, "--")) == 1}
    fields -= {(table, columns[0]) for table, columns in KEYS.items()}
    assert set(FIELDS) == set(SET) == fields
    known = [key.removeprefix("policy.") for key in kinds() if key.startswith("policy.")]
    assert list(POLICIES) == list(POLICY) == known
    assert set(PRICE) - {"waiting"} | {"waiting.A", "waiting.B"} == {
        key.removeprefix("prices.") for key in kinds() if key.startswith("prices.")
    }
    assert set(PRICES) == {name for name in PRICE if "waiting" not in name}
    assert {edit["op"] for edit, _ in ALL} == set(OPS)


def test_waiting_that_stays_as_it_is_says_so() -> None:
    same = {"op": "set_price", "field": "waiting", "value": {"A": 13}}
    assert of(same) == "Leave the prices of waiting as they are."


def test_of_many_sites_the_first_are_named_and_the_others_counted() -> None:
    sites = [REGION.site["X"].model_copy(update={"site_id": f"Z{n}", "name": f"Site Z{n}"}) for n in range(1, 10)]
    larger = REGION.replaced(sites=(*REGION.sites, *sites))
    wider = {
        "op": "set",
        "table": "referrals",
        "id": "Q",
        "field": "sites",
        "value": ["X", "Y"] + [s.site_id for s in sites[:8]],
    }
    assert edits_words(larger, parse_edits(json.dumps([wider]))) == (
        "Referral Q can also go to Site Z1, Site Z2, Site Z3, Site Z4, Site Z5, Site Z6 or 2 more.",
    )


def test_edits_that_build_on_one_another_are_said_in_order() -> None:
    edits = parse_edits(
        json.dumps(
            [
                {"op": "add_room", "room_id": "Y-2", "site_id": "Y"},
                {"op": "add_session", "session_id": "S9", "room_id": "Y-2"} | STRETCH,
                {"op": "set", "table": "coaches", "id": "C1", "field": "max_sessions_day", "value": 3},
                {"op": "set", "table": "coaches", "id": "C1", "field": "max_sessions_day", "value": 4},
            ]
        )
    )
    assert edits_words(REGION, edits) == (
        "Add room Y-2 at Site Y.",
        "Offer room Y-2 at Site Y on 10 March 2027, 8:30am to 12:40pm.",
        "Let coach C1 hold at most 3 visits a day instead of 2.",
        "Let coach C1 hold at most 4 visits a day instead of 3.",
    )


def test_an_edit_that_cannot_be_made_has_no_sentence() -> None:
    with pytest.raises(EditError, match="there is no session S9"):
        of({"op": "remove_session", "session_id": "S9"})


@settings(max_examples=150, deadline=None, derandomize=True)
@given(edits=st.lists(EDIT, max_size=4))
def test_any_edits_that_can_be_made_have_plain_sentences(edits: list[dict[str, Any]]) -> None:
    try:
        says = edits_words(REGION, parse_edits(json.dumps(edits)))
    except EditError:
        return
    assert len(says) == len(edits)
    assert [complaint for sentence in says for complaint in complaints_of_a_sentence(sentence)] == []


@pytest.mark.parametrize("folder", GOOD_FOLDERS[:1])
def test_the_edits_that_relax_each_fact_of_a_region_have_plain_sentences(folder: str) -> None:
    instance = shared_instance(folder)
    facts = facts_of(instance)
    kinds_seen = {fact.kind: fact for fact in facts}
    for fact in kinds_seen.values():
        for sentence in edits_words(instance, fact.edits):
            assert complaints_of_a_sentence(sentence) == [], sentence
        assert parse_edits(edits_to_json(fact.edits)) == fact.edits
