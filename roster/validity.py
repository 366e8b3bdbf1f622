"""What is wrong with an instance as a whole: references, duplicates, order, overlaps, and limits of sense.

One place for the reader of files, which knows rows, and for edits, which have records only. A row may be partly
unreadable: a column that could not be read is absent, and nothing is said that would follow from that.
Source: PROBLEM.md section 1.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from roster.domain import Settings, clock
from roster.fault import Fault, listed
from roster.instance import Instance

KEYS = {
    "coaches": ("coach_id",),
    "sites": ("site_id",),
    "practices": ("practice_id",),
    "rooms": ("room_id",),
    "sessions": ("session_id",),
    "referrals": ("referral_id",),
    "interpreters": ("booking_id",),
    "leave": ("coach_id", "first_day", "last_day"),
    "travel": ("from_id", "to_id"),
    "pins": ("coach_id", "session_id"),
}
REFERENCES = (
    ("hours", "coach_id", ("coaches",)),
    ("leave", "coach_id", ("coaches",)),
    ("practices", "site_id", ("sites",)),
    ("rooms", "site_id", ("sites",)),
    ("sessions", "room_id", ("rooms",)),
    ("referrals", "practice_id", ("practices",)),
    ("referrals", "sites", ("sites",)),
    ("referrals", "usual_coach", ("coaches",)),
    ("travel", "from_id", ("coaches", "sites")),
    ("travel", "to_id", ("coaches", "sites")),
    ("pins", "coach_id", ("coaches",)),
    ("pins", "session_id", ("sessions",)),
)
IN_ORDER = (
    ("hours", "start", "end", "the hours end before they start"),
    ("sessions", "start", "end", "the session ends before it starts"),
    ("interpreters", "start", "end", "the booking ends before it starts"),
)
WHAT = {
    "coaches": "coach",
    "hours": "hours of",
    "leave": "leave of",
    "sites": "site",
    "practices": "practice",
    "rooms": "room",
    "sessions": "session",
    "referrals": "referral",
    "interpreters": "booking",
    "travel": "travel",
    "pins": "pin of",
}
TABLE_NAMES = tuple(WHAT)
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 3650
LARGEST = 1_000_000
LARGEST_BUDGET = 10**12


class Row(NamedTuple):
    """A row's number, as a spreadsheet counts, and the values of its columns that could be read."""

    number: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Tables:
    """Rows by table. ``files`` says what a person calls a table; of ``uncertain`` ones not every id is known."""

    rows: Mapping[str, Sequence[Row]]
    files: Mapping[str, str] = field(default_factory=lambda: {name: f"{name}.csv" for name in TABLE_NAMES})
    uncertain: frozenset[str] = frozenset()

    def fault(self, table: str, row: Row, column: str, value: object, says: str, do: str) -> Fault:
        """A fault of one cell. Without a row number the sentence names the record instead."""
        if row.number is None:
            says = f"{self._label(table, row)}: {says}"
        shown = None if value is None else str(value)
        return Fault(file=self.files[table], row=row.number, column=column, value=shown, says=says, do=do)

    def _label(self, table: str, row: Row) -> str:
        columns = KEYS.get(table, ("coach_id", "weekday"))
        return " ".join([WHAT[table], *(str(row.values.get(column, "")) for column in columns)])

    def ids(self, table: str) -> dict[str, Row]:
        """The first row of every id of the table."""
        (column,) = KEYS[table]
        found: dict[str, Row] = {}
        for row in self.rows.get(table, ()):
            if column in row.values:
                found.setdefault(row.values[column], row)
        return found


def faults_of(instance: Instance) -> list[Fault]:
    """Everything that is wrong with an instance as a whole; empty where nothing is."""
    rows = {name: [Row(None, record.__dict__) for record in getattr(instance, name)] for name in TABLE_NAMES}
    return [*faults_of_settings(instance.settings), *faults_of_tables(Tables(rows))]


