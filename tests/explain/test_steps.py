"""The steps of repairs: for each kind a region in which exactly that step is the cheapest, its edit and its words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from roster.domain import RepairPrices
from roster.edit_words import edits_words
from roster.edits import parse_edits
from roster.edits.parse import edits_to_json
from roster.explain.repairs.find import Mended
from roster.instance import Instance
from tests.explain.planted import (
    AFTER_THE_FIFTEENTH,
    TROUBLES,
    Row,
    Trouble,
    coach,
    leave,
    person,
    planted,
    policy,
    site,
    trouble,
)
from tests.explain.test_repairs import cheapest, is_true, with_prices

BY_NAME = {known.name: known for known in TROUBLES}
DEAR = dict.fromkeys((name for name in RepairPrices.model_fields if not name.endswith("_more")), 30)
"""A table of prices in which every first step costs so much that one cheap kind is preferred to any other."""


@dataclass(frozen=True)
class Golden:
    """A trouble, the kind whose first step costs 2 where all others cost 30, and the repair that is cheapest then."""

    about: Trouble
    kind: str
    price: int
    edit: Row
    says: str


def change(table: str, row_id: str, field: str, value: Any) -> Row:
    return {"op": "set", "table": table, "id": row_id, "field": field, "value": value}


def of_person(field: str, value: Any) -> Row:
    return change("referrals", "T", field, value)


STEPS: Mapping[str, Golden] = {
    "a date three days later": Golden(
        BY_NAME["too long a notice"],
        "see_by",
        2 + 2,
        of_person("see_by", "2027-03-15"),
        "Move the date by which referral T is to be seen from 12 March 2027 to 15 March 2027.",
    ),
    "a date twenty days later, which is not in this month": Golden(
        BY_NAME["a place where no room is in time"],
        "see_by",
        2 + 19,
        of_person("see_by", None),
        "Have referral T seen on any date instead of by 12 March 2027.",
    ),
    "a site more, for each of two people": Golden(
        BY_NAME["more visits than a site allows"],
        "place",
        2 * 2,
        of_person("sites", ["X", "Y"]),
        "Referral T can also go to Site Y.",
    ),
    "a day less away": Golden(
        trouble(
            "away on both days, and everybody on leave on one of them",
            "see_by:T away:T",
            person("T", 9, away="2027-03-08;2027-03-09", sites="X"),
            leave("C1", 8, 8),
            leave("C2", 8, 8),
        ),
        "away",
        2,
        of_person("away", ["2027-03-08"]),
        "Referral T can also come on 9 March 2027.",
    ),
    "both days less away, where two people are to come": Golden(
        trouble(
            "two days away",
            "see_by:T away:T",
            person("T", 9, count=2, away="2027-03-08;2027-03-09", sites="X", minutes=120),
        ),
        "away",
        2 * 2 * 2,
        of_person("away", None),
        "Referral T can also come from 8 March 2027 to 9 March 2027.",
    ),
    "no need": Golden(
        BY_NAME["a room that nobody has"],
        "needs",
        2,
        of_person("needs", None),
        "See referral T without a hearing loop room.",
    ),
    "a visit fewer promised": Golden(
        BY_NAME["visits that cost too much"],
        "presence",
        2,
        change("sites", "X", "min_sessions", 1),
        "Let Site X (X) have at least 1 visit in the month instead of 2.",
    ),
    "two visits fewer promised, which is none": Golden(
        BY_NAME["more visits than sessions"],
        "presence",
        2 * 2,
        change("sites", "Z", "min_sessions", None),
        "Let Site Z (Z) have any number of visits in the month instead of at least 2.",
    ),
    "a visit more at a site": Golden(
        BY_NAME["more visits than a site allows"],
        "site_limit",
        2,
        change("sites", "X", "max_sessions", 2),
        "Let Site X (X) have at most 2 visits in the month instead of 1.",
    ),
    "two visits more at a site": Golden(
        trouble(
            "no visits at a site",
            "see_by:T place:T site_limit:X",
            person("T", 9, count=2, sites="X"),
            site("X", "min_sessions", 0),
            site("X", "max_sessions", 0),
        ),
        "site_limit",
        2 * 2,
        change("sites", "X", "max_sessions", 2),
        "Let Site X (X) have at most 2 visits in the month instead of 0.",
    ),
    "a visit more of a day": Golden(
        BY_NAME["more than one visit a day"],
        "workload",
        2,
        change("coaches", "C1", "max_sessions_day", 2),
        "Let coach C1 hold at most 2 visits a day instead of 1.",
    ),
    "a visit more of a week": Golden(
        BY_NAME["more than two visits a week"],
        "workload",
        2,
        change("coaches", "C1", "max_sessions_week", 3),
        "Let coach C1 hold at most 3 visits a week instead of 2.",
    ),
    "a visit more of a month": Golden(
        BY_NAME["more than three visits a month"],
        "workload",
        2,
        change("coaches", "C1", "max_sessions_month", 4),
        "Let coach C1 hold at most 4 visits in the month instead of 3.",
    ),
    "twenty minutes more on the road": Golden(
        BY_NAME["too far for a day"],
        "travel_limit",
        2 + 1,
        change("coaches", "C1", "max_travel_minutes_day", 140),
        "Let coach C1 be on the road for at most 140 minutes a day instead of 120.",
    ),
    "a day of the week more": Golden(
        BY_NAME["a pin on a day without hours"],
        "hours",
        2,
        {"op": "add_hours", "coach_id": "C2", "weekday": "wed", "start": "09:00", "end": "12:00"},
        "Coach C2 also works on Wednesdays from 9am to midday.",
    ),
    "leave taken back": Golden(
        BY_NAME["a pin on a day of leave"],
        "leave",
        2,
        {"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-09"},
        "Take back the leave of coach C1 on 9 March 2027.",
    ),
    "a pin taken back": Golden(
        BY_NAME["a pin on a bank holiday"],
        "pin",
        2,
        {"op": "remove_pin", "coach_id": "C1", "session_id": "S9"},
        "Coach C1 need not hold session S9 at Site X on 29 March 2027, 9am to midday.",
    ),
    "two days' notice less": Golden(
        BY_NAME["too long a notice"],
        "notice",
        2 + 2,
        {"op": "set_policy", "field": "notice_days", "value": 8},
        "Ask for 8 days of notice instead of 10 before a new appointment.",
    ),
    "a day's notice less for an interpreter": Golden(
        BY_NAME["too long a notice for an interpreter"],
        "interpreter_notice",
        2,
        {"op": "set_policy", "field": "interpreter_notice_days", "value": 14},
        "Ask for 14 days of notice instead of 15 before a new appointment with an interpreter.",
    ),
    "twenty-five minutes' break less": Golden(
        BY_NAME["a break too long for two visits of a day"],
        "break_minutes",
        2 + 4,
        {"op": "set_policy", "field": "break_minutes", "value": 65},
        "Give coaches at least 65 minutes instead of 90 between two visits on one day, besides the road.",
    ),
    "fifty pounds more": Golden(
        BY_NAME["an interpreter who costs too much"],
        "budget",
        2,
        {"op": "set_policy", "field": "budget_pounds", "value": 95.0},
        "Let room hire and interpreter fees in the month come to at most £95 instead of at most £45.",
    ),
    "a hundred pounds more": Golden(
        trouble(
            "fees of a hundred pounds",
            "see_by:T needs:T budget",
            person("T", 16, needs="interpreter:bsl"),
            change("interpreters", "B2", "fee_pounds", 100),
            policy("budget_pounds", 45),
        ),
        "budget",
        2 + 1,
        {"op": "set_policy", "field": "budget_pounds", "value": 145.0},
        "Let room hire and interpreter fees in the month come to at most £145 instead of at most £45.",
    ),
    "an interpreter more": Golden(
        trouble(
            "an interpreter at one site",
            "see_by:T needs:T",
            person("T", 31, practice_id="PY", sites="Y", needs="interpreter:farsi"),
        ),
        "booking",
        2,
        {
            "op": "add_booking",
            "booking_id": "farsi-2027-03-15-am",
            "skill": "farsi",
            "date": "2027-03-15",
            "start": "08:30",
            "end": "12:40",
            "fee_pounds": 50.0,
        },
        "Book a farsi interpreter on 15 March 2027, 8:30am to 12:40pm, for a fee of £50.",
    ),
    "a session more": Golden(
        trouble(
            "a room on one half-day",
            "see_by:T place:T",
            person("T", 17, count=2, practice_id="PZ", sites="Z", **AFTER_THE_FIFTEENTH),
            coach("C1", "max_travel_minutes_day", 150),
            leave("C2", 16, 16),
            leave("C1", 16, 16),
        ),
        "session",
        2,
        {
            "op": "add_session",
            "session_id": "Z-1-2027-03-17-pm",
            "room_id": "Z-1",
            "date": "2027-03-17",
            "start": "13:30",
            "end": "16:30",
        },
        "Offer room Z-1 at Site Z on 17 March 2027, 1:30pm to 4:30pm.",
    ),
}


def mended(about: Trouble, **prices: int) -> tuple[Instance, Mended]:
    """The region with the trouble and these prices, and its cheapest repair."""
    instance = with_prices(planted(about), **prices)
    return instance, cheapest(instance)


@pytest.mark.parametrize("name", STEPS)
def test_the_step_is_the_cheapest_its_edit_is_as_little_as_will_do_and_its_words_say_so(name: str) -> None:
    golden = STEPS[name]
    instance, repair = mended(golden.about, **DEAR | {golden.kind: 2})
    assert json.loads(edits_to_json(repair.edits)) == [golden.edit]
    assert repair.price == golden.price
    assert edits_words(instance, repair.edits) == (golden.says,)
    is_true(instance, repair)


def test_every_price_of_the_table_is_that_of_a_step_tested_here() -> None:
    assert {golden.kind for golden in STEPS.values()} == set(DEAR)


DAY = BY_NAME["more than one visit a day"]


@pytest.mark.parametrize(
    ("prices", "field", "price"),
    [
        ({}, "max_sessions_day", 5),
        ({"workload": 7, "see_by": 4}, "max_sessions_day", 7),
        ({"workload": 9, "see_by": 4}, "see_by", 8),
        ({"see_by": 2}, "see_by", 4),
        ({"leave": 4}, "coach_id", 4),
    ],
)
def test_prices_of_the_settings_decide_which_repair_is_the_cheapest(
    prices: dict[str, int], field: str, price: int
) -> None:
    _, repair = mended(DAY, **{"session": 30} | prices)
    [edit] = json.loads(edits_to_json(repair.edits))
    assert repair.price == price
    assert field in (edit.get("field"), *edit)


@pytest.mark.parametrize(("count", "price"), [(1, 4), (2, 8), (3, 12)])
def test_what_is_about_a_referral_costs_as_much_for_each_of_its_people(count: int, price: int) -> None:
    late = trouble(
        "some people", "see_by:T notice", person("T", 12, count=count, minutes=30), policy("notice_days", 10)
    )
    _, repair = mended(late, **DEAR | {"see_by": 2})
    assert repair.edits == tuple(parse_edits(json.dumps([of_person("see_by", "2027-03-15")])))
    assert repair.price == price


def test_each_further_step_costs_what_the_table_says() -> None:
    _, repair = mended(BY_NAME["too long a notice"], **DEAR | {"see_by": 2, "see_by_more": 5})
    assert repair.price == 2 + 2 * 5
