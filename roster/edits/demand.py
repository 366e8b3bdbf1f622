"""Demand drawn again: the referrals of a busier or quieter month, made from those of this one."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from roster.domain import Referral

_DRAWN = re.compile(r"drawn([0-9]+)-[0-9]+")


def drawn_again(
    referrals: Mapping[str, Referral], factor: float, seed: int, taken: Iterable[str]
) -> dict[str, Referral]:
    """``round(factor * n)`` of the n referrals, halves up, drawn with replacement; each with a new id.

    The ids are ``drawn<k>-<number>``, with a k that neither the referrals nor the ids ``taken`` use, so that nobody
    is mistaken for somebody else. The same seed draws the same people. Everything but the id is kept.
    """
    number = int((Decimal(repr(factor)) * len(referrals)).quantize(Decimal(1), ROUND_HALF_UP))
    rows = list(referrals.values())
    drawn = Random(seed).choices(rows, k=number) if rows else []
    start = f"drawn{_next_draw([*referrals, *taken])}-"
    width = len(str(number))
    ids = [f"{start}{n:0{width}d}" for n in range(1, number + 1)]
    return {new_id: row.model_copy(update={"referral_id": new_id}) for new_id, row in zip(ids, drawn, strict=True)}


def _next_draw(ids: Iterable[str]) -> int:
    draws = [int(found[1]) for i in ids if (found := _DRAWN.fullmatch(i))]
    return max(draws, default=0) + 1
