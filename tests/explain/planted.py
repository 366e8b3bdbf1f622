"""A small region with room to spare, and known troubles to plant in it: the edits, and what cannot all hold then.

On 1 March 2027 the region can be rostered with ease. C1 works from 9am to 5pm on Mondays, Tuesdays, Wednesdays and
Thursdays, C2 on Mondays and Tuesdays; nobody works on Fridays. X and Y are near each other, Z is far from both. A is
to be seen by 9 March, S4 is pinned to C1, X is promised a visit.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from tests.tables import world

Conflict = frozenset[str]
Row = dict[str, Any]
_OWN_ID = re.compile(r'"(T\d?|U\d|S[89])"')

POLICY = "notice_days = 5\ninterpreter_notice_days = 10\nbudget_pounds = 300"
TABLES = {
    "coaches": """
        coach_id, skills, max_sessions_day, max_sessions_week, max_sessions_month, max_travel_minutes_day
        C1,       welsh,  2,                4,                 8,                  120
        C2,       ,       2,                4,                 8,                  """,
    "hours": """
        coach_id, weekday, start, end
        C1,       mon,     09:00, 17:00
        C1,       tue,     09:00, 17:00
        C1,       wed,     09:00, 17:00
        C1,       thu,     09:00, 17:00
        C2,       mon,     09:00, 17:00
        C2,       tue,     09:00, 17:00""",
    "sites": """
        site_id, min_sessions, max_sessions, hire_pounds
        X,       1,            4,            20
        Y,       ,             4,            10
        Z,       ,             ,             5""",
    "practices": """
        practice_id, site_id
        PX,          X
        PY,          Y
        PZ,          Z""",
    "rooms": """
        room_id, site_id, features
        X-1,     X,       step_free
        X-2,     X,
        Y-1,     Y,
        Z-1,     Z,""",
    "sessions": """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         Y-1,     2027-03-08, 13:30, 16:30
        S3,         X-1,     2027-03-09, 09:00, 12:00
        S4,         Y-1,     2027-03-15, 09:00, 12:00
        S5,         Z-1,     2027-03-17, 09:00, 12:00""",
    "referrals": """
        referral_id, practice_id, referred_on, band, minutes, see_by,     needs
        A,           PX,          2027-02-15,  A,    30,      2027-03-09, room:step_free
        B,           PY,          2027-02-15,  B,    40,      ,""",
    "interpreters": """
        booking_id, skill, date,       start, end,   fee_pounds
        B1,         bsl,   2027-03-08, 09:00, 17:00, 40
        B2,         bsl,   2027-03-15, 09:00, 12:00, 60""",
    "pins": """
        coach_id, session_id
        C1,       S4""",
    "roads": """
        C1, X, 10, 12
        C1, Y, 20, 24
        C1, Z, 70, 70
        C2, X, 15, 15
        C2, Y, 15, 15
        C2, Z, 50, 50
        X,  Y, 25, 30
        X,  Z, 60, 60
        Y,  Z, 55, 60""",
}


def region() -> Instance:
    """The region without trouble."""
    return world('month = "2027-03"\nas_of = 2027-03-01', POLICY, published=None, away=None, **TABLES)


@dataclass(frozen=True)
class Trouble:
    """Edits that leave the region without a roster, and all the conflicts that there are then."""

    name: str
    edits: tuple[Row, ...]
    conflicts: frozenset[Conflict]


def planted(*troubles: Trouble) -> Instance:
    """The region with these troubles in it."""
    edits = [edit for trouble in troubles for edit in trouble.edits]
    return apply_edits(region(), parse_edits(json.dumps(edits)))


def mixed(*troubles: Trouble) -> Instance:
    """The region with these troubles in it, whose people and sessions have ids of their own.

    What they change of the region may be the same, so that the conflicts need not be theirs. Raises EditError where
    both add the same row.
    """
    texts = [json.dumps(list(trouble.edits)) for trouble in troubles]
    own = [_OWN_ID.sub(rf'"\1-{number}"', text) for number, text in enumerate(texts)]
    return apply_edits(region(), [edit for text in own for edit in parse_edits(text)])


def trouble(name: str, conflict: str, *edits: Row) -> Trouble:
    """A trouble of one conflict, whose facts are separated by spaces."""
    return Trouble(name, edits, frozenset([frozenset(conflict.split())]))


# -- edits --------------------------------------------------------------------------------------------------------


def person(referral_id: str, see_by: int, **row: Any) -> Row:
    """A person at X to be seen by a day of March; 150 minutes, so that a visit of three hours holds no second one."""
    given = {"practice_id": "PX", "referred_on": "2027-02-15", "band": "B", "minutes": 150, "consent": "yes"}
    return {"op": "add_referral", "referral_id": referral_id, "see_by": _march(see_by)} | given | row


def session(session_id: str, room_id: str, day: int, start: str = "09:00", end: str = "12:00") -> Row:
    """One more session, on a day of March."""
    what = {"op": "add_session", "session_id": session_id, "room_id": room_id}
    return what | {"date": _march(day), "start": start, "end": end}


def leave(coach_id: str, first: int, last: int) -> Row:
    """Leave of a coach, days of March, both included."""
    return {"op": "add_leave", "coach_id": coach_id, "first_day": _march(first), "last_day": _march(last)}


def pin(coach_id: str, session_id: str) -> Row:
    """A visit that is wanted whatever else happens."""
    return {"op": "add_pin", "coach_id": coach_id, "session_id": session_id}


def coach(coach_id: str, field: str, value: int | None) -> Row:
    """Another limit of a coach."""
    return {"op": "set", "table": "coaches", "id": coach_id, "field": field, "value": value}


def site(site_id: str, field: str, value: int) -> Row:
    """Another promise to a site, or limit of it."""
    return {"op": "set", "table": "sites", "id": site_id, "field": field, "value": value}


def policy(field: str, value: int) -> Row:
    """Another policy of the region."""
    return {"op": "set_policy", "field": field, "value": value}


def _march(day: int) -> str:
    return f"2027-03-{day:02d}"


ANYWHERE = {"sites": "X;Y;Z"}
AFTER_MONDAY = {"referred_on": "2027-03-09"}
"""Who was referred on 9 March can be seen from the tenth on."""
AFTER_THE_FIFTEENTH = {"referred_on": "2027-03-15"}
C2_AWAY = leave("C2", 8, 15)

# -- one kind of fact beside what was promised ------------------------------------------------------------------------

TROUBLES = (
    trouble("a place where no room is in time", "see_by:T place:T", person("T", 12, practice_id="PZ")),
    trouble("a room that nobody has", "see_by:T needs:T", person("T", 31, needs="room:hearing_loop")),
    trouble("a coach that nobody is", "see_by:T needs:T", person("T", 31, needs="coach:polish")),
    trouble("an interpreter who is not booked", "see_by:T needs:T", person("T", 31, needs="interpreter:farsi")),
    trouble("days away", "see_by:T away:T", person("T", 9, away="2027-03-08;2027-03-09", **ANYWHERE)),
    trouble(
        "everybody on leave",
        "see_by:T leave:C1:2027-03-08 leave:C2:2027-03-08",
        person("T", 8),
        leave("C1", 8, 8),
        leave("C2", 8, 8),
    ),
    trouble(
        "a day on which nobody works",
        "see_by:T hours:C1 hours:C2",
        person("T", 12, **AFTER_MONDAY),
        session("S9", "X-2", 12),
    ),
    trouble(
        "too far for a day", "see_by:T travel_limit:C1 hours:C2", person("T", 17, **AFTER_THE_FIFTEENTH, **ANYWHERE)
    ),
    trouble(
        "more than one visit a day",
        "see_by:T leave:C2:2027-03-08 workload:C1:day",
        person("T", 8, count=2),
        C2_AWAY,
        coach("C1", "max_sessions_day", 1),
    ),
    trouble(
        "more than two visits a week",
        "see_by:T leave:C2:2027-03-08 workload:C1:week",
        person("T", 9, count=3),
        C2_AWAY,
        coach("C1", "max_sessions_week", 2),
    ),
    trouble(
        "more than three visits a month",
        "see_by:T leave:C2:2027-03-08 workload:C1:month",
        person("T", 15, count=4),
        C2_AWAY,
        coach("C1", "max_sessions_month", 3),
    ),
    trouble("too long a notice", "see_by:T notice", person("T", 12), policy("notice_days", 10)),
    trouble(
        "too long a notice for an interpreter",
        "see_by:T needs:T interpreter_notice",
        person("T", 16, needs="interpreter:bsl"),
        policy("interpreter_notice_days", 15),
    ),
    trouble(
        "a break too long for two visits of a day",
        "see_by:T leave:C2:2027-03-08 break",
        person("T", 8, count=2, **ANYWHERE),
        C2_AWAY,
        policy("break_minutes", 90),
    ),
    trouble(
        "more visits than a site allows",
        "see_by:T place:T site_limit:X",
        person("T", 9, count=2, sites="X"),
        site("X", "max_sessions", 1),
    ),
    trouble(
        "an interpreter who costs too much",
        "see_by:T needs:T budget",
        person("T", 16, needs="interpreter:bsl"),
        policy("budget_pounds", 45),
    ),
    trouble("more visits than sessions", "presence:Z", site("Z", "min_sessions", 2)),
    trouble(
        "visits that nobody works for",
        "presence:Z travel_limit:C1 hours:C2",
        site("Z", "min_sessions", 1),
    ),
    trouble(
        "visits that cost too much",
        "presence:X budget",
        site("X", "min_sessions", 2),
        policy("budget_pounds", 35),
    ),
    trouble(
        "visits to two sites that cost too much together",
        "presence:X presence:Y budget",
        site("X", "min_sessions", 2),
        site("Y", "min_sessions", 2),
        policy("budget_pounds", 55),
    ),
    trouble("a pin on a bank holiday", "pin:C1:S9", session("S9", "X-1", 29), pin("C1", "S9")),
    trouble(
        "two pins of one coach at one time",
        "pin:C1:S1 pin:C1:S9",
        session("S9", "Y-1", 8, "10:00", "12:00"),
        pin("C1", "S1"),
        pin("C1", "S9"),
    ),
    trouble(
        "two pins of one room at one time",
        "pin:C1:S1 pin:C2:S9",
        session("S9", "X-1", 8, "11:00", "13:00"),
        pin("C1", "S1"),
        pin("C2", "S9"),
    ),
    trouble("a pin on a day of leave", "pin:C1:S3 leave:C1:2027-03-09", pin("C1", "S3"), leave("C1", 9, 9)),
    trouble("a pin on a day without hours", "pin:C2:S5 hours:C2", pin("C2", "S5")),
    trouble("a pin too far for a day", "pin:C1:S5 travel_limit:C1", pin("C1", "S5")),
    trouble(
        "pins of one day more than a coach works",
        "pin:C1:S1 pin:C1:S2 workload:C1:day",
        pin("C1", "S1"),
        pin("C1", "S2"),
        coach("C1", "max_sessions_day", 1),
    ),
    trouble(
        "pins with too long a break between them",
        "pin:C1:S1 pin:C1:S2 break",
        pin("C1", "S1"),
        pin("C1", "S2"),
        policy("break_minutes", 90),
    ),
    trouble(
        "pins of more visits than a site allows",
        "pin:C1:S2 pin:C1:S4 site_limit:Y",
        pin("C1", "S2"),
        site("Y", "max_sessions", 1),
    ),
    trouble(
        "a pin that keeps a coach from those who need them",
        "see_by:T needs:T pin:C1:S9",
        person("T", 8, needs="coach:welsh;room:step_free"),
        session("S9", "X-2", 8, "11:30", "15:30"),
        pin("C1", "S9"),
    ),
)
"""One trouble each, of one fact or of as few as there can be beside what was promised."""

CHAINS = (
    trouble(
        "four people and three visits",
        "see_by:T1 see_by:T2 see_by:T3 see_by:T4",
        *(person(f"T{number}", 9) for number in range(1, 5)),
    ),
    trouble(
        "a limit, leave and hours, one for each day",
        "see_by:T1 see_by:T2 workload:C1:week leave:C2:2027-03-09 hours:C2",
        person("T1", 12, referred_on="2027-03-08"),
        person("T2", 12, referred_on="2027-03-08"),
        session("S9", "X-2", 11, "13:30", "16:30"),
        coach("C1", "max_sessions_week", 1),
        leave("C2", 9, 9),
    ),
    trouble(
        "an interpreter and a promise share a budget",
        "see_by:T needs:T presence:X budget",
        person("T", 16, needs="interpreter:bsl"),
        site("X", "min_sessions", 2),
        policy("interpreter_notice_days", 5),
        policy("budget_pounds", 75),
    ),
    trouble(
        "a pin and a promise share a coach's month",
        "pin:C1:S4 presence:X workload:C1:month leave:C2:2027-03-08",
        site("X", "min_sessions", 2),
        coach("C1", "max_sessions_month", 2),
        C2_AWAY,
    ),
    trouble(
        "two places of a day are too far apart for the coach who is left",
        "see_by:T travel_limit:C1 leave:C2:2027-03-08",
        person("T", 8, count=2),
        C2_AWAY,
        coach("C1", "max_travel_minutes_day", 55),
    ),
    trouble(
        "three people of whom two can be seen, and what keeps each of them from other sessions",
        "see_by:T1 see_by:T2 see_by:T3 away:T1 place:T1 place:T2 place:T3",
        person("T1", 12, away="2027-03-08", sites="X", referred_on="2027-03-07"),
        person("T2", 12, sites="X", referred_on="2027-03-08"),
        person("T3", 12, referred_on="2027-03-08"),
        session("S8", "Z-1", 11),
        session("S9", "X-2", 12),
        {"op": "add_hours", "coach_id": "C2", "weekday": "fri", "start": "09:00", "end": "17:00"},
    ),
)
"""Troubles across rules, of three facts or more."""

TWO_TOWNS = Trouble(
    "too many people in two towns",
    (
        *(person(f"T{number}", 9) for number in range(1, 5)),
        person("U1", 17, practice_id="PZ", **AFTER_THE_FIFTEENTH),
        person("U2", 17, practice_id="PZ", **AFTER_THE_FIFTEENTH),
        coach("C1", "max_travel_minutes_day", 150),
        site("Z", "min_sessions", 1),
    ),
    frozenset([frozenset(f"see_by:T{number}" for number in range(1, 5)), frozenset(["see_by:U1", "see_by:U2"])]),
)
"""Four people for three visits near X, two for one visit at Z."""

SEVERAL = (
    Trouble(
        "a room, the days and the place",
        (person("T", 9, practice_id="PZ", sites="Z", needs="room:hearing_loop", away="2027-03-08;2027-03-09"),),
        frozenset([frozenset(["see_by:T", fact]) for fact in ("needs:T", "away:T", "place:T")]),
    ),
    Trouble(
        "the road or the hours, and an interpreter",
        (person("T", 17, needs="interpreter:farsi", **AFTER_THE_FIFTEENTH, **ANYWHERE),),
        frozenset([frozenset(["see_by:T", "needs:T"]), frozenset(["see_by:T", "travel_limit:C1", "hours:C2"])]),
    ),
    Trouble(
        "whichever coach it is, of each two reasons",
        (
            person("T", 17, **AFTER_THE_FIFTEENTH, **ANYWHERE),
            leave("C1", 17, 17),
            leave("C2", 17, 17),
        ),
        frozenset(
            frozenset(["see_by:T", one, other])
            for one in ("travel_limit:C1", "leave:C1:2027-03-17")
            for other in ("hours:C2", "leave:C2:2027-03-17")
        ),
    ),
)
"""T cannot be seen for several reasons, each of which is enough."""
