"""The command that compares: from names to a table, files and a picture."""

import json
from pathlib import Path

import pytest

from benchmarks.compare import main
from benchmarks.regions import regions
from instances.build import HERE
from roster.fault import InvalidInput


def test_the_comparison_of_a_tiny_region_writes_all_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ways = ["roster solve", "HiGHS", "fixed weekdays"]
    folder, out = str(HERE / "tiny-one-room"), str(tmp_path)
    main([folder, "--seconds", "60", "--others-seconds", "60", "--ways", *ways, "--out", out])
    runs = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [run["way"] for run in runs] == ways
    ours, highs, weekdays = runs
    assert ours["best"] == ours["bound"] == highs["best"] == highs["bound"]
    assert weekdays["best"] >= ours["best"]
    assert weekdays["bound"] is None
    said = capsys.readouterr().out
    assert said.count("| tiny-one-room | HiGHS |") == 2
    assert "roster solve is 1:" in said
    assert (tmp_path / "results.csv").read_text(encoding="utf-8").startswith("instance,way,seed,seconds,best,bound,gap")
    assert "| tiny-one-room | fixed weekdays |" in (tmp_path / "results.md").read_text(encoding="utf-8")


def test_a_recipe_has_a_region_for_each_seed_and_a_folder_a_search() -> None:
    named = list(regions(["tiny-one-room", str(HERE / "tiny-one-room")], 2))
    assert [region.name for region in named] == [
        "tiny-one-room, seed 1",
        "tiny-one-room, seed 2",
        "tiny-one-room, search 1",
        "tiny-one-room, search 2",
    ]
    assert named[0].instance.sha256 != named[1].instance.sha256
    assert named[2].instance.sha256 == named[3].instance.sha256


def test_a_name_that_is_neither_recipe_nor_folder_is_refused() -> None:
    with pytest.raises(InvalidInput, match="nowhere: there is no such folder or workbook"):
        list(regions(["nowhere"], 1))
