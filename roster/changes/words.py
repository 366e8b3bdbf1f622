"""Appointments, visits and their changes in words, in the style of GOV.UK."""

from collections.abc import Iterable, Sequence

from roster.calendar import friendly_time, long_day
from roster.changes.records import Handover, Slot, What
from roster.wording import how_many


def appointment_words(slot: Slot, coach: str = "") -> str:
    """``Tuesday 9 March 2027 at 9:30am at Riverside Surgery with C2``; ``coach`` stands before the coach's id."""
    who = f" with {coach}{slot.coach_id}" if slot.coach_id else ""
    return f"{place_and_time(slot)}{who}"


def place_and_time(slot: Slot) -> str:
    """``Tuesday 9 March 2027 at 9:30am at Riverside Surgery``, or the session's id where its day is not known."""
    if slot.date is None:
        return f"session {slot.session_id} at {friendly_time(slot.start)}"
    return f"{long_day(slot.date)} at {friendly_time(slot.start)} at {slot.site}"


def visit_words(slot: Slot) -> str:
    """``Tuesday 9 March 2027, 9am to midday, at Riverside Surgery``."""
    return f"{stretch(slot)}, at {slot.site}" if slot.date else stretch(slot)


def stretch(slot: Slot) -> str:
    """``Tuesday 9 March 2027, 9am to midday``."""
    day = long_day(slot.date) if slot.date else f"session {slot.session_id}"
    return f"{day}, {friendly_time(slot.start)} to {friendly_time(slot.end)}"


def room_words(room_id: str | None, site: str | None) -> str:
    """``room X-1 at Riverside Surgery``."""
    return f"room {room_id} at {site}" if room_id else "a room that the data do not name"


def differences(what: Sequence[What], days: int | None) -> list[str]:
    """Each difference in a few words: ``2 days later``, ``another coach``."""
    later = how_many(abs(days or 0), "day")
    words: dict[What, str] = {
        "lost": "no appointment any more",
        "gained": "a new appointment",
        "longer": f"{later} later",
        "shorter": f"{later} sooner",
        "session": "another session",
        "coach": "another coach",
        "place": "another place",
        "time": "another time of that day",
        "room": "another room",
    }
    return [words[kind] for kind in words if kind in what]


def change_of_appointment(was: Slot | None, now: Slot | None, what: Sequence[What], days: int | None) -> str:
    """``was Tuesday 9 March 2027 at ...; now ...: 2 days later, another coach``, without a full stop."""
    if now is None:
        return f"was {_told(was)}; now no appointment"
    if was is None:
        return f"had no appointment; now {_told(now)}"
    room = "room" in what
    return f"was {_told(was, room)}; now {_told(now, room)}: {', '.join(differences(what, days))}"


def _told(slot: Slot | None, room: bool = False) -> str:
    assert slot is not None  # a person without both appointments has no change
    return appointment_words(slot) + (f" in room {slot.room_id}" if room else "")


def visits_words(slots: Sequence[Slot], fewer_or_more: str) -> str:
    """``2 visits fewer (Tuesday 9 March 2027, 9am to midday, at Riverside Surgery; ...)``."""
    return f"{how_many(len(slots), 'visit')} {fewer_or_more} ({'; '.join(map(visit_words, slots))})"


def use_words(slots: Iterable[Slot]) -> str:
    """``Tuesday 9 March 2027, 9am to midday (coach C2)``, several of them separated by semicolons."""
    return "; ".join(f"{stretch(slot)} (coach {slot.coach_id})" for slot in slots)


def handovers_words(handovers: Iterable[Handover]) -> str:
    """``Tuesday 9 March 2027, 9am to midday (coach C3 instead of C2)``, the same way."""
    return "; ".join(f"{stretch(h.now)} (coach {h.now.coach_id} instead of {h.was.coach_id})" for h in handovers)


def price_words(name: str, was: int | None, now: int | None) -> str:
    """``Waiting: 7,400 minutes of coach time, was 7,000: 400 more.``"""
    about = f"{name[:1].upper()}{name[1:]}".replace("_", " ")
    if was is None or now is None:
        return f"{about}: not stated in both."
    if was == now:
        return f"{about}: {now:,} minutes of coach time, as before."
    than = f"{abs(now - was):,} {'more' if now > was else 'less'}"
    return f"{about}: {now:,} minutes of coach time, was {was:,}: {than}."
