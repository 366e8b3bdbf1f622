"""A person who needs a coach with a skill is seen by a coach who has it.

Formula: seen(r, s) <= count(r) * sum of visit(c, s) over the coaches c whose skills contain every "coach:" need
of r. Source: PROBLEM.md section 2, ``skill``.
"""

from collections.abc import Iterator

from roster.domain import Coach, Referral, Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Obstacle, Rule, Way


def allows_meeting(instance: Instance, referral: Referral, coach: Coach, session: Session) -> bool:
    """Whether the coach has every skill that the person needs."""
    del session
    return instance.needed(referral, "coach") <= frozenset(coach.skills)


def blocks_meeting(given: Instance, referral: Referral, coach: Coach, session: Session) -> Iterator[Obstacle]:
    """What the coach lacks of what the person needs."""
    if not allows_meeting(given, referral, coach, session):
        yield (Way(f"needs:{referral.referral_id}"),)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every appointment, from as_of on, with a coach who lacks a skill that the person needs."""
    holders = {v.session_id: v.coach_id for v in roster.visits}
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        coach_id = holders.get(appointment.session_id)
        day = instance.session[appointment.session_id].date
        if referral is None or coach_id is None or instance.is_past(day):
            continue
        missing = instance.needed(referral, "coach") - frozenset(instance.coach[coach_id].skills)
        if missing:
            says = f"{referral.referral_id} needs a coach with {', '.join(sorted(missing))}; {coach_id} is not."
            yield Finding("skill", says, f"needs:{referral.referral_id}")


RULE = Rule(
    name="skill",
    sentence="A person who needs a coach with a skill is seen by a coach who has it.",
    formula="seen(r,s) <= count(r) * sum_(c with the coach needs of r) visit(c,s)",
    check=check,
    allows_meeting=allows_meeting,
    blocks_meeting=blocks_meeting,
)
