"""What can happen to the small town in the middle of a month, as of 12 March 2027: each kind of event, and several.

Visit S006 on 16 March lies inside the notice of five days: R7059 and R3321 were told of it. S011 on 25 March has lost
its coach already, and S008 is gone.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from roster.edits import apply_edits, parse_edits
from roster.files import read
from roster.instance import Instance

TOWN = Path(__file__).resolve().parents[2] / "instances" / "tiny-published"
AS_OF = date(2027, 3, 12)
SOON = {"R7059", "R3321"}
"""Who was told of S006, inside the notice."""

Edit = dict[str, Any]
URGENT: Edit = {
    "op": "add_referral",
    "referral_id": "URGENT-1",
    "practice_id": "P002",
    "referred_on": "2027-03-11",
    "band": "A",
    "see_by": "2027-03-18",
    "minutes": 60,
    "consent": "yes",
}
EVENTS: dict[str, list[Edit]] = {
    "nothing": [],
    "a coach is ill": [{"op": "add_leave", "coach_id": "C01", "first_day": "2027-03-16", "last_day": "2027-03-19"}],
    "a coach is gone": [{"op": "remove_coach", "coach_id": "C01"}],
    "a room is withdrawn": [{"op": "remove_room", "room_id": "dyke-road-surgery-1"}],
    "a session is withdrawn": [{"op": "remove_session", "session_id": "S006"}],
    "consent is withdrawn": [{"op": "remove_referral", "referral_id": "R7059"}],
    "an urgent referral arrives": [URGENT],
    "hours change": [{"op": "remove_hours", "coach_id": "C01", "weekday": "tue", "start": "08:15"}],
    "a session begins later": [
        {"op": "set", "table": "sessions", "id": "S006", "field": "start", "value": "09:40"},
    ],
}
EVENTS["all of it"] = [
    {"op": "add_leave", "coach_id": "C01", "first_day": "2027-03-25", "last_day": "2027-03-26"},
    {"op": "remove_room", "room_id": "dyke-road-surgery-1"},
    {"op": "remove_referral", "referral_id": "R3538"},
    {"op": "remove_session", "session_id": "S006"},
    URGENT,
]
MAY_BE_MOVED: dict[str, set[str]] = {
    "a coach is ill": SOON,
    "a coach is gone": SOON,
    "a session is withdrawn": SOON,
    "hours change": SOON,
    "a session begins later": SOON,
    "all of it": SOON,
    "consent is withdrawn": {"R7059"},
}
"""Whose own session inside the notice is gone, or not what it was; nobody where nothing is said."""


def town() -> Instance:
    """The town as it is before anything happens."""
    return read(TOWN).valid()


def after(edits: list[Edit], as_of: date = AS_OF) -> Instance:
    """The town after these edits, as of the day."""
    instance = apply_edits(town(), parse_edits(json.dumps(edits)))
    return instance.replaced(settings=instance.settings.model_copy(update={"as_of": as_of}))
