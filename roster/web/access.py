"""Who may see a page: decided here and nowhere else.

Every page stands in the table of ``roster.web.pages`` as a ``Page``: its path, its view, the roles that may use it.
A path with ``<region>`` is for members of that region, with ``<practice_id>`` for that practice's manager, with
``<coach_id>`` for that coach; a regional manager may use what the table gives to that role in the whole region.
Somebody who may not see a page gets "not found", whether there is such a page or not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path

from roster.store.audit import By
from roster.store.models import ADMINISTRATOR, COACH, PRACTICE_MANAGER, Membership, Month, Region

_SUBJECT = {PRACTICE_MANAGER: "practice_id", COACH: "coach_id"}
"""Which part of a path has to be what a membership is about."""

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Page:
    """A page: ``where`` as Django writes paths; ``roles`` empty: everybody who is logged in."""

    name: str
    where: str
    view: View
    roles: tuple[str, ...]
    methods: tuple[str, ...] = ("GET",)
    open_to_all: bool = False

    @property
    def answers(self) -> tuple[str, ...]:
        """The methods that it answers: what is only asked for without its text is no other than what is seen."""
        return (*self.methods, "HEAD") if "GET" in self.methods else self.methods


@dataclass(frozen=True)
class Here:
    """Who is asking, as what, and about what. ``month`` is None on pages that are about no month."""

    membership: Membership | None
    region: Region | None
    month: Month | None

    @property
    def role(self) -> str:
        """As what."""
        return self.membership.role if self.membership else ""

    def by(self) -> By:
        """Who does what is done, for the log."""
        assert self.membership is not None
        return By(str(self.membership.user_id), self.membership.role)


def patterns(pages: tuple[Page, ...]) -> list[URLPattern]:
    """The pages as Django wants them, each behind its guard."""
    return [path(page.where, guarded(page), name=page.name) for page in pages]


def guarded(page: Page) -> View:
    """The view, called with ``request`` (``request.here`` says who asks) and the parts of the path."""

    @wraps(page.view)
    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.method not in page.answers:
            return HttpResponseNotAllowed(page.methods)
        if page.open_to_all:
            return page.view(request, **parts)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.here = here_of(request, page, parts)  # type: ignore[attr-defined]  # set for the views
        answer = page.view(request, **parts)
        answer.setdefault("Cache-Control", "no-store")
        return answer

    return view


def here_of(request: HttpRequest, page: Page, parts: dict[str, Any]) -> Here:
    """Who asks, and about what. Raises Http404 where they may not."""
    region = month = None
    if "region" in parts:
        region = Region.objects.filter(slug=parts["region"]).first()
        if region is None:
            raise Http404
    found = [m for m in memberships_of(request) if _fits(m, page, region, parts)]
    if page.roles and not found:
        raise Http404
    if "month" in parts:
        month = Month.objects.select_related("region").filter(region=region, month=parts["month"]).first()
        if month is None:
            raise Http404
    found.sort(key=lambda m: page.roles.index(m.role) if page.roles else 0)
    return Here(found[0] if found else None, region, month)


def memberships_of(request: HttpRequest) -> list[Membership]:
    """What the person who is logged in may do, and where."""
    assert isinstance(request.user, User)
    return list(Membership.objects.filter(user=request.user).select_related("region").order_by("pk"))


def _fits(membership: Membership, page: Page, region: Region | None, parts: dict[str, Any]) -> bool:
    """Whether the membership lets its holder use the page with these parts of the path."""
    if page.roles and membership.role not in page.roles:
        return False
    if membership.role == ADMINISTRATOR:
        return True
    if region is not None and membership.region_id != region.pk:
        return False
    part = _SUBJECT.get(membership.role)
    return part is None or part not in parts or parts[part] == membership.subject
