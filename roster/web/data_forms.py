"""The forms of the data of a month: coaches, sites, rooms, interpreter bookings, pins, policy and prices."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from roster.calendar import friendly_time, long_day
from roster.domain import Record, clock
from roster.edits import Edit, SetPolicy, SetPrice, parse_edits
from roster.files.cells import number_text
from roster.files.template import ABOUT_SETTINGS, default_of
from roster.instance import Instance
from roster.web.clock_field import ClockField
from roster.web.edit_form import EditForm, RowForm, WordsField, WrittenField
from roster.web.fields import DayField
from roster.web.labels import DAY_NAMES, LABELS

NOT_ONE = "Choose one of these"


def _written(table: str, column: str, *, required: bool, words: bool = False) -> WrittenField:
    label = LABELS[table, column]
    made = WordsField() if words else WrittenField()
    made.label, made.help_text, made.required = label.name, label.help, required
    made.error_messages["required"] = f"Enter {label.name[0].lower()}{label.name[1:]}"
    return made


def _edit(op: str, **given: Any) -> Sequence[Edit]:
    """The edit of these values, read as from JSON. Raises EditError where one does not fit."""
    written = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
    return parse_edits(json.dumps([{"op": op, **written}]))


def _at(given: dict[str, Any]) -> dict[str, Any]:
    """The values with start and end as they are written."""
    return given | {name: clock(given[name]) for name in ("start", "end")}


def choices(form: forms.Form, name: str, given: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = given
    field.error_messages["invalid_choice"] = NOT_ONE


# -- coaches --------------------------------------------------------------------------------------------------


class CoachForm(RowForm):
    """A coach's base, skills and limits."""

    table: ClassVar[str] = "coaches"
    columns = (
        "max_sessions_day",
        "max_sessions_week",
        "max_sessions_month",
        "max_travel_minutes_day",
        "skills",
        "base_lat",
        "base_lon",
    )

    def row(self) -> Record:
        """The coach."""
        assert self.thing is not None
        return self.instance.coach[self.thing[1]]


class HoursForm(EditForm):
    """One more stretch of a coach's week."""

    table: ClassVar[str] = "hours"
    weekday = forms.ChoiceField(
        label="Day of the week",
        choices=list(DAY_NAMES.items()),
        error_messages={"required": "Choose a day", "invalid_choice": NOT_ONE},
    )
    start = ClockField(what="when it starts", label="Starts at")
    end = ClockField(what="when it ends", label="Ends at")

    def edits(self) -> Sequence[Edit]:
        """The hours added."""
        assert self.thing is not None
        return _edit("add_hours", coach_id=self.thing[1], **_at(self.cleaned_data))


