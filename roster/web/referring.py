"""Adding a referral: the form, and the edit that it stands for."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from roster.calendar import long_date
from roster.domain import BANDS
from roster.edits import AddReferral
from roster.instance import Instance
from roster.privacy import identifies
from roster.web.fields import DayField

_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DAY = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})")
_PERSONAL = "This looks like {what}, which is never held. It was not kept"
_BAND_WORDS = {"A": "A, the most urgent", "B": "B", "C": "C, the least urgent"}
_GROUPS = {"coach": "Coach: {}", "room": "Room: {}", "interpreter": "Interpreter: {}"}


class ReferralForm(forms.Form):
    """Everything about a referral. A text that may identify a person is refused and is not shown again."""

    referral_id = forms.CharField(
        label="Id of the referral",
        help_text="Make up an id that says nothing about the person, for example R4561. Never a name or a number "
        "of theirs. Only you know who it is.",
        max_length=80,
        error_messages={"required": "Enter an id"},
    )
    referred_on = DayField(
        what="the day of the referral", label="When were they referred?", help_text="For example, 9 3 2027"
    )
    band = forms.ChoiceField(
        label="How urgent is it?",
        choices=[(band, _BAND_WORDS[band]) for band in BANDS],
        error_messages={"required": "Choose how urgent it is"},
    )
    see_by = DayField(
        what="the day by which they should be seen",
        label="By when should they be seen?",
        help_text="Leave it empty if there is no such day",
        required=False,
    )
    minutes = forms.IntegerField(
        label="How long is the appointment, in minutes?",
        min_value=1,
        max_value=600,
        initial=40,
        error_messages={
            "required": "Enter how many minutes the appointment takes",
            "invalid": "Minutes must be a whole number, for example 40",
            "min_value": "Minutes must be 1 or more",
            "max_value": "Minutes must be 600 or fewer",
        },
    )
    needs = forms.MultipleChoiceField(label="What do they need?", help_text="Tick all that apply", required=False)
    sites = forms.MultipleChoiceField(
        label="Where would they go?",
        help_text="Tick the only places that they accept. Tick none if every place near you will do",
        required=False,
    )
    away = forms.CharField(
        label="On which days can they not come?",
        help_text="For example, 9 3 2027, 16 3 2027. Leave it empty if there are none. No reasons",
        max_length=600,
        required=False,
    )
    usual_coach = forms.ChoiceField(label="Which coach have they seen before?", required=False)
    consent = forms.ChoiceField(
        label="Have they agreed to be seen?",
        help_text="Nobody is given an appointment who has not agreed",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        error_messages={"required": "Choose whether they have agreed"},
    )
    count = forms.IntegerField(
        label="How many people is this for?",
        help_text="More than one only if everything above is the same for all of them",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={
            "required": "Enter how many people this is for",
            "invalid": "The number of people must be a whole number, for example 1",
            "min_value": "The number of people must be 1 or more",
            "max_value": "The number of people must be 500 or fewer",
        },
    )

    def __init__(self, instance: Instance, practice_id: str, data: QueryDict | None = None) -> None:
        self._instance, self._practice_id = instance, practice_id
        self._refused: dict[str, str] = {}
        super().__init__(self._screened(data))
        self._choices("needs", needs_of(instance))
        self._choices("sites", {site.site_id: site.name for site in instance.sites})
        self._choices("usual_coach", {"": "None", **{c.coach_id: c.coach_id for c in instance.coaches}})

    def _choices(self, name: str, choices: Mapping[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices.items())

    def _screened(self, data: QueryDict | None) -> QueryDict | None:
        """What was sent, without what may identify a person: that is not even shown again."""
        if data is None:
            return None
        kept = data.copy()
        for name in data:
            what = identifies(" ".join(data.getlist(name)), in_referral=True)
            if what is not None:
                kept[name] = ""
                self._refused[name.removesuffix("_0").removesuffix("_1").removesuffix("_2")] = what
        return kept

    def clean_referral_id(self) -> str:
        """Letters and digits, at least one digit: so no name is an id."""
        referral_id: str = self.cleaned_data["referral_id"]
        if not _SHAPE.fullmatch(referral_id) or not any(c.isdigit() for c in referral_id):
            raise ValidationError("The id must be letters, digits and hyphens, with at least one digit")
        if any(r.referral_id == referral_id for r in self._instance.referrals):
            raise ValidationError("That id is in use already. Make up another")
        return referral_id

    def clean_away(self) -> tuple[date, ...]:
        """The days, each once, in order."""
        text: str = self.cleaned_data["away"]
        days = {_day(part) for part in re.split(r"[,;\n]", text) if part.strip()}
        return tuple(sorted(days))

    def clean(self) -> dict[str, Any]:
        """What was refused is said beside its field; dates are in a possible order."""
        given = super().clean() or {}
        for name, what in self._refused.items():
            if name in self.fields:
                self.errors.pop(name, None)
                self.add_error(name, _PERSONAL.format(what=what))
        referred_on, see_by, last = given.get("referred_on"), given.get("see_by"), self._instance.days[-1]
        if referred_on and referred_on > last:
            self.add_error("referred_on", f"The day of the referral must be on or before {long_date(last)}")
        if referred_on and see_by and see_by <= referred_on:
            self.add_error("see_by", "The day by which they should be seen must be after the day of the referral")
        return given

    def edit(self) -> AddReferral:
        """The edit that a form without errors stands for."""
        given = self.cleaned_data
        return AddReferral(
            referral_id=given["referral_id"],
            practice_id=self._practice_id,
            referred_on=given["referred_on"],
            band=given["band"],
            see_by=given["see_by"],
            minutes=given["minutes"],
            needs=tuple(given["needs"]),
            sites=tuple(given["sites"]),
            away=given["away"],
            usual_coach=given["usual_coach"] or None,
            consent=given["consent"],
            count=given["count"],
        )


def needs_of(instance: Instance) -> dict[str, str]:
    """What can be needed in this region, as the data write it, in words: what coaches, rooms and bookings have."""
    offered = {
        "coach": {skill for coach in instance.coaches for skill in coach.skills},
        "room": {word for room in instance.rooms for word in instance.room_features(room.room_id)},
        "interpreter": {booking.skill for booking in instance.interpreters},
    }
    return {
        f"{what}:{word}": _GROUPS[what].format(word.replace("_", " "))
        for what, words in offered.items()
        for word in sorted(words)
    }


def _day(text: str) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise ValidationError("Each day must be a real date, for example 9 3 2027, with commas between them") from None
