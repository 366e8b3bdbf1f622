"""Withdrawing a room: what that does to people who were told of a visit there, and telling the region's manager."""

import hashlib
from dataclasses import dataclass

from roster.calendar import friendly_time, long_day
from roster.domain import Practice, Session
from roster.edits import RemoveSession
from roster.instance import Instance
from roster.store.audit import By
from roster.store.models import Month
from roster.store.notices import ROOM_WITHDRAWN, change_and_tell
from roster.store.told import visits_told
from roster.web.consequences import Loss, loss_of, loss_words
from roster.web.terms import terms


@dataclass(frozen=True)
class Withdrawal:
    """A session that is to be withdrawn, and what that does. ``says``: in sentences, none where nobody is touched."""

    session: Session
    loss: Loss
    says: tuple[str, ...]

    @classmethod
    def of(cls, month: Month, instance: Instance, session: Session) -> "Withdrawal":
        """What withdrawing the session of the month does."""
        loss = loss_of(instance, visits_told(month, instance), {session.session_id}, terms().rules)
        return cls(session, loss, tuple(loss_words(loss)))

    @property
    def mark(self) -> str:
        """Another one wherever it does something else."""
        return mark_of_words(self.says)


def mark_of_words(says: tuple[str, ...]) -> str:
    """A mark of what somebody was told that their change does."""
    return hashlib.sha256(" ".join(says).encode()).hexdigest()[:16]


def session_at(instance: Instance, session_id: str, site_id: str) -> Session | None:
    """The session of that id, if it is at the site."""
    session = instance.session.get(session_id)
    return session if session is not None and instance.site_of(session_id) == site_id else None


def withdraw_room(month: Month, practice: Practice, withdrawal: Withdrawal, by: By, mark: str) -> None:
    """Withdraw the session; the region's manager is told where people were told of a visit in it.

    Raises EditError and Overtaken as ``roster.store.changing.change``.
    """
    session = withdrawal.session
    notice = None
    if withdrawal.says:
        when = f"{long_day(session.date)}, {friendly_time(session.start)} to {friendly_time(session.end)}"
        what = f"{practice.name} has withdrawn room {session.room_id} on {when}."
        notice = ROOM_WITHDRAWN, " ".join((what, *withdrawal.says))
    edits = [RemoveSession(session_id=session.session_id)]
    change_and_tell(month, edits, by, "withdraw a room", notice, {("sessions", session.session_id): mark})
