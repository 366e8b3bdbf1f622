"""Rosters written by hand in a test: tables as text, with the numbers that go with them worked out by the checker."""

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.instance import Instance
from roster.verify import breaks_of, verify
from tests.tables import rows


def made(instance: Instance, visits: str, appointments: str, unseen: str = "", **fields: object) -> Roster:
    """The roster of these tables with its true costs, proved best unless ``fields`` say otherwise."""
    held = [v | {"booking_ids": tuple(b for b in v.get("booking_ids", "").split(";") if b)} for v in rows(visits)]
    texts = {
        "instance": instance.settings.name,
        "month": instance.settings.month,
        "instance_sha256": instance.sha256,
        "outcome": "optimal",
        "objective": 0,
        "bound": 0,
        "costs": {},
        "visits": held,
        "appointments": rows(appointments),
        "unseen": rows(unseen) if unseen else (),
    }
    draft = Roster.model_validate(texts)
    verdict = verify(instance, draft, RULES, PREFERENCES)
    numbers: dict[str, object] = {"costs": verdict.costs, "objective": verdict.objective, "bound": verdict.objective}
    if fields.get("outcome") == "infeasible":
        numbers |= {"compromise": True, "breaks": breaks_of(verdict.broken)}
    return draft.model_copy(update=numbers | fields)


def ragged_roster(instance: Instance, **fields: object) -> Roster:
    """A roster of ``ragged_world`` that keeps every rule: two visits of C1; Q is not seen."""
    return made(
        instance,
        """
        coach_id, session_id, start, end,   booking_ids
        C1,       S1,         08:30, 10:30,
        C1,       S4,         09:00, 10:10, B1""",
        """
        referral_id, session_id, start, end
        P,           S1,         08:30, 09:30
        P,           S1,         09:30, 10:30
        I,           S4,         09:00, 09:45""",
        """
        referral_id, count, reason
        Q,           1,     No session is left.""",
        **fields,
    )


def ragged_compromise(instance: Instance) -> Roster:
    """A roster of ``ragged_world`` that breaks its two promises: nobody visits Y, and one of P is not seen."""
    return made(
        instance,
        """
        coach_id, session_id, start, end
        C1,       S1,         08:30, 10:30""",
        """
        referral_id, session_id, start, end
        P,           S1,         08:30, 09:30""",
        """
        referral_id, count, reason
        P,           1,     There is no time left.
        I,           1,     Nobody visits a site that they accept.
        Q,           1,     Nobody visits a site that they accept.""",
        outcome="infeasible",
    )
