"""One case of a simulation, ready to run: the data as a simulation has them, who is referred, and on what terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from roster.instance import Instance
from roster.planning.simulation.chance import Chance
from roster.planning.simulation.months import Calendar, month_after
from roster.planning.simulation.people import (
    DAYS_OF_A_MONTH,
    Demand,
    Kind,
    Person,
    demand_of,
    kind_of,
    referred,
    relabelled,
)
from roster.planning.simulation.terms import Terms
from roster.reasons import NOT_PROVED, Reasons
from roster.rule import Rule

USUAL_MONTHS = 3
"""Months after the folder's in which somebody is looked for who could see each kind of people."""


@dataclass(frozen=True)
class World:
    """A case: the folder or a scenario, at a load, perhaps with a backlog (further people waiting, in months).

    ``beyond_reach``: kinds of people whom nobody could see in a usual month, whatever else is planned.
    """

    name: str
    calendar: Calendar
    demand: Demand
    terms: Terms
    beyond_reach: frozenset[Kind] = frozenset()
    backlog_months: int = 0

    @property
    def base(self) -> Instance:
        """The folder's month."""
        return self.calendar.base

    def month(self, number: int) -> str:
        """``YYYY-MM`` of a month, 0 for the folder's own."""
        return month_after(self.base.settings.month, number)

    def days_of_referrals(self, number: int) -> list[date]:
        """The days whose referrals come in with a month: up to its end, from the day after the month before it.

        For the first month from the day after the folder's day: those before are in the folder.
        """
        first = self.base.settings.as_of if number == 0 else self.calendar.last_day(number - 1)
        last = self.calendar.last_day(number)
        return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]

    def start(self, chance: Chance) -> tuple[Person, ...]:
        """Who waits at the beginning: those in the folder, and the backlog."""
        own = [Person(referral=r, on_list_from=min(r.referred_on, self._as_of)) for r in self.base.referrals]
        return (*own, *referred(self.demand, chance, self._days_of_backlog))

    @property
    def _as_of(self) -> date:
        return self.base.settings.as_of

    @cached_property
    def _days_of_backlog(self) -> list[date]:
        days = round(self.backlog_months * DAYS_OF_A_MONTH)
        return [self._as_of - timedelta(days=n) for n in reversed(range(days))]

    @property
    def described(self) -> str:
        """All that its runs depend on but the seed and how hard rosters are tried for, as a text."""
        return "\n".join(
            [self.base.sha256, self.terms.model_dump_json(exclude={"threshold"}), str(self.backlog_months)]
        )


def cannot_be_seen(calendar: Calendar, demand: Demand, rules: Sequence[Rule]) -> frozenset[Kind]:
    """The kinds of people for whom there is no session, no coach or no interpreter in any of the next few months."""
    found: set[Kind] = set()
    probes = list(demand.probes(calendar.base.settings.as_of))
    for number in range(1, 1 + USUAL_MONTHS):
        reasons = Reasons(calendar.month(number, probes), rules, lambda _: False)
        found |= {kind_of(probe) for probe in probes if reasons.reason(probe) == NOT_PROVED}
    return frozenset(map(kind_of, probes)) - found


def world_of(
    name: str,
    instance: Instance,
    names: Mapping[str, str],
    terms: Terms,
    rules: Sequence[Rule],
    backlog_months: int = 0,
) -> World:
    """The world of a case. Raises InvalidInput where nobody is ever referred."""
    base = relabelled(instance, names)
    if terms.months.see_by == "prefer":
        policy = base.settings.policy.model_copy(update={"see_by": "prefer"})
        base = base.replaced(settings=base.settings.model_copy(update={"policy": policy}))
    calendar = Calendar(base, terms.months.days_before)
    demand = demand_of(base, terms)
    return World(name, calendar, demand, terms, cannot_be_seen(calendar, demand, rules), backlog_months)
