"""Settings: settings.toml, or the sheet ``settings`` with its keys and values, and back."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from roster.domain import Settings
from roster.fault import Fault
from roster.files.cells import Unreadable, explain, read_day
from roster.files.grid import Grid, decode
from roster.files.table import personal_fault
from roster.privacy import Screen, column_identifies
from roster.validity import faults_of_settings

Kind = type[str] | type[int] | type[float] | type[date]
_LINE = re.compile(r"at line (\d+)")
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,18}(\.0*)?")


@dataclass
class SettingsReading:
    """The settings, or None where anything is wrong with them."""

    settings: Settings | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """What a file or sheet says: nested values, and the row of every dotted key."""

    file: str
    values: Mapping[str, Any]
    rows: Mapping[str, int]


def kinds(model: type[BaseModel] = Settings, inside: str = "") -> dict[str, Kind]:
    """Every key of the settings, dotted, with the type of its value."""
    found: dict[str, Kind] = {}
    for name, info in model.model_fields.items():
        key = inside + (info.alias or name)
        kind = _plain_type(info.annotation)
        if issubclass(kind, BaseModel):
            found |= kinds(kind, key + ".")
        else:
            found[key] = kind
    return found


def _plain_type(annotation: Any) -> Any:
    """``int`` of ``int | None``; ``str`` of a list of words."""
    if get_origin(annotation) is UnionType or type(None) in get_args(annotation):
        return _plain_type(next(a for a in get_args(annotation) if a is not type(None)))
    if annotation in (str, int, float, date):
        return annotation
    if isinstance(annotation, type):
        return annotation
    return _plain_type(get_args(annotation)[0]) if hasattr(annotation, "__metadata__") else str


# -- reading --------------------------------------------------------------------------------------------------


def read_toml(data: bytes, screen: Screen, file: str = "settings.toml") -> SettingsReading:
    """The settings of a TOML file."""
    text, faults = decode(data, file)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return SettingsReading(faults=[*faults, _syntax_fault(file, text, error)])
    reading = _checked(Given(file, values, _rows_of_keys(text)), screen)
    return SettingsReading(None if faults else reading.settings, [*faults, *reading.faults])


def _syntax_fault(file: str, text: str, error: tomllib.TOMLDecodeError) -> Fault:
    found = _LINE.search(str(error))
    row = int(found[1]) if found else len(text.splitlines())
    twice = "overwrite" in str(error) or "twice" in str(error)
    says = "this key or section is given twice" if twice else "this line cannot be read as TOML"
    do = "Write key = value, with text in quotation marks and days as 2027-02-19. Sections are [policy] and so on."
    return Fault(file=file, row=row, says=says, do="Remove one of the two." if twice else do)


def _rows_of_keys(text: str) -> dict[str, int]:
    """The line of every key that stands at the start of one. Keys in braces have their line's number."""
    rows: dict[str, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        section = re.match(r"\s*\[\s*([\w.\s-]+?)\s*\]", line)
        key = re.match(r"\s*([\w.-]+)\s*=", line)
        if section:
            inside = section[1].replace(" ", "") + "."
            rows[inside.rstrip(".")] = number
        elif key:
            rows[inside + key[1]] = number
    return rows


def read_sheet(grid: Grid, screen: Screen) -> SettingsReading:
    """The settings of a sheet with the columns key and value; keys are dotted, such as policy.break_minutes."""
    names = tuple(cell.strip() for cell in grid.rows[0]) if grid.rows else ()
    missing = [name for name in ("key", "value") if name not in names]
    if missing:
        do = "Write key and value in row 1, and a key such as policy.break_minutes and its value in each row below."
        faults = [Fault(file=grid.file, row=1, column=m, says="the column is missing", do=do) for m in missing]
        return SettingsReading(faults=faults)
    reading = _read_pairs(grid, names.index("key"), names.index("value"), screen)
    for name in sorted({name for name in names if name} - {"key", "value"}):
        fault = Fault(file=grid.file, row=1, column=name, says="there is no such column in this table", do="Remove it.")
        reading = SettingsReading(None, [fault, *reading.faults])
    return reading


def _read_pairs(grid: Grid, key_at: int, value_at: int, screen: Screen) -> SettingsReading:
    known = kinds()
    values: dict[str, Any] = {}
    rows: dict[str, int] = {}
    faults: list[Fault] = []
    for number, cells in grid.numbered():
        key, text = cells[key_at], cells[value_at]
        if key in rows:
            says, do = f"row {rows[key]} has the same key", "Remove one of the two rows."
            faults.append(Fault(file=grid.file, row=number, column=key, says=says, do=do))
            continue
        rows[key] = number
        if text:
            _put(values, key, _from_text(text, known.get(key, str)))
    reading = _checked(Given(grid.file, values, rows), screen)
    return SettingsReading(None if faults else reading.settings, [*faults, *reading.faults])


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *inside, last = key.split(".")
    for part in inside:
        deeper = values.setdefault(part, {})
        if not isinstance(deeper, dict):
            return
        values = deeper
    values[last] = value


def _from_text(text: str, kind: Kind) -> object:
    if kind in (int, float):
        if _WHOLE_NUMBER.fullmatch(text):
            return int(float(text)) if "." in text else int(text)
        try:
            return float(text)
        except ValueError:
            return text
    return text


# -- checking -------------------------------------------------------------------------------------------------


def _checked(given: Given, screen: Screen) -> SettingsReading:
    faults = list(_personal_values(given, screen, given.values))
    personal = {fault.column for fault in faults}
    settings: Settings | None = None
    try:
        settings = Settings.model_validate(_with_dates(given.values), strict=True)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            fault = _fault(given, ".".join(map(str, error["loc"])), error["type"], error["input"], explain(error))
            if fault.column not in personal:
                faults.append(fault)
    else:
        faults += [
            fault.model_copy(update={"row": given.rows.get(fault.column or "")})
            for fault in faults_of_settings(settings, given.file)
        ]
    return SettingsReading(None if faults else settings, faults)


def _with_dates(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with a day written as text taken for the day, and 30.0 for the whole number 30."""
    known = kinds()

    def plain(key: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: plain(f"{key}.{name}", item) for name, item in value.items()}
        if isinstance(value, datetime):
            return value.isoformat()
        if known.get(key) is date and isinstance(value, str):
            day = read_day(value)
            return value if isinstance(day, Unreadable) else day
        whole = known.get(key) is int and isinstance(value, float) and value.is_integer()
        return int(value) if whole else value

    return {name: plain(name, value) for name, value in values.items()}


def _fault(given: Given, key: str, kind: str, value: object, wrong: Unreadable) -> Fault:
    says, do = wrong.says, wrong.do
    inside, _, name = key.rpartition(".")
    if kind == "extra_forbidden":
        says, do = _unknown_key(inside, name)
        value = None
    elif kind == "missing":
        says, do, value = "this setting is missing", f"Add it, for example {_example(key)}", None
    shown = value.isoformat() if isinstance(value, date) else value
    simple = isinstance(shown, str | int | float)
    text = json.dumps(shown) if isinstance(shown, bool) else str(shown)
    return Fault(file=given.file, row=_row(given, key), column=key, value=text if simple else None, says=says, do=do)


def _row(given: Given, key: str) -> int | None:
    """The line of the key, or of what it stands in."""
    while key and key not in given.rows:
        key = key.rpartition(".")[0]
    return given.rows.get(key)


def _unknown_key(inside: str, name: str) -> tuple[str, str]:
    if column_identifies(name, "settings") and name != "name":
        return "no such setting may be held: it would identify a person or hold a record about one", "Remove it."
    known = sorted({key.removeprefix(inside + ".").split(".")[0] for key in kinds() if key.startswith(inside)})
    place = f"in [{inside}]" if inside else "at the top"
    return f"there is no such setting {place}", f"Remove it. Known are {', '.join(known)}."


def _example(key: str) -> str:
    examples = {
        "name": 'name = "Islington pilot"',
        "month": 'month = "2027-03"',
        "nation": 'nation = "england"',
        "as_of": "as_of = 2027-02-19",
    }
    return examples.get(key, f"{key} = 0")


def _personal_values(given: Given, screen: Screen, values: Mapping[str, Any], inside: str = "") -> Iterator[Fault]:
    for name, value in values.items():
        key = inside + name
        if isinstance(value, Mapping):
            yield from _personal_values(given, screen, value, key + ".")
        else:
            text = value if isinstance(value, str) else ""
            kind = screen.identifies(text, "settings") or screen.identifies(name, "settings")
            if kind is not None:
                yield personal_fault(given.file, _row(given, key), key, kind)


# -- writing --------------------------------------------------------------------------------------------------


def pairs(settings: Settings) -> list[tuple[str, Any]]:
    """Every setting that has a value, with its dotted key, in the contract's order."""
    values = settings.written()
    return [(key, value) for key in kinds() if (value := _get(values, key)) is not None]


def _get(values: Mapping[str, Any], key: str) -> Any:
    for part in key.split("."):
        values = values.get(part, {})
    return values or None if isinstance(values, dict) else values


def to_toml(settings: Settings) -> str:
    """The text of settings.toml: also what has its usual value, but for prices of additions."""
    lines: list[str] = []
    for key, value in settings.written().items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{name} = {_toml(item)}" for name, item in value.items() if item is not None)]
        else:
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(item)}" for name, item in value.items()) + " }"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
