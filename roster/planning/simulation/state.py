"""What is kept of a run: each month that is done, and who waits after it. Written after every month, read to go on."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from roster.domain import Record, WholeNumber
from roster.files.atomic import write_text
from roster.planning.simulation.people import Person


class Seen(Record):
    """So many people of a practice, referred on one day and seen on another."""

    practice_id: str
    referred_on: date
    seen_on: date
    people: int


class Referred(Record):
    """So many people of a practice, referred on one day."""

    practice_id: str
    referred_on: date
    people: int


class WaitingAt(Record):
    """The people of a practice who wait on the last day of a month, and for how many days in all."""

    practice_id: str
    people: int
    days: int


HowGood = Literal["as_asked", "late", "compromise"]
"""Of a roster: as good as asked for; the best when the time was up; or one that breaks a rule, since none keeps all."""


class MonthDone(Record):
    """One month of one run. People: ``before + referred = seen + after``.

    ``on_list``: those whom the roster was made for; ``left_over``: of these, those within reach for whom there was no
    place; ``booked``: their appointments, of which some nobody came to
    (``missed``) and some fell away (``ill``, ``withdrawn``); ``beyond_reach``: of those who wait after it, those whom
    nobody could see in a usual month; ``how_good``: of the roster, with its ``gap``.
    """

    month: str
    before: WholeNumber
    on_list: WholeNumber
    left_over: WholeNumber
    booked: WholeNumber
    missed: WholeNumber
    ill: WholeNumber
    withdrawn: WholeNumber
    seen: tuple[Seen, ...]
    referred: tuple[Referred, ...]
    waiting: tuple[WaitingAt, ...]
    beyond_reach: WholeNumber
    how_good: HowGood
    gap: float | None
    seconds: float

    @property
    def people_seen(self) -> int:
        """How many people were seen."""
        return sum(seen.people for seen in self.seen)

    @property
    def people_referred(self) -> int:
        """How many people were referred from the day after the roster's, or the last month's end, to its end."""
        return sum(referred.people for referred in self.referred)

    @property
    def after(self) -> int:
        """How many people wait on the last day of the month."""
        return sum(waiting.people for waiting in self.waiting)


class RunState(Record):
    """A run as far as it is. ``made_of``: the check sum of the data, the terms and the options it was made of."""

    schema_: Literal["simulation-run/1"] = "simulation-run/1"
    made_of: str
    case: str
    run: int
    months: tuple[MonthDone, ...] = ()
    waiting: tuple[Person, ...] = ()


class Store:
    """The states of runs in a folder: ``runs/CASE/run-0001.json``, each there whole or not at all."""

    def __init__(self, out: Path) -> None:
        self._out = out / "runs"

    def open(self, cases: Iterable[str]) -> None:
        """Make the folders that are not there. Raises OSError where that cannot be done."""
        for case in cases:
            (self._out / case).mkdir(parents=True, exist_ok=True)

    def read(self, case: str, run: int, made_of: str) -> RunState | None:
        """The state of a run that was made of the very same, if there is one."""
        try:
            state = RunState.model_validate_json(self._path(case, run).read_bytes())
        except (OSError, ValidationError):
            return None
        return state if (state.made_of, state.case, state.run) == (made_of, case, run) else None

    def write(self, state: RunState) -> None:
        """Keep the state of a run in the place of the one before."""
        write_text(self._path(state.case, state.run), state.model_dump_json() + "\n")

    def _path(self, case: str, run: int) -> Path:
        return self._out / case / f"run-{run:04d}.json"


def check_sum(*of: str) -> str:
    """SHA-256 of texts, in order."""
    return hashlib.sha256("\0".join(of).encode()).hexdigest()
