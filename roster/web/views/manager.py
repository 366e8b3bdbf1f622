"""The regional manager's front page of a month: where it stands, what others did, and what to do next."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from roster.agenda import Stop
from roster.calendar import long_month
from roster.store.models import Job, Month, Notice
from roster.store.months import instance_of
from roster.store.notices import mark_seen, open_notices
from roster.store.rosters import named, newest_key
from roster.web.access import Here
from roster.web.month_state import next_steps, state_of
from roster.web.rendering import page

KINDS = {"solve": "Make a roster", "repair": "Repair the roster"}
"""What a job is called in a list."""
_DATA = (
    ("data", "Everything in the data"),
    ("coaches", "Coaches: hours, leave and limits"),
    ("undeclared", "Practices that have not offered a room"),
    ("data_notices", "What to look at in the data"),
    ("files", "Hand in or take away a workbook"),
    ("explain", "Is there a roster, and what stands in the way?"),
)
"""Pages of the month's data."""


def region_month(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Where the month stands, and what to do next."""
    here, held = of_month(request)
    assert here.region is not None
    state = state_of(held, instance_of(held))
    steps = [
        (step, reverse(step.page, kwargs={"region": region, "month": month, **dict(step.parts)}) if step.page else "")
        for step in next_steps(state)
    ]
    context = {
        "state": state,
        "month_name": long_month(month),
        "steps": steps,
        "told": newest_key(held),
        "open_notices": open_notices(here.region),
        "data_pages": [(address, words) for name, words in _DATA if (address := address_of(here, name))],
        "jobs": [(job, KINDS[job.kind]) for job in state.jobs],
    }
    return page(request, "manager/month.html", context)


def notice_seen(request: HttpRequest, region: str, month: str, number: int) -> HttpResponse:
    """The manager has seen a notice."""
    here, _ = of_month(request)
    notice = Notice.objects.filter(region=here.region, pk=number).first()
    if notice is None:
        raise Http404
    mark_seen(notice)
    return redirect("region_month", region=region, month=month)


# -- what the pages of rosters share ------------------------------------------------------------------------------


def of_month(request: HttpRequest) -> tuple[Here, Month]:
    """Who asks, and the month."""
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.month is not None
    return here, here.month


def job_of(month: Month, number: int) -> Job:
    """A job of the month that makes a roster. Raises Http404 where there is none of that number."""
    job = Job.objects.filter(month=month, pk=number, kind__in=KINDS).first()
    if job is None:
        raise Http404
    return job


def trail(here: Here, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the first page to this one: the region's month, then pages by name and address."""
    assert here.region is not None
    assert here.month is not None
    where = {"region": here.region.slug, "month": here.month.month}
    name = f"{here.region.name}, {long_month(here.month.month)}"
    first = {"text": name, "href": reverse("region_month", kwargs=where)}
    return [first, *({"text": text, "href": href} for text, href in more)]


def address_of(here: Here, name: str, **parts: str | int) -> str:
    """The address of a page of the month; empty where there is no such page."""
    assert here.region is not None
    assert here.month is not None
    try:
        return reverse(name, kwargs={"region": here.region.slug, "month": here.month.month, **parts})
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Asking:
    """Where to ask why something in a roster is as it is, and why something is not."""

    here: Here
    key: str

    def visit(self, stop: Stop) -> str:
        """Why a coach holds a session."""
        return self._of("why_visit", coach_id_asked=stop.coach_id, session_id=stop.session_id)

    def person(self, referral_id: str) -> str:
        """Why somebody is seen when and where they are, or is not."""
        return self._of("why_person", referral_id=referral_id)

    def otherwise(self, coach_id: str, day: date) -> str:
        """Why a coach is nowhere on a day."""
        wish = urlencode({"coach": coach_id, "date": day.isoformat(), "roster": self.key})
        address = address_of(self.here, "why_not")
        return f"{address}?{wish}" if address else ""

    def _of(self, name: str, **parts: str) -> str:
        address = address_of(self.here, name, **parts)
        return f"{address}?{urlencode({'roster': self.key})}" if address else ""


def roster_trail(here: Here, key: str) -> list[dict[str, str]]:
    """The way to a roster."""
    return trail(
        here,
        ("Rosters", address_of(here, "rosters")),
        (named(key), address_of(here, "roster", key=key)),
    )
