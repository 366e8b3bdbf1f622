"""Why a person has no appointment: only what is proved, in a sentence.

Each test asks the rules what could be, whatever else happens; where all of them leave a way open, the person was
outranked if it is proved that no roster that sees them costs less, and otherwise no reason is proved.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from roster.candidates import Candidates
from roster.domain import Appointment, Referral, Session, Unseen
from roster.instance import Instance
from roster.rule import Rule
from roster.wording import how_many

NOT_PROVED = "No reason proved."


def unseen_of(
    instance: Instance, appointments: Sequence[Appointment], reason: Callable[[Referral], str] | None = None
) -> tuple[Unseen, ...]:
    """Everybody with consent who has fewer appointments than people, each with a reason."""
    seen = Counter(a.referral_id for a in appointments)
    return tuple(
        Unseen(
            referral_id=referral_id,
            count=referral.count - seen[referral_id],
            reason=reason(referral) if reason else NOT_PROVED,
        )
        for referral_id, referral in instance.people.items()
        if referral.count > seen[referral_id]
    )


class Reasons:
    """Reasons in one instance. ``outranked``: whether it is proved that no roster that sees the person costs less."""

    def __init__(self, instance: Instance, rules: Sequence[Rule], outranked: Callable[[Referral], bool]) -> None:
        self._outranked = outranked
        self._instance = instance
        self._rules = rules
        self._candidates = Candidates(instance, rules)

    def reason(self, referral: Referral) -> str:
        """The first of these that is so: no session, no coach, no interpreter, outranked, nothing proved."""
        sessions = [s for s in self._candidates.sessions_for(referral) if not self._instance.is_past(s.date)]
        if not sessions:
            return self._no_session(referral)
        held = [s for s in sessions if self._candidates.who_may_see(referral, s)]
        if not held:
            return self._no_coach(referral, sessions)
        if not any(self._has_interpreters(referral, s) for s in held):
            return self._no_interpreter(referral, held)
        if not self._outranked(referral):
            return NOT_PROVED
        where = how_many(len(held), "session")
        return (
            f"Outranked: there are {where} they could use, but no roster that sees them costs less in all; "
            "others who are more urgent, have waited longer or are easier to reach are seen there."
        )

    def _no_session(self, referral: Referral) -> str:
        instance = self._instance
        accepted = instance.accepted_sites(referral)
        offered = [s for s in instance.sessions if instance.site_of(s.session_id) in accepted]
        if not offered:
            return "No session they can reach: none is offered at the places they accept."
        return (
            f"No session they can reach: {how_many(len(offered), 'session is', 'sessions are')} offered at the places "
            "they accept, none on a day they can come in a room that suits them."
        )

    def _no_coach(self, referral: Referral, sessions: list[Session]) -> str:
        skills = sorted(self._instance.needed(referral, "coach"))
        who = f"coach with {', '.join(skills)}" if skills else "coach"
        where = how_many(len(sessions), "session")
        return (
            f"No eligible coach: there {'is' if len(sessions) == 1 else 'are'} {where} they could come to, "
            f"and no {who} can hold one for {referral.minutes} minutes."
        )

    def _no_interpreter(self, referral: Referral, sessions: list[Session]) -> str:
        skills = ", ".join(sorted(self._instance.needed(referral, "interpreter")))
        where = how_many(len(sessions), "session")
        return f"No interpreter: none ({skills}) is booked for a whole visit in any of the {where} they could use."

    def _has_interpreters(self, referral: Referral, session: Session) -> bool:
        """Whether one coach could hold the session with every interpreter that the person needs."""
        skills = self._instance.needed(referral, "interpreter")
        bookings = [b for b in self._instance.interpreters if b.skill in skills]
        covered = [(b.skill, self._candidates.who_has(b, session)) for b in bookings]
        return any(
            skills <= {skill for skill, coaches in covered if coach_id in coaches}
            for coach_id in self._candidates.who_may_see(referral, session)
        )
