"""For whom an appointment differs: lost or gained, sooner or later, another place or coach; the worst first.

The appointments of a referral of several people are compared as they are: which of its people has which is not known.
Those that are the same in both rosters are kept; the others are paired, first those of one session, then of one day,
then in order of time. What is left over is lost or gained.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from roster.changes.records import Effect, PersonChange, Slot, Totals, What
from roster.changes.side import Side, in_order
from roster.changes.words import change_of_appointment
from roster.domain import BANDS, Referral

_Pair = tuple[Slot | None, Slot | None]

_ALIKE: Sequence[Callable[[Slot], Hashable]] = (
    lambda slot: (slot.date, slot.start, slot.end, slot.room_id, slot.coach_id) if slot.date else slot,
    lambda slot: slot.session_id,
    lambda slot: slot.date,
    lambda _: None,
)
"""What two appointments of a referral have in common that are taken for one person's: the closest first."""

_EFFECTS: Sequence[Effect] = ("worse", "neutral", "better")
_WORST_FIRST: Sequence[What] = ("lost", "longer", "session", "place", "coach", "time", "room", "gained", "shorter")


def people_between(was: Side, now: Side) -> tuple[PersonChange, ...]:
    """Everybody whose appointment differs, those for whom it is worse first; of equals band A first."""
    found = [change for change in _all_pairs(was, now) if change is not None]
    return tuple(sorted(found, key=_worst_first))


def totals_between(now: Side, people: Iterable[PersonChange]) -> Totals:
    """How many people lose, gain, wait longer and so on."""
    people = tuple(people)
    kinds = [kind for change in people for kind in change.what]
    effects = [change.effect for change in people]
    kept = len(now.appointments) - sum(change.now is not None for change in people)
    return Totals(
        lose=kinds.count("lost"),
        gain=kinds.count("gained"),
        longer=kinds.count("longer"),
        shorter=kinds.count("shorter"),
        other_coach=kinds.count("coach"),
        other_place=kinds.count("place"),
        other_time=kinds.count("time"),
        other_room=kinds.count("room"),
        other_session=kinds.count("session"),
        worse=effects.count("worse"),
        neutral=effects.count("neutral"),
        better=effects.count("better"),
        kept=kept,
    )


def _all_pairs(was: Side, now: Side) -> Iterator[PersonChange | None]:
    for referral_id in sorted(was.seats.keys() | now.seats.keys()):
        referral = now.people[referral_id] if now.people is not None else None
        for pair in pairs(was.seats.get(referral_id, ()), now.seats.get(referral_id, ())):
            yield _change(referral_id, referral, pair)


def pairs(was: Sequence[Slot], now: Sequence[Slot]) -> Iterator[_Pair]:
    """The appointments of one referral, each with what became of it (None: nothing); turned round it is the same."""
    left, right = sorted(was, key=in_order), sorted(now, key=in_order)
    for alike in _ALIKE:
        groups: dict[Hashable, tuple[list[Slot], list[Slot]]] = defaultdict(lambda: ([], []))
        for side, slots in enumerate((left, right)):
            for slot in slots:
                groups[alike(slot)][side].append(slot)
        left, right = [], []
        for old, new in groups.values():
            yield from zip(old, new, strict=False)
            left += old[len(new) :]
            right += new[len(old) :]
        left.sort(key=in_order)
        right.sort(key=in_order)
    yield from ((slot, None) for slot in left)
    yield from ((None, slot) for slot in right)


def _change(referral_id: str, referral: Referral | None, pair: _Pair) -> PersonChange | None:
    was, now = pair
    days = _days(was, now)
    what = tuple(_what(was, now, days))
    if not what:
        return None
    of_practice = f" of practice {referral.practice_id}" if referral else ""
    return PersonChange(
        referral_id=referral_id,
        practice_id=referral.practice_id if referral else None,
        band=referral.band if referral else None,
        what=what,
        effect=_effect(what, is_usual=_is_usual(referral, now)),
        days=days,
        was=was,
        now=now,
        says=f"{referral_id}{of_practice}: {change_of_appointment(was, now, what, days)}.",
    )


def _is_usual(referral: Referral | None, now: Slot | None) -> bool:
    """Whether the person now sees their usual coach."""
    usual = referral.usual_coach if referral else None
    return usual is not None and now is not None and now.coach_id == usual


def _days(was: Slot | None, now: Slot | None) -> int | None:
    if was is None or now is None:
        return None
    if was.date is None or now.date is None:
        return 0 if was.session_id == now.session_id else None
    return (now.date - was.date).days


def _what(was: Slot | None, now: Slot | None, days: int | None) -> Iterator[What]:
    if was is None or now is None:
        yield "gained" if was is None else "lost"
        return
    if days is None:
        yield "session"
    elif days:
        yield "longer" if days > 0 else "shorter"
    if was.site_id != now.site_id and None not in (was.site_id, now.site_id):
        yield "place"
    if was.coach_id != now.coach_id:
        yield "coach"
    if days == 0 and (was.start, was.end) != (now.start, now.end):
        yield "time"
    if was.site_id == now.site_id and was.room_id != now.room_id:
        yield "room"


def _effect(what: Sequence[What], *, is_usual: bool) -> Effect:
    """Worse, better, or neither: what is better in one way and worse in another, and what is only another room.

    To wait longer or to lose an appointment is worse whatever else there is. To come to one's usual coach is better.
    """
    if "lost" in what or "longer" in what:
        return "worse"
    worse = {"place", "time", "session"} | (set() if is_usual else {"coach"})
    better = {"gained", "shorter"} | ({"coach"} if is_usual else set())
    is_worse, is_better = bool(worse & set(what)), bool(better & set(what))
    if is_worse == is_better:
        return "neutral"
    return "worse" if is_worse else "better"


def _worst_first(change: PersonChange) -> tuple[int, int, int, int, str, str]:
    kind = min(_WORST_FIRST.index(what) for what in change.what)
    band = BANDS.index(change.band) if change.band else len(BANDS)
    slot = change.now or change.was
    when = "".join(map(str, in_order(slot))) if slot else ""
    return _EFFECTS.index(change.effect), kind, -abs(change.days or 0), band, change.referral_id, when
