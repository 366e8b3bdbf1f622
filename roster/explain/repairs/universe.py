"""The steps that a search for repairs looks at, in one model with the promises that are in trouble."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from roster.decisions import Decisions
from roster.domain import Referral
from roster.edits import AddSession
from roster.edits.apply import changed_by
from roster.explain.conflicts.part import part_about
from roster.explain.repairs.half_days import HalfDays
from roster.explain.repairs.steps import OFFER_OWNERS, Offer, Step, Steps, first_price, kind_of
from roster.facts import Fact, Owner, facts_of, without
from roster.instance import Instance
from roster.model import Cost, Ints, Matrix, Model
from roster.plan import Plan, plan_of
from roster.rule import Rule

STEPS_TO_A_POINT = 64
"""Among repairs of one price the one with the fewest steps: so many steps are worth a point."""


@dataclass(frozen=True)
class Scope:
    """Which repairs are looked for: of one owner alone, or of any, without the facts that are closed.

    ``other_than`` holds sets of kinds of steps; no repair that takes all kinds of one of them is wanted.
    """

    owner: Owner | None = None
    other_than: tuple[frozenset[str], ...] = ()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Chosen:
    """Steps that mend the promises in trouble, their price in points, and a plan that keeps them after the steps.

    ``at_least``: no steps of the scope that mend them cost less. ``instance`` is the part that was looked at, with
    everything that could be offered.
    """

    steps: tuple[Step, ...]
    price: int
    at_least: int
    plan: Plan
    instance: Instance
    offers: dict[str, Offer]


class Universe:
    """The steps of a scope of which each costs at most ``cap`` points, and the promises in trouble (by id).

    With ``apart`` every visit is a journey of its own: less is asked, so nothing costs less than the cheapest steps.
    """

    def __init__(
        self,
        instance: Instance,
        rules: Sequence[Rule],
        trouble: Collection[str],
        scope: Scope,
        cap: int,
        *,
        apart: bool,
    ) -> None:
        self._scope, self._cap, self._apart = scope, cap, apart
        people = [r for r in instance.people.values() if f"see_by:{r.referral_id}" in trouble]
        facts = [fact for fact in facts_of(instance) if self._may_step(instance, fact)]
        kinds = {fact.kind for fact in facts}
        days_later = self._days_later(instance) if "see_by" in kinds else 0
        part = part_about(instance, trouble, days_later=days_later, anywhere="place" in kinds)
        offers = list(self._offers(HalfDays(instance), part, people, days_later))
        self.offers: dict[str, Offer] = {_id(offer): offer for offer in offers}
        self.instance = changed_by(part, offers, relaxing=True)
        opened = [fact for fact in facts_of(self.instance) if self._may_step(self.instance, fact)]
        self.what = frozenset(fact.id for fact in opened) | frozenset(self.offers), days_later
        self._rules, self._opened = rules, opened

    # -- what is looked at --------------------------------------------------------------------------------

    def _may_step(self, instance: Instance, fact: Fact) -> bool:
        mine = self._scope.owner in (None, fact.owner) and fact.id not in self._scope.closed
        return mine and first_price(instance, fact) <= self._cap

    def _days_later(self, instance: Instance) -> int:
        """By how many days a see-by date may be moved for so many points."""
        prices = instance.settings.repair_prices
        month = len(instance.days)
        return min(month, (self._cap - prices.see_by) // prices.see_by_more + 1 if prices.see_by_more else month)

    def _offers(
        self, half_days: HalfDays, part: Instance, people: Collection[Referral], days_later: int
    ) -> Iterator[Offer]:
        """A room wherever somebody in trouble accepts to go or visits are promised; an interpreter whom they need.

        ``half_days`` are those of the whole instance: what could be offered does not depend on what is looked at.
        """
        prices = part.settings.repair_prices
        last = self._last_day(part, people, days_later)
        if self._may_offer("add_session", prices.session):
            near = {site_id for referral in people for site_id in part.accepted_sites(referral)}
            yield from half_days.sessions(near | {s.site_id for s in part.sites if s.min_sessions}, last)
        if self._may_offer("add_booking", prices.booking):
            skills = {skill for referral in people for skill in part.needed(referral, "interpreter")}
            yield from half_days.bookings(skills, last)

    def _may_offer(self, op: str, price: int) -> bool:
        return self._scope.owner in (None, OFFER_OWNERS[op]) and price <= self._cap

    def _last_day(self, part: Instance, people: Collection[Referral], days_later: int) -> date:
        """The last day on which something could be done for the promises in trouble."""
        if any(s.min_sessions for s in part.sites):
            return part.days[-1]
        last = max((r.see_by for r in people if r.see_by), default=part.days[0])
        return min(part.days[-1], last + timedelta(days=days_later))

    # -- the model ----------------------------------------------------------------------------------------

    @cached_property
    def _steps(self) -> Steps:
        """The steps, in a model with the promises in trouble and a price."""
        open_ = frozenset(fact.id for fact in self._opened)
        steps = Steps(Model(), self.instance, open_, self.offers)
        self._decisions = Decisions(
            without(self.instance, self._opened),
            self._rules,
            relief=steps,
            held=self.instance,
            model=steps.model,
            apart=self._apart,
        )
        for kinds in self._scope.other_than:
            self._not_all(steps, kinds)
        return steps

    def _not_all(self, steps: Steps, kinds: frozenset[str]) -> None:
        """Not a step of each of these kinds."""
        used = []
        for kind in sorted(kinds):
            of_kind = [v for step, v in steps.variables() if kind_of(step, self.offers) == kind]
            any_ = steps.model.new(1, f"some step of kind {kind}")
            for variable in of_kind:
                steps.model.add([(variable, 1), (any_, -steps.model.upper[variable])], at_most=0)
            used.append((any_, 1))
        steps.model.add(used, at_most=len(used) - 1)

    @cached_property
    def matrix(self) -> Matrix:
        """The model. The cost of values is so many points, times ``STEPS_TO_A_POINT``, and the number of steps."""
        steps = self._steps
        terms = [(variable, price * STEPS_TO_A_POINT + counts) for variable, price, counts in steps.costs()]
        return steps.model.matrix(Cost(terms))

    def cheaper_than(self, price: int) -> Matrix:
        """The model with only what costs fewer points than ``price``."""
        terms = [(variable, points) for variable, points, _ in self._steps.costs() if points]
        return self.matrix.with_row(terms, at_most=price - 1)

    def chosen(self, values: Ints) -> Chosen:
        """The steps that values of the model, shape (n,), take."""
        steps = self._steps.chosen(values)
        price = self._steps.price(steps)
        plan = plan_of(self._decisions, values)
        return Chosen(steps, price, 0, plan, self.instance, self.offers)


def _id(offer: Offer) -> str:
    return offer.session_id if isinstance(offer, AddSession) else offer.booking_id
