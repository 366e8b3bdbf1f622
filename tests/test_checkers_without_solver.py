"""The checkers need no solver: a roster is checked in a Python in which OR-Tools cannot be imported."""

import subprocess
import sys
from pathlib import Path

from tests.rosters import ragged_roster
from tests.worlds import ragged_world

ROOT = Path(__file__).resolve().parents[1]
CHECK = """
import sys

class NoSolver:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "ortools":
            raise ImportError("there is no solver here")

sys.meta_path.insert(0, NoSolver())
from pathlib import Path
from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.files import read
from roster.verify import verify
from tests.worlds import ragged_world

roster = Roster.model_validate_json(Path(sys.argv[1]).read_text())
verdict = verify(ragged_world(), roster, RULES, PREFERENCES)
assert "ortools" not in sys.modules
sys.stdout.write(f"{verdict.accepted} {verdict.objective}")
"""


def test_a_roster_is_checked_where_there_is_no_solver(tmp_path: Path) -> None:
    roster = ragged_roster(ragged_world())
    file = tmp_path / "roster.json"
    file.write_text(roster.to_json())
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == f"True {roster.objective}"
