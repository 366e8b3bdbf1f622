"""Runs for tests: folders of the project's examples, a quiet board, and boards that do something on the way."""

import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from rich.console import Console

from models import PREFERENCES, RULES
from roster.many.board import Board
from roster.many.order import Order
from roster.many.place import Place
from roster.many.pool import LocalPool
from roster.many.results import Results
from roster.many.run import Run
from roster.solve import Options, Progress
from roster.summaries import Asked, Line

ROOT = Path(__file__).resolve().parents[2]
INSTANCES = ROOT / "instances"
ASKED = Asked(time_limit=30.0, gap=0.0, workers=1, seed=0)


class Doing(Board):
    """A board that does something whenever it is told how far a folder is."""

    def __init__(self, do: Callable[[str, Progress], None], said: StringIO) -> None:
        super().__init__(Console(file=said, width=200))
        self._do = do

    def tell(self, name: str, progress: Progress) -> None:
        super().tell(name, progress)
        self._do(name, progress)


@dataclass
class Kit:
    """A run of folders into ``out``; ``do`` is done whenever there is progress. ``said`` is what the board printed."""

    out: Path
    asked: Asked = ASKED
    place: Place = field(default_factory=lambda: LocalPool(1))
    do: Callable[[str, Progress], None] = lambda _, __: None
    said: StringIO = field(default_factory=StringIO)

    def run(self, folders: Iterable[Path], *, again: bool = False) -> dict[str, Line]:
        """What came of each folder."""
        results = Results(self.out)
        results.open()
        by_name = {folder.name: folder for folder in folders}
        with Doing(self.do, self.said) as board:
            run = Run(by_name, RULES, PREFERENCES, self.asked, self.place, results, board, again)
            return {line.folder: line for line in run.run().lines}


def examples(*names: str) -> list[Path]:
    """Folders of the project's examples."""
    return [INSTANCES / name for name in names]


def killing(pool: LocalPool, name: str, times: int) -> Callable[[str, Progress], None]:
    """Kills the process that works on a folder as soon as it says something, so many times."""
    killed: set[int] = set()

    def kill(told: str, _: Progress) -> None:
        process_id = pool.process_ids().get(told)
        if told == name and process_id is not None and process_id not in killed and len(killed) < times:
            killed.add(process_id)
            os.kill(process_id, signal.SIGKILL)

    return kill


def order_of(name: str, options: Options | None = None) -> Order:
    """An order for one of the project's examples."""
    from roster.files import read

    return Order(name, read(INSTANCES / name).valid(), RULES, PREFERENCES, options or Options(30.0, workers=1))
