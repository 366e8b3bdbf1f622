"""The outside checker on a world written by hand: each rule kept and broken, each price worked out on paper."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.contract import broken_rules, load, prices
from tests.oracle.reading import load as read_folder
from tests.oracle.world import clock, kilometres

Roster = dict[str, Any]
Files = dict[str, str]

FILES: Files = {
    "settings.toml": """name = "By hand"
month = "2027-03"
nation = "england"
as_of = 2027-03-01
[policy]
interpreter_notice_days = 9
budget_pounds = 45.5
""",
    "coaches.csv": """coach_id,base_lat,base_lon,skills,max_sessions_day,max_sessions_week,max_sessions_month,\
max_travel_minutes_day
K,51.5,-0.1,welsh,2,2,2,39
L,51.5,-0.1,,1,1,1,31
""",
    "hours.csv": """coach_id,weekday,start,end
K,wed,08:00,13:00
K,wed,13:00,18:00
K,thu,10:00,18:00
L,wed,08:00,18:00
L,thu,08:00,18:00
L,fri,08:00,18:00
""",
    "sites.csv": """site_id,name,kind,lat,lon,features,min_sessions,max_sessions,hire_pounds
A,Alder,surgery,51.5,-0.1,step_free,1,2,10
B,Birch,library,51.6,-0.1,,1,,5.5
""",
    "practices.csv": "practice_id,name,site_id\nP,Alder,A\nQ,Alder too,A\n",
    "rooms.csv": "room_id,site_id,features\nA1,A,\nB1,B,quiet\n",
    "sessions.csv": """session_id,room_id,date,start,end
S1,A1,2027-03-10,08:30,12:40
S2,B1,2027-03-10,13:30,17:40
S3,A1,2027-03-11,09:00,11:00
S4,A1,2027-03-11,10:30,12:30
S5,B1,2027-03-26,09:00,11:00
S6,B1,2027-04-01,09:00,11:00
""",
    "referrals.csv": """referral_id,practice_id,referred_on,band,see_by,minutes,needs,sites,away,usual_coach,consent,\
count
R1,P,2027-03-01,A,2027-03-10,60,room:step_free,,2027-03-09,K,yes,2
R2,Q,2027-03-04,C,,40,coach:welsh;room:quiet;interpreter:bsl,B,,L,yes,1
R3,P,2027-02-28,B,2027-03-03,30,,,,,yes,
R4,P,2027-02-28,B,2027-03-20,30,,,,,no,1
""",
    "interpreters.csv": """booking_id,skill,date,start,end,fee_pounds
B1,bsl,2027-03-10,13:30,17:40,20
B2,bsl,2027-03-11,09:00,10:00,0
""",
    "travel.csv": """from_id,to_id,minutes
