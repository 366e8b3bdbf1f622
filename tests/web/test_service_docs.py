"""The page on the service is as the code has it; the benchmark counts what it says."""

import re

import pytest

from benchmarks.service import HEADING, declare, is_wrong, row
from benchmarks.visitor import Visit, errors_on, fields_of
from roster.store.jobs import LOST_AFTER, MOST_TRIES
from roster.store.models import Region
from roster.web.configuration import Configuration
from tests.pages import ROOT, text_of

PAGE = text_of(ROOT / "docs" / "service.md")


def test_every_setting_is_on_the_page_and_no_other() -> None:
    listed = re.findall(r"^\| `(ROSTER_\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(f"ROSTER_{name.upper()}" for name in Configuration.model_fields)


def test_the_page_gives_the_days_tries_and_requests_of_the_code() -> None:
    prose = " ".join(PAGE.split())
    days = Region._meta.get_field("retention_days").default  # noqa: SLF001  # what Django documents
    assert f"So many days after a month, {days} unless an administrator sets another number" in prose
    assert (LOST_AFTER.total_seconds(), MOST_TRIES) == (60, 2)
    assert "after a minute another begins the job again, once; then it is given up" in prose
    assert f"in each process | {Configuration.model_fields['requests_a_minute'].default} |" in prose


def test_the_table_of_the_benchmark_has_its_heading_and_no_error() -> None:
    rows = PAGE.partition(HEADING)[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in rows]
    assert [line[0] for line in cells] == ["SQLite", "PostgreSQL"]
    assert all(line[1] == "50" and line[3] == "0" for line in cells)
    assert all(float(line[5].removesuffix(" ms")) < 300 for line in cells)


@pytest.mark.parametrize(
    ("method", "status", "wrong"),
    [("GET", 200, False), ("GET", 302, True), ("POST", 302, False), ("POST", 200, True), ("GET", 0, True)],
)
def test_an_offer_leads_on_and_a_page_is_there_or_it_is_an_error(method: str, status: int, wrong: bool) -> None:
    assert is_wrong(Visit(method, "/", status, 0.1, "")) == wrong


def test_a_row_counts_pages_errors_and_times() -> None:
    visits = [Visit("GET", "/", 200, n / 100, "") for n in range(1, 100)] + [Visit("GET", "/", 500, 1.0, "")]
    assert row("SQLite", 50, visits, 20, "running") == (
        "| SQLite | 50 | 100 | 1 | 505 ms | 960 ms | 1000 ms | 5.0 | running |"
    )


def test_a_manager_whose_time_is_over_asks_for_nothing() -> None:
    given = {"practice": "P001", "session": "s", "offers": [{"room": "r"}]}
    assert list(declare(None, given, "/", 0.0, 0.0)) == []  # type: ignore[arg-type]  # nobody is asked


def test_what_a_form_would_send_and_what_is_wrong_with_it_is_read_from_the_page() -> None:
    page = """<main><div class="govuk-error-summary"><ul class="govuk-list govuk-error-summary__list">
    <li><a href="#day">Enter a day</a></li></ul></div><form><input type="hidden" name="csrfmiddlewaretoken" value="t">
    <input name="day" value="9"><input type="radio" name="half" value="am"><input type="radio" name="half" value="pm"
    checked><select name="room"><option value="a">A<option value="b" selected>B</select></form></main>"""
    assert fields_of(page) == {"day": "9", "half": "pm", "room": "b"}
    assert errors_on(page) == ["Enter a day"]
