"""A small region for the tests of edits and facts: every table has rows, and every column has something filled in."""

import json
from pathlib import Path

import pytest

from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.files import read
from roster.instance import Instance
from tests.tables import world

SHARED = Path(__file__).resolve().parents[2] / "shared" / "instances"
GOOD_FOLDERS = ("cornwall", "district", "islington", "islington-infeasible", "islington-pilot", "ncl")


def region() -> Instance:
    """Two coaches, two sites, three sessions and three referrals, of which N has not consented."""
    return world(
        'month = "2027-03"\nas_of = 2027-02-19',
        "budget_pounds = 120.5",
        coaches="""
            coach_id, skills,      max_sessions_day, max_sessions_week, max_sessions_month, max_travel_minutes_day
            C1,       welsh;woman, 2,                5,                 16,                 90
            C2,       ,            ,                 ,                  ,""",
        hours="""
            coach_id, weekday, start, end
            C1,       mon,     09:30, 18:00
            C1,       wed,     09:30, 18:00
            C1,       thu,     08:30, 12:00
            C1,       thu,     13:00, 17:00""",
        leave="""
            coach_id, first_day,  last_day
            C1,       2027-03-09, 2027-03-10
            C2,       2027-03-15, 2027-03-15""",
        sites="""
            site_id, features,  min_sessions, max_sessions, hire_pounds
            X,       step_free, 1,            4,            12.5
            Y,       ,          ,             ,""",
        practices="""
            practice_id, site_id
            PX,          X
            PY,          Y""",
        rooms="""
            room_id, site_id, features
            X-1,     X,       quiet
            Y-1,     Y,""",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-03, 08:30, 12:40
            S2,         Y-1,     2027-03-03, 13:30, 17:40
            S3,         X-1,     2027-03-08, 13:30, 17:40""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by, minutes, needs, sites, usual_coach, consent, count
            P, PX, 2027-02-10, A, 2027-03-09, 60, coach:welsh;room:step_free;interpreter:bsl,    , C1, yes, 1
            Q, PY, 2027-02-03, C,           , 40,                                           , X;Y, C2, yes, 3
            N, PX, 2027-02-03, B, 2027-03-09, 40, coach:welsh                                ,   , C1, no,  1""",
        away={"P": "2027-03-15;2027-03-17;2027-03-16;2027-03-24"},
        interpreters="""
            booking_id, skill, date,       start, end,   fee_pounds
            B1,         bsl,   2027-03-08, 13:30, 17:45, 110""",
        roads="""
            C1, X, 10, 15
            C2, X, 30, 20
            X,  Y, 25, 35
            C1, C2, 5, 6""",
        pins="""
            coach_id, session_id
            C1,       S1
            C2,       S1
            C2,       S2""",
        published=_told(),
    )


def _told() -> Roster:
    visit = {"coach_id": "C1", "session_id": "S1", "start": "09:30", "end": "12:40"}
    appointment = {"referral_id": "P", "session_id": "S1", "start": "09:30", "end": "10:30"}
    return Roster.model_validate(
        {
            "instance": "A tiny world",
            "month": "2027-03",
            "instance_sha256": "0" * 64,
            "outcome": "optimal",
            "objective": 0,
            "bound": 0,
            "costs": {},
            "visits": [visit],
            "appointments": [appointment],
            "unseen": [{"referral_id": "Q", "count": 3, "reason": "no session"}],
        }
    )


def edited(instance: Instance, *edits: object) -> Instance:
    """The instance after edits that are written as JSON."""
    return apply_edits(instance, parse_edits(json.dumps(edits)))


def shared_instance(folder: str) -> Instance:
    """An instance of the shared folders; the test is skipped where they are not beside the repository."""
    if not (SHARED / folder).is_dir():
        pytest.skip(f"the shared folder {folder} is not beside this repository")
    instance = read(SHARED / folder).instance
    assert instance is not None
    return instance
