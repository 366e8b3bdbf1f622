"""Forms that ask: for an explanation of a month, why a roster is as it is, and why it is not otherwise."""

from collections.abc import Iterable
from typing import Any

from django import forms

from roster.explain.questions.wish import wish_of
from roster.fault import InvalidInput
from roster.instance import Instance
from roster.privacy import identifies
from roster.store.rosters import Line
from roster.web.data_forms import NOT_ONE, choices, sessions_ahead
from roster.web.edit_form import PERSONAL
from roster.web.fields import DayField

SECONDS = (("30", "Half a minute"), ("60", "1 minute"), ("120", "2 minutes"), ("600", "10 minutes"), ("3600", "1 hour"))
_ANY = ("", "Any")


def _seconds(initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How long may it take?",
        choices=SECONDS,
        initial=initial,
        help_text="It is over sooner where everything is settled.",
        error_messages={"required": "Choose how long it may take", "invalid_choice": NOT_ONE},
    )


class ExplainForm(forms.Form):
    """On which day the roster would be made, and how long the explanation may take."""

    as_of = DayField(
        what="the day",
        label="On which day would the roster be made?",
        help_text="People need notice from this day on.",
    )
    seconds = _seconds("120")

    def asked(self) -> dict[str, Any]:
        """What the job is asked."""
        return {"seconds": int(self.cleaned_data["seconds"]), "as_of": self.cleaned_data["as_of"].isoformat()}


class WhyForm(forms.Form):
    """About which roster, and how long the answer may take."""

    roster = forms.ChoiceField(label="About which roster?", error_messages={"required": "Choose a roster"})
    seconds = _seconds("60")

    def __init__(self, lines: Iterable[Line], data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        choices(self, "roster", [(line.key, line.name) for line in lines])

    def asked(self, options: dict[str, str | None]) -> dict[str, Any]:
        """What the job is asked."""
        given = self.cleaned_data
        return {
            "roster": given["roster"],
            "seconds": int(given["seconds"]),
            "options": {name: value for name, value in options.items() if value},
        }


class WhyNotForm(WhyForm):
    """What is wished for: a visit, or somebody's appointment; what is left open may be anything."""

    referral = forms.CharField(
        label="Referral",
        required=False,
        max_length=80,
        error_messages={"max_length": "The id must have at most 80 characters"},
        help_text="The made-up id of somebody who is to be seen. Leave it empty to ask about a visit alone.",
    )
    coach = forms.ChoiceField(label="Coach", required=False)
    session = forms.ChoiceField(label="Session", required=False)
    site = forms.ChoiceField(label="Site", required=False)
    day = DayField(what="the day", label="Day", required=False, help_text="For example, 9 3 2027")
    field_order = ("referral", "coach", "session", "site", "day", "roster", "seconds")

    def __init__(
        self, instance: Instance, lines: Iterable[Line], data: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(lines, data, initial)
        self._instance = instance
        choices(self, "coach", [_ANY, *((c.coach_id, c.coach_id) for c in instance.coaches)])
        choices(self, "session", [_ANY, *sessions_ahead(instance)])
        sites = sorted((site.name, site.site_id) for site in instance.sites)
        choices(self, "site", [_ANY, *((site_id, name) for name, site_id in sites)])

    def clean_referral(self) -> str:
        """An id and nothing that identifies a person."""
        given = str(self.cleaned_data["referral"])
        kind = identifies(given, in_referral=True)
        if kind is not None:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # what was sent can be copied
            self.data["referral"] = ""  # type: ignore[index]  # a copy can be changed
            raise forms.ValidationError(PERSONAL.format(kind=kind))
        return given

    def options(self) -> dict[str, str | None]:
        """The fields of the wish."""
        given = self.cleaned_data
        day = given["day"].isoformat() if given["day"] else None
        names = {"referral_id": "referral", "coach_id": "coach", "session_id": "session", "site_id": "site"}
        return {field: given[name] or None for field, name in names.items()} | {"day": day}

    def clean(self) -> dict[str, Any]:
        """Something is asked for, it is there, and it fits together."""
        given = super().clean() or {}
        if self.errors:
            return given
        try:
            wish_of(self._instance, {name: value for name, value in self.options().items() if value})
        except InvalidInput as wrong:
            for fault in wrong.faults:
                name = fault.file.removeprefix("--").replace("date", "day")
                text = f"{fault.says[:1].upper()}{fault.says[1:]}. {fault.do}".removesuffix(".")
                self.add_error(name if name in self.fields else None, text)
        return given
