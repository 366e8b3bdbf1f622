"""The roster itself: every visit with its appointments, by day, by coach or by site."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table

from roster.agenda import By, Section, Stop, sections_of
from roster.calendar import friendly_time, long_day
from roster.domain import Roster
from roster.instance import Instance
from roster.show.layout import plain, spaced, table, voluntary
from roster.show.summary import breaks, title, unseen
from roster.wording import how_many, site_name


def visits(instance: Instance, roster: Roster, by: By, accepted: bool = True) -> RenderableType:
    """The whole roster: what it is, every visit, who is not seen and why."""
    parts = [title(instance, roster, None if accepted else _NOT_ACCEPTED)]
    if roster.breaks:
        parts.append(breaks(roster.breaks))
    sections = sections_of(instance, roster, by)
    parts.append(_Sections(instance, sections, by) if sections else plain("There are no visits."))
    if roster.unseen:
        parts.append(unseen(roster.unseen))
    return spaced([*parts, voluntary()])


_NOT_ACCEPTED = "The checker does not accept this roster: something in it is wrong. Use roster check to see what."
_COLUMNS: Mapping[By, tuple[str, ...]] = {
    "day": ("Time", "Coach", "Place", "People"),
    "coach": ("Day", "Time", "Place", "People"),
    "site": ("Day", "Time", "Coach", "Room", "People"),
}
_MAY_WRAP = frozenset({"Place", "Room"})
_BETWEEN_COLUMNS = 3


@dataclass(frozen=True)
class _Sections:
    """One table for each section; the columns of all tables stand below one another, whatever the width."""

    instance: Instance
    sections: Sequence[Section]
    by: By

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = _COLUMNS[self.by]
        stops = [stop for section in self.sections for stop in section.stops]
        widths = {name: max(_width(stop, name) for stop in stops) for name in names}
        others = sum(width + _BETWEEN_COLUMNS for name, width in widths.items() if name not in _MAY_WRAP)
        for name in _MAY_WRAP & widths.keys():
            widths[name] = max(min(widths[name], options.max_width - others), len(name))
        yield spaced(self._table(section, widths) for section in self.sections)

    def _table(self, section: Section, widths: Mapping[str, int]) -> Table:
        made = table(_heading(self.instance, section, self.by), tuple(widths))
        for column, (name, width) in zip(made.columns, widths.items(), strict=True):
            column.width, column.no_wrap = width, name not in _MAY_WRAP
        for stop in section.stops:
            made.add_row(*(plain(_CELLS[name](stop)) for name in widths))
        return made


def _width(stop: Stop, name: str) -> int:
    return max(cell_len(line) for line in (name, *_CELLS[name](stop).split("\n")))


def _heading(instance: Instance, section: Section, by: By) -> str:
    people = sum(len(stop.appointments) for stop in section.stops)
    work = f"{how_many(len(section.stops), 'visit')}, {how_many(people, 'appointment')}"
    return f"{_name(instance, section, by)}: {work}"


def _name(instance: Instance, section: Section, by: By) -> str:
    if by == "day":
        return long_day(date.fromisoformat(section.key))
    return site_name(instance, section.key) if by == "site" else section.key


def short_day(day: date) -> str:
    """``Tue  2 March``: days below one another line up."""
    return f"{day:%a} {day.day:2} {day:%B}"


def _time(stop: Stop) -> str:
    return f"{friendly_time(stop.start)} to {friendly_time(stop.end)}"


def _place(stop: Stop) -> str:
    return f"{stop.site}\nroom {_room(stop)}"


def _room(stop: Stop) -> str:
    if not stop.booking_ids:
        return stop.room_id
    return f"{stop.room_id}\ninterpreter: {', '.join(stop.interpreters)} ({', '.join(stop.booking_ids)})"


def _people(stop: Stop) -> str:
    seen: Sequence[str] = [f"{friendly_time(a.start):>7}  {a.referral_id}" for a in stop.appointments]
    return "\n".join(seen) or "nobody"


_CELLS: Mapping[str, Callable[[Stop], str]] = {
    "Day": lambda stop: short_day(stop.date),
    "Time": _time,
    "Coach": lambda stop: stop.coach_id,
    "Place": _place,
    "Room": _room,
    "People": _people,
}
