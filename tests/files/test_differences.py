"""What differs between two months: every row by its key, cell by cell; and from a month to itself nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.domain import Leave
from roster.edits import Edit, RemoveSession, Set, SetPolicy, SetPrice, apply_edits
from roster.files.differences import Cell, RowChange, TableChange, differences
from tests.edited import region

BEFORE = region()
TABLES = ("coaches", "hours", "leave", "sites", "practices", "rooms", "sessions", "referrals", "interpreters", "travel")


def test_a_month_does_not_differ_from_itself_whatever_the_order_of_its_rows() -> None:
    turned = BEFORE.replaced(**{name: tuple(reversed(getattr(BEFORE, name))) for name in TABLES})
    assert differences(BEFORE, turned) == ()


@pytest.mark.parametrize(
    ("edit", "table", "row"),
    [
        (
            SetPolicy(field="notice_days", value=9),
            "settings",
            RowChange("policy.notice_days", (Cell("value", str(BEFORE.settings.policy.notice_days), "9"),)),
        ),
        (
            SetPrice(field="late", value=1),
            "settings",
            RowChange("prices.late", (Cell("value", str(BEFORE.settings.prices.late), "1"),)),
        ),
        (
            Set(table="sites", id=BEFORE.sites[0].site_id, field="name", value="Another name"),
            "sites",
            RowChange(BEFORE.sites[0].site_id, (Cell("name", BEFORE.sites[0].name, "Another name"),)),
        ),
    ],
)
def test_a_cell_that_was_set_is_the_only_difference(edit: Edit, table: str, row: RowChange) -> None:
    assert differences(BEFORE, apply_edits(BEFORE, [edit])) == (TableChange(table, (), (row,), ()),)


def test_a_row_that_is_gone_is_told_with_what_was_in_it() -> None:
    session = BEFORE.sessions[0]
    found = differences(BEFORE, apply_edits(BEFORE, [RemoveSession(session_id=session.session_id)]))
    gone = next(change.removed for change in found if change.table == "sessions")
    assert gone[0].key == session.session_id
    assert Cell("date", session.date.isoformat(), "") in gone[0].cells


def test_a_row_without_an_id_is_known_by_all_of_its_key() -> None:
    coach_id, first, last = BEFORE.coaches[0].coach_id, BEFORE.days[0], BEFORE.days[1]
    after = BEFORE.replaced(leave=(*BEFORE.leave, Leave(coach_id=coach_id, first_day=first, last_day=last)))
    (change,) = differences(BEFORE, after)
    assert [row.key for row in change.added] == [f"{coach_id} {first} {last}"]


@given(st.sets(st.integers(0, len(BEFORE.referrals) - 1)), st.sets(st.integers(0, len(BEFORE.referrals) - 1)))
def test_what_is_added_one_way_is_removed_the_other(some: set[int], others: set[int]) -> None:
    one = BEFORE.replaced(referrals=tuple(BEFORE.referrals[n] for n in sorted(some)))
    two = BEFORE.replaced(referrals=tuple(BEFORE.referrals[n] for n in sorted(others)))
    there, back = differences(one, two), differences(two, one)
    added = {row.key for change in there for row in change.added}
    assert added == {row.key for change in back for row in change.removed}
    assert added == {BEFORE.referrals[n].referral_id for n in others - some}
