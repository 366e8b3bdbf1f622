"""What everybody may see: no count below 5, and none that can be worked out from the others."""

import re
from collections.abc import Mapping

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from roster.store.models import REGIONAL_MANAGER, Month
from roster.store.suppress import BANDS, LEAST, TOTAL, Open, seen_by_practice, suppressed
from tests.web.conftest import ClientOf
from tests.web.told import published

Counts = Mapping[str, Mapping[str, int]]
_COUNTS = st.lists(
    st.lists(st.sampled_from((0, 1, 2, 4, 5, 6, 9, 30)), min_size=3, max_size=3), min_size=1, max_size=4
).map(lambda rows: {f"P{n}": dict(zip("ABC", row, strict=True)) for n, row in enumerate(rows)})


def _whole(counts: Counts) -> dict[tuple[str, str], int]:
    """Every count, and every total."""
    table = {(row, column): number for row, cells in counts.items() for column, number in cells.items()}
    for row, cells in counts.items():
        table[row, TOTAL] = sum(cells.values())
    for column in next(iter(counts.values())):
        table[TOTAL, column] = sum(cells[column] for cells in counts.values())
    return table | {(TOTAL, TOTAL): sum(sum(cells.values()) for cells in counts.values())}


def _most(counts: Counts, table: Open, cell: tuple[str, str]) -> int:
    """The largest count (up to 5) that somebody who sees the table, and can count, must hold possible for a cell."""
    model = cp_model.CpModel()
    rows, columns = list(counts), list(next(iter(counts.values())))
    free = {(r, c): model.new_int_var(0, 1000, f"{r} {c}") for r in rows for c in columns}
    value = {
        **free,
        **{(r, TOTAL): sum(free[r, c] for c in columns) for r in rows},
        **{(TOTAL, c): sum(free[r, c] for r in rows) for c in columns},
        (TOTAL, TOTAL): sum(free.values()),
    }
    for shown, number in table.shown.items():
        model.add(value[shown] == number)
    model.add(value[cell] <= LEAST)
    model.maximize(value[cell])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@settings(max_examples=40, deadline=None)
@given(_COUNTS)
def test_nobody_can_tell_from_the_table_that_a_count_is_small(counts: Counts) -> None:
    whole, table = _whole(counts), suppressed(counts)
    for cell, number in whole.items():
        if number < LEAST:
            assert cell not in table.shown
            assert _most(counts, table, cell) == LEAST
    assert all(whole[cell] == number for cell, number in table.shown.items())


def test_where_every_count_is_large_all_are_shown() -> None:
    counts = {"P1": {"A": 5, "B": 6}, "P2": {"A": 7, "B": 8}}
    assert suppressed(counts).shown == _whole(counts)


def test_one_small_count_takes_as_few_others_with_it_as_hide_it() -> None:
    counts = {"P1": {"A": 3, "B": 60, "C": 70}, "P2": {"A": 40, "B": 50, "C": 80}, "P3": {"A": 90, "B": 20, "C": 30}}
    table = suppressed(counts)
    assert len(_whole(counts)) - len(table.shown) == 4
    assert (TOTAL, TOTAL) in table.shown


def test_the_page_is_there_once_a_roster_is_published_and_shows_no_small_count(month: Month) -> None:
    path = f"/published/north/{month.month}/"
    assert Client().get(path).status_code == 404
    instance = published(month)
    text = Client().get(path).content.decode()
    cells = re.findall(r'<td class="govuk-table__cell govuk-table__cell--numeric">(.*?)</td>', text)
    assert len(cells) == (len(instance.practices) + 1) * (len(BANDS) + 1)
    assert all(cell == "Under 5 or kept back" or int(cell) >= LEAST for cell in cells)
    counts = seen_by_practice(instance)
    assert sum(sum(row.values()) for row in counts.values()) == len(instance.published.appointments)  # type: ignore[union-attr]  # published above
    for referral in instance.referrals:
        assert referral.referral_id not in text


@pytest.mark.parametrize("path", ["/published/north/2027-06/", "/published/nowhere/2027-05/", "/published/north/x/"])
def test_there_is_no_page_of_a_month_that_there_is_not(month: Month, path: str) -> None:
    published(month)
    assert Client().get(path).status_code == 404


def test_a_region_is_led_to_its_counts_only_where_there_are_any(client_of: ClientOf, month: Month) -> None:
    administrator = client_of("administrator")
    link = f'href="/published/north/{month.month}/"'
    assert link not in administrator.get("/administration/regions/north/").content.decode()
    published(month)
    assert link in administrator.get("/administration/regions/north/").content.decode()
    assert client_of(REGIONAL_MANAGER).get("/administration/regions/north/").status_code == 404
