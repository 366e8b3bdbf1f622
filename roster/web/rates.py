"""No more than so many requests a minute from one account, or from one address where nobody is logged in."""

import threading
import time
from collections import deque
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]
SECONDS = 60.0
_MOST_KEPT = 10_000


class Limiter:
    """Counts what was asked within the last minute, by who asks; in the memory of one process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: dict[str, deque[float]] = {}
        self._alone = threading.Lock()

    def allows(self, who: str, now: float) -> bool:
        """Whether one more is allowed now; counts it if so."""
        with self._alone:
            if len(self._asked) > _MOST_KEPT:
                self._asked = {name: times for name, times in self._asked.items() if now - times[-1] < SECONDS}
            times = self._asked.setdefault(who, deque())
            while times and now - times[0] >= SECONDS:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


def limited(get_response: Answer) -> Answer:
    """Middleware: refuses with status 429 what is beyond the limit."""
    limiter = Limiter(settings.CONFIGURATION.requests_a_minute)

    def middleware(request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        who = f"account {user.pk}" if user is not None and user.is_authenticated else request.META["REMOTE_ADDR"]
        if limiter.allows(who, time.monotonic()):
            return get_response(request)
        answer = HttpResponse(render_to_string("too_many.html", request=request), status=429)
        answer["Retry-After"] = str(int(SECONDS))
        return answer

    return middleware
