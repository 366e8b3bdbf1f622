"""Which facts stand in the way of what could be: what the rules say of one candidate (``Rule.blocks_*``). No solver."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from roster.domain import Referral, Session
from roster.instance import Instance
from roster.rule import Obstacle, Rule


class Obstacles:
    """The obstacles of ``given``, in which facts hold, to the candidates of ``opened``, in which all have given way.

    ``offered`` says what stands in the way of a session that is not offered yet. There are no obstacles to history.
    """

    def __init__(
        self,
        given: Instance,
        opened: Instance,
        rules: Sequence[Rule],
        offered: Callable[[str], Iterable[Obstacle]] | None = None,
    ) -> None:
        self._given, self._opened = given, opened
        self._offered = offered or (lambda _: ())
        self._visit_blocks = [r.blocks_visit for r in rules if r.blocks_visit]
        self._leg_blocks = [r.blocks_leg for r in rules if r.blocks_leg]
        self._room_blocks = [r.blocks_room for r in rules if r.blocks_room]
        self._appointment_blocks = [r.blocks_appointment for r in rules if r.blocks_appointment]
        self._meeting_blocks = [r.blocks_meeting for r in rules if r.blocks_meeting]
        self._in_room: dict[tuple[str, str], tuple[Obstacle, ...]] = {}

    def to_visit(self, coach_id: str, session_id: str) -> tuple[Obstacle, ...]:
        """To the coach's holding the session."""
        coach, session = self._given.coach[coach_id], self._given.session[session_id]
        if self._given.is_past(session.date):
            return ()
        blocked = (o for blocks in self._visit_blocks for o in blocks(self._given, coach, session))
        return (*blocked, *self._offered(session_id))

    def to_leg(self, coach_id: str, a: str, b: str) -> tuple[Obstacle, ...]:
        """To the coach's going straight from session ``a`` to session ``b``."""
        first, then = self._given.session[a], self._given.session[b]
        if self._given.is_past(first.date):
            return ()
        coach = self._given.coach[coach_id]
        return tuple(o for blocks in self._leg_blocks for o in blocks(self._opened, self._given, coach, first, then))

    def to_appointment(self, referral_id: str, session_id: str) -> tuple[Obstacle, ...]:
        """To the person's being seen in the session, whoever holds it."""
        referral, session = self._given.people[referral_id], self._given.session[session_id]
        if self._given.is_past(session.date):
            return ()
        key = referral_id, session.room_id
        if key not in self._in_room:
            self._in_room[key] = self._to_room(referral, session.room_id)
        days = (o for blocks in self._appointment_blocks for o in blocks(self._given, referral, session))
        return (*self._in_room[key], *days)

    def _to_room(self, referral: Referral, room_id: str) -> tuple[Obstacle, ...]:
        room = self._given.room[room_id]
        return tuple(o for blocks in self._room_blocks for o in blocks(self._given, referral, room))

    def to_meetings(self, referral_id: str, session_id: str, coaches: Iterable[str]) -> dict[Obstacle, frozenset[str]]:
        """Each obstacle to the person's being seen in the session by some of the coaches, with those coaches."""
        referral, session = self._given.people[referral_id], self._given.session[session_id]
        found: dict[Obstacle, set[str]] = defaultdict(set)
        if not self._given.is_past(session.date):
            for coach_id in coaches:
                for obstacle in self._to_meeting(referral, coach_id, session):
                    found[obstacle].add(coach_id)
        return {obstacle: frozenset(blocked) for obstacle, blocked in found.items()}

    def _to_meeting(self, referral: Referral, coach_id: str, session: Session) -> Iterable[Obstacle]:
        coach = self._given.coach[coach_id]
        return (o for blocks in self._meeting_blocks for o in blocks(self._given, referral, coach, session))
