"""The words of what things are worth: the headline, what each buys, what of it is proved, who can do it."""

from collections.abc import Iterator, Mapping, Sequence

from roster.facts import Owner
from roster.planning.record import Column
from roster.planning.value.record import Bought, Confirmed, Sheet, Thing
from roster.wording import how_many

ONLY_TOTALS = (
    "Saved: by how much less the best roster with it costs, at least and at most, in minutes of coach time; that is "
    "proved. People and days are those of the rosters found, and other rosters with the same total may differ in them."
)
ESTIMATES = (
    "These were not tried. The estimate, in minutes of coach time, says what each might save. It is not proved, and "
    "mostly too high."
)
OWNERS: Mapping[Owner, str] = {
    "practice": "practice",
    "coach": "coach",
    "region": "region",
    "referrer": "referrer",
    "policy": "policy",
}
_NO_BASE = {
    "infeasible": "No roster keeps every rule, so nothing can be compared. To see why: roster explain.",
    "unknown": "No roster was found in time, so nothing can be compared.",
}


def headline(base: Column, confirmed: Sequence[Confirmed], *, known: bool = True) -> str:
    """The most valuable single thing, and what it buys; or that nothing is proved to help.

    ``known``: whether anything is known of what might help.
    """
    if base.outcome not in ("optimal", "feasible"):
        return _NO_BASE.get(base.outcome, base.says)
    best = next((one for one in confirmed if one.helps), None)
    if best is not None:
        return f"The most valuable single thing: {_inside(best.says)}: {bought_words(best)}."
    if not (confirmed or known):
        return "There was not enough time to find out what might help."
    if not confirmed:
        return "Nothing that could be added or loosened by itself looks as if it would help."
    first = confirmed[0]
    if first.saves is not None and first.saves > 0:
        return (
            f"Nothing is proved to help in the time there was. What looks best: {_inside(first.says)}: "
            f"{bought_words(first)}."
        )
    return "None of what was tried makes the roster better."


def bought_words(one: Confirmed) -> str:
    """``3 more people in time``: the first of what it buys that is more than nothing."""
    for words in what_it_buys(one.bought):
        return words
    return f"{how_many(max(one.saves or 0, 0), 'minute')} of coach time saved"


def what_it_buys(bought: Bought | None) -> Iterator[str]:
    """Each thing that is better, in words, the most important first."""
    if bought is None:
        return
    if bought.in_time > 0:
        yield f"{how_many(bought.in_time, 'more person', 'more people')} in time"
    if bought.seen > 0:
        yield f"{how_many(bought.seen, 'more person', 'more people')} seen"
    if bought.within_28_days > 0:
        yield f"{how_many(bought.within_28_days, 'more person', 'more people')} seen within 28 days"
    if bought.waiting_days > 0:
        yield f"{how_many(bought.waiting_days, 'day')} of waiting less"


def saved_words(one: Confirmed) -> str:
    """``120``, ``95 to 140``: how much less it costs; empty where that cannot be compared."""
    if one.saves_least is None or one.saves_most is None or one.proof == "not_alike":
        return ""
    if one.saves_least == one.saves_most:
        return f"{one.saves_least:,}"
    return f"{one.saves_least:,} to {one.saves_most:,}"


def proof_words(one: Confirmed) -> str:
    """What is proved of it, in a few words."""
    if one.difference is None:
        return "no roster" if one.column.figures is None else "a compromise"
    if one.proof == "exact":
        return "proved: no help" if one.saves == 0 else "proved" if one.helps else "proved: costs more"
    words = {"less": "helps: proved", "more": "costs more: proved", "not_proved": "not proved"}
    return words.get(one.proof or "", "does not compare")


def signed(number: int | None) -> str:
    """``+3``, ``0``, ``-1``; empty where there is none."""
    return "" if number is None else f"{number:+,}" if number else "0"


def estimate_words(thing: Thing) -> str:
    """``about 120``; ``not known`` where there is no estimate."""
    return "not known" if thing.estimate is None else f"about {round(thing.estimate):,}"


def _inside(says: str) -> str:
    """The words within a sentence: a capital only where it stands for a name."""
    first = says.split(" ", 1)[0]
    return says[:1].lower() + says[1:] if first in _SMALL else says


_SMALL = frozenset(("A", "An", "One", "Let", "Send", "Give", "Ask", "Coach"))


# -- sheets ---------------------------------------------------------------------------------------------------


def sheet_lines(sheet: Sheet) -> Iterator[str]:
    """What a practice reads: the best session it could release, what that buys, and how sure that is."""
    if sheet.best is None:
        yield f"No further session at {sheet.site} looks as if it would let anybody be seen sooner this month."
        return
    one = sheet.confirmed
    if one is None or one.bought is None or one.difference is None:
        yield f"The session that looks most useful: {_inside(sheet.best.says)}."
        yield "What it would bring was not worked out this time."
        return
    buys = list(what_it_buys(one.bought))
    if is_known_to_help(one):
        yield f"The most useful session you could offer: {_inside(sheet.best.says)}."
        yield f"With it the month could have {_and(buys)}." if buys else "With it nobody would be seen sooner."
    else:
        yield f"No further session at {sheet.site} is known to let anybody be seen sooner this month."
        yield f"The one that looked best was tried: {_inside(sheet.best.says)}."
    yield _how_sure(one)


def is_known_to_help(one: Confirmed) -> bool:
    """Whether the roster found with it is better for somebody, or it is proved that the best one is."""
    return one.helps or (one.bought is not None and any(what_it_buys(one.bought)))


def _how_sure(one: Confirmed) -> str:
    if one.helps:
        return (
            f"That it helps is proved: the month then costs at least {how_many(one.saves_least or 0, 'minute')} of "
            "coach time less. The numbers of people and days are those of the best roster found."
        )
    if one.proof in ("exact", "more"):
        return "It is proved that the month would not cost less with it."
    return "Whether it helps is not proved yet. The numbers of people and days are those of the best roster found."


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