def faults_of_tables(tables: Tables) -> list[Fault]:
    """Everything that is wrong between the rows, table by table in the contract's order."""
    checks = (_texts, _sizes, _duplicates, _shared_ids, _references, _order, _limits, _overlaps)
    found = [fault for check in checks for fault in check(tables)]
    order = {tables.files[name]: n for n, name in enumerate(TABLE_NAMES)}
    return sorted(found, key=lambda fault: (order[fault.file], fault.row or 0))


# -- one row --------------------------------------------------------------------------------------------------


def _texts(tables: Tables) -> Iterator[Fault]:
    """Ids are written in lists, on paper and in messages: no separators, line breaks or outer spaces in them."""
    for table, columns in KEYS.items():
        for row in tables.rows.get(table, ()):
            value = row.values.get(columns[0], "")
            if ";" in value or not value.isprintable() or value != value.strip():
                yield tables.fault(
                    table,
                    row,
                    columns[0],
                    value,
                    "an id has no semicolon, no line break and no space around it",
                    "Give it an id of letters, digits, - and _.",
                )


def _sizes(tables: Tables) -> Iterator[Fault]:
    for table, rows in tables.rows.items():
        for row in rows:
            for column, value in row.values.items():
                if isinstance(value, int | float) and value > LARGEST:
                    says = f"this is more than {LARGEST:,}"
                    yield tables.fault(table, row, column, value, says, "Check the number.")
    for row in tables.rows.get("referrals", ()):
        day = row.values.get("referred_on")
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            says = f"the year is not between {FIRST_YEAR} and {LAST_YEAR}"
            yield tables.fault("referrals", row, "referred_on", day, says, "Check the year.")


def _order(tables: Tables) -> Iterator[Fault]:
    for table, start, end, says in IN_ORDER:
        for row in tables.rows.get(table, ()):
            if _has(row, start, end) and row.values[end] <= row.values[start]:
                same = row.values[end] == row.values[start]
                text = says.replace("before it starts", "when it starts").replace("before they", "when they")
                do = f"It starts at {clock(row.values[start])}. Give a later end or an earlier start."
                yield tables.fault(table, row, end, clock(row.values[end]), text if same else says, do)
    for row in tables.rows.get("leave", ()):
        if _has(row, "first_day", "last_day") and row.values["last_day"] < row.values["first_day"]:
            do = f"It starts on {row.values['first_day']}. Give a later last day or an earlier first day."
            says = "the leave ends before it starts"
            yield tables.fault("leave", row, "last_day", row.values["last_day"], says, do)


def _limits(tables: Tables) -> Iterator[Fault]:
    for row in tables.rows.get("sites", ()):
        least, most = row.values.get("min_sessions"), row.values.get("max_sessions")
        if least is not None and most is not None and least > most:
            says = "the fewest sessions are more than the most"
            do = f"max_sessions is {most}. Lower min_sessions or raise max_sessions."
            yield tables.fault("sites", row, "min_sessions", least, says, do)


def _has(row: Row, *columns: str) -> bool:
    return all(row.values.get(column) is not None for column in columns)


# -- between rows ---------------------------------------------------------------------------------------------


def _duplicates(tables: Tables) -> Iterator[Fault]:
    for table, columns in KEYS.items():
        first: dict[tuple[Any, ...], Row] = {}
        for row in tables.rows.get(table, ()):
            if not _has(row, *columns):
                continue
            key = tuple(row.values[column] for column in columns)
            if key in first:
                yield _duplicate(tables, table, first[key], row)
            first.setdefault(key, row)


def _duplicate(tables: Tables, table: str, first: Row, row: Row) -> Fault:
    columns = KEYS[table]
    value = row.values[columns[0]]
    other = "another row" if first.number is None else f"row {first.number}"
    if len(columns) == 1:
        return tables.fault(
            table, row, columns[0], value, f"{other} has the same id", "Give one of the two another id, or remove it."
        )
    says = f"{other} has the same {listed(columns, 'and')}"
    return tables.fault(table, row, columns[0], value, says, "Remove one of the two rows.")


