"""What the tests of files share."""

from pathlib import Path

import pytest

from tests.files.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small folder without faults."""
    return Folder(tmp_path / "town")
