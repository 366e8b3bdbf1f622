"""The sentences of policies and prices that are changed: what each would be, and what it is."""

from collections.abc import Callable, Mapping
from typing import Any

from roster.domain import pence
from roster.edit_words.values import instead
from roster.wording import how_many, pounds

Says = Callable[[Any, Any], str]
"""The sentence of a new and an old value, both as the settings hold them."""

PRICES: Mapping[str, str] = {
    "late": "a day after the date by which a person is to be seen",
    "travel": "a minute on the road",
    "visit": "a visit",
    "new_face": "every further coach who is seen at a site",
    "new_coach": "an appointment with somebody else than the usual coach",
    "heaviest": "a minute on the road of the coach who travels most",
    "change": "a change from the published roster",
}


def price_words(what: str, new: int, old: int) -> str:
    """The sentence of a price, in minutes of coach time."""
    was = "" if new == old else f" instead of {old:,}"
    return f"Count {what} as {how_many(new, 'minute')} of coach time{was}."


def _number(new: int, old: int, thing: str, more: str = "") -> str:
    """``3 days instead of 5``, with what is to be said of them after the new number."""
    return how_many(new, thing) + more + ("" if new == old else f" instead of {old:,}")


def _notice(whom: str) -> Says:
    return lambda new, old: f"Ask for {_number(new, old, 'day', ' of notice')} before a new {whom}."


def _see_by(new: str, old: str) -> str:
    says = {
        "must": "Keep every date by which a person is to be seen",
        "prefer": "Aim at the dates by which people are to be seen",
    }
    return says[new] + ("." if new == old else f", instead of {_SEE_BY_WAS[old]}.")


_SEE_BY_WAS = {"must": "keeping every one of them", "prefer": "aiming at them"}


def _budget(new: float | None, old: float | None) -> str:
    new_words, old_words = ("any sum" if most is None else f"at most {pounds(pence(most))}" for most in (new, old))
    return f"Let room hire and interpreter fees in the month come to {instead(new_words, old_words)}."


POLICIES: Mapping[str, Says] = {
    "notice_days": _notice("appointment"),
    "interpreter_notice_days": _notice("appointment with an interpreter"),
    "see_by": _see_by,
    "break_minutes": lambda new, old: (
        f"Give coaches at least {_number(new, old, 'minute')} between two visits on one day, besides the road."
    ),
    "min_visit_minutes": lambda new, old: f"Let a visit last at least {_number(new, old, 'minute')}.",
    "reach_minutes": lambda new, old: (
        f"Send people up to {_number(new, old, 'minute', ' from their practice')}, unless they named sites."
    ),
    "unseen_days": lambda new, old: (
        f"Count a person who is not seen as waiting for {_number(new, old, 'day', ' after the month')}."
    ),
    "budget_pounds": _budget,
}
