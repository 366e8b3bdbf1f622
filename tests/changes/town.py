"""A town for tests of what changed: two practices share a site, a third is in a library; any two rosters of it.

``told`` makes a roster of visits and appointments written as words: ``"C1 S1 R1@09:00 R2@10:00"`` is coach C1 in
session S1, from 9am to midday as every session is, and whom they see there, each for 40 minutes.
"""

from roster.domain import COSTS, Appointment, Roster, Visit, parse_clock
from roster.instance import Instance
from tests.tables import world

MINUTES = 40


def town() -> Instance:
    """S1 and S2 are at once in two rooms of X; S3 is at X two days later, S4 at Y that day, S5 at Y in the next week.

    R3 is three people; R4's usual coach is C2; R5 has not said yes. P1 and P2 are at X, P3 is at Y.
    """
    return world(
        'month = "2027-03"\nas_of = 2027-02-26',
        "",
        coaches="coach_id\nC1\nC2\nC3",
        hours="""
            coach_id, weekday, start, end
            C1,       tue,     09:00, 12:00
            C2,       tue,     09:00, 12:00""",
        sites="""
            site_id, name
            X,       Riverside Surgery
            Y,       Central Library""",
        practices="""
            practice_id, site_id
            P1,          X
            P2,          X
            P3,          Y""",
        rooms="""
            room_id, site_id
            X-1,     X
            X-2,     X
            Y-1,     Y""",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-09, 09:00, 12:00
            S2,         X-2,     2027-03-09, 09:00, 12:00
            S3,         X-1,     2027-03-11, 09:00, 12:00
            S4,         Y-1,     2027-03-11, 09:00, 12:00
            S5,         Y-1,     2027-03-16, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, minutes, usual_coach, count, consent
            R1,          P1,          2027-02-10,  C,    40,      ,            1,     yes
            R2,          P2,          2027-02-10,  A,    40,      ,            1,     yes
            R3,          P3,          2027-02-10,  B,    40,      ,            3,     yes
            R4,          P1,          2027-02-10,  B,    40,      C2,          1,     yes
            R5,          P2,          2027-02-10,  A,    40,      ,            1,     no""",
        roads="""
            C1, X, 10, 11
            C1, Y, 20, 21
            C2, X, 30, 31
            C2, Y, 40, 41
            C3, X, 50, 51
            C3, Y, 60, 61
            X,  Y, 7,  8""",
    )


def told(*visits: str, month: str = "2027-03", **costs: int) -> Roster:
    """The roster of these visits; ``costs`` that are not given are 0."""
    held = [line.split() for line in visits]
    return Roster(
        instance="A tiny world",
        month=month,
        instance_sha256="0" * 64,
        outcome="feasible",
        objective=sum(costs.values()),
        bound=0,
        costs={name: costs.get(name, 0) for name in COSTS},
        visits=tuple(
            Visit(coach_id=coach, session_id=session, start=parse_clock("09:00"), end=parse_clock("12:00"))
            for coach, session, *_ in held
        ),
        appointments=tuple(appointment(session, person) for _, session, *seen in held for person in seen),
    )


def appointment(session_id: str, person: str) -> Appointment:
    """The appointment that ``R1@09:00`` stands for."""
    referral_id, _, time = person.partition("@")
    start = parse_clock(time)
    return Appointment(referral_id=referral_id, session_id=session_id, start=start, end=start + MINUTES)
