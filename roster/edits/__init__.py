"""Edits: the one language for every change of an instance (PROBLEM.md section 5).

Scenarios, repairs, relaxed facts, a sick coach, a withdrawn room, a button on a page: all are lists of edits, and
nothing else changes an instance. An edit whose result has a fault is refused; where several edits together end in
order, what lies between them is not looked at, so a session can be moved from morning to afternoon by two of them.
"""

from roster.edits.apply import apply_edits
from roster.edits.errors import EditError
from roster.edits.parse import OPS, edits_schema, edits_to_json, parse_edits
from roster.edits.records import (
    AddBooking,
    AddCoach,
    AddHours,
    AddLeave,
    AddPin,
    AddReferral,
    AddRoom,
    AddSession,
    BandPrices,
    Edit,
    RemoveBooking,
    RemoveCoach,
    RemoveHours,
    RemoveLeave,
    RemovePin,
    RemoveReferral,
    RemoveRoom,
    RemoveSession,
    ScaleDemand,
    Set,
    SetPolicy,
    SetPrice,
)

__all__ = [
    "OPS",
    "AddBooking",
    "AddCoach",
    "AddHours",
    "AddLeave",
    "AddPin",
    "AddReferral",
    "AddRoom",
    "AddSession",
    "BandPrices",
    "Edit",
    "EditError",
    "RemoveBooking",
    "RemoveCoach",
    "RemoveHours",
    "RemoveLeave",
    "RemovePin",
    "RemoveReferral",
    "RemoveRoom",
    "RemoveSession",
    "ScaleDemand",
    "Set",
    "SetPolicy",
    "SetPrice",
    "apply_edits",
    "edits_schema",
    "edits_to_json",
    "parse_edits",
]
