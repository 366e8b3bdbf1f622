"""A small instance with one trouble, and a report on it written by hand in which everything is true.

One coach has one morning, 8 March 2027, before the date by which P (two people, 70 minutes each) and Q (100 minutes)
have to be seen: 240 minutes in a visit of 180, in which 100 and 70 are the most that fit. R, who needs an interpreter,
has to be seen by 5 March and can be, since for an interpreter's appointments there is no notice: without that need
the notice would stand in the way.
"""

from roster.edits import Edit, parse_edits
from roster.edits.parse import edits_to_json
from roster.instance import Instance
from roster.report import Bottleneck, Cluster, Conflict, Repair, Report
from tests.rules.small import small

LATER = '[{"op": "set", "table": "referrals", "id": "Q", "field": "see_by", "value": "2027-03-15"}]'
AFTERNOON = """[
    {"op": "add_session", "session_id": "S9", "room_id": "X-1", "date": "2027-03-08", "start": "14:00", "end": "17:00"},
    {"op": "add_hours", "coach_id": "C1", "weekday": "mon", "start": "14:00", "end": "17:00"}
]"""
"""One more session, and the hours for it: neither helps without the other."""
NEEDLESS = '[{"op": "set_policy", "field": "break_minutes", "value": 0}]'


def troubled() -> Instance:
    """The instance."""
    return small(
        "notice_days = 7\ninterpreter_notice_days = 0",
        coaches="""
            coach_id
            C1""",
        hours="""
            coach_id, weekday, start, end
            C1,       mon,     09:00, 12:00
            C1,       fri,     09:00, 10:00""",
        sites="""
            site_id
            X""",
        practices="""
            practice_id, site_id
            PX,          X""",
        rooms="""
            room_id, site_id
            X-1,     X""",
        sessions="""
            session_id, room_id, date,       start, end
            S0,         X-1,     2027-03-05, 09:00, 12:00
            S1,         X-1,     2027-03-08, 09:00, 12:00
            S2,         X-1,     2027-03-15, 09:00, 12:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, count, needs,           consent
            P,           PX,          2027-02-15,  A,    2027-03-10, 70,      2,     ,                yes
            Q,           PX,          2027-02-15,  B,    2027-03-10, 100,     1,     ,                yes
            R,           PX,          2027-02-15,  C,    2027-03-05, 30,      1,     interpreter:bsl, yes
            N,           PX,          2027-02-15,  C,    2027-03-10, 30,      1,     ,                no
            U,           PX,          2027-02-15,  C,    ,           30,      1,     ,                yes""",
        interpreters="""
            booking_id, skill, date,       start, end,   fee_pounds
            B1,         bsl,   2027-03-05, 09:00, 12:00, 0""",
        roads="C1, X, 10, 12",
    )


def report_on(instance: Instance) -> Report:
    """The true report."""
    return Report(
        outcome="infeasible",
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        says="No roster keeps every rule.",
        clusters=(Cluster(number=1, says="There is too little time at X.", people=("P", "Q"), sites=("X",)),),
        conflicts=(Conflict(facts=("see_by:P", "see_by:Q"), says="They do not fit.", verified=True),),
        bottlenecks=(
            Bottleneck(
                people=("P", "Q"), sessions=("S1",), need_minutes=240, have_minutes=170, says="It is too little."
            ),
        ),
        repairs=(
            Repair(
                edits=parse_edits(LATER),
                price=7,
                owners=("referrer",),
                cheapest=True,
                says="Q is seen by 15 March 2027.",
                verified=True,
                at_least=7,
                alone="referrer",
            ),
            Repair(
                edits=parse_edits(AFTERNOON),
                price=11,
                owners=("practice", "coach"),
                cheapest=False,
                says="One more session.",
                verified=True,
            ),
        ),
    )


def with_bottleneck(report: Report, **fields: object) -> Report:
    """The report with its bottleneck changed."""
    return report.model_copy(update={"bottlenecks": (report.bottlenecks[0].model_copy(update=fields),)})


def with_conflict(report: Report, *facts: str) -> Report:
    """The report with other facts in its conflict."""
    return report.model_copy(update={"conflicts": (report.conflicts[0].model_copy(update={"facts": facts}),)})


def with_repair(report: Report, number: int, **fields: object) -> Report:
    """The report with one of its repairs changed, counted from 1."""
    repairs = list(report.repairs)
    repairs[number - 1] = repairs[number - 1].model_copy(update=fields)
    return report.model_copy(update={"repairs": tuple(repairs)})


def edits(*texts: str) -> tuple[Edit, ...]:
    """The edits of several texts, one after the other."""
    return tuple(edit for text in texts for edit in parse_edits(text))


def needless_beside(report: Report, number: int) -> Report:
    """The report with an edit too many in one of its repairs."""
    own = edits_to_json(report.repairs[number - 1].edits)
    return with_repair(report, number, edits=edits(own, NEEDLESS))
