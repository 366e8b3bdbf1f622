"""The columns of a plan: each roster in figures, and what differs from the base, with what of that is proved.

The best total of the base lies between its bound and the total found, and so does that of a scenario: of both the
difference between the best follows. Who is seen, and how soon, is that of the rosters found.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from roster.domain import BANDS, Roster
from roster.edit_words import edits_words
from roster.figures import Figures, figures_of
from roster.instance import Instance
from roster.planning.record import (
    WITHIN_DAYS,
    BandSeen,
    Column,
    Difference,
    InFigures,
    People,
    PlanReport,
    Proof,
    SiteUse,
)
from roster.planning.scenarios import BASE, Scenario
from roster.summaries import Line
from roster.wording import percent


def base_column(name: str, instance: Instance, line: Line, roster: Roster | None) -> Column:
    """The base."""
    return _column(name, instance, line, roster)


def scenario_column(
    scenario: Scenario, base: Instance, line: Line, roster: Roster | None, base_roster: Roster | None
) -> Column:
    """A scenario beside the base; the rosters are None where there are none."""
    column = _column(scenario.name, scenario.instance, line, roster)
    update: dict[str, object] = {"edits": scenario.edits, "edits_say": edits_words(base, scenario.edits)}
    update["point"] = scenario.point
    if roster is not None and base_roster is not None and not (roster.compromise or base_roster.compromise):
        update["difference"] = difference(base, base_roster, scenario.instance, roster)
    return column.model_copy(update=update)


def _column(name: str, instance: Instance, line: Line, roster: Roster | None) -> Column:
    return Column(
        name=name,
        outcome=line.outcome,
        says=line.says,
        seconds=line.seconds,
        stopped=line.stopped,
        instance_sha256=instance.sha256,
        figures=None if roster is None else in_figures(instance, roster),
    )


# -- one roster -----------------------------------------------------------------------------------------------


def in_figures(instance: Instance, roster: Roster) -> InFigures:
    """A roster of the instance in figures."""
    figures, soon = figures_of(instance, roster), _soon(instance, roster)
    everybody = figures.everybody
    return InFigures(
        bands=tuple(_bands(instance, figures, soon)),
        sites=tuple(_sites(instance, roster)),
        longest_wait_days=everybody.longest_wait_days,
        median_wait_days=everybody.median_wait_days,
        sessions_offered=figures.sessions_offered,
        sessions_used=figures.visits,
        road_minutes=figures.road_minutes,
        hire_pounds=figures.hire_pounds,
        fees_pounds=figures.fees_pounds,
        costs=roster.costs,
        total=roster.objective,
        bound=None if roster.compromise else roster.bound,
        gap=None if roster.compromise else roster.gap,
    )


def _soon(instance: Instance, roster: Roster) -> Counter[str]:
    """For each referral how many of its people are seen within ``WITHIN_DAYS`` of being referred."""
    found: Counter[str] = Counter()
    for a in roster.appointments:
        waited = (instance.session[a.session_id].date - instance.people[a.referral_id].referred_on).days
        found[a.referral_id] += waited <= WITHIN_DAYS
    return found


def _bands(instance: Instance, figures: Figures, soon: Counter[str]) -> Iterator[BandSeen]:
    within = {band: sum(soon[r.referral_id] for r in instance.people.values() if r.band == band) for band in BANDS}
    for band in figures.bands:
        yield BandSeen(
            band=band.band,
            people=band.people,
            seen=band.seen,
            with_date=band.with_date,
            seen_by_date=band.seen_by_date,
            within_28_days=within.get(band.band, soon.total()),
        )


def _sites(instance: Instance, roster: Roster) -> Iterator[SiteUse]:
    working = set(instance.days) - instance.bank_holidays
    offered = Counter(instance.site_of(s.session_id) for s in instance.sessions if s.date in working)
    used = Counter(instance.site_of(v.session_id) for v in roster.visits)
    seen: Counter[str] = Counter()
    soon: Counter[str] = Counter()
    for a in roster.appointments:
        site_id, day = instance.site_of(a.session_id), instance.session[a.session_id].date
        seen[site_id] += 1
        soon[site_id] += (day - instance.people[a.referral_id].referred_on).days <= WITHIN_DAYS
    for site in instance.sites:
        at = site.site_id
        yield SiteUse(
            site_id=at,
            name=site.name,
            sessions_offered=offered[at],
            sessions_used=used[at],
            seen=seen[at],
            within_28_days=soon[at],
        )


# -- two rosters ----------------------------------------------------------------------------------------------


def difference(base: Instance, base_roster: Roster, instance: Instance, roster: Roster) -> Difference:
    """What differs from the base; both rosters keep every rule."""
    least, most = roster.bound - base_roster.objective, roster.objective - base_roster.bound
    proof = _proof(least, most) if _alike(base, instance) else "not_alike"
    before, now = _seen(base_roster), _seen(roster)
    both = base.people.keys() & instance.people.keys()
    return Difference(
        total=roster.objective - base_roster.objective,
        least=least,
        most=most,
        proof=proof,
        says=_says(proof, least, most, base_roster, roster),
        newly_seen=_more(now, before, both),
        no_longer_seen=_more(before, now, both),
    )


def _alike(base: Instance, instance: Instance) -> bool:
    """Whether the totals are of the same people at the same prices."""
    one, other = base.settings, instance.settings
    same_terms = (one.prices, one.policy.unseen_days) == (other.prices, other.policy.unseen_days)
    return same_terms and _who(base) == _who(instance)


def _who(instance: Instance) -> set[tuple[object, ...]]:
    """What of people the prices of waiting and being late are made of."""
    return {(r.referral_id, r.referred_on, r.band, r.see_by, r.count) for r in instance.people.values()}


def _proof(least: int, most: int) -> Proof:
    if least == most:
        return "exact"
    if most < 0:
        return "less"
    return "more" if least > 0 else "not_proved"


def _says(proof: Proof, least: int, most: int, base: Roster, roster: Roster) -> str:
    if proof == "not_alike":
        return "The people, their dates or the prices are others than in the base, so the totals do not compare."
    if proof == "exact":
        if least == 0:
            return "Proved: the best roster costs as much as the best of the base."
        return f"Proved: the best roster costs {_more_or_less(least)} than the best of the base."
    if proof == "not_proved":
        far = f"the base is at most {percent(base.gap)} and this at most {percent(roster.gap)} from the best"
        return f"Not proved: {far}, so the difference may be due to the search."
    nearer, further = sorted((abs(least), abs(most)))
    which = "less" if proof == "less" else "more"
    return f"Proved: the best roster costs between {nearer:,} and {further:,} {which} than the best of the base."


def _more_or_less(minutes: int) -> str:
    return f"{abs(minutes):,} {'more' if minutes > 0 else 'less'}"


def _seen(roster: Roster) -> Counter[str]:
    return Counter(a.referral_id for a in roster.appointments)


def _more(one: Counter[str], other: Counter[str], among: set[str]) -> tuple[People, ...]:
    """Of whom more people are in ``one`` than in ``other``, and how many more."""
    more = one - other
    return tuple(People(referral_id=r, people=more[r]) for r in sorted(more) if r in among)


def plan_report(
    base: Instance,
    scenarios: Sequence[Scenario],
    lines: Mapping[str, Line],
    roster_of: Callable[[Line], Roster | None],
) -> PlanReport:
    """The base and its scenarios: ``lines`` has what came of each, by name."""
    base_line = lines[BASE]
    base_roster = roster_of(base_line)
    return PlanReport(
        instance=base.settings.name,
        month=base.settings.month,
        instance_sha256=base.sha256,
        asked=base_line.asked,
        complete=all(line.keeps_every_rule for line in lines.values()),
        base=base_column(BASE, base, base_line, base_roster),
        scenarios=tuple(
            scenario_column(s, base, lines[s.name], roster_of(lines[s.name]), base_roster) for s in scenarios
        ),
    )
