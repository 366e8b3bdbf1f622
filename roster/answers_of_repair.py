"""What ``roster repair`` answers: a repair, what changes buy, the messages to hand on. Its JSON is ``repair/1``."""

from collections.abc import Set
from datetime import date
from typing import Literal

from pydantic import Field

from roster.changes.messages import messages_between
from roster.changes.records import Message
from roster.domain import Outcome, Record, Roster
from roster.files.withdrawal import Withdrawal
from roster.instance import Instance
from roster.repair.record import Buys, Fewest
from roster.repair.run import Repair
from roster.wording import VOLUNTARY


class RepairReport(Record):
    """A repair, as a file and as an answer.

    ``instance_sha256``: of the data after what has happened, as of ``as_of``; ``withdrawal``: what came of consent
    withdrawn, by numbers and files. ``changes``: how many visits and people the roster changes; None where there is
    no repair. ``proved``: no repair that was allowed has a lower total; ``outcome`` is that of the roster among all.
    ``late_notice``: whether nobody is moved within the notice whose own session is still there. ``buys``:
    from the fewest changes upwards. ``roster``: the repair, or a compromise where no roster keeps every rule; without
    one, ``infeasible`` means that none keeps them with so few changes, and ``fewest`` has the number.
    """

    schema_: Literal["repair/1"] = Field(default="repair/1", alias="schema")
    instance: str
    month: str
    as_of: date
    instance_sha256: str
    outcome: Outcome
    says: str
    seconds: float
    voluntary: str = VOLUNTARY
    withdrawal: Withdrawal | None = None
    changes: int | None = None
    fewest: Fewest | None = None
    proved: bool = False
    late_notice: bool = True
    buys: tuple[Buys, ...] = ()
    messages: tuple[Message, ...] = ()
    roster: Roster | None = None

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"


def repair_report(before: Instance, after: Instance, repair: Repair, withdrawal: Withdrawal | None) -> RepairReport:
    """The report of a repair of the published roster of ``after``; messages where there is a roster."""
    roster, was = repair.result.roster, after.published
    messages = () if roster is None or was is None else _messages(before, after, was, roster)
    return RepairReport(
        instance=after.settings.name,
        month=after.settings.month,
        as_of=after.settings.as_of,
        instance_sha256=after.sha256,
        outcome=repair.result.outcome,
        says=repair.result.says,
        seconds=round(repair.result.seconds, 1),
        withdrawal=withdrawal,
        changes=None if roster is None or roster.compromise else repair.changes,
        fewest=repair.fewest,
        proved=repair.proved,
        late_notice=repair.late_notice,
        buys=repair.buys,
        messages=messages,
        roster=roster,
    )


def _messages(before: Instance, after: Instance, was: Roster, now: Roster) -> tuple[Message, ...]:
    """What is to be handed on about the days to come. Nobody is told anew what has taken place."""
    past = {s.session_id for i in (before, after) for s in i.sessions if s.date < after.settings.as_of}
    return messages_between(before, after, _without(was, past), _without(now, past))


def _without(roster: Roster, session_ids: Set[str]) -> Roster:
    return roster.model_copy(
        update={
            "visits": tuple(v for v in roster.visits if v.session_id not in session_ids),
            "appointments": tuple(a for a in roster.appointments if a.session_id not in session_ids),
        }
    )
