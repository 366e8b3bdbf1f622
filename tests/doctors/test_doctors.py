"""The command roster doctors: every example ends with the answer that its page has, and leaves its folder as it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from docs.doctors import PAGE, section, with_sections
from instances.doctors.build import HERE, build
from instances.doctors.regions import REGIONS
from instances.doctors.stories import EXAMPLES, LEFT
from roster.edits import apply_edits, parse_edits
from roster.files import read
from roster.planning.scenarios import read_scenarios
from roster.wording import VOLUNTARY
from tests.pages import text_of
from tests.plain_words import complaints_of_a_sentence
from tests.test_cli import answer, run
from tests.test_schemas import faults_in

NUMBERS = range(1, len(EXAMPLES) + 1)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all examples are run."""
    return tmp_path_factory.mktemp("doctors")


@pytest.fixture(scope="module")
def answered(out: Path) -> dict[int, Any]:
    """What each example printed as JSON, by its number."""
    before = _bytes_in(HERE)
    found = {}
    for number in NUMBERS:
        result = run("doctors", number if number % 2 else EXAMPLES[number - 1].name, "--json", "--out", out)
        assert result.exit_code == 0, result.stderr
        found[number] = answer(result)
    assert _bytes_in(HERE) == before
    return found


def _bytes_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.*") if "__pycache__" not in path.parts}


# -- the folders ----------------------------------------------------------------------------------------------


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    made = {path.relative_to(tmp_path): text for path, text in _bytes_in(tmp_path).items()}
    kept = {path.relative_to(HERE): text for path, text in _bytes_in(HERE).items() if path.suffix != ".py"}
    assert made == kept


@pytest.mark.parametrize("name", REGIONS)
def test_a_folder_has_no_fault_and_what_is_asked_of_it_can_be_read(name: str) -> None:
    reading = read(HERE / name)
    assert reading.faults == ()
    (example,) = [e for e in EXAMPLES if e.name == name]
    text = (HERE / example.asked).read_text()
    if example.asked.endswith(".json"):
        assert apply_edits(reading.valid(), parse_edits(text)).sha256 != reading.valid().sha256
    else:
        assert read_scenarios(text, example.asked, reading.valid())


# -- the command ----------------------------------------------------------------------------------------------


def test_without_a_number_all_are_listed() -> None:
    result = run("doctors")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line[:1].isdigit()] == [
        f"{number}  {example.title}" for number, example in zip(NUMBERS, EXAMPLES, strict=True)
    ]
    listed = answer(run("doctors", "--json"))
    assert faults_in("doctors", listed) == []
    assert [one["name"] for one in listed["examples"]] == list(REGIONS)


@pytest.mark.parametrize("number", ["0", "8", "-1", "one", "1.0"])
def test_a_number_that_there_is_not_is_wrong_input(number: str, tmp_path: Path) -> None:
    result = run("doctors", "--out", tmp_path / "out", "--", number)
    assert result.exit_code == 2
    assert "There is no such example" in result.stderr
    assert "Choose a number from 1 to 7." in result.stderr
    assert not (tmp_path / "out").exists()


def test_where_a_command_cannot_be_given_there_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    result = run("doctors", 1, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "This is a file" in result.stderr
    assert result.stdout == ""


# -- the answers ----------------------------------------------------------------------------------------------


def test_each_ends_with_the_answer_that_its_page_has(answered: dict[int, Any]) -> None:
    sections = [section(n, EXAMPLES[n - 1], answered[n]["answer"]) for n in NUMBERS]
    assert text_of(PAGE) == with_sections(text_of(PAGE), sections), "python -m docs.doctors writes them again"


def test_an_answer_is_one_plain_sentence_with_a_number(answered: dict[int, Any]) -> None:
    for one in answered.values():
        assert faults_in("doctors", one) == []
        assert complaints_of_a_sentence(one["answer"]) == []
        assert any(sign.isdigit() for sign in one["answer"])
        assert one["answer"].count(". ") == 0


def test_each_has_a_page_that_says_that_coming_is_voluntary(answered: dict[int, Any]) -> None:
    for one in answered.values():
        assert VOLUNTARY in Path(one["page"]).read_text()


def test_every_roster_behind_an_answer_is_proved_best_or_says_that_none_keeps_every_rule(
    answered: dict[int, Any], out: Path
) -> None:
    outcomes = {
        (EXAMPLES[n - 1].name, column["name"]): column["outcome"]
        for n in answered
        if (out / EXAMPLES[n - 1].name / "plan.json").exists()
        for report in [json.loads((out / EXAMPLES[n - 1].name / "plan.json").read_text())]
        for column in (report["base"], *report["scenarios"])
    }
    assert len(outcomes) > len(EXAMPLES)
    assert {key: outcome for key, outcome in outcomes.items() if outcome != "optimal"} == {
        ("nobody-booked-an-interpreter", "base"): "infeasible"
    }


def test_of_the_person_who_left_no_file_of_the_month_holds_anything(answered: dict[int, Any], out: Path) -> None:
    example = EXAMPLES[5]
    data = out / example.name / "data"
    assert answered[6]["answer"].endswith("files of the month hold anything.")
    assert [path.name for path in data.rglob("*") if path.is_file() and LEFT in path.read_text()] == []
    assert LEFT in (HERE / example.name / "referrals.csv").read_text()


def test_no_answer_is_claimed_where_a_command_did_not_come_to_its_end(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli._exit_code_of", lambda _: 4)
    result = run("doctors", 4, "--json", "--out", out / "other")
    assert result.exit_code == 4
    assert answer(result)["answer"] is None
    spoken = run("doctors", 4, "--out", out / "other")
    assert "so there is no answer." in spoken.stderr
    assert "$ roster plan " in spoken.stdout
