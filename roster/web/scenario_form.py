"""Asking for scenarios: a form for what planners ask most, or the file that ``roster plan`` reads."""

import json
from typing import Any

from django import forms

from roster.domain import WEEKDAYS, clock
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.planning.scenarios import read_scenarios
from roster.web.making import SECONDS
from roster.web.offering import HALF_DAYS, half_day_words
from roster.wording import how_many

MOST_MORE = 5
"""How many more coaches or rooms the form goes up to; a file may go further."""
_FILE = "your scenarios"
_DAYS = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), strict=False))
_UP_TO = [("0", "None"), *((str(n), f"1 to {n}" if n > 1 else "1") for n in range(1, MOST_MORE + 1))]
_NOTHING = "Choose at least one thing that would be different"


class ScenarioForm(forms.Form):
    """More coaches, more rooms, more or fewer people: every combination is a scenario beside the month as it is."""

    coaches = forms.ChoiceField(label="How many more coaches?", choices=_UP_TO, initial="0")
    like = forms.ChoiceField(label="Like which coach?", help_text="With the same base, hours, skills and limits.")
    rooms = forms.ChoiceField(label="How many more rooms at each place?", choices=_UP_TO, initial="0")
    sites = forms.MultipleChoiceField(label="At which places?", required=False)
    weekdays = forms.MultipleChoiceField(label="On which days?", choices=list(_DAYS.items()), required=False)
    half_day = forms.ChoiceField(label="Which half of the day?", initial="am")
    people = forms.IntegerField(
        label="How many more people in percent?",
        help_text="For example 20, or -10 for fewer. Leave it empty for as many as now.",
        required=False,
        min_value=-90,
        max_value=300,
        error_messages={
            "invalid": "Enter a whole number, for example 20",
            "min_value": "Enter a number from -90 to 300",
            "max_value": "Enter a number from -90 to 300",
        },
    )
    seconds = forms.ChoiceField(label="How long may each take?", choices=SECONDS, initial="60")

    def __init__(self, instance: Instance, data: Any = None) -> None:
        super().__init__(data)
        self._instance = instance
        self._choose("like", [(c.coach_id, c.coach_id) for c in instance.coaches])
        self._choose("sites", [(s.site_id, s.name) for s in instance.sites])
        self._choose("half_day", [(key, half_day_words(key)) for key in HALF_DAYS])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Something is different, and whatever a room needs is given."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given["rooms"] != "0":
            if not given["sites"]:
                self.add_error("sites", "Choose the places of the rooms")
            if not given["weekdays"]:
                self.add_error("weekdays", "Choose the days of the rooms")
        if given["coaches"] == given["rooms"] == "0" and not given["people"]:
            self.add_error("coaches", _NOTHING)
        if not self.errors:
            self._read()
        return given

    def _read(self) -> None:
        """The scenarios have to be ones that can be made."""
        try:
            read_scenarios(self.toml(), _FILE, self._instance)
        except InvalidInput as wrong:
            for fault in wrong.faults:
                self.add_error(None, in_words(fault))

    def toml(self) -> str:
        """The scenarios as the file that ``roster plan`` reads."""
        given = self.cleaned_data
        lines = ["[[grid]]"]
        if given["coaches"] != "0":
            lines.append(f"coaches = {{ like = {_text(given['like'])}, to = {given['coaches']} }}")
        if given["rooms"] != "0":
            start, end = HALF_DAYS[given["half_day"]]
            lines.append(
                f"rooms = {{ sites = {_text(given['sites'])}, weekdays = {_text(given['weekdays'])}, "
                f'start = "{clock(start)}", end = "{clock(end)}", to = {given["rooms"]} }}'
            )
        if given["people"]:
            factor = 1 + given["people"] / 100
            label = f"{abs(given['people'])} in 100 {'more' if given['people'] > 0 else 'fewer'}"
            edit = f'{{ op = "scale_demand", factor = {factor:.2f}, seed = 1 }}'
            steps = f'[{{ label = "as now" }}, {{ label = "{label}", edits = [{edit}] }}]'
            lines += ["[[grid.axis]]", 'name = "people"', f"steps = {steps}"]
        return "\n".join(lines) + "\n"


class ScenarioFile(forms.Form):
    """The file that ``roster plan`` reads."""

    file = forms.FileField(
        label="A file of scenarios",
        help_text="A TOML file, as the command roster plan reads it.",
        error_messages={"required": "Choose a file"},
    )
    seconds = forms.ChoiceField(label="How long may each take?", choices=SECONDS, initial="60")

    def __init__(self, instance: Instance, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self._instance, self._text = instance, ""

    def clean_file(self) -> object:
        """The file holds scenarios of this month."""
        sent = self.cleaned_data["file"]
        try:
            self._text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("This is not UTF-8 text. Save it as UTF-8") from None
        try:
            read_scenarios(self._text, "The file", self._instance)
        except InvalidInput as wrong:
            raise forms.ValidationError([in_words(fault) for fault in wrong.faults]) from None
        return sent

    def toml(self) -> str:
        """The text of the file."""
        return self._text


def number_of(toml: str, instance: Instance) -> str:
    """How many scenarios a text holds, in words."""
    return how_many(len(read_scenarios(toml, _FILE, instance)), "scenario")


def in_words(fault: Fault) -> str:
    """What is wrong, where, and what to do, as one sentence of a page."""
    where = f"{fault.column}: " if fault.column else ""
    return f"{where}{fault.says}. {fault.do}"


def _text(value: str | list[str]) -> str:
    """A text, or a list of texts, as TOML has it."""
    return json.dumps(value, ensure_ascii=False)
