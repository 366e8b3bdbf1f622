"""The ragged world with referrals whose ids stand nowhere else, so that every byte can be searched for them."""

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.instance import Instance
from roster.verify import verify
from tests.rosters import made
from tests.worlds import ragged_world

PAIR, ALONE, SIGNS = "PAIR-7781", "ALONE-4402", "SIGNS-9316"
"""P, Q and I of the ragged world; PAIR is two people, ALONE is not seen, SIGNS needs an interpreter."""
_NAMES = {"P": PAIR, "Q": ALONE, "I": SIGNS}

VISITS = """
    coach_id, session_id, start, end,   booking_ids
    C1,       S1,         08:30, 10:30,
    C1,       S4,         09:00, 10:10, B1"""
PAIR_IS_SEEN = f"""
    referral_id, session_id, start, end
    {PAIR},      S1,         08:30, 09:30
    {PAIR},      S1,         09:30, 10:30"""
ALONE_IS_NOT = f"""
    referral_id, count, reason
    {ALONE},     1,     No session is left."""


def named_world() -> Instance:
    """The world, of 26 February 2027, with visits on 3 and 5 March."""
    world = ragged_world()
    return world.replaced(
        referrals=tuple(r.model_copy(update={"referral_id": _NAMES[r.referral_id]}) for r in world.referrals)
    )


def best_roster(instance: Instance, **fields: object) -> Roster:
    """A roster that keeps every rule: PAIR is seen on 3 March, SIGNS on 5 March, ALONE is not."""
    seen = f"{PAIR_IS_SEEN}\n    {SIGNS},     S4,         09:00, 09:45"
    return made(instance, VISITS, seen, ALONE_IS_NOT, **fields)


def other_roster(instance: Instance, **fields: object) -> Roster:
    """Another one that keeps every rule: SIGNS is not seen either."""
    unseen = f"{ALONE_IS_NOT}\n    {SIGNS},     1,     There is no time left."
    return made(instance, VISITS.replace("B1", "  "), PAIR_IS_SEEN, unseen, **fields)


def rewriting_roster(instance: Instance) -> Roster:
    """One in which nobody was seen on 3 March."""
    unseen = f"""
        referral_id, count, reason
        {PAIR},      2,     There is no time left.
        {ALONE},     1,     No session is left.
        {SIGNS},     1,     There is no time left."""
    return made(instance, "coach_id, session_id, start, end\nC1, S4, 09:00, 10:10", "referral_id\n", unseen)


def is_accepted(instance: Instance, roster: Roster) -> bool:
    """Whether the roster keeps every rule, and says the truth about itself."""
    return verify(instance, roster, RULES, PREFERENCES).accepted
