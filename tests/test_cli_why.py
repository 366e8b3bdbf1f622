"""The commands roster why and roster why-not: what they print, as JSON and as text, and how they end."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.explain.questions.forced import Clock, Forcing, RejectedError
from roster.explain.questions.given import Given
from roster.explain.questions.seats import people_words
from roster.explain.questions.why import why as explain
from roster.explanations import Why, WhyNot
from roster.files import write_folder
from roster.wording import VOLUNTARY
from tests.explained import best_roster
from tests.plain_words import complaints
from tests.rosters import ragged_compromise
from tests.test_cli import answer, run
from tests.worlds import ragged_world


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the ragged world, in a folder in which its best roster is and the command is run."""
    world = ragged_world()
    write_folder(world, tmp_path / "world")
    (tmp_path / "roster.json").write_text(best_roster(world).to_json())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "world"


LIMITED = ("--time-limit", "20", "--workers", "1")


@pytest.mark.parametrize(
    ("options", "about"),
    [
        ((), "the month"),
        (("--referral", "P"), "P"),
        (("--referral", "Q"), "Q"),
        (("--coach", "C1"), "Coach C1"),
        (("--coach", "C2", "--date", "2027-03-03"), "Coach C2"),
        (("--site", "Y"), "Site Y (Y)"),
    ],
)
def test_why_says_in_plain_words_what_decided_it(folder: Path, options: tuple[str, ...], about: str) -> None:
    result = run("why", folder, "roster.json", *options, *LIMITED, "--json")
    found = Why.model_validate(answer(result))
    assert result.exit_code == 0
    assert found.about == about
    assert (found.objective, found.bound) == (6_216, 6_216)
    said = (
        [s.says for s in found.statements]
        + [entry.says for entry in found.left]
        + [limit.says for limit in found.limits]
    )
    assert said
    for text in [found.says, *said, *found.not_proved]:
        assert complaints(text) == [], text


def test_why_as_text_names_whom_the_roster_leaves_out_and_what_holds_it_back(folder: Path) -> None:
    result = run("why", folder, "roster.json", *LIMITED)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert text.startswith(
        "A tiny world, March 2027 No roster can have a total below 6,216, and this one has exactly that: it is the "
        "best there is."
    )
    assert "Of 1 person not seen: 1 for want of rooms." in text
    assert "Their date had gone by before anybody could be seen: I." in text
    assert VOLUNTARY in text


def test_why_of_a_person_gives_every_earlier_session_and_the_usual_coach(folder: Path) -> None:
    found = Why.model_validate(answer(run("why", folder, "roster.json", "--referral", "P", *LIMITED, "--json")))
    said = [s.says for s in found.statements]
    assert "P (band A, 60 minutes) is seen by coach C2 at " in said[0]
    assert said[1].startswith("They will have waited 21 days. Against not being seen: waiting 3,276 less")
    assert "There is no earlier session that they could use." in said
    assert "Coach C2 is their usual coach." in said


def test_why_of_a_coachs_day_prices_each_visit_and_each_other_session(folder: Path) -> None:
    options = ("--coach", "C2", "--date", "2027-03-03")
    found = Why.model_validate(answer(run("why", folder, "roster.json", *options, *LIMITED, "--json")))
    said = {s.says: s.known for s in found.statements}
    assert said["Coach C2 makes 1 visit on 3 March 2027."] == "checked"
    tie = (
        "The best roster in which coach C2 holds session S1 at Site X on 3 March 2027, 8:30am to midday has the same "
        "total: it is a tie."
    )
    assert said[tie] == "proved"
    assert any("has a total that is 905 higher (waiting 582 more, travel 120 more" in text for text in said)


def test_why_of_a_site_prices_the_session_that_nobody_uses(folder: Path) -> None:
    found = Why.model_validate(answer(run("why", folder, "roster.json", "--site", "Y", *LIMITED, "--json")))
    said = [s.says for s in found.statements]
    assert said[0] == "Site Y (Y) has 1 visit, with at least 1 visit promised. It offers 2 sessions in 1 room."
    assert said[-1].startswith("The best roster in which a coach holds session S3 at Site Y on 3 March 2027, 1:30pm to")


