"""Journeys of a practice manager and of a coach in a real browser, from log-in to result."""

import re
from calendar import month_name

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import Site, assert_accessible, log_in

_AHEAD = 23
"""A weekday of the demonstration's month that is ahead and not its last."""


def _begin(page: Page, site: Site, username: str) -> None:
    """Log in and open the first month."""
    log_in(page, site, username)
    page.get_by_role("link").filter(has_text="2027").first.click()


def _open(page: Page, name: str) -> None:
    """Open a page of the navigation, behind its menu button on a phone."""
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=name, exact=True).click()


def _days(page: Page, legend: str, day: str, month: str, year: str) -> None:
    group = page.get_by_role("group", name=legend)
    for label, text in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(text)


def _free_day(page: Page) -> tuple[str, str, str]:
    """A weekday of the month on which nothing is offered yet, late in it: day, month, year."""
    found: list[str] = page.locator("table.month td.empty .date").all_text_contents()
    day, month, year = found[-1].split()
    months = list(month_name)
    return day, str(months.index(month)), year


def test_a_practice_manager_offers_a_room_and_withdraws_it(site: Site, page: Page) -> None:
    log_in(page, site, "practice")
    assert_accessible(page)
    page.get_by_role("link").filter(has_text="2027").first.click()
    assert_accessible(page)
    day = _free_day(page)
    page.get_by_role("button", name="Offer a room").click()
    assert_accessible(page)
    page.get_by_role("button", name="Offer the room").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
    page.get_by_label("Another room").check()
    _days(page, "On which day?", *day)
    page.get_by_label(re.compile("Morning")).check()
    page.get_by_role("button", name="Offer the room").click()
    expect(page.get_by_role("alert")).to_contain_text("The room is offered on")
    page.get_by_role("link", name=re.compile(rf"Withdraw .* on {day[0]} ")).first.click()
    expect(page.get_by_text("nobody has to be told anything")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Withdraw the room").click()
    expect(page.get_by_role("alert")).to_contain_text("is withdrawn")


def test_a_practice_manager_adds_a_referral_and_withdraws_it_everywhere(
    site: Site, page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _begin(page, site, "practice")
    _open(page, "Referrals")
    assert_accessible(page)
    page.get_by_role("button", name="Add a referral").click()
    assert_accessible(page)
    page.get_by_label("Id of the referral").fill("someone@example.org")
    page.get_by_role("button", name="Add the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("which is never held")
    assert_accessible(page)
    referral_id = "N77X31"
    page.get_by_label("Id of the referral").fill(referral_id)
    _days(page, "When were they referred?", "1", "2", "2027")
    page.get_by_label("B", exact=True).check()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Add the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("The referral is added.")
    page.get_by_role("button", name=f"Withdraw {referral_id}").click()
    assert_accessible(page)
    page.get_by_role("button", name="Withdraw the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("It is gone from everything")
    assert_accessible(page)
    files = tmp_path_factory.getbasetemp().glob("site*/roster.sqlite3*")
    left = [path.name for path in files if not path.name.endswith("-shm") and referral_id.encode() in path.read_bytes()]
    assert left == []


def test_a_practice_manager_makes_and_ends_a_calendar_feed(site: Site, page: Page) -> None:
    _begin(page, site, "practice")
    _open(page, "Who comes when")
    assert_accessible(page)
    _open(page, "Your calendar")
    page.get_by_role("button", name=re.compile("Make a")).click()
    assert_accessible(page)
    address = page.locator("code").inner_text()
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="End the address").click()
    expect(page.get_by_text("The address is ended.")).to_be_visible()
    assert page.request.get(address).status == 404


def test_what_would_help_most_is_asked_for_and_waited_for(site: Site, page: Page) -> None:
    _begin(page, site, "practice")
    _open(page, "What would help most")
    assert_accessible(page)
    begin = page.get_by_role("button", name=re.compile("^Look"))
    if begin.is_visible():
        begin.click()
    expect(page.get_by_text("The result is not there yet")).to_be_visible()
    assert_accessible(page)


def test_a_coach_adds_leave_and_takes_it_back(site: Site, page: Page) -> None:
    _begin(page, site, "coach")
    assert_accessible(page)
    month = re.findall(r"/(\d{4})-(\d\d)/", page.url)[0]
    _open(page, "Leave")
    assert_accessible(page)
    for legend in ("First day of leave", "Last day of leave"):
        _days(page, legend, str(_AHEAD), month[1], month[0])
    page.get_by_role("button", name="Add the leave").click()
    expect(page.get_by_role("alert")).to_contain_text("is kept")
    assert_accessible(page)
    page.get_by_role("button", name=re.compile(rf"Take back the leave from {_AHEAD} ")).click()
    expect(page.get_by_role("alert")).to_contain_text("taken back")
    _open(page, "Your calendar")
    assert_accessible(page)


def test_by_keyboard_alone_a_coach_comes_to_their_leave(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/account/login/")
    page.get_by_label("Username").focus()
    page.keyboard.type("coach")
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type(site.passwords["coach"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your pages")).to_be_visible()
    _reach(page, re.compile("2027"))
    expect(page.get_by_role("heading", name="Diary", exact=True)).to_be_visible()
    if page.get_by_role("button", name="Menu").is_visible():
        _reach(page, re.compile("^Menu$"))
    _reach(page, re.compile("^Leave$"))
    expect(page.get_by_role("heading", name="Leave", exact=True)).to_be_visible()


def _reach(page: Page, words: re.Pattern[str]) -> None:
    """Go on with the tab key until what has the focus has these words, and press Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if words.search(page.evaluate("document.activeElement.textContent.trim()")):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words.pattern} was not reached")


def test_without_javascript_a_practice_manager_does_the_same(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    _begin(page, site, "practice")
    page.get_by_role("link", name="Referrals", exact=True).click()
    page.get_by_role("button", name="Add a referral").click()
    page.get_by_label("Id of the referral").fill("N88X1")
    _days(page, "When were they referred?", "1", "2", "2027")
    page.get_by_label("C, the least urgent").check()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Add the referral").click()
    page.get_by_role("button", name="Withdraw N88X1").click()
    page.get_by_role("button", name="Withdraw the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("It is gone from everything")
    context.close()
