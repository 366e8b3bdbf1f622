"""Explanations and answers: asking, how far a question is, what came of it, and doing what it says."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from pydantic import ValidationError

from roster import report_words
from roster.calendar import long_month
from roster.edits import EditError
from roster.explanations import Why, WhyNot
from roster.instance import Instance
from roster.report import Report
from roster.report_words import FactsInWords, compromise_words, troubles
from roster.store import jobs
from roster.store.changing import Overtaken, change
from roster.store.models import Job, Month
from roster.store.rosters import named
from roster.web.access import Here
from roster.web.asking import ExplainForm
from roster.web.edit_form import said
from roster.web.fields import error_list
from roster.web.proposals import Proposal, in_short, proposals
from roster.web.rendering import page
from roster.web.views.manager_data_asking import EXPLAIN, KINDS, WHY, WHY_NOT
from roster.web.views.manager_data_forms import at, sent, trail, where
from roster.wording import how_many, site_name

_WORDS = (
    "NOTHING_TO_REPAIR",
    "POINTS",
    "alone_words",
    "enough",
    "has_roster",
    "how_cheap",
    "how_checked",
    "how_many_troubles",
    "how_sure",
    "how_tried",
    "people_of",
    "points",
    "sessions_words",
    "title_of",
    "who_acts",
)
_NAMES = {EXPLAIN: "Is there a roster?", WHY: "Why is it so?", WHY_NOT: "Why not otherwise?"}
LINES = ("Can it be", "What it costs", "What it gains", "What would make it right")
CHANGED = (
    "The data of the month were changed after this was worked out, so nobody knows what it would do now. Ask again."
)
UNREADABLE = "Something in this answer was taken out since, so it cannot be shown. Ask again."


def explain(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Ask whether there is a roster and what stands in the way; the answers so far."""
    del region
    here, held, instance = at(request)
    form = ExplainForm(sent(request), initial={"as_of": instance.settings.as_of})
    if form.is_valid():
        assert isinstance(request.user, User)
        job = jobs.ask(held, EXPLAIN, form.asked(), request.user)
        return redirect(where(here, "answer", number=job.pk))
    earlier = held.jobs.filter(kind__in=KINDS)[:10]
    context = {
        "form": form,
        "errors": error_list(form),
        "month_name": long_month(month),
        "earlier": [(_NAMES[job.kind], where(here, "answer", number=job.pk), job) for job in earlier],
        "trail": trail(here),
    }
    return page(request, "manager_data/explain.html", context)


def answer(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """How far a question is; once it is over, what came of it."""
    del region, month
    here, held, instance = at(request)
    job = _job(held, number)
    context: dict[str, Any] = {"job": job, "heading": _NAMES[job.kind], "trail": trail(here, _step(here))}
    if not job.is_over:
        return page(request, "manager_data/working.html", context)
    if not job.result:
        return page(request, "manager_data/failed.html", context)
    context["stale"] = job.month_version != held.version
    try:
        return _shown(request, here, job, instance, context)
    except (ValidationError, EditError):
        return page(request, "manager_data/failed.html", context | {"says": UNREADABLE})


def answer_now(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """The part of the page that changes while a question is worked on; the whole page anew once it is over."""
    del region, month
    _, held, _ = at(request)
    job = _job(held, number)
    if job.is_over:
        over = HttpResponse(status=200)
        over["HX-Refresh"] = "true"
        return over
    return page(request, "manager_data/progress.html", {"job": job})


def stop_answer(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """Stop; what is known by then is kept."""
    del region, month
    here, held, _ = at(request)
    job = _job(held, number)
    if not job.is_over:
        jobs.stop(job)
    return redirect(where(here, "answer", number=number))


def apply_proposal(request: HttpRequest, region: str, month: str, number: int, which: int) -> HttpResponse:
    """Look at what a repair would change, and change it."""
    del region, month
    here, held, instance = at(request)
    job = _job(held, number)
    proposal, problem = _proposal(job, instance, which), ""
    if held.version != job.month_version:
        problem = CHANGED
    elif request.method == "POST":
        try:
            change(held, proposal.edits, here.by(), "apply a repair", version=job.month_version)
            messages.success(request, in_short(proposal.words))
            return redirect(where(here, "data"))
        except Overtaken:
            problem = CHANGED
        except EditError as error:
            problem = said(error)[1]
    context = {
        "proposal": proposal,
        "possible": not problem,
        "errors": [{"text": problem, "href": "#changes"}] if problem else [],
        "back": where(here, "answer", number=number),
        "trail": trail(here, _step(here), (_NAMES[job.kind], where(here, "answer", number=number))),
    }
    return page(request, "manager_data/apply.html", context, status=409 if problem else 200)


# -- the parts ------------------------------------------------------------------------------------------------


def _job(month: Month, number: int) -> Job:
    job = month.jobs.filter(pk=number, kind__in=KINDS).first()
    if job is None:
        raise Http404
    return job


def _step(here: Here) -> tuple[str, str]:
    return "Questions", where(here, "explain")


def _proposal(job: Job, instance: Instance, which: int) -> Proposal:
    """The change of this number that an answer proposes. Raises Http404 where there is none."""
    try:
        found = proposals(job, instance) if job.result else ()
    except ValidationError:
        raise Http404 from None
    if not 1 <= which <= len(found):
        raise Http404
    return found[which - 1]


def _shown(request: HttpRequest, here: Here, job: Job, instance: Instance, context: dict[str, Any]) -> HttpResponse:
    """The page of what came of a job."""
    found = proposals(job, instance)
    context["proposals"] = [
        (n, p, where(here, "apply_proposal", number=job.pk, which=n)) for n, p in enumerate(found, 1)
    ]
    if job.kind == EXPLAIN:
        return page(request, "manager_data/report.html", context | _report(job, instance))
    context["roster"] = named(str(job.asked["roster"]))
    if job.kind == WHY:
        why = Why.model_validate_json(job.result)
        helped = [left.referral_id for left in why.left if left.change]
        for_whom = dict(zip(helped, context["proposals"][len(why.limits) :], strict=True))
        return page(request, "manager_data/why.html", context | {"found": why, "for_whom": for_whom})
    found_not = WhyNot.model_validate_json(job.result)
    lines = list(zip(LINES, found_not.lines, strict=True))
    return page(request, "manager_data/why_not.html", context | {"found": found_not, "lines": lines})


def _report(job: Job, instance: Instance) -> dict[str, Any]:
    report = Report.model_validate_json(job.result)
    return {
        **{name: getattr(report_words, name) for name in _WORDS},
        "report": report,
        "instance": instance,
        "site_name": site_name,
        "troubles": troubles(report),
        "facts": FactsInWords(instance),
        "compromise": compromise_words(instance, report),
        "how_many": how_many,
    }
