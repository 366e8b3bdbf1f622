"""Only people who said yes have appointments. It is voluntary, and anybody may leave at any time.

Formula: seen(r, s) = 0 where consent(r) is "no". Such a referral is left out of everything: no appointment,
no price, no line among those not seen. Source: PROBLEM.md section 2, ``consent``.
"""

from collections.abc import Iterator

from roster.domain import Referral, Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Rule


def allows_appointment(instance: Instance, referral: Referral, session: Session) -> bool:
    """Whether the person said yes."""
    del instance, session
    return referral.consent == "yes"


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every mention of a referral without consent."""
    mentioned = {a.referral_id for a in roster.appointments} | {u.referral_id for u in roster.unseen}
    for referral in instance.referrals:
        if referral.consent != "yes" and referral.referral_id in mentioned:
            yield Finding("consent", f"{referral.referral_id} did not say yes and must not be in the roster.")


RULE = Rule(
    name="consent",
    sentence="Only people who said yes have appointments; the others are left out of everything.",
    formula="seen(r,s) = 0 if consent(r) = no",
    check=check,
    allows_appointment=allows_appointment,
)
