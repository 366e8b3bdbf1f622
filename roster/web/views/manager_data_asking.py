"""Questions about a roster: why it is as it is, and why it is not otherwise, each put into the queue."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.instance import Instance
from roster.store import jobs
from roster.store.models import Month
from roster.store.rosters import held, lines, newest_key
from roster.web.access import Here
from roster.web.asking import WhyForm, WhyNotForm
from roster.web.fields import error_list
from roster.web.rendering import page
from roster.web.views.manager_data_forms import at, sent, trail, where
from roster.wording import session_words, site_name

EXPLAIN, WHY, WHY_NOT = "explain", "why", "why-not"
KINDS = (EXPLAIN, WHY, WHY_NOT)


def why_month(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Why the roster is as it is: whom it leaves out, and what holds it back."""
    del region, month
    return _why(request, "Why is the roster as it is?", {})


def why_person(request: HttpRequest, region: str, month: str, referral_id: str) -> HttpResponse:
    """Why somebody is seen when they are, or is not seen."""
    del region, month
    instance = _read_with(request)
    if referral_id not in instance.people:
        raise Http404
    return _why(request, f"Why is {referral_id} seen when they are, or not seen?", {"referral_id": referral_id})


def why_coach(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Why a coach works as they do."""
    del region, month
    instance = _read_with(request)
    _there(asked in instance.coach)
    return _why(request, f"Why does coach {asked} work as they do?", {"coach_id": asked})


def why_visit(request: HttpRequest, region: str, month: str, coach_id_asked: str, session_id: str) -> HttpResponse:
    """Why a coach holds a session: about their day."""
    del region, month
    instance = _read_with(request)
    _there(coach_id_asked in instance.coach and session_id in instance.session)
    day = instance.session[session_id].date.isoformat()
    heading = f"Why does coach {coach_id_asked} hold {session_words(instance, session_id)}?"
    return _why(request, heading, {"coach_id": coach_id_asked, "day": day})


def why_site(request: HttpRequest, region: str, month: str, asked: str) -> HttpResponse:
    """Why a site is used as it is."""
    del region, month
    instance = _read_with(request)
    _there(asked in instance.site)
    return _why(request, f"Why is {site_name(instance, asked)} used as it is?", {"site_id": asked})


def why_not(request: HttpRequest, region: str, month: str) -> HttpResponse:
    """Ask for something that the roster does not have; the address may say what."""
    del region, month
    here, held_month, instance = at(request)
    found = lines(held_month)
    if not found:
        return _no_roster(request, here, "Why not otherwise?")
    given = sent(request)
    form = WhyNotForm(_read_with(request), found, given, _wished(request, held_month, instance))
    if form.is_valid():
        return _ask(request, held_month, WHY_NOT, form.asked(form.options()))
    context = {"heading": "Why not otherwise?", "form": form, "errors": error_list(form), "trail": trail(here)}
    return page(request, "manager_data/ask.html", context | {"intro": _WHY_NOT})


_WHY_NOT = (
    "Say what you would rather have: a coach at a session or site, or somebody seen by a coach or on a day. "
    "You are told whether it can be, what it costs, what it gains, and what would make it right."
)
_WHY = "The answer is about what decided it, and says what was tried and checked."


# -- the parts ------------------------------------------------------------------------------------------------


def _there(known: bool) -> None:
    if not known:
        raise Http404


def _why(request: HttpRequest, heading: str, options: dict[str, str | None]) -> HttpResponse:
    here, month, _ = at(request)
    found = lines(month)
    if not found:
        return _no_roster(request, here, heading)
    form = WhyForm(found, sent(request), {"roster": _which(request, month)})
    if form.is_valid():
        return _ask(request, month, WHY, form.asked(options))
    context = {"heading": heading, "form": form, "errors": error_list(form), "trail": trail(here), "intro": _WHY}
    return page(request, "manager_data/ask.html", context)


def _ask(request: HttpRequest, month: Month, kind: str, asked: dict[str, Any]) -> HttpResponse:
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert isinstance(request.user, User)
    job = jobs.ask(month, kind, asked, request.user)
    return redirect(where(here, "answer", number=job.pk))


def _no_roster(request: HttpRequest, here: Here, heading: str) -> HttpResponse:
    return page(request, "manager_data/no_roster.html", {"heading": heading, "trail": trail(here)})


def _which(request: HttpRequest, month: Month) -> str:
    """The key of the roster that the address names, or of the one people were told, or of the newest."""
    known = [line.key for line in lines(month)]
    wanted = request.GET.get("roster", "")
    return wanted if wanted in known else newest_key(month) or known[0]


def _read_with(request: HttpRequest) -> Instance:
    """The data to read the roster with that was chosen, or that the address names."""
    _, month, instance = at(request)
    key = request.POST.get("roster", "") or (_which(request, month) if lines(month) else "")
    found = held(month, key)
    return instance if found is None else found.instance


def _wished(request: HttpRequest, month: Month, instance: Instance) -> dict[str, Any]:
    """What the address says is wished for."""
    given = {name: request.GET.get(name, "") for name in ("referral", "coach", "session", "site")}
    days = {day.isoformat(): day for day in instance.days}
    return {**given, "day": days.get(request.GET.get("date", "")), "roster": _which(request, month)}
