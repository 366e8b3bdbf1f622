"""How candidates are named: the words for a half-day and a skill, and names that folders can have."""

import re
from datetime import date

from roster.calendar import weekday_of
from roster.explain.repairs.half_days import MIDDAY
from roster.wording import with_article

_LONGEST = 40


def on_day(day: date, start: int | None = None) -> str:
    """``on Tuesday 9 March, morning``; the whole day where no start, in minutes after midnight, is given."""
    half = "" if start is None else ", morning" if start < MIDDAY else ", afternoon"
    return f"on {day:%A} {day.day} {day:%B}{half}"


def skill_words(skill: str) -> str:
    """``A bsl interpreter``."""
    said = with_article(f"{skill.replace('_', ' ')} interpreter")
    return said[:1].upper() + said[1:]


class Names:
    """Gives names, each once, that folders can have: ``session park-surgery 09 mon am``."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, what: str, about: str, day: date | None = None, start: int | None = None) -> str:
        """A name for something about a site, a coach or a skill, on a day."""
        when = [] if day is None else [f"{day:%d} {weekday_of(day)}"]
        half = [] if start is None else ["am" if start < MIDDAY else "pm"]
        said = re.sub(r"[^\w-]+", "-", about).strip("-")[:_LONGEST]
        name = base = " ".join(part for part in (what, said, *when, *half) if part)
        number = 1
        while name.casefold() in self._given:
            number += 1
            name = f"{base} {number}"
        self._given.add(name.casefold())
        return name
