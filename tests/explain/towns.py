"""A town of two sites and two coaches in which a shortage of any kind can be planted, for the tests of counting.

In March 2027 C1 works from 9am to 5pm on Mondays, Tuesdays and Wednesdays, C2 (who is a welsh coach) on Thursdays
and on Wednesdays from 2pm to 4pm.
"""

from roster.domain import Roster
from roster.instance import Instance
from tests.tables import world

HOURS = """
    coach_id, weekday, start, end
    C1,       mon,     09:00, 17:00
    C1,       tue,     09:00, 17:00
    C1,       wed,     09:00, 17:00
    C2,       wed,     14:00, 16:00
    C2,       thu,     09:00, 17:00"""
FREE = """
    coach_id, skills
    C1,
    C2,       welsh"""


def town(
    sessions: str,
    people: str,
    *,
    coaches: str = FREE,
    limits: str = "X, , ; Y, ,",
    interpreters: str = "",
    policy: str = "",
    published: Roster | None = None,
    as_of: str = "2027-02-19",
) -> Instance:
    """The town. ``sessions``: lines of id, room, day of March, start, end. ``people``: id, site, see by, minutes,
    needs, count. ``limits``: lines of site, least and most visits, separated by semicolons."""
    return world(
        f'month = "2027-03"\nas_of = {as_of}',
        policy,
        coaches=coaches,
        hours=HOURS,
        sites="site_id, min_sessions, max_sessions\n" + limits.replace(";", "\n"),
        practices="practice_id, site_id\nX-P, X\nY-P, Y",
        rooms="room_id, site_id\nX-1, X\nX-2, X\nY-1, Y",
        sessions="session_id, room_id, date, start, end\n" + _dated(sessions),
        referrals="referral_id, practice_id, referred_on, band, see_by, minutes, needs, count, sites\n"
        + "\n".join(_referral(line) for line in people.strip().split("\n")),
        interpreters=f"booking_id, skill, date, start, end\n{interpreters}" if interpreters else "",
        roads="C1, X, 10, 10\nC1, Y, 20, 20\nC2, X, 10, 10\nC2, Y, 20, 20\nX, Y, 30, 30",
        published=published,
    )


def _dated(sessions: str) -> str:
    lines = [[cell.strip() for cell in line.split(",")] for line in sessions.strip().split("\n")]
    return "\n".join(f"{s}, {room}, 2027-03-{int(day):02d}, {a}, {b}" for s, room, day, a, b in lines)


def _referral(line: str) -> str:
    referral_id, site, day, minutes, *rest = (cell.strip() for cell in line.split(","))
    needs, count = [*rest, "", ""][:2]
    see_by = f"2027-03-{int(day):02d}" if day else ""
    return f"{referral_id}, X-P, 2027-02-10, B, {see_by}, {minutes}, {needs}, {count or 1}, {site}"
