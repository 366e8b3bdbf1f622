"""The whole answer: the figures of every group in a roster, and the price of a shorter wait where it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from roster.domain import Roster
from roster.instance import Instance
from roster.planning.fairness.figures import group_figures, picture_of
from roster.planning.fairness.places import RURAL_KM, RURAL_SITES
from roster.planning.fairness.price import FairTerms, price_of
from roster.planning.fairness.record import FEWEST_SHOWN, FairnessReport, Terms
from roster.planning.fairness.words import headline
from roster.solve import Options, Progress


@dataclass(frozen=True)
class Fairness:
    """The answer, and the roster with the shorter wait where one was asked for and found."""

    report: FairnessReport
    roster: Roster | None = None


class HeldBackError(ValueError):
    """A price would say how long the people of a practice wait of which nothing may be shown."""


def fairness(
    instance: Instance,
    roster: Roster,
    terms: FairTerms,
    options: Options | None = None,
    *,
    every_group: bool = False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Fairness:
    """Who waits how long in a roster that the checker accepts; with ``options``, also what a shorter wait costs.

    ``every_group``: small groups have their numbers too. KeyboardInterrupt ends the search for the price. Raises
    HeldBackError where a price is asked and the practice that it would speak of is held back.
    """
    picture = picture_of(instance, roster, every_group=every_group)
    groups, worst = group_figures(picture), picture.worst
    report = FairnessReport(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        compromise=roster.compromise,
        terms=Terms(
            rural_km=RURAL_KM,
            rural_sites=RURAL_SITES,
            fewest_shown=0 if every_group else FEWEST_SHOWN,
            unseen_days=instance.settings.policy.unseen_days,
        ),
        says=headline(groups, None if worst is None else worst.id),
        groups=groups,
    )
    if options is None or worst is None:
        return Fairness(report)
    if worst in picture.hidden:
        raise HeldBackError
    fairer = price_of(picture, roster, worst, terms, options, tell)
    return Fairness(report.model_copy(update={"price": fairer.price}), fairer.roster)
