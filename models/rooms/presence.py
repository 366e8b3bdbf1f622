"""A site that was promised visits gets at least so many in the month.

Formula: sum over coaches c and sessions s of the month at site v of visit(c, s) >= min_sessions(v).
Source: PROBLEM.md section 2, ``presence``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from roster.domain import Roster
from roster.instance import Instance
from roster.rule import Finding, Rule
from roster.wording import how_many, site_name

if TYPE_CHECKING:
    from roster.decisions import Decisions


def post(decisions: Decisions) -> None:
    """Each promised number of visits; a compromise may miss it at its repair price a visit."""
    instance = decisions.given
    price = instance.settings.repair_prices.presence
    for site in instance.sites:
        if site.min_sessions:
            visits = decisions.visits_at(site.site_id).items()
            decisions.demand(
                [v for (_, s), v in visits if instance.is_in_month(instance.session[s].date)],
                at_least=site.min_sessions,
                rule="presence",
                fact=f"presence:{site.site_id}",
                tier="promises",
                price=price,
            )


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every site with fewer visits than it was promised."""
    held = Counter(
        instance.site_of(v.session_id)
        for v in roster.visits
        if instance.is_in_month(instance.session[v.session_id].date)
    )
    for site in instance.sites:
        missing = (site.min_sessions or 0) - held[site.site_id]
        if missing > 0:
            says = (
                f"{site_name(instance, site.site_id)} has {how_many(held[site.site_id], 'visit')} in the month; "
                f"it was promised at least {site.min_sessions}."
            )
            yield Finding("presence", says, f"presence:{site.site_id}", missing)


RULE = Rule(
    name="presence",
    sentence="A site that was promised visits gets at least so many in the month.",
    formula="sum_(c, s at v) visit(c,s) >= min_sessions(v)",
    check=check,
    post=post,
)
