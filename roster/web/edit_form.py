"""A form that stands for edits, and that knows what it was made from.

A field about something that is there carries what it held when the page was made. Only what was changed on the page
becomes an edit, so of two people who change different fields of one thing neither undoes what the other did; where
somebody else was first, the form is made again with what was typed, beside what the thing is now.
"""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError

from roster.calendar import friendly_time
from roster.domain import Record
from roster.edits import Edit, EditError, Set
from roster.files.cells import write_cell
from roster.files.columns import TABLE, Column
from roster.instance import Instance
from roster.privacy import identifies
from roster.store.changing import mark_of
from roster.web.labels import LABELS, TABLE_NAMES, Label, label_of

Thing = tuple[str, str]
"""(table, id) of what a form changes."""
PERSONAL = "This holds {kind}, which is never held. Take it out. People are known here only by an id that says nothing"
UNSEEN = "This holds a character that cannot be seen. Type it again"


class EditForm(forms.Form):
    """A form about one thing; about nothing that is there already where ``thing`` is None.

    ``table`` matters for what may be held. ``units`` and ``now`` are for the template: what stands behind a field, and
    what it is now where somebody else changed it as well.
    """

    table: ClassVar[str] = "settings"

    def __init__(self, instance: Instance, thing: Thing | None = None, data: Any = None) -> None:
        self.instance, self.thing = instance, thing
        self.units: dict[str, str] = {}
        self.now: dict[str, str] = {}
        super().__init__(data, use_required_attribute=False)
        self.prepare()

    def prepare(self) -> None:
        """Make the fields that depend on the month."""

    def texts(self) -> dict[str, str]:
        """What each field about something that is there holds now."""
        return {}

    def edits(self) -> Sequence[Edit]:
        """What a form without errors asks for."""
        raise NotImplementedError

    @property
    def mark(self) -> str:
        """The mark of the thing as it is now."""
        return mark_of(self.instance, *self.thing) if self.thing else ""

    def marks(self) -> dict[Thing, str]:
        """The mark that the thing had on the page that was sent."""
        return {self.thing: str(self.data.get("mark", ""))} if self.thing else {}

    def again(self, instance: Instance) -> Self:
        """The form made of the thing as it is now: what was typed is kept, what was not touched is as it is now."""
        new = type(self)(instance, self.thing).texts()
        data = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent holds what can be copied
        for name, text in new.items():
            if name not in self.changed_data:
                data[name] = text
            data[f"initial-{name}"] = text
        made = type(self)(instance, self.thing, data)
        made.now = {name: text or "empty" for name, text in new.items() if str(data.get(name, "")).strip() != text}
        return made

    def clean(self) -> dict[str, Any]:
        """Refuses what is never held, and does not show it again."""
        given = super().clean() or {}
        for name in self.fields:
            kind = identifies(str(self.data.get(name, "")), in_referral=self.table == "referrals")
            if kind is not None:
                self.data = self.data.copy()  # type: ignore[attr-defined]  # as above
                self.data[name] = ""  # type: ignore[index]  # a copy can be changed
                self.add_error(name, PERSONAL.format(kind=kind))
        return given

    def refuse(self, error: EditError, edits: Sequence[Edit]) -> None:
        """Put what is wrong with an edit beside its field, or above the form."""
        name, says = said(error)
        of_edit = edits[error.edit_number - 1] if 0 < error.edit_number <= len(edits) else None
        field = name if name in self.fields else getattr(of_edit, "field", "")
        self.add_error(field if field in self.fields else None, says)


def said(error: EditError) -> tuple[str, str]:
    """The field that an edit's error speaks of, if any, and what is wrong and what to do, for somebody at a form."""
    found = _ABOUT_A_FIELD.fullmatch(error.says)
    name, says = (found["field"], found["says"]) if found else ("", error.says)
    return name, f"{_at_a_form(says)}. {_at_a_form(error.do)}".removesuffix(".")


_ABOUT_A_FIELD = re.compile(r"(?P<field>[A-Za-z_.]+)(?: of [^:]+)?: (?P<says>.+)", re.DOTALL)
_OF_A_FORM = (
    (" with remove_leave", ""),
    (" with remove_hours", ""),
    (" with set", ""),
    ("Leave this edit out.", "Nothing has to be added."),
    (", or one that an earlier edit adds", ""),
    *((f"{table}.csv", f"the {words.lower()}") for table, words in TABLE_NAMES.items()),
    *((column, label.name[0].lower() + label.name[1:]) for (_, column), label in LABELS.items() if "_" in column),
)
"""What is said otherwise at a form than in a list of edits."""


def _at_a_form(text: str) -> str:
    for in_edits, at_a_form in _OF_A_FORM:
        text = text.replace(in_edits, at_a_form)
    text = _TIME.sub(lambda found: friendly_time(int(found[1]) * 60 + int(found[2])), text)
    return text[:1].upper() + text[1:]


_TIME = re.compile(r"\b([0-2][0-9]):([0-5][0-9])\b")


class RowForm(EditForm):
    """Some columns of one row of a table, each an edit ``set`` where it was changed."""

    columns: ClassVar[tuple[str, ...]] = ()

    def row(self) -> Record:
        """The row as it is in the instance."""
        raise NotImplementedError

    def prepare(self) -> None:
        """A box for every column."""
        for name, text in self.texts().items():
            label = label_of(self.table, name)
            self.fields[name] = written_field(TABLE[self.table].column[name], label, text)
            self.units[name] = label.unit

    def texts(self) -> dict[str, str]:
        """The text of every column."""
        row = self.row()
        return {name: as_text(TABLE[self.table].column[name], getattr(row, name)) for name in self.columns}

    def edits(self) -> list[Edit]:
        """One for each field that was changed on the page."""
        assert self.thing is not None
        return [
            Set.model_validate(
                {"table": self.table, "id": self.thing[1], "field": name, "value": self.cleaned_data[name] or None}
            )
            for name in self.changed_data
        ]


def written_field(column: Column, label: Label, text: str) -> forms.Field:
    """A box for the text of a column, holding ``text``."""
    field = WordsField() if column.kind == "words" else WrittenField()
    field.label, field.help_text, field.required = label.name, label.help, column.required
    field.initial, field.show_hidden_initial = text, True
    field.error_messages["required"] = f"Enter {label.name[0].lower()}{label.name[1:]}"
    return field


def as_text(column: Column, value: object) -> str:
    """A value as a form shows it: words with a comma between them."""
    return write_cell(value, column.kind).replace(";", ", ")


class WrittenField(forms.CharField):
    """Text as it is written in the tables, without what cannot be seen."""

    def clean(self, value: Any) -> str:
        """The text without space around it."""
        text = str(super().clean(value))
        if not text.isprintable():
            raise ValidationError(UNSEEN)
        return text


class WordsField(WrittenField):
    """Words with commas between them; their value is text with semicolons, as in the tables."""

    def clean(self, value: Any) -> str:
        """The words, without what stands between them."""
        return ";".join(part for part in re.split(r"[;,\s]+", super().clean(value)) if part)
