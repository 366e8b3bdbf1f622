"""The price of edits, read again from the tables: for each kind of step, for parts begun, and for what is no step."""

import json
from typing import Any

import pytest

from roster.audit.prices import price_of
from roster.domain import RepairPrices
from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from tests.explain.planted import leave, person, region

Row = dict[str, Any]
PRICES = RepairPrices.model_validate(
    {name: 100 + number for number, name in enumerate(RepairPrices().model_dump(by_alias=True))}
    | {"see_by_more": 2, "travel_limit_more": 3, "notice_more": 4, "interpreter_notice_more": 5}
    | {"break_more": 6, "budget_more": 7}
)
"""Prices of which no two are alike."""


def priced() -> Instance:
    """The region, with a person of a row of three, leave, and prices that differ."""
    three = person("T", 9, count=3, away="2027-03-08;2027-03-12", sites="X", needs="coach:welsh")
    given = apply_edits(region(), parse_edits(json.dumps([three, leave("C1", 25, 26)])))
    return given.replaced(settings=given.settings.model_copy(update={"repair_prices": PRICES}))


def referral(field: str, value: str | None, referral_id: str = "T") -> Row:
    return {"op": "set", "table": "referrals", "id": referral_id, "field": field, "value": value}


def site(field: str, value: int | None, site_id: str = "X") -> Row:
    return {"op": "set", "table": "sites", "id": site_id, "field": field, "value": value}


def coach(field: str, value: int | None) -> Row:
    return {"op": "set", "table": "coaches", "id": "C1", "field": field, "value": value}


def policy(field: str, value: float | None) -> Row:
    return {"op": "set_policy", "field": field, "value": value}


SESSION = {"op": "add_session", "session_id": "S9", "room_id": "X-2", "date": "2027-03-12"}
BOOKING = {"op": "add_booking", "booking_id": "B9", "skill": "bsl", "date": "2027-03-12", "fee_pounds": 1.0}
TIMES = {"start": "09:00", "end": "12:00"}

STEPS: dict[str, tuple[Row, int | None]] = {
    "a date a day later, for three people": (referral("see_by", "2027-03-10"), 3 * PRICES.see_by),
    "a date four days later, for one person": (referral("see_by", "2027-03-13", "A"), PRICES.see_by + 3 * 2),
    "a date not in this month": (referral("see_by", None, "A"), PRICES.see_by + 22 * 2),
    "a date that is earlier": (referral("see_by", "2027-03-08"), None),
    "one day fewer away": (referral("away", "2027-03-12"), 3 * PRICES.away),
    "no days away": (referral("away", None), 3 * 2 * PRICES.away),
    "another day away": (referral("away", "2027-03-08;2027-03-12;2027-03-15"), None),
    "one site more": (referral("sites", "X;Y"), 3 * PRICES.place),
    "two sites more": (referral("sites", "X;Y;Z"), 3 * 2 * PRICES.place),
    "another site instead, which is one more": (referral("sites", "Y"), 3 * PRICES.place),
    "no needs": (referral("needs", None), 3 * PRICES.needs),
    "another need": (referral("needs", "coach:welsh;room:step_free"), None),
    "fewer minutes": (referral("minutes", "30"), None),
    "one visit fewer": (site("min_sessions", None), PRICES.presence),
    "one visit more": (site("max_sessions", 5), PRICES.site_limit),
    "three visits more": (site("max_sessions", 7), 3 * PRICES.site_limit),
    "no limit at all": (site("max_sessions", None), None),
    "a site without a limit": (site("max_sessions", 4, "Z"), None),
    "two visits more of a coach": (coach("max_sessions_week", 6), 2 * PRICES.workload),
    "ten minutes more": (coach("max_travel_minutes_day", 130), PRICES.travel_limit),
    "eleven minutes more": (coach("max_travel_minutes_day", 131), PRICES.travel_limit + 3),
    "nine minutes more": (coach("max_travel_minutes_day", 129), PRICES.travel_limit),
    "ten minutes fewer": (coach("max_travel_minutes_day", 110), None),
    "other skills": ({"op": "set", "table": "coaches", "id": "C1", "field": "skills", "value": "polish"}, None),
    "a day of leave": ({"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-25"}, PRICES.leave),
    "a pin": ({"op": "remove_pin", "coach_id": "C1", "session_id": "S4"}, PRICES.pin),
    "hours": ({"op": "add_hours", "coach_id": "C1", "weekday": "fri"} | TIMES, PRICES.hours),
    "a session": (SESSION | TIMES, PRICES.session),
    "a booking": (BOOKING | TIMES, PRICES.booking),
    "a day's notice less": (policy("notice_days", 4), PRICES.notice),
    "no notice": (policy("notice_days", 0), PRICES.notice + 4 * 4),
    "more notice": (policy("notice_days", 6), None),
    "three days' notice less for an interpreter": (
        policy("interpreter_notice_days", 7),
        PRICES.interpreter_notice + 2 * 5,
    ),
    "six minutes' break less": (policy("break_minutes", 24), PRICES.break_minutes + 6),
    "no break": (policy("break_minutes", 0), PRICES.break_minutes + 5 * 6),
    "another reach": (policy("reach_minutes", 60), None),
    "fifty pounds more": (policy("budget_pounds", 350), PRICES.budget),
    "fifty-one pounds more": (policy("budget_pounds", 350.01), PRICES.budget + 7),
    "no budget at all": (policy("budget_pounds", None), None),
    "a coach more": ({"op": "add_coach", "coach_id": "C9", "like": "C1"}, None),
}


@pytest.mark.parametrize("name", STEPS)
def test_an_edit_costs_what_the_table_says(name: str) -> None:
    edit, price = STEPS[name]
    assert price_of(priced(), parse_edits(json.dumps([edit]))) == price


def test_edits_cost_as_much_as_each_alone() -> None:
    both = [referral("see_by", "2027-03-10"), site("max_sessions", 5)]
    assert price_of(priced(), parse_edits(json.dumps(both))) == 3 * PRICES.see_by + PRICES.site_limit


def test_one_edit_without_a_price_leaves_all_without_one() -> None:
    both = [site("max_sessions", 5), policy("reach_minutes", 60)]
    assert price_of(priced(), parse_edits(json.dumps(both))) is None