K,A,10
A,K,12
A,B,7
B,A,9
K,B,20
B,K,22
L,A,15
A,L,16
""",
    "pins.csv": "coach_id,session_id\nK,S2\n",
    "published.json": json.dumps(
        {
            "visits": [
                {"coach_id": "K", "session_id": "S1", "start": "08:30", "end": "12:40", "booking_ids": []},
                {"coach_id": "L", "session_id": "S4", "start": "10:30", "end": "12:30", "booking_ids": ["B9"]},
                {"coach_id": "Z", "session_id": "S2", "start": "13:30", "end": "17:40", "booking_ids": []},
            ],
            "appointments": [
                {"referral_id": "R1", "session_id": "S1", "start": "08:30", "end": "09:30"},
                {"referral_id": "R2", "session_id": "S1", "start": "09:30", "end": "10:10"},
                {"referral_id": "R4", "session_id": "S1", "start": "10:10", "end": "10:40"},
                {"referral_id": "R9", "session_id": "S4", "start": "10:30", "end": "11:00"},
                {"referral_id": "R3", "session_id": "S9", "start": "10:30", "end": "11:00"},
            ],
        }
    ),
}

# Waiting: R1 twice 12*9*37//28 = 142; R2 3*6*34//28 = 21; R3, not seen, counts as seen on 28 April: 6*59*87//28 = 1099.
# Late: R3, 56 days after 3 March. Travel: K 10 + 7 + 22, L 15 + 16. New face: L is the second at A. Changes: L in S4 is
# dropped, K in S2 and L in S3 are new, R2 has left S1; Z, R9 and S9 are gone, and R4 has no consent.
COSTS = {
    "waiting": 2 * 142 + 21 + 1099,
    "late": 60 * 56,
    "travel": 39 + 31,
    "visit": 3 * 15,
    "new_face": 20,
    "new_coach": 40,
    "heaviest": 39,
    "change": 4 * 45,
}
ROSTER: Roster = {
    "schema": "roster/1",
    "instance": "By hand",
    "month": "2027-03",
    "instance_sha256": "0" * 64,
    "outcome": "optimal",
    "objective": sum(COSTS.values()),
    "bound": sum(COSTS.values()),
    "costs": COSTS,
    "visits": [
        {"coach_id": "K", "session_id": "S1", "start": "08:30", "end": "12:40", "booking_ids": []},
        {"coach_id": "K", "session_id": "S2", "start": "13:30", "end": "17:40", "booking_ids": ["B1"]},
        {"coach_id": "L", "session_id": "S3", "start": "09:00", "end": "11:00", "booking_ids": []},
    ],
    "appointments": [
        {"referral_id": "R1", "session_id": "S1", "start": "08:30", "end": "09:30"},
        {"referral_id": "R1", "session_id": "S1", "start": "09:30", "end": "10:30"},
        {"referral_id": "R2", "session_id": "S2", "start": "13:30", "end": "14:10"},
    ],
    "unseen": [{"referral_id": "R3", "count": 1, "reason": "Nobody was free."}],
}


def judge(folder: Path, files: Files, roster: Roster) -> list[str]:
    """What the checker finds in a roster over a folder of these files."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return broken_rules(load(folder), roster)


def changed(name: str, old: str, new: str) -> Files:
    """The files by hand, with one piece of text replaced."""
    assert old in FILES[name]
    return FILES | {name: FILES[name].replace(old, new, 1)}


def test_the_roster_by_hand_keeps_every_rule_and_has_the_prices_worked_out_on_paper(tmp_path: Path) -> None:
    assert judge(tmp_path, FILES, ROSTER) == []
    assert prices(load(tmp_path), ROSTER) == COSTS


