"""A conflict as a short paragraph: what is asked for, what stands against it, and that any one of them would do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from roster.calendar import long_date
from roster.facts import Fact
from roster.fault import listed
from roster.instance import Instance

_MOST_NAMED = 12


def conflict_words(instance: Instance, facts: Sequence[Fact]) -> str:
    """The facts of a conflict in sentences: people with one date together, the others in their own words."""
    by_date: dict[date, list[str]] = defaultdict(list)
    others = []
    for fact in facts:
        see_by = instance.people[fact.id.partition(":")[2]].see_by if fact.kind == "see_by" else None
        if see_by is None:
            others.append(fact.sentence)
        else:
            by_date[see_by].append(fact.id.partition(":")[2])
    dates = [_to_be_seen(people, day) for day, people in sorted(by_date.items())]
    return " ".join([*dates, *others, _end(len(facts))])


def _to_be_seen(people: Sequence[str], day: date) -> str:
    named = list(people[:_MOST_NAMED])
    if len(people) > _MOST_NAMED:
        named.append(f"{len(people) - _MOST_NAMED} more")
    who = f"Referral {people[0]} is" if len(people) == 1 else f"Referrals {listed(named, 'and')} are each"
    return f"{who} to be seen by {long_date(day)}."


def _end(number: int) -> str:
    if number == 1:
        return "This alone cannot be kept, whatever else is changed."
    both = "Both cannot" if number == 2 else f"All {number} cannot"
    return f"{both} be kept, whatever else is changed; if any one of them is given up, the others can be."
