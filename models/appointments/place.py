"""People are seen only at places they accept, in rooms that have what they need.

Formula: seen(r, s) > 0 only if site(s) is among the sites that r accepts and features(room(s)) contain every
"room:" need of r. Source: PROBLEM.md section 2, ``place``.
"""

from collections.abc import Iterator

from roster.domain import Referral, Room, Roster
from roster.instance import Instance
from roster.rule import Finding, Obstacle, Rule, Way
from roster.wording import site_name


def allows_room(instance: Instance, referral: Referral, room: Room) -> bool:
    """Whether the person accepts the room's site and the room has what they need."""
    return room.site_id in instance.accepted_sites(referral) and instance.needed(
        referral, "room"
    ) <= instance.room_features(room.room_id)


def blocks_room(given: Instance, referral: Referral, room: Room) -> Iterator[Obstacle]:
    """A site that the person does not accept, and what the room lacks of what they need."""
    if room.site_id not in given.accepted_sites(referral):
        yield (Way(f"place:{referral.referral_id}", part=room.site_id),)
    if not given.needed(referral, "room") <= given.room_features(room.room_id):
        yield (Way(f"needs:{referral.referral_id}"),)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every appointment, from as_of on, in a place or a room that does not suit the person."""
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        session = instance.session[appointment.session_id]
        if referral is None or instance.is_past(session.date):
            continue
        site_id = instance.site_of(session.session_id)
        if site_id not in instance.accepted_sites(referral):
            says = f"{referral.referral_id} does not accept {site_name(instance, site_id)}."
            yield Finding("place", says, f"place:{referral.referral_id}")
        missing = sorted(instance.needed(referral, "room") - instance.room_features(session.room_id))
        if missing:
            says = f"{referral.referral_id} needs a room with {', '.join(missing)}; room {session.room_id} is not."
            yield Finding("place", says, f"needs:{referral.referral_id}")


RULE = Rule(
    name="place",
    sentence="People are seen only at places they accept, in rooms that have what they need.",
    formula="seen(r,s) > 0 => site(s) accepted by r, room needs of r within features(room(s))",
    check=check,
    allows_room=allows_room,
    blocks_room=blocks_room,
)
