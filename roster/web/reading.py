"""A roster as pages show it: what it is, who is not seen, by coach, site and day, and as a grid of the month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roster.agenda import By, Section, Stop, sections_of, stops_of
from roster.calendar import friendly_time, long_day
from roster.domain import Roster, Unseen
from roster.instance import Instance
from roster.rule import Preference
from roster.wording import how_many, percent, site_name

WAYS: Mapping[str, str] = {
    "coach": "By coach",
    "site": "By site",
    "day": "By day",
    "month": "The month as a table",
    "map": "On a map",
}
"""How a roster can be read: the part of the address, and the name of the page."""


@dataclass(frozen=True)
class Reason:
    """Why some people are not seen, how many they are, and their referrals."""

    says: str
    people: int
    who: tuple[Unseen, ...]


@dataclass(frozen=True)
class Price:
    """A price: what it is for, and its minutes of coach time."""

    name: str
    minutes: int
    so_that: str


@dataclass(frozen=True)
class Part:
    """The visits of one coach, site or day."""

    heading: str
    work: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Row:
    """A day of the month, and what each coach does on it, in the order of the coaches."""

    day: date
    closed: bool
    cells: tuple[tuple[Stop, ...], ...]


def total_words(roster: Roster) -> str:
    """The total of a roster, and below what none can be, as far as that is known."""
    says = f"Its total is {how_many(roster.objective, 'minute')} of coach time"
    if roster.compromise or roster.bound <= 0:
        return f"{says}."
    if roster.outcome == "optimal":
        return f"{says}, and no roster has a lower one."
    return f"{says}, and no roster has one below {roster.bound:,}."


def gap_words(share: float | None) -> str:
    """How far the best roster so far can be from the best possible; empty where that is not known."""
    if share is None:
        return "not known yet"
    return "none: it is the best there is" if share == 0 else f"at most {percent(share)}"


def reasons_of(unseen: Sequence[Unseen]) -> list[Reason]:
    """The people not seen, by reason, the most common first."""
    found: dict[str, list[Unseen]] = defaultdict(list)
    for entry in unseen:
        found[entry.reason].append(entry)
    reasons = [Reason(says, sum(u.count for u in rows), tuple(rows)) for says, rows in found.items()]
    return sorted(reasons, key=lambda reason: (-reason.people, reason.says))


def prices_of(roster: Roster, preferences: Sequence[Preference]) -> list[Price]:
    """What the roster costs, price by price."""
    return [Price(_spoken(p.name), roster.costs.get(p.name, 0), p.sentence) for p in preferences]


def _spoken(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")


def parts_of(instance: Instance, roster: Roster, by: By) -> list[Part]:
    """The roster in parts, each with its heading and how much work it is."""
    return [_part(instance, section, by) for section in sections_of(instance, roster, by)]


def _part(instance: Instance, section: Section, by: By) -> Part:
    people = sum(len(stop.appointments) for stop in section.stops)
    work = f"{how_many(len(section.stops), 'visit')}, {how_many(people, 'appointment')}"
    if by == "day":
        return Part(long_day(date.fromisoformat(section.key)), work, section.stops)
    heading = site_name(instance, section.key) if by == "site" else f"Coach {section.key}"
    return Part(heading, work, section.stops)


def grid_of(instance: Instance, roster: Roster) -> tuple[tuple[str, ...], list[Row]]:
    """The coaches, and a row for each day on which somebody works or could: Monday to Friday, and other days used."""
    coaches = tuple(sorted(instance.coach))
    found: dict[tuple[date, str], list[Stop]] = defaultdict(list)
    for stop in stops_of(instance, roster):
        found[stop.date, stop.coach_id].append(stop)
    used = {day for day, _ in found}
    days = [day for day in instance.days if day.weekday() < 5 or day in used]
    return coaches, [
        Row(day, day in instance.bank_holidays, tuple(tuple(found[day, coach_id]) for coach_id in coaches))
        for day in days
    ]


def times_of(stop: Stop) -> str:
    """``8:30am to 12:40pm``."""
    return f"{friendly_time(stop.start)} to {friendly_time(stop.end)}"
