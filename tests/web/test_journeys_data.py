"""Journeys of a regional manager through the data and the questions, in a real browser, from log-in to result.

All of them happen in a month of their own, which they hand in first: the small example region, in May 2027.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from roster.edits import Edit, Set, apply_edits
from roster.files import read, write_workbook
from roster.files.handed_in import read_handed_in
from tests.web.browser import Site, assert_accessible, log_in
from tests.web.conftest import FOLDER

_LIBRARY = "withyhythe-library"
_LONG = 60_000
"""How long an answer may take here, in milliseconds."""
NewWindow = Callable[..., Page]


@pytest.fixture
def window(chromium: Browser) -> Iterator[NewWindow]:
    """Opens an empty window of somebody's own, as wide as a desk."""
    contexts = []

    def opened(*, scripts: bool = True) -> Page:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _fits(page: Page) -> None:
    """The page is accessible at the width of a phone and of a desk."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_accessible(page)


def _hand_in(page: Page, site: Site, folder: Path, *edits: Edit) -> None:
    """Hand in the month of these journeys, with these edits made to it, whether it is there already or not."""
    workbook = folder / f"may-{len(list(folder.iterdir()))}.xlsx"
    write_workbook(apply_edits(read(FOLDER).valid(), edits), workbook)
    page.goto(f"{site.address}/demonstration/no-month/import/")
    page.get_by_label("Workbook, or ZIP file").set_input_files(workbook)
    page.get_by_role("button", name="Look at what would change").click()
    confirm = page.get_by_role("button", name=re.compile("Add the month|Change all of it"))
    if confirm.is_visible():
        confirm.click()
        expect(page.get_by_role("alert")).to_contain_text("May 2027 was")
    page.goto(f"{site.address}/demonstration/2027-05/data/")


def test_a_limit_is_changed_by_two_managers_and_the_second_is_told(
    site: Site, window: NewWindow, tmp_path: Path
) -> None:
    first, second = window(), window()
    log_in(first, site, "manager")
    log_in(second, site, "manager")
    _hand_in(first, site, tmp_path)
    _fits(first)
    for page in (first, second):
        page.goto(f"{site.address}/demonstration/2027-05/data/")
        page.get_by_role("link", name="Coaches", exact=True).click()
        page.get_by_role("link", name="C01", exact=True).click()
        page.get_by_role("link", name="Change limits, skills and base").click()
    _fits(first)
    first.get_by_label("Most sessions in the month").fill("11")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_role("alert")).to_contain_text("at most 11 visits in the month instead of 14")
    _fits(first)
    second.get_by_label("Most sessions in the month").fill("9")
    second.get_by_label("Skills").fill("woman, welsh")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_contain_text("Somebody else has changed this in the meantime")
    expect(second.get_by_label("Most sessions in the month")).to_have_value("9")
    expect(second.get_by_role("listitem").filter(has_text="Most sessions in the month: 11")).to_be_visible()
    _fits(second)
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_contain_text("at most 9 visits in the month instead of 11")
    expect(second.get_by_role("alert")).to_contain_text("the skills woman and welsh")


def test_leave_is_added_by_keyboard_alone(site: Site, window: NewWindow, tmp_path: Path) -> None:
    page = window()
    log_in(page, site, "manager")
    _hand_in(page, site, tmp_path)
    for name in ("Coaches", "C02", "Add leave"):
        _tab_to(page, name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    for text in ("17", "5", "2027", "18", "5", "2027"):
        _tab_to(page, re.compile("Day|Month|Year"))
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("on leave from 17 May 2027 to 18 May 2027")


def _tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => e.labels && e.labels.length ? e.labels[0].innerText.trim() : e.innerText.trim())"
            "(document.activeElement)"
        )
        if focused == name or (isinstance(name, re.Pattern) and name.fullmatch(focused)):
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")


def test_a_workbook_is_downloaded_changed_and_handed_in_without_scripts(
    site: Site, window: NewWindow, tmp_path: Path
) -> None:
    page = window(scripts=False)
    log_in(page, site, "manager")
    _hand_in(page, site, tmp_path)
    page.get_by_role("link", name="Download the data as a workbook, or hand in a workbook").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="The data of this month, as a workbook (.xlsx)").click()
    instance = read_handed_in("a.xlsx", download.value.path().read_bytes()).valid()
    changed = tmp_path / "changed.xlsx"
    write_workbook(apply_edits(instance, [Set(table="sites", id=_LIBRARY, field="hire_pounds", value=20)]), changed)
    page.get_by_role("button", name="Hand in a workbook").click()
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_role("link", name="Choose a file")).to_be_visible()
    page.get_by_label("Workbook, or ZIP file").set_input_files(changed)
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_text("withyhythe-library: hire_pounds from 12 to 20")).to_be_visible()
    page.get_by_role("button", name="Change all of it").click()
    expect(page.get_by_text("May 2027 was changed: 0 rows added, 1 changed, 0 taken out.")).to_be_visible()


def test_faults_of_a_file_are_listed_and_nothing_is_changed(site: Site, window: NewWindow, tmp_path: Path) -> None:
    page = window()
    log_in(page, site, "manager")
    instance = read(FOLDER).valid()
    broken = instance.replaced(rooms=(instance.rooms[0].model_copy(update={"site_id": "nowhere"}), *instance.rooms[1:]))
    write_workbook(broken, tmp_path / "broken.xlsx")
    page.goto(f"{site.address}/demonstration/no-month/import/")
    _fits(page)
    page.get_by_label("Workbook, or ZIP file").set_input_files(tmp_path / "broken.xlsx")
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_role("row").filter(has_text="nowhere")).to_contain_text("site_id")
    page.get_by_role("link", name="Nothing was changed: the file has faults").click()
    expect(page.get_by_role("region", name="Faults of the file")).to_be_focused()
    _fits(page)


def test_what_stands_in_the_way_is_explained_repaired_and_then_asked_why_not(
    site: Site, window: NewWindow, tmp_path: Path
) -> None:
    page = window()
    log_in(page, site, "manager")
    _hand_in(page, site, tmp_path, Set(table="sites", id=_LIBRARY, field="min_sessions", value=4))
    page.get_by_role("link", name="Is there a roster, and if not, what stands in the way?").click()
    _fits(page)
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no roster that keeps every rule", timeout=_LONG)
    _fits(page)
    page.get_by_role("button", name="Look at repair 1").click()
    _fits(page)
    page.get_by_role("button", name="Make the change").click()
    expect(page.get_by_role("heading", level=2, name="Done")).to_be_visible()

    page.goto(f"{site.address}/demonstration/2027-05/rosters/make/")
    page.get_by_label("Half a minute").check()
    page.get_by_label("At most 10% from the best possible").check()
    page.get_by_role("button", name="Make the roster").click()
    expect(page.get_by_role("button", name="Read the roster")).to_be_visible(timeout=_LONG)
    page.goto(f"{site.address}/demonstration/2027-05/data/")
    page.get_by_role("link", name="Why not otherwise?").click()
    _fits(page)
    page.get_by_label("C02").check()
    page.get_by_label("Withyhythe Library", exact=True).check()
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Why not: coach C02 makes a visit to Withyhythe Library", timeout=_LONG
    )
    expect(page.get_by_text("What would make it right")).to_be_visible()
    _fits(page)

    page.goto(f"{site.address}/demonstration/2027-05/why/")
    page.get_by_label("Half a minute").check()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("listitem").filter(has_text="The total of ")).to_be_visible(timeout=_LONG)
    _fits(page)


@pytest.mark.parametrize(
    "where",
    [
        "notices/",
        "undeclared/",
        "policy/",
        "prices/",
        "coaches/",
        "coaches/add/",
        "add-hours/C01/",
        "remove-coach/C01/",
        "sites/",
        f"site/{_LIBRARY}/",
        f"change-site/{_LIBRARY}/",
        f"add-room/{_LIBRARY}/",
        f"remove-room/{_LIBRARY}-1/",
        f"offer/{_LIBRARY}/",
        "remove-session/S002/",
        "bookings/",
        "bookings/add/",
        "pins/",
        "pins/add/",
        "files/",
        "../why/",
    ],
)
def test_the_other_pages_of_data_fit(looking: Page, site: Site, where: str) -> None:
    looking.goto(f"{site.address}/demonstration/2027-05/data/{where}")
    _fits(looking)


@pytest.fixture(scope="module")
def looking(chromium: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A window in which a manager is logged in and the month of these journeys is there."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, site, "manager")
    _hand_in(page, site, tmp_path_factory.mktemp("may"))
    yield page
    context.close()
