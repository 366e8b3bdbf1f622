"""A repair found only after a step was closed is not called the cheapest: with that step one could cost less."""

from datetime import date

from models import RULES
from roster.edits import apply_edits, parse_edits
from roster.explain.repairs import Repairs
from roster.explain.settled import Clock, roster_of
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
    prices = instance.settings.repair_prices.model_copy(update={"session": 500, "hours": 500})
    settings = instance.settings.model_copy(update={"repair_prices": prices, "as_of": date(2027, 3, 1)})
    return instance.replaced(settings=settings)


def test_what_is_proved_of_a_repair_counts_the_steps_that_were_closed_on_the_way_to_it() -> None:
    mended = Repairs(region(), RULES, {"see_by:P"}, Clock(60.0)).cheapest()
    assert mended is not None
    cheaper = apply_edits(region(), parse_edits(LESS_NOTICE))
    assert roster_of(cheaper, RULES, Clock(60.0)) is not None
    assert mended.price == 30
    assert mended.at_least <= 14 + 8
    assert not mended.proved
