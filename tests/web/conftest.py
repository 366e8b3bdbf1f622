"""A small region in a database of its own, a client that is logged in, and a browser in front of a real server.

Tests with ``client_of`` run inside the process, on SQLite in memory. Journeys with ``site`` start ``roster serve`` and
Chromium; where there is no Chromium they say so. ``ROSTER_TEST_DATABASE=postgresql://...`` runs all of them there.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from models import PREFERENCES, RULES
from models.by_hand.from_another import plans_from
from models.by_hand.planner import plans_by_hand
from models.repairs import TERMS
from roster.files import read
from roster.instance import Instance
from roster.store.models import (
    ADMINISTRATOR,
    COACH,
    PLANNER,
    PRACTICE_MANAGER,
    REGIONAL_MANAGER,
    Month,
    Region,
)
from roster.store.people import give_role
from roster.store.regions import add_month, make_region
from roster.web.demonstration import SYSTEM
from roster.web.terms import Terms, use
from tests.web.browser import CHROMIUM, Site, serving
from tests.web.postgresql import MISSING, PG_CTL, PostgreSQL, running

FOLDER = Path(__file__).resolve().parents[2] / "instances" / "tiny-two-towns"
use(Terms(RULES, PREFERENCES, plans_by_hand, plans_from, TERMS))


def pytest_sessionfinish() -> None:
    """Remove the folder of these tests."""
    shutil.rmtree(os.environ["ROSTER_DATA"], ignore_errors=True)


@pytest.fixture
def instance() -> Instance:
    """The data of the region."""
    return read(FOLDER).valid()


@pytest.fixture
def region(db: None, instance: Instance) -> Region:
    """A region with one month."""
    del db
    made = make_region("north", "North", SYSTEM)
    add_month(made, instance, SYSTEM)
    return made


@pytest.fixture
def month(region: Region) -> Month:
    """The month of the region."""
    return region.months.get()


ClientOf = Callable[..., Client]


@pytest.fixture
def client_of(region: Region, instance: Instance) -> ClientOf:
    """Makes a client that is logged in with a role; practice managers and coaches are the first of their kind."""

    def made(role: str, subject: str | None = None, of: Region | None = None) -> Client:
        usual = {PRACTICE_MANAGER: instance.practices[0].practice_id, COACH: instance.coaches[0].coach_id}
        user = User.objects.create_user(f"{role}-{User.objects.count()}")
        where = None if role == ADMINISTRATOR else of or region
        give_role(user, role, where, usual.get(role, "") if subject is None else subject, SYSTEM)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made


@pytest.fixture
def path_of(region: Region, month: Month, instance: Instance) -> Callable[[str], str]:
    """Fills in the region, the month, the first practice and the first coach in a path."""

    def filled(path: str) -> str:
        return path.format(
            month=f"/{region.slug}/{month.month}",
            practice=f"/{region.slug}/{month.month}/practice/{instance.practices[0].practice_id}",
            coach=f"/{region.slug}/{month.month}/coach/{instance.coaches[0].coach_id}",
        )

    return filled


ROLES = (ADMINISTRATOR, REGIONAL_MANAGER, PLANNER, PRACTICE_MANAGER, COACH)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service with the demonstration region, one for all journeys of a test process."""
    with serving(tmp_path_factory.mktemp("site"), database=os.environ.get("ROSTER_TEST_DATABASE", "")) as running:
        yield running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL that a test may kill, as long as it starts it again; one for all tests of a process."""
    if PG_CTL is None:
        pytest.skip(MISSING)
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(params=[(320, 640), (1280, 900)], ids=["320 px", "1280 px"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty window, as wide as a phone and as a desk."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    context.close()
