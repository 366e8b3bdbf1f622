"""What the fields of a form are called: a question or a name, a line of help and a unit, by table and column."""

from typing import NamedTuple

from roster.domain import SITE_KINDS, WEEKDAYS


class Label(NamedTuple):
    """A field's name; what helps to fill it in; the unit behind it."""

    name: str
    help: str = ""
    unit: str = ""


_NO_LIMIT = "Leave it empty for no limit."
_WORDS = "Words with a comma between them, for example {example}. Leave it empty for none."
LABELS: dict[tuple[str, str], Label] = {
    ("coaches", "coach_id"): Label("Id of the new coach", "An id that you make up, for example C12. Never a name."),
    ("coaches", "base_lat"): Label("Latitude of the base", "Where the coach starts and ends a day, such as 51.54102."),
    ("coaches", "base_lon"): Label("Longitude of the base", "For example, -0.09742."),
    ("coaches", "skills"): Label("Skills", _WORDS.format(example="welsh, bsl")),
    ("coaches", "max_sessions_day"): Label("Most sessions in a day", _NO_LIMIT, "sessions"),
    ("coaches", "max_sessions_week"): Label("Most sessions in a week", f"Monday to Sunday. {_NO_LIMIT}", "sessions"),
    ("coaches", "max_sessions_month"): Label("Most sessions in the month", _NO_LIMIT, "sessions"),
    ("coaches", "max_travel_minutes_day"): Label("Most time on the road in a day", _NO_LIMIT, "minutes"),
    ("sites", "features"): Label("Features of every room there", _WORDS.format(example="step_free, hearing_loop")),
    ("sites", "min_sessions"): Label("Fewest sessions in the month", "Leave it empty for none.", "sessions"),
    ("sites", "max_sessions"): Label("Most sessions in the month", _NO_LIMIT, "sessions"),
    ("sites", "hire_pounds"): Label("Hire for each session used", "Leave it empty for none.", "pounds"),
    ("sites", "name"): Label("Name of the building"),
    ("sites", "kind"): Label("Kind of building"),
    ("rooms", "room_id"): Label("Id of the new room", "An id that you make up, for example a short name and a number."),
    ("rooms", "features"): Label(
        "Features of this room", f"Besides those of the building. {_WORDS.format(example='quiet, ground_floor')}"
    ),
    ("interpreters", "booking_id"): Label("Id of the booking", "An id that you make up, for example B7."),
    ("interpreters", "skill"): Label("Language", "As one word, for example bsl or polish."),
    ("interpreters", "fee_pounds"): Label("Fee if the booking is used", "Leave it empty for none.", "pounds"),
}
DAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
KIND_NAMES = dict(
    zip(
        SITE_KINDS,
        ("Surgery", "Library", "Community centre", "Place of worship", "Jobcentre", "Another kind"),
        strict=True,
    )
)
TABLE_NAMES = {
    "settings": "Policy, prices and other settings",
    "coaches": "Coaches",
    "hours": "Hours of coaches",
    "leave": "Leave of coaches",
    "sites": "Sites",
    "practices": "Practices",
    "rooms": "Rooms",
    "sessions": "Sessions",
    "referrals": "Referrals",
    "interpreters": "Interpreter bookings",
    "travel": "Travel times",
    "pins": "Pins",
    "published": "Published roster",
}
"""What a table is called on a page."""


def with_unit(text: str, label: Label) -> str:
    """A value with its unit: ``4 sessions``, ``1 session``."""
    one = label.unit.removesuffix("s") if text == "1" else label.unit
    return f"{text.replace('_', ' ')} {one}".strip()


def label_of(table: str, column: str) -> Label:
    """The label of a column."""
    return LABELS[table, column]
