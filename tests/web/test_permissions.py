"""Every page, asked for by everybody, with every method: what comes back is what ``tests.web.allowed`` says."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from roster.store.models import Membership, Month
from roster.store.months import forget_what_was_read
from roster.store.people import disable, take_role
from roster.web.demonstration import SYSTEM
from roster.web.pages import PAGES
from roster.web.rates import Limiter
from roster.web.urls import urlpatterns
from tests.web.allowed import ANYBODY, LINES, LOG_IN, OPEN, OTHERS, Line
from tests.web.told import now
from tests.web.world import WHO, World, world_of

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
ODD = ("PATCH", "OPTIONS", "TRACE", "PROPFIND")
LOGIN = "/account/login/"


@pytest.fixture
def world(month: Month, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Everybody and everything; so much is asked for that no limit may be in the way."""
    monkeypatch.setattr(Limiter, "allows", lambda *_: True)
    yield world_of(month)
    forget_what_was_read()


def _ask(client: Client, method: str, path: str) -> HttpResponseBase:
    client.raise_request_exception = False
    return client.generic(method, path, "changes=2", "application/x-www-form-urlencoded")


def _expected(line: Line, who: str, method: str) -> str:
    """What has to come back, from the table alone."""
    if method not in line.methods:
        return "no such method"
    if line.who == OPEN or who in line.who or (line.who == ANYBODY and who != "nobody"):
        return "let in"
    return "log in first" if who == "nobody" else "not found"


def _came(answer: HttpResponseBase) -> str:
    """What came back, in the same words."""
    if answer.status_code == 302:
        return "log in first" if answer["Location"].startswith(f"{LOGIN}?next=") else "let in"
    return {404: "not found", 405: "no such method"}.get(
        answer.status_code, "let in" if answer.status_code in (200, 204, 409, 422) else str(answer.status_code)
    )


def test_every_page_is_in_the_table_and_no_other() -> None:
    assert sorted(line.name for line in LINES) == sorted(page.name for page in PAGES)


def test_every_path_of_the_table_leads_to_its_page(world: World) -> None:
    for line in LINES:
        path = line.path.format_map(world.parts).partition("?")[0]
        assert resolve(path).url_name == line.name


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_to_the_pages_of_the_table_with_its_methods_and_nowhere_else(world: World, who: str) -> None:
    assert list(_wrong(world, who)) == []


def _wrong(world: World, who: str) -> Iterator[str]:
    """Where something else comes back than has to. What somebody may do is done, and then undone."""
    client = world.clients[who]
    for line in LINES:
        path = line.path.format_map(world.parts)
        for method in METHODS:
            expected = _expected(line, who, method)
            if expected == "let in":
                with transaction.atomic():
                    came = _came(_ask(client, method, path))
                    transaction.set_rollback(True)
                forget_what_was_read()
            else:
                came = _came(_ask(client, method, path))
            if came != expected:
                yield f"{method} {line.name}: {came} instead of {expected}"


def test_no_page_answers_a_method_that_nobody_uses(world: World) -> None:
    for line in LINES:
        path = line.path.format_map(world.parts)
        assert {_ask(world.clients["nobody"], method, path).status_code for method in ODD} == {405}, line.name


def test_what_is_of_another_region_is_not_found_under_ones_own(world: World) -> None:
    parts = set(OTHERS.values())
    assert {line.name for line in LINES if parts & set(re.findall(r"{(\w+)}", line.path))} == OTHERS.keys()
    for line in LINES:
        if line.name not in OTHERS:
            continue
        path = line.path.format_map({**world.parts, OTHERS[line.name]: world.other_parts[OTHERS[line.name]]})
        for who in line.who:
            for method in line.methods:
                status = _ask(world.clients[who], method, path).status_code
                assert status in (404, 410), f"{who} {method} {line.name}"


def test_a_practice_withdraws_nothing_of_another_practice(world: World, month: Month) -> None:
    before = now(month)
    others = {"own_session": next(s.session_id for s in before.sessions if "hurdle" in s.room_id)}
    path = "{practice}/withdraw/{own_session}/".format_map({**world.parts, **others})
    client = world.clients["practice"]
    assert client.get(path).status_code == 404
    client.post(path)
    theirs = next(r.referral_id for r in before.referrals if r.practice_id == "P002")
    sent = {"referral_id": theirs, "confirmed": "yes"}
    client.post("{practice}/referrals/withdraw/".format_map(world.parts), sent)
    assert now(month) == before


def test_a_role_that_is_taken_and_an_account_that_is_disabled_end_at_once(world: World) -> None:
    path = "{practice}/".format_map(world.parts)
    client = world.clients["practice"]
    assert client.get(path).status_code == 200
    take_role(Membership.objects.get(user__username="practice"), SYSTEM)
    assert client.get(path).status_code == 404
    disable(User.objects.get(username="practice"), SYSTEM)
    assert client.get(path)["Location"].startswith(f"{LOGIN}?next=")


# -- log-in ---------------------------------------------------------------------------------------------------


def test_every_address_is_in_one_of_the_tables() -> None:
    assert {pattern.name for pattern in urlpatterns} == {line.name for line in LINES} | LOG_IN.keys()


@pytest.mark.parametrize(("name", "where"), [(name, path) for name, (path, _) in LOG_IN.items()])
def test_who_is_not_logged_in_gets_from_pages_of_log_in_what_the_table_says(db: None, name: str, where: str) -> None:
    del db
    assert resolve(where).url_name == name
    for method in ("GET", "POST"):
        answer = _ask(Client(), method, where)
        expected = LOG_IN[name][1]
        if expected.isdigit():
            assert str(answer.status_code) == expected
        else:
            assert answer["Location"].startswith(expected)


# -- forgeries ------------------------------------------------------------------------------------------------


def test_nothing_that_is_sent_from_elsewhere_is_taken_in(world: World) -> None:
    sent = 0
    for line in LINES:
        for who in line.who if "POST" in line.methods else ():
            client = Client(enforce_csrf_checks=True)
            client.cookies = world.clients[who].cookies
            assert _ask(client, "POST", line.path.format_map(world.parts)).status_code == 403, line.name
            sent += 1
    assert sent > 50
    somebody = Client(enforce_csrf_checks=True)
    somebody.cookies = world.clients["somebody"].cookies
    for path, _ in LOG_IN.values():
        assert _ask(somebody, "POST", path).status_code == 403, path


def test_a_form_is_taken_in_with_what_its_page_gave(db: None) -> None:
    del db
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(LOGIN).content.decode())
    assert token is not None
    answer = client.post(LOGIN, {"login": "nobody", "password": "wrong", "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 200
    assert "is not right" in answer.content.decode()


# -- headers --------------------------------------------------------------------------------------------------


def test_every_page_says_what_it_may_load_and_who_may_keep_it(world: World) -> None:
    for line in LINES:
        if "GET" in line.methods:
            who = next(iter(line.who))
            _assert_safe(_ask(world.clients[who], "GET", line.path.format_map(world.parts)))
    for answer in (world.clients["nobody"].get(LOGIN), world.clients["nobody"].get("/nowhere/")):
        _assert_safe(answer)


def _assert_safe(answer: HttpResponseBase) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy.pop("script-src").startswith("'self'")
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "manifest-src": "'self'",
    }
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "camera=()" in answer["Permissions-Policy"]
