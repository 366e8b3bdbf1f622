"""What an administrator sees and does about regions, and the audit log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.fault import InvalidInput
from roster.store import log
from roster.store.changing import Overtaken
from roster.store.models import Change, Region
from roster.store.regions import make_region, set_retention
from roster.store.retention import last_kept
from roster.store.suppress import has_counts
from roster.web.access import Here
from roster.web.administering import RegionForm, RetentionForm
from roster.web.fields import error_list
from roster.web.rendering import page

ENTRIES_ON_A_PAGE = 50


def regions(request: HttpRequest) -> HttpResponse:
    """Every region with its months."""
    held = Region.objects.prefetch_related("months").order_by("name")
    return page(request, "administrator/regions.html", {"regions": held, "trail": _trail()})


def new_region(request: HttpRequest) -> HttpResponse:
    """Make a region."""
    from roster.web.pages import PAGES  # the table has this view in it

    taken = frozenset({"account", "static", *(p.where.partition("/")[0] for p in PAGES)})
    form = RegionForm(taken, request.POST or None)
    if form.is_valid():
        try:
            made = make_region(form.cleaned_data["slug"], form.cleaned_data["name"], _here(request).by())
        except InvalidInput as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{made.name} is made.")
            return redirect("admin_region", region=made.slug)
    context = {"form": form, "errors": error_list(form), "trail": _trail(("Regions", reverse("admin_regions")))}
    return page(request, "administrator/region_new.html", context)


def region(request: HttpRequest, region: str) -> HttpResponse:
    """One region: its months, and how long people are kept."""
    here = _here(request)
    held = here.region
    assert held is not None
    form = RetentionForm(request.POST or None, initial={"days": held.retention_days, "was": held.retention_days})
    overtaken = ""
    if form.is_valid():
        try:
            set_retention(held, form.cleaned_data["days"], form.cleaned_data["was"], here.by())
        except Overtaken:
            held.refresh_from_db()
            overtaken = (
                f"Somebody else has set this to {held.retention_days} days in the meantime. Send it again to set yours."
            )
            form.add_error("days", overtaken)
        else:
            messages.success(request, "The days are set.")
            return redirect("admin_region", region=region)
    months = [(m, last_kept(m), has_counts(m)) for m in held.months.all()]
    context = {
        "region": held,
        "months": months,
        "form": form,
        "was": held.retention_days if overtaken or not form.is_bound else form["was"].value(),
        "errors": error_list(form),
        "trail": _trail(("Regions", reverse("admin_regions"))),
    }
    return page(request, "administrator/region.html", context)


def log_entries(request: HttpRequest) -> HttpResponse:
    """The audit log, newest first, of all regions or one."""
    region, month = request.GET.get("region", ""), request.GET.get("month", "")
    pages = Paginator(log.entries(region, month), ENTRIES_ON_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    found: list[Change] = list(shown.object_list)
    context = {
        "entries": found,
        "names": log.names_of(found),
        "shown": shown,
        "pages": pages.num_pages,
        "regions": Region.objects.order_by("name"),
        "months": log.months(),
        "region": region,
        "month": month,
        "trail": _trail(),
    }
    return page(request, "administrator/log.html", context)


def log_check(request: HttpRequest) -> HttpResponse:
    """Whether every entry is as it was written."""
    number, check_sum, wrong = log.checked()
    context = {"number": number, "check_sum": check_sum, "wrong": wrong, "trail": _trail(("Log", reverse("admin_log")))}
    return page(request, "administrator/log_check.html", context)


def log_csv(request: HttpRequest) -> HttpResponse:
    """The whole log for a spreadsheet."""
    del request
    answer = HttpResponse("".join(log.as_csv()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer


def _here(request: HttpRequest) -> Here:
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    return here


def _trail(*more: tuple[str, str]) -> list[dict[str, str]]:
    steps = (("Your pages", reverse("home")), ("People, regions and the log", reverse("admin")), *more)
    return [{"text": words, "href": where} for words, where in steps]
