"""What to tell each person, coach and practice when a roster takes the place of another: texts to be handed on.

Nobody's name is known, so no text greets anybody. No text says why somebody is not there: an appointment or a session
"cannot take place". Who has withdrawn their consent is told nothing and named to nobody.
"""

from collections.abc import Iterator, Sequence

from roster.calendar import friendly_time
from roster.changes.people import people_between
from roster.changes.records import Message, PersonChange, RoomChange, Slot
from roster.changes.side import Side, sides
from roster.changes.words import (
    appointment_words,
    change_of_appointment,
    handovers_words,
    place_and_time,
    stretch,
    use_words,
    visit_words,
)
from roster.changes.work import rooms_between, visits_of
from roster.domain import Roster
from roster.fault import listed
from roster.instance import Instance
from roster.wording import VOLUNTARY

_COACH = "coach "
_STAYS = frozenset({"coach", "room"})


def messages_between(before: Instance, after: Instance, was: Roster, now: Roster) -> tuple[Message, ...]:
    """A message for each person, coach and practice for whom something differs, in this order.

    ``before`` and ``after`` are the data of each roster, often the same. Who is gone from ``after``, or has not said
    yes there, gets no message and is named in none. People are in the order of ``people_between``, the others by id.
    """
    then, today = sides(before, after, was, now)
    people = people_between(then, today)
    rooms = rooms_between(then, today)
    ids = sorted({slot.coach_id for side in (then, today) for slot in side.visits if slot.coach_id})
    practices = sorted({p.practice_id for instance in (after, before) for p in instance.practices})
    sites = {p.practice_id: p.site_id for instance in (before, after) for p in instance.practices}
    return (
        *map(_to_person, people),
        *(message for coach_id in ids for message in _to_coach(then, today, coach_id)),
        *(
            message
            for practice_id in practices
            for message in _to_practice(practice_id, sites[practice_id], people, rooms)
        ),
    )


# -- people ---------------------------------------------------------------------------------------------------


def _to_person(change: PersonChange) -> Message:
    return Message(
        to="person",
        referral_id=change.referral_id,
        practice_id=change.practice_id,
        was=(change.was,) if change.was else (),
        now=(change.now,) if change.now else (),
        says=f"{_to_them(change)} {VOLUNTARY}",
    )


def _to_them(change: PersonChange) -> str:
    was, now = change.was, change.now
    if now is None:
        assert was is not None  # a person without both appointments has no change
        gone = f"Your appointment on {appointment_words(was, _COACH)} cannot take place."
        return f"{gone} There is no other appointment for you this month."
    if was is None:
        return f"You have an appointment on {appointment_words(now, _COACH)}."
    if _STAYS.issuperset(change.what):
        return f"Your appointment on {place_and_time(now)} stays, {listed(_instead(was, now), 'and')}."
    new = appointment_words(now, _COACH)
    return f"Your appointment on {appointment_words(was, _COACH)} cannot take place. Your new appointment is on {new}."


def _instead(was: Slot, now: Slot) -> Iterator[str]:
    if was.coach_id != now.coach_id:
        yield f"with coach {now.coach_id} instead of coach {was.coach_id}"
    if was.room_id != now.room_id:
        yield f"in room {now.room_id} instead of room {was.room_id}"


# -- coaches --------------------------------------------------------------------------------------------------


def _to_coach(was: Side, now: Side, coach_id: str) -> Iterator[Message]:
    then, today = visits_of(was, coach_id), visits_of(now, coach_id)
    gone = [_with_people(was, slot) for key, slot in then.items() if key not in today]
    new = [_with_people(now, slot) for key, slot in today.items() if key not in then]
    both = [(_with_people(was, then[key]), _with_people(now, today[key])) for key in then if key in today]
    other = [(old, slot) for old, slot in both if _differs(was, now, old, slot)]
    if not (gone or new or other):
        return
    lines = [f"No longer yours: {visit_words(slot)}." for slot in gone]
    lines += [f"New: {visit_words(slot)}, room {slot.room_id}. You see {_people(now, slot)}." for slot in new]
    lines += [_changed(was, now, old, slot) for old, slot in other]
    yield Message(
        to="coach",
        coach_id=coach_id,
        was=(*gone, *(old for old, _ in other)),
        now=(*new, *(slot for _, slot in other)),
        says="\n".join(lines),
    )


def _with_people(side: Side, slot: Slot) -> Slot:
    """The visit with whom the coach sees in it."""
    seen = tuple(a.referral_id for a in side.seen_in.get(slot.session_id, ()))
    return slot.model_copy(update={"referral_ids": seen})


def _differs(was: Side, now: Side, old: Slot, new: Slot) -> bool:
    return old != new or was.seen_in.get(old.session_id) != now.seen_in.get(new.session_id)


def _people(side: Side, slot: Slot) -> str:
    """``R12 at 9:30am and R13 at 10:30am``."""
    seen = side.seen_in.get(slot.session_id, ())
    return listed((f"{a.referral_id} at {friendly_time(a.start)}" for a in seen), "and") if seen else "nobody yet"


def _changed(was: Side, now: Side, old: Slot, new: Slot) -> str:
    times = "" if stretch(old) == stretch(new) else f" It was {friendly_time(old.start)} to {friendly_time(old.end)}."
    room = "" if old.room_id == new.room_id else f" The room is {new.room_id}, it was {old.room_id}."
    says = f"Changed: {visit_words(new)}.{times}{room}"
    if was.seen_in.get(old.session_id) == now.seen_in.get(new.session_id):
        return f"{says} You see {_people(now, new)}, as before."
    before = f" Before, it was {_people(was, old)}." if was.seen_in.get(old.session_id) else ""
    return f"{says} You now see {_people(now, new)}.{before}"


# -- practices ------------------------------------------------------------------------------------------------


def _to_practice(
    practice_id: str, site_id: str, people: Sequence[PersonChange], rooms: Sequence[RoomChange]
) -> Iterator[Message]:
    """What differs in the rooms where the practice is, and for the people whom it referred."""
    here = [room for room in rooms if room.site_id == site_id]
    theirs = [change for change in people if change.practice_id == practice_id]
    if not (here or theirs):
        return
    lines = [line for room in here for line in _of_room(room)]
    lines += [f"Your referral {_of_referral(change)}." for change in theirs]
    yield Message(
        to="practice",
        practice_id=practice_id,
        was=tuple(slot for room in here for slot in (*room.lost, *(h.was for h in room.other_coach))),
        now=tuple(slot for room in here for slot in (*room.gained, *(h.now for h in room.other_coach))),
        says="\n".join(lines),
    )


def _of_room(room: RoomChange) -> Iterator[str]:
    if room.lost:
        yield f"Room {room.room_id} is no longer used on {use_words(room.lost)}."
    if room.gained:
        yield f"Room {room.room_id} is now used on {use_words(room.gained)}."
    if room.other_coach:
        yield f"Room {room.room_id} is used by another coach on {handovers_words(room.other_coach)}."


def _of_referral(change: PersonChange) -> str:
    said = change_of_appointment(change.was, change.now, change.what, change.days)
    return f"{change.referral_id}: {said}"
