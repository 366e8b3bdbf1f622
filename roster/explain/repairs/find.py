"""Repairs: the cheapest changes after which a roster exists, proved cheapest, and others of each owner and kind.

In two stages. First the cheapest steps after which the promises in trouble can all be kept, by CP-SAT over a model of
these promises alone, which proves that nothing costs less: whoever keeps all promises keeps these. At first every
visit in it is a journey of its own. Only steps up to a price are in that model; what is cheaper than the price needs
no dearer step, so the proof is whole where the answer is not dearer, and otherwise the price is raised. Then the steps
are made as edits to the whole instance, and the month is solved and checked; promises that still cannot be kept join
those in trouble, and the search goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from roster import cpsat
from roster.domain import Roster
from roster.edits import Edit
from roster.edits.apply import apply_edits, changed_by
from roster.edits.errors import EditError
from roster.explain.conflicts.part import part_about, promises
from roster.explain.conflicts.settled import Clock, has_none, roster_of
from roster.explain.conflicts.together import Together
from roster.explain.repairs.step_edits import edits_of
from roster.explain.repairs.steps import kind_of, owner_of
from roster.explain.repairs.universe import STEPS_TO_A_POINT, Chosen, Scope, Universe
from roster.facts import Owner
from roster.instance import Instance
from roster.plan import Plan
from roster.rule import Rule

_CAPS = (8, 16, 32, 64, 10_000)
"""Prices up to which steps are looked at, one after another."""
_ROUNDS = 12
"""How often promises may join those in trouble before the search for a repair gives up."""
_CAN_BIND_MORE = ("notice", "interpreter_notice", "needs")
"""What, given up, can make more see-by dates bind in the instance that is left."""


@dataclass(frozen=True)
class Mended:
    """A repair: its edits, what it costs, the roster that was found and checked after it, and what is proved.

    ``at_least``: no repair of this scope costs less. ``kinds``: what kinds of steps it takes. ``each_needed``: whether
    it is proved that none of the edits can be left out.
    """

    edits: tuple[Edit, ...]
    price: int
    at_least: int
    owners: tuple[Owner, ...]
    kinds: frozenset[str]
    instance: Instance
    roster: Roster
    each_needed: bool

    @property
    def proved(self) -> bool:
        """Whether it is proved that nothing of the scope costs less."""
        return self.at_least >= self.price


@dataclass
class Repairs:
    """Repairs of one instance. ``trouble`` are promises, by id, that cannot all be kept; more join as they turn up."""

    instance: Instance
    rules: Sequence[Rule]
    trouble: set[str]
    clock: Clock
    closed: set[str] = field(default_factory=set)
    with_roads: bool = False

    def __post_init__(self) -> None:
        self.with_roads = self.instance.has_short_cuts

    def cheapest(self, scope: Scope | None = None) -> Mended | None:
        """The cheapest repair of the scope; None where there is none, or none was found in time.

        Once a step is closed, what was proved before that is all that is proved of any repair.
        """
        scope, at_least = scope or Scope(), 0
        for _ in range(_ROUNDS):
            chosen = None if self.clock.over else self._for_trouble(scope)
            if chosen is None:
                return None
            at_least = min(at_least, chosen.at_least) if self.closed else chosen.at_least
            mended = self._tried(replace(chosen, at_least=at_least))
            if mended is not None:
                return mended
            if not self._has_learnt(chosen):
                return None
        return None

    # -- the promises in trouble --------------------------------------------------------------------------

    def _for_trouble(self, scope: Scope) -> Chosen | None:
        """The cheapest steps for these promises, over dearer and dearer steps until nothing dearer could help."""
        at_least, before = 0, None
        scope = replace(scope, closed=frozenset(self.closed))
        for cap in _CAPS:
            universe = self._universe(scope, cap)
            if self.clock.over:
                return None
            if universe.what == before:
                continue
            before = universe.what
            chosen, proved = self._within(universe, cap)
            at_least = max(at_least, proved)
            if chosen is not None and chosen.price > cap:
                dearer, proved = self._within(self._universe(scope, chosen.price), chosen.price, chosen)
                at_least = max(at_least, proved)
                chosen = dearer if dearer is not None and dearer.price < chosen.price else chosen
            if chosen is not None:
                return replace(chosen, at_least=min(at_least, chosen.price))
        return None

    def _universe(self, scope: Scope, cap: int) -> Universe:
        return Universe(self.instance, self.rules, self.trouble, scope, cap, apart=not self.with_roads)

    def _within(self, universe: Universe, cap: int, known: Chosen | None = None) -> tuple[Chosen | None, int]:
        """The cheapest with steps of at most ``cap`` points each; and what any repair at all costs at least.

        Where one is ``known`` already, none unless it is cheaper.
        """
        effort = cpsat.Effort(self.clock.turn(60.0), workers=2, subsolvers=cpsat.FINDING)
        answer = cpsat.solve(universe.matrix if known is None else universe.cheaper_than(known.price), effort)
        if answer.status == "infeasible":
            return None, cap + 1 if known is None else known.price
        if answer.values is None:
            return None, 0
        chosen = universe.chosen(answer.values)
        at_least = chosen.price if answer.status == "optimal" else answer.bound // STEPS_TO_A_POINT
        return chosen, max(0, min(at_least, cap + 1))

    # -- the whole ----------------------------------------------------------------------------------------

    def _tried(self, chosen: Chosen) -> Mended | None:
        """The repair, if there is a roster after it; with few hours on a new working day, or with all."""
        for plan in (chosen.plan, Plan()):
            edits = edits_of(chosen.instance, chosen.steps, chosen.offers, plan)
            mended = self._made(edits)
            roster = None if mended is None else roster_of(mended, self.rules, self.clock)
            if mended is not None and roster is not None:
                return self._mended(chosen, edits, mended, roster)
            if not any(step.kind == "hours" for step in chosen.steps):
                break
        return None

    def _made(self, edits: Sequence[Edit]) -> Instance | None:
        try:
            return apply_edits(self.instance, edits)
        except EditError:
            return None

    def _has_learnt(self, chosen: Chosen) -> bool:
        """Promises that still cannot be kept join those in trouble; otherwise the roads between visits are looked at.

        If they were already, what may ask for more is closed.
        """
        mended = self._made(edits_of(chosen.instance, chosen.steps, chosen.offers, Plan()))
        if mended is None:
            return False
        together = Together(mended, self.rules, promises(mended), only_promises=True)
        still = together.given_up(self.trouble, self.clock.turn())
        new = still & set(promises(self.instance)) - self.trouble
        roads = not new and not self.with_roads
        closed = set() if new or roads else {step.fact for step in chosen.steps if step.kind in _CAN_BIND_MORE}
        self.trouble |= new
        self.closed |= closed
        self.with_roads |= roads
        return bool(new or roads or closed)

    def _mended(self, chosen: Chosen, edits: tuple[Edit, ...], instance: Instance, roster: Roster) -> Mended:
        owners = {owner_of(step, chosen.offers) for step in chosen.steps}
        return Mended(
            edits=edits,
            price=chosen.price,
            at_least=chosen.at_least,
            owners=tuple(owner for owner in get_args(Owner) if owner in owners),
            kinds=frozenset(kind_of(step, chosen.offers) for step in chosen.steps),
            instance=instance,
            roster=roster,
            each_needed=all(self._has_none([other for other in edits if other is not edit]) for edit in edits),
        )

    def _has_none(self, edits: Sequence[Edit]) -> bool:
        """Whether after these edits alone there is still no roster that keeps the promises in trouble."""
        changed = changed_by(self.instance, edits)
        asked = [promise for promise in promises(changed) if promise in self.trouble]
        return has_none(part_about(changed, asked), self.rules, self.clock)
