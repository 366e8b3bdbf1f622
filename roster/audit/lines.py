"""What the check of a report says: one line for each claim, with what came of it."""

from typing import Literal

from roster.domain import Record

ClaimOutcome = Literal["holds", "does not hold", "not settled"]
"""What came of checking a claim. What was not settled in time is never taken for an answer."""


class Line(Record):
    """One claim that was checked. ``about`` is what claims it ("conflict 1"), ``ids`` what it is about."""

    about: str
    ids: tuple[str, ...] = ()
    outcome: ClaimOutcome
    says: str


class Audit(Record):
    """What came of checking a report: a line for each claim, and notes on what is worth knowing and no fault."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def lines_that(self, outcome: ClaimOutcome) -> tuple[Line, ...]:
        """The lines of one outcome, in order."""
        return tuple(line for line in self.lines if line.outcome == outcome)

    @property
    def outcome(self) -> ClaimOutcome:
        """The worst there is: a claim that does not hold, else one that was not settled, else all hold."""
        found = {line.outcome for line in self.lines}
        if "does not hold" in found:
            return "does not hold"
        return "not settled" if "not settled" in found else "holds"


def holds(about: str, says: str, *ids: str) -> Line:
    """A claim that holds."""
    return Line(about=about, ids=ids, outcome="holds", says=says)


def fails(about: str, says: str, *ids: str) -> Line:
    """A claim that does not hold."""
    return Line(about=about, ids=ids, outcome="does not hold", says=says)


def left_open(about: str, says: str, *ids: str) -> Line:
    """A claim about which there was no time to settle anything."""
    return Line(about=about, ids=ids, outcome="not settled", says=says)
