"""Journeys of a regional manager in a real browser, from log-in to result; every page at the width of a phone too."""

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import Site, assert_accessible, log_in

_DESK, _PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
_READY = re.compile("The roster is ready|A compromise is ready")
_LONG = 60_000
"""How long a roster may take here, in milliseconds."""


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """An empty window, as wide as a desk."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _fits(page: Page) -> None:
    """The page is accessible at the width of a phone and of a desk."""
    page.set_viewport_size({"width": _PHONE["width"], "height": _PHONE["height"]})
    assert_accessible(page)
    page.set_viewport_size({"width": _DESK["width"], "height": _DESK["height"]})
    assert_accessible(page)


def _month(page: Page, site: Site) -> None:
    log_in(page, site, "manager")
    page.get_by_role("link").filter(has_text="March 2027").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("March 2027")


def _day(page: Page, question: str, day: int) -> None:
    boxes = page.get_by_role("group", name=question)
    for label, number in (("Day", day), ("Month", 3), ("Year", 2027)):
        boxes.get_by_label(label, exact=True).fill(str(number))


def _publish(page: Page) -> None:
    """Publish what is shown, all the same where something speaks against it."""
    page.get_by_role("button", name="Publish", exact=True).click()
    again = page.get_by_role("button", name="Publish all the same")
    if again.is_visible():
        _fits(page)
        again.click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Version \d+ is published"))


def test_a_manager_makes_a_roster_reads_it_and_repairs_it_after_an_illness(site: Site, desk: Page) -> None:
    _month(desk, site)
    _fits(desk)
    desk.get_by_role("button", name="Make a roster").click()
    _fits(desk)
    desk.get_by_role("button", name="Make the roster").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile(f"Make a roster|{_READY.pattern}"))
    _fits(desk)
    expect(desk.get_by_role("heading", name=_READY)).to_be_visible(timeout=_LONG)
    _fits(desk)
    desk.get_by_role("button", name="Read the roster").click()
    _fits(desk)
    for way in ("By coach", "By site", "By day", "The month as a table", "On a map"):
        desk.get_by_role("link", name=way, exact=True).click()
        expect(desk.get_by_role("heading", level=1)).to_have_text(way)
        _fits(desk)
    desk.get_by_role("link", name=re.compile(r"^Roster \d+$")).click()
    desk.get_by_role("button", name="Publish it").click()
    _fits(desk)
    _publish(desk)
    _fits(desk)
    _it_is_at_the_practice(site, desk)
    _illness(site, desk)


def _it_is_at_the_practice(site: Site, page: Page) -> None:
    """What is published is what the practice's page shows."""
    page.goto(f"{site.address}/demonstration/2027-03/rosters/")
    _fits(page)
    page.get_by_role("link", name=re.compile(r"^Version \d+$")).first.click()
    page.get_by_role("link", name="By coach", exact=True).click()
    room = page.locator("tbody tr").first.locator("td").nth(3).inner_text()
    coach = page.locator("h2").first.inner_text().removeprefix("Coach ")
    seen = [
        page.context.request.get(f"{site.address}/demonstration/2027-03/practice/P00{n}/").text() for n in range(1, 8)
    ]
    assert any(room in text and coach in text for text in seen)
    page.goto(f"{site.address}/published/demonstration/2027-03/")
    expect(page.get_by_role("heading", level=1)).to_have_text("How many people are seen in March 2027")
    _fits(page)


def _illness(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/demonstration/2027-03/")
    page.get_by_role("link", name="A coach is away").click()
    _fits(page)
    page.get_by_role("button", name="Look for repairs").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a coach")
    _fits(page)
    page.get_by_label("Which coach?").select_option("C03")
    _day(page, "From which day?", 9)
    _day(page, "Until which day?", 9)
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Look for repairs").click()
    expect(page.get_by_role("heading", name="A repair of the roster")).to_be_visible(timeout=_LONG)
    _fits(page)
    page.get_by_role("link", name="Compare it with the published one").click()
    _fits(page)
    page.go_back()
    page.get_by_role("button", name="Publish this repair").click()
    _publish(page)
    page.get_by_role("link", name=re.compile(r"^Version \d+$")).click()
    expect(page.get_by_text("This is what people are told now.")).to_be_visible()


def _press_until(page: Page, is_there: Callable[[], bool]) -> None:
    """Go on with the Tab key until what is looked for has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if is_there():
            return
    raise AssertionError("the keyboard does not reach it")


def _is_on(page: Page, field: str) -> bool:
    """Whether the field of this name has the focus."""
    name: str = page.evaluate("document.activeElement.name")
    return name == field


def _reach(page: Page, words: str) -> None:
    """Reach a link or button by its words, and press it."""
    script = "document.activeElement.innerText.trim()"
    _press_until(page, lambda: page.evaluate(script) == words)
    page.keyboard.press("Enter")


def test_a_roster_is_asked_for_and_stopped_by_keyboard_alone(site: Site, desk: Page) -> None:
    desk.goto(f"{site.address}/account/login/")
    for field, text in (("login", "manager"), ("password", site.passwords["manager"])):
        _press_until(desk, partial(_is_on, desk, field))
        desk.keyboard.type(text)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{site.address}/")
    _reach(desk, "March 2027")
    desk.wait_for_url("**/2027-03/")
    _reach(desk, "Make a roster")
    desk.wait_for_url("**/make/")
    _press_until(desk, partial(_is_on, desk, "seconds"))
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_label("5 minutes", exact=True)).to_be_checked()
    _reach(desk, "Make the roster")
    desk.wait_for_url("**/job/*/")
    if desk.get_by_role("button", name="Stop and keep the best").is_visible():
        _reach(desk, "Stop and keep the best")
    expect(desk.get_by_role("heading", level=1)).to_have_text(
        re.compile(f"{_READY.pattern}|No roster was made"), timeout=_LONG
    )


def test_a_roster_is_made_without_javascript(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(20_000)
    page = context.new_page()
    _month(page, site)
    page.get_by_role("button", name="Make a roster").click()
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Make the roster").click()
    again = page.get_by_role("link", name="See how far it is now")
    for _ in range(60):
        if page.get_by_role("heading", name=_READY).is_visible():
            break
        again.click()
        page.wait_for_timeout(1_000)
    page.get_by_role("button", name="Read the roster").click()
    page.get_by_role("link", name="On a map", exact=True).click()
    expect(page.get_by_role("img")).to_be_visible()
    context.close()