WRONG_WORLDS = {
    "a visit shorter than min_visit_minutes": (
        changed("settings.toml", "[policy]", "[policy]\nmin_visit_minutes = 121"),
        "hours: the visit of L in S3, 09:00 to 11:00, is too short or outside the coach's hours",
    ),
    "a visit on the coach's leave": (
        FILES | {"leave.csv": "coach_id,first_day,last_day\nK,2027-03-01,2027-03-10\n"},
        "hours: the visit of K in S1, 08:30 to 12:40, is on the coach's leave",
    ),
    "a visit without the break": (
        changed("settings.toml", "[policy]", "[policy]\nbreak_minutes = 44"),
        "one_place: K cannot go from S1 to S2 on 2027-03-10",
    ),
    "a minute too much on the road": (
        changed("coaches.csv", "welsh,2,2,2,39", "welsh,2,2,2,38"),
        "travel_limit: K travels 39 minutes on 2027-03-10, limit 38",
    ),
    "too many visits in a day": (
        changed("coaches.csv", "welsh,2,2,2,39", "welsh,1,2,2,39"),
        "workload: K on 2027-03-10 has 2, limit 1",
    ),
    "too many visits in a week": (
        changed("coaches.csv", "welsh,2,2,2,39", "welsh,2,1,2,39"),
        "workload: K in week 10 of 2027 has 2, limit 1",
    ),
    "too many visits in the month": (
        changed("coaches.csv", "welsh,2,2,2,39", "welsh,2,2,1,39"),
        "workload: K in 2027-03 has 2, limit 1",
    ),
    "two visits in one room at a time": (
        changed("sessions.csv", "S3,A1,2027-03-11,09:00", "S3,A1,2027-03-10,09:00"),
        "room: sessions S1 and S3 overlap in room A1",
    ),
    "too many visits at a site": (
        changed("sites.csv", "step_free,1,2,10", "step_free,1,1,10"),
        "site_limit: site A has 2, limit 1",
    ),
    "too few visits at a site": (
        changed("sites.csv", "-0.1,,1,,5.5", "-0.1,,2,,5.5"),
        "presence: site B has 1 visits, at least 2 promised",
    ),
    "a pin that is not in the roster": (
        changed("pins.csv", "K,S2", "L,S4"),
        "pin: the pinned visit of L in S4 is missing",
    ),
    "more appointments than people": (
        changed("referrals.csv", "K,yes,2", "K,yes,1"),
        "once: referral R1 has 2, limit 1",
    ),
    "a site that the person does not accept": (
        changed("referrals.csv", "interpreter:bsl,B", "interpreter:bsl,A"),
        "place: referral R2 does not accept site B",
    ),
    "a site out of reach": (
        changed("referrals.csv", "interpreter:bsl,B", "interpreter:bsl,")
        | {"travel.csv": FILES["travel.csv"].replace("A,B,7", "A,B,31")},
        "place: referral R2 does not accept site B",
    ),
    "a room without a feature": (
        changed("rooms.csv", "B1,B,quiet", "B1,B,"),
        "place: referral R2 needs a room that S2 is not",
    ),
    "too little notice for the second of two people": (
        changed("settings.toml", "[policy]", "[policy]\nnotice_days = 10"),
        "dates: referral R1 has too little notice for S1 on 2027-03-10",
    ),
    "too little notice for an interpreter": (
        changed("settings.toml", "interpreter_notice_days = 9", "interpreter_notice_days = 10"),
        "dates: referral R2 has too little notice for S2 on 2027-03-10",
    ),
    "an appointment on the day of the referral": (
        changed("referrals.csv", "R2,Q,2027-03-04", "R2,Q,2027-03-10"),
        "dates: referral R2 is seen on 2027-03-10, not after the referral",
    ),
    "an appointment on a day away": (
        changed("referrals.csv", "2027-03-09,K", "2027-03-09;2027-03-10,K"),
        "dates: referral R1 is away on 2027-03-10",
    ),
    "a visit without the coach's skill": (
        changed("coaches.csv", "-0.1,welsh", "-0.1,woman"),
        "skill: the visit of K in S2, 13:30 to 17:40, lacks a skill that R2 needs",
    ),
    "a booking that ends before the visit": (
        changed("interpreters.csv", "17:40,20", "17:39,20"),
        "interpreter: the visit of K in S2, 13:30 to 17:40, lacks an interpreter that R2 needs",
    ),
    "a person who is not seen by a date that binds": (
        changed("referrals.csv", "B,2027-03-03,30,,,,,yes", "B,2027-03-06,30,,,,,yes"),
        "see_by: referral R3 has 1 of 1 not seen by 2027-03-06",
    ),
    "a penny over the budget": (
        changed("settings.toml", "45.5", "45.49"),
        "budget: 45.5 pounds spent, budget 45.49",
    ),
}


@pytest.mark.parametrize("case", WRONG_WORLDS.values(), ids=WRONG_WORLDS)
def test_a_world_in_which_the_roster_breaks_one_rule_gives_that_rule(tmp_path: Path, case: tuple[Files, str]) -> None:
    files, says = case
    assert says in judge(tmp_path, files, ROSTER)


Change = Callable[[Roster], object]


def visit(coach_id: str, session_id: str, start: str, end: str, *booking_ids: str) -> Roster:
    """A visit as written."""
    return {
        "coach_id": coach_id,
        "session_id": session_id,
        "start": start,
        "end": end,
        "booking_ids": list(booking_ids),
    }


