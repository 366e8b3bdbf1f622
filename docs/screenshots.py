"""Makes docs/screenshots: the main pages of the service, as a browser shows them. python -m docs.screenshots

It starts the service on a new file with the demonstration region, has a roster made, and looks as each role. It needs
Chromium.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.browser import CHROMIUM, Site, log_in, serving

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1000, 760
_SOLVED_MS = 120_000


def pictures(browser: Browser, site: Site) -> None:
    """Take them all."""
    manager = _somebody(browser, site, "manager")
    manager.get_by_role("link", name="March 2027").first.click()
    _take(manager, "month")
    manager.get_by_role("button", name="Make a roster").click()
    manager.get_by_role("button", name="Make the roster").click()
    manager.get_by_role("button", name="Read the roster").click(timeout=_SOLVED_MS)
    manager.get_by_role("link", name="The month as a table", exact=True).click()
    _take(manager, "roster")
    manager.go_back()
    manager.get_by_role("link", name="On a map", exact=True).click()
    manager.locator("main svg").first.scroll_into_view_if_needed()
    _take(manager, "map")
    practice = _somebody(browser, site, "practice")
    practice.get_by_role("link", name="March 2027").first.click()
    _take(practice, "practice")


def _somebody(browser: Browser, site: Site, username: str) -> Page:
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    log_in(page, site, username)
    return page


def _take(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    """Start everything, take the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        pictures(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
