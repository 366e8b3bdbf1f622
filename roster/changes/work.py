"""What differs for coaches, for rooms, and in the costs."""

from collections import defaultdict
from collections.abc import Iterator

from roster.changes.records import CoachChange, CostChange, Handover, RoomChange, Slot
from roster.changes.side import Side
from roster.changes.words import handovers_words, price_words, room_words, use_words, visits_words
from roster.domain import COSTS, Roster

TOTAL = "total"


# -- coaches --------------------------------------------------------------------------------------------------


def coaches_between(was: Side, now: Side) -> tuple[CoachChange, ...]:
    """Every coach who has other visits, or is on the road for longer or less long; by id."""
    ids = sorted({slot.coach_id for side in (was, now) for slot in side.visits if slot.coach_id})
    return tuple(change for coach_id in ids if (change := _coach(was, now, coach_id)) is not None)


def _coach(was: Side, now: Side, coach_id: str) -> CoachChange | None:
    then, today = visits_of(was, coach_id), visits_of(now, coach_id)
    lost = tuple(slot for key, slot in then.items() if key not in today)
    gained = tuple(slot for key, slot in today.items() if key not in then)
    road_was, road_now = was.road(coach_id), now.road(coach_id)
    if not lost and not gained and road_was == road_now:
        return None
    parts = [visits_words(slots, word) for slots, word in ((lost, "fewer"), (gained, "more")) if slots]
    parts += _road(road_was, road_now)
    return CoachChange(
        coach_id=coach_id,
        lost=lost,
        gained=gained,
        road_was=road_was,
        road_now=road_now,
        says=f"{coach_id}: {', '.join(parts)}.",
    )


def visits_of(side: Side, coach_id: str) -> dict[tuple[str, ...], Slot]:
    """The coach's visits by session and day: a session that was moved to another day is another visit."""
    mine = (slot for slot in side.visits if slot.coach_id == coach_id)
    return {(slot.session_id, str(slot.date), str(slot.site_id)): slot for slot in mine}


def _road(was: int | None, now: int | None) -> list[str]:
    if was is None or now is None:
        return []
    return [f"{now:,} minutes on the road, as before" if was == now else f"{now:,} minutes on the road, was {was:,}"]


# -- rooms ----------------------------------------------------------------------------------------------------


def rooms_between(was: Side, now: Side) -> tuple[RoomChange, ...]:
    """Every room that is used in other sessions or by other coaches, by place and room."""
    then, today = _by_room(was), _by_room(now)
    keys = sorted(then.keys() | today.keys(), key=lambda key: (key[1] is None, str(key[2]), str(key[0])))
    changes = (_room(now, key, then.get(key, {}), today.get(key, {})) for key in keys)
    return tuple(change for change in changes if change is not None)


_Room = tuple[str | None, str | None, str | None]
_Uses = dict[tuple[str, str], list[Slot]]


def _by_room(side: Side) -> dict[_Room, _Uses]:
    """The visits to each room (its id, site and the site's name), by session and day."""
    found: dict[_Room, _Uses] = defaultdict(lambda: defaultdict(list))
    for slot in side.visits:
        found[slot.room_id, slot.site_id, slot.site][slot.session_id, str(slot.date)].append(slot)
    return found


def _room(now: Side, key: _Room, then: _Uses, today: _Uses) -> RoomChange | None:
    room_id, site_id, site = key
    lost = tuple(slot for use, slots in then.items() if use not in today for slot in slots)
    gained = tuple(slot for use, slots in today.items() if use not in then for slot in slots)
    handed = tuple(h for use in then.keys() & today.keys() for h in _handovers(then[use], today[use]))
    handed = tuple(sorted(handed, key=lambda h: (str(h.now.date), h.now.start, h.now.session_id)))
    if not (lost or gained or handed):
        return None
    parts = [f"{says} {use_words(slots)}" for says, slots in _used(lost, gained) if slots]
    parts += [f"another coach on {handovers_words(handed)}"] if handed else []
    name = room_words(room_id, site)
    return RoomChange(
        room_id=room_id,
        site_id=site_id,
        site=site,
        practices=now.practices_at(site_id),
        lost=lost,
        gained=gained,
        other_coach=handed,
        says=f"{name[:1].upper()}{name[1:]}: {', '.join(parts)}.",
    )


def _used(lost: tuple[Slot, ...], gained: tuple[Slot, ...]) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    return ("no longer used on", lost), ("now used on", gained)


def _handovers(then: list[Slot], today: list[Slot]) -> Iterator[Handover]:
    """Where a session is held by another coach; in the past two coaches may have held one."""
    stays = {slot.coach_id for slot in then} & {slot.coach_id for slot in today}
    old = [slot for slot in then if slot.coach_id not in stays]
    new = [slot for slot in today if slot.coach_id not in stays]
    for was, now in zip(old, new, strict=False):
        yield Handover(was=was, now=now)


# -- costs ----------------------------------------------------------------------------------------------------


def costs_between(was: Roster, now: Roster) -> tuple[CostChange, ...]:
    """The eight prices, also those that are the same."""
    return tuple(_cost(name, was.costs.get(name), now.costs.get(name)) for name in COSTS)


def total_between(was: Roster, now: Roster) -> CostChange:
    """The sum of all prices."""
    return _cost(TOTAL, was.objective, now.objective)


def _cost(name: str, was: int | None, now: int | None) -> CostChange:
    difference = None if was is None or now is None else now - was
    return CostChange(name=name, was=was, now=now, difference=difference, says=price_words(name, was, now))
