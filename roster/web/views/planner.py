"""What a planner does: asks for scenarios beside a month, watches them being made, reads the report."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.calendar import long_month
from roster.pages.plan import NO_PICTURES, pictures_of, sites_of, tables_of
from roster.planning.record import PlanReport
from roster.planning.tables import LONG_HEADER, WIDE_HEADER, csv_text, long_rows, wide_rows
from roster.planning.words import ONLY_TOTALS, headline, remarks
from roster.store import jobs
from roster.store.models import Job, Month
from roster.store.months import instance_of
from roster.web.access import Here
from roster.web.fields import error_list
from roster.web.rendering import page
from roster.web.scenario_form import ScenarioFile, ScenarioForm

KIND = "plan"
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[PlanReport], Iterable[Any]]]] = {
    "scenarios": (tuple(WIDE_HEADER), wide_rows),
    "figures": (tuple(LONG_HEADER), long_rows),
}


def plans(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """What has been asked of this month, the newest first."""
    del region
    asked = Job.objects.filter(month=_month(request), kind=KIND)
    return page(request, "planner/plans.html", {"jobs": asked, "month_name": long_month(month)})


def new(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Ask for scenarios by a form."""
    del region, month
    held = _month(request)
    form = ScenarioForm(instance_of(held), request.POST if request.method == "POST" else None)
    return _asked(request, held, form, "planner/new.html")


def from_file(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Ask for scenarios by a file."""
    del region, month
    held, sent = _month(request), request.method == "POST"
    form = ScenarioFile(instance_of(held), request.POST if sent else None, request.FILES if sent else None)
    return _asked(request, held, form, "planner/file.html")


def _asked(request: HttpRequest, month: Month, form: ScenarioForm | ScenarioFile, template: str) -> HttpResponse:
    if form.is_valid():
        assert isinstance(request.user, User)
        asked = {"toml": form.toml(), "seconds": int(form.cleaned_data["seconds"])}
        made = jobs.ask(month, KIND, asked, request.user)
        return redirect("plan_job", region=month.region.slug, month=month.month, number=made.pk)
    return page(request, template, {"form": form, "errors": error_list(form), "trail": _trail(request)})


def job(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """How far it is; once it is over, the report."""
    found = _job(request, number)
    context: dict[str, Any] = {"job": found, "trail": _trail(request)}
    if not found.is_over:
        return page(request, "planner/working.html", context)
    if not found.result:
        return page(request, "planner/nothing.html", context)
    report = PlanReport.model_validate_json(found.result)
    people, totals = pictures_of(report)
    context |= {
        "report": report,
        "headline": headline(report),
        "only_totals": ONLY_TOTALS,
        "note": NO_PICTURES if people is None else "",
        "tables": list(tables_of(report, people, totals)),
        "sites": list(sites_of(report)),
        "remarks": list(remarks(report)),
        "changed": found.month_version != found.month.version,
        "files": [
            (name, reverse("plan_table", kwargs={"region": region, "month": month, "number": number, "name": name}))
            for name in _TABLES
        ],
    }
    return page(request, "planner/plan.html", context)


def now(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """The part of the page that changes while it is worked on; the whole page anew once it is over."""
    del region, month
    found = _job(request, number)
    if found.is_over:
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    return page(request, "planner/progress.html", {"job": found})


def stop(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """Stop, and keep what is there."""
    found = _job(request, number)
    if not found.is_over:
        jobs.stop(found)
    return redirect("plan_job", region=region, month=month, number=number)


def table(request: HttpRequest, region: str, month: str, number: int, name: str) -> HttpResponse:
    """A table of the report as a CSV file."""
    del region, month
    found = _job(request, number)
    if name not in _TABLES or not found.result:
        raise Http404
    header, rows = _TABLES[name]
    text = csv_text(header, iter(rows(PlanReport.model_validate_json(found.result))))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _month(request: HttpRequest) -> Month:
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    return here.month


def _job(request: HttpRequest, number: int) -> Job:
    found = Job.objects.select_related("month").filter(month=_month(request), kind=KIND, pk=number).first()
    if found is None:
        raise Http404
    return found


def _trail(request: HttpRequest) -> list[dict[str, str]]:
    held = _month(request)
    where = reverse("plans", kwargs={"region": held.region.slug, "month": held.month})
    return [{"text": f"Scenarios, {long_month(held.month)}", "href": where}]
