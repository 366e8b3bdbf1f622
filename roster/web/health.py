"""When the database cannot be reached: a page that says so, and that what was just sent was not kept."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]


def unreachable_database(get_response: Answer) -> Answer:
    """Middleware: turns a lost database into a page with status 503."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except (OperationalError, InterfaceError):
            return unreachable(request)

    return middleware


def unreachable(request: HttpRequest) -> HttpResponse:
    """The page. It asks nothing of the database."""
    page = render_to_string("unreachable.html", {"was_sent": request.method == "POST"})
    answer = HttpResponse(page, status=503)
    answer["Retry-After"] = "10"
    return answer
