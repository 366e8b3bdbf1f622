"""Journeys of a practice manager in a real browser, from log-in to result."""

from playwright.sync_api import Page, expect

from tests.web.browser import Site, assert_accessible, log_in


def test_a_practice_manager_offers_a_room_and_sees_it(site: Site, page: Page) -> None:
    log_in(page, site, "practice")
    assert_accessible(page)
    page.get_by_role("link").filter(has_text="2027").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Offer a room").click()
    assert_accessible(page)
    page.get_by_role("button", name="Offer the room").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
