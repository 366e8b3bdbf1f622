"""Journeys of an administrator in a real browser, and of anybody whose log-in has a second step or a provider."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.browser import Site, assert_accessible, log_in, serving
from tests.web.provider import CLIENT, SECRET, Provider, providing

_LOG = "People, regions and the log"


def _begin(page: Page, site: Site) -> None:
    """Log in as the administrator and open their pages."""
    log_in(page, site, "administrator")
    page.get_by_role("link", name=_LOG).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_LOG)


def _make_account(page: Page, username: str) -> str:
    """Make an account; its password, as shown."""
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("User name").fill(username)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"The password of {username}")
    return page.locator(".password").inner_text()


def _as(context: BrowserContext, site: Site, username: str, password: str) -> Page:
    """Another person, at another window."""
    page = context.new_page()
    log_in(page, Site(site.address, {username: password}), username)
    return page


@pytest.fixture
def another(chromium: Browser) -> Iterator[BrowserContext]:
    """Somebody else's window."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_an_administrator_makes_an_account_and_ends_it(site: Site, page: Page, another: BrowserContext) -> None:
    username = f"new-surgery-{page.viewport_size['width'] if page.viewport_size else 0}"
    _begin(page, site)
    assert_accessible(page)
    page.get_by_role("link", name="People", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Make an account").click()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a user name")
    assert_accessible(page)
    page.get_by_label("User name").fill(username)
    page.get_by_role("button", name="Make the account").click()
    assert_accessible(page)
    password = page.locator(".password").inner_text()
    page.get_by_role("button", name="Go on to the account").click()
    _give_a_role(page)
    theirs = _as(another, site, username, password)
    expect(theirs.get_by_role("heading", name="Your pages")).to_be_visible()
    theirs.get_by_role("link").filter(has_text="2027").first.click()
    assert "/practice/" in theirs.url
    page.get_by_role("button", name="Disable the account").click()
    assert_accessible(page)
    page.get_by_role("button", name="Disable the account").click()
    expect(page.get_by_role("alert")).to_contain_text("is disabled")
    theirs.reload()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Log in")


def _give_a_role(page: Page) -> None:
    """From the page of an account: practice manager of the first practice."""
    assert_accessible(page)
    page.get_by_role("button", name="Give a role").click()
    assert_accessible(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
    page.get_by_label("Practice manager").check()
    page.get_by_label("Region", exact=True).select_option(index=1)
    page.get_by_role("button", name="Go on").click()
    assert_accessible(page)
    page.get_by_label("Practice", exact=True).select_option(index=0)
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("alert")).to_contain_text("practice manager")
    assert_accessible(page)


def test_an_administrator_sets_the_days_and_reads_the_log(site: Site, page: Page) -> None:
    _begin(page, site)
    page.get_by_role("link", name="Regions", exact=True).click()
    assert_accessible(page)
    page.locator("tbody a").first.click()
    assert_accessible(page)
    page.get_by_label("Days that people are kept").fill("many")
    page.get_by_role("button", name="Set the days").click()
    expect(page.get_by_role("alert")).to_contain_text("The days must be a whole number, for example 30")
    assert_accessible(page)
    page.get_by_label("Days that people are kept").fill("28")
    page.get_by_role("button", name="Set the days").click()
    expect(page.get_by_role("alert")).to_contain_text("The days are set.")
    page.get_by_role("link", name=re.compile("^Log of ")).click()
    expect(page.get_by_role("cell", name="set how long people are kept").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Check that nothing was changed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The log is as it was written")
    assert_accessible(page)


def test_somebody_sets_up_a_second_step_and_logs_in_with_a_code_to_keep(
    site: Site, page: Page, another: BrowserContext
) -> None:
    username = f"careful-{page.viewport_size['width'] if page.viewport_size else 0}"
    administrator = another.new_page()
    _begin(administrator, site)
    password = _make_account(administrator, username)
    known = Site(site.address, {username: password})
    log_in(page, known, username)
    page.goto(f"{site.address}/account/second-step/")
    assert_accessible(page)
    page.get_by_role("button", name="Set up a second step").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password again")
    assert_accessible(page)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".qr svg")).to_be_visible()
    assert_accessible(page)
    key = page.locator(".password").inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code that the app shows").fill(format_hotp_value(hotp_value(key, counter)))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for when you do not have your phone")
    assert_accessible(page)
    code = page.locator("li", has_text=re.compile(r"^[a-z0-9]{6,}$")).first.inner_text()
    page.context.clear_cookies()
    log_in(page, known, username)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter a code")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the code")
    assert_accessible(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your pages")
    page.goto(f"{site.address}/account/password/")
    assert_accessible(page)


def test_by_keyboard_alone_an_administrator_makes_an_account(site: Site, page: Page) -> None:
    username = f"typed-{page.viewport_size['width'] if page.viewport_size else 0}"
    page.goto(f"{site.address}/account/login/")
    _type(page, "id_login", "administrator")
    _type(page, "id_password", site.passwords["administrator"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your pages")).to_be_visible()
    for words in (_LOG, "People", "Make an account"):
        _reach(page, re.compile(f"^{words}$"))
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
    _type(page, "id_username", username)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"The password of {username}")


def _type(page: Page, field: str, text: str) -> None:
    """Go on with the tab key to a field, and type."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            page.keyboard.type(text)
            return
    raise AssertionError(f"{field} was not reached")


def _reach(page: Page, words: re.Pattern[str]) -> None:
    """Go on with the tab key until what has the focus has these words, and press Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if words.search(page.evaluate("document.activeElement.textContent.trim()")):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words.pattern} was not reached")


def test_without_javascript_an_administrator_makes_a_new_password(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    _begin(page, site)
    first = _make_account(page, "plain")
    page.get_by_role("button", name="Go on to the account").click()
    page.get_by_role("button", name="New password").click()
    page.get_by_role("button", name="Make a new password").click()
    second = page.locator(".password").inner_text()
    assert first != second
    page.context.clear_cookies()
    log_in(page, Site(site.address, {"plain": first}), "plain")
    expect(page.get_by_text("The user name or the password is not right").first).to_be_visible()
    log_in(page, Site(site.address, {"plain": second}), "plain")
    expect(page.get_by_role("heading", name="Your pages")).to_be_visible()
    context.close()


# -- a provider -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider on loopback."""
    with providing() as running:
        yield running


@pytest.fixture(scope="module")
def site_with_provider(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Site]:
    """The service, with the provider set."""
    named = {"NAME": "Your work", "SERVER": provider.address, "CLIENT_ID": CLIENT, "SECRET": SECRET}
    settings = {f"ROSTER_OIDC_{name}": value for name, value in named.items()}
    with serving(tmp_path_factory.mktemp("oidc"), worker=False, settings=settings) as running:
        yield running


def test_somebody_logs_in_at_the_provider_of_their_work(
    site_with_provider: Site, provider: Provider, page: Page
) -> None:
    provider.claims |= {"sub": "1", "preferred_username": "practice"}
    page.goto(f"{site_with_provider.address}/account/login/")
    assert_accessible(page)
    page.get_by_role("button", name="Log in with Your work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your pages")
    page.context.clear_cookies()
    provider.claims |= {"sub": "2", "preferred_username": "a-stranger"}
    page.goto(f"{site_with_provider.address}/account/login/")
    page.get_by_role("button", name="Log in with Your work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no account for you here")
    assert_accessible(page)
    assert provider.faults == []
