"""The figures of a simulation as tables for a spreadsheet: CSV files, and one workbook with all of them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from roster.files.atomic import beside
from roster.files.write import Book
from roster.planning.record import WITHIN_DAYS
from roster.planning.simulation.record import Band, CaseFigures, Interval, SimulationReport
from roster.planning.simulation.run import Track
from roster.planning.tables import Row, Value, add_sheet

Header = tuple[str, ...]
_BAND = ("median", "low_80", "high_80")
_INTERVAL = ("mean", "low_95", "high_95")
_COUNTS = ("referred", "booked", "seen", "missed", "ill", "withdrawn")
_HOW_GOOD = ("as_asked", "late", "compromise")


def _each(name: str, parts: Sequence[str]) -> Header:
    return tuple(f"{name}_{part}" for part in parts)


_MONTHS: Header = (
    "case",
    "month",
    "runs",
    *_COUNTS,
    *_each("waiting", _BAND),
    *_each("waited_days", _BAND),
    *_each("within_28_days", _BAND),
    *_HOW_GOOD,
)
_RUNS: Header = (
    *(
        "case",
        "run",
        "month",
        "before",
        "on_list",
        "left_over",
        *_COUNTS,
        "after",
        "beyond_reach",
        "how_good",
        "gap",
        "seconds",
    ),
    *("days_waited_by_seen", "seen_within_28_days"),
)
_PRACTICES: Header = (
    *("case", "practice_id", "name", "referred_a_month"),
    *_each("waited_days", _INTERVAL),
    *_each("within_28_days", _INTERVAL),
    *_each("waiting_at_end", _INTERVAL),
    *_each("waiting_days", _INTERVAL),
)
_CASES: Header = (
    *("case", "runs", "months_done"),
    *_each("referred_a_month", _INTERVAL),
    "beyond_reach_a_month",
    *_each("seen_a_month", _INTERVAL),
    *_each("waited_days", _INTERVAL),
    *_each("within_28_days", _INTERVAL),
    *_each("waiting_at_end", _INTERVAL),
    *_each("growth_a_month", _INTERVAL),
    "growth",
    *_each("more_waiting_at_end", _INTERVAL),
    *_each("more_days_waited", _INTERVAL),
    *_each("more_within_28_days", _INTERVAL),
    *_each("more_seen_a_month", _INTERVAL),
)
_LOADS: Header = ("load", "referred_a_month", *_each("change_a_month", _INTERVAL), "growth")


def tables_of(report: SimulationReport, tracks: Sequence[Track]) -> dict[str, tuple[Header, list[Row]]]:
    """Every table by name: its header and its rows."""
    made: Mapping[str, tuple[Header, Iterator[Row]]] = {
        "cases": (_CASES, map(_case_row, report.cases)),
        "months": (_MONTHS, (row for case in report.cases for row in _month_rows(case))),
        "practices": (_PRACTICES, (row for case in report.cases for row in _practice_rows(case))),
        "loads": (_LOADS, _load_rows(report)),
        "runs": (_RUNS, (row for track in tracks for row in _run_rows(track, report.asked.months))),
    }
    return {name: (header, list(rows)) for name, (header, rows) in made.items()}


def _case_row(case: CaseFigures) -> Row:
    difference, growth = case.difference, case.growth
    return (
        *(case.name, case.runs, case.months_done),
        *_of_interval(case.referred_a_month),
        _short(case.beyond_reach_a_month),
        *_of_interval(case.seen_a_month),
        *_of_interval(case.waited_days),
        *_of_interval(case.within_28_days),
        *_of_interval(case.waiting_at_end),
        *_of_interval(growth.a_month if growth else None),
        growth.verdict if growth else None,
        *_of_interval(difference.waiting_at_end if difference else None),
        *_of_interval(difference.waited_days if difference else None),
        *_of_interval(difference.within_28_days if difference else None),
        *_of_interval(difference.seen_a_month if difference else None),
    )


def _month_rows(case: CaseFigures) -> Iterator[Row]:
    for m in case.months:
        yield (
            *(case.name, m.month, m.runs),
            *(_short(getattr(m, name)) for name in _COUNTS),
            *_of_band(m.waiting),
            *_of_band(m.waited_days),
            *_of_band(m.within_28_days),
            *(getattr(m, name) for name in _HOW_GOOD),
        )


def _practice_rows(case: CaseFigures) -> Iterator[Row]:
    for p in case.practices:
        yield (
            *(case.name, p.practice_id, p.name, _short(p.referred_a_month)),
            *_of_interval(p.waited_days),
            *_of_interval(p.within_28_days),
            *_of_interval(p.waiting_at_end),
            *_of_interval(p.waiting_days),
        )


def _load_rows(report: SimulationReport) -> Iterator[Row]:
    for t in report.threshold.tried if report.threshold else ():
        yield _short(t.load), _short(t.referred_a_month), *_of_interval(t.a_month), t.verdict


def _run_rows(track: Track, months: int) -> Iterator[Row]:
    for m in track.state.months[:months]:
        waits = [((s.seen_on - s.referred_on).days, s.people) for s in m.seen]
        yield (
            *(track.world.name, track.state.run, m.month, m.before, m.on_list, m.left_over),
            *(m.people_referred, m.booked, m.people_seen, m.missed, m.ill, m.withdrawn, m.after, m.beyond_reach),
            *(m.how_good, None if m.gap is None else _short(m.gap), m.seconds),
            sum(days * people for days, people in waits),
            sum(people for days, people in waits if days <= WITHIN_DAYS),
        )


def _of_band(found: Band | None) -> tuple[Value, Value, Value]:
    return (None, None, None) if found is None else (_short(found.median), _short(found.low), _short(found.high))


def _of_interval(found: Interval | None) -> tuple[Value, Value, Value]:
    return (None, None, None) if found is None else (_short(found.mean), _short(found.low), _short(found.high))


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# -- the workbook ---------------------------------------------------------------------------------------------


def write_book(report: SimulationReport, tables: Mapping[str, tuple[Header, list[Row]]], path: Path) -> None:
    """Write all tables as the sheets of a workbook, in the place of any there."""
    with beside(path) as temporary:
        book = Book(temporary)
        for name, (header, rows) in tables.items():
            add_sheet(book, name, header, iter(rows))
        add_sheet(book, "about", ("about",), iter((line,) for line in (report.voluntary, *report.assumptions)))
        book.workbook.close()
