"""The example regions that are kept: made by their recipes, read without a fault, and described by a true table."""

import re
from datetime import date
from pathlib import Path

import pytest

from instances import table
from instances.build import FOLDERS, HERE, build
from instances.generate import recipe_names
from instances.recipes import RECIPES
from instances.table import BEGIN, END, README, Row, better, row_of, rows_in, with_rows
from roster.domain import Roster
from roster.files.read import read
from roster.instance import Instance

EMPTY = f"before\n{BEGIN}\n| folder |\n| --- |\n{END}\nafter\n"


def test_building_the_folders_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path)
    for name in FOLDERS:
        made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        kept = {path.name: path.read_bytes() for path in (HERE / name).iterdir()}
        assert made == kept


def test_building_replaces_a_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "pilot").mkdir()
    (tmp_path / "pilot" / "old.csv").write_text("left over", encoding="utf-8")
    build(tmp_path)
    assert not (tmp_path / "pilot" / "old.csv").exists()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_kept_folder_has_no_fault(folder: str) -> None:
    reading = read(HERE / folder)
    assert reading.faults == ()
    assert reading.instance is not None


def test_the_readme_describes_every_kept_folder_and_no_other() -> None:
    described = re.findall(r"^\| ([a-z][a-z-]+) \|", _section("## The folders"), flags=re.MULTILINE)
    assert described == ["folder", *FOLDERS]
    assert {path.name for path in HERE.iterdir() if (path / "settings.toml").exists()} == set(FOLDERS)


def test_the_readme_gives_the_numbers_of_every_recipe() -> None:
    text = _section("## Other regions")
    for name in recipe_names():
        assert re.search(rf"\b{name}\b", text)
    for name in ("borough", "rural", "county", "district", "region"):
        recipe = RECIPES[name]
        sites = recipe.surgeries + recipe.libraries + recipe.jobcentres + recipe.community_centres + recipe.faith_halls
        numbers = " | ".join(f"{n:,}" for n in (recipe.coaches, sites, recipe.sessions, recipe.people))
        assert f"| {name} | {numbers} |" in text


def test_every_row_of_the_readme_is_of_the_data_as_they_are() -> None:
    for folder, row in rows_in(README.read_text(encoding="utf-8")).items():
        instance = _instance(folder)
        assert row.data == instance.sha256[:8]
        assert row.sessions == len(instance.sessions)
        assert row.objective is None or row.bound is None or row.bound <= row.objective


def test_a_table_reads_back_as_it_was_written() -> None:
    rows = [_row(objective=12_345, bound=12_000), _row(folder="borough", objective=None, bound=None)]
    text = with_rows(EMPTY, rows)
    assert list(rows_in(text).values()) == rows
    assert text.startswith(f"before\n{BEGIN}\n| folder | coaches |")
    assert text.endswith(f"{END}\nafter\n")


def test_a_row_shows_its_gap_or_that_it_is_proved_best() -> None:
    assert "| 12,345 | 12,000 | 2.79% |" in with_rows(EMPTY, [_row(objective=12_345, bound=12_000)])
    assert "| 12,000 | 12,000 | proved best |" in with_rows(EMPTY, [_row(objective=12_000, bound=12_000)])
    assert "| none keeps every rule |  |  |" in with_rows(EMPTY, [_row(objective=None, bound=None)])


def test_a_text_without_a_table_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match=re.escape(f"The text has no table between {BEGIN!r} and {END!r}.")):
        rows_in("no table here")


def test_an_older_row_keeps_what_it_had_better() -> None:
    old, new = _row(objective=100, bound=80, day="2026-01-01"), _row(objective=110, bound=90, day="2026-02-02")
    assert better(old, new) == _row(objective=100, bound=90, day="2026-01-01")
    assert better(new, old) == _row(objective=100, bound=90, day="2026-01-01")


def test_an_older_row_of_other_data_is_forgotten() -> None:
    old, new = _row(objective=100, bound=80, data="aaaaaaaa"), _row(objective=110, bound=90, data="bbbbbbbb")
    assert better(old, new) == new
    assert better(None, new) == new


def test_a_row_has_no_objective_where_there_is_no_roster_that_keeps_every_rule() -> None:
    instance = _instance("pilot-infeasible")
    solved = _roster(instance, "feasible")
    assert row_of("pilot", instance, solved, date(2026, 11, 23), 1.5).objective == 700
    for roster in (None, _roster(instance, "infeasible")):
        row = row_of("pilot", instance, roster, date(2026, 11, 23), 1.5)
        assert (row.objective, row.bound, row.day, row.seconds) == (None, None, "2026-11-23", 1.5)


def test_the_command_solves_the_folders_named_and_writes_their_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(with_rows(EMPTY, [_row(folder="borough")]), encoding="utf-8")
    monkeypatch.setattr(table, "README", readme)
    table.main(["--seconds", "60", "tiny-one-room"])
    rows = rows_in(readme.read_text(encoding="utf-8"))
    assert list(rows) == ["tiny-one-room", "borough"]
    assert (rows["tiny-one-room"].objective, rows["tiny-one-room"].bound) == (4_986, 4_986)
    assert rows["borough"] == _row(folder="borough")


def _section(title: str) -> str:
    text = README.read_text(encoding="utf-8")
    return text[text.index(title) :].split("\n## ")[0]


def _instance(folder: str) -> Instance:
    instance = read(HERE / folder).instance
    assert instance is not None
    return instance


def _roster(instance: Instance, outcome: str) -> Roster:
    return Roster.model_validate(
        {
            "instance": instance.settings.name,
            "month": instance.settings.month,
            "instance_sha256": instance.sha256,
            "outcome": outcome,
            "objective": 700,
            "bound": 600,
            "costs": {},
        }
    )


def _row(
    folder: str = "pilot",
    objective: int | None = 1,
    bound: int | None = 1,
    day: str = "2026-11-23",
    data: str = "0123abcd",
) -> Row:
    return Row(
        folder=folder,
        coaches=3,
        sites=7,
        sessions=1_028,
        people=58,
        objective=objective,
        bound=bound,
        day=day,
        seconds=12.5,
        data=data,
    )
