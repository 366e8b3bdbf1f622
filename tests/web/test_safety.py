"""What keeps the service safe whoever asks: settings, cookies, limits, and who a proxy says that is asking."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as in_use
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from roster.web.headers import behind_proxy
from roster.web.rates import SECONDS, Limiter, limited

_WITH_HTTPS = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
from django.test import Client
from roster.web.headers import behind_proxy
plain = Client(headers={"host": "rosters.example"}).get("/trust/")
assert (plain.status_code, plain["Location"]) == (301, "https://rosters.example/trust/")
safe = Client(headers={"host": "rosters.example"}).get("/trust/", secure=True)
assert safe["Strict-Transport-Security"].startswith("max-age=31536000"), safe.headers
assert Client(headers={"host": "another.example"}).get("/trust/", secure=True).status_code == 400
page = Client(headers={"host": "rosters.example"}).get("/account/login/", secure=True)
cookie = page.cookies["csrftoken"]
assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
"""


def _python(program: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program with settings of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ROSTER_", "DJANGO_"))}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "roster.web.settings", "ROSTER_DATA": str(folder), **more}
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_with_https_there_is_nothing_to_say_about_the_settings(tmp_path: Path) -> None:
    done = _python(_WITH_HTTPS, tmp_path, ROSTER_HTTPS="true", ROSTER_HOSTS="rosters.example")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_cookies_are_not_for_scripts_nor_other_sites_and_end_with_the_day() -> None:
    assert in_use.SESSION_COOKIE_HTTPONLY
    assert in_use.CSRF_COOKIE_HTTPONLY
    assert (in_use.SESSION_COOKIE_SAMESITE, in_use.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")
    assert in_use.SESSION_COOKIE_AGE == 8 * 3600
    assert in_use.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_passwords_are_held_as_argon2() -> None:
    assert make_password("seven green bottles").startswith("argon2$argon2id$")
    assert len(in_use.PASSWORD_HASHERS) == 1


# -- limits ---------------------------------------------------------------------------------------------------


def test_so_many_requests_a_minute_are_allowed_and_more_after_it() -> None:
    limiter = Limiter(2)
    assert [limiter.allows("one", now) for now in (0.0, 1.0, 2.0)] == [True, True, False]
    assert limiter.allows("another", 2.0)
    assert limiter.allows("one", SECONDS)
    assert not limiter.allows("one", SECONDS + 0.5)


def test_who_asks_too_often_is_told_to_wait_and_nobody_else_is(settings: Settings) -> None:
    settings.CONFIGURATION = in_use.CONFIGURATION.model_copy(update={"requests_a_minute": 2})
    pages = limited(lambda _: HttpResponse("a page"))
    asked = [pages(_from("192.0.2.1")) for _ in range(3)]
    assert [answer.status_code for answer in asked] == [200, 200, 429]
    assert "Wait a minute, then go on" in asked[2].content.decode()
    assert asked[2]["Retry-After"] == "60"
    assert pages(_from("192.0.2.2")).status_code == 200


def test_wrong_passwords_for_many_accounts_from_one_place_are_stopped_too(db: None, settings: Settings) -> None:
    del db
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    sent = ({"login": f"nobody-{n}", "password": "wrong"} for n in range(21))
    texts = [Client().post("/account/login/", form).content.decode() for form in sent]
    assert all("is not right" in text for text in texts[:20])
    assert "Too many wrong passwords or codes were given" in texts[20]
    cache.clear()


# -- a proxy --------------------------------------------------------------------------------------------------


def _from(address: str, forwarded: str = "") -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    return request


@pytest.mark.parametrize(("https", "asks"), [(True, "203.0.113.9"), (False, "127.0.0.1")])
def test_who_asks_is_who_the_proxy_names_last_where_there_is_a_proxy(
    settings: Settings, https: bool, asks: str
) -> None:
    settings.CONFIGURATION = in_use.CONFIGURATION.model_copy(update={"https": https})
    pages = behind_proxy(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    request = _from("127.0.0.1", "made-up, 203.0.113.9")
    assert pages(request).content.decode() == asks
