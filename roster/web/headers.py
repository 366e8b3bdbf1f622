"""What every answer says of itself, and who asks where a proxy stands before the service."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
_NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def behind_proxy(get_response: Answer) -> Answer:
    """Middleware: where pages are reached by https through a proxy, who asks is who the proxy names last."""

    def middleware(request: HttpRequest) -> HttpResponse:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if settings.CONFIGURATION.https and named:
            request.META["REMOTE_ADDR"] = named
        return get_response(request)

    return middleware


def private(get_response: Answer) -> Answer:
    """Middleware: no page is kept by a browser or a proxy, unless it says so itself, and none uses a device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.setdefault("Cache-Control", "no-store")
        answer.setdefault("Permissions-Policy", _NOT_USED)
        return answer

    return middleware
