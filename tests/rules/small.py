"""A small instance that a test of one rule changes in one place, and rosters of it written by hand.

The rule or preference is asked twice: its checker and its encoding in the model have to agree before a test
sees what either of them says.
"""

from collections.abc import Mapping

import numpy as np

from roster.decisions import Decisions
from roster.domain import Roster
from roster.instance import Instance
from roster.model import Cost
from roster.rule import Preference, Rule
from tests.encoded import Rosters, asked, beside, least
from tests.tables import rows, world

TABLES = {
    "coaches": """
        coach_id
        C1
        C2""",
    "hours": """
        coach_id, weekday, start, end
        C1,       mon,     09:00, 17:00
        C1,       tue,     09:00, 17:00
        C2,       mon,     09:00, 17:00
        C2,       tue,     09:00, 17:00""",
    "sites": """
        site_id
        X
        Y""",
    "practices": """
        practice_id, site_id
        PX,          X
        PY,          Y""",
    "rooms": """
        room_id, site_id
        X-1,     X
        Y-1,     Y""",
    "sessions": """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-03-08, 09:00, 12:00
        S2,         Y-1,     2027-03-08, 13:30, 16:30
        S3,         X-1,     2027-03-09, 09:00, 12:00
        S4,         Y-1,     2027-03-15, 09:00, 12:00""",
    "referrals": """
        referral_id, practice_id, referred_on, band, minutes
        P,           PX,          2027-02-15,  A,    60
        Q,           PY,          2027-02-15,  B,    40""",
    "roads": """
        C1, X, 10, 12
        C1, Y, 20, 24
        C2, X, 30, 36
        C2, Y, 40, 48
        X,  Y, 15, 18""",
}
"""Two coaches, two sites, four sessions on 8, 9 and 15 March 2027, two people; whatever is not given has no limit."""


def small(
    policy: str = "",
    *,
    month: str = "2027-03",
    as_of: str = "2027-03-01",
    away: Mapping[str, str] | None = None,
    published: Roster | None = None,
    **tables: str,
) -> Instance:
    """The small instance with some of its tables replaced."""
    settings = f'month = "{month}"\nas_of = {as_of}'
    return world(settings, policy, away=away, published=published, **(TABLES | tables))


def roster(instance: Instance | None, visits: str = "", appointments: str = "", unseen: str = "") -> Roster:
    """A roster of lines ``coach, session, start, end, bookings`` and ``referral, session, start, end``.

    Its numbers are all 0: rules do not look at them. Without an instance: a published roster.
    """
    header = "coach_id, session_id, start, end, booking_ids"
    held = [dict(zip(header.split(", "), [*line, ""], strict=False)) for line in _lines(visits)]
    seen = "referral_id, session_id, start, end\n" + appointments
    left = [{"referral_id": r, "count": 1, "reason": "No reason proved."} for r in unseen.split()]
    return Roster.model_validate(
        {
            "instance": "A tiny world",
            "month": "2027-03" if instance is None else instance.settings.month,
            "instance_sha256": "0" * 64,
            "outcome": "feasible",
            "objective": 0,
            "bound": 0,
            "costs": {},
            "visits": [v | {"booking_ids": v["booking_ids"].split(";") if v["booking_ids"] else []} for v in held],
            "appointments": rows(seen),
            "unseen": left,
        }
    )


def _lines(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(",")] for line in text.splitlines() if line.strip()]


def found(rule: Rule, instance: Instance, made: Roster) -> list[tuple[str, str, int]]:
    """What the rule's checker finds: sentence, fact and amount. The model accepts the roster where that is nothing."""
    findings = list(rule.check(instance, made))
    assert {f.rule for f in findings} <= {rule.name}
    assert accepts(instance, made, rule) == (not findings)
    return [(f.says, f.fact, f.amount) for f in findings]


def accepts(instance: Instance, made: Roster, rule: Rule) -> bool:
    """Whether the model with this rule alone, and the ones it counts on, accepts the roster."""
    decisions = Decisions(instance, [*beside(rule.name), rule])
    return bool(asked(decisions, Cost(), Rosters(instance, [made])).accepted[0])


def cost(preference: Preference, instance: Instance, made: Roster) -> int:
    """The preference's price of the roster. What the model says that it costs has to be the same."""
    price = preference.price(instance, made)
    decisions = Decisions(instance, beside(preference.name))
    answer = asked(decisions, preference.post(decisions), Rosters(instance, [made]))
    assert bool(np.all(answer.accepted))
    assert int(answer.cost[0]) == price
    return price


def shortfalls(rule: Rule, instance: Instance, made: Roster) -> list[tuple[str, str, str, int, int]]:
    """What a compromise falls short of: rule, fact, tier, price a unit, and the fewest units that the roster misses.

    Those that are missed have to be what the checker finds.
    """
    decisions = Decisions(instance, [*beside(rule.name), rule], promises_may_break=True)
    rosters = Rosters(instance, [made])
    missed = [(s, int(least(decisions, s.variable, rosters).cost[0])) for s in decisions.shortfalls]
    assert accepts_as_compromise(decisions, rosters)
    assert {(s.fact, n) for s, n in missed if n} == {(f.fact, f.amount) for f in rule.check(instance, made)}
    return [(s.rule, s.fact, s.tier, s.price, n) for s, n in missed]


def accepts_as_compromise(decisions: Decisions, rosters: Rosters) -> bool:
    """Whether the model, in which promises may break, accepts the one roster."""
    return bool(asked(decisions, Cost(), rosters).accepted[0])
