"""Tiny hand-made worlds, ragged enough that a bug in any rule or price shows, for tests over every roster.

Each world says in its docstring what it is ragged about. Boundaries are met exactly on one side and missed by
a little on the other, roads differ by direction, hours differ by coach, and every price is a number of its own.
The tables are written as in a folder; a line of ``roads`` is from, to, minutes there, minutes back.
``tests.every_roster`` lists all rosters of a world; ``tests.scopes`` says how far to go in each.
"""

from roster.domain import Roster
from roster.instance import Instance
from tests.tables import rows, world


def ragged_world(pin: str = "") -> Instance:
    """Two sites with one-way roads, a room with overlapping sessions, split hours; see-by dates bind.

    Wednesday 3 March: S1 and S2 overlap in room X-1, S3 is at Y. Friday 5 March: S4 at Y.

    - C1 has two rows on Wednesday: the first covers S1 longest, the second S2 and S3; their times in S1 and S2
      do not overlap although the sessions do. C1's time in S4 is exactly the shortest visit. C2 is on leave then.
    - C2 reaches S3 after S1 to the minute; that day is one minute over C2's limit. C1's is exactly at the limit.
    - P is two people, who fill C1's S1; they bind on the very first day with notice. Q's see-by date is a day too
      early to bind. I's would bind with ordinary notice, and does not with an interpreter's.
    - From X to Y is just within reach, from Y to X just not. The budget is met to the penny by sums that are a
      little more than it in floating point.
    """
    return world(
        'month = "2027-03"\nas_of = 2027-02-26',
        "interpreter_notice_days = 7\nmin_visit_minutes = 70\nreach_minutes = 92\nbudget_pounds = 7.7",
        coaches="""
            coach_id, skills, max_sessions_week, max_travel_minutes_day
            C1,       welsh,  2,                 125
            C2,       ,       ,                  164""",
        hours="""
            coach_id, weekday, start, end
            C1,       wed,     08:30, 10:30
            C1,       wed,     11:30, 17:30
            C1,       fri,     09:00, 10:10
            C2,       wed,     09:00, 11:30
            C2,       wed,     12:30, 15:00
            C2,       fri,     08:00, 12:00""",
        leave="""
            coach_id, first_day,  last_day
            C2,       2027-03-05, 2027-03-08""",
        sites="""
            site_id, features,  min_sessions, hire_pounds
            X,       step_free, ,             1.1
            Y,       ,          1,            2.2""",
        practices="""
            practice_id, site_id
            PX,          X
            PY,          Y""",
        rooms="""
            room_id, site_id, features
            X-1,     X,
            Y-1,     Y,       quiet""",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-03, 08:30, 12:00
            S2,         X-1,     2027-03-03, 11:00, 14:30
            S3,         Y-1,     2027-03-03, 13:30, 17:00
            S4,         Y-1,     2027-03-05, 09:00, 10:30""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, needs,          count, usual_coach
            P,           PX,          2027-02-10,  A,    2027-03-03, 60,      room:step_free, 2,     C2
            Q,           PY,          2027-02-03,  C,    2027-03-02, 61,      coach:welsh,    1,
            I,           PX,          2027-02-22,  B,    2027-03-04, 45,      room:quiet;interpreter:bsl, 1,""",
        away={"Q": "2027-03-03;2027-03-04"},
        interpreters="""
            booking_id, skill, date,       start, end,   fee_pounds
            B1,         bsl,   2027-03-05, 08:45, 10:10, 4.4""",
        roads="""
            C1, X, 10, 15
            C1, Y, 70, 25
            C2, X, 30, 20
            C2, Y, 40, 45
            X,  Y, 90, 95""",
        pins=f"coach_id, session_id\n{pin}",
    )


def fortnight_world() -> Instance:
    """Two weeks at a month's edge: limits by week and by month, faces and travel over weeks; see-by dates cost.

    T1 is on Sunday 1 August (a week of its own in this month), T2, T3 and T4 on Monday, Thursday and Sunday of
    the next ISO week, T5 on a bank holiday of England (2 August is one of Scotland only).

    - C1 may visit once a week: T1 and T2 are different weeks, T2 and T4 are the same one, though in blocks of
      seven days from the 1st, or in weeks from Sunday, it would be the other way round. C2 has a limit a month
      that is below the limit a week, and T1 is the last day of C2's leave.
    - C2's Thursday is one minute too short for a visit, C1's just long enough. P, two people, just fit into C2's
      T2; P and W are ten minutes too long for C1's.
    - Notice ends on T2's day. W has a usual coach, N has not consented.
    """
    return world(
        'month = "2027-08"\nas_of = 2027-07-28',
        'see_by = "prefer"\nunseen_days = 10\nreach_minutes = 25',
        coaches="""
            coach_id, skills, max_sessions_week, max_sessions_month
            C1,       woman,  1,
            C2,       ,       2,                 1""",
        hours="""
            coach_id, weekday, start, end
            C1,       mon,     09:00, 11:30
            C1,       thu,     09:30, 10:30
            C1,       sun,     10:00, 15:00
            C2,       mon,     08:00, 11:00
            C2,       thu,     09:00, 10:29
            C2,       sun,     09:00, 13:00""",
        leave="""
            coach_id, first_day,  last_day
            C2,       2027-07-19, 2027-08-01""",
        sites="""
            site_id, max_sessions
            X,       1
            Y,""",
        practices="""
            practice_id, site_id
            PX,          X
            PY,          Y""",
        rooms="""
            room_id, site_id, features
            X-1,     X,       step_free
            Y-1,     Y,""",
        sessions="""
            session_id, room_id, date,       start, end
            T1,         X-1,     2027-08-01, 10:00, 13:00
            T2,         Y-1,     2027-08-02, 09:00, 12:30
            T3,         X-1,     2027-08-05, 09:30, 12:00
            T4,         Y-1,     2027-08-08, 09:30, 12:30
            T5,         X-1,     2027-08-30, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, needs,       usual_coach, count, consent
            P,           PY,          2027-07-09,  B,    2027-08-04, 60,      ,            ,            2,     yes
            W,           PX,          2027-07-05,  C,    ,           40,      coach:woman, C2,          1,     yes
            N,           PY,          2027-07-01,  A,    2027-08-03, 30,      ,            ,            1,     no""",
        away={"W": "2027-08-08"},
        roads="""
            C1, X, 12, 17
            C1, Y, 31, 8
            C2, X, 22, 9
            C2, Y, 14, 26
            X,  Y, 25, 26""",
    )


def published_world(interpreter: bool = False) -> Instance:
    """The middle of a month: what happened stays, what people were told is kept without notice or at a price.

    U1 (Tuesday 9 March) happened: C1 saw P there, at times and on a day that C1's hours and leave no longer
    show. U2 (10 March) was offered and nobody held it. U3 (12 March) lies inside the notice: P and Q were told
    of it, N was not. U4 (18 March) is free; U5 (17 March) is a bank holiday in Northern Ireland.

    - P is two people: one seen in U1, one told of U3, so a second one of P in U3 has no notice.
    - C1's week is full with U1; the hire of U1 counts in the budget, which U1 and U4 meet exactly.
    - The published roster also names a coach, a session, a referral and a booking that are gone; the gone coach
      was to hold U4, of which N was told. With ``interpreter``, one was in U1 for 50p.
    """
    return world(
        'month = "2027-03"\nas_of = 2027-03-11\nnation = "northern-ireland"',
        f"notice_days = 6\nbudget_pounds = {5.5 if interpreter else 5.0}",
        coaches="""
            coach_id, max_sessions_week, max_travel_minutes_day
            C1,       1,
            C2,       ,                  100""",
        hours="""
            coach_id, weekday, start, end
            C1,       tue,     13:00, 17:00
            C1,       wed,     09:00, 17:00
            C1,       thu,     09:00, 11:00
            C1,       fri,     09:00, 17:00
            C2,       wed,     10:00, 16:00
            C2,       thu,     08:00, 12:00
            C2,       fri,     10:00, 12:30""",
        leave="""
            coach_id, first_day,  last_day
            C1,       2027-03-08, 2027-03-09""",
        sites="""
            site_id, hire_pounds
            X,       2.0
            Y,       3.0""",
        practices="""
            practice_id, site_id
            PX,          X
            PY,          Y""",
        rooms="""
            room_id, site_id
            X-1,     X
            Y-1,     Y""",
        sessions="""
            session_id, room_id, date,       start, end
            U1,         X-1,     2027-03-09, 09:00, 12:30
            U2,         Y-1,     2027-03-10, 09:00, 12:30
            U3,         X-1,     2027-03-12, 09:00, 12:30
            U4,         Y-1,     2027-03-18, 09:00, 12:30
            U5,         Y-1,     2027-03-17, 09:00, 12:30""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, usual_coach, count
            P,           PX,          2027-02-16,  B,    2027-03-16, 60,      C1,          2
            Q,           PX,          2027-02-12,  A,    2027-03-11, 40,      ,            1
            N,           PY,          2027-03-08,  C,    ,           45,      C2,          1""",
        interpreters="""
            booking_id, skill, date,       start, end,   fee_pounds
            B1,         bsl,   2027-03-09, 09:30, 12:00, 0.5"""
        if interpreter
        else "",
        roads="""
            C1, X, 11, 13
            C1, Y, 19, 17
            C2, X, 23, 29
            C2, Y, 37, 31
            X,  Y, 10, 12""",
        published=_told(("B1", "B9") if interpreter else ()),
    )


def _told(booking_ids: tuple[str, ...]) -> Roster:
    """What people were told: C1 in U1, C2 in U3, and what is gone since."""
    visits = """
        coach_id, session_id, start, end
        C1,       U0,         13:30, 16:30
        C1,       U1,         09:15, 12:15
        C2,       U3,         10:00, 12:30
        C9,       U4,         09:00, 12:30"""
    appointments = """
        referral_id, session_id, start, end
        P,           U1,         09:15, 10:15
        G,           U1,         10:15, 11:15
        Q,           U3,         10:00, 10:40
        P,           U3,         10:40, 11:40
        P,           U0,         13:30, 14:30
        N,           U4,         09:00, 09:45"""
    return Roster.model_validate(
        {
            "instance": "A tiny world",
            "month": "2027-03",
            "instance_sha256": "0" * 64,
            "outcome": "feasible",
            "objective": 0,
            "bound": 0,
            "costs": {},
            "visits": [v | {"booking_ids": booking_ids if v["session_id"] == "U1" else ()} for v in rows(visits)],
            "appointments": rows(appointments),
        }
    )


def interpreter_world() -> Instance:
    """Two interpreters: which visit they cover, for how many visits, and what they cost beside the rooms.

    V1 and V2 are at the same time at two sites on Monday 8 March, the first day with an interpreter's notice;
    V3 is on the Tuesday.

    - B1 covers C2's V1 and C1's V2 to the minute, and not C1's V1, which starts earlier: what counts is the
      visit, not the session. B2 is of another skill. J needs both, I needs one.
    - One room and both interpreters meet the budget exactly; a second room is too much.
    - I has to be seen on the Monday; J's see-by date lies in the next month and does not bind.
    """
    return world(
        'month = "2027-03"\nas_of = 2027-02-22',
        "break_minutes = 0\nreach_minutes = 60\nbudget_pounds = 7.7",
        coaches="""
            coach_id, max_sessions_day
            C1,
            C2,       1""",
        hours="""
            coach_id, weekday, start, end
            C1,       mon,     09:00, 12:30
            C1,       tue,     09:00, 12:30
            C2,       mon,     10:00, 12:00
            C2,       tue,     09:00, 10:00""",
        sites="""
            site_id, min_sessions, hire_pounds
            X,       ,             1.1
            Y,       0,            1.1""",
        practices="""
            practice_id, site_id
            PX,          X""",
        rooms="""
            room_id, site_id
            X-1,     X
            Y-1,     Y""",
        sessions="""
            session_id, room_id, date,       start, end
            V1,         X-1,     2027-03-08, 09:00, 12:00
            V2,         Y-1,     2027-03-08, 09:30, 12:30
            V3,         X-1,     2027-03-09, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, needs
            I,           PX,          2027-02-08,  B,    2027-03-08, 60,      interpreter:bsl
            J,           PX,          2027-02-15,  C,    2027-04-01, 40,      interpreter:bsl;interpreter:polish""",
        interpreters="""
            booking_id, skill,  date,       start, end,   fee_pounds
            B1,         bsl,    2027-03-08, 09:30, 12:30, 4.4
            B2,         polish, 2027-03-08, 08:00, 18:00, 2.2""",
        roads="""
            C1, X, 10, 11
            C1, Y, 12, 13
            C2, X, 7,  5""",
    )


def long_day_world() -> Instance:
    """One day of six sessions at three sites, today and without notice: tours of two, three and four visits.

    W1 and W2 touch in room X-1; W5 is beside them in X-2. From X straight to Z takes longer than by way of Y.

    - C1 can do W1, W3, W4, W6, each just in time and at exactly the limit of travel, but not four visits. W1 and
      then W4 is one minute too close, unless W3 lies between. W1 and then W2 leaves no break.
    - C2's two rows of hours touch: W3 overlaps them equally (the earlier counts), W5 mostly the later one.
      C2's W3 and then W4 is one minute over the limit of travel.
    - A was referred today, so cannot be seen today, and has a see-by date that cannot bind for that reason. Z is
      the only site that B accepts, and B fills W4.
    """
    return world(
        'month = "2027-03"\nas_of = 2027-03-09',
        "notice_days = 0\ninterpreter_notice_days = 0\nbreak_minutes = 10",
        coaches="""
            coach_id, max_sessions_day, max_travel_minutes_day
            C1,       3,                128
            C2,       2,                89""",
        hours="""
            coach_id, weekday, start, end
            C1,       tue,     08:00, 18:00
            C2,       tue,     11:00, 16:00
            C2,       tue,     08:00, 11:00""",
        sites="""
            site_id, max_sessions
            X,       2
            Y,
            Z,""",
        practices="""
            practice_id, site_id
            PX,          X""",
        rooms="""
            room_id, site_id
            X-1,     X
            X-2,     X
            Y-1,     Y
            Z-1,     Z""",
        sessions="""
            session_id, room_id, date,       start, end
            W1,         X-1,     2027-03-09, 08:00, 09:30
            W2,         X-1,     2027-03-09, 09:30, 11:00
            W3,         Y-1,     2027-03-09, 10:00, 12:00
            W4,         Z-1,     2027-03-09, 12:50, 14:00
            W5,         X-2,     2027-03-09, 10:30, 12:30
            W6,         Y-1,     2027-03-09, 15:00, 17:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, sites
            A,           PX,          2027-03-09,  A,    2027-03-09, 30,
            B,           PX,          2027-02-09,  C,    2027-03-08, 70,      Z""",
        roads="""
            C1, X, 5,   7
            C1, Y, 11,  13
            C1, Z, 17,  19
            C2, X, 9,   6
            C2, Y, 20,  8
            C2, Z, 24,  30
            X,  Y, 20,  21
            Y,  Z, 40,  50
            X,  Z, 191, 15""",
    )


def edges_world() -> Instance:
    """The days round a month: the day before it, its first and its last day, a bank holiday, the day after it.

    One coach could work on each of them. A has to be seen by the first day of the month, which is the first day
    with notice, B by its last; C's see-by date is the day after the month and does not bind. C was referred on
    the day before it.
    """
    return world(
        'month = "2027-07"\nas_of = 2027-06-29\nnation = "northern-ireland"',
        "notice_days = 2",
        coaches="""
            coach_id, max_sessions_week
            C1,       1""",
        hours="""
            coach_id, weekday, start, end
            C1,       mon,     09:00, 12:00
            C1,       wed,     09:00, 12:00
            C1,       thu,     09:00, 12:00
            C1,       sat,     09:00, 12:00
            C1,       sun,     09:00, 12:00""",
        sites="""
            site_id, min_sessions
            X,       2""",
        practices="""
            practice_id, site_id
            PX,          X""",
        rooms="""
            room_id, site_id
            X-1,     X""",
        sessions="""
            session_id, room_id, date,       start, end
            E1,         X-1,     2027-06-30, 09:00, 12:00
            E2,         X-1,     2027-07-01, 09:00, 12:00
            E3,         X-1,     2027-07-12, 09:00, 12:00
            E4,         X-1,     2027-07-31, 09:00, 12:00
            E5,         X-1,     2027-08-01, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes
            A,           PX,          2027-06-20,  A,    2027-07-01, 60
            B,           PX,          2027-06-21,  B,    2027-07-31, 40
            C,           PX,          2027-06-30,  C,    2027-08-01, 30""",
        roads="C1, X, 9, 11",
    )