class LeaveForm(EditForm):
    """Days on which a coach is away. Why is never asked."""

    table: ClassVar[str] = "leave"
    first_day = DayField(what="the first day", label="First day away", help_text="For example, 9 3 2027")
    last_day = DayField(what="the last day", label="Last day away", help_text="The same as the first for one day")

    def edits(self) -> Sequence[Edit]:
        """The leave added."""
        assert self.thing is not None
        return _edit("add_leave", coach_id=self.thing[1], **self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean()
        if not self.errors and given["last_day"] < given["first_day"]:
            self.add_error("last_day", "The last day must be the same as or after the first day")
        return given


class NewCoachForm(EditForm):
    """A coach like another."""

    table: ClassVar[str] = "coaches"
    coach_id = _written("coaches", "coach_id", required=True)
    like = forms.ChoiceField(
        label="Which coach is the new one like?",
        help_text="Base, hours, skills and limits are copied; change them afterwards. Leave and pins are not copied.",
        error_messages={"required": "Choose a coach"},
    )

    def prepare(self) -> None:
        """Every coach can be copied."""
        choices(self, "like", [(c.coach_id, c.coach_id) for c in self.instance.coaches])

    def edits(self) -> Sequence[Edit]:
        """The coach added."""
        return _edit("add_coach", **self.cleaned_data)


# -- sites and rooms ------------------------------------------------------------------------------------------


class SiteForm(RowForm):
    """How many sessions a site has at least and at most, what it has, and what it costs."""

    table: ClassVar[str] = "sites"
    columns = ("min_sessions", "max_sessions", "features", "hire_pounds")

    def row(self) -> Record:
        """The site."""
        assert self.thing is not None
        return self.instance.site[self.thing[1]]


class RoomForm(RowForm):
    """What a room has of its own."""

    table: ClassVar[str] = "rooms"
    columns = ("features",)

    def row(self) -> Record:
        """The room."""
        assert self.thing is not None
        return self.instance.room[self.thing[1]]


class NewRoomForm(EditForm):
    """One more room at a site."""

    table: ClassVar[str] = "rooms"
    room_id = _written("rooms", "room_id", required=True)
    features = _written("rooms", "features", required=False, words=True)

    def edits(self) -> Sequence[Edit]:
        """The room added."""
        assert self.thing is not None
        return _edit("add_room", site_id=self.thing[1], **self.cleaned_data)


# -- interpreters and pins ------------------------------------------------------------------------------------


class BookingForm(EditForm):
    """An interpreter who can be booked for a stretch of a day."""

    table: ClassVar[str] = "interpreters"
    booking_id = _written("interpreters", "booking_id", required=True)
    skill = _written("interpreters", "skill", required=True)
    date = DayField(what="the day", label="Day", help_text="For example, 9 3 2027")
    start = ClockField(what="when it starts", label="Starts at")
    end = ClockField(what="when it ends", label="Ends at")
    fee_pounds = _written("interpreters", "fee_pounds", required=False)

    def prepare(self) -> None:
        """The fee is in pounds."""
        self.units["fee_pounds"] = "pounds"

    def clean_fee_pounds(self) -> float:
        """Pounds and pence."""
        return pounds_of(self.cleaned_data["fee_pounds"])

    def edits(self) -> Sequence[Edit]:
        """The booking added."""
        return _edit("add_booking", **_at(self.cleaned_data))


def pounds_of(text: str) -> float:
    """A sum of money that was typed; nothing is 0. Raises ValidationError."""
    try:
        found = float(text.removeprefix("£").replace(",", "") or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1_000_000:
        raise forms.ValidationError("The sum must be pounds and pence, for example 85 or 85.50")
    return found


class PinForm(EditForm):
    """A visit that has to be in the roster."""

    table: ClassVar[str] = "pins"
    coach_id = forms.ChoiceField(label="Coach", error_messages={"required": "Choose a coach"})
    session_id = forms.ChoiceField(label="Session", error_messages={"required": "Choose a session"})

    def prepare(self) -> None:
        """Every coach, and every session that is ahead."""
        choices(self, "coach_id", [(c.coach_id, c.coach_id) for c in self.instance.coaches])
        choices(self, "session_id", sessions_ahead(self.instance))

    def edits(self) -> Sequence[Edit]:
        """The pin added."""
        return _edit("add_pin", **self.cleaned_data)


def sessions_ahead(instance: Instance) -> list[tuple[str, str]]:
    """Every session of the month that is not past: its id, and when and where it is."""
    ahead = [s for s in instance.sessions if instance.is_in_month(s.date) and not instance.is_past(s.date)]
    return [
        (
            s.session_id,
            f"{long_day(s.date)}, {friendly_time(s.start)}: {instance.site[instance.site_of(s.session_id)].name},"
            f" {s.session_id}",
        )
        for s in sorted(ahead, key=lambda s: (s.date, s.start, s.session_id))
    ]


# -- policy and prices ----------------------------------------------------------------------------------------

_POLICY_NAMES = {
    "notice_days": ("Notice before an appointment", "days"),
    "interpreter_notice_days": ("Notice where an interpreter is needed", "days"),
    "see_by": ("Dates by which people are to be seen", ""),
    "break_minutes": ("Break between two visits", "minutes"),
    "min_visit_minutes": ("Shortest visit", "minutes"),
    "reach_minutes": ("How far people are sent", "minutes"),
    "unseen_days": ("When somebody who is not seen counts as seen", "days"),
    "budget_pounds": ("Most to be spent", "pounds"),
}
_PRICE_NAMES = {
    "waiting.A": "A day of waiting, band A",
    "waiting.B": "A day of waiting, band B",
    "waiting.C": "A day of waiting, band C",
    "late": "A day after the date",
    "travel": "A minute on the road",
    "visit": "A visit",
    "new_face": "Every further coach at a site",
    "new_coach": "An appointment with another coach than the usual one",
    "heaviest": "A minute on the road of the coach who travels most",
    "change": "A change from the published roster",
}
_IN_MINUTES = "minutes of coach time"
_ABOUT_POLICY = {
    "notice_days": "Nobody is given an appointment sooner than this many days from the day the roster is made.",
    "interpreter_notice_days": "The same, for a person who needs an interpreter.",
    "see_by": "",
}


class SettingsForm(EditForm):
    """Fields of a section of the settings. ``section``: policy or prices."""

    section: ClassVar[str] = ""

    def usual(self, key: str) -> str:
        """The value that a setting has where nothing is given."""
        return setting_text(default_of(f"{self.section}.{key}"))

    def held(self, key: str) -> str:
        """The value that a setting has now."""
        value: Any = getattr(self.instance.settings, self.section)
        for part in key.split("."):
            value = getattr(value, part)
        return setting_text(value)

    def box(self, key: str, name: str, unit: str, about: str) -> None:
        """A box for a setting, with its sentence and its unit."""
        usual = self.usual(key)
        more = f" Usually {usual}." if usual else ""
        field = WrittenField(label=name, help_text=about + more, required=False)
        field.initial, field.show_hidden_initial = self.held(key), True
        self.fields[key] = field
        self.units[key] = unit

    def texts(self) -> dict[str, str]:
        """The text of every setting."""
        return {key: self.held(key) for key in self.fields}


def setting_text(value: object) -> str:
    """A setting as a form shows it."""
    return "" if value is None else number_text(value) if isinstance(value, float) else str(value)


class PolicyForm(SettingsForm):
    """The rules of the house."""

    section: ClassVar[str] = "policy"

    def prepare(self) -> None:
        """A field for every policy."""
        for key, (name, unit) in _POLICY_NAMES.items():
            about = _ABOUT_POLICY.get(key, ABOUT_SETTINGS[f"policy.{key}"])
            if key == "see_by":
                ways = [("must", "Every one is kept"), ("prefer", "They are aimed at, and being late costs")]
                self.fields[key] = forms.ChoiceField(label=name, choices=ways, initial=self.held(key))
                self.fields[key].show_hidden_initial = True
                self.fields[key].error_messages["invalid_choice"] = NOT_ONE
            else:
                self.box(key, name, unit, about)

    def edits(self) -> list[Edit]:
        """One for each policy that was changed on the page."""
        return [SetPolicy(field=key, value=self.cleaned_data[key] or None) for key in self.changed_data]


class PricesForm(SettingsForm):
    """What each thing costs."""

    section: ClassVar[str] = "prices"

    def prepare(self) -> None:
        """A field for every price."""
        for key, name in _PRICE_NAMES.items():
            self.box(key, name, _IN_MINUTES, ABOUT_SETTINGS[f"prices.{key}"])

    def edits(self) -> list[Edit]:
        """One for each price that was changed on the page."""
        return [SetPrice(field=key, value=self.cleaned_data[key] or None) for key in self.changed_data]
