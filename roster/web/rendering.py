"""How pages are made from templates: the words, dates and times of GOV.UK style, and what every page needs."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from roster.calendar import friendly_time, long_date, long_day, long_month
from roster.store.models import ROLE_NAMES
from roster.web.fields import error_list
from roster.wording import VOLUNTARY, how_many

_LONDON = ZoneInfo("Europe/London")


def environment(**options: Any) -> jinja2.Environment:
    """The environment of the templates: GOV.UK's components beside our own."""
    ours = options.pop("loader")
    options["undefined"] = jinja2.ChainableUndefined  # GOV.UK's macros ask for parameters that are not given
    govuk = jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")})
    made = jinja2.Environment(loader=jinja2.ChoiceLoader([ours, govuk]), **options)
    made.globals.update(
        error_list=error_list,
        providers=_providers,
        static=static,
        url=_url,
        how_many=how_many,
        VOLUNTARY=VOLUNTARY,
        ROLE_NAMES=ROLE_NAMES,
    )
    made.filters.update(day=long_date, moment=_moment, clock=friendly_time, weekday=long_day, month_name=long_month)
    return made


def _providers() -> list[tuple[str, str]]:
    """Where else one can log in: the name, and the address to begin at."""
    apps = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {}).get("APPS", [])
    return [(app["name"], reverse("openid_connect_login", args=[app["provider_id"]])) for app in apps]


def _url(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts)


def _moment(value: datetime) -> str:
    """A moment as people in the United Kingdom have it on their clocks."""
    local = value.astimezone(_LONDON)
    return f"{long_date(local.date())} at {friendly_time(local.hour * 60 + local.minute)}"


def _menu() -> list[dict[str, str]]:
    return [
        {"text": "Your pages", "href": reverse("home")},
        {"text": "Your account", "href": reverse("mfa_index")},
        {"text": "Log out", "href": reverse("account_logout")},
    ]


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    here = getattr(request, "here", None)
    user = getattr(request, "user", None)
    return {
        "here": here,
        "menu": _menu() if user is not None and user.is_authenticated else [],
        "nonce": str(getattr(request, "csp_nonce", "")),
        "user": user if user is not None and user.is_authenticated else None,
        "notices": [str(m) for m in messages.get_messages(request)] if hasattr(request, "_messages") else [],
    }


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page made from a template."""
    return render(request, template, context, status=status)
