"""JSON Schemas of everything that is read or written: the records of an instance, rosters, edits, answers."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from roster.answers import Checked, CheckedReport, FactList, NotSolved, Refused, RuleList, Shown, Solved
from roster.answers_of_repair import RepairReport
from roster.answers_of_versions import Published, VersionList
from roster.changes import Changes, Message
from roster.domain import (
    Booking,
    Coach,
    Hours,
    Leave,
    Pin,
    Practice,
    Referral,
    Room,
    Roster,
    Session,
    Settings,
    Site,
    TravelRow,
)
from roster.edits import edits_schema
from roster.explanations import Why, WhyNot
from roster.facts import Fact
from roster.fault import Fault, Notice
from roster.files.versions import Version
from roster.planning.examples import ExampleAnswered, ExampleList
from roster.planning.fairness.record import FairnessReport
from roster.planning.need.record import NeedReport
from roster.planning.record import PlanReport
from roster.planning.simulation.record import SimulationReport
from roster.planning.value.record import ValueReport
from roster.report import Report
from roster.stress.record import StressReport
from roster.summaries import Line, Summary

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RECORDS: Mapping[str, Any] = {
    "settings": Settings,
    "coach": Coach,
    "hours": Hours,
    "leave": Leave,
    "site": Site,
    "practice": Practice,
    "room": Room,
    "session": Session,
    "referral": Referral,
    "interpreter": Booking,
    "travel": TravelRow,
    "pin": Pin,
    "roster": Roster,
    "version": Version,
    "report": Report,
    "fact": Fact,
    "fault": Fault,
    "warning": Notice,
    "result": Solved | NotSolved | Refused,
    "check": Checked | Refused,
    "explain": Report | Refused,
    "verify-report": CheckedReport | Refused,
    "show": Shown | Refused,
    "facts": FactList | Refused,
    "rules": RuleList,
    "solve-many": Summary | Refused,
    "folder-result": Line,
    "why": Why | Checked | NotSolved | Refused,
    "why-not": WhyNot | Checked | NotSolved | Refused,
    "publish": Published | Refused,
    "versions": VersionList | Refused,
    "repair": RepairReport | Refused,
    "diff": Changes | Refused,
    "plan": PlanReport | Refused,
    "value": ValueReport | Refused,
    "fairness": FairnessReport | Checked | Refused,
    "simulate": SimulationReport | Refused,
    "need": NeedReport | Refused,
    "stress": StressReport | Checked | Refused,
    "doctors": ExampleList | ExampleAnswered | Refused,
    "message": Message,
}
NAMES = (*_RECORDS, "edits")


def schema(name: str) -> dict[str, Any]:
    """The schema of one of ``NAMES``: of what is written, times as HH:MM, dates as YYYY-MM-DD. Raises KeyError."""
    if name == "edits":
        return edits_schema()
    made = TypeAdapter(_RECORDS[name]).json_schema(by_alias=True, mode="serialization")
    known, edits = made.get("$defs", {}), edits_schema()["$defs"]
    if "AddSession" in known:  # edits are written as they were given, of which pydantic knows only that it is an object
        made["$defs"] = known | edits
    return {"$schema": _DIALECT} | {"title": name} | made


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema, by name."""
    return {name: schema(name) for name in NAMES}
