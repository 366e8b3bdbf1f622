"""The list of columns says the same as the records, and as the contract's words."""

import pytest

from roster.files.columns import TABLE, TABLES, Table
from roster.files.settings import kinds
from roster.files.template import ABOUT_SETTINGS, notes
from roster.instance import Instance
from roster.validity import KEYS, REFERENCES, TABLE_NAMES, WHAT


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_of_a_table_are_the_fields_of_its_record(table: Table) -> None:
    fields = table.record.model_fields
    assert table.header == tuple(fields)
    assert {c.name: c.required for c in table.columns} == {name: f.is_required() for name, f in fields.items()}


def test_the_tables_are_those_of_an_instance() -> None:
    others = {"settings", "published", "binding_as_given"}
    assert [table.name for table in TABLES] == [name for name in Instance.model_fields if name not in others]
    assert [table.name for table in TABLES] == list(TABLE_NAMES) == list(WHAT)


def test_keys_and_references_name_columns_that_exist() -> None:
    assert all(set(columns) <= set(TABLE[name].header) for name, columns in KEYS.items())
    assert all(column in TABLE[name].header for name, column, _ in REFERENCES)


def test_the_tables_that_may_be_missing_are_the_contracts() -> None:
    assert [table.name for table in TABLES if table.optional] == ["leave", "interpreters", "travel", "pins"]


def test_the_notes_tell_every_column_and_every_setting_but_prices_of_repairs_and_additions() -> None:
    told = [left for left, _ in notes()]
    assert all(name in told for table in TABLES for name in (table.name, *table.header))
    assert list(ABOUT_SETTINGS) == [
        key for key in kinds() if not key.startswith(("repair_prices.", "addition_prices."))
    ]
