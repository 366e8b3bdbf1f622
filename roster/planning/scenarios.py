"""Reading SCENARIOS.toml: named lists of edits, and grids of them. Every fault is told with its place in the file.

``[[scenario]]`` is a name and edits. ``[[grid]]`` has axes, each a list of steps; every combination of steps is a
scenario, but for one that changes nothing: that is the base, which is always there.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import product
from math import prod

from roster.edits import Edit, EditError, apply_edits, parse_edits
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.planning.forms import EXAMPLE, AxisForm, FileForm, GivenEdits, GridForm, read_form, shown
from roster.planning.more import Steps, WrongAxis, coach_steps, room_steps
from roster.planning.record import Point
from roster.privacy import Screen
from roster.wording import how_many

BASE = "base"
"""The name of the data as they are."""
MOST = 500
"""Scenarios in one file."""
LONGEST_NAME = 80
_NOT_IN_NAMES = '/\\:*?"<>|'


@dataclass(frozen=True)
class Scenario:
    """The data after some edits, under a name that its results have; ``point``: where it stands in a grid."""

    name: str
    edits: tuple[Edit, ...]
    instance: Instance
    point: Point | None = None

    def made(self) -> Instance:
        """The data after the edits."""
        return self.instance


@dataclass(frozen=True)
class _Named:
    """A scenario that is not made yet, and where in the file it stands."""

    place: str
    name: str
    edits: tuple[Edit, ...]
    point: Point | None = None


def read_scenarios(text: str, file: str, base: Instance) -> tuple[Scenario, ...]:
    """The scenarios of a TOML text, each made of ``base``. Raises InvalidInput with every fault found."""
    try:
        given = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = str(error).rpartition("(at ")[2].rstrip(")") if "(at " in str(error) else None
        says = "this cannot be read as TOML"
        raise InvalidInput([Fault(file=file, column=where, says=says, do=f"Write {EXAMPLE}.")]) from None
    form, faults = read_form(given, file)
    if form is None:
        raise InvalidInput(faults)
    reader = _Reader(base, file)
    found = reader.read(form)
    if reader.faults:
        raise InvalidInput(reader.faults)
    return found


class _Reader:
    """Makes the scenarios of one file; ``faults`` has what is wrong."""

    def __init__(self, base: Instance, file: str) -> None:
        self._base, self._file = base, file
        self.faults: list[Fault] = []

    def read(self, form: FileForm) -> tuple[Scenario, ...]:
        """The scenarios in the order of the file; what is wrong is left out and in ``faults``."""
        grids = [point for number, grid in enumerate(form.grid, 1) for point in self._grid(number, grid)]
        named = [*self._scenarios(form), *grids]
        if not named and not self.faults:
            self._wrong("", None, "there is no scenario in this file", f"Write {EXAMPLE}.")
        if len(named) > MOST:
            says = f"there are {how_many(len(named), 'scenario')}, and there may be {MOST}"
            self._wrong("", None, says, "Make the grid smaller, or write two files.")
            return ()
        self._check_names(named)
        return () if self.faults else tuple(self._made(named))

    def _wrong(self, place: str, value: str | None, says: str, do: str) -> None:
        self.faults.append(Fault(file=self._file, column=place or None, value=value, says=says, do=do))

    # -- scenarios and grids ------------------------------------------------------------------------------

    def _scenarios(self, form: FileForm) -> Iterator[_Named]:
        for number, one in enumerate(form.scenario, 1):
            place = f"scenario {number}"
            yield _Named(place, one.name, self._edits(place, one.edits))

    def _grid(self, number: int, grid: GridForm) -> Iterator[_Named]:
        place = f"grid {number}"
        axes = self._axes(place, grid)
        if not (grid.coaches or grid.rooms or grid.axis):
            self._wrong(place, None, "this grid has no axis", "Write coaches, rooms or [[grid.axis]].")
        points = prod(map(len, axes))
        if points > MOST + 1:
            says = f"this grid has {points:,} points, and there may be {MOST}"
            self._wrong(place, None, says, "Make it smaller, or write two files.")
            return
        for steps in product(*axes):
            edits = tuple(edit for _, of_step in steps for edit in of_step)
            label = ", ".join(words for words, _ in steps if words)
            if edits and label:
                point = Point(grid=number, steps=tuple(words for words, _ in steps))
                yield _Named(place, f"{grid.name}, {label}" if grid.name else label, edits, point)

    def _axes(self, place: str, grid: GridForm) -> list[Steps]:
        axes: list[Steps] = []
        for key in ("coaches", "rooms"):
            form = getattr(grid, key)
            try:
                if form is not None:
                    axes.append(coach_steps(self._base, form) if key == "coaches" else room_steps(self._base, form))
            except WrongAxis as wrong:
                self._wrong(f"{place}, {key}, {wrong.key}", shown(wrong.value), wrong.says, wrong.do)
        axes.extend(self._axis(f"{place}, axis {n}", axis) for n, axis in enumerate(grid.axis, 1))
        return axes

    def _axis(self, place: str, axis: AxisForm) -> Steps:
        labels = Counter(step.label for step in axis.steps)
        twice = [label for label, times in labels.items() if times > 1]
        if twice:
            self._wrong(place, shown(twice[0]), "two steps have this label", "Give each step a label of its own.")
        found: Steps = []
        for number, step in enumerate(axis.steps, 1):
            edits = self._edits(f"{place}, steps {number}", step.edits)
            found.append((f"{axis.name} {step.label}" if edits else "", edits))
        return found

    def _edits(self, place: str, given: GivenEdits) -> tuple[Edit, ...]:
        try:
            return parse_edits(json.dumps(given, default=_as_text))
        except EditError as error:
            self._wrong_edit(place, error)
            return ()

    def _wrong_edit(self, place: str, error: EditError) -> None:
        op = f" ({error.op})" if error.op else ""
        which = f", edit {error.edit_number}{op}" if error.edit_number else ""
        self._wrong(place + which, None, error.says, error.do)

    # -- names --------------------------------------------------------------------------------------------

    def _check_names(self, named: Sequence[_Named]) -> None:
        seen: set[str] = set()
        for one in named:
            says, do = _name_is_wrong(one.name) or ("", "")
            if not says and one.name.casefold() in seen:
                says, do = "two scenarios have this name", "Give each a name of its own; a grid can have a name too."
            if says:
                self._wrong(f"{one.place}, name", shown(one.name), says, do)
            seen.add(one.name.casefold())

    def _made(self, named: Sequence[_Named]) -> Iterator[Scenario]:
        for one in named:
            try:
                yield Scenario(one.name, one.edits, apply_edits(self._base, one.edits), one.point)
            except EditError as error:
                self._wrong_edit(f"{one.place} ({one.name})", error)


def _name_is_wrong(name: str) -> tuple[str, str] | None:
    """What is wrong with a name that results cannot have, and what to do."""
    if Screen().identifies(name, "referrals") is not None:
        return "this may identify a person, which is never held", "Give it another name."
    if not name.strip() or name != name.strip() or name[0] == "." or name[-1] == ".":
        return "a name begins and ends with a letter or a sign other than a dot", "Give it another name."
    if len(name) > LONGEST_NAME:
        return f"this is longer than {LONGEST_NAME} characters", "Give it a shorter name."
    if not name.isprintable() or set(name) & set(_NOT_IN_NAMES):
        return f"a folder cannot have this name: it may hold none of {' '.join(_NOT_IN_NAMES)}", "Leave them out."
    if name.casefold() == BASE:
        return "this is the name of the data as they are", "Give it another name."
    return None


def _as_text(value: object) -> str:
    """A day or a time of TOML as edits have it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
