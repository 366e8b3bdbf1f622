"""What differs between two rosters as a person reads it: for whom it is worse first, then coaches, rooms and costs."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.table import Table

from roster.calendar import friendly_time, long_month
from roster.changes import Changes, CoachChange, CostChange, Effect, PersonChange, RoomChange, Slot
from roster.changes.words import differences
from roster.show.layout import plain, spaced, table, under, voluntary
from roster.show.words import short_duration

_EFFECTS: dict[Effect, str] = {
    "worse": "For whom it is worse",
    "neutral": "Neither better nor worse, or both",
    "better": "For whom it is better",
}
_NO_DATA = "Days and places are not known without the data: --folder names their folder."
_NOT_ALL_KNOWN = "Some sessions are not in the data: their days and places are not known."

Row = TypeVar("Row")


def diff_text(changes: Changes, most: int, *, has_data: bool) -> RenderableType:
    """The totals in a line, then tables with ``most`` rows each, and at most so many lines in a cell."""
    lines = [plain(changes.says)]
    if not changes.days_known:
        lines.append(plain(_NOT_ALL_KNOWN if has_data else _NO_DATA))
    parts: list[RenderableType] = [under(f"{changes.instance}, {long_month(changes.month)}: what changes", lines)]
    for effect, heading in _EFFECTS.items():
        parts += _people(heading, [change for change in changes.people if change.effect == effect], most)
    columns = ("Coach", "What changes", *(["On the road"] if has_data else []))
    parts += _rows("Coaches", columns, changes.coaches, _coach_cells, most)
    if has_data:
        parts += _rows("Rooms", ("Room", "What changes"), changes.rooms, _room_cells, most)
    return spaced([*parts, _costs(changes), voluntary()])


# -- people ---------------------------------------------------------------------------------------------------


def _people(heading: str, people: Sequence[PersonChange], most: int) -> list[RenderableType]:
    return _rows(heading, ("Who", "Was", "Now", "What changes"), people, _person_cells, most)


def _person_cells(change: PersonChange, _: int) -> tuple[str, ...]:
    about = [change.practice_id] if change.practice_id else []
    about += [f"band {change.band}"] if change.band else []
    who = "\n".join([change.referral_id, *about])
    with_room = "room" in change.what
    slots = (_appointment(slot, with_room) for slot in (change.was, change.now))
    return who, *slots, "\n".join(differences(change.what, change.days))


def _appointment(slot: Slot | None, with_room: bool) -> str:
    if slot is None:
        return "no appointment"
    lines = [f"{_day(slot)}, {friendly_time(slot.start)}", slot.site, f"room {slot.room_id}" if with_room else None]
    return "\n".join(line for line in (*lines, slot.coach_id) if line)


# -- coaches and rooms ----------------------------------------------------------------------------------------


def _coach_cells(change: CoachChange, most: int) -> tuple[str, ...]:
    lines = [f"no longer: {_visit(slot)}" for slot in change.lost] + [f"new: {_visit(slot)}" for slot in change.gained]
    return change.coach_id, _few(lines, most) or "the same visits", _road(change)


def _road(change: CoachChange) -> str:
    if change.road_was is None or change.road_now is None:
        return "not known"
    now, was = short_duration(change.road_now), short_duration(change.road_was)
    return f"{now}, as before" if now == was else f"{now}, was {was}"


def _visit(slot: Slot) -> str:
    return f"{_times(slot)}, {slot.site}" if slot.site else _times(slot)


def _room_cells(change: RoomChange, most: int) -> tuple[str, ...]:
    lines = [f"no longer used: {_times(slot)}, {slot.coach_id}" for slot in change.lost]
    lines += [f"now used: {_times(slot)}, {slot.coach_id}" for slot in change.gained]
    lines += [f"{_times(h.now)}: {h.now.coach_id} instead of {h.was.coach_id}" for h in change.other_coach]
    return f"{change.room_id or 'not known'}\n{change.site or ''}".rstrip(), _few(lines, most)


def _few(lines: Sequence[str], most: int) -> str:
    if len(lines) > most + 1:
        lines = [*lines[:most], f"and {len(lines) - most:,} more"]
    return "\n".join(lines)


def _times(slot: Slot) -> str:
    return f"{_day(slot)}, {friendly_time(slot.start)} to {friendly_time(slot.end)}"


def _day(slot: Slot) -> str:
    return f"{slot.date:%a} {slot.date.day} {slot.date:%B}" if slot.date else f"session {slot.session_id}"


# -- costs and tables -----------------------------------------------------------------------------------------


def _costs(changes: Changes) -> Table:
    numbers = ("Was", "Now", "Difference")
    made = table("Costs, in minutes of coach time", ("Price", *numbers), right=numbers)
    for cost in changes.costs:
        made.add_row(cost.name, *_cost_cells(cost))
    made.add_section()
    made.add_row("Total", *_cost_cells(changes.objective))
    return made


def _cost_cells(cost: CostChange) -> tuple[str, ...]:
    shown = ("-" if number is None else f"{number:,}" for number in (cost.was, cost.now))
    return *shown, f"{cost.difference:+,}" if cost.difference else "same" if cost.difference == 0 else "-"


def _rows(
    heading: str,
    columns: Sequence[str],
    found: Sequence[Row],
    cells: Callable[[Row, int], Sequence[str]],
    most: int,
) -> list[RenderableType]:
    """A table of the first rows, and how many more there are; nothing where there are none."""
    if not found:
        return []
    made = table(f"{heading} ({len(found):,})", columns)
    first = found if len(found) <= most + 1 else found[:most]
    for row in first:
        made.add_row(*map(plain, cells(row, most)[: len(columns)]))
    if len(first) == len(found):
        return [made]
    return [Group(made, plain(f"and {len(found) - len(first):,} more: --most {len(found)} shows them all"))]
