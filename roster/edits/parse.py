"""From JSON to edits: which edit, which field, what is wrong with it and what to do."""

import json
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from roster.edits.errors import EditError, Refused
from roster.edits.records import LARGEST_FACTOR, Edit, KeyedTable
from roster.edits.written import misfit, read_fields, refuse_personal, refuse_personal_name
from roster.fault import listed
from roster.files.cells import Unreadable, explain
from roster.files.columns import TABLE, Column
from roster.privacy import Screen

RECORDS: dict[str, type[Any]] = {kind.model_fields["op"].default: kind for kind in get_args(get_args(Edit)[0])}
"""The record of every op, by the op's name."""
OPS = tuple(RECORDS)
_EDITS: TypeAdapter[list[Edit]] = TypeAdapter(list[Edit])
_EXAMPLE = '[{"op": "remove_session", "session_id": "S1"}]'
_MUST_BE = {
    ("add_coach", "like"): Unreadable("this must be the id of a coach", "Write the id of the coach to copy from."),
    ("set", "table"): Unreadable("this must be a table that set knows", f"Use {listed(get_args(KeyedTable))}."),
    ("set", "id"): Unreadable("this must be the id of a row", "Write the id as in the table."),
    ("set", "field"): Unreadable("this must be the name of a column", "Write the column as in the table."),
    ("set", "value"): Unreadable("this must be text, a number, a list of texts or null", "Write it as in the table."),
    ("set_policy", "field"): Unreadable("this must be the name of a policy", "Write it as in settings.toml."),
    ("set_policy", "value"): Unreadable("this must be text, a number or null", "Write it as in settings.toml."),
    ("set_price", "field"): Unreadable("this must be the name of a price", "Write it as in settings.toml."),
    ("set_price", "value"): Unreadable(
        "this must be a number, or prices for bands", 'Write 60, or for the field waiting {"A": 12, "B": 6, "C": 3}.'
    ),
    ("scale_demand", "factor"): Unreadable(
        f"this must be a number from 0 to {LARGEST_FACTOR}", "Write 1.2 for a fifth more people."
    ),
    ("scale_demand", "seed"): Unreadable(
        "this must be a whole number", "Write any: the same number draws the same people again."
    ),
}
"""What the fields hold that are not columns of a table."""


def parse_edits(json_text: str) -> tuple[Edit, ...]:
    """The edits that a JSON text holds: a list of objects with ``op``.

    Lists may be JSON lists or text with ``;``; times are ``HH:MM``, dates ``YYYY-MM-DD``. Raises EditError for the
    first edit that cannot be read; a value that may identify a person is not repeated.
    """
    items = _items(json_text)
    screen = Screen()
    return tuple(_numbered(number, item, screen) for number, item in enumerate(items, start=1))


def edits_to_json(edits: Iterable[Edit]) -> str:
    """The text that ``parse_edits`` reads back as the same edits."""
    return _EDITS.dump_json(list(edits), indent=1).decode() + "\n"


def edits_schema() -> dict[str, Any]:
    """The JSON Schema of a list of edits."""
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Edits",
        "description": "Changes of an instance, made in this order, all of them or none.",
    }
    return about | _EDITS.json_schema()


def _items(json_text: str) -> list[object]:
    do = f"Write a list of edits, for example {_EXAMPLE}"
    try:
        items = json.loads(json_text.removeprefix("\ufeff"), object_pairs_hook=_each_field_once)
    except json.JSONDecodeError as error:
        says = f"this cannot be read as JSON from line {error.lineno}, character {error.colno}"
        raise EditError(0, "", says, do) from None
    except (ValueError, RecursionError):
        raise EditError(0, "", "this cannot be read as JSON", do) from None
    if not isinstance(items, list):
        raise EditError(0, "", "this is not a list of edits", do)
    return items


def _each_field_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise EditError(0, "", "in one edit a field is given twice", "Give each field of an edit once.")
    return fields


def _numbered(number: int, item: object, screen: Screen) -> Edit:
    op = item.get("op") if isinstance(item, dict) else None
    try:
        if not isinstance(item, dict):
            raise Refused("this is not an edit", f"Write an edit in braces, for example {_EXAMPLE[1:-1]}")
        return _read(item, screen)
    except Refused as refused:
        known = op if isinstance(op, str) and op in RECORDS else ""
        raise EditError(number, known, refused.says, refused.do) from None


def _read(item: dict[str, object], screen: Screen) -> Edit:
    refuse_personal(item, screen)
    op = item.get("op")
    if not isinstance(op, str) or op not in RECORDS:
        says = "there is no op" if op is None else f"there is no op {op!r}"
        raise Refused(says, f"Use {listed(OPS)}.")
    record = RECORDS[op]
    columns = TABLE[record.columns_of].column if record.columns_of else {}
    _check_names(item, record)
    values = read_fields(columns, item, keep_empty=op == "add_coach")
    try:
        edit: Edit = record.model_validate(values)
    except ValidationError as errors:
        raise _refused(errors.errors(include_url=False)[0], item, columns) from None
    return edit


def _check_names(item: dict[str, object], record: type[Any]) -> None:
    for name in item:
        if name not in record.model_fields:
            refuse_personal_name(name, item)
            known = listed([n for n in record.model_fields if n != "op"], "and")
            raise Refused(f"there is no field {name!r} here", f"The fields are {known}.")


def _refused(error: ErrorDetails, item: dict[str, object], columns: dict[str, Column]) -> Refused:
    name = str(error["loc"][0])
    wrong = _MUST_BE.get((str(item["op"]), name)) or explain(error, columns[name])
    if name not in item:
        return Refused(f"{name}: this is missing", columns[name].about if name in columns else wrong.do)
    return misfit(name, item[name], wrong)