def test_why_not_answers_in_four_lines_and_writes_the_other_roster(folder: Path) -> None:
    asked = ("--coach", "C1", "--session", "S3", "--out", "other.json")
    result = run("why-not", folder, "roster.json", *asked, *LIMITED)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    for name in ("Can it be", "What it costs", "What it gains", "What would make it right"):
        assert name in text
    assert "It costs 1,074 in all: the total rises from 6,216 to 7,290." in text
    other = Roster.model_validate_json(Path("other.json").read_text())
    assert other.objective == 7_290
    assert run("check", folder, "other.json").exit_code == 0


def test_why_not_as_json_is_the_record(folder: Path) -> None:
    result = run("why-not", folder, "roster.json", "--referral", "Q", *LIMITED, "--json")
    found = WhyNot.model_validate(answer(result))
    assert (found.possible, found.difference, found.known) == ("yes", 582, "proved")
    assert json.loads(result.stdout)["schema"] == "why-not/1"
    assert TypeAdapter(WhyNot).json_schema(by_alias=True)["title"] == "WhyNot"


def test_what_is_impossible_ends_with_3_and_says_what_would_make_it_possible(folder: Path) -> None:
    result = run("why-not", folder, "roster.json", "--coach", "C2", "--session", "S4", *LIMITED)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 3
    assert "Impossible: there is no roster that keeps every rule in which coach C2 holds session S4" in text
    assert "It would be possible after this change: Take back the leave of coach C2 from 5 March 2027" in text


@pytest.mark.parametrize(
    ("command", "options", "says"),
    [
        ("why-not", (), "Nothing is asked for."),
        ("why-not", ("--coach", "C9"), "There is no such coach: 'C9'. Use an id of coaches.csv."),
        ("why-not", ("--session", "S1", "--site", "Y"), "Session S1 is at Site X (X): 'Y'."),
        ("why", ("--referral", "R9"), "There is no such referral: 'R9'. Use an id of referrals.csv."),
        ("why", ("--coach", "C1", "--date", "3 March"), "This is not a date: '3 March'. Write it as YYYY-MM-DD"),
    ],
)
def test_what_names_nothing_ends_with_2(folder: Path, command: str, options: tuple[str, ...], says: str) -> None:
    result = run(command, folder, "roster.json", *options)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert run(command, folder, "roster.json", *options, "--json").exit_code == 2


@pytest.mark.parametrize("command", ["why", "why-not"])
def test_a_roster_that_the_checker_does_not_accept_is_not_explained(folder: Path, command: str) -> None:
    roster = Roster.model_validate_json(Path("roster.json").read_text())
    Path("worse.json").write_text(roster.model_copy(update={"objective": 1, "bound": 1}).to_json())
    asked = ("--coach", "C1") if command == "why-not" else ()
    result = run(command, folder, "worse.json", *asked)
    assert result.exit_code == 1
    assert "The checker does not accept this roster" in result.stderr
    assert answer(run(command, folder, "worse.json", *asked, "--json"))["accepted"] is False


def test_a_compromise_is_not_explained_as_a_roster(folder: Path) -> None:
    Path("compromise.json").write_text(ragged_compromise(ragged_world()).to_json())
    result = run("why", folder, "compromise.json")
    assert result.exit_code == 2
    assert "This roster is a compromise" in result.stderr
    assert "Ask roster explain why there is no roster." in " ".join(result.stderr.split())


def test_a_roster_that_fails_the_checker_is_not_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RejectedError("Room X-1 is used twice on 3 March 2027.")

    monkeypatch.setattr(Forcing, "of", fails)
    result = run("why-not", folder, "roster.json", "--coach", "C1", "--session", "S3")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "This is a fault of the program, not of your data." in " ".join(result.stderr.split())


def test_what_there_was_no_time_to_try_is_named_and_counted() -> None:
    given = Given(ragged_world(), RULES, PREFERENCES, best_roster(ragged_world()))
    found = explain(given, {"coach_id": "C2", "day": "2027-03-03"}, Clock.of(0.0, workers=1))
    assert found.not_proved == (
        "Time ran out before it was tried what it would cost if coach C2 holds session S1 at Site X on 3 March 2027, "
        "8:30am to midday and 1 other thing.",
    )
    assert not any("best roster" in statement.says for statement in found.statements)


def test_people_of_one_referral_are_named_once() -> None:
    assert people_words(["P", "Q", "P"]) == "P (2 people) and Q"
