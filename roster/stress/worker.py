"""A process that tries cases: it builds the problem once, and repairs one case after another.

It is a daemon of ``roster.stress.run`` and says ``Ready``, then ``Settled`` for each case that it is given.
"""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection

from roster.edits import apply_edits
from roster.instance import Instance
from roster.plan import Plan, draft_of, plan_of_roster
from roster.repair.near import Near, near
from roster.stress.cases import Case
from roster.stress.compare import Terms, compared
from roster.stress.record import Repaired
from roster.stress.search import best_repair, with_case, without


@dataclass(frozen=True)
class Try:
    """A case to try, by its number, for so many seconds."""

    number: int
    case: Case
    seconds: float


@dataclass(frozen=True)
class Ready:
    """The problem is built."""


@dataclass(frozen=True)
class Settled:
    """What came of a case; None where no repair was found or the one found failed the checker, ``why`` says which."""

    number: int
    repaired: Repaired | None
    why: str = ""


@dataclass(frozen=True)
class Bench:
    """One instance with its published roster, on which cases are tried."""

    instance: Instance
    terms: Terms

    @cached_property
    def near(self) -> Near:
        """The problem, in which promises may break."""
        terms = self.terms
        return near(self.instance, terms.rules, terms.others, terms.changes, promises_may_break=True)

    @cached_property
    def told(self) -> Plan:
        """The published roster as a plan."""
        roster = self.instance.published
        assert roster is not None
        return plan_of_roster(roster)

    def repaired(self, case: Case, seconds: float) -> Repaired | None:
        """The best repair of the case; None where none was found in time. ValueError where it fails the checker."""
        changed = with_case(self.near, case)
        best = best_repair(changed, without(self.told, case), seconds)
        if best is None:
            return None
        edited = apply_edits(self.instance, case.edits)
        return compared(self.instance, changed, edited, draft_of(edited, best.plan), best, self.terms)


def work(connection: Connection, instance: Instance, terms: Terms) -> None:
    """Try what comes, until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bench = Bench(instance, terms)
    _ = bench.near
    connection.send(Ready())
    for order in _orders(connection):
        connection.send(_settled(bench, order))


def _orders(connection: Connection) -> Iterator[Try]:
    try:
        while True:
            order = connection.recv()
            assert isinstance(order, Try)
            yield order
    except EOFError:
        return


def _settled(bench: Bench, order: Try) -> Settled:
    """Of an error only the kind is told: its text may repeat data."""
    try:
        repaired = bench.repaired(order.case, order.seconds)
    except Exception as error:
        return Settled(order.number, None, f"the search broke off ({type(error).__name__})")
    return Settled(order.number, repaired, "" if repaired else "no repair was found in time")
