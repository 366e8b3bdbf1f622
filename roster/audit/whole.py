"""The check of a whole report: its heading, bottlenecks, conflicts, outcome, repairs, clusters and compromise."""

from collections.abc import Iterator, Sequence
from datetime import date

from roster.audit.bottlenecks import bottleneck_lines
from roster.audit.case import Case
from roster.audit.conflicts import conflict_lines
from roster.audit.lines import Audit, Line, fails, holds, left_open
from roster.audit.repairs import repair_lines
from roster.audit.settle import Settler
from roster.domain import Roster
from roster.instance import Instance
from roster.report import Report
from roster.rule import Preference, Rule
from roster.verify import verify

OTHER_DATA = "The report was made from other data: its check sum is not that of this data."
UNDECIDED = "The report does not say whether there is a roster, so that is not checked."


def audit(
    instance: Instance,
    report: Report,
    rules: Sequence[Rule],
    preferences: Sequence[Preference],
    time_limit: float = 300.0,
) -> Audit:
    """Check every claim of a report on an instance, in at most about ``time_limit`` seconds.

    Claims for which there was no time are lines "not settled", never an answer.
    """
    case = Case(instance, report, rules, preferences, Settler(rules, time_limit))
    notes = [OTHER_DATA] if report.instance_sha256 != instance.sha256 else []
    notes += [UNDECIDED] if report.outcome == "unknown" else []
    return Audit(lines=tuple(_lines(case)), notes=tuple(notes))


def _lines(case: Case) -> Iterator[Line]:
    report = case.report
    yield from _heading(case)
    yield from _clusters(case)
    impossible: list[Line] = []
    for number, bottleneck in enumerate(report.bottlenecks, start=1):
        impossible += bottleneck_lines(case, f"bottleneck {number}", bottleneck)
    for number, conflict in enumerate(report.conflicts, start=1):
        impossible += conflict_lines(case, f"conflict {number}", conflict)
    yield from _outcome(case, impossible)
    yield from impossible
    for number, repair in enumerate(report.repairs, start=1):
        yield from repair_lines(case, number, repair)
    if report.compromise is not None:
        yield from _compromise(case, report.compromise)


def _heading(case: Case) -> Iterator[Line]:
    settings, report = case.instance.settings, case.report
    if report.instance != settings.name:
        yield fails("report", f"The report is on {report.instance}; the data are of {settings.name}.")
    if report.month != settings.month:
        yield fails("report", f"The report is on {_month(report.month)}; the data are of {_month(settings.month)}.")


def _month(written: str) -> str:
    """``March 2027`` for ``2027-03``; what is not a month stays as it is written."""
    try:
        return f"{date.fromisoformat(written + '-01'):%B %Y}"
    except ValueError:
        return written


def _outcome(case: Case, impossible: list[Line]) -> Iterator[Line]:
    """Whether there is a roster, which a true conflict or bottleneck settles already."""
    report = case.report
    if report.outcome == "unknown":
        return
    claims = bool(report.conflicts or report.bottlenecks or report.repairs)
    if report.outcome != "infeasible" and claims:
        yield fails("report", "It says that there is a roster, and lists what stands in the way of one.")
    proved = next(iter(_proofs(impossible)), None) if report.outcome == "infeasible" else None
    if proved is not None:
        yield holds("report", f"There is no roster that keeps every rule: this follows from {proved}.")
        return
    answer = case.settler.roster(case.instance)
    if answer.roster is None and not answer.none:
        yield left_open("report", "Whether there is a roster that keeps every rule was not settled in time.")
    elif answer.none:
        says = "There is no roster that keeps every rule; this was found in two separate ways."
        yield (holds if report.outcome == "infeasible" else fails)("report", says)
    else:
        says = "There is a roster that keeps every rule."
        yield (fails if report.outcome == "infeasible" else holds)("report", says)


def _proofs(impossible: list[Line]) -> Iterator[str]:
    """The conflicts and bottlenecks of which every line holds."""
    for about in dict.fromkeys(line.about for line in impossible):
        if all(line.outcome == "holds" for line in impossible if line.about == about):
            yield about


def _clusters(case: Case) -> Iterator[Line]:
    instance, report = case.instance, case.report
    numbers = [cluster.number for cluster in report.clusters]
    for cluster in report.clusters:
        about = f"cluster {cluster.number}"
        if numbers.count(cluster.number) > 1:
            yield fails(about, "There is more than one cluster of this number.")
        for referral_id in (r for r in cluster.people if r not in instance.people):
            yield fails(about, f"There is no referral {referral_id} in this data.", referral_id)
        for site_id in (s for s in cluster.sites if s not in instance.site):
            yield fails(about, f"There is no site {site_id} in this data.", site_id)
    belongs = [(f"conflict {n}", c.cluster) for n, c in enumerate(report.conflicts, start=1)]
    belongs += [(f"bottleneck {n}", b.cluster) for n, b in enumerate(report.bottlenecks, start=1)]
    for about, cluster_number in belongs if numbers else []:
        if cluster_number not in numbers:
            yield fails(about, f"It belongs to cluster {cluster_number}, which is not there.")


def _compromise(case: Case, roster: Roster) -> Iterator[Line]:
    if not roster.compromise:
        yield fails("compromise", "The roster does not say that it is a compromise.")
        return
    verdict = verify(case.instance, roster, case.rules, case.preferences)
    for finding in (*verdict.form, *verdict.broken):
        yield fails("compromise", finding.says)
    if verdict.accepted:
        yield holds("compromise", "It breaks what it lists and nothing else, and its numbers are right.")
