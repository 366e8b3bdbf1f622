"""What planning with scenarios answers: the base and every scenario in figures. Its JSON is ``plan/1``.

Totals are in minutes of coach time, waits in days, money in pounds.
"""

from typing import Literal

from pydantic import Field

from roster.domain import Band, Record, WholeNumber
from roster.edits import Edit
from roster.summaries import Asked, ManyOutcome
from roster.wording import VOLUNTARY

WITHIN_DAYS = 28
"""Within how many days of the referral somebody should be seen."""


class BandSeen(Record):
    """The people of one band, or of all: how many there are, and how many are seen, by their date, and soon."""

    band: Band | Literal["all"]
    people: WholeNumber
    seen: WholeNumber
    with_date: WholeNumber
    seen_by_date: WholeNumber
    within_28_days: WholeNumber


class SiteUse(Record):
    """One site: sessions offered on working days of the month, sessions used, people seen there, and how soon."""

    site_id: str
    name: str
    sessions_offered: WholeNumber
    sessions_used: WholeNumber
    seen: WholeNumber
    within_28_days: WholeNumber

    @property
    def sessions_idle(self) -> int:
        """Sessions that nobody uses."""
        return self.sessions_offered - self.sessions_used


class InFigures(Record):
    """A roster in figures. ``bands`` ends with all; waits are those of the people seen, None where nobody is.

    ``bound``: no roster of these data has a lower total; None for a compromise, of which nothing is claimed.
    """

    bands: tuple[BandSeen, ...]
    sites: tuple[SiteUse, ...]
    longest_wait_days: int | None
    median_wait_days: float | None
    sessions_offered: WholeNumber
    sessions_used: WholeNumber
    road_minutes: WholeNumber
    hire_pounds: float
    fees_pounds: float
    costs: dict[str, int]
    total: int
    bound: int | None
    gap: float | None

    @property
    def everybody(self) -> BandSeen:
        """The people of all bands."""
        return self.bands[-1]

    @property
    def sessions_idle(self) -> int:
        """Sessions that nobody uses."""
        return self.sessions_offered - self.sessions_used


class People(Record):
    """So many people of one referral."""

    referral_id: str
    people: int = Field(gt=0)


Proof = Literal["exact", "less", "more", "not_proved", "not_alike"]
"""Of the difference between the best totals there are: known exactly, proved to be less or more, neither, or no matter
of comparison, because the people, the prices or the policy differ."""


class Difference(Record):
    """A scenario against the base.

    ``total``: by how much the roster found costs more; ``least`` and ``most``: the best roster of the scenario costs at
    least and at most so much more than the best of the base. Referrals that only one of the two has are not counted
    in ``newly_seen`` and ``no_longer_seen``.
    """

    total: int
    least: int
    most: int
    proof: Proof
    says: str
    newly_seen: tuple[People, ...]
    no_longer_seen: tuple[People, ...]


class Point(Record):
    """Where a scenario stands in a grid: which grid of the file, from 1, and the label of its step on each axis.

    The label of a step that changes nothing is empty.
    """

    grid: int = Field(gt=0)
    steps: tuple[str, ...]


class Column(Record):
    """The base or a scenario: what came of it; no figures where there is no roster, no difference for the base."""

    name: str
    point: Point | None = None
    edits: tuple[Edit, ...] = ()
    edits_say: tuple[str, ...] = ()
    outcome: ManyOutcome
    says: str
    seconds: float
    stopped: bool = False
    instance_sha256: str
    figures: InFigures | None = None
    difference: Difference | None = None

    @property
    def compromise(self) -> bool:
        """Whether the figures are those of a roster that breaks a rule."""
        return self.outcome == "infeasible"


class PlanReport(Record):
    """The base and its scenarios, in the order of the file. ``complete``: each of them has a roster."""

    schema_: Literal["plan/1"] = Field(default="plan/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    asked: Asked
    complete: bool
    voluntary: str = VOLUNTARY
    base: Column
    scenarios: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The base and the scenarios."""
        return (self.base, *self.scenarios)

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
