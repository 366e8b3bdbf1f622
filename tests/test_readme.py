"""The README is true: its commands are those of CI and can be given, its numbers are printed, its month runs."""

import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from docs.terminal import COMMAND
from roster.privacy import NEVER_HELD, VOLUNTARY
from tests.pages import README, ROOT, blocks, prose, text_of

TEXT = text_of(README)
FIRST, SECOND = [line for body in blocks(TEXT, "sh") for line in body.splitlines() if line.startswith("python3 ")]
SET_UP = re.compile(r"python3 -m venv \.venv && \.venv/bin/pip install -q -e (\S+) -c requirements\.lock && (.*)")
PRINTED_BY = re.compile(r"<!-- printed by: roster (.*?) -->")
VERSION_OF_PYTHON = re.compile(r"\b3\.\d+\b")
NUMBER = re.compile(r"(?<![\w.-])\d[\d,.]*\d|(?<![\w.-])\d")


def run(line: str) -> Result:
    """The command ``roster`` with the rest of the line as its arguments."""
    return CliRunner(env={"COLUMNS": "110"}).invoke(app, shlex.split(line))


# -- set-up ---------------------------------------------------------------------------------------------------


def test_each_of_the_two_commands_does_all_set_up_by_the_lock_file() -> None:
    found = [SET_UP.fullmatch(command) for command in (FIRST, SECOND)]
    assert [match.groups() if match else None for match in found] == [
        (".", ".venv/bin/roster solve instances/pilot"),
        ("'.[dev]'", ".venv/bin/pytest -n auto"),
    ]


def test_ci_runs_the_second_command_and_no_other_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    pattern = re.search(r"grep -E '(.*)' README\.md", script)
    assert pattern is not None
    assert [line for line in TEXT.splitlines() if re.search(pattern[1], line)] == [SECOND]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_python_asked_for_is_the_one_that_the_project_needs() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    asked = re.search(r"You need Python (3\.\d+) or later", TEXT)
    assert asked is not None
    assert needed == f">={asked[1]}"


def test_the_picture_is_of_the_first_command() -> None:
    assert FIRST.endswith(COMMAND)
    assert "(docs/terminal.svg)" in TEXT


# -- what it says ---------------------------------------------------------------------------------------------


def test_it_says_that_coming_is_voluntary_and_what_is_never_held() -> None:
    assert VOLUNTARY in TEXT
    assert NEVER_HELD in TEXT


def test_its_commands_are_those_of_the_help_in_the_same_order() -> None:
    listed = re.findall(r"^\| `roster ([\w-]+)", TEXT, re.MULTILINE)
    in_help = re.findall(r"^│ (\w[\w-]+) ", run("--help").stdout, re.MULTILINE)
    assert listed == in_help


@pytest.mark.parametrize("paragraph", [p for p in prose(TEXT) if NUMBER.search(VERSION_OF_PYTHON.sub("", p))])
def test_every_number_is_printed_by_the_command_named_beside_it(paragraph: str) -> None:
    numbers = NUMBER.findall(PRINTED_BY.sub("", re.sub(r"^\d+\. ", "", paragraph, flags=re.MULTILINE)))
    if numbers:
        command = PRINTED_BY.search(paragraph)
        assert command is not None, f"no command is named that prints {', '.join(numbers)}"
        printed = NUMBER.findall(run(command[1]).stdout)
        assert [number for number in numbers if number not in printed] == []


def test_its_month_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "instances" / "pilot", tmp_path / "instances" / "pilot")
    monkeypatch.chdir(tmp_path)
    month = TEXT.partition("## A month's work\n")[2].partition("\n## ")[0]
    (edits,) = blocks(month, "json")
    (tmp_path / "ill.json").write_text(edits)
    lines = [line for body in blocks(month, "sh") for line in body.splitlines()]
    results = [run(line.removeprefix("roster ")) for line in lines]
    assert [result.exit_code for result in results] == [0, 0, 0, 3]
    assert "a compromise" in results[-1].stdout
    assert {path.name for path in tmp_path.glob("*.json")} == {"ill.json", "march.json", "without-c02.json"}
