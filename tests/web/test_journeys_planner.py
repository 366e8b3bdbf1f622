"""The journey of a planner in a real browser, from log-in to the report."""

from playwright.sync_api import Page, expect

from tests.web.browser import Site, assert_accessible, log_in


def test_a_planner_asks_what_one_more_coach_would_change(site: Site, page: Page) -> None:
    log_in(page, site, "planner")
    page.get_by_role("link", name="March 2027").click()
    assert_accessible(page)
    page.get_by_role("button", name="Ask for scenarios").click()
    assert_accessible(page)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one thing that would be different")
    assert_accessible(page)
    page.get_by_label("How many more coaches?").select_option("1")
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="Figures")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("heading", name="coaches +1")).to_be_visible()
    assert_accessible(page)
