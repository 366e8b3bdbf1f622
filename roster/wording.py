"""How ids, places, days and numbers are put into words: plain English, in the style of GOV.UK."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from roster.calendar import friendly_time, long_date
from roster.domain import Roster
from roster.fault import listed
from roster.instance import Instance

VOLUNTARY = "This is voluntary. Coming, not coming or stopping has no effect on your benefits or your care."


def printable(text: str) -> str:
    """The text with a mark in the place of what cannot be seen: controls, and what turns the direction of reading."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


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


def needs_words(needs: Iterable[str]) -> str:
    """What a person needs, of words such as ``coach:welsh``: ``a welsh and woman coach and a bsl interpreter``."""
    needed: dict[str, set[str]] = {"coach": set(), "room": set(), "interpreter": set()}
    for need in needs:
        what, word = need.split(":", 1)
        needed[what].add(word)
    things = [f"{listed(sorted(words), 'and')} {what}".replace("_", " ") for what, words in needed.items() if words]
    return listed((with_article(thing) for thing in things), "and")


def with_article(thing: str) -> str:
    """The thing with ``a`` or ``an`` before it."""
    return f"{'an' if thing[0] in 'aeiouAEIOU' else 'a'} {thing}"


def days_words(days: Iterable[date], last: str = "or") -> str:
    """``on 9 March 2027 or from 15 March 2027 to 17 March 2027``: days that follow one another are one stretch."""
    return listed((stretch_words(*stretch) for stretch in _stretches(days)), last)


def stretch_words(first_day: date, last_day: date) -> str:
    """``on 9 March 2027``, ``from 9 March 2027 to 11 March 2027``."""
    if first_day == last_day:
        return f"on {long_date(first_day)}"
    return f"from {long_date(first_day)} to {long_date(last_day)}"


def _stretches(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """First and last day of every run of days without a gap."""
    in_order = sorted(set(days))
    for _, run in groupby(enumerate(in_order), key=lambda numbered: numbered[1] - timedelta(days=numbered[0])):
        found = [day for _, day in run]
        yield found[0], found[-1]


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
