"""Log-in: passwords, lock-out, a second step, codes to keep, and a provider of OpenID Connect."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from roster.store.models import ADMINISTRATOR, Change
from roster.store.people import disable, make_account
from roster.web.demonstration import SYSTEM
from tests.web.conftest import ClientOf
from tests.web.provider import CLIENT, SECRET, Provider, providing

LOG_IN, SECOND_STEP = "/account/login/", "/account/second-step/"


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    """Hash passwords quickly: that they are held as Argon2 is tested elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account(db: None) -> tuple[User, str]:
    """An account and its password."""
    del db
    cache.clear()
    return make_account("north-surgery", SYSTEM)


@pytest.fixture
def logged_in(account: tuple[User, str]) -> Client:
    """Somebody who has logged in with the password, and given it again for what matters."""
    client = Client()
    for where in (LOG_IN, "/account/reauthenticate/"):
        answer = client.post(where, {"login": "north-surgery", "password": account[1]})
        assert answer.status_code == 302
    return client


def _code(secret: str) -> str:
    """What an app with this key shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


# -- passwords ------------------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_the_account_is_locked_even_for_the_right_one(account: tuple[User, str]) -> None:
    client = Client()
    answers = [client.post(LOG_IN, {"login": "north-surgery", "password": f"wrong {n}"}) for n in range(5)]
    assert "The user name or the password is not right" in answers[0].content.decode()
    assert answers[4].status_code == 429
    right = client.post(LOG_IN, {"login": "north-surgery", "password": account[1]})
    assert right.status_code == 429
    assert "Wait a quarter of an hour" in right.content.decode()
    assert client.get("/").status_code == 302


def test_another_account_is_not_locked_with_it(account: tuple[User, str]) -> None:
    del account
    other, password = make_account("another", SYSTEM)
    for n in range(5):
        Client().post(LOG_IN, {"login": "north-surgery", "password": f"wrong {n}"})
    answer = Client().post(LOG_IN, {"login": other.username, "password": password})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_after_log_in_nobody_is_led_out_of_the_service(account: tuple[User, str], wanted: str) -> None:
    form = {"login": "north-surgery", "password": account[1], "next": wanted}
    assert Client().post(LOG_IN, form)["Location"] == "/"
    assert Client().post(LOG_IN, {**form, "next": SECOND_STEP})["Location"] == SECOND_STEP


def test_a_link_logs_nobody_out_and_the_button_does(logged_in: Client) -> None:
    assert logged_in.get("/account/logout/").status_code == 200
    assert logged_in.get("/").status_code == 200
    logged_in.post("/account/logout/")
    assert logged_in.get("/").status_code == 302


@pytest.mark.parametrize("username", ["north-surgery", "nobody-has-this"])
def test_a_wrong_password_does_not_tell_whether_there_is_such_an_account(
    account: tuple[User, str], username: str
) -> None:
    del account
    answer = Client().post(LOG_IN, {"login": username, "password": "wrong"})
    found = re.findall(r'<a href="#(\w+)">(.*?)</a>', answer.content.decode())
    assert ("id_login", "The user name or the password is not right") in found


def test_a_disabled_account_is_told_so_after_its_right_password_only(account: tuple[User, str]) -> None:
    disable(account[0], SYSTEM)
    right = Client().post(LOG_IN, {"login": "north-surgery", "password": account[1]})
    assert right.status_code == 403
    assert "This account is disabled" in right.content.decode()
    wrong = Client().post(LOG_IN, {"login": "north-surgery", "password": "wrong"})
    assert "disabled" not in wrong.content.decode()


def test_nobody_can_sign_up_or_ask_for_a_password(db: None) -> None:
    del db
    for name in ("account_signup", "account_reset_password", "account_email"):
        assert Client().get(f"/account/not-offered/{name}/").status_code == 404
        assert Client().post(f"/account/not-offered/{name}/").status_code == 404


def test_a_password_is_changed_by_whoever_knows_it_and_that_is_in_the_log(
    logged_in: Client, account: tuple[User, str]
) -> None:
    new = {"password1": "seven green bottles", "password2": "seven green bottles"}
    wrong = logged_in.post("/account/password/", {"oldpassword": "not it", **new})
    assert "This is not your password now" in wrong.content.decode()
    answer = logged_in.post("/account/password/", {"oldpassword": account[1], **new})
    assert (answer.status_code, answer["Location"]) == (302, SECOND_STEP)
    assert "Your password is changed." in _text(logged_in, SECOND_STEP)
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.what, entry.who) == ("change own password", str(account[0].pk))


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("abc123", "abc123", "too short"),
        ("north-surgery", "north-surgery", "too similar"),
        ("password1234", "password1234", "too common"),
        ("seven green bottles", "eight green bottles", "The two new passwords are not the same"),
    ],
)
def test_a_weak_password_is_refused_at_its_field(
    logged_in: Client, account: tuple[User, str], first: str, second: str, says: str
) -> None:
    answer = logged_in.post("/account/password/", {"oldpassword": account[1], "password1": first, "password2": second})
    text = answer.content.decode()
    assert says in text
    assert first not in text
    assert re.search(r'<a href="#id_password[12]">', text)


# -- a second step --------------------------------------------------------------------------------------------


def _set_up(client: Client) -> str:
    """Set up a second step; the key."""
    text = _text(client, f"{SECOND_STEP}begin/")
    assert "<svg" in text
    key = re.search(r'class="govuk-inset-text password">([A-Z2-7]+)<', text)
    assert key is not None
    answer = client.post(f"{SECOND_STEP}begin/", {"code": _code(key[1])})
    assert (answer.status_code, answer["Location"]) == (302, f"{SECOND_STEP}codes/")
    return key[1]


def test_with_a_second_step_the_password_alone_does_not_let_in(logged_in: Client, account: tuple[User, str]) -> None:
    key = _set_up(logged_in)
    client = Client()
    answer = client.post(LOG_IN, {"login": "north-surgery", "password": account[1]})
    assert answer["Location"].startswith(f"{SECOND_STEP}ask/")
    assert client.get("/").status_code == 302
    wrong = client.post(f"{SECOND_STEP}ask/", {"code": "000000"}).content.decode()
    assert "This is not the code" in wrong
    cache.clear()  # a code is worth something once; the app would show another one half a minute later
    assert client.post(f"{SECOND_STEP}ask/", {"code": _code(key)}).status_code == 302
    assert client.get("/").status_code == 200


def test_codes_cannot_be_tried_one_after_another(logged_in: Client, account: tuple[User, str]) -> None:
    key, client = _set_up(logged_in), Client()
    cache.clear()
    client.post(LOG_IN, {"login": "north-surgery", "password": account[1]})
    texts = [client.post(f"{SECOND_STEP}ask/", {"code": f"{n:06}"}).content.decode() for n in range(30)]
    assert "Too many wrong passwords or codes were given" in texts[-1]
    assert client.post(f"{SECOND_STEP}ask/", {"code": _code(key)}).status_code == 200
    assert client.get("/").status_code == 302


def test_a_code_to_keep_lets_in_once(logged_in: Client, account: tuple[User, str]) -> None:
    _set_up(logged_in)
    code = re.findall(r"<li>([A-Za-z0-9]+)</li>", _text(logged_in, f"{SECOND_STEP}codes/"))[0]
    for works in (True, False):
        client = Client()
        client.post(LOG_IN, {"login": "north-surgery", "password": account[1]})
        client.post(f"{SECOND_STEP}ask/", {"code": code})
        assert (client.get("/").status_code == 200) is works


def test_a_second_step_is_set_up_and_ended_only_after_the_password_was_given(account: tuple[User, str]) -> None:
    client = Client()
    client.force_login(account[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    for where in ("begin/", "codes/new/"):
        answer = client.get(SECOND_STEP + where)
        assert answer["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": account[1]})
    key = _set_up(client)
    assert "Stop asking for a code?" in _text(client, f"{SECOND_STEP}end/")
    assert client.post(f"{SECOND_STEP}end/").status_code == 302
    assert "Set up a second step" in _text(client, SECOND_STEP)
    assert [c.what for c in Change.objects.all()][:3].count("end a second step") >= 1
    assert key not in "".join(str(c.after) for c in Change.objects.all())


def test_new_codes_end_those_before(logged_in: Client) -> None:
    _set_up(logged_in)
    before = set(re.findall(r"<li>([A-Za-z0-9]+)</li>", _text(logged_in, f"{SECOND_STEP}codes/")))
    assert "Make new codes?" in _text(logged_in, f"{SECOND_STEP}codes/new/")
    logged_in.post(f"{SECOND_STEP}codes/new/")
    after = set(re.findall(r"<li>([A-Za-z0-9]+)</li>", _text(logged_in, f"{SECOND_STEP}codes/")))
    assert len(after) == 10
    assert not before & after


def test_an_administrator_ends_the_second_step_of_somebody_who_has_lost_it(
    logged_in: Client, account: tuple[User, str], client_of: ClientOf
) -> None:
    _set_up(logged_in)
    administrator = client_of(ADMINISTRATOR)
    where = f"/administration/people/{account[0].pk}/"
    assert "It asks for a code from an app" in _text(administrator, where)
    assert "End the second step of north-surgery?" in _text(administrator, f"{where}second-step/")
    assert administrator.post(f"{where}second-step/").status_code == 302
    assert "logs in with the password alone" in _text(administrator, where)
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.what, entry.role, entry.after) == ("end a second step", ADMINISTRATOR, [{"account": account[0].pk}])
    answer = Client().post(LOG_IN, {"login": "north-surgery", "password": account[1]})
    assert answer["Location"] == "/"


# -- a provider -----------------------------------------------------------------------------------------------


@pytest.fixture
def provider(settings: Settings, account: tuple[User, str]) -> Iterator[Provider]:
    """A provider that knows the account by its user name."""
    with providing() as running:
        running.claims |= {"preferred_username": account[0].username, "email": "kept@nowhere.example"}
        app = {
            "provider_id": "oidc",
            "name": "Your work",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": running.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running
        assert running.faults == []


def _through(client: Client, provider: Provider) -> tuple[int, str]:
    """Log in with the provider as a browser does: status and text of the last page."""
    begun = client.post("/account/oidc/oidc/login/")
    assert begun.status_code == 302
    assert begun["Location"].startswith(f"{provider.address}/authorize?")
    back = requests.get(begun["Location"], allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    answer = client.get(f"{parts.path}?{parts.query}", follow=True)
    return answer.status_code, answer.content.decode()


def test_who_is_known_logs_in_with_the_provider_and_nothing_else_of_them_is_held(provider: Provider) -> None:
    assert "Log in with Your work" in _text(Client(), LOG_IN)
    for _ in range(2):
        client = Client()
        status, text = _through(client, provider)
        assert status == 200
        assert "Your account has no role yet" in text
    held = SocialAccount.objects.get()
    assert (held.user.username, held.uid, held.extra_data) == ("north-surgery", "1", {})
    assert User.objects.get().email == ""


def test_the_address_to_come_back_to_is_the_one_of_the_documentation(provider: Provider) -> None:
    begun = Client().post("/account/oidc/oidc/login/")
    (back,) = parse_qs(urlsplit(begun["Location"]).query)["redirect_uri"]
    page = (Path(__file__).resolve().parents[2] / "docs" / "service.md").read_text(encoding="utf-8")
    assert f"`https://roster.example{urlsplit(back).path}`" in page
    assert provider.faults == []


def test_who_is_not_known_is_not_let_in_and_no_account_is_made(provider: Provider) -> None:
    provider.claims["preferred_username"] = "a-stranger"
    client = Client()
    status, text = _through(client, provider)
    assert status == 403
    assert "There is no account for you here" in text
    assert client.get("/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_disabled_account_is_not_let_in_by_the_provider_either(provider: Provider) -> None:
    client = Client()
    _through(client, provider)
    disable(User.objects.get(), SYSTEM)
    client = Client()
    assert _through(client, provider)[0] == 403
    assert client.get("/").status_code == 302


def test_who_breaks_off_at_the_provider_is_told_that_nothing_was_done(provider: Provider) -> None:
    provider.refuses = True
    status, text = _through(Client(), provider)
    assert status == 200
    assert "You broke off the log-in" in text


def test_an_answer_that_was_not_asked_for_lets_nobody_in(provider: Provider) -> None:
    del provider
    client = Client()
    answer = client.get("/account/oidc/oidc/callback/", {"code": "made-up", "state": "made-up"})
    assert answer.status_code == 401
    assert "did not work" in answer.content.decode()
    assert client.get("/").status_code == 302
