"""A folder with a world whose referrals have ids that stand nowhere else, and rosters of it."""

from pathlib import Path

import pytest

from roster.domain import Roster
from roster.files import read, write_folder
from roster.instance import Instance
from tests.versions.region import best_roster, named_world


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a region of which nothing is published."""
    write_folder(named_world(), tmp_path / "region")
    return tmp_path / "region"


@pytest.fixture
def instance(folder: Path) -> Instance:
    """The region as it is read from its folder."""
    return read(folder).valid()


@pytest.fixture
def best(instance: Instance) -> Roster:
    """A roster of the region that keeps every rule."""
    return best_roster(instance)
