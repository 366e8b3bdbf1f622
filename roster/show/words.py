"""How the terminal puts outcomes, gaps, durations and long lists into words."""

import math
from collections.abc import Sequence

from roster.domain import Roster
from roster.instance import Instance
from roster.wording import how_many

_MINUTES_PER_HOUR = 60


def heading(instance: Instance) -> str:
    """The region and the month: ``Islington pilot, March 2027``."""
    return f"{instance.settings.name}, {instance.days[0]:%B %Y}"


def duration(minutes: int) -> str:
    """``14 hours 20 minutes``, ``40 minutes``, ``2 hours``."""
    hours, rest = divmod(minutes, _MINUTES_PER_HOUR)
    parts = ([how_many(hours, "hour")] if hours else []) + ([how_many(rest, "minute")] if rest else [])
    return " ".join(parts) or "0 minutes"


def short_duration(minutes: int) -> str:
    """The same for a column: ``14h 20m``, ``40m``, ``2h``."""
    hours, rest = divmod(minutes, _MINUTES_PER_HOUR)
    return " ".join(([f"{hours:,}h"] if hours else []) + ([f"{rest}m"] if rest or not hours else []))


def days(number: float | None) -> str:
    """``31 days``, ``18.5 days``; a dash where there is no wait to speak of."""
    if number is None:
        return "-"
    return f"{number:g} day{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage that is never too low: ``1.2%``."""
    return f"{math.ceil(share * 1000 - 1e-9) / 10:.1f}%"


def outcome_sentence(roster: Roster) -> str:
    """How good the roster is, in one sentence that claims no more than was proved."""
    if roster.compromise:
        return "No roster keeps every rule. This is a compromise: it breaks what is listed below."
    if roster.outcome == "optimal":
        return "This is the best roster there is: no other has a lower total."
    if roster.bound <= 0:
        return "Checked: it keeps every rule. It is not known how much better another roster could be."
    return f"Checked: it keeps every rule, and no roster can be more than {percent(roster.gap)} better."


def few(ids: Sequence[str], most: int | None) -> str:
    """The ids, separated by commas; the first ``most`` of them and how many more where there are more than that."""
    if most is None or len(ids) <= most + 1:
        return ", ".join(ids)
    return f"{', '.join(ids[:most])} and {len(ids) - most:,} more"
