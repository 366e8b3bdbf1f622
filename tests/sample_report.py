"""A report of a small region in two towns, written by hand, with everything that a report can hold."""

import json
from typing import Any

from roster.domain import Roster
from roster.edits import parse_edits
from roster.facts import Owner
from roster.instance import Instance
from roster.report import Bottleneck, Cluster, Conflict, Repair, Report
from tests.rosters import made
from tests.tables import world

_COACHES = """
        coach_id, skills, max_sessions_day, max_travel_minutes_day
        C1,       bsl,    2,                90
        C2,       ,       ,"""
_HOURS = """
        coach_id, weekday, start, end
        C1,       mon,     08:30, 17:00
        C2,       tue,     09:00, 12:30"""
_PRACTICES = """
        practice_id, name,           site_id
        P1,          Harbour Health, QUAY
        P2,          Moor Practice,  MOOR"""
_ROOMS = """
        room_id, site_id
        QUAY-1,  QUAY
        MOOR-1,  MOOR"""
_SESSIONS = """
        session_id, room_id, date,       start, end
        S1,         QUAY-1,  2027-03-08, 08:30, 10:30
        S2,         MOOR-1,  2027-03-09, 08:30, 12:40
        S3,         MOOR-1,  2027-03-15, 13:30, 17:40"""
_REFERRALS = """
        referral_id, practice_id, referred_on, band, see_by,     minutes, count, sites
        R1,          P1,          2027-02-15,  A,    2027-03-09, 60,      2,     QUAY
        R2,          P1,          2027-02-16,  B,    2027-03-09, 40,      1,     QUAY
        R3,          P2,          2027-02-17,  C,    ,           40,      1,     MOOR"""
_ROADS = """
        C1,   QUAY, 20, 20
        C1,   MOOR, 50, 50
        C2,   QUAY, 55, 55
        C2,   MOOR, 10, 10
        QUAY, MOOR, 45, 45"""
_SITES = """
        site_id, name,         min_sessions, max_sessions, hire_pounds
        QUAY,    to be named,  ,             2,            12.5
        MOOR,    Moor Library, 3,            ,"""


def sample_instance(first_site: str = "Harbour Surgery") -> Instance:
    """Two towns, two coaches, three sessions: three people too many by the harbour, one visit too few on the moor."""
    region = world(
        'month = "2027-03"\nas_of = 2027-02-19',
        "budget_pounds = 300.0",
        coaches=_COACHES,
        hours=_HOURS,
        sites=_SITES,
        practices=_PRACTICES,
        rooms=_ROOMS,
        sessions=_SESSIONS,
        referrals=_REFERRALS,
        roads=_ROADS,
    )
    sites = [s.model_copy(update={"name": first_site}) if s.site_id == "QUAY" else s for s in region.sites]
    return region.replaced(sites=tuple(sites))


def sample_compromise(instance: Instance) -> Roster:
    """A roster that leaves R2 and one visit on the moor out."""
    return made(
        instance,
        """
        coach_id, session_id, start, end
        C1,       S1,         08:30, 10:30
        C2,       S2,         09:00, 12:30""",
        """
        referral_id, session_id, start, end
        R1,          S1,         08:30, 09:30
        R1,          S1,         09:30, 10:30
        R3,          S2,         09:00, 09:40""",
        """
        referral_id, count, reason
        R2,          1,     No reason proved.""",
        outcome="infeasible",
    )


def sample_report(instance: Instance | None = None, **fields: object) -> Report:
    """The report: two clusters, a bottleneck, four conflicts, five repairs, and a compromise."""
    region = instance or sample_instance()
    place = region.site["QUAY"].name
    return Report(
        outcome="infeasible",
        instance=region.settings.name,
        month=region.settings.month,
        instance_sha256=region.sha256,
        says=(
            "3 people by the harbour cannot all be seen by 9 March 2027: they need 160 minutes, and 120 can be held. "
            "Moor Library is promised 3 visits, and 2 sessions are offered there."
        ),
        background=(
            "Taken as they are: 3 sessions in 2 rooms at 2 sites, 2 coaches, travel times, and the bank holidays."
        ),
        clusters=(
            Cluster(
                number=1,
                says=f"3 people cannot all be seen at {place} by 9 March 2027.",
                people=("R1", "R2"),
                sites=("QUAY",),
            ),
            Cluster(number=2, says="Moor Library cannot have the visits it was promised.", sites=("MOOR",)),
        ),
        conflicts=_conflicts(place),
        bottlenecks=(
            Bottleneck(
                people=("R1", "R2"),
                sessions=("S1",),
                need_minutes=160,
                have_minutes=120,
                says=(
                    "3 people need 160 minutes in all, and can be seen only in session S1, which holds at most 120 "
                    "minutes: short by 40."
                ),
                cluster=1,
            ),
        ),
        repairs=_repairs(),
        not_proved=(
            "Whether there are further troubles behind these: time ran out after 60 seconds.",
            "Whether every fact of the last example is needed.",
        ),
        compromise=sample_compromise(region),
    ).model_copy(update=fields)


