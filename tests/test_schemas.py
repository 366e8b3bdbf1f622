"""The JSON Schemas say what is written: every record, every edit, every answer of the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from models import PREFERENCES, RULES
from roster.answers import FactList, Refused, checked, not_solved, rule_list, shown, solved, to_json
from roster.domain import Outcome, Record, Roster
from roster.edits import parse_edits
from roster.facts import facts_of
from roster.fault import Fault, Notice
from roster.instance import Instance
from roster.rule import Finding
from roster.schemas import NAMES, schema, schemas
from roster.solve import Result
from roster.summaries import Asked, Line, line_of, summary_of
from roster.verify import Verdict, verify
from tests.rosters import ragged_compromise, ragged_roster
from tests.sample_report import sample_instance, sample_report
from tests.worlds import published_world, ragged_world

ROWS = {
    "coach": "coaches",
    "hours": "hours",
    "leave": "leave",
    "site": "sites",
    "practice": "practices",
    "room": "rooms",
    "session": "sessions",
    "referral": "referrals",
    "interpreter": "interpreters",
    "travel": "travel",
}
NOTICE = Notice(file="pins.csv", row=2, column=None, ids=("C1",), says="It is gone.", do="Check it.")
FAULT = Fault(file="pins.csv", row=2, column="coach_id", value="C9", says="it is gone", do="Check it.")
FINDING = Finding("room", "Room X-1 is used twice.", "room:X-1")


def faults_in(name: str, document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(document)]


def written(record: Record) -> Any:
    return json.loads(to_json(record))


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schemas()[name] == schema(name)


@pytest.mark.parametrize(("name", "table"), ROWS.items())
def test_every_row_of_a_table_is_as_its_schema_says(name: str, table: str) -> None:
    records = [record for world in (ragged_world(), published_world(True)) for record in getattr(world, table)]
    assert records
    for record in records:
        document = json.loads(record.model_dump_json())
        assert faults_in(name, document) == []
        assert faults_in(name, document | {"nickname": "none"})


def test_settings_are_as_their_schema_says() -> None:
    assert faults_in("settings", json.loads(ragged_world().settings.model_dump_json(by_alias=True))) == []


@pytest.mark.parametrize("make", [ragged_roster, ragged_compromise])
def test_a_roster_as_written_is_as_its_schema_says(make: Callable[[Instance], Roster]) -> None:
    document = json.loads(make(ragged_world()).to_json())
    assert faults_in("roster", document) == []
    assert faults_in("roster", document | {"visits": [{"coach_id": "C1"}]})


@pytest.mark.parametrize("make", [ragged_roster, ragged_compromise])
def test_every_answer_with_a_roster_is_as_its_schema_says(make: Callable[[Instance], Roster]) -> None:
    instance = ragged_world()
    roster = make(instance)
    verdict = verify(instance, roster, RULES, PREFERENCES)
    assert faults_in("result", written(solved(roster, "It is best.", 1.0, "roster.json", [NOTICE]))) == []
    assert faults_in("check", written(checked(roster, verdict))) == []
    assert faults_in("check", written(checked(roster, Verdict((FINDING,), (), {})))) == []
    assert faults_in("show", written(shown(instance, roster, True, "site"))) == []


def test_every_answer_without_a_roster_is_as_its_schema_says() -> None:
    refused = written(Refused(faults=(FAULT,), warnings=(NOTICE,)))
    for name in ("result", "check", "show", "facts"):
        assert faults_in(name, refused) == []
    outcomes: tuple[Outcome, ...] = ("unknown", "rejected", "infeasible")
    for outcome in outcomes:
        result = Result(outcome, None, "It is so.", 1.0, (FINDING,))
        assert faults_in("result", written(not_solved(result, [NOTICE]))) == []
    assert faults_in("rules", written(rule_list(RULES, PREFERENCES))) == []


def test_what_came_of_many_folders_is_as_its_schema_says() -> None:
    asked = Asked(time_limit=60.0, gap=0.0, workers=2, seed=0)
    instance = ragged_world()
    good = line_of("world", instance, asked, "feasible", "It is so.", ragged_roster(instance, outcome="feasible"))
    wrong = Line(folder="wrong", outcome="invalid", says="It is so.", asked=asked, faults=(FAULT,))
    for line in (good, wrong):
        assert faults_in("folder-result", written(line)) == []
    assert faults_in("solve-many", written(summary_of([good, wrong]))) == []
    assert faults_in("solve-many", written(Refused(faults=(FAULT,)))) == []
    assert faults_in("folder-result", written(good) | {"outcome": "fine"})


def test_edits_inside_an_answer_are_as_their_schema_says() -> None:
    facts = written(FactList(instance="A", month="2027-03", facts=tuple(facts_of(ragged_world()))))
    assert any(fact["edits"] for fact in facts["facts"])
    assert faults_in("facts", facts) == []
    report = json.loads(sample_report(sample_instance()).to_json())
    assert faults_in("report", report) == []
    report["repairs"][0]["edits"].append({"op": "remove_session"})
    assert len(faults_in("report", report)) == 1


def test_a_schema_of_edits_takes_what_is_parsed() -> None:
    edits = [{"op": "remove_session", "session_id": "S1"}, {"op": "set_policy", "field": "break_minutes", "value": 0}]
    assert faults_in("edits", edits) == []
    assert len(parse_edits(json.dumps(edits))) == 2
    assert faults_in("edits", [{"op": "dance"}])
