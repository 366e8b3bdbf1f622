"""A folder with a small region of which a roster is published, and its ids that stand nowhere else."""

import json
from pathlib import Path
from typing import Protocol

import pytest

from roster.files import read, write_folder
from tests.repair.events import Edit
from tests.versions.region import best_roster, named_world


class Written(Protocol):
    """Writes edits to a file and names the file."""

    def __call__(self, *edits: Edit) -> Path: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """PAIR is seen on 3 March 2027, SIGNS on 5 March with an interpreter, ALONE is not; it is 26 February."""
    folder = tmp_path / "region"
    write_folder(named_world(), folder)
    (folder / "published.json").write_text(best_roster(read(folder).valid()).to_json())
    return folder


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Where edits are written that have happened."""

    def write(*edits: Edit) -> Path:
        path = tmp_path / "events.json"
        path.write_text(json.dumps(edits))
        return path

    return write