def seen(referral_id: str, session_id: str, start: str, end: str) -> Roster:
    """An appointment as written."""
    return {"referral_id": referral_id, "session_id": session_id, "start": start, "end": end}


WRONG_ROSTERS: dict[str, tuple[Change, str]] = {
    "a visit on Good Friday": (
        lambda r: r["visits"].append(visit("L", "S5", "09:00", "11:00")),
        "hours: the visit of L in S5, 09:00 to 11:00, is on a bank holiday",
    ),
    "a visit in the next month": (
        lambda r: r["visits"].append(visit("L", "S6", "09:00", "11:00")),
        "hours: the visit of L in S6, 09:00 to 11:00, is not in 2027-03",
    ),
    "a session with two visits": (
        lambda r: r["visits"].append(visit("L", "S2", "13:30", "17:40")),
        "room: session S2 has 2 visits",
    ),
    "an appointment without consent": (
        lambda r: r["appointments"].append(seen("R4", "S3", "09:00", "09:30")),
        "consent: referral R4 has an appointment without consent",
    ),
    "more minutes than the visit holds": (
        lambda r: r["appointments"].extend(seen("R3", "S3", "09:00", "09:30") for _ in range(5)),
        "capacity: the visit of L in S3, 09:00 to 11:00, has 150 minutes booked, holds 120",
    ),
    "a booking in two visits": (
        lambda r: r["visits"][0]["booking_ids"].append("B1"),
        "interpreter: booking B1 goes to 2 visits",
    ),
    "a booking of another length": (
        lambda r: r["visits"][2]["booking_ids"].append("B2"),
        "interpreter: booking B2 does not cover the visit of L in S3, 09:00 to 11:00,",
    ),
    "another schema": (
        lambda r: r.update(schema="roster/2"),
        "form: schema is 'roster/2', not 'roster/1'",
    ),
    "another instance": (
        lambda r: r.update(instance="Elsewhere"),
        "form: instance is 'Elsewhere', not 'By hand'",
    ),
    "no digest": (
        lambda r: r.update(instance_sha256=""),
        "form: instance_sha256 is not 64 hexadecimal digits",
    ),
    "an outcome that has no roster": (
        lambda r: r.update(outcome="unknown"),
        "form: outcome is 'unknown', which is not that of a roster",
    ),
    "a cost that is not so": (
        lambda r: r["costs"].update(late=0),
        "form: costs says late 0, it is 3360",
    ),
    "a cost that is not there": (
        lambda r: r["costs"].pop("change"),
        "form: costs has not exactly the eight names of section 3",
    ),
    "an objective that is not the sum": (
        lambda r: r.update(objective=7),
        f"form: objective is 7, the sum of the prices is {sum(COSTS.values())}",
    ),
    "a bound with a fraction": (
        lambda r: r.update(bound=1.5),
        "form: bound is 1.5, not a whole number",
    ),
    "a bound above the objective": (
        lambda r: r.update(bound=9999, outcome="feasible"),
        f"form: bound 9999 is above the objective {sum(COSTS.values())}",
    ),
    "optimal without the proof": (
        lambda r: r.update(bound=5),
        f"form: optimal, but the bound 5 is not the objective {sum(COSTS.values())}",
    ),
    "a compromise that is called optimal": (
        lambda r: r.update(compromise=True, breaks=["see_by"]),
        "form: outcome optimal with compromise True",
    ),
    "a compromise that lists nothing": (
        lambda r: r.update(outcome="infeasible", compromise=True, breaks=[]),
        "form: a compromise does not list what it breaks",
    ),
    "a visit that does not span the session": (
        lambda r: r["visits"][2].update(end="10:30"),
        "form: the visit of L in S3 does not span 09:00 to 11:00",
    ),
    "a coach who is not there": (
        lambda r: r["visits"][2].update(coach_id="Z"),
        "form: visits, entry 3: ValueError no coach Z in the instance",
    ),
    "a time of another form": (
        lambda r: r["visits"][2].update(start="9:00"),
        "form: visits, entry 3: ValueError '9:00' is not a time of the form HH:MM",
    ),
    "a visit without its bookings": (
        lambda r: r["visits"][2].pop("booking_ids"),
        "form: visits, entry 3: KeyError 'booking_ids'",
    ),
    "an appointment in no visit": (
        lambda r: r["visits"].pop(1),
        "form: the appointment of R2 in S2 is in no visit",
    ),
    "appointments that overlap": (
        lambda r: r["appointments"][1].update(start="09:29", end="10:29"),
        "form: appointments of R1 and R1 overlap in S1",
    ),
    "an appointment outside the visit": (
        lambda r: r["appointments"][0].update(start="08:00", end="09:00"),
        "form: the appointment of R1 in S1 is not inside the visit",
    ),
    "an appointment of another length": (
        lambda r: r["appointments"][2].update(end="14:00"),
        "form: the appointment of R2 in S2 lasts 30 minutes, not 40",
    ),
    "a person not seen who is not listed": (
        lambda r: r["unseen"].clear(),
        "form: unseen does not list R3, 1 not seen",
    ),
    "a person without consent who is listed": (
        lambda r: r["unseen"].append({"referral_id": "R4", "count": 1, "reason": "No consent."}),
        "form: unseen lists R4, who is not to be listed",
    ),
    "a count of people not seen that is not so": (
        lambda r: r["unseen"][0].update(count=2),
        "form: unseen says 2 of R3, it is 1",
    ),
    "a person not seen without a reason": (
        lambda r: r["unseen"][0].update(reason=" "),
        "form: unseen gives no reason for R3",
    ),
}


