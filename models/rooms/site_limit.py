"""A site has no more visits in the month than it allows.

Formula: sum over coaches c and sessions s of the month at site v of visit(c, s) <= max_sessions(v).
Source: PROBLEM.md section 2, ``site_limit``.
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
    """At most max_sessions visits at each site that has a limit."""
    instance = decisions.given
    for site in instance.sites:
        if site.max_sessions is not None:
            visits = decisions.visits_at(site.site_id).items()
            in_month = [v for (_, s), v in visits if instance.is_in_month(instance.session[s].date)]
            decisions.at_most(in_month, site.max_sessions, f"site_limit:{site.site_id}")


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every site with more visits than it allows."""
    held = Counter(
        instance.site_of(v.session_id)
        for v in roster.visits
        if instance.is_in_month(instance.session[v.session_id].date)
    )
    for site in instance.sites:
        if site.max_sessions is not None and held[site.site_id] > site.max_sessions:
            says = (
                f"{site_name(instance, site.site_id)} has {how_many(held[site.site_id], 'visit')} in the month; "
                f"it allows {site.max_sessions}."
            )
            over = held[site.site_id] - site.max_sessions
            yield Finding("site_limit", says, f"site_limit:{site.site_id}", over)


RULE = Rule(
    name="site_limit",
    sentence="A site has no more visits in the month than it allows.",
    formula="sum_(c, s at v) visit(c,s) <= max_sessions(v)",
    check=check,
    post=post,
)
