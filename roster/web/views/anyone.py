"""Pages for everybody: where to go from here, what is held, how accessible the service is."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from roster.calendar import long_month
from roster.store.models import COACH, PLANNER, PRACTICE_MANAGER, REGIONAL_MANAGER, ROLE_NAMES, Membership
from roster.store.months import instance_of
from roster.web.access import memberships_of
from roster.web.rendering import page

_FIRST_PAGE = {
    REGIONAL_MANAGER: ("region_month", ()),
    PLANNER: ("plans", ()),
    PRACTICE_MANAGER: ("practice_month", ("practice_id",)),
    COACH: ("coach_month", ("coach_id",)),
}
"""The page of a month that a role begins with, and which part of its path is the membership's subject."""


def home(request: HttpRequest) -> HttpResponse:
    """Every month of every membership."""
    return page(request, "home.html", {"places": [_place(one) for one in memberships_of(request)]})


def _place(membership: Membership) -> dict[str, object]:
    region = membership.region
    if region is None:
        return {"heading": ROLE_NAMES[membership.role], "links": [("People, regions and the log", reverse("admin"))]}
    months = list(region.months.all())
    name, subject = _FIRST_PAGE[membership.role]
    parts = dict.fromkeys(subject, membership.subject)
    links = [
        (long_month(m.month), reverse(name, kwargs={"region": region.slug, "month": m.month, **parts})) for m in months
    ]
    if membership.role == REGIONAL_MANAGER:
        links.append(("Hand in another month as a workbook", reverse("import_data", kwargs={"region": region.slug})))
    called = membership.subject
    if membership.role == PRACTICE_MANAGER and months:
        practice = instance_of(months[-1]).practice.get(membership.subject)
        called = practice.name if practice else membership.subject
    return {"heading": ", ".join(filter(None, (called, region.name, ROLE_NAMES[membership.role]))), "links": links}
