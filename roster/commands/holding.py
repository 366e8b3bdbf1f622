"""``roster solve --reserve``: the best roster that holds a share of places back, and what that costs.

It is solved with the share held back in half of the time, and then without in what is left, beginning from that
roster; both costs and both bounds give the price.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from roster import solve as solving
from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.held_back import HeldBack, held_back, how_good_with_places, share_words
from roster.instance import Instance
from roster.plan import plan_of_roster
from roster.rule import Preference, Rule
from roster.wording import how_good

FINEST = 1000
"""A share is a whole number of such parts."""
OUTRANKED = "Outranked"
SHORTEST_SECONDS = 1.0
"""Where the first search took longer than its half, the second has at least so long."""


def share_of(text: str) -> Fraction:
    """A share between 0 and 1 as it is given with --reserve, ``0.1`` or ``10%``. Raises InvalidInput."""
    found = re.fullmatch(r"([0-9]*\.?[0-9]+) ?(%?)", text.strip())
    share = Fraction(found[1]) / (100 if found[2] else 1) if found else Fraction(0)
    if not 0 < share < 1:
        says, do = "this is not a share between 0 and 1", "Write a share such as 0.1 or 10%."
    elif FINEST % share.denominator:
        says, do = "this share has too many decimals", "Write at most three, such as 0.125 or 12.5%."
    else:
        return share
    raise InvalidInput([Fault(file="--reserve", value=text, says=says, do=do)])


@dataclass(frozen=True)
class Reserve:
    """A share of each week's places to hold back: the rule that says so, and what makes rosters with it to begin with.

    ``start`` takes the place of ``Options.start`` while places are held back.
    """

    share: Fraction
    rule: Rule
    start: solving.Start | None = None


def solve_holding_back(
    instance: Instance,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    options: solving.Options,
    reserve: Reserve,
    tell: Callable[[solving.Progress], None],
) -> tuple[solving.Result, HeldBack | None]:
    """What came of it, and the account of the places where there is a roster that holds them back.

    The roster says of itself what is true without the share: its bound is that of every roster that keeps the rules,
    so it is ``optimal`` only where holding back costs nothing.
    """
    half = replace(options, time_limit=options.time_limit / 2, start=reserve.start)
    first = solving.solve(instance, (*rules, reserve.rule), preferences, half, tell=_telling("places held back", tell))
    if first.outcome == "rejected":
        return first, None
    kept = first.roster if first.outcome in ("optimal", "feasible") else None
    left = max(options.time_limit - first.seconds, SHORTEST_SECONDS)
    start = solving.BeginningWith(plan_of_roster(kept), options.start) if kept else options.start
    rest = replace(options, time_limit=left, start=start)
    second = solving.solve(instance, rules, preferences, rest, tell=_telling("without places held back", tell))
    seconds = first.seconds + second.seconds
    if kept is None:
        return replace(_without_places(first, second, reserve.share), seconds=seconds), None
    bare = second.roster if second.outcome in ("optimal", "feasible") else None
    says = first.says.removesuffix(how_good(kept)) + how_good_with_places(kept, reserve.share)
    found = _as_one_of_all(kept, 0 if bare is None else bare.bound, reserve.share)
    return solving.Result(found.outcome, found, says, seconds), held_back(instance, reserve.share, kept, bare)


def _telling(what: str, tell: Callable[[solving.Progress], None]) -> Callable[[solving.Progress], None]:
    """Progress that says which of the two searches it is of."""
    return lambda progress: tell(replace(progress, says=f"{what}: {progress.says}" if progress.says else what))


def _as_one_of_all(kept: Roster, bound: int, share: Fraction) -> Roster:
    """The roster with a bound of all rosters, and with reasons that speak of the places held back."""
    bound = max(0, min(bound, kept.objective))
    but = f" Rosters that hold back less than {share_words(share)} were not asked."
    unseen = tuple(
        u.model_copy(update={"reason": u.reason + but}) if u.reason.startswith(OUTRANKED) else u for u in kept.unseen
    )
    outcome = "optimal" if bound == kept.objective else "feasible"
    return kept.model_copy(update={"bound": bound, "outcome": outcome, "unseen": unseen})


def _without_places(first: solving.Result, second: solving.Result, share: Fraction) -> solving.Result:
    """Nothing that holds the share back: whether that is proved, and whether there is a roster without."""
    if second.outcome not in ("optimal", "feasible"):
        return second
    part = share_words(share)
    there_is = f"There is a roster that does not hold back {part}:"
    if first.outcome == "infeasible":
        says = f"No roster both keeps every rule and holds back {part} of each week's places. {there_is}"
        return solving.Result("infeasible", None, f"{says} hold back less, or leave out --reserve.", 0.0)
    says = f"No roster that holds back {part} was found in time or ruled out. {there_is}"
    return solving.Result("unknown", None, f"{says} give it more time, hold back less, or leave out --reserve.", 0.0)
