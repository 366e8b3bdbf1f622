"""Cells: from the text of a cell to a value and back, and in plain English what is wrong where it cannot be.

The forms are the contract's: dates YYYY-MM-DD, times HH:MM, lists separated by ``;``, whole numbers and decimal
numbers in plain digits. What a value may be beyond its form (ranges, lists of words) the records say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from roster.calendar import long_date
from roster.domain import clock, parse_clock
from roster.fault import listed
from roster.files.columns import LISTS, Column, Kind

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(\.0*)?")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_STARTS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LARGEST_EXACT = 2**53


@dataclass(frozen=True)
class Unreadable:
    """What is wrong with a cell, and what to do about it."""

    says: str
    do: str


Value = str | int | float | date | tuple[str, ...] | tuple[date, ...]


def read_cell(text: str, kind: Kind) -> Value | Unreadable:
    """The value of a cell that is not empty. Its range is not looked at here."""
    reader = _READERS.get(kind)
    return text if reader is None else reader(text)


def _items(text: str) -> list[str]:
    return [item for part in text.split(";") if (item := part.strip())]


def read_day(text: str) -> date | Unreadable:
    """The day that ``YYYY-MM-DD`` stands for."""
    found = _DAY.fullmatch(text)
    if found is None:
        return Unreadable("dates are YYYY-MM-DD", _meant(text))
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return Unreadable("there is no such day", "Give a day that is in the calendar, as YYYY-MM-DD.")


def _meant(text: str) -> str:
    british = _BRITISH_DAY.fullmatch(text)
    if british is not None:
        day, month, year = map(int, british.groups())
        try:
            meant = date(year, month, day)
        except ValueError:
            pass
        else:
            return f"If you mean {long_date(meant)}, write {meant.isoformat()}."
    return "Write the day as YYYY-MM-DD, for example 2027-03-09."


def _read_days(text: str) -> tuple[date, ...] | Unreadable:
    days = [read_day(item) for item in _items(text)]
    for day in days:
        if isinstance(day, Unreadable):
            return Unreadable(f"one of the dates cannot be read: {day.says}", day.do + " Separate dates by ;")
    return tuple(day for day in days if isinstance(day, date))


def _read_clock(text: str) -> int | Unreadable:
    try:
        return parse_clock(text)
    except ValueError as error:
        return Unreadable(str(error), "Write the time as HH:MM on the 24-hour clock, for example 08:30 or 13:30.")


def _read_whole(text: str) -> int | Unreadable:
    found = _WHOLE.fullmatch(text)
    if found is None:
        return Unreadable("this must be a whole number", "Write digits only, for example 30.")
    return int(found[1])


def _read_number(text: str) -> float | Unreadable:
    if _NUMBER.fullmatch(text) is None:
        return Unreadable("this must be a number", "Write digits, with a full stop for decimals, for example 12.50.")
    return float(text) + 0.0


_READERS: Mapping[Kind, Callable[[str], Value | Unreadable]] = {
    "words": lambda text: tuple(_items(text)),
    "ids": lambda text: tuple(_items(text)),
    "dates": _read_days,
    "date": read_day,
    "clock": _read_clock,
    "whole": _read_whole,
    "number": _read_number,
}


def write_cell(value: Any, kind: Kind) -> str:
    """The text of a value, such that ``read_cell`` gives the value back; an empty text for None."""
    if value is None:
        return ""
    if kind in LISTS:
        return ";".join(str(item) for item in value)
    if kind == "clock":
        return clock(value)
    return number_text(value) if isinstance(value, float) else str(value)


def number_text(number: float) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    return str(int(number)) if number.is_integer() and abs(number) < _LARGEST_EXACT else repr(number)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + text if _STARTS_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if _GUARDED.match(text) else text


# -- what the records find wrong ------------------------------------------------------------------------------


def explain(error: ErrorDetails, column: Column | None = None) -> Unreadable:
    """What pydantic found wrong, in plain English. The value itself is never part of it."""
    if column is not None and column.choices:
        return one_of(column.choices)
    ctx = error.get("ctx", {})
    makers: Mapping[str, Callable[[], Unreadable]] = {
        "greater_than": lambda: Unreadable(f"this must be more than {ctx['gt']:g}", "Give a larger number."),
        "greater_than_equal": lambda: _too_small(ctx["ge"], column),
        "less_than_equal": lambda: _too_large(ctx["le"], column),
        "finite_number": lambda: Unreadable("this must be a number", "Give a number that has an end."),
        "string_too_long": lambda: Unreadable(
            f"this is longer than {ctx['max_length']} characters", "Give something shorter."
        ),
        "string_too_short": lambda: Unreadable("this may not be empty", "Fill it in."),
        "missing": lambda: Unreadable("this is missing", "Fill it in."),
        "literal_error": lambda: one_of(tuple(re.findall(r"'([^']*)'", ctx["expected"]))),
        "string_pattern_mismatch": lambda: _wrong_words(ctx["pattern"]),
        "value_error": lambda: Unreadable(str(ctx["error"]), "Write the time as HH:MM, for example 08:30."),
    }
    maker = makers.get(error["type"])
    return maker() if maker else _wrong_type(error["type"])


def one_of(choices: tuple[str, ...]) -> Unreadable:
    """The value is not among these."""
    return Unreadable(f"this must be {listed(choices)}", "Use one of these, written exactly so.")


def _too_small(least: float, column: Column | None) -> Unreadable:
    if least == 0:
        return Unreadable("this may not be negative", "Give 0 or more.")
    return _out_of_range(column)


def _too_large(most: float, column: Column | None) -> Unreadable:
    if column is not None and column.kind == "number":
        return _out_of_range(column)
    return Unreadable(f"this must be at most {most:,}", "Give a smaller number.")


def _out_of_range(column: Column | None) -> Unreadable:
    if column is not None and column.name.endswith("lat"):
        return Unreadable("a latitude lies between -90 and 90", "Give the latitude in degrees, such as 51.54102.")
    return Unreadable("a longitude lies between -180 and 180", "Give the longitude in degrees, such as -0.09742.")


def _wrong_words(pattern: str) -> Unreadable:
    if "coach" in pattern:
        return Unreadable(
            "every need starts with coach:, room: or interpreter:",
            "Write needs such as coach:welsh;room:step_free;interpreter:bsl, without spaces in a word.",
        )
    if "[0-9]" in pattern:
        return Unreadable("the month is YYYY-MM", 'Write the month as YYYY-MM, for example month = "2027-03".')
    return Unreadable(
        "these must be single words of letters, digits, _ and -",
        "Write words such as step_free, with ; between two of them where there are several.",
    )


_TYPES = (
    ("int", "this must be a whole number", "Write digits only, for example 30."),
    ("float", "this must be a number", "Write digits, with a full stop for decimals."),
    ("string", "this must be text", "Write it as text."),
    ("date", "dates are YYYY-MM-DD", "Write the day as YYYY-MM-DD, for example 2027-03-09."),
    ("tuple", "this must be a list", "Give a list."),
    ("dict", "this must hold several entries", "Give each entry a line of its own."),
    ("model", "this must hold several entries", "Give each entry a line of its own."),
    ("bool", "this must be true or false", "Use true or false."),
)


def _wrong_type(kind: str) -> Unreadable:
    for start, says, do in _TYPES:
        if kind.startswith(start):
            return Unreadable(says, do)
    return Unreadable("this cannot be read", "Compare it with the description of the format.")
