"""Somebody at the service by HTTP, without a browser: pages, forms with their hidden fields, and how long each took."""

import re
import time
from dataclasses import dataclass, field

import html5lib
import requests

COOKIE = "sessionid"


@dataclass(frozen=True)
class Visit:
    """One page that was asked for: what came back, and after how many seconds. ``status`` 0: nothing came back."""

    method: str
    path: str
    status: int
    seconds: float
    text: str = field(repr=False)
    leads_to: str = ""


class Visitor:
    """One browser's worth of cookies, at the service at ``address``, logged in where ``session`` is a log-in's key."""

    def __init__(self, address: str, session: str = "") -> None:
        self.address = address
        self._http = requests.Session()
        self._http.trust_env = False
        if session:
            self._http.cookies.set(COOKIE, session, domain="127.0.0.1")

    def see(self, path: str) -> Visit:
        """Look at a page."""
        return self._ask("GET", path, None)

    def send(self, path: str, given: dict[str, str]) -> Visit:
        """Send a form; where it leads to is not followed."""
        token = self._http.cookies.get("csrftoken", domain="127.0.0.1") or ""
        return self._ask("POST", path, {**given, "csrfmiddlewaretoken": token})

    def log_in(self, username: str, password: str) -> None:
        """Log in as somebody does it."""
        self.see("/account/login/")
        sent = self.send("/account/login/", {"login": username, "password": password})
        assert sent.status == 302, sent

    def _ask(self, method: str, path: str, given: dict[str, str] | None) -> Visit:
        began = time.monotonic()
        try:
            answer = self._http.request(method, self.address + path, data=given, timeout=60, allow_redirects=False)
        except requests.RequestException:
            return Visit(method, path, 0, time.monotonic() - began, "")
        spent = time.monotonic() - began
        return Visit(method, path, answer.status_code, spent, answer.text, answer.headers.get("Location", ""))


def fields_of(page: str) -> dict[str, str]:
    """What the first form on a page that is sent would send as it stands, but for what is the log-in's or token's."""
    namespace = "{http://www.w3.org/1999/xhtml}"
    document = html5lib.parse(page)
    main = document.find(f".//{namespace}main")
    assert main is not None
    found: dict[str, str] = {}
    for one in main.iter(f"{namespace}input"):
        kind = one.get("type", "text")
        if one.get("name") and (kind not in ("radio", "checkbox") or one.get("checked") is not None):
            found[one.get("name", "")] = one.get("value", "")
    for one in main.iter(f"{namespace}select"):
        chosen = [o for o in one.iter(f"{namespace}option") if o.get("selected") is not None]
        options = chosen or list(one.iter(f"{namespace}option"))[:1]
        found[one.get("name", "")] = options[0].get("value", "") if options else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def errors_on(page: str) -> list[str]:
    """What the error summary of a page says."""
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [] if summary is None else [t.strip() for t in re.findall(r">([^<>]+)</a>", summary[1])]
