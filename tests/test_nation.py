"""The generated nation: exact sizes of the whole, districts that differ, each with a plan that keeps every rule."""

from itertools import islice
from pathlib import Path

import pytest

import instances.nation
from instances.nation import COACHES, PEOPLE, SITES, apportioned, districts, recipes
from roster.files import read
from roster.validity import faults_of
from tests.test_cli import run


def test_the_recipes_of_a_nation_sum_to_its_numbers() -> None:
    for seed in (1, 2, 3):
        made = recipes(seed)
        assert len(made) == 37
        assert sum(recipe.coaches for recipe in made) == COACHES == 1_000
        assert sum(recipe.people for recipe in made) == PEOPLE == 60_000
        sites = [r.surgeries + r.libraries + r.jobcentres + r.community_centres + r.faith_halls for r in made]
        assert sum(sites) == SITES == 6_000


def test_districts_differ_in_size_and_ground_and_no_two_lie_in_one_place() -> None:
    made = recipes(1)
    coaches = [recipe.coaches for recipe in made]
    assert max(coaches) > 3 * min(coaches)
    assert len({recipe.area.formula for recipe in made}) > 1
    assert len({(recipe.area.east_km, recipe.area.north_km) for recipe in made}) == 37
    assert {recipe.nation for recipe in made} == {"england", "wales", "scotland"}


def test_a_district_is_as_large_as_its_recipe_says_and_has_no_fault() -> None:
    recipe = recipes(1)[2]
    (_, district) = next(islice(districts(1), 2, None))
    assert (len(district.coaches), len(district.sessions)) == (recipe.coaches, recipe.sessions)
    assert sum(referral.count for referral in district.referrals) == len(district.referrals) == recipe.people
    assert faults_of(district) == []


def test_equal_seeds_give_equal_districts_and_other_seeds_others() -> None:
    first, again, other = (next(districts(seed)) for seed in (1, 1, 2))
    assert first[0] == again[0]
    assert first[1].sha256 == again[1].sha256 != other[1].sha256


def test_shares_are_whole_numbers_that_sum_to_the_total() -> None:
    assert apportioned(10, [1.0, 1.0, 1.0]) == [4, 3, 3]
    assert apportioned(7, [0.5, 2.5]) == [1, 6]


def test_the_command_writes_a_folder_for_each_district_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instances.nation, "districts", lambda seed: islice(districts(seed), 6, 8))
    result = run("generate", "nation", "--seed", 1, "--out", tmp_path / "nation")
    assert result.exit_code == 0
    assert result.stdout == (
        f"Written to {tmp_path / 'nation'}. To make its rosters: "
        f"roster solve-many {tmp_path / 'nation'}/* --out results\n"
    )
    written = sorted((tmp_path / "nation").iterdir())
    assert [path.name[:3] for path in written] == ["07-", "08-"]
    assert [read(path).valid().sha256 for path in written] == [d.sha256 for _, d in islice(districts(1), 6, 8)]


def test_a_nation_is_not_written_over_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    result = run("generate", "nation", "--out", tmp_path)
    assert result.exit_code == 2
    assert "Is there already and is not an empty folder. Give the name of a new folder." in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
