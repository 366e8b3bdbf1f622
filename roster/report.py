"""The report: why there is no roster, and what would make one possible, as in report.json (PROBLEM.md section 6).

Only records: whoever makes a report and whoever checks one share these and nothing else.
"""

from typing import Any, Literal

from pydantic import Field

from roster.domain import Record, Roster, WholeNumber
from roster.edits import Edit
from roster.facts import Owner


class Bottleneck(Record):
    """A count that cannot work out: these people need more minutes than the sessions open to them can hold.

    ``people`` are referral ids, ``sessions`` every session in which one of them could be seen in time; minutes are
    minutes of appointments. ``cluster`` is the number of the trouble it belongs to.
    """

    people: tuple[str, ...]
    sessions: tuple[str, ...]
    need_minutes: int
    have_minutes: int
    says: str
    cluster: int = 1

    @property
    def short_minutes(self) -> int:
        """How many minutes are missing."""
        return self.need_minutes - self.have_minutes


class Conflict(Record):
    """Facts (by id) that cannot all hold, though any of them given up would do, every other fact relaxed.

    ``verified``: both halves were confirmed by solving. ``cluster`` is the number of the trouble it belongs to.
    """

    facts: tuple[str, ...]
    says: str
    verified: bool
    cluster: int = 1


class Repair(Record):
    """Edits after which a roster exists, none of which can be left out. ``price`` is in points of the repair prices.

    ``cheapest``: proved that no repair costs less. ``alone``: the owner who alone could make it, where it was looked
    for as theirs. ``at_least``: no repair of this kind costs less. ``then``: what the month would look like.
    """

    edits: tuple[Edit, ...]
    price: WholeNumber
    owners: tuple[Owner, ...]
    cheapest: bool
    says: str
    verified: bool
    at_least: WholeNumber = 0
    alone: Owner | None = None
    then: str = ""


class Cluster(Record):
    """One trouble, told apart from the others: whom it is about, where, and how much is missing, in a sentence."""

    number: int
    says: str
    people: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


class Report(Record):
    """What is known about an instance without a roster. ``not_proved`` says what was left open, and why.

    ``background`` says in words what is not a fact and taken as it is. ``compromise`` is the roster that breaks least.
    """

    schema_: Literal["report/1"] = Field(default="report/1", alias="schema")
    outcome: Literal["optimal", "feasible", "infeasible", "unknown"]
    instance: str
    month: str
    instance_sha256: str
    says: str
    background: str = ""
    clusters: tuple[Cluster, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    repairs: tuple[Repair, ...] = ()
    not_proved: tuple[str, ...] = ()
    compromise: Roster | None = None

    def to_json(self) -> str:
        """The text of report.json; the compromise only where there is one."""
        leave_out: dict[str, Any] = {} if self.compromise else {"exclude": {"compromise"}}
        return self.model_dump_json(by_alias=True, indent=1, **leave_out) + "\n"
