"""What the search for the least that would do answers. Its JSON is ``need/1``. Money is in pounds."""

from typing import Literal

from pydantic import Field

from roster.domain import Record, WholeNumber
from roster.edits import Edit
from roster.wording import VOLUNTARY

NeedOutcome = Literal["optimal", "feasible", "infeasible", "unknown"]
"""Proved cheapest; found but not proved cheapest; proved that no additions are enough; neither found nor ruled out."""
Of = Literal["everybody", "reachable"]
"""Whom the share is of: everybody with consent, or those among them whose days have not passed already."""


class Added(Record):
    """One thing to add, in a sentence that tells somebody what to do, and its price.

    ``of``: the coach whom a coach is like, the site's name of a room or session, the skill of an interpreter.
    """

    kind: Literal["coach", "room", "session", "booking"]
    id: str
    of: str
    says: str
    pounds: float


class Reached(Record):
    """How many people can be seen in time at most: ``found`` in a checked roster, ``at_most`` in any.

    ``found`` is None where no roster was found that keeps every rule.
    """

    found: WholeNumber | None
    at_most: WholeNumber


class FrontierPoint(Record):
    """What seeing so many people in time costs: ``pounds`` by a checked plan, and ``at_least`` by any.

    ``share``: of everybody the share is of. ``pounds`` is None where no plan was found. ``asked``: whether this is the
    number asked for. ``edits`` are those of the plan.
    """

    people: WholeNumber
    share: float
    pounds: float | None
    at_least: float
    proved: bool
    asked: bool
    coaches: WholeNumber
    rooms: WholeNumber
    sessions: WholeNumber
    bookings: WholeNumber
    edits: tuple[Edit, ...]


class LookedAt(Record):
    """What could be added: how many of each kind."""

    coaches: WholeNumber
    rooms: WholeNumber
    sessions: WholeNumber
    bookings: WholeNumber


class NeedReport(Record):
    """The cheapest additions after which enough people are seen in time, and what more and fewer people cost.

    ``asked``: how many people the share is. ``too_late``: people whose days have passed before the first day that could
    be theirs; nothing that is added helps them. ``each_needed``: whether it is proved that none of the additions can be
    left out. ``gap``: (pounds - at_least) / pounds. ``edits`` begin with those that were made to the data first.
    """

    schema_: Literal["need/1"] = Field(default="need/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    within_days: WholeNumber
    share: float
    of: Of
    people: WholeNumber
    too_late: WholeNumber
    asked: WholeNumber
    outcome: NeedOutcome
    says: str
    pounds: float | None
    at_least: float
    gap: float | None
    additions: tuple[Added, ...]
    each_needed: bool | None
    edits: tuple[Edit, ...]
    seen_in_time: WholeNumber | None
    as_it_is: Reached | None
    with_everything: Reached | None
    looked_at: LookedAt
    frontier: tuple[FrontierPoint, ...]
    notes: tuple[str, ...]
    stopped: bool
    seconds: float
    voluntary: str = VOLUNTARY

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
