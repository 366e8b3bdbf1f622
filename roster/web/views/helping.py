"""The one session that would help most: asked for, waited for, read, and offered with one press."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.edits import AddSession, EditError
from roster.store.changing import change
from roster.store.jobs import ask
from roster.store.models import Job
from roster.web.rendering import page
from roster.web.views.of_practice import OfPractice, of_practice
from roster.web.work.helping import SECONDS, Help

KIND = "help"


def help_most(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """What is known, with a button to look again; or how far it is."""
    del region, month
    of = of_practice(request, practice_id)
    job = _newest(of)
    if request.method == "POST":
        if job is None or job.is_over:
            assert not request.user.is_anonymous
            ask(of.month, KIND, {"practice_id": practice_id, "seconds": SECONDS}, request.user)
        return redirect(of.where("help"))
    return page(request, "practice/help.html", {**of.context("help"), **_about(of, job)})


def progress(request: HttpRequest, region: str, month: str, practice_id: str, job_id: int) -> HttpResponse:
    """The part of the page that changes while it is being looked for."""
    del region, month
    of = of_practice(request, practice_id)
    return page(request, "practice/help_progress.html", {**of.context("help"), **_about(of, _job(of, job_id))})


def offer(request: HttpRequest, region: str, month: str, practice_id: str, job_id: int) -> HttpResponse:
    """Offer exactly the session that was found."""
    del region, month
    of = of_practice(request, practice_id)
    found = _help(_job(of, job_id))
    if found is None or not found.edits:
        raise Http404
    problem = "That day is over. Look for another session." if _is_over(of, found) else ""
    if not problem:
        try:
            change(of.month, found.edits, of.here.by(), "offer a room")
        except EditError:
            problem = "This session cannot be offered any more: the rooms have changed since it was found."
    if not problem:
        messages.success(request, "The session is offered. Thank you.")
        return redirect(of.where("practice_month"))
    errors = [{"text": problem, "href": "#look-again"}]
    return page(request, "practice/help.html", {**of.context("help"), **_about(of, _newest(of)), "errors": errors})


def _is_over(of: OfPractice, found: Help) -> bool:
    return any(isinstance(edit, AddSession) and of.instance.is_past(edit.date) for edit in found.edits)


def _about(of: OfPractice, job: Job | None) -> dict[str, object]:
    found = _help(job)
    return {
        "job": job,
        "found": found,
        "offered": found is not None and _is_offered(of, found),
        "stale": job is not None and job.is_over and job.month_version != of.month.version,
        "minutes": round(SECONDS / 60),
    }


def _is_offered(of: OfPractice, found: Help) -> bool:
    """Whether the session that was found is there already."""
    ids = [edit.session_id for edit in found.edits if isinstance(edit, AddSession)]
    return bool(ids) and all(i in of.instance.session for i in ids)


def _help(job: Job | None) -> Help | None:
    return Help.model_validate_json(job.result) if job is not None and job.state == Job.DONE and job.result else None


def _newest(of: OfPractice) -> Job | None:
    mine = of.month.jobs.filter(kind=KIND, asked__practice_id=of.practice.practice_id)
    return mine.order_by("-pk").first()


def _job(of: OfPractice, job_id: int) -> Job:
    """The job of this practice and month. Raises Http404 where it is another's."""
    job = of.month.jobs.filter(pk=job_id, kind=KIND, asked__practice_id=of.practice.practice_id).first()
    if job is None:
        raise Http404
    return job
