"""The small words that sentences about edits share: what comes instead of what, lists, times and places."""

from collections.abc import Iterable, Sequence

from roster.calendar import friendly_time
from roster.domain import Booking
from roster.fault import listed
from roster.instance import Instance
from roster.wording import how_many, stretch_words, with_article

_MOST_LISTED = 6
_WEEKDAYS = {
    "mon": "Mondays",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}


def instead(new: str, old: str) -> str:
    """``new instead of old``; ``new`` alone where nothing is different."""
    return new if new == old else f"{new} instead of {old}"


def limit(word: str, new: int | None, old: int | None, thing: str, per: str) -> str:
    """``at least 3 visits in the month instead of 4``, ``any number of visits a day instead of at most 2``."""
    if new is None:
        return instead(
            f"any number of {thing}s {per}", f"any number of {thing}s {per}" if old is None else _at(word, old)
        )
    says = f"{word} {how_many(new, thing)} {per}"
    if new == old:
        return says
    return f"{says} instead of {'any number' if old is None else f'{old:,}'}"


def _at(word: str, number: int) -> str:
    return f"{word} {number:,}"


def words(given: Iterable[str]) -> str:
    """Features or skills, in order: ``hearing loop and step free``."""
    return few([word.replace("_", " ") for word in given])


def things(thing: str, given: Sequence[str]) -> str:
    """``the skills bsl and welsh``, ``the skill bsl``, ``no skills``."""
    return f"the {thing}{'' if len(given) == 1 else 's'} {words(given)}" if given else f"no {thing}s"


def few(named: Sequence[str], last: str = "and") -> str:
    """``a, b and c``; the first ones and how many more where there are many."""
    if len(named) <= _MOST_LISTED + 1:
        return listed(named, last)
    return f"{', '.join(named[:_MOST_LISTED])} {last} {len(named) - _MOST_LISTED:,} more"


def times(start: int, end: int) -> str:
    """``8:30am to 12:40pm``; times are minutes after midnight."""
    return f"{friendly_time(start)} to {friendly_time(end)}"


def on_weekdays(weekday: str, start: int, end: int) -> str:
    """``on Tuesdays from 9am to 5pm``; the whole day is ``on Tuesdays, at any time``."""
    whole_day = start == 0 and end >= 24 * 60 - 1
    return f"on {_WEEKDAYS[weekday]}" + (", at any time" if whole_day else f" from {times(start, end)}")


def room_words(instance: Instance, room_id: str) -> str:
    """``room X-1 at Site X``."""
    return f"room {room_id} at {instance.site[instance.room[room_id].site_id].name}"


def practice_words(instance: Instance, practice_id: str) -> str:
    """The practice's name, and its id so that it can be found."""
    return f"{instance.practice[practice_id].name} ({practice_id})"


def booking_words(booking: Booking) -> str:
    """``a bsl interpreter on 8 March 2027, 1:30pm to 5:45pm``."""
    who = with_article(f"{booking.skill} interpreter".replace("_", " "))
    return f"{who} {stretch_words(booking.date, booking.date)}, {times(booking.start, booking.end)}"
