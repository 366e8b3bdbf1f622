"""Of any two rosters: what differs from the second to the first is what differs from the first, turned round."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from roster.changes import PersonChange, Slot, changes_between, messages_between
from roster.domain import Roster
from tests.changes.town import told, town

TOWN = town()
SESSIONS, COACHES = ("S1", "S2", "S3", "S4", "S5"), ("C1", "C2", "C3")
PEOPLE = ("R1", "R2", "R3", "R3", "R3", "R4", "R5")
TURNED = {"lost": "gained", "gained": "lost", "longer": "shorter", "shorter": "longer"}


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Some sessions held by somebody, and people in some of them; who has not said yes may be among them."""
    held = draw(st.dictionaries(st.sampled_from(SESSIONS), st.sampled_from(COACHES)))
    seated: dict[str, list[str]] = {session: [] for session in held}
    for person in PEOPLE if held else ():
        session = draw(st.none() | st.sampled_from(sorted(held)))
        if session is not None:
            seated[session].append(f"{person}@{draw(st.sampled_from(('09:00', '09:40', '11:20')))}")
    waiting = draw(st.integers(0, 999))
    return told(*(f"{coach} {session} {' '.join(seated[session])}" for session, coach in held.items()), waiting=waiting)


def forwards(change: PersonChange) -> tuple[object, ...]:
    return change.referral_id, frozenset(change.what), change.days, change.was, change.now


def backwards(change: PersonChange) -> tuple[object, ...]:
    what = frozenset(TURNED.get(kind, kind) for kind in change.what)
    return change.referral_id, what, -change.days if change.days is not None else None, change.now, change.was


@settings(deadline=None, max_examples=150)
@given(rosters(), rosters())
def test_the_difference_back_is_the_difference_turned_round(was: Roster, now: Roster) -> None:
    there, back = changes_between(TOWN, TOWN, was, now), changes_between(TOWN, TOWN, now, was)
    assert Counter(map(forwards, there.people)) == Counter(map(backwards, back.people))
    assert [(c.coach_id, c.lost, c.gained, c.road_was, c.road_now) for c in there.coaches] == [
        (c.coach_id, c.gained, c.lost, c.road_now, c.road_was) for c in back.coaches
    ]
    assert [(r.room_id, r.lost, r.gained, [(h.was, h.now) for h in r.other_coach]) for r in there.rooms] == [
        (r.room_id, r.gained, r.lost, [(h.now, h.was) for h in r.other_coach]) for r in back.rooms
    ]
    assert [c.difference for c in there.costs] == [-(c.difference or 0) for c in back.costs]


@settings(deadline=None, max_examples=150)
@given(rosters(), rosters())
def test_every_appointment_is_kept_or_listed_once(was: Roster, now: Roster) -> None:
    changes = changes_between(TOWN, TOWN, was, now)
    for roster, listed in ((was, [c.was for c in changes.people]), (now, [c.now for c in changes.people])):
        there = Counter((a.session_id, a.start) for a in roster.appointments if a.referral_id != "R5")
        found = Counter((slot.session_id, slot.start) for slot in listed if slot is not None)
        assert found <= there
        assert there.total() - found.total() == changes.totals.kept


@settings(deadline=None, max_examples=100)
@given(rosters())
def test_a_roster_differs_in_nothing_from_itself(roster: Roster) -> None:
    changes = changes_between(TOWN, TOWN, roster, roster)
    assert [*changes.people, *changes.coaches, *changes.rooms] == []
    assert messages_between(TOWN, TOWN, roster, roster) == ()


@settings(deadline=None, max_examples=100)
@given(rosters(), rosters())
def test_no_message_names_who_has_not_said_yes_and_only_coaches_are_told_whom_they_see(
    was: Roster, now: Roster
) -> None:
    for message in messages_between(TOWN, TOWN, was, now):
        assert "R5" not in message.model_dump_json()
        slots: tuple[Slot, ...] = message.was + message.now
        assert message.to == "coach" or not any(slot.referral_ids for slot in slots)
