"""The commands roster publish and roster versions: what they print where, and with which exit code they end."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from roster.domain import Roster
from roster.files import read
from roster.files.versions import versions_of
from roster.files.withdrawal import Withdrawal, withdraw
from roster.schemas import schema
from roster.show.versions import withdrawal_text
from tests.plain_words import complaints
from tests.test_cli import ROOT, answer, run
from tests.test_show import shown
from tests.versions.region import ALONE, PAIR, best_roster, other_roster, rewriting_roster

Written = Callable[[Roster], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a roster to a file and names the file."""

    def write(roster: Roster) -> Path:
        path = tmp_path / "repaired.json"
        path.write_text(roster.to_json())
        return path

    return write


def faults_in(name: str, document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(document)]


def test_publish_says_which_version_it_is_and_what_changed(folder: Path, best: Roster, written: Written) -> None:
    result = run("publish", folder, written(best), "--as-of", "2027-02-27")
    assert result.exit_code == 0
    assert result.stdout == (
        "Version 1 is published: it is what people are told from now on.\n\n"
        "Changed: published/0001.json, published.json and settings.toml.\n"
    )
    assert result.stderr == ""


def test_two_who_publish_at_once_make_two_versions(folder: Path, best: Roster, tmp_path: Path) -> None:
    rosters = {"one": best, "two": other_roster(read(folder).valid())}
    for name, roster in rosters.items():
        (tmp_path / f"{name}.json").write_text(roster.to_json())
    command = [sys.executable, "-c", "import cli; cli.main()", "publish", str(folder), "--i-know"]
    both = [subprocess.Popen([*command, str(tmp_path / f"{name}.json"), "--by", name], cwd=ROOT) for name in rosters]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    versions = versions_of(folder)
    assert [version.number for version in versions] == [1, 2]
    assert {version.approved_by: version.roster for version in versions} == rosters
    assert read(folder).valid().published == versions[-1].roster


def test_publish_ends_with_1_and_says_what_speaks_against_it(folder: Path, written: Written) -> None:
    refused = run("publish", folder, written(rewriting_roster(read(folder).valid())))
    assert refused.exit_code == 1
    assert refused.stdout.startswith("Not published: ")
    assert "What speaks against it (1)\n - see_by: " in refused.stdout
    assert not (folder / "published.json").exists()
    accepted = run("publish", folder, written(rewriting_roster(read(folder).valid())), "--i-know", width=200)
    assert accepted.exit_code == 0
    assert "What was known and accepted (1)" in accepted.stdout


def test_publish_ends_with_2_where_the_day_is_none(folder: Path, best: Roster, written: Written) -> None:
    result = run("publish", folder, written(best), "--as-of", "27/02/2027")
    assert result.exit_code == 2
    assert "--as-of\n - Dates are YYYY-MM-DD. If you mean 27 February 2027, write 2027-02-27." in result.stderr
    assert run("publish", folder, written(best), "--by", "Ann Example", "--json").exit_code == 2


def test_publish_with_json_is_as_its_schema_says(folder: Path, best: Roster, written: Written) -> None:
    edits = folder.parent / "edits.json"
    edits.write_text(json.dumps([{"op": "remove_referral", "referral_id": ALONE}]))
    documents: list[dict[str, Any]] = [
        answer(run("publish", folder, written(best), "--json")),
        answer(run("publish", folder, written(best), "--json")),
        answer(run("publish", folder, written(best), "--edits", edits, "--json")),
        answer(run("publish", folder, written(best), "--as-of", "1", "--json")),
    ]
    assert [document["outcome"] for document in documents] == ["published", "unchanged", "refused", "invalid"]
    assert [faults_in("publish", document) for document in documents] == [[]] * 4
    assert documents[2]["withdrawal"]["referrals"] == 1


def test_versions_lists_them_with_who_approved_them_and_how_many_withdrew(
    folder: Path, best: Roster, written: Written
) -> None:
    assert run("versions", folder).stdout == "No version has been published in this folder yet.\n"
    run("publish", folder, written(best))
    run("publish", folder, written(other_roster(read(folder).valid())), "--by", "C01")
    withdraw(folder, [PAIR])
    result = run("versions", folder, width=200)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if line[:1].isdigit()]
    assert [(line[0], line[-1], line[-2]) for line in lines] == [("1", "2", "1"), ("2", "2", "0")]
    assert "regional-manager" in result.stdout
    assert "C01" in result.stdout
    document = answer(run("versions", folder, "--json"))
    assert faults_in("versions", document) == []
    assert [version["approved_by"] for version in document["versions"]] == ["regional-manager", "C01"]
    stored = json.loads((folder / "published" / "0001.json").read_text())
    assert faults_in("version", stored) == []


def test_versions_of_what_is_no_folder_are_refused(folder: Path, written: Written) -> None:
    result = run("versions", written(best_roster(read(folder).valid())))
    assert result.exit_code == 2
    assert "Versions are kept in a folder, and this is one file." in result.stderr


def test_a_version_can_be_checked_and_shown_as_a_roster_can(folder: Path, best: Roster, written: Written) -> None:
    run("publish", folder, written(best))
    (folder / "published.json").unlink()
    version = folder / "published" / "0001.json"
    assert run("check", folder, version).stdout == run("check", folder, written(best)).stdout
    assert run("show", folder, version).stdout == run("show", folder, written(best)).stdout


def test_what_is_to_be_done_by_hand_is_said_in_plain_words() -> None:
    withdrawal = Withdrawal(referrals=2, changed=("a", "b"), left=("letter.txt", "e.json"), unread=("plan.pdf",))
    text = shown(withdrawal_text(withdrawal))
    assert "2 referrals taken out of the data. 2 files changed." in text
    assert "because an id stands there: letter.txt and e.json." in text
    assert "because this program cannot look inside: plan.pdf." in text
    assert complaints(text.replace("\n  ", " ")) == []
    assert "Nothing was left to take out." in shown(withdrawal_text(Withdrawal()))
