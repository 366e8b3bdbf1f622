"""What a coach sees and does: the month's diary, their leave, their calendar feed."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from roster.calendar import long_month
from roster.domain import Coach
from roster.edits import EditError
from roster.instance import Instance
from roster.store.changing import change
from roster.store.models import Month
from roster.store.months import instance_of
from roster.store.told import visits_told
from roster.web.access import Here
from roster.web.diary import diary_of
from roster.web.fields import error_list
from roster.web.leaving import Absence, LeaveForm, leave_ahead, take_leave, without_leave
from roster.web.rendering import page
from roster.web.views.feeds import feed_page

_PAGES = (("coach_month", "Diary"), ("coach_leave", "Leave"), ("coach_feed", "Your calendar"))


@dataclass(frozen=True)
class OfCoach:
    """A coach in a month, for whoever asks."""

    here: Here
    month: Month
    instance: Instance
    coach: Coach

    def where(self, name: str) -> str:
        """The address of one of the coach's pages."""
        assert self.here.region is not None
        of = {"region": self.here.region.slug, "month": self.month.month, "coach_id": self.coach.coach_id}
        return reverse(name, kwargs=of)

    def context(self, current: str) -> dict[str, object]:
        """What the templates of all its pages use."""
        return {
            "coach": self.coach,
            "month_name": long_month(self.month.month),
            "where": self.where,
            "site_names": {site.site_id: site.name for site in self.instance.sites},
            "navigation": [
                *({"text": text, "href": self.where(name), "active": name == current} for name, text in _PAGES),
                {"text": "Your pages", "href": reverse("home")},
                {"text": "Log out", "href": reverse("account_logout")},
            ],
        }


def month(request: HttpRequest, region: str, month: str, coach_id: str) -> HttpResponse:
    """The month's visits, day by day, in the order of the road."""
    del region, month
    of = _of(request, coach_id)
    days = diary_of(of.instance, visits_told(of.month, of.instance), coach_id)
    context = {"days": days, "published": of.instance.published is not None}
    return page(request, "coach/month.html", {**of.context("coach_month"), **context})


def leave(request: HttpRequest, region: str, month: str, coach_id: str) -> HttpResponse:
    """The leave that is ahead, and adding some: where visits are booked then, what that does is said first."""
    del region, month
    of = _of(request, coach_id)
    form = LeaveForm(of.instance, coach_id, request.POST if request.method == "POST" else None)
    if form.is_valid():
        absence = Absence.of(of.month, of.instance, form.days())
        if absence.says and request.POST.get("does", "") != absence.mark:
            context = {"form": form, "absence": absence}
            return page(request, "coach/confirm_leave.html", {**of.context("coach_leave"), **context})
        try:
            take_leave(of.month, absence, of.here.by())
        except EditError as error:
            form.add_error("first_day", f"{error.says}. {error.do}")
        else:
            messages.success(request, f"Your leave {absence.when} is kept.")
            return redirect(of.where("coach_leave"))
    context = {"form": form, "errors": error_list(form), "rows": leave_ahead(of.instance, coach_id)}
    return page(request, "coach/leave.html", {**of.context("coach_leave"), **context})


def end_leave(request: HttpRequest, region: str, month: str, coach_id: str) -> HttpResponse:
    """Take back what is ahead of a stretch of leave."""
    del region, month
    of = _of(request, coach_id)
    first_day = _date(request.POST.get("first_day", ""))
    row = next((r for r in leave_ahead(of.instance, coach_id) if r.first_day == first_day), None)
    said = "That leave is not there any more."
    if row is not None:
        try:
            change(of.month, without_leave(of.instance, row), of.here.by(), "remove leave")
        except EditError:
            of.month.refresh_from_db()
        else:
            said = "The leave is taken back. The region may plan visits then again."
    messages.success(request, said)
    return redirect(of.where("coach_leave"))


def feed(request: HttpRequest, region: str, month: str, coach_id: str) -> HttpResponse:
    """The coach's own calendar feed."""
    del region, month
    return feed_page(request, _of(request, coach_id).context("coach_feed"))


def _of(request: HttpRequest, coach_id: str) -> OfCoach:
    """Who asks, the month's data, and the coach. Raises Http404 where there is no such coach."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    instance = instance_of(here.month)
    coach = instance.coach.get(coach_id)
    if coach is None:
        raise Http404
    return OfCoach(here, here.month, instance, coach)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
