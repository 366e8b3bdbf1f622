"""What GOV.UK forms need beyond Django's: a day in three boxes, and errors that link to their fields."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_NO_SUCH_DAY = "{what} must be a real date, for example 9 3 2027"
_MISSING = "Enter {what}"


class DayWidget(forms.MultiWidget):
    """Day, month and year."""

    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()])

    def decompress(self, value: Any) -> list[str]:
        """The three texts of a date."""
        return [str(value.day), str(value.month), str(value.year)] if isinstance(value, date) else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        """The id of the first box: where a link to an error leads."""
        return f"{id_}_0" if id_ else ""

    def parts(self, value: Any) -> list[str]:
        """The three texts of what a form holds, whether it was just sent or is a date."""
        return [part or "" for part in value] if isinstance(value, list) else self.decompress(value)


class DayField(forms.MultiValueField):
    """A date. ``what``: what the errors call it, for example "the first day"."""

    widget = DayWidget

    def __init__(self, *, what: str, **options: Any) -> None:
        self.what = what
        options.setdefault("required", True)
        one = forms.CharField(required=False, max_length=4)
        super().__init__(fields=[one, one, one], require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """The date; None where nothing was given and nothing has to be."""
        parts = [str(part or "").strip() for part in value or ("", "", "")]
        if not any(parts):
            if self.required:
                raise ValidationError(_MISSING.format(what=self.what))
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(_NO_SUCH_DAY.format(what=self.what[0].upper() + self.what[1:])) from None


def error_list(form: forms.BaseForm | None) -> list[dict[str, str]]:
    """The errors of a form for the summary at the top of a page, each with a link to its field."""
    if form is None or not form.is_bound:
        return []
    found = [
        {"text": str(error), "href": f"#{field.id_for_label or field.auto_id}"}
        for field in form
        for error in list(field.errors)[:1]
    ]
    first = next(iter(form), None)
    target = f"#{first.id_for_label or first.auto_id}" if first is not None else "#main-content"
    return [*({"text": str(error), "href": target} for error in form.non_field_errors()), *found]
