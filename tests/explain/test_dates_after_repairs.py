"""Which dates bind is decided afresh after a repair: what is proved of its price takes that into account."""

from datetime import date

from models import RULES
from roster.edits import apply_edits, parse_edits
from roster.explain.conflicts.settled import Clock, roster_of
from roster.explain.repairs.find import Repairs
from roster.instance import Instance
from tests.rules.small import small

LESS_NOTICE = """[
    {"op": "set_policy", "field": "notice_days", "value": 2},
    {"op": "set", "table": "referrals", "id": "R", "field": "see_by", "value": "2027-03-11"}
]"""
"""Three days less of notice (14 points), and the date that binds then moved by six days (8 points)."""


def region() -> Instance:
    """The ten people of P fill a session on 3 March, for which there is too little notice, or one on 11 March.

    With less notice R has to be seen by 5 March as well, and only that session is before then.
    """
    instance = small(
        "notice_days = 5",
        coaches="""
            coach_id
            C1""",
        hours="""
            coach_id, weekday, start, end
            C1,       wed,     09:00, 10:00
            C1,       thu,     09:00, 10:00
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
            S0,         X-1,     2027-03-03, 09:00, 10:00
            S1,         X-1,     2027-03-11, 09:00, 10:00
            S2,         X-1,     2027-03-12, 09:00, 10:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, count, consent
            P,           PX,          2027-02-15,  A,    2027-03-10, 6,       10,    yes
            R,           PX,          2027-02-15,  A,    2027-03-05, 60,      1,     yes""",
        roads="C1, X, 10, 12",
    )
    return as_of_1_march(instance, session=500, hours=500)


def as_of_1_march(instance: Instance, **prices: int) -> Instance:
    """The instance on that day, with these repair prices."""
    table = instance.settings.repair_prices.model_copy(update=prices)
    settings = instance.settings.model_copy(update={"repair_prices": table, "as_of": date(2027, 3, 1)})
    return instance.replaced(settings=settings)


def test_what_is_proved_of_a_repair_counts_the_steps_that_were_closed_on_the_way_to_it() -> None:
    mended = Repairs(region(), RULES, {"see_by:P"}, Clock(60.0)).cheapest()
    assert mended is not None
    cheaper = apply_edits(region(), parse_edits(LESS_NOTICE))
    assert roster_of(cheaper, RULES, Clock(60.0)) is not None
    assert mended.price == 30
    assert mended.at_least <= 14 + 8
    assert not mended.proved


def test_a_need_that_goes_may_leave_a_date_that_no_longer_binds() -> None:
    """Without the interpreter the notice is longer than the time until the date of P, for whom nobody can be booked."""
    instance = small(
        "notice_days = 9\ninterpreter_notice_days = 0",
        coaches="""
            coach_id
            C1""",
        hours="""
            coach_id, weekday, start, end
            C1,       wed,     09:00, 10:00""",
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
            S0,         X-1,     2027-03-03, 09:00, 10:00""",
        referrals="""
            referral_id, practice_id, referred_on, band, see_by,     minutes, needs,           consent
            P,           PX,          2027-02-15,  A,    2027-03-08, 60,      interpreter:bsl, yes""",
        roads="C1, X, 10, 12",
    )
    mended = Repairs(as_of_1_march(instance, needs=2), RULES, {"see_by:P"}, Clock(60.0)).cheapest()
    assert mended is not None
    assert mended.edits == parse_edits(
        '[{"op": "set", "table": "referrals", "id": "P", "field": "needs", "value": null}]'
    )
    assert (mended.price, mended.proved, mended.each_needed) == (2, True, True)
    assert mended.instance.binding == frozenset()
