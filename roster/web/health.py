"""When a page cannot be made: a page that says so, and that what was just sent was not kept.

Django makes an answer of what goes wrong right where it does, so no middleware around it would ever see it.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error


def gone_wrong(request: HttpRequest) -> HttpResponse:
    """What is answered to a request that ended in an exception: a lost database is not a fault of the program."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return unreachable(request)
    return server_error(request)


def unreachable(request: HttpRequest) -> HttpResponse:
    """The page, with status 503. It asks nothing of the database."""
    page = render_to_string("unreachable.html", {"was_sent": request.method == "POST"})
    answer = HttpResponse(page, status=503)
    answer["Retry-After"] = "10"
    return answer
