"""The command roster repair: what it prints and writes, what withdrawn consent leaves, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from models import PREFERENCES, RULES
from roster.files import read, write_workbook
from roster.files.versions import versions_of
from roster.schemas import schema
from roster.verify import verify
from roster.wording import VOLUNTARY
from tests.plain_words import complaints
from tests.repair.conftest import Written
from tests.repair.events import TOWN, Edit
from tests.test_cli import answer, run
from tests.versions.region import ALONE, PAIR, SIGNS
from tests.versions.test_withdrawal import every_byte, holders

NO_INTERPRETER: Edit = {"op": "remove_booking", "booking_id": "B1"}
WITHDRAWN: Edit = {"op": "remove_referral", "referral_id": PAIR}
NO_SESSION: Edit = {"op": "remove_session", "session_id": "S1"}
SECONDS = ("--time-limit", "20", "--workers", "1")


def faults_in(document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema("repair")).iter_errors(document)]


def test_a_repair_is_written_checked_and_published_with_what_has_happened(folder: Path, written: Written) -> None:
    edits, out = written(NO_INTERPRETER), folder.parent / "repaired.json"
    before = list(every_byte(folder))
    result = run("repair", folder, "--edits", edits, "--as-of", "2027-02-27", "--out", out, *SECONDS)
    assert result.exit_code == 0, result.stderr
    assert "A tiny world, March 2027: repair as of 27 February 2027\n" in result.stdout
    assert "What changes buy, in minutes of coach time" in result.stdout
    assert f"To referral {SIGNS} of practice PX:\n  Your appointment on Friday 5 March 2027 at 9am" in result.stdout
    assert VOLUNTARY in result.stdout
    assert f"Written to {out}.\nTo make it so: roster publish {folder} {out} --edits {edits} --as-of" in result.stdout
    assert list(every_byte(folder)) == before
    published = run("publish", folder, out, "--edits", edits, "--as-of", "2027-02-27", "--by", "C1")
    assert published.exit_code == 0, published.stdout
    instance = read(folder).valid()
    assert instance.settings.as_of == date(2027, 2, 27)
    assert instance.interpreters == ()
    assert instance.published is not None
    assert instance.published.to_json() == out.read_text()
    assert [version.number for version in versions_of(folder)] == [1, 2]
    assert verify(instance, instance.published, RULES, PREFERENCES).broken == ()


def test_quiet_says_only_what_came_out_and_where_it_is(folder: Path, written: Written) -> None:
    out = folder.parent / "repaired.json"
    result = run("repair", folder, "--edits", written(NO_SESSION), "--out", out, "--quiet", *SECONDS)
    assert result.stdout.startswith("A tiny world, March 2027: repair as of 26 February 2027\n")
    assert result.stdout.endswith(f"Written to {out}.\n")
    assert len(result.stdout.splitlines()) == 5
    assert result.stderr == ""


@pytest.mark.parametrize("place", ["--out", "--report", "--html"])
def test_a_place_that_cannot_be_written_to_is_found_out_before_the_search_and_nothing_is_lost(
    folder: Path, written: Written, place: str
) -> None:
    before = list(every_byte(folder))
    result = run("repair", folder, "--edits", written(NO_SESSION), place, folder / "nowhere" / "file", *SECONDS)
    assert result.exit_code == 2
    assert "The folder it is to be in does not exist. Make the folder, or give another name." in result.stderr
    assert list(every_byte(folder)) == before


# -- what is given --------------------------------------------------------------------------------------------


def test_without_a_published_roster_there_is_nothing_to_repair(folder: Path, written: Written) -> None:
    (folder / "published.json").unlink()
    result = run("repair", folder, "--edits", written(NO_SESSION), *SECONDS, width=200)
    assert result.exit_code == 2
    assert "No roster has been published, so there is nothing to repair." in result.stderr
    assert "Publish one first: roster publish FOLDER ROSTER." in " ".join(result.stderr.split())


def test_a_day_that_is_none_or_lies_before_the_published_roster_is_refused(folder: Path, written: Written) -> None:
    given = "repair", folder, "--edits", written(NO_SESSION), *SECONDS
    none = run(*given, "--as-of", "27/02/2027")
    assert (none.exit_code, "If you mean 27 February 2027, write 2027-02-27." in none.stderr) == (2, True)
    early = run(*given, "--as-of", "2027-02-25", width=200)
    assert early.exit_code == 2
    assert "the published roster is as of 26 February 2027, and this is before it" in early.stderr.lower().replace(
        "february", "February"
    )
    assert run("publish", folder, folder / "published.json", "--as-of", "2027-02-28").exit_code == 0
    (folder / "settings.toml").write_text((folder / "settings.toml").read_text().replace("02-28", "02-26"))
    older = run(*given, "--as-of", "2027-02-27", width=200)
    assert (older.exit_code, "is as of 28 February 2027" in older.stderr) == (2, True)


def test_edits_that_are_wrong_change_nothing(folder: Path, written: Written) -> None:
    before = list(every_byte(folder))
    result = run("repair", folder, "--edits", written({"op": "remove_session", "session_id": "S99"}), *SECONDS)
    assert result.exit_code == 2
    assert "events.json" in result.stderr
    assert "S99" in result.stderr
    assert list(every_byte(folder)) == before


# -- consent withdrawn ----------------------------------------------------------------------------------------


def test_no_byte_that_is_written_or_printed_tells_of_who_withdrew(folder: Path, written: Written) -> None:
    run("publish", folder, folder / "published.json", "--as-of", "2027-02-26")
    out, report, page = (folder / name for name in ("repaired.json", "report.json", "page.html"))
    places = "--out", out, "--report", report, "--html", page
    edits = written(
        {"op": "set", "table": "referrals", "id": PAIR, "field": "see_by", "value": None}, WITHDRAWN, NO_INTERPRETER
    )
    for _ in range(2):
        result = run("repair", folder, "--edits", edits, *places, *SECONDS)
        assert result.exit_code == 0, result.stderr
        assert PAIR not in result.output
        assert holders(folder, PAIR) == []
        assert "Consent withdrawn\n" in result.stdout
        assert faults_in(json.loads(report.read_text())) == []
    assert versions_of(folder)[-1].withdrawn == 2
    as_json = run("repair", folder, "--edits", edits, "--out", out, "--json", *SECONDS)
    assert PAIR not in as_json.output
    assert faults_in(answer(as_json)) == []
    assert answer(as_json)["withdrawal"] == {"referrals": 0, "changed": [], "left": [], "unread": []}
    assert run("publish", folder, out, "--edits", edits, "--as-of", "2027-02-26").exit_code == 0
    assert holders(folder, PAIR) == []


@pytest.mark.parametrize(
    ("others", "options"),
    [
        ([{"op": "remove_session", "session_id": "S99"}], []),
        ([], ["--as-of", "2027-02-01"]),
        ([], ["--as-of", "tomorrow"]),
        ([], ["--out", "nowhere/repaired.json"]),
    ],
)
def test_consent_is_withdrawn_also_where_anything_else_is_wrong(
    folder: Path, written: Written, others: list[Edit], options: list[str]
) -> None:
    result = run("repair", folder, "--edits", written(*others, WITHDRAWN), *options, *SECONDS)
    assert result.exit_code == 2
    assert "The consent that they withdraw was withdrawn, before anything else." in result.stderr
    assert PAIR not in result.output
    assert holders(folder, PAIR) == []


def test_consent_is_withdrawn_also_where_no_roster_was_published(folder: Path, written: Written) -> None:
    (folder / "published.json").unlink()
    assert run("repair", folder, "--edits", written(WITHDRAWN), *SECONDS).exit_code == 2
    assert holders(folder, PAIR) == []


def test_consent_can_be_withdrawn_only_in_a_folder(folder: Path, written: Written) -> None:
    book = folder.parent / "region.xlsx"
    write_workbook(read(folder).valid(), book)
    result = run("repair", book, "--edits", written(WITHDRAWN), *SECONDS)
    assert result.exit_code == 2
    assert "Consent can be withdrawn only in a folder, and this is one file." in result.stderr
    nowhere = run("repair", folder / "nowhere", "--edits", written(WITHDRAWN), *SECONDS)
    assert (nowhere.exit_code, nowhere.exception.__class__) == (2, SystemExit)


# -- where it cannot be done ----------------------------------------------------------------------------------


def test_with_too_few_changes_allowed_it_says_how_many_are_enough_and_writes_nothing(
    folder: Path, written: Written
) -> None:
    out = folder.parent / "repaired.json"
    edits = written({"op": "add_leave", "coach_id": "C1", "first_day": "2027-03-03", "last_day": "2027-03-03"})
    result = run("repair", folder, "--edits", edits, "--out", out, "--max-changes", "0", *SECONDS)
    assert result.exit_code == 3
    assert "No repair makes at most 0 changes: the fewest that are enough are 2." in result.stdout
    assert "The fewest changes that are enough: 2. With fewer there is no roster." in result.stdout
    assert "No roster was written." in result.stderr
    assert "To make it so" not in result.stdout
    assert not out.exists()
    enough = run("repair", folder, "--edits", edits, "--out", out, "--max-changes", "2", "--json", *SECONDS)
    assert (enough.exit_code, answer(enough)["changes"]) == (0, 2)


def test_where_no_repair_keeps_every_rule_there_is_a_compromise_and_the_way_on(
    written: Written, tmp_path: Path
) -> None:
    edits = written({"op": "remove_room", "room_id": "chandlery-row-medical-centre-1"})
    out, page = tmp_path / "repaired.json", tmp_path / "page.html"
    result = run("repair", TOWN, "--edits", edits, "--out", out, "--html", page, *SECONDS, width=200)
    assert result.exit_code == 3
    assert json.loads(out.read_text())["compromise"] is True
    assert "What this compromise breaks (1)\n - Chandlery Row Medical Centre" in result.stdout
    assert "Hand on its messages only once somebody has decided that it is to be so." in result.stdout
    assert "To make it so" not in result.stdout
    assert f"To see why, and what would make a roster possible: roster explain {TOWN} --edits {edits}" in result.stdout
    assert "What this compromise breaks (1)" in page.read_text()
    assert "These edits remove 1 visit from before 10 March 2027, which took place." in result.stderr
    assert "3 March" not in result.stdout


def test_the_texts_are_plain(written: Written, tmp_path: Path) -> None:
    edits = written({"op": "remove_session", "session_id": "S006"})
    report = tmp_path / "report.json"
    result = run("repair", TOWN, "--edits", edits, "--out", tmp_path / "r.json", "--report", report, *SECONDS, width=80)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.partition("Written to")[0].splitlines())) <= 80
    messages = json.loads(report.read_text())["messages"]
    found = {m["says"]: complaints(m["says"], allowed=[VOLUNTARY]) for m in messages}
    assert {says: faults for says, faults in found.items() if faults} == {}
    assert ALONE not in result.stdout
