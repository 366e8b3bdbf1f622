"""Counts that may be published: none below 5 is shown, or can be worked out from those that are shown.

A table has a row for each practice, a column for each band, and their totals. A count below 5 is left out. Where the
others and the totals would still tell that it is below 5, more are left out, few and small ones. What the others tell
is worked out exactly: the table is a network in which every row and every column keeps its sum, so a count that is
left out can be as large as it is plus what can flow round it through others that are left out.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from roster.domain import Band
from roster.instance import Instance
from roster.store.models import Month
from roster.store.months import instance_of

LEAST = 5
"""The smallest count that is shown."""
TOTAL = ""
"""The row, and the column, of the totals; no practice and no band is called so."""
BANDS: tuple[str, ...] = get_args(Band)

Cell = tuple[str, str]
"""(practice, band), either of them ``TOTAL``."""
Room = dict[Cell, dict[Cell, int]]
"""By how much may flow from one row or column to another."""


@dataclass(frozen=True)
class Open:
    """A table as it may be published: ``shown`` holds what may be seen; every other count is left out."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shown: Mapping[Cell, int]


def seen_by_practice(instance: Instance) -> dict[str, dict[str, int]]:
    """How many people the published roster sees, by practice and band; every practice and band is there."""
    referral = {r.referral_id: r for r in instance.referrals}
    booked = instance.published.appointments if instance.published else ()
    seen = Counter(
        (referral[a.referral_id].practice_id, str(referral[a.referral_id].band))
        for a in booked
        if a.referral_id in referral
    )
    return {p.practice_id: {band: seen[p.practice_id, band] for band in BANDS} for p in instance.practices}


def has_counts(month: Month) -> bool:
    """Whether there is anything of the month to publish."""
    return bool(month.counts) or instance_of(month).published is not None


def open_counts(month: Month) -> Open | None:
    """What may be published of a month; None while no roster of it is published."""
    instance = instance_of(month)
    if kept := month.counts:  # a database may give them back in another order
        rows = [p.practice_id for p in instance.practices if p.practice_id in kept]
        return suppressed({row: {band: kept[row][band] for band in BANDS} for row in rows})
    return None if instance.published is None else suppressed(seen_by_practice(instance))


def suppressed(counts: Mapping[str, Mapping[str, int]], least: int = LEAST) -> Open:
    """The table with its totals, without every count below ``least`` and what else would tell one.

    ``counts``: whole numbers from 0, by row and column; every row has the same columns.
    """
    rows = tuple(counts)
    columns = tuple(next(iter(counts.values()), {}))
    table = _with_totals(counts, rows, columns)
    out = {cell for cell, number in table.items() if number < least}
    for cell in sorted(out, key=lambda cell: (table[cell], cell)):
        while _can_rise(table, out, cell, least - table[cell]) < least - table[cell]:
            out |= _next(table, out, cell, least - table[cell])
    return Open(rows, columns, {cell: number for cell, number in table.items() if cell not in out})


def _with_totals(
    counts: Mapping[str, Mapping[str, int]], rows: Iterable[str], columns: Iterable[str]
) -> dict[Cell, int]:
    table = {(row, column): counts[row][column] for row in rows for column in columns}
    whole = Counter[Cell]()
    for (row, column), number in table.items():
        for cell in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            whole[cell] += number
    return table | whole


def _next(table: Mapping[Cell, int], out: set[Cell], told: Cell, wanted: int) -> frozenset[Cell]:
    """What else is left out: the other corners of a rectangle that hide the count, as few and small as can be.

    Totals come last. Where no rectangle hides it alone, the smallest of all that are shown.
    """
    rows, columns = {row for row, _ in table} - {told[0]}, {column for _, column in table} - {told[1]}
    corners = {
        frozenset({(row, told[1]), (told[0], column), (row, column)}) - out for row in rows for column in columns
    }
    for more in sorted(corners - {frozenset()}, key=lambda cells: _worth(table, cells)):
        if _can_rise(table, out | more, told, wanted) >= wanted:
            return more
    shown = (frozenset({cell}) for cell in table if cell not in out)
    return min(shown, key=lambda cells: _worth(table, cells))


def _worth(table: Mapping[Cell, int], cells: frozenset[Cell]) -> tuple[int, int, int, list[Cell]]:
    """What is lost with these counts: totals first, then how many, then how large they are."""
    totals = sum(TOTAL in cell for cell in cells)
    return totals, len(cells), sum(table[cell] for cell in cells), sorted(cells)


def _can_rise(table: Mapping[Cell, int], out: set[Cell], cell: Cell, wanted: int) -> int:
    """By how much the count could be larger, given all that is shown; no more than ``wanted`` is looked for."""
    room: Room = defaultdict(dict)
    for other in out - {cell}:
        start, end = _arc(other)
        room[start][end], room[end][start] = wanted, table[other]
    end, start = _arc(cell)
    return sum(1 for _ in range(wanted) if _send_one(room, start, end))


def _arc(cell: Cell) -> tuple[Cell, Cell]:
    """A count as an arc between its row and its column, so that what is left out flows round."""
    row, column = ("row", cell[0]), ("column", cell[1])
    return (row, column) if (cell[0] == TOTAL) == (cell[1] == TOTAL) else (column, row)


def _send_one(room: Room, start: Cell, end: Cell) -> bool:
    """Send one person from ``start`` to ``end`` where there is room; whether there was."""
    before: dict[Cell, Cell] = {start: start}
    queue = deque([start])
    while queue and end not in before:
        here = queue.popleft()
        for target, left in room[here].items():
            if left > 0 and target not in before:
                before[target] = here
                queue.append(target)
    if end not in before:
        return False
    while end != start:
        room[before[end]][end] -= 1
        room[end][before[end]] += 1
        end = before[end]
    return True