def _shared_ids(tables: Tables) -> Iterator[Fault]:
    """A travel row could not tell a coach from a site of the same id."""
    coaches, sites = tables.ids("coaches"), tables.ids("sites")
    for shared in (i for i in sites if i in coaches):
        for table, row, other_table, other in (
            ("coaches", coaches[shared], "sites", sites[shared]),
            ("sites", sites[shared], "coaches", coaches[shared]),
        ):
            place = tables.files[other_table] + ("" if other.number is None else f", row {other.number},")
            says = f"a {WHAT[other_table]} has the same id: {place} holds it too"
            yield tables.fault(table, row, KEYS[table][0], shared, says, "Give one of the two another id.")


def _references(tables: Tables) -> Iterator[Fault]:
    known = {table: tables.ids(table) for table in ("coaches", "sites", "practices", "rooms", "sessions")}
    spelled = {table: {_loosely(i): i for i in ids} for table, ids in known.items()}
    for table, column, targets in REFERENCES:
        if tables.uncertain.intersection(targets):
            continue
        for row in tables.rows.get(table, ()):
            given = row.values.get(column) or ()
            for value in (given,) if isinstance(given, str) else given:
                if not any(value in known[target] for target in targets):
                    meant = [spelled[t][_loosely(value)] for t in targets if _loosely(value) in spelled[t]]
                    yield _unknown(tables, table, row, column, value, targets, meant)


def _loosely(value: str) -> str:
    """Ids that differ only in case or in zeros at the front are easily taken for each other."""
    return value.casefold().lstrip("0")


def _unknown(
    tables: Tables, table: str, row: Row, column: str, value: str, targets: tuple[str, ...], meant: list[str]
) -> Fault:
    what = listed([WHAT[target] for target in targets])
    places = listed([tables.files[target] for target in targets])
    do = f"Use an id of {places}, or add the {what} there."
    if meant:
        do = f"{places} holds {meant[0]}: write it exactly so."
    return tables.fault(table, row, column, value, f"the {what} is not in {places}", do)


def _overlaps(tables: Tables) -> Iterator[Fault]:
    """Hours of one coach on one weekday do not overlap; they may touch."""
    days: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.rows.get("hours", ()):
        if _has(row, "coach_id", "weekday", "start", "end") and row.values["start"] < row.values["end"]:
            days[row.values["coach_id"], row.values["weekday"]].append(row)
    for rows in days.values():
        for a, b in _overlapping(rows):
            other = "another row" if a.number is None else f"row {a.number}"
            span = f"{clock(a.values['start'])} to {clock(a.values['end'])}"
            says = f"these hours overlap those of {other}, {span}"
            do = "Let the two rows touch or leave a gap, or make them one row."
            yield tables.fault("hours", b, "start", clock(b.values["start"]), says, do)


def _overlapping(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Each row that overlaps one that starts no later, with that one; the row further down is the second."""
    by_start = sorted(rows, key=lambda row: (row.values["start"], row.values["end"]))
    latest = by_start[0]
    for a, b in pairwise(by_start):
        latest = max(latest, a, key=lambda row: int(row.values["end"]))
        if b.values["start"] < latest.values["end"]:
            first, second = sorted((latest, b), key=lambda row: row.number or 0)
            yield first, second


# -- settings -------------------------------------------------------------------------------------------------


def faults_of_settings(settings: Settings, file: str = "settings.toml") -> Iterator[Fault]:
    """Settings that no calendar or sum could work with."""
    years = f"a year between {FIRST_YEAR} and {LAST_YEAR}"
    for key, value in (("month", settings.month), ("as_of", settings.as_of.isoformat())):
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            yield Fault(file=file, column=key, value=value, says=f"this needs {years}", do="Check the year.")
    for key, number in _numbers(settings.model_dump()):
        most = {"policy.budget_pounds": LARGEST_BUDGET}.get(key, MOST_DAYS if key.endswith("_days") else LARGEST)
        if number > most:
            says = f"this is more than {most:,}"
            yield Fault(file=file, column=key, value=f"{number:g}", says=says, do="Check the number.")


def _numbers(values: Mapping[str, object], inside: str = "") -> Iterator[tuple[str, float]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{inside}{key}.")
        elif isinstance(value, int | float):
            yield f"{inside}{key}", value
