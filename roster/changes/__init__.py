"""What differs between two rosters of one month, for whom, and what to tell them. Pure: no solver, nothing printed."""

from roster.changes.between import changes_between, sum_up
from roster.changes.messages import messages_between
from roster.changes.people import people_between
from roster.changes.records import (
    Changes,
    CoachChange,
    CostChange,
    Effect,
    Handover,
    Message,
    PersonChange,
    RoomChange,
    Slot,
    Totals,
)

__all__ = [
    "Changes",
    "CoachChange",
    "CostChange",
    "Effect",
    "Handover",
    "Message",
    "PersonChange",
    "RoomChange",
    "Slot",
    "Totals",
    "changes_between",
    "messages_between",
    "people_between",
    "sum_up",
]
