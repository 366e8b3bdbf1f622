"""What ``roster value`` answers: the base, what each candidate buys, and what others might. Its JSON is ``value/1``.

Savings and totals are in minutes of coach time. What is confirmed comes of rosters that were made and checked; an
estimate says where to look and proves nothing.
"""

from typing import Literal

from pydantic import Field

from roster.domain import Record
from roster.edits import Edit
from roster.facts import Owner
from roster.planning.record import Column, Difference, Proof
from roster.planning.value.candidates import Kind
from roster.summaries import Asked
from roster.wording import VOLUNTARY


class Thing(Record):
    """Something that could be done: in words, who could do it, and the edits that do it.

    ``about`` is the id of a site or a coach, or a skill; empty for a policy. ``estimate``: what it might save; None
    where that is not known.
    """

    name: str
    kind: Kind
    about: str
    owner: Owner
    says: str
    edits: tuple[Edit, ...]
    estimate: float | None


class Bought(Record):
    """What differs in the roster with it: more people seen, seen by their date, within 28 days; days waited less.

    Days are those of everybody together, a person who is not seen counting until the day that the policy names.
    """

    seen: int
    in_time: int
    within_28_days: int
    waiting_days: int


class Confirmed(Thing):
    """Something of which a roster was looked for. ``column`` has the roster in figures and the difference in totals.

    ``bought`` is None where there are not two rosters that keep every rule.
    """

    column: Column
    bought: Bought | None = None

    @property
    def difference(self) -> Difference | None:
        """The difference in totals."""
        return self.column.difference

    @property
    def proof(self) -> Proof | None:
        """What of the difference is proved."""
        return None if self.difference is None else self.difference.proof

    @property
    def saves(self) -> int | None:
        """By how much less the roster found costs."""
        return None if self.difference is None else -self.difference.total

    @property
    def saves_least(self) -> int | None:
        """The best roster with it costs at least so much less than the best without it."""
        return None if self.difference is None else -self.difference.most

    @property
    def saves_most(self) -> int | None:
        """The best roster with it costs at most so much less than the best without it."""
        return None if self.difference is None else -self.difference.least

    @property
    def helps(self) -> bool:
        """Whether it is proved that the best roster with it costs less."""
        return self.saves_least is not None and self.saves_least > 0 and self.proof != "not_alike"


class Sheet(Record):
    """One practice, and the best session that its site could release; None where none promises anything.

    ``confirmed`` is None where no roster with it was looked for.
    """

    practice_id: str
    practice: str
    site: str
    best: Thing | None = None
    confirmed: Confirmed | None = None


class ValueReport(Record):
    """What one more thing is worth. ``confirmed`` has the most valuable first, ``estimated`` what promises most first.

    ``candidates``: how many were looked at; ``asked_each``: how each roster beside the base was looked for.
    """

    schema_: Literal["value/1"] = Field(default="value/1", alias="schema")
    instance: str
    month: str
    instance_sha256: str
    asked: Asked
    asked_each: Asked
    complete: bool
    stopped: bool
    headline: str
    voluntary: str = VOLUNTARY
    candidates: int
    base: Column
    confirmed: tuple[Confirmed, ...]
    estimated: tuple[Thing, ...]
    sheets: tuple[Sheet, ...] = ()

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