@pytest.mark.parametrize("case", WRONG_ROSTERS.values(), ids=WRONG_ROSTERS)
def test_a_roster_with_one_thing_wrong_gives_that_thing(tmp_path: Path, case: tuple[Change, str]) -> None:
    change, says = case
    roster = deepcopy(ROSTER)
    change(roster)
    assert says in judge(tmp_path, FILES, roster)


def test_a_see_by_date_that_was_missed_already_does_not_bind_and_prefer_binds_none(tmp_path: Path) -> None:
    late = changed("referrals.csv", "B,2027-03-03", "B,2027-03-05")
    preferred = changed("referrals.csv", "B,2027-03-03", "B,2027-03-06")
    preferred["settings.toml"] = FILES["settings.toml"].replace("[policy]", '[policy]\nsee_by = "prefer"')
    for files in (late, preferred):
        assert not [text for text in judge(tmp_path, files, ROSTER) if text.startswith("see_by")]


def test_a_visit_spans_the_longest_overlap_and_the_earliest_of_equals(tmp_path: Path) -> None:
    judge(tmp_path, FILES | {"hours.csv": "coach_id,weekday,start,end\nK,wed,11:00,12:00\nK,wed,09:00,10:00\n"}, ROSTER)
    world = load(tmp_path)
    assert world.span(world.coaches["K"], world.sessions["S1"]) == (clock("09:00"), clock("10:00"))
    assert world.span(world.coaches["K"], world.sessions["S2"]) is None


def test_travel_without_a_row_follows_the_formula_and_rounds_halves_up(tmp_path: Path) -> None:
    judge(tmp_path, changed("settings.toml", "[policy]", "[travel]\nfixed = 2.5\nfactor = 0\n[policy]"), ROSTER)
    world = read_folder(tmp_path)
    assert kilometres((51.5, -0.1), (51.6, -0.1)) == pytest.approx(11.1195, abs=1e-4)
    assert [world.travel(*pair) for pair in (("L", "B"), ("B", "L"), ("A", "B"), ("A", "A"))] == [3, 3, 7, 0]


def test_travel_between_two_ids_at_one_point_is_nothing(tmp_path: Path) -> None:
    judge(tmp_path, changed("travel.csv", "L,A,15\n", ""), ROSTER)
    assert load(tmp_path).travel("L", "A") == 0


