"""What may stand in SCENARIOS.toml: its keys and their kinds, and what is said where something else stands there."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from roster.domain import Clock, Record, Weekday, WholeNumber
from roster.fault import Fault, listed
from roster.privacy import Screen

MOST_MORE = 50
"""How many more coaches, or rooms, an axis may go up to."""
EXAMPLE = '[[scenario]] with name = "..." and edits = [{ op = "..." }], or [[grid]]'

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
"""A list of texts; one text is a list of one."""
More = Annotated[int, Field(ge=0, le=MOST_MORE)]
GivenEdits = tuple[dict[str, Any], ...]


class CoachesForm(Record):
    """An axis of further coaches, each like one that is there."""

    like: str
    from_: WholeNumber = Field(default=0, alias="from")
    to: More


class RoomsForm(Record):
    """An axis of further rooms: each like one that is there, or at these sites with sessions on these weekdays."""

    like: Texts = ()
    sites: Texts = ()
    weekdays: tuple[Weekday, ...] = ()
    start: Clock | None = None
    end: Clock | None = None
    features: Texts = ()
    from_: WholeNumber = Field(default=0, alias="from")
    to: More


class StepForm(Record):
    """One step of an axis."""

    label: str
    edits: GivenEdits = ()


class AxisForm(Record):
    """An axis written out."""

    name: str
    steps: Annotated[tuple[StepForm, ...], Field(min_length=1)]


class GridForm(Record):
    """Axes, of which every combination is a scenario; ``name`` is put before their names."""

    name: str = ""
    coaches: CoachesForm | None = None
    rooms: RoomsForm | None = None
    axis: tuple[AxisForm, ...] = ()


class ScenarioForm(Record):
    """One scenario."""

    name: str
    edits: GivenEdits


class FileForm(Record):
    """The whole file."""

    scenario: tuple[ScenarioForm, ...] = ()
    grid: tuple[GridForm, ...] = ()


_KEYS: Mapping[str, Sequence[str]] = {
    "": ("scenario", "grid"),
    "scenario": ("name", "edits"),
    "grid": ("name", "coaches", "rooms", "axis"),
    "coaches": ("like", "from", "to"),
    "rooms": ("like", "sites", "weekdays", "start", "end", "features", "from", "to"),
    "axis": ("name", "steps"),
    "steps": ("label", "edits"),
}
_MUST_BE: Mapping[str, tuple[str, str]] = {
    "scenario": ("this must be a list of scenarios", "Write each under [[scenario]]."),
    "grid": ("this must be a list of grids", "Write each under [[grid]]."),
    "name": ("this must be a text", 'Write name = "..."'),
    "label": ("this must be a text", 'Write label = "..."'),
    "edits": ("this must be a list of edits", 'Write edits = [{ op = "remove_session", session_id = "S1" }]'),
    "coaches": ("this must be an axis of coaches", 'Write coaches = { like = "C01", to = 2 }'),
    "rooms": ("this must be an axis of rooms", 'Write rooms = { like = "R01", to = 2 }'),
    "axis": ("this must be a list of axes", "Write each under [[grid.axis]]."),
    "steps": ("this must be a list of steps", 'Write steps = [{ label = "...", edits = [...] }]'),
    "like": ("this must be an id, or for rooms ids", 'Write like = "C01", or for rooms like = ["R01", "R02"]'),
    "sites": ("this must be a list of ids of sites", 'Write sites = ["..."]'),
    "features": ("this must be a list of words", 'Write features = ["step_free"]'),
    "weekdays": ("this must be a list of weekdays", 'Write weekdays = ["mon", "tue"]'),
    "start": ("this must be a time", 'Write start = "08:30"'),
    "end": ("this must be a time", 'Write end = "12:40"'),
    "from": ("this must be a whole number from 0", "Write from = 0"),
    "to": (f"this must be a whole number from 0 to {MOST_MORE}", "Write to = 3"),
}


def read_form(given: Mapping[str, object], file: str) -> tuple[FileForm | None, list[Fault]]:
    """The file as it stands, or every fault in its form."""
    try:
        return FileForm.model_validate(given), []
    except ValidationError as errors:
        faults = [_fault(error, file) for error in errors.errors(include_url=False)]
        return None, list({str(fault): fault for fault in faults}.values())


def place_of(loc: Sequence[int | str]) -> str:
    """``scenario 2, edits 1`` of where pydantic found something."""
    words: list[str] = []
    for part in loc:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words)


def _fault(error: ErrorDetails, file: str) -> Fault:
    names = [part for part in error["loc"] if isinstance(part, str)]
    key, owner = names[-1], names[-2] if len(names) > 1 else ""
    place = place_of(error["loc"])
    if error["type"] == "extra_forbidden":
        where = place_of(error["loc"][:-1])
        do = f"The keys here are {listed(_KEYS.get(owner, _KEYS['']), 'and')}."
        return Fault(file=file, column=where or None, value=shown(key), says="there is no such key", do=do)
    says, do = _MUST_BE[key]
    if error["type"] == "missing":
        return Fault(file=file, column=place, says="this is missing", do=do)
    return Fault(file=file, column=place, value=shown(error["input"]), says=says, do=do)


def shown(value: object) -> str | None:
    """The value as an error may repeat it; None where it is long, not one value, or may identify a person."""
    if not isinstance(value, str | int | float | date | time):
        return None
    text = str(value)
    return text if len(text) <= 60 and Screen().identifies(text, "referrals") is None else None
