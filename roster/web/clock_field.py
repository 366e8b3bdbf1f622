"""A time of day as people write it: 9:30am, 9.30 am, 5pm, 13:30, midday."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_TIME = re.compile(r"(?P<hours>\d{1,2})(?:[:.](?P<minutes>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)
_WORDS = {"midday": 720, "noon": 720, "midnight": 0}


def minutes_of(text: str) -> int | None:
    """Minutes since midnight; None where the text is no time."""
    named = _WORDS.get(text.strip().lower())
    if named is not None:
        return named
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, half = int(found["hours"]), int(found["minutes"] or 0), (found["half"] or "").lower()
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    elif found["minutes"] is None:
        return None
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


class ClockField(forms.CharField):
    """A time of day; its value is minutes since midnight. ``what``: what the errors call it."""

    def __init__(self, *, what: str, **options: Any) -> None:
        self.what = what
        options.setdefault("help_text", "For example, 9:30am or 1:30pm")
        super().__init__(error_messages={"required": f"Enter {what}"}, **options)

    def clean(self, value: Any) -> Any:
        """Minutes since midnight."""
        text = str(super().clean(value))
        minutes = minutes_of(text)
        if minutes is None:
            raise ValidationError(f"{self.what[0].upper()}{self.what[1:]} must be a time, for example 9:30am or 1:30pm")
        return minutes
