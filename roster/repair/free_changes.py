"""A repair with as many changes as somebody chose, whether they pay or not: a row of what changes buy, as a roster.

Within that number changes are looked for as if they were free; the roster is then priced, and checked, as any other.
"""

from collections.abc import Callable
from dataclasses import replace

from roster.domain import Outcome, Roster
from roster.instance import Instance
from roster.reasons import Reasons, unseen_of
from roster.repair.run import Repair, repair
from roster.repair.terms import Terms
from roster.solve import Options, Progress, Result
from roster.verify import verify
from roster.wording import how_good, how_many

NOT_CHECKED = "The answer failed the checker, so nothing is shown. This is a fault of the program, not of your data."


def repair_with_free_changes(
    instance: Instance, terms: Terms, options: Options, most: int, tell: Callable[[Progress], None] = lambda _: None
) -> Repair:
    """The repair that costs least, the price of changes left out, with at most ``most`` of them.

    Its roster has the prices of the instance. Its bound is that of the search: what no roster can cost less than
    without the price of changes, none can with it. Raises ValueError where nothing is published.
    """
    prices = instance.settings.prices.model_copy(update={"change": 0})
    free = instance.replaced(settings=instance.settings.model_copy(update={"prices": prices}))
    found = repair(free, terms, options, most, tell)
    roster = found.result.roster
    if roster is None:
        return replace(found, buys=(), proved=False)
    priced = _priced(instance, terms, roster)
    if not verify(instance, priced, terms.rules, terms.preferences).accepted:
        return Repair(Result("rejected", None, NOT_CHECKED, found.result.seconds), 0, None, ())
    limit = f"This was made with at most {how_many(most, 'change')}, and none was held against it."
    result = replace(found.result, outcome=priced.outcome, roster=priced, says=f"{limit} {how_good(priced)}")
    return replace(found, result=result, buys=(), proved=False)


def _priced(instance: Instance, terms: Terms, roster: Roster) -> Roster:
    """The same roster with what it costs in the instance, and only reasons that hold there: nobody is outranked."""
    costs = {preference.name: preference.price(instance, roster) for preference in terms.preferences}
    objective = sum(costs.values())
    bound = min(roster.bound, objective)
    outcome: Outcome = "optimal" if bound == objective else "feasible"
    reasons = Reasons(instance, terms.rules, lambda _: False)
    unseen = unseen_of(instance, roster.appointments, reasons.reason)
    about = {"unseen": unseen, "instance_sha256": instance.sha256, "costs": costs, "objective": objective}
    return roster.model_copy(update={**about, "bound": bound, "outcome": outcome})
