"""The part of an instance that a few promises are about: whatever else there is could only use up time and rooms.

A promise is a fact that asks for something: a see-by date that binds, a number of visits, a pin. People to whom
nothing is promised need not be seen, and a day on which nothing that is promised could be done needs no visit; so the
part has a roster that keeps the promises exactly where the whole instance has one.
"""

from collections.abc import Collection, Iterator
from datetime import date

from roster.instance import Instance


def promises(instance: Instance) -> list[str]:
    """The facts, by id, that ask for something."""
    return [
        *(f"see_by:{r}" for r in instance.people if r in instance.binding),
        *(f"presence:{s.site_id}" for s in instance.sites if s.min_sessions),
        *(f"pin:{p.coach_id}:{p.session_id}" for p in instance.pins),
    ]


def part_about(instance: Instance, asked: Collection[str], *, until: date | None = None) -> Instance:
    """The instance with nothing but what these promises (by id) are about. ``until``: the last day that may matter.

    Which see-by dates bind stays as it is in the instance. The other numbers of visits and pins stay in it, too.
    """
    people = tuple(r for r in instance.referrals if f"see_by:{r.referral_id}" in asked)
    days = {day for day in _days(instance, asked, until)}
    kept = tuple(s for s in instance.sessions if s.date in days or instance.is_past(s.date))
    ids = {s.session_id for s in kept}
    pins = tuple(p for p in instance.pins if p.session_id in ids)
    return instance.relaxed(referrals=people, sessions=kept, pins=pins)


def _days(instance: Instance, asked: Collection[str], until: date | None) -> Iterator[date]:
    """The days on which something that is promised could be done."""
    dates = [r.see_by for r in instance.people.values() if r.see_by and f"see_by:{r.referral_id}" in asked]
    last = max([*dates, *([until] if until else [])], default=None)
    pinned = {p.session_id for p in instance.pins if f"pin:{p.coach_id}:{p.session_id}" in asked}
    for session in instance.sessions:
        in_time = last is not None and session.date <= last
        here = f"presence:{instance.site_of(session.session_id)}" in asked
        if in_time or here or session.session_id in pinned:
            yield session.date
