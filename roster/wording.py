"""How ids, places, days and numbers are put into words: plain English, in the style of GOV.UK."""

import math

from roster.calendar import friendly_time, long_date
from roster.domain import Roster
from roster.instance import Instance

VOLUNTARY = "This is voluntary. Coming, not coming or stopping has no effect on your benefits or your care."


def how_many(number: int, thing: str, things: str | None = None) -> str:
    """``1 person``, ``2 people``: a number with its thing, singular or plural."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def site_name(instance: Instance, site_id: str) -> str:
    """The site's name, and its id so that it can be found."""
    return f"{instance.site[site_id].name} ({site_id})"


def session_words(instance: Instance, session_id: str) -> str:
    """A session in words: its id, where, and when."""
    session = instance.session[session_id]
    place = instance.site[instance.site_of(session_id)].name
    times = f"{friendly_time(session.start)} to {friendly_time(session.end)}"
    return f"session {session_id} at {place} on {long_date(session.date)}, {times}"


def pounds(pence: int) -> str:
    """Money: ``£1,100`` or ``£12.50``."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage that is never too low: ``1.2%``."""
    return f"{math.ceil(share * 1000 - 1e-9) / 10:.1f}%"


def how_good(roster: Roster) -> str:
    """How good a checked roster is, in one sentence that claims no more than was proved."""
    if roster.compromise:
        return "No roster keeps every rule. This compromise breaks as little as it can."
    if roster.outcome == "optimal":
        return "This is the best roster there is: no other has a lower total."
    if roster.bound <= 0:
        return "Checked: it keeps every rule. It is not known how much better another roster could be."
    return f"Checked, and at most {percent(roster.gap)} from the best possible."
