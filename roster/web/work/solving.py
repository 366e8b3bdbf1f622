"""The job ``solve``: the best roster of a month."""

from datetime import date

from roster.solve import Options, Progress, solve
from roster.store.models import Job
from roster.store.months import instance_of
from roster.store.publishing import as_of_published
from roster.web.terms import terms
from roster.web.work.worker import Done, Tell


def made(job: Job, tell: Tell) -> Done:
    """Solve the month as it is now. ``asked``: ``seconds``, ``gap`` as a share, ``as_of`` where it is another day."""
    held, instance = terms(), instance_of(job.month)
    if "as_of" in job.asked:
        instance = as_of_published(instance, date.fromisoformat(job.asked["as_of"]))
    options = Options(
        time_limit=float(job.asked.get("seconds", 60)),
        gap=float(job.asked.get("gap", 0.0)),
        workers=job.asked.get("workers"),
        start=held.start,
    )
    result = solve(instance, held.rules, held.preferences, options, lambda progress: tell(as_shown(progress)))
    roster = "" if result.roster is None else result.roster.to_json()
    return Done(result.says, roster, stopped=result.stopped)


def as_shown(progress: Progress) -> dict[str, object]:
    """How far the search is, as a page shows it."""
    return {
        "seconds": round(progress.seconds),
        "left": round(progress.time_left),
        "best": progress.best,
        "bound": progress.bound,
        "gap": progress.gap,
        "says": progress.says,
    }
