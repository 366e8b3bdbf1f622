"""settings.toml and the sheet of settings: every fault with its key and line, and complete text back."""

import tomllib
from dataclasses import dataclass

import pytest

from roster.domain import Settings
from roster.files.settings import kinds, pairs, to_toml
from tests.files.folder import Folder

WHOLE = "this must be a whole number"


@dataclass(frozen=True)
class Case:
    """A piece of the settings replaced by another, and the one fault that comes of it."""

    old: str
    new: str
    key: str
    row: int | None
    value: str | None
    says: str

    def __str__(self) -> str:
        return self.new


CASES = [
    Case("break_minutes = 30", 'break_minutes = "half"', "policy.break_minutes", 9, "half", WHOLE),
    Case("break_minutes = 30", "break_minutes = 12.5", "policy.break_minutes", 9, "12.5", WHOLE),
    Case("break_minutes = 30", "break_minutes = true", "policy.break_minutes", 9, "true", WHOLE),
    Case("break_minutes = 30", "break_minutes = [30]", "policy.break_minutes", 9, None, WHOLE),
    Case("break_minutes = 30", "break_minutes = -1", "policy.break_minutes", 9, "-1", "this may not be negative"),
    Case("break_minutes = 30", "budget_pounds = inf", "policy.budget_pounds", 9, "inf", "this must be a number"),
    Case("break_minutes = 30", "budget_pounds = -5.0", "policy.budget_pounds", 9, "-5.0", "this may not be negative"),
    Case("break_minutes = 30", 'budget_pounds = "none"', "policy.budget_pounds", 9, "none", "this must be a number"),
    Case("break_minutes = 30", "break = 30", "policy.break", 9, None, "there is no such setting in [policy]"),
    Case('see_by = "must"', 'see_by = "maybe"', "policy.see_by", 8, "maybe", "this must be must or prefer"),
    Case("notice_days = 5", "notice_days = 99999", "policy.notice_days", 7, "99999", "this is more than 3,650"),
    Case("{ A = 12, B = 6, C = 3 }", "12", "prices.waiting", 12, "12", "this must hold several entries"),
    Case("A = 12", "A = -12", "prices.waiting.A", 12, "-12", "this may not be negative"),
    Case("A = 12", "D = 12", "prices.waiting.D", 12, None, "there is no such setting in [prices.waiting]"),
    Case("A = 12", "A = 12.5", "prices.waiting.A", 12, "12.5", WHOLE),
    Case("[prices]", "[price]", "price", 11, None, "there is no such setting at the top"),
    Case('month = "2027-03"', 'month = "2027-13"', "month", 2, "2027-13", "the month is YYYY-MM"),
    Case('month = "2027-03"', 'month = "March 2027"', "month", 2, "March 2027", "the month is YYYY-MM"),
    Case('month = "2027-03"', "month = 202703", "month", 2, "202703", "this must be text"),
    Case('month = "2027-03"', 'month = "0001-01"', "month", 2, "0001-01", "this needs a year between 2000 and 2100"),
    Case(
        "as_of = 2027-02-19", "as_of = 1027-02-19", "as_of", 4, "1027-02-19", "this needs a year between 2000 and 2100"
    ),
    Case("as_of = 2027-02-19", 'as_of = "19/02/2027"', "as_of", 4, "19/02/2027", "dates are YYYY-MM-DD"),
    Case(
        "as_of = 2027-02-19", "as_of = 2027-02-19T09:00:00", "as_of", 4, "2027-02-19T09:00:00", "dates are YYYY-MM-DD"
    ),
    Case("as_of = 2027-02-19", "as_of = 20270219", "as_of", 4, "20270219", "dates are YYYY-MM-DD"),
    Case("as_of = 2027-02-19\n", "", "as_of", None, None, "this setting is missing"),
    Case('nation = "england"\n', "", "nation", None, None, "this setting is missing"),
    Case('month = "2027-03"\n', "", "month", None, None, "this setting is missing"),
    Case('name = "A small town"\n', "", "name", None, None, "this setting is missing"),
    Case('"A small town"', '""', "name", 1, "", "this may not be empty"),
    Case('"A small town"', "7", "name", 1, "7", "this must be text"),
    Case('"england"', '"England"', "nation", 3, "England", "this must be england, wales, scotland or northern-ireland"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_wrong_setting_is_one_fault(folder: Folder, case: Case) -> None:
    fault = folder.swap("settings.toml", case.old, case.new).only_fault()
    assert (fault.file, fault.row, fault.column) == ("settings.toml", case.row, case.key)
    assert (fault.value, fault.says) == (case.value, case.says)
    assert fault.do


def test_several_wrong_settings_are_told_together(folder: Folder) -> None:
    folder.swap("settings.toml", "notice_days = 5", "notice_days = -5").swap("settings.toml", "B = 6", "B = 0.5")
    folder.swap("settings.toml", '"england"', '"France"')
    assert [fault.column for fault in folder.faults()] == ["nation", "policy.notice_days", "prices.waiting.B"]


def test_an_unknown_setting_is_told_with_those_that_are_known(folder: Folder) -> None:
    fault = folder.swap("settings.toml", "[prices]\n", "[prices]\nvisits = 15\n").only_fault()
    assert fault.do == ("Remove it. Known are change, heaviest, late, new_coach, new_face, travel, visit, waiting.")


@pytest.mark.parametrize(
    ("old", "new", "row", "says"),
    [
        ('month = "2027-03"', "month = 2027-03", 2, "this line cannot be read as TOML"),
        ("notice_days = 5", "notice_days = five", 7, "this line cannot be read as TOML"),
        ("[policy]", "[policy", 6, "this line cannot be read as TOML"),
        ("notice_days = 5", "notice_days = 5\nnotice_days = 6", 8, "this key or section is given twice"),
        ("[prices]", "[policy]", 11, "this key or section is given twice"),
        ("as_of = 2027-02-19", "as_of = 2027-02-30", 4, "this line cannot be read as TOML"),
    ],
)
def test_a_line_that_is_no_toml_is_told_with_its_number(
    folder: Folder, old: str, new: str, row: int, says: str
) -> None:
    fault = folder.swap("settings.toml", old, new).only_fault()
    assert (fault.file, fault.row, fault.column, fault.says) == ("settings.toml", row, None, says)


def test_settings_that_are_not_utf8_are_told(folder: Folder) -> None:
    fault = folder.put("settings.toml", folder.text("settings.toml").replace("small", "sm\xe4ll").encode("latin-1"))
    assert fault.only_fault().row == 1


def test_a_key_that_is_missing_has_its_usual_value(folder: Folder) -> None:
    folder.put("settings.toml", 'name = "x"\nmonth = "2027-03"\nnation = "wales"\nas_of = 2027-02-19\n')
    settings = folder.read().valid().settings
    assert settings.policy.interpreter_notice_days == 14
    assert settings.policy.budget_pounds is None
    assert settings.prices.waiting.A == 12
    assert settings.prices.change == 45
    assert settings.travel.power == 0.73
    assert settings.repair_prices.break_minutes == 6


def test_a_day_in_quotation_marks_and_a_whole_number_with_a_point_are_read(folder: Folder) -> None:
    folder.swap("settings.toml", "as_of = 2027-02-19", 'as_of = "2027-02-19"')
    folder.swap("settings.toml", "break_minutes = 30", "break_minutes = 30.0")
    settings = folder.read().valid().settings
    assert settings.as_of.isoformat() == "2027-02-19"
    assert settings.policy.break_minutes == 30


def test_repair_prices_may_be_given(folder: Folder) -> None:
    folder.put("settings.toml", folder.text("settings.toml") + "\n[repair_prices]\nbreak = 11\n")
    assert folder.read().valid().settings.repair_prices.break_minutes == 11


def test_the_text_of_settings_is_complete_but_for_prices_of_additions_that_nobody_set(folder: Folder) -> None:
    settings = folder.read().valid().settings
    values = tomllib.loads(to_toml(settings))
    assert values == settings.model_dump(by_alias=True, exclude={"policy": {"budget_pounds"}, "addition_prices": True})
    assert "waiting = { A = 12, B = 6, C = 3 }" in to_toml(settings)


def test_a_name_with_every_kind_of_mark_is_written_and_read(folder: Folder) -> None:
    name = 'Llan\u00fbwchllyn "north" \\ # = [x] \t\x7f\u2028'
    settings = folder.read().valid().settings.model_copy(update={"name": name})
    assert tomllib.loads(to_toml(settings))["name"] == name


def test_every_setting_has_a_kind_and_a_dotted_key() -> None:
    day = {"name": "x", "month": "2027-03", "nation": "wales", "as_of": "2027-02-19"}
    settings = Settings.model_validate({**day, "policy": {"budget_pounds": 1}, "addition_prices": {"coach": 1}})
    assert [key for key, _ in pairs(settings)] == list(kinds())
    assert all(isinstance(value, kinds()[key]) for key, value in pairs(settings))
