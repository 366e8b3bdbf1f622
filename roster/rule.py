"""What a rule and a preference are. The engine works through these and knows no rule by name.

A rule may speak before anything is solved (``allows_*``: whether a candidate may exist at all, which keeps the
model small) and while the model is built (``post``). ``check`` says the same over a finished roster, in plain
Python, and shares no code with the others. A preference has a price instead.

Candidates that are alike are asked about once, so each test may look only at some things:

- ``allows_room`` at the referral's practice, sites and needs, and at the room;
- ``allows_appointment`` at the referral, the session's day, and what was published of the person in the session;
- ``allows_meeting`` at the referral's needs and minutes, and at the coach and the times of their visit;
- ``allows_leg`` at the coach, and at the minutes between the two visits that are not spent on the road;
- ``allows_road`` at the coach, and at the fewest minutes on the road of a day of which a candidate could be part;
- ``allows_booking`` at the booking, the session's day, and the times of the visit.

Where facts may give way (PROBLEM.md section 6), candidates are those of an instance in which all of them have, and
``blocks_*`` says which facts of the instance as given stand in the way of one. ``blocks_leg`` is told the open
instance as well, since only there has every visit a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from roster.domain import Booking, Coach, Referral, Room, Roster, Session
from roster.instance import Instance

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Cost


@dataclass(frozen=True)
class Finding:
    """A rule that a roster breaks: which, in a sentence, about which fact, and by how much."""

    rule: str
    says: str
    fact: str = ""
    amount: int = 1


@dataclass(frozen=True)
class Way:
    """A way past an obstacle: the fact gives way, in one ``part`` (a day, a site) or by an ``amount`` of its unit.

    ``kept``: the way is open where the fact has not given way.
    """

    fact: str
    part: str = ""
    amount: int = 1
    kept: bool = False


Obstacle: TypeAlias = tuple[Way, ...]
"""What stands in the way of a candidate until one of the ways past it is open."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Something that must hold. ``sentence`` is what a manager reads, ``formula`` what a reviewer reads.

    ``in_bound``: whether the bound is to take it into account. A bound without it is true as well, and quicker where
    the rule holds single variables; then it may post rows only, no variables.
    """

    name: str
    sentence: str
    formula: str
    check: Callable[[Instance, Roster], Iterable[Finding]]
    post: Callable[[Decisions], None] | None = None
    in_bound: bool = True
    allows_visit: Callable[[Instance, Coach, Session], bool] | None = None
    allows_leg: Callable[[Instance, Coach, Session, Session], bool] | None = None
    allows_road: Callable[[Instance, Coach, int], bool] | None = None
    allows_room: Callable[[Instance, Referral, Room], bool] | None = None
    allows_appointment: Callable[[Instance, Referral, Session], bool] | None = None
    allows_meeting: Callable[[Instance, Referral, Coach, Session], bool] | None = None
    allows_booking: Callable[[Instance, Booking, Coach, Session], bool] | None = None
    blocks_visit: Callable[[Instance, Coach, Session], Iterable[Obstacle]] | None = None
    blocks_leg: Callable[[Instance, Instance, Coach, Session, Session], Iterable[Obstacle]] | None = None
    blocks_room: Callable[[Instance, Referral, Room], Iterable[Obstacle]] | None = None
    blocks_appointment: Callable[[Instance, Referral, Session], Iterable[Obstacle]] | None = None
    blocks_meeting: Callable[[Instance, Referral, Coach, Session], Iterable[Obstacle]] | None = None


@dataclass(frozen=True, kw_only=True)
class Preference:
    """Something that costs. ``price`` gives whole minutes of coach time for a finished roster."""

    name: str
    sentence: str
    formula: str
    post: Callable[[Decisions], Cost]
    price: Callable[[Instance, Roster], int]