def _conflicts(place: str) -> tuple[Conflict, ...]:
    return (
        Conflict(
            facts=("see_by:R1", "see_by:R2", "place:R1", "place:R2"),
            says=(
                f"R1 (2 people) and R2 are to be seen by 9 March 2027, and go only to {place}. One session of 2 hours "
                "is offered there until then."
            ),
            verified=True,
            cluster=1,
        ),
        Conflict(
            facts=("site_limit:QUAY", "hours:C2", "see_by:R2"),
            says="R2 is to be seen by 9 March 2027, while coach C2 works on Tuesdays only.",
            verified=False,
            cluster=1,
        ),
        Conflict(
            facts=("presence:MOOR",),
            says="Moor Library is to have at least 3 visits, and 2 sessions are offered there.",
            verified=True,
            cluster=2,
        ),
    )


def _repairs() -> tuple[Repair, ...]:
    later = _set("referrals", "R2", "see_by", "2027-03-31")
    fewer = _set("sites", "MOOR", "min_sessions", 2)
    session = {"room_id": "QUAY-1", "date": "2027-03-08", "start": "10:30", "end": "12:00"}
    moor = {"op": "add_session", "session_id": "S10", "room_id": "MOOR-1"}
    moor |= {"date": "2027-03-16", "start": "09:00", "end": "12:30"}
    add = {"op": "add_session", "session_id": "S9"} | session
    return (
        _repair(
            [add, fewer],
            8,
            ("practice", "region"),
            cheapest=True,
            at_least=8,
            says="Offer one more session by the harbour, and promise Moor Library 2 visits instead of 3.",
            then="Everybody is seen by their date; 4 of 4 people are seen in 3 visits.",
        ),
        _repair(
            [add, moor],
            9,
            ("practice",),
            alone="practice",
            at_least=9,
            says="Offer two more sessions: one by the harbour and one on the moor.",
            then="Everybody is seen by their date, in 4 visits.",
        ),
        _repair(
            [later, fewer],
            12,
            ("referrer", "practice"),
            at_least=10,
            says="Give R2 until 31 March 2027, and promise Moor Library 2 visits instead of 3.",
            then="3 of 4 people are seen.",
        ),
        _repair(
            [{"op": "add_hours", "coach_id": "C2", "weekday": "mon", "start": "09:00", "end": "17:00"}],
            16,
            ("coach",),
            verified=False,
            says="Coach C2 also works on Mondays.",
        ),
        _repair(
            [_policy("break_minutes", 0)],
            20,
            ("policy",),
            alone="policy",
            at_least=6,
            says="No break between two visits.",
            then="Everybody is seen.",
        ),
    )


def _set(table: str, row_id: str, field: str, value: object) -> dict[str, Any]:
    return {"op": "set", "table": table, "id": row_id, "field": field, "value": value}


def _policy(field: str, value: object) -> dict[str, Any]:
    return {"op": "set_policy", "field": field, "value": value}


def _repair(
    edits: list[dict[str, Any]],
    price: int,
    owners: tuple[Owner, ...],
    *,
    says: str,
    then: str = "",
    cheapest: bool = False,
    verified: bool = True,
    at_least: int = 0,
    alone: Owner | None = None,
) -> Repair:
    return Repair(
        edits=parse_edits(json.dumps(edits)),
        price=price,
        owners=owners,
        cheapest=cheapest,
        says=says,
        verified=verified,
        at_least=at_least,
        alone=alone,
        then=then,
    )
