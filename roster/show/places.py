"""The places that a roster holds back, week by week, and what that costs, as a table and a sentence."""

from rich.console import Group, RenderableType

from roster.calendar import long_date
from roster.held_back import HeldBack
from roster.places import WeekOfPlaces
from roster.show.layout import plain, table


def places_held_back(held: HeldBack) -> RenderableType:
    """A row for each week, and the price below."""
    numbers = ("Appointments", "Places free", "Share free", "People within reach")
    made = table(f"Places held back, of {held.minutes_of_a_place} minutes each", ("Week", *numbers), right=numbers)
    for week in held.weeks:
        made.add_row(plain(_days(week)), *_row(week))
    return Group(made, plain(held.says))


def _days(week: WeekOfPlaces) -> str:
    """``1 to 7 March 2027``: a week ends with the month."""
    last = long_date(week.last_day)
    return last if week.first_day == week.last_day else f"{week.first_day.day} to {last}"


def _row(week: WeekOfPlaces) -> tuple[str, ...]:
    share = "-" if week.share is None else f"{int(week.share * 1000) / 10:.1f}%"
    return f"{week.appointments:,}", f"{week.places:,}", share, f"{week.people_within_reach:,} of {week.people:,}"
