"""Offering a room: the form, and the sessions that it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from roster.calendar import friendly_time, long_date, long_day
from roster.domain import clock
from roster.edits import AddRoom, AddSession, Edit
from roster.instance import Instance
from roster.web.fields import DayField
from roster.wording import how_many

HALF_DAYS = {"am": (510, 760), "pm": (810, 1060)}
"""The half-days of the NHS convention, in minutes since midnight."""
NEW_ROOM = "(another room)"


@dataclass(frozen=True)
class Wanted:
    """A room (None: one that is not known yet), the days, and the half-day in minutes since midnight."""

    room_id: str | None
    days: tuple[date, ...]
    start: int
    end: int


class OfferForm(forms.Form):
    """Which room, from which day, which half of it, once or every week until when."""

    room = forms.ChoiceField(label="Which room?", error_messages={"required": "Choose a room"})
    first_day = DayField(what="the first day", label="On which day?", help_text="For example, 9 3 2027")
    half_day = forms.ChoiceField(label="Which half of the day?", error_messages={"required": "Choose a half-day"})
    repeat = forms.ChoiceField(
        label="How often?",
        choices=[("once", "Only on that day"), ("weekly", "Every week on that weekday until a date")],
        initial="once",
        error_messages={"required": "Choose how often"},
    )
    until = DayField(what="the last day", label="Until which date, if every week?", required=False)

    def __init__(self, instance: Instance, site_id: str, data: Any = None) -> None:
        super().__init__(data)
        self._instance, self._site_id = instance, site_id
        rooms = [room.room_id for room in instance.rooms if room.site_id == site_id]
        self._choices("room", [*((room, room) for room in rooms), (NEW_ROOM, "Another room")])
        self._choices("half_day", [(key, half_day_words(key)) for key in HALF_DAYS])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """The days lie in the month and are ahead; at least one of them is open and the room is free on it."""
        given = super().clean() or {}
        if self.errors:
            return given
        first, until = given["first_day"], given["until"]
        if given["repeat"] == "weekly" and until is None:
            self.add_error("until", "Enter the last day")
        elif given["repeat"] == "weekly" and until < first:
            self.add_error("until", "The last day must be the same as or after the first day")
        elif not self._instance.is_in_month(first):
            days = self._instance.days
            self.add_error("first_day", f"The day must be from {long_date(days[0])} to {long_date(days[-1])}")
        elif self._instance.is_past(first):
            self.add_error("first_day", "The day must be in the future")
        elif not self._days(given):
            self.add_error("first_day", "That is a bank holiday, or the room is offered then already")
        return given

    def wanted(self) -> Wanted:
        """What a form without errors asks for."""
        given = self.cleaned_data
        start, end = HALF_DAYS[given["half_day"]]
        room = None if given["room"] == NEW_ROOM else given["room"]
        return Wanted(room, tuple(self._days(given)), start, end)

    def says(self, edits: Sequence[Edit]) -> str:
        """What was done, in a sentence."""
        days = [edit.date for edit in edits if isinstance(edit, AddSession)]
        if len(days) == 1:
            return f"The room is offered on {long_day(days[0])}."
        return (
            f"The room is offered on {how_many(len(days), 'day')} from {long_date(days[0])} to {long_date(days[-1])}."
        )

    def _days(self, given: dict[str, Any]) -> list[date]:
        """The days on which the room can be offered: in the month, open, and not offered already."""
        first, instance = given["first_day"], self._instance
        last = min(given["until"], instance.days[-1]) if given["repeat"] == "weekly" else first
        start, end = HALF_DAYS[given["half_day"]]
        taken = {s.date for s in instance.sessions if s.room_id == given["room"] and s.start < end and start < s.end}
        days = [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]
        return [d for d in days if d not in instance.bank_holidays and d not in taken]


def sessions_offered(instance: Instance, site_id: str, wanted: Wanted) -> list[Edit]:
    """The edits that offer what is wanted; ids are made from the room, the day and the time."""
    edits: list[Edit] = []
    room_id = wanted.room_id
    if room_id is None:
        room_id = next(f"{site_id}-{n}" for n in range(1, 10_000) if f"{site_id}-{n}" not in instance.room)
        edits.append(AddRoom(room_id=room_id, site_id=site_id))
    for day in wanted.days:
        written = f"{room_id}-{day:%m%d}-{clock(wanted.start).replace(':', '')}"
        session_id = next(
            name for n in range(10_000) if (name := f"{written}-{n}" if n else written) not in instance.session
        )
        edits.append(AddSession(session_id=session_id, room_id=room_id, date=day, start=wanted.start, end=wanted.end))
    return edits


def half_day_words(key: str) -> str:
    """A half-day, as a form calls it."""
    start, end = HALF_DAYS[key]
    return f"{'Morning' if key == 'am' else 'Afternoon'}, {friendly_time(start)} to {friendly_time(end)}"
