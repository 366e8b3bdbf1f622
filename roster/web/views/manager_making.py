"""Making a roster: the form, the page that shows how far it is, stopping it, and what came of it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.answers_of_repair import RepairReport
from roster.edit_words import edits_words
from roster.pages.repair import curve_of, groups_of
from roster.repair_words import lines
from roster.store import jobs
from roster.store.changing import EditError
from roster.store.models import Job, Month
from roster.store.months import instance_of
from roster.store.publishing import earliest_day
from roster.store.rosters import REPAIR, SOLVE, asked_edits, has_roster, held, newest_key
from roster.web.fields import error_list
from roster.web.making import HAPPENED, MakeForm
from roster.web.reading import gap_words, total_words
from roster.web.rendering import page
from roster.web.views.manager import KINDS, address_of, job_of, of_month, trail


def make_roster(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Ask for a roster."""
    here, month_held = of_month(request)
    form = MakeForm(instance_of(month_held), earliest_day(month_held), _sent(request))
    if form.is_valid():
        job = jobs.ask(month_held, SOLVE, form.asked(), _user(request))
        return redirect("roster_job", region=region, month=month, number=job.pk)
    context = {"form": form, "errors": error_list(form), "trail": trail(here)}
    return page(request, "manager/make.html", context)


def happened(request: HttpRequest, region: str, month: str, what: str) -> HttpResponse:
    """Something has happened to the published roster: ask for a repair."""
    here, month_held = of_month(request)
    if what not in HAPPENED:
        raise Http404
    heading, kind = HAPPENED[what]
    instance = instance_of(month_held)
    form = kind(instance, earliest_day(month_held), _sent(request))
    if instance.published is not None and form.is_valid():
        job = jobs.ask(month_held, REPAIR, form.asked(), _user(request))
        return redirect("roster_job", region=region, month=month, number=job.pk)
    context = {
        "form": form,
        "heading": heading,
        "is_published": instance.published is not None,
        "errors": error_list(form),
        "trail": trail(here),
    }
    return page(request, "manager/happened.html", context)


def choose(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """The repair with at most so many changes, whatever they cost: another job, after the same."""
    _, month_held = of_month(request)
    job = job_of(month_held, number)
    most = request.POST.get("changes", "")
    if job.kind != REPAIR or not most.isascii() or not most.isdigit() or len(most) > 6:
        raise Http404
    asked = {**job.asked, "most": int(most), "of": job.asked.get("of", job.pk)}
    again = jobs.ask(month_held, REPAIR, asked, _user(request))
    return redirect("roster_job", region=region, month=month, number=again.pk)


# -- the page of a job --------------------------------------------------------------------------------------------


def roster_job(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """How far it is; once it is over, what came of it."""
    del region, month
    here, month_held = of_month(request)
    job = job_of(month_held, number)
    context: dict[str, Any] = {"trail": trail(here), "job": job, "kind": KINDS[job.kind]}
    if not job.is_over:
        return page(request, "manager/working.html", context | _progress(job))
    context |= {"why": address_of(here, "explain"), **_result(month_held, job)}
    return page(request, "manager/repaired.html" if job.kind == REPAIR else "manager/made.html", context)


def roster_job_now(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """The part of the page that changes while a job runs; the whole page anew once it is over."""
    del region, month
    _, month_held = of_month(request)
    job = job_of(month_held, number)
    if job.is_over:
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    return page(request, "manager/progress.html", {"job": job, **_progress(job)})


def stop_job(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """Stop, and keep the best."""
    _, month_held = of_month(request)
    job = job_of(month_held, number)
    if not job.is_over:
        jobs.stop(job)
    return redirect("roster_job", region=region, month=month, number=number)


def _progress(job: Job) -> dict[str, Any]:
    """How far the job is, for a page."""
    told = job.progress
    return {
        "best": told.get("best"),
        "bound": told.get("bound"),
        "gap": gap_words(told.get("gap")),
        "left": told.get("left"),
        "doing": told.get("says") or "",
    }


def _result(month: Month, job: Job) -> dict[str, Any]:
    """What came of a job."""
    key = f"made-{job.pk}"
    found = held(month, key) if has_roster(job) else None
    context: dict[str, Any] = {"key": key, "found": found, "told": newest_key(month)}
    if found is not None:
        context |= {
            "total": total_words(found.whole),
            "is_told": found.whole == instance_of(month).published,
            "changed": job.month_version != month.version,
        }
    if job.kind == REPAIR and job.result:
        context |= _repair(month, job)
    return context


def _repair(month: Month, job: Job) -> dict[str, Any]:
    report = RepairReport.model_validate_json(job.result)
    return {
        "report": report,
        "lines": lines(report),
        "curve": curve_of(report.buys) if len(report.buys) > 1 else None,
        "groups": groups_of(report.messages),
        "happened": _happened_words(month, job),
        "of": job.asked.get("of"),
    }


def _happened_words(month: Month, job: Job) -> list[str]:
    """What was said to have happened, in sentences; nothing where the data have changed so that it cannot be said."""
    try:
        return list(edits_words(instance_of(month), asked_edits(job)))
    except (EditError, KeyError):
        return []


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _user(request: HttpRequest) -> AbstractBaseUser:
    assert isinstance(request.user, AbstractBaseUser)
    return request.user
