"""Everything that differs between two rosters of one month, and the sentence that sums it up."""

from roster.changes.people import people_between, totals_between
from roster.changes.records import Changes, Totals
from roster.changes.side import sides
from roster.changes.work import coaches_between, costs_between, rooms_between, total_between
from roster.domain import Roster
from roster.fault import listed
from roster.instance import Instance
from roster.wording import how_many


def changes_between(before: Instance | None, after: Instance | None, was: Roster, now: Roster) -> Changes:
    """What differs between the rosters ``was`` and ``now`` of one month, for people, coaches, rooms and in the costs.

    ``before`` and ``after`` are the data of each, often the same; one that is None is taken to be the other, and
    without both no day or place is known. Who is gone from ``after``, or has not said yes there, is left out.
    """
    then, today = sides(before, after, was, now)
    people = people_between(then, today)
    totals = totals_between(today, people)
    return Changes(
        instance=now.instance,
        month=now.month,
        days_known=then.days_known and today.days_known,
        says=sum_up(totals),
        totals=totals,
        people=people,
        coaches=coaches_between(then, today),
        rooms=rooms_between(then, today),
        costs=costs_between(was, now),
        objective=total_between(was, now),
    )


def sum_up(totals: Totals) -> str:
    """``2 people lose their appointment, 1 waits longer and 3 meet another coach.``"""
    counted = [(number, one if number == 1 else many) for number, one, many in _in_words(totals) if number]
    if not counted:
        return "Nobody's appointment changes."
    (number, first), *others = counted
    people = f"{how_many(number, 'person', 'people')} {first}"
    says = f"{listed([people, *(f'{number:,} {other}' for number, other in others)], 'and')}."
    if not totals.kept:
        return says
    return f"{says} For {how_many(totals.kept, 'person', 'people')} with an appointment nothing changes."


def _in_words(totals: Totals) -> tuple[tuple[int, str, str], ...]:
    return (
        (totals.lose, "loses their appointment", "lose their appointment"),
        (totals.gain, "gains one", "gain one")
        if totals.lose
        else (totals.gain, "gains an appointment", "gain an appointment"),
        (totals.longer, "waits longer", "wait longer"),
        (totals.shorter, "waits less long", "wait less long"),
        (totals.other_coach, "meets another coach", "meet another coach"),
        (totals.other_place, "goes to another place", "go to another place"),
        (totals.other_time, "comes at another time of the day", "come at another time of the day"),
        (totals.other_room, "goes to another room", "go to another room"),
        (totals.other_session, "comes in another session", "come in another session"),
    )
