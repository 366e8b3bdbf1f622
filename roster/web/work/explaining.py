"""The job ``explain``: why there is no roster, and what would make one possible."""

from datetime import date

from roster.explain import process
from roster.solve import Options, Progress
from roster.store.models import Job
from roster.store.months import instance_of
from roster.store.publishing import as_of_published
from roster.web.terms import terms
from roster.web.work.worker import Done, Tell


def made(job: Job, tell: Tell) -> Done:
    """Explain the month as it is now. ``asked``: ``seconds``, and ``as_of`` where it is another day."""
    held, instance = terms(), instance_of(job.month)
    if "as_of" in job.asked:
        instance = as_of_published(instance, date.fromisoformat(job.asked["as_of"]))
    options = Options(time_limit=float(job.asked.get("seconds", 120)), workers=job.asked.get("workers"))
    report = process.explain(
        instance, held.rules, held.preferences, options, lambda progress: tell(_as_shown(progress))
    )
    return Done(report.says, report.to_json(), stopped=process.STOPPED in report.not_proved)


def _as_shown(progress: Progress) -> dict[str, object]:
    return {"seconds": round(progress.seconds), "left": round(progress.time_left), "says": progress.says}
