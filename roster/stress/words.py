"""Cases and their repairs in words, which claim no more than was proved."""

from collections.abc import Mapping, Sequence
from datetime import date

from roster.calendar import long_date
from roster.fault import listed
from roster.stress.cases import Case
from roster.stress.record import Part, Repaired, WeakPoint
from roster.wording import how_many

MOST_NAMED = 12
"""How many referrals a sentence names."""


def says_of(case: Case, repaired: Repaired) -> str:
    """``If C02 is away from 15 to 21 March 2027, at most 4 people cannot be seen in time: R1, ... The best ...``"""
    sentences = [f"If {gone_words(case.parts)} {week_words(case.first_day, case.last_day)}, {_people(repaired)}"]
    sentences += [_promises(repaired)] if repaired.breaks else []
    sentences.append(_repair(repaired))
    return " ".join(sentences)


def not_known(case: Case, why: str) -> str:
    """What is said of a case of which nothing is known."""
    return f"If {_when(case)}: not known, because {why}."


def not_tried(case: Case) -> str:
    """What is said of a case that there was no time for."""
    return f"If {_when(case)}: not tried."


def _when(case: Case) -> str:
    return f"{gone_words(case.parts)} {week_words(case.first_day, case.last_day)}"


def gone_words(parts: Sequence[Part]) -> str:
    """``C02 is away``, ``Riverside Surgery (X) with its only room X-1 is closed``, ``room X-1 at ... is not there``."""
    first, *others = parts
    if first.kind == "coach":
        return f"{first.id} is away"
    if first.kind == "room":
        return f"room {first.id} at {first.name} is not there"
    rooms = f" with its only room {listed([part.id for part in others], 'and')}" if others else ""
    return f"{first.name} ({first.id}){rooms} is closed"


def week_words(first_day: date, last_day: date) -> str:
    """``on 1 March 2027``, ``from 15 to 21 March 2027``."""
    if first_day == last_day:
        return f"on {long_date(first_day)}"
    return f"from {first_day.day} to {long_date(last_day)}"


# -- people ---------------------------------------------------------------------------------------------------


def _people(repaired: Repaired) -> str:
    """Who is no longer seen in time: whatever is done, or at most so many."""
    if not repaired.hits:
        return "everybody who was seen in time still can be."
    number, certain = how_many(repaired.people, "person", "people"), repaired.certain
    whom = _whom({h.referral_id: h.people for h in repaired.hits})
    if certain == repaired.people:
        return f"{number} cannot be seen in time, whatever is done: {whom}."
    if repaired.proved:
        which = f"{number} cannot be seen in time in the best repair there is: {whom}."
    else:
        which = f"at most {number} cannot be seen in time: {whom}."
    if not certain:
        return which
    lost = {h.referral_id: h.certain for h in repaired.hits if h.certain}
    return f"{which} Nothing can be done for {certain:,} of them: {_whom(lost)}."


def _whom(people: Mapping[str, int]) -> str:
    """The referrals, with the number of their people where it is more than one."""
    names = [r if number == 1 else f"{r} ({number:,} people)" for r, number in people.items()]
    if len(names) <= MOST_NAMED + 1:
        return listed(names, "and")
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED:,} more"


# -- the repair -----------------------------------------------------------------------------------------------


def _promises(repaired: Repaired) -> str:
    return f"{how_many(len(repaired.breaks), 'promise is', 'promises are')} broken."


def _repair(repaired: Repaired) -> str:
    which = "best repair there is" if repaired.proved else "best repair found"
    changes = f"makes {how_many(repaired.changes, 'change')}" if repaired.changes else "changes nothing else"
    return f"The {which} {changes}, and {cost_words(repaired.costs_more)}."


def cost_words(minutes: int) -> str:
    """``its total is 125 minutes of coach time higher, waits included``; lower where the roster could be better."""
    if minutes == 0:
        return "its total is the same"
    more = "higher" if minutes > 0 else "lower"
    return f"its total is {how_many(abs(minutes), 'minute')} of coach time {more}, waits included"


def sum_up(points: Sequence[WeakPoint]) -> str:
    """``18 of 20 cases were tried: in 5 somebody is no longer seen in time.``"""
    tried = [point.repaired for point in points if point.repaired is not None]
    if not points:
        return "The roster has no visits from this day on, so there is nothing to try."
    if not tried:
        return f"None of {how_many(len(points), 'case')} could be tried in time."
    hit = sum(1 for repaired in tried if repaired.hits)
    all_of_them = len(tried) == len(points)
    count = how_many(len(tried), "case") if all_of_them else f"{len(tried):,} of {len(points):,} cases"
    found = f"in {hit:,} somebody is" if hit else "in none of them anybody is"
    return f"{count} tried: {found} no longer seen in time."
