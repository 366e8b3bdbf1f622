"""The cases in the order of how weak a point they are, each with its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roster.instance import Instance
from roster.stress.cases import Case
from roster.stress.record import Repaired, State, StressReport, WeakPoint
from roster.stress.words import not_known, not_tried, says_of, sum_up

Order = tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """What came of a case; ``order``: the weakest point is the least."""

    repaired: Repaired | None
    says: str
    order: Order

    @classmethod
    def of(cls, case: Case, repaired: Repaired | None, why: str) -> "Known":
        """What came of it: people no longer seen in time rank first, then what the repair costs."""
        if repaired is None:
            return cls(None, not_known(case, why), (1,))
        weak = repaired.weight, len(repaired.breaks), repaired.costs_more, repaired.changes
        return cls(repaired, says_of(case, repaired), (0, *(-number for number in weak)))


def report_of(
    instance: Instance, cases: Sequence[Case], known: Mapping[int, Known], *, seconds: float, stopped: bool
) -> StressReport:
    """The weakest points first; then those not known, then those not tried. ``known`` is by number of the case."""
    waiting = [n for n in range(len(cases)) if n not in known]
    ranked = sorted(known, key=lambda n: (known[n].order, n))
    points = [_point(cases[n], known[n]) for n in ranked] + [_point(cases[n], None) for n in waiting]
    return StressReport(
        instance=instance.settings.name,
        month=instance.settings.month,
        as_of=instance.settings.as_of,
        instance_sha256=instance.sha256,
        complete=all(point.state == "repaired" for point in points),
        stopped=stopped,
        says=sum_up(points),
        seconds=round(seconds, 1),
        points=tuple(points),
    )


def _point(case: Case, known: Known | None) -> WeakPoint:
    state: State = "not_tried" if known is None else "not_known" if known.repaired is None else "repaired"
    return WeakPoint(
        parts=case.parts,
        first_day=case.first_day,
        last_day=case.last_day,
        visits=len(case.visits),
        people=case.people,
        state=state,
        says=not_tried(case) if known is None else known.says,
        edits=case.edits,
        repaired=known.repaired if known else None,
    )
