"""Steps of repairs: facts that give way in part, at a price, as variables of a model.

A step is the smallest change of a fact that does something by itself (``RepairPrices`` lists them). Amounts are whole
numbers of steps; parts are one variable each. A session or a booking that could be added is a step, too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from roster.domain import RepairPrices
from roster.edits import AddBooking, AddSession
from roster.facts import OWNERS, Fact, Owner
from roster.instance import Instance
from roster.model import Ints, Model, Var
from roster.relief import Weighted
from roster.rule import Obstacle, Way

UNIT = {"travel_limit": 10, "break": 5, "budget": 5_000}
"""What one step is where it is not 1: minutes on the road, minutes of break, pence."""
_BY_AMOUNT = frozenset(
    ("see_by", "presence", "site_limit", "workload", "travel_limit", "notice", "interpreter_notice", "break", "budget")
)
_BY_PERSON = frozenset(("see_by", "place", "away", "needs"))
NOT_THIS_MONTH = "not this month"
"""The part of a see-by date without which the person need not be seen this month."""
OFFER_OWNERS: dict[str, Owner] = {"add_session": "practice", "add_booking": "region"}
"""Who can add what is not a fact: a practice offers a room, the region books an interpreter."""

Offer = AddSession | AddBooking


@dataclass(frozen=True)
class Step:
    """A change that was chosen: of a fact (by id) or an offer (by its id), in parts or by an amount of steps."""

    fact: str
    parts: tuple[str, ...] = ()
    amount: int = 0

    @property
    def kind(self) -> str:
        """The kind of fact; of an offer its id."""
        return self.fact.split(":", 1)[0]

    @property
    def about(self) -> str:
        """What the fact is about."""
        return self.fact.partition(":")[2]

    @property
    def more(self) -> int:
        """The amount in the fact's own unit: visits, minutes, days, pence."""
        return self.amount * UNIT.get(self.kind, 1)


