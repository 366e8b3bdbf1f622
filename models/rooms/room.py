"""A room is used by one coach at a time.

Formula: sum over coaches of visit(c, s) <= 1 for every session s; for sessions s, t of one room on one day
with start(s) < end(t) and start(t) < end(s): visited(s) + visited(t) <= 1. Sessions that overlap pairwise
share a moment, the start of the latest, so one "at most one" for each start holds all pairs at once.
Source: PROBLEM.md section 2, ``room``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from roster.domain import Roster, Session
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import session_words

if TYPE_CHECKING:
    from roster.decisions import Decisions


def post(decisions: Decisions) -> None:
    """At each moment at most one visit in a room."""
    days: dict[tuple[str, date], list[Session]] = defaultdict(list)
    for session in decisions.instance.sessions:
        if not decisions.instance.is_past(session.date):
            days[session.room_id, session.date].append(session)
    for sessions in days.values():
        for moment in sorted({s.start for s in sessions}):
            at_once = [s.session_id for s in sessions if s.start <= moment < s.end]
            decisions.at_most([v for s in at_once for v in decisions.visits_in(s).values()], 1)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every two visits, from as_of on, that need one room at the same time."""
    for one, other in combinations(roster.visits, 2):
        a, b = instance.session[one.session_id], instance.session[other.session_id]
        if a.room_id != b.room_id or a.date != b.date or instance.is_past(a.date):
            continue
        if a.session_id == b.session_id:
            says = f"{one.coach_id} and {other.coach_id} both hold {session_words(instance, a.session_id)}."
            yield Finding("room", says)
        elif a.start < b.end and b.start < a.end:
            says = (
                f"Room {a.room_id} is used twice at once: {session_words(instance, a.session_id)}, "
                f"and {session_words(instance, b.session_id)}."
            )
            yield Finding("room", says)


RULE = Rule(
    name="room",
    sentence="A room is used by one coach at a time.",
    formula="sum_c visit(c,s) <= 1; for overlapping sessions s, t of one room: visited(s) + visited(t) <= 1",
    check=check,
    post=post,
)
