"""How the terminal puts headings, durations and long lists into words."""

from collections.abc import Sequence

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


def few(ids: Sequence[str], most: int | None) -> str:
    """The ids, separated by commas; the first ``most`` of them and how many more where there are more than that."""
    if most is None or len(ids) <= most + 1:
        return ", ".join(ids)
    return f"{', '.join(ids[:most])} and {len(ids) - most:,} more"