@dataclass
class Steps:
    """The facts that may give way in part (``open_``, by id) and what may be offered, as variables with prices.

    ``instance`` is the one as given. A fact that is not open holds.
    """

    model: Model
    instance: Instance
    open_: Collection[str]
    offers: Mapping[str, Offer]
    in_parts: bool = True
    amounts: dict[str, Var] = field(default_factory=dict)
    parts: dict[tuple[str, str], Var] = field(default_factory=dict)
    prices: dict[Var, int] = field(default_factory=dict)
    _reached: dict[tuple[str, int], Var] = field(default_factory=dict)

    # -- what rules ask -----------------------------------------------------------------------------------

    def past(self, way: Way) -> tuple[Weighted, int]:
        """The part has given way, or enough of the amount has."""
        if way.fact not in self.open_ and way.fact not in self.offers:
            return [], int(way.kept)
        if way.kept:
            return [(self._part(way.fact, way.part), -1)], 1
        if _kind(way.fact) in _BY_AMOUNT:
            return [(self._at_least(way.fact, way.amount), 1)], 0
        return [(self._part(way.fact, way.part), 1)], 0

    def beyond(self, fact: str, terms: Weighted, limit: int) -> Weighted:
        """So many steps as were chosen."""
        most = sum(weight * self.model.upper[variable] for variable, weight in terms if weight > 0)
        if fact not in self.open_ or most <= limit:
            return []
        return [(self._amount(fact, -(-(most - limit) // _unit(fact))), -_unit(fact))]

    def short(self, fact: str, at_least: int) -> Weighted:
        """Fewer visits; no pin; no date in this month."""
        if fact not in self.open_:
            return []
        if _kind(fact) == "presence":
            return [(self._amount(fact, at_least), 1)]
        if _kind(fact) == "see_by":
            return [(self._part(*part), at_least) for part in self._no_more_asked(_about(fact))]
        return [(self._part(fact, ""), at_least)]

    def _no_more_asked(self, referral_id: str) -> Iterator[tuple[str, str]]:
        """What makes a see-by date ask nothing more: it goes out of the month, or the needs go and it no longer binds.

        It does not where the notice that counts without an interpreter ends after it.
        """
        yield f"see_by:{referral_id}", NOT_THIS_MONTH
        referral, needs = self.instance.people[referral_id], f"needs:{referral_id}"
        without_needs = referral.model_copy(update={"needs": ()})
        if needs in self.open_ and referral.see_by and referral.see_by < self.instance.notice_ends(without_needs):
            yield needs, ""

    def offered(self, id_: str) -> Iterable[Obstacle]:
        """Until it is offered."""
        return [(Way(id_),)] if id_ in self.offers else []

    # -- variables and prices -----------------------------------------------------------------------------

    def _part(self, fact: str, part: str) -> Var:
        if (fact, part) not in self.parts:
            variable = self.parts[fact, part] = self.model.new(1, f"{fact} {part} gives way")
            self.prices[variable] = self._price_of_part(fact, part)
        return self.parts[fact, part]

    def _price_of_part(self, fact: str, part: str) -> int:
        prices = self.instance.settings.repair_prices
        if fact in self.offers:
            return prices.session if isinstance(self.offers[fact], AddSession) else prices.booking
        first, more = _prices(prices, _kind(fact))
        if part == NOT_THIS_MONTH:
            return (first + more * (self._days_left(fact) - 1)) * _people(self.instance, fact)
        return first * _people(self.instance, fact)

    def _days_left(self, fact: str) -> int:
        """Days from the see-by date to the first day of the next month."""
        see_by = self.instance.people[_about(fact)].see_by
        assert see_by is not None
        return (self.instance.days[-1] - see_by).days + 1

    def _amount(self, fact: str, most: int) -> Var:
        """How many steps, with a variable that says whether there is a first one."""
        if fact in self.amounts:
            variable = self.amounts[fact]
            self.model.upper[variable] = max(self.model.upper[variable], most)
            return variable
        variable = self.amounts[fact] = self.model.new(most, f"steps of {fact}")
        started = self.model.new(1, f"a step of {fact}")
        self.model.add([(variable, 1), (started, -_MOST)], at_most=0)
        self.model.add([(variable, 1), (started, -1)], at_least=0)
        first, more = _prices(self.instance.settings.repair_prices, _kind(fact))
        self.prices[variable] = more * _people(self.instance, fact)
        self.prices[started] = (first - more) * _people(self.instance, fact)
        return variable

    def _at_least(self, fact: str, amount: int) -> Var:
        """Whether the fact gives way by so much of its unit."""
        steps = -(-amount // _unit(fact))
        if (fact, steps) not in self._reached:
            reached = self._reached[fact, steps] = self.model.new(1, f"{steps} steps of {fact}")
            self.model.add([(self._amount(fact, steps), 1), (reached, -steps)], at_least=0)
        return self._reached[fact, steps]

    def variables(self) -> Iterator[tuple[Step, Var]]:
        """Each variable that is 0 exactly where a step is not taken, with the step."""
        for (fact, part), variable in self.parts.items():
            yield Step(fact, (part,)), variable
        for fact, variable in self.amounts.items():
            yield Step(fact, amount=1), variable

    def costs(self) -> Iterator[tuple[Var, int, int]]:
        """Each variable with its price in points and how many steps it counts as."""
        counted = {*self.parts.values(), *self.amounts.values()}
        for variable, price in self.prices.items():
            yield variable, price, int(variable in counted)

    # -- what was chosen ----------------------------------------------------------------------------------

    def chosen(self, values: Ints) -> tuple[Step, ...]:
        """The steps that values of the model, shape (n,), take."""
        parts: dict[str, list[str]] = {}
        for (fact, part), variable in self.parts.items():
            if values[variable]:
                parts.setdefault(fact, []).append(part)
        steps = [Step(fact, tuple(sorted(found))) for fact, found in parts.items()]
        steps += [Step(f, amount=int(values[v])) for f, v in self.amounts.items() if values[v] and f not in parts]
        return tuple(sorted(steps, key=lambda step: step.fact))

    def price(self, steps: Iterable[Step]) -> int:
        """The price of these steps, in points."""
        return sum(self._price(step) for step in steps)

    def _price(self, step: Step) -> int:
        if step.parts:
            return sum(self._price_of_part(step.fact, part) for part in step.parts)
        first, more = _prices(self.instance.settings.repair_prices, step.kind)
        return (first + more * (step.amount - 1)) * _people(self.instance, step.fact)


_MOST = 2**30


def _kind(fact: str) -> str:
    return fact.split(":", 1)[0]


def _about(fact: str) -> str:
    return fact.split(":", 1)[1]


def _unit(fact: str) -> int:
    return UNIT.get(_kind(fact), 1)


def _people(instance: Instance, fact: str) -> int:
    """How many people a step is about: each of a referral counts."""
    return instance.people[_about(fact)].count if _kind(fact) in _BY_PERSON else 1


def _prices(prices: RepairPrices, kind: str) -> tuple[int, int]:
    """The price of the first step of a fact of this kind, and of each further one."""
    table = prices.model_dump(by_alias=True)
    return int(table[kind]), int(table.get(f"{kind}_more", table[kind]))


def first_price(instance: Instance, fact: Fact) -> int:
    """What the least that can be done about a fact costs, in points."""
    return _prices(instance.settings.repair_prices, fact.kind)[0] * _people(instance, fact.id)


def kind_of(step: Step, offers: Mapping[str, Offer]) -> str:
    """What kind of change it is: a kind of fact, or the edit that an offer is."""
    return offers[step.fact].op if step.fact in offers else step.kind


def owner_of(step: Step, offers: Mapping[str, Offer]) -> Owner:
    """Who could take the step."""
    offer = offers.get(step.fact)
    if offer is not None:
        return OFFER_OWNERS[offer.op]
    return next(owner for kind, owner in OWNERS.items() if kind == step.kind)
