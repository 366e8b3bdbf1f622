"""What fairness answers: how long groups of people wait, and what a shorter wait would cost.

Its JSON is ``fairness/1``. Waits are in days from the day a person was referred, totals in minutes of coach time.
"""

from typing import Literal

from pydantic import Field

from roster.domain import Record, WholeNumber
from roster.planning.record import Proof
from roster.wording import VOLUNTARY

FEWEST_SHOWN = 5
"""A group of fewer people is not shown by itself."""
SHORTER_PERCENT = 10
"""By how much the wait of the practice that waits longest is to be shorter, in per cent."""

Kind = Literal["everybody", "practice", "place", "band", "interpreter", "step_free"]
"""By what people are told apart: everybody together, practice, town or rural, band, two kinds of need."""


class Waits(Record):
    """How long people wait, in days: the one in the middle, the mean to a hundredth, the longest; None of nobody."""

    median_days: float | None
    mean_days: float | None
    longest_days: int | None


class Group(Record):
    """A group of people in a roster.

    ``held_back``: the group is too small to be shown, or would give away one that is; then there are no numbers.
    ``of_seen``: the waits of those seen; ``of_all``: of all, those not seen as the price of waiting counts them, to so
    many days after the month.
    """

    kind: Kind
    id: str
    says: str
    held_back: bool = False
    people: WholeNumber | None = None
    seen: WholeNumber | None = None
    unseen: WholeNumber | None = None
    within_28_days: WholeNumber | None = None
    of_seen: Waits | None = None
    of_all: Waits | None = None


class Payer(Record):
    """What changes for a group, those not seen counted as above; no numbers where the group is held back.

    ``days_more``: of all its people together; ``longer`` and ``shorter``: how many people wait longer, how many less.
    """

    kind: Kind
    id: str
    says: str
    held_back: bool = False
    days_more: int | None = None
    mean_days_more: float | None = None
    seen_more: int | None = None
    longer: WholeNumber | None = None
    shorter: WholeNumber | None = None


PriceOutcome = Literal["found", "cannot_be", "not_known"]


class Price(Record):
    """What it costs to make the mean wait of one practice's people shorter by ``SHORTER_PERCENT`` per cent.

    ``mean_days``: as it is; ``asked_days``: at most so much in a fairer roster; ``least_days``: no roster that keeps
    every rule brings it below this, where that was asked. ``cannot_be``: it is proved that no roster does it; then the
    rest is of the shortest wait that was found instead. ``reached_days``: the mean wait in the roster found; ``least``
    and ``most``: the best roster with a wait as short as that costs at least and at most so much more than the best
    there is; ``total``: by how much the roster found costs more than the one given.
    """

    practice_id: str
    name: str
    people: WholeNumber
    mean_days: float
    asked_days: float
    outcome: PriceOutcome
    says: str
    stopped: bool = False
    reached_days: float | None = None
    least_days: float | None = None
    total: int | None = None
    least: int | None = None
    most: int | None = None
    proof: Proof | None = None
    payers: tuple[Payer, ...] = ()


class Terms(Record):
    """What the words of the answer mean: when a practice is rural, and which groups are held back."""

    rural_km: float
    rural_sites: int
    fewest_shown: int
    unseen_days: int


class FairnessReport(Record):
    """Who waits how long in a roster; ``price`` where it was asked for, and None where no practice is large enough."""

    schema_: Literal["fairness/1"] = Field(default="fairness/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    compromise: bool
    terms: Terms
    says: str
    groups: tuple[Group, ...]
    price: Price | None = None
    voluntary: str = VOLUNTARY

    @property
    def everybody(self) -> Group:
        """All people."""
        return self.groups[0]

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
