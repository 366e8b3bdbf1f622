"""What comes of solving many folders: one line for each, and the totals of all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from roster.domain import Outcome, Record, Roster
from roster.fault import Fault, Notice
from roster.instance import Instance

ManyOutcome = Outcome | Literal["lost"]

KEEPS_EVERY_RULE = ("optimal", "feasible")
_EXIT_CODES: Mapping[ManyOutcome, int] = {
    "optimal": 0,
    "feasible": 0,
    "rejected": 1,
    "invalid": 2,
    "infeasible": 3,
    "unknown": 4,
    "lost": 4,
}


class Asked(Record):
    """How each folder was solved: seconds, the gap that is good enough, processors, seed."""

    time_limit: float
    gap: float
    workers: int
    seed: int


class Line(Record):
    """What came of one folder.

    Sizes are None where the folder could not be read. ``people`` and ``people_seen`` count people with consent.
    ``bound`` and ``gap`` are None where there is no roster, and for a compromise. ``tries`` counts the processes that
    worked on it. ``stopped``: it was ended before its time. ``kept``: it is from an earlier run.
    """

    folder: str
    outcome: ManyOutcome
    says: str
    people: int | None = None
    coaches: int | None = None
    sessions: int | None = None
    people_seen: int | None = None
    objective: int | None = None
    bound: int | None = None
    gap: float | None = None
    seconds: float = 0.0
    tries: int = 0
    stopped: bool = False
    kept: bool = False
    instance_sha256: str | None = None
    asked: Asked
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def keeps_every_rule(self) -> bool:
        """Whether there is a roster that is not a compromise."""
        return self.outcome in KEEPS_EVERY_RULE


class Totals(Record):
    """All folders together. People seen and gaps are those of rosters that keep every rule."""

    folders: int
    outcomes: dict[str, int]
    people: int
    people_seen: int
    mean_gap: float | None
    largest_gap: float | None


class Summary(Record):
    """Every line, in the order in which the folders were given, and the totals."""

    lines: tuple[Line, ...]
    totals: Totals


def line_of(
    name: str, instance: Instance, asked: Asked, outcome: ManyOutcome, says: str, roster: Roster | None = None
) -> Line:
    """The line of a folder that could be read; ``roster`` is the one that was found, or the compromise."""
    line = Line(
        folder=name,
        outcome=outcome,
        says=says,
        people=sum(referral.count for referral in instance.people.values()),
        coaches=len(instance.coaches),
        sessions=len(instance.sessions),
        instance_sha256=instance.sha256,
        asked=asked,
    )
    if roster is None:
        return line
    update: dict[str, object] = {"people_seen": len(roster.appointments), "objective": roster.objective}
    if not roster.compromise:
        update |= {"bound": roster.bound, "gap": roster.gap}
    return line.model_copy(update=update)


def summary_of(lines: Iterable[Line]) -> Summary:
    """The lines and their totals."""
    lines = tuple(lines)
    good = [line for line in lines if line.keeps_every_rule]
    gaps = [line.gap for line in good if line.gap is not None]
    return Summary(
        lines=lines,
        totals=Totals(
            folders=len(lines),
            outcomes=_counted(lines),
            people=sum(line.people or 0 for line in lines),
            people_seen=sum(line.people_seen or 0 for line in good),
            mean_gap=sum(gaps) / len(gaps) if gaps else None,
            largest_gap=max(gaps, default=None),
        ),
    )


def _counted(lines: Sequence[Line]) -> dict[str, int]:
    """How many folders have each outcome, in the order of ``_EXIT_CODES``."""
    counted = {outcome: sum(line.outcome == outcome for line in lines) for outcome in _EXIT_CODES}
    return {outcome: number for outcome, number in counted.items() if number}


def exit_code(lines: Iterable[Line]) -> int:
    """0 where every folder has a roster that keeps every rule, else the lowest of the others.

    From the worst: 1 rejected, 2 wrong input, 3 no roster keeps every rule, 4 time ran out or it was lost.
    """
    return min((code for line in lines if (code := _EXIT_CODES[line.outcome])), default=0)
