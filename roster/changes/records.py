"""What differs between two rosters of one month: only records.

``was`` is what people were told or had before, ``now`` what takes its place. Where the data do not know a session (it
is gone from them, or no folder was given), its day, place and room are None.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from roster.domain import Band, Clock, Record, WholeNumber

What = Literal["lost", "gained", "longer", "shorter", "session", "place", "coach", "time", "room"]
"""How somebody's appointment differs.

``longer`` and ``shorter``: they wait more, or fewer, days. ``place``: another site. ``time``: another time of the same
day. ``room``: another room of the same site. ``session``: another session, of which the day is not known.
"""

Effect = Literal["worse", "neutral", "better"]


class Slot(Record):
    """A stretch of one day in a session: somebody's appointment, or a coach's visit.

    ``referral_ids`` is whom the coach sees in a visit; it is empty but in a coach's message. ``coach_id`` is None where
    the roster has an appointment in a session that nobody holds.
    """

    session_id: str
    date: date | None
    start: Clock
    end: Clock
    site_id: str | None
    site: str | None
    room_id: str | None
    coach_id: str | None
    referral_ids: tuple[str, ...] = ()


class PersonChange(Record):
    """One person whose appointment differs; a referral of three people may have three of these.

    ``days`` is how many days later they are seen now, below 0 where it is sooner; None where there is no appointment in
    one of the two, or no day is known. ``practice_id`` and ``band`` are None where the data were not given.
    """

    referral_id: str
    practice_id: str | None
    band: Band | None
    what: tuple[What, ...]
    effect: Effect
    days: int | None
    was: Slot | None
    now: Slot | None
    says: str


class CoachChange(Record):
    """A coach whose visits or roads differ. ``road_was`` and ``road_now``: minutes in the month, None if not known."""

    coach_id: str
    lost: tuple[Slot, ...]
    gained: tuple[Slot, ...]
    road_was: WholeNumber | None
    road_now: WholeNumber | None
    says: str


class Handover(Record):
    """A session that is held by another coach."""

    was: Slot
    now: Slot


class RoomChange(Record):
    """A room whose sessions are used otherwise. ``practices`` are those at its site."""

    room_id: str | None
    site_id: str | None
    site: str | None
    practices: tuple[str, ...]
    lost: tuple[Slot, ...]
    gained: tuple[Slot, ...]
    other_coach: tuple[Handover, ...]
    says: str


class CostChange(Record):
    """One price, or the total, in minutes of coach time; None where a roster does not state it."""

    name: str
    was: int | None
    now: int | None
    difference: int | None
    says: str


class Totals(Record):
    """How many people: one person may be counted in several. ``kept``: whose appointment is as it was.

    ``other_time``: of the same day; ``other_session``: of which the day is not known.
    """

    lose: WholeNumber
    gain: WholeNumber
    longer: WholeNumber
    shorter: WholeNumber
    other_coach: WholeNumber
    other_place: WholeNumber
    other_time: WholeNumber
    other_room: WholeNumber
    other_session: WholeNumber
    worse: WholeNumber
    neutral: WholeNumber
    better: WholeNumber
    kept: WholeNumber


class Changes(Record):
    """Everything that differs between two rosters. ``days_known``: every session's day and place is known."""

    schema_: Literal["diff/1"] = Field(default="diff/1", alias="schema")
    instance: str
    month: str
    days_known: bool
    says: str
    totals: Totals
    people: tuple[PersonChange, ...]
    coaches: tuple[CoachChange, ...]
    rooms: tuple[RoomChange, ...]
    costs: tuple[CostChange, ...]
    objective: CostChange


class Message(Record):
    """What to tell somebody, to be handed on: ``says`` is the text as it would be sent.

    ``to`` says which ids there are: a person's referral and practice, or the coach, or the practice. ``was`` and
    ``now`` hold a person's appointment, a coach's visits, or the visits to the rooms where a practice is, as far as
    they differ.
    """

    to: Literal["person", "coach", "practice"]
    referral_id: str | None = None
    practice_id: str | None = None
    coach_id: str | None = None
    was: tuple[Slot, ...] = ()
    now: tuple[Slot, ...] = ()
    says: str
