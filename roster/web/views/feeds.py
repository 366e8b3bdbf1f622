"""Calendar feeds: the page that makes and ends one, and the calendar at its secret address."""

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from roster.store.feeds import end_feed, feed_of, make_feed
from roster.store.models import Membership
from roster.web.access import Here
from roster.web.calendar_feed import calendar_of
from roster.web.rates import SECONDS, Limiter
from roster.web.rendering import page

_A_MINUTE = 30
_ASKED = Limiter(_A_MINUTE)
"""So many requests a minute of one feed, and with wrong secrets from one address."""


def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of a feed, for a calendar program: without log-in."""
    found = feed_of(secret)
    who = request.META["REMOTE_ADDR"] if found is None else f"feed {found.pk}"
    if not _ASKED.allows(who, time.monotonic()):
        answer = HttpResponse(render_to_string("too_many.html", request=request), status=429)
        answer["Retry-After"] = str(int(SECONDS))
        return answer
    if found is None or found.membership.region is None:
        raise Http404
    answer = HttpResponse(calendar_of(found.membership), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def feed_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Whether there is a feed, with a button to make one, anew or for the first time, and one to end it.

    The address is in the answer to the button itself: it is kept nowhere, so no other page could show it.
    """
    here: Here = request.here  # type: ignore[attr-defined]  # set by roster.web.access
    assert here.membership is not None
    shown = ""
    if request.method == "POST" and request.POST.get("do") == "end":
        end_feed(here.membership, here.by())
    elif request.method == "POST":
        secret = make_feed(here.membership, here.by())
        shown = request.build_absolute_uri(reverse("feed", kwargs={"secret": secret}))
    made = _newest(here.membership)
    return page(request, "feed.html", {**context, "address": shown, "made_at": made, "ended": _ended(request)})


def _ended(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == "end"


def _newest(membership: Membership) -> object:
    found = membership.feeds.order_by("-pk").first()
    return found.made_at if found else None
