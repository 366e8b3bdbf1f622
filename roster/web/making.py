"""Forms for making and repairing a roster, and the jobs that they ask for."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from roster.calendar import long_date
from roster.edits import AddLeave, Edit, RemoveSession, edits_to_json
from roster.instance import Instance
from roster.web.fields import DayField
from roster.wording import site_name

SECONDS = (
    ("30", "Half a minute"),
    ("60", "1 minute"),
    ("300", "5 minutes"),
    ("900", "15 minutes"),
    ("3600", "1 hour"),
)
GAPS = (
    ("0", "The best there is, as far as the time allows"),
    ("0.005", "At most 0.5% from the best possible"),
    ("0.02", "At most 2% from the best possible"),
    ("0.1", "At most 10% from the best possible"),
)


class _OnADay(forms.Form):
    """What every form here asks: for how long, and on which day the roster is made."""

    as_of = DayField(
        what="the day",
        label="On which day is the roster made?",
        help_text="What lies before this day stays as it was. People need notice from this day on.",
    )
    seconds = forms.ChoiceField(
        label="How long may it take?",
        choices=SECONDS,
        initial="60",
        error_messages={"required": "Choose how long it may take"},
    )

    def __init__(self, instance: Instance, earliest: date | None, data: Any = None) -> None:
        super().__init__(data)
        self.instance, self._earliest = instance, earliest
        self.fields["as_of"].initial = instance.settings.as_of

    def clean_as_of(self) -> date:
        """The day does not lie before one on which a roster was published, nor after the month."""
        day: date = self.cleaned_data["as_of"]
        last = self.instance.days[-1]
        if day > last:
            raise ValidationError(f"The day must be {long_date(last)} or earlier, when the month ends")
        if self._earliest is not None and day < self._earliest:
            raise ValidationError(f"The day must be {long_date(self._earliest)} or later, when a roster was published")
        return day


class MakeForm(_OnADay):
    """How long the making of a roster may take, and how good is good enough."""

    gap = forms.ChoiceField(
        label="How good is good enough?",
        choices=GAPS,
        initial="0",
        error_messages={"required": "Choose how good is good enough"},
    )

    def asked(self) -> dict[str, Any]:
        """What the job is asked."""
        given = self.cleaned_data
        return {
            "seconds": int(given["seconds"]),
            "gap": float(given["gap"]),
            "as_of": given["as_of"].isoformat(),
        }


class ChangedForm(_OnADay):
    """Nothing more has happened than what the data say already."""

    def edits(self) -> Sequence[Edit]:
        """What has happened, as edits."""
        return ()

    def asked(self) -> dict[str, Any]:
        """What the job is asked."""
        given = self.cleaned_data
        return repair_asked(self.edits(), given["as_of"], int(given["seconds"]))


class _FromUntil(ChangedForm):
    """Something that holds from a first day to a last one."""

    first_day = DayField(what="the first day", label="From which day?", help_text="For example, 9 3 2027")
    last_day = DayField(what="the last day", label="Until which day?", help_text="This day is included")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and something of it is still to come."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given["last_day"] < given["first_day"]:
            self.add_error("last_day", "The last day must be the same as or after the first day")
        elif not self._days(given):
            days = self.instance.days
            last, first = long_date(days[-1]), long_date(max(days[0], given["as_of"]))
            self.add_error("first_day", f"Some of the days must be from {first} to {last}")
        return given

    def _days(self, given: dict[str, Any]) -> frozenset[date]:
        """The days of the month that are still to come."""
        first = max(given["first_day"], given["as_of"])
        return frozenset(day for day in self.instance.days if first <= day <= given["last_day"])


class AwayForm(_FromUntil):
    """A coach is away. The reason is never held."""

    coach = forms.ChoiceField(label="Which coach?", error_messages={"required": "Choose a coach"})
    field_order = ("coach", "first_day", "last_day", "as_of", "seconds")

    def __init__(self, instance: Instance, earliest: date | None, data: Any = None) -> None:
        super().__init__(instance, earliest, data)
        _choices(self, "coach", [("", "Choose a coach"), *((c, c) for c in sorted(instance.coach))])

    def edits(self) -> Sequence[Edit]:
        """The coach's leave."""
        given = self.cleaned_data
        return (AddLeave(coach_id=given["coach"], first_day=given["first_day"], last_day=given["last_day"]),)


class RoomForm(_FromUntil):
    """A room is not there on some days: its sessions are withdrawn."""

    room = forms.ChoiceField(label="Which room?", error_messages={"required": "Choose a room"})
    field_order = ("room", "first_day", "last_day", "as_of", "seconds")

    def __init__(self, instance: Instance, earliest: date | None, data: Any = None) -> None:
        super().__init__(instance, earliest, data)
        rooms = sorted((site_name(instance, r.site_id), r.room_id) for r in instance.rooms)
        _choices(self, "room", [("", "Choose a room"), *((room, f"{site}, {room}") for site, room in rooms)])

    def clean(self) -> dict[str, Any]:
        """Some session of the room is offered on the days."""
        given = super().clean()
        if not self.errors and not self._sessions(given):
            self.add_error("room", "No session of this room is offered on these days")
        return given

    def edits(self) -> Sequence[Edit]:
        """The sessions that are withdrawn."""
        return [RemoveSession(session_id=session_id) for session_id in self._sessions(self.cleaned_data)]

    def _sessions(self, given: dict[str, Any]) -> list[str]:
        days = self._days(given)
        return [s.session_id for s in self.instance.sessions if s.room_id == given["room"] and s.date in days]


HAPPENED: dict[str, tuple[str, type[ChangedForm]]] = {
    "away": ("A coach is away", AwayForm),
    "room": ("A room is withdrawn", RoomForm),
    "changed": ("Repair the roster for what has changed already", ChangedForm),
}
"""What may have happened: the heading of its page, and its form."""


def repair_asked(edits: Sequence[Edit], as_of: date, seconds: int, most: int | None = None) -> dict[str, Any]:
    """What a repair is asked: after these edits, as of this day, with at most so many changes."""
    return {
        "edits": json.loads(edits_to_json(edits)),
        "as_of": as_of.isoformat(),
        "seconds": seconds,
        "most": most,
    }


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
