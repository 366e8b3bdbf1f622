"""The planner by hand, beginning with another roster: what of it can be kept is kept, and the rest is filled in.

The other roster is taken for what people were told, which the planner keeps where it can. For scenarios: a coach or a
room more leaves most of a month as it was. No solver; whether a roster keeps every rule is for the reader to check.
"""

from collections.abc import Iterator, Sequence

from models.by_hand.planner import plans_by_hand
from roster.domain import Roster
from roster.instance import Instance
from roster.plan import Plan, plan_of_roster
from roster.rule import Rule


def plans_from(other: Roster, instance: Instance, rules: Sequence[Rule]) -> Iterator[Plan]:
    """The other roster as it is where all that it names is there, then with more filled in, then the planner's own.

    ``other`` is of an instance like this one, as of the same day.
    """
    if _fits(other, instance):
        yield plan_of_roster(other)
    yield from plans_by_hand(instance.replaced(published=other), rules)
    yield from plans_by_hand(instance, rules)


def _fits(other: Roster, instance: Instance) -> bool:
    """Whether every visit could be held and everybody with an appointment is there."""
    people, bookings = instance.people, instance.booking
    held = all(
        v.coach_id in instance.coach
        and v.session_id in instance.session
        and instance.span(v.coach_id, v.session_id) is not None
        and all(booking_id in bookings for booking_id in v.booking_ids)
        for v in other.visits
    )
    return held and all(a.referral_id in people for a in other.appointments)
