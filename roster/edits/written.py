"""Values as they are written in an edit: read as the cells of the files are, from text, numbers or JSON lists.

What identifies a person is refused before anything else looks at it (PROBLEM.md section 7).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from roster.edits.errors import Refused
from roster.edits.records import Edit
from roster.files.cells import Unreadable, Value, read_cell
from roster.files.columns import LISTS, Column, Kind
from roster.privacy import Screen, column_identifies

_NUMBERS: frozenset[Kind] = frozenset({"whole", "number"})
_LONGEST_SHOWN = 60


def is_empty(value: object) -> bool:
    """Whether nothing is given: null, an empty text or an empty list."""
    return value is None or value in ([], ()) or (isinstance(value, str) and not value.strip())


def read_written(name: str, kind: Kind, value: object) -> Value:
    """The value of a field that is not empty. Its range is not looked at here. Raises Refused."""
    found = _read(kind, value)
    if isinstance(found, Unreadable):
        raise misfit(name, value, found)
    return found


def _read(kind: Kind, value: object) -> Value | Unreadable:
    if isinstance(value, list | tuple) and kind in LISTS:
        text = _joined(value)
        do = 'Write it as ["...", "..."], or as one text with ;'
        return Unreadable("this must be a list of texts", do) if text is None else _read(kind, text)
    if isinstance(value, str) and not value.isprintable():
        return Unreadable("this holds a character that cannot be seen", "Type it again.")
    if isinstance(value, str):
        return read_cell(value.strip(), kind)
    if kind in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return read_cell(str(value), kind)
    if kind in _NUMBERS:
        return Unreadable("this must be a number", "Write it as a number, for example 30.")
    return Unreadable("this must be text", "Write it in quotation marks.")


def _joined(items: Sequence[object]) -> str | None:
    """The items with ; between them; None where one is not a text or holds more than one."""
    texts = [item for item in items if isinstance(item, str)]
    text = ";".join(texts)
    return text if len(texts) == len(items) == text.count(";") + 1 else None


def read_fields(columns: Mapping[str, Column], given: Mapping[str, object], keep_empty: bool) -> dict[str, object]:
    """The values of the fields that are columns; others as they are. Empty ones are left out, or kept as None."""
    values: dict[str, object] = {}
    for name, value in given.items():
        column = columns.get(name)
        if column is None:
            values[name] = value
        elif not is_empty(value):
            values[name] = read_written(name, column.kind, value)
        elif column.required:
            raise empty(column)
        elif keep_empty:
            values[name] = None
    return values


def empty(column: Column) -> Refused:
    """A column that every row needs has no value."""
    return Refused(f"{column.name}: this may not be empty", f"Fill it in. {column.about}")


def misfit(name: str, value: object, wrong: Unreadable) -> Refused:
    """The value of a field does not fit. Only for values that were looked at by ``refuse_personal``."""
    return Refused(f"{name}: {wrong.says}{_shown(value)}", wrong.do)


def _shown(value: object) -> str:
    """The value in brackets, as JSON; nothing where there is none, or more than a value or a list of texts."""
    if is_empty(value) or not isinstance(value, str | int | float | list | tuple):
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f" ({text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + '...'})"


# -- what is never held ---------------------------------------------------------------------------------------


def refuse_personal(edit: Mapping[str, object], screen: Screen) -> None:
    """Raise Refused where a name or a value in the edit identifies a person; it is not repeated."""
    table = _table_of(edit)
    for name, value in edit.items():
        if screen.identifies(name, table):
            raise Refused("the name of a field identifies a person, which is never held", "Remove it.")
        for text in _texts(value):
            kind = screen.identifies(text, table)
            if kind is not None:
                do = "Remove it. People are known here only by an id that the practice made up."
                raise Refused(f"{name}: this holds {kind}, which is never held", do)


def refuse_personal_name(name: str, edit: Mapping[str, object]) -> None:
    """Raise Refused where a field that is not known would hold what is never held."""
    if column_identifies(name, _table_of(edit)):
        says = f"{name}: no such field may be held: it would identify a person or hold a record about one"
        raise Refused(says, "Remove it.")


def as_written(edit: Edit) -> dict[str, Any]:
    """The edit as its JSON says it."""
    return edit.model_dump(mode="json")


def _table_of(edit: Mapping[str, object]) -> str:
    """The table that the edit speaks of: it matters for what may be held."""
    if "referral" in str(edit.get("op")):
        return "referrals"
    return str(edit.get("table"))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, Mapping):
        yield from _of_each([*value, *value.values()])
    elif isinstance(value, list | tuple):
        yield from _of_each(value)


def _of_each(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