def test_missing_settings_have_the_values_of_the_contract(tmp_path: Path) -> None:
    judge(tmp_path, changed("settings.toml", "[policy]", "[prices]\nwaiting = { B = 7 }\n[policy]"), ROSTER)
    world = load(tmp_path)
    assert world.prices["waiting"] == {"A": 12, "B": 7, "C": 3}
    assert (world.prices["change"], world.policy["reach_minutes"], world.policy["unseen_days"]) == (45, 30, 28)


@pytest.fixture
def later() -> tuple[Files, Roster]:
    """The world by hand on 11 March: what was told for 10 March has taken place, in its own way."""
    told = {
        "visits": [visit("K", "S1", "08:45", "09:40", "B9"), visit("Z", "S2", "13:30", "17:40")],
        "appointments": [
            seen("R1", "S1", "08:45", "09:15"),
            seen("R1", "S1", "09:15", "09:40"),
            seen("R4", "S1", "08:45", "09:15"),
            seen("R2", "S2", "13:30", "14:10"),
        ],
    }
    files = changed("settings.toml", "as_of = 2027-03-01", "as_of = 2027-03-11") | {
        "published.json": json.dumps(told),
        "leave.csv": "coach_id,first_day,last_day\nK,2027-03-10,2027-03-10\n",
        "pins.csv": "coach_id,session_id\n",
        "sites.csv": FILES["sites.csv"].replace("-0.1,,1,,5.5", "-0.1,,,,5.5"),
    }
    roster = deepcopy(ROSTER)
    roster["visits"] = [visit("K", "S1", "08:45", "09:40"), visit("L", "S3", "09:00", "11:00")]
    roster["appointments"] = [seen("R1", "S1", "08:45", "09:15"), seen("R1", "S1", "09:15", "09:40")]
    roster["unseen"] = [{"referral_id": key, "count": 1, "reason": "Nobody was free."} for key in ("R2", "R3")]
    # R2 counts as seen on 28 April: 3*55*83//28 = 489, and was to be seen in S2; L in S3 was not told.
    costs = COSTS | {"waiting": 2 * 142 + 489 + 1099, "travel": 22 + 31, "visit": 30, "new_coach": 0, "heaviest": 31}
    roster["costs"] = costs | {"change": 2 * 45}
    roster["objective"] = roster["bound"] = sum(roster["costs"].values())
    return files, roster


def test_what_was_told_for_past_days_stands_as_it_was_without_what_is_gone(
    tmp_path: Path, later: tuple[Files, Roster]
) -> None:
    assert judge(tmp_path, *later) == []


def test_a_past_visit_or_appointment_that_is_missing_or_new_breaks_history(
    tmp_path: Path, later: tuple[Files, Roster]
) -> None:
    files, roster = later
    roster["visits"][0] = visit("K", "S2", "13:30", "17:40")
    roster["appointments"].append(seen("R2", "S2", "13:30", "14:10"))
    found = [text for text in judge(tmp_path, files, roster) if text.startswith("history")]
    assert found == [
        "history: the visit of K in S1, 08:45 to 09:40, was told and is missing",
        "history: the visit of K in S2, 13:30 to 17:40, was not told and is before as_of",
        "history: the appointment of R2 in S2 was not told and is before as_of",
    ]


def test_past_visits_count_for_the_week_and_the_month(tmp_path: Path, later: tuple[Files, Roster]) -> None:
    files, roster = later
    files["coaches.csv"] = FILES["coaches.csv"].replace("welsh,2,2,2,39", "welsh,2,1,1,39")
    roster["visits"][1] = visit("K", "S4", "10:30", "12:30")
    found = [text for text in judge(tmp_path, files, roster) if text.startswith("workload")]
    assert found == ["workload: K in week 10 of 2027 has 2, limit 1", "workload: K in 2027-03 has 2, limit 1"]
