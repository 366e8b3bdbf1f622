"""The sentences and the cells that fairness has on the terminal, on its page and in its tables."""

from collections.abc import Iterator

from roster.planning.fairness.record import FEWEST_SHOWN, SHORTER_PERCENT, FairnessReport, Group, Payer, Price, Waits
from roster.wording import how_many

KINDS = {
    "everybody": "Everybody",
    "practice": "By practice",
    "place": "By town or country",
    "band": "By band",
    "interpreter": "By need of an interpreter",
    "step_free": "By need of step-free access",
}
TOO_FEW = f"fewer than {FEWEST_SHOWN}"
_HELD = "not shown"
COUNTS, WAITS = ("People", "Seen", "In 28 days"), ("Median", "Mean", "Longest")
OF_SEEN = (*COUNTS, *WAITS)
OF_ALL = ("Not seen", *WAITS)
"""The columns of a table: the waits of the people seen, and those of all."""
PAID = ("Seen", "Days", "Mean", "Wait longer", "Wait less")


def days(number: float | None) -> str:
    """A wait in a table: ``31``, ``18.5``, with one decimal; empty where there is none."""
    return "" if number is None else f"{number:,.1f}".removesuffix(".0")


def more(number: float | None) -> str:
    """What is added or taken away: ``+3``, ``-1.5``, ``0``."""
    if number is None:
        return ""
    sign = "+" if number > 0 else "-" if number < 0 else ""
    return sign + days(abs(number))


def cells(group: Group) -> tuple[str, ...]:
    """The numbers of a group as ``OF_SEEN`` and ``OF_ALL`` say, one after the other."""
    if group.held_back:
        return _HELD, *("" for _ in OF_SEEN[1:]), _HELD, *("" for _ in OF_ALL[1:])
    counts = (f"{n:,}" for n in (group.people or 0, group.seen or 0, group.within_28_days or 0))
    return *counts, *_waits(group.of_seen), f"{group.unseen or 0:,}", *_waits(group.of_all)


def _waits(waits: Waits | None) -> tuple[str, str, str]:
    if waits is None:
        return "", "", ""
    return days(waits.median_days), days(waits.mean_days), days(waits.longest_days)


def paid_cells(payer: Payer) -> tuple[str, ...]:
    """What changes for a group, as ``PAID`` says."""
    if payer.held_back:
        return (_HELD, *("" for _ in PAID[1:]))
    changes = more(payer.seen_more), more(payer.days_more), more(payer.mean_days_more)
    return (*changes, f"{payer.longer or 0:,}", f"{payer.shorter or 0:,}")


# -- sentences ------------------------------------------------------------------------------------------------


def headline(groups: tuple[Group, ...], worst_id: str | None) -> str:
    """Whose people wait longest, beside everybody."""
    worst = next((g for g in groups if g.kind == "practice" and g.id == worst_id), None)
    if worst is None:
        return f"No practice has {FEWEST_SHOWN} people or more, so none is said to wait longest."
    everybody = groups[0]
    if worst.held_back or worst.of_all is None or everybody.of_all is None:
        return f"The people of {worst.says} wait longest on average."
    mean, all_of_them = _day_words(worst.of_all.mean_days), _day_words(everybody.of_all.mean_days)
    return f"The people of {worst.says} wait longest: {mean} on average; everybody together waits {all_of_them}."


def _day_words(number: float | None) -> str:
    return f"{days(number)} day{'' if number == 1 else 's'}"


def price_words(price: Price) -> str:
    """What a shorter wait costs, with what of it is proved."""
    assert price.least is not None
    assert price.most is not None
    wanted = f"{_shorter(price)}, {_day_words(price.reached_days)} in the place of {_day_words(price.mean_days)},"
    if price.proof == "exact":
        cost = how_many(price.least, "minute") if price.least else "nothing"
        return f"{wanted} costs {cost}{' of coach time' if price.least else ''}: proved."
    if price.proof == "more":
        return f"{wanted} costs between {price.least:,} and {how_many(price.most, 'minute')} of coach time: proved."
    most = how_many(price.most, "minute")
    return f"{wanted} costs at most {most} of coach time; whether it costs anything is not proved."


def _shorter(price: Price) -> str:
    if price.outcome == "cannot_be":
        return "To make it shorter all the same"
    return f"To make the mean wait at {_who(price)} at least {SHORTER_PERCENT}% shorter"


def cannot_be_words(price: Price) -> str:
    """That no roster has the shorter wait, and what the shortest one costs."""
    is_shorter = price.reached_days is not None and price.reached_days < price.mean_days
    return f"{_no_roster(price)} {price_words(price)}" if is_shorter else _no_roster(price)


def _no_roster(price: Price) -> str:
    return (
        f"No roster makes the mean wait at {_who(price)} {SHORTER_PERCENT}% shorter, which is "
        f"{_day_words(price.asked_days)} or less: none brings it below {_day_words(price.least_days)}. That is proved."
    )


def not_known_words(price: Price) -> str:
    """That none was found, and that nothing is proved."""
    known = "" if price.least_days is None else f" None brings it below {_day_words(price.least_days)}."
    stopped = "Stopped by you: no" if price.stopped else "No"
    return (
        f"{stopped} roster with a mean wait at {_who(price)} of {_day_words(price.asked_days)} or less was found, and "
        f"that there is none is not proved.{known} Give it more time."
    )


def _who(price: Price) -> str:
    return f"{price.name} ({price.practice_id})"


def who_pays(price: Price) -> Iterator[str]:
    """Which practices' people wait longer for it, and which less, the most days first."""
    named = [p for p in price.payers if p.kind == "practice" and p.days_more]
    for payer in sorted(named, key=lambda p: (-(p.days_more or 0), p.id)):
        less = (payer.days_more or 0) < 0
        number = how_many(abs(payer.days_more or 0), "day")
        yield f"The people of {payer.says} wait {number} {'less' if less else 'longer'} in all."


def notes(report: FairnessReport) -> Iterator[str]:
    """What the words and the numbers mean."""
    yield (
        "Waits are in days from the day a person was referred. Of all: who is not seen counts as waiting until "
        f"{how_many(report.terms.unseen_days, 'day')} after the month."
    )
    yield (
        f"A practice is rural where fewer than {report.terms.rural_sites} sites of these data, its own among them, lie "
        f"within {report.terms.rural_km:g} km of it."
    )
    if any(group.held_back for group in report.groups):
        yield (f"Not shown: groups of {TOO_FEW} people, and where one could be worked out from the rest, another one.")
