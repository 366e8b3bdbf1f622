"""The names of results, and how the processors are shared."""

from pathlib import Path

import pytest

from roster.fault import InvalidInput
from roster.many.names import named
from roster.many.share import shared


def test_results_are_named_after_folders_and_after_workbooks_without_their_ending(tmp_path: Path) -> None:
    (tmp_path / "st.helens").mkdir()
    (tmp_path / "leeds.xlsx").touch()
    found = named([tmp_path / "st.helens", tmp_path / "leeds.xlsx", tmp_path / "gone"], tmp_path / "out")
    assert list(found) == ["st.helens", "leeds", "gone"]


def test_two_folders_of_one_name_are_an_error_whatever_the_case(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        named([tmp_path / "a" / "Leeds", tmp_path / "b" / "leeds"], tmp_path / "out")
    assert str(error.value) == (
        "FOLDER: two folders have this name, and so would their results ('leeds'). "
        "Rename one of them, or name them in two commands."
    )


def test_results_are_not_written_into_the_data(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        named([tmp_path / "nation" / "leeds"], tmp_path / "nation")
    assert str(error.value) == (
        "--out: the results would be written into the data ('leeds'). Give the name of another folder."
    )


def test_results_are_not_written_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(InvalidInput) as error:
        named([tmp_path / "leeds"], tmp_path / "out")
    assert str(error.value) == "--out: this is a file ('out'). Give the name of a folder."


@pytest.mark.parametrize(
    ("jobs", "workers", "cores", "both"),
    [
        (None, None, 1, (1, 1)),
        (None, None, 2, (1, 2)),
        (None, None, 9, (4, 2)),
        (3, None, 8, (3, 2)),
        (16, None, 8, (16, 1)),
        (None, 3, 8, (2, 3)),
        (None, 16, 8, (1, 16)),
        (5, 5, 8, (5, 5)),
    ],
)
def test_folders_at_once_times_processors_are_no_more_than_there_are_unless_somebody_says_so(
    jobs: int | None, workers: int | None, cores: int, both: tuple[int, int]
) -> None:
    assert shared(jobs, workers, cores) == both
