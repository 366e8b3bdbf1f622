"""Solves the example regions and writes what came out into instances/README.md: ``python -m instances.table``.

    python -m instances.table [--seconds 60] [FOLDER ...]

A row keeps the best objective and the best bound that are known for these very data: an older value stays where it
is better and the data are the same (their check sum is in the table).
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from instances.build import FOLDERS, HERE
from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.files.read import read
from roster.instance import Instance

README = HERE / "README.md"
BEGIN, END = "<!-- table: python -m instances.table -->", "<!-- end of table -->"
NO_ROSTER = "none keeps every rule"
_HEADER = (
    "folder",
    "coaches",
    "sites",
    "sessions",
    "people",
    "best known",
    "bound",
    "gap",
    "date",
    "seconds",
    "data",
)


@dataclass(frozen=True)
class Row:
    """One folder: its size, the best known objective and bound, when and how fast they were found, its check sum."""

    folder: str
    coaches: int
    sites: int
    sessions: int
    people: int
    objective: int | None
    bound: int | None
    day: str
    seconds: float
    data: str

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it."""
        return (
            self.folder,
            f"{self.coaches:,}",
            f"{self.sites:,}",
            f"{self.sessions:,}",
            f"{self.people:,}",
            NO_ROSTER if self.objective is None else f"{self.objective:,}",
            "" if self.bound is None else f"{self.bound:,}",
            self._gap(),
            self.day,
            f"{self.seconds:.1f}",
            self.data,
        )

    def _gap(self) -> str:
        if self.objective is None or self.bound is None:
            return ""
        if self.bound == self.objective:
            return "proved best"
        return f"{100 * (self.objective - self.bound) / self.objective:.2f}%"


def row_of(folder: str, instance: Instance, roster: Roster | None, day: date, seconds: float) -> Row:
    """The row of one solve. ``roster`` is None where no roster was found; a compromise has no objective here."""
    solved = roster is not None and roster.outcome in ("optimal", "feasible")
    return Row(
        folder=folder,
        coaches=len(instance.coaches),
        sites=len(instance.sites),
        sessions=len(instance.sessions),
        people=sum(referral.count for referral in instance.referrals),
        objective=roster.objective if roster is not None and solved else None,
        bound=roster.bound if roster is not None and solved else None,
        day=day.isoformat(),
        seconds=seconds,
        data=instance.sha256[:8],
    )


def better(old: Row | None, new: Row) -> Row:
    """The new row, with the old objective and bound where they are better and of the same data."""
    if old is None or old.data != new.data or old.objective is None or new.objective is None:
        return new
    bounds = [bound for bound in (old.bound, new.bound) if bound is not None]
    best = old if old.objective < new.objective else new
    return replace(best, bound=max(bounds, default=None))


def rows_in(text: str) -> dict[str, Row]:
    """The rows of the table in a text, by folder."""
    lines = _between(text)[1].strip().splitlines()[2:]
    return {row.folder: row for row in map(_read_row, lines)}


def with_rows(text: str, rows: Iterable[Row]) -> str:
    """The text with its table replaced. Raises ValueError where the marks of the table are not there."""
    before, _, after = _between(text)
    lines = [_HEADER, tuple("---" for _ in _HEADER), *(row.cells() for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _between(text: str) -> tuple[str, str, str]:
    before, begin, rest = text.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The text has no table between {BEGIN!r} and {END!r}.")
    return before, table, after


def _read_row(line: str) -> Row:
    cells = dict(zip(_HEADER, (cell.strip() for cell in line.strip("| ").split(" | ")), strict=True))
    return Row(
        folder=cells["folder"],
        coaches=_number(cells["coaches"]) or 0,
        sites=_number(cells["sites"]) or 0,
        sessions=_number(cells["sessions"]) or 0,
        people=_number(cells["people"]) or 0,
        objective=_number(cells["best known"]),
        bound=_number(cells["bound"]),
        day=cells["date"],
        seconds=float(cells["seconds"]),
        data=cells["data"],
    )


def _number(cell: str) -> int | None:
    digits = cell.replace(",", "")
    return int(digits) if digits.isdigit() else None


def _solved(folder: str, limit: float) -> Row:
    from roster.solve import Options, solve  # the solver, which nothing else here needs

    instance = read(HERE / folder).instance
    if instance is None:
        raise ValueError(f"The folder {folder} has faults.")
    began = perf_counter()
    answer = solve(instance, RULES, PREFERENCES, Options(time_limit=limit))
    return row_of(folder, instance, answer.roster, date.today(), perf_counter() - began)


def main(arguments: Sequence[str] | None = None) -> None:
    """Solve the folders named (all, if none are) and rewrite their rows."""
    parser = argparse.ArgumentParser(description="Solve the example regions and write the table of README.md.")
    parser.add_argument("folders", nargs="*", default=list(FOLDERS), metavar="FOLDER", help="which; all if none")
    parser.add_argument("--seconds", type=float, default=60.0, help="the time for each folder")
    chosen = parser.parse_args(arguments)
    rows = rows_in(README.read_text(encoding="utf-8"))
    for folder in chosen.folders:
        rows[folder] = better(rows.get(folder), _solved(folder, chosen.seconds))
        text = README.read_text(encoding="utf-8")
        README.write_text(with_rows(text, [rows[name] for name in FOLDERS if name in rows]), encoding="utf-8")


if __name__ == "__main__":
    main()
