"""The job ``repair``: the published roster after something has happened, and what changes buy."""

from datetime import date

from roster.answers_of_repair import repair_report
from roster.edits import apply_edits
from roster.fault import Fault, InvalidInput
from roster.repair.free_changes import repair_with_free_changes
from roster.repair.run import repair
from roster.solve import Options, Progress
from roster.store.models import Job
from roster.store.months import instance_of
from roster.store.publishing import as_of_published
from roster.store.rosters import asked_edits
from roster.web.terms import terms
from roster.web.work.solving import as_shown
from roster.web.work.worker import Done, Tell


def made(job: Job, tell: Tell) -> Done:
    """Repair the published roster. ``asked``: ``edits``, ``as_of``, ``seconds``, and ``most`` changes or None.

    With ``most`` the changes themselves cost nothing: somebody has chosen that many.
    """
    held, before = terms(), instance_of(job.month)
    if before.published is None:
        fault = Fault(file="published.json", says="No roster has been published", do="Publish one first.")
        raise InvalidInput([fault])
    after = as_of_published(apply_edits(before, asked_edits(job)), date.fromisoformat(job.asked["as_of"]))
    options = Options(
        time_limit=float(job.asked.get("seconds", 60)), workers=job.asked.get("workers"), start=held.start
    )

    def heard(progress: Progress) -> None:
        tell(as_shown(progress))

    most = job.asked.get("most")
    if most is None:
        found = repair(after, held.repair, options, tell=heard)
    else:
        found = repair_with_free_changes(after, held.repair, options, most, heard)
    report = repair_report(before, after, found, None)
    return Done(found.result.says, report.to_json(), stopped=found.result.stopped)
