"""The shared example folders: six read without faults, and of the seventh every listed fault is told."""

import csv
import json
from pathlib import Path

import pytest

from roster.files import read
from roster.privacy import identifies

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOOD = ["cornwall", "district", "islington", "islington-infeasible", "islington-pilot", "ncl"]


@pytest.fixture(autouse=True)
def _shared() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared example folders are not beside the repository")


@pytest.mark.parametrize("name", GOOD)
def test_a_good_folder_reads_without_faults(name: str) -> None:
    reading = read(SHARED / "instances" / name)
    assert reading.faults == ()
    assert reading.instance is not None


def test_every_listed_fault_of_the_bad_folder_is_told_and_nothing_else() -> None:
    folder = SHARED / "instances" / "bad-input"
    expected = json.loads((folder / "faults.json").read_text(encoding="utf-8"))["faults"]
    faults = list(read(folder).faults)
    for wanted in expected:
        rows = [wanted["row"], *wanted.get("also_rows", [])]
        columns = [wanted["column"], *wanted.get("also_columns", [])]
        found = [
            fault
            for fault in faults
            if fault.file == wanted["file"]
            and (wanted.get("any_row") or fault.row in rows)
            and fault.column in columns
            and (wanted.get("repeat_value", True) or fault.value is None)
        ]
        assert found, wanted
        faults.remove(found[0])
    assert faults == []


def test_no_cell_of_the_good_folders_is_taken_for_a_person() -> None:
    for name in GOOD:
        for path in (SHARED / "instances" / name).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as lines:
                for row in csv.reader(lines):
                    assert [identifies(cell, in_referral=path.stem == "referrals") for cell in row] == [None] * len(row)
