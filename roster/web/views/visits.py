"""Who comes when at a practice, and the sheet of a week for its door."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from roster.store.told import visits_told
from roster.web.rendering import page
from roster.web.views.of_practice import of_practice
from roster.web.visits import Week, by_day, comes, door_sheet, weeks_with_visits


def visits(request: HttpRequest, region: str, month: str, practice_id: str) -> HttpResponse:
    """The published visits at the practice's site, day by day."""
    del region, month
    of = of_practice(request, practice_id)
    found = comes(of.instance, visits_told(of.month, of.instance), practice_id)
    context = {
        "published": of.instance.published is not None,
        "days": list(by_day(found)),
        "weeks": weeks_with_visits(found),
    }
    return page(request, "practice/visits.html", {**of.context("practice_visits"), **context})


def door(request: HttpRequest, region: str, month: str, practice_id: str, week: str) -> HttpResponse:
    """The sheet of one week, to print; ``week`` is its Monday."""
    del region, month
    of = of_practice(request, practice_id)
    shown = Week(_monday(week))
    found = comes(of.instance, visits_told(of.month, of.instance), practice_id)
    if shown not in weeks_with_visits(found):
        raise Http404
    context = {"week": shown, "days": door_sheet(found, shown)}
    return page(request, "practice/door.html", {**of.context("practice_visits"), **context})


def _monday(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
