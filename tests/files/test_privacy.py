"""What identifies a person is refused wherever it stands, and never repeated."""

import pytest

from roster.privacy import EMAIL, NHS_NUMBER, NINO, PHONE, POSTCODE, column_identifies, identifies
from tests.files.folder import GOOD, Folder

NHS_NUMBERS = [
    "9990000018",
    "999 000 0018",
    "999-000-0018",
    "NHS 999 000 0018",
    "nhs9990000018",
    "R9990000018",
    "9 9 9 0 0 0 0 0 1 8",
    "999\u00a0000\u00a00018",
    "999\u2013000\u20130018",
    "\uff19\uff19\uff19\uff10\uff10\uff10\uff10\uff10\uff11\uff18",
    "999\u200b0000018",
    "C1;9990000018",
]
NINOS = ["QQ123456C", "QQ 12 34 56 C", "qq123456c", "AB-12-34-56-D", "AB 12 34 56", "NI: AB123456A"]
EMAILS = ["a.b@town.example", "A.B+c@nhs.net", "<a@b.co.uk>", "ask reception@surgery.example", "a\uff20b.example"]
PHONES = [
    "07700 900123",
    "07700900123",
    "phone 07700 900123",
    "tel:07700900123",
    "phone07700900123",
    "+44 7700 900123",
    "+447700900123",
    "0044 7700 900123",
    "+44 (0)20 7946 0123",
    "(020) 7946 0123",
    "020-7946-0123",
    "020.7946.0123",
    "01632 960123",
    "0161 496 0123",
    "0800 123 4567",
    "7700900123",
    "+353 1 234 5678",
    "07700 900123 07700 900124",
]
POSTCODES = ["N1 9JP", "n19jp", "EC1V 2PX", "SW1A1AA", "GIR 0AA", "lives at N1 9JP now", "M1  1AE"]
HARMLESS = [
    "R4561",
    "F83002",
    "F83002;F83021;F83063;jc-barnsbury",
    "S0001;S0002;S0003;S0004;S0005;S0006",
    "C1;C2;C3;C4;C5;C6;C7;C8;C9;C10;C11",
    "2027-03-15;2027-03-16;2027-03-17",
    "2027-03-15 2027-03-16",
    "03-03-2027 04-03-2027",
    "03/03/2027;04/03/2027",
    "2027-3-5;2027-3-6",
    "2027-03-0x",
    "08:30",
    "-0.09742",
    "51.5342212345",
    "0.0712345678",
    "9990000019",
    "1234567890",
    "99900000180",
    "R0000000012",
    "0001",
    "100000",
    "12345678901",
    "550e8400-e29b-41d4-a716-446655440000",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "coach:welsh;room:step_free",
    "R49 5AB",
    "AB12CD",
    "GB123456A",
    "AB123456",
    "Surgery @ the Green",
    "9 March 2027",
    "N1 only",
    "",
]


@pytest.mark.parametrize(
    ("kind", "value"),
    [(NHS_NUMBER, v) for v in NHS_NUMBERS]
    + [(NINO, v) for v in NINOS]
    + [(EMAIL, v) for v in EMAILS]
    + [(PHONE, v) for v in PHONES],
)
def test_a_value_of_a_personal_form_is_told(kind: str, value: str) -> None:
    assert identifies(value, in_referral=False) == kind
    assert identifies(value, in_referral=True) == kind


@pytest.mark.parametrize("value", POSTCODES)
def test_a_full_postcode_is_told_in_a_referral_only(value: str) -> None:
    assert identifies(value, in_referral=True) == POSTCODE
    assert identifies(value, in_referral=False) is None


@pytest.mark.parametrize("value", HARMLESS)
def test_ids_dates_times_and_coordinates_are_not_mistaken(value: str) -> None:
    assert identifies(value, in_referral=True) is None


@pytest.mark.parametrize(
    "name",
    [
        *("name", "Name", "full_name", "firstName", "SURNAME", "coach name", "patient-name", "initials"),
        *("dob", "D.O.B.", "date_of_birth", "dateOfBirth", "Birth Date", "age", "gender", "ethnicity"),
        *("nhs_number", "NHS No", "nhsNumber", "nino", "ni_number", "National Insurance"),
        *(
            "phone",
            "phone_2",
            "mobile",
            "tel_no",
            "email",
            "E-mail",
            "contact",
            "address_line_1",
            "postcode",
            "post code",
        ),
        *("diagnosis", "primaryDiagnosis", "condition", "fit_note", "FitNote", "sick note", "health", "medication"),
        *("benefit", "benefit_type", "uc", "sanctions", "attendance", "attended", "dna", "reason", "Reason for leave"),
        *("notes", "note", "comments", "free_text", "description", "details"),
    ],
)
def test_a_column_of_a_personal_name_is_refused_once_and_not_read(folder: Folder, name: str) -> None:
    fault = folder.column("referrals.csv", name, "a.b@town.example", "07700 900123").only_fault()
    assert (fault.file, fault.row, fault.column, fault.value) == ("referrals.csv", 1, name, None)
    assert fault.says == "no such column may be held: it would identify a person or hold a record about one"


@pytest.mark.parametrize("table", ["coaches", "leave", "hours", "pins", "travel", "sessions", "interpreters"])
def test_a_name_or_a_reason_is_refused_in_every_table(folder: Folder, table: str) -> None:
    folder.column(f"{table}.csv", "name").column(f"{table}.csv", "reason")
    assert [(f.column, f.says.split(":")[0]) for f in folder.faults()] == [
        ("name", "no such column may be held"),
        ("reason", "no such column may be held"),
    ]


def test_a_building_may_have_a_name_but_no_e_mail() -> None:
    assert not column_identifies("name", "sites")
    assert column_identifies("contact_email", "sites")
    assert not column_identifies("features", "sites")


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("coaches.csv", 3, "skills"),
        ("coaches.csv", 2, "max_sessions_week"),
        ("hours.csv", 2, "start"),
        ("leave.csv", 2, "last_day"),
        ("sites.csv", 3, "name"),
        ("sites.csv", 3, "lat"),
        ("practices.csv", 3, "name"),
        ("rooms.csv", 3, "features"),
        ("sessions.csv", 3, "room_id"),
        ("referrals.csv", 3, "referral_id"),
        ("referrals.csv", 3, "needs"),
        ("referrals.csv", 3, "sites"),
        ("referrals.csv", 3, "away"),
        ("referrals.csv", 3, "usual_coach"),
        ("referrals.csv", 3, "consent"),
        ("interpreters.csv", 3, "skill"),
        ("travel.csv", 3, "minutes"),
        ("pins.csv", 3, "session_id"),
    ],
)
@pytest.mark.parametrize("value", ["999 000 0018", "QQ123456C", "a.b@town.example", "07700 900123"])
def test_a_personal_value_is_refused_in_every_table_and_not_repeated(
    folder: Folder, file: str, row: int, column: str, value: str
) -> None:
    fault = folder.cell(file, row, column, value).only_fault()
    assert (fault.file, fault.row, fault.column, fault.value) == (file, row, column, None)
    assert fault.says == f"this holds {identifies(value, in_referral=False)}, which is never held"
    assert value not in str(fault)


def test_a_postcode_is_refused_in_a_referral_and_not_in_a_site(folder: Folder) -> None:
    assert folder.cell("sites.csv", 3, "name", "Library, N1 9JP").faults() == ()
    fault = folder.cell("referrals.csv", 3, "needs", "N1 9JP").only_fault()
    assert fault.says == "this holds a full postcode, which is never held"


def test_a_personal_id_is_told_wherever_it_stands_and_shown_nowhere(folder: Folder) -> None:
    for file in ("coaches.csv", "hours.csv", "leave.csv", "referrals.csv", "pins.csv"):
        folder.put(file, GOOD[file].replace("C2", "07700 900123"))
    faults = folder.faults()
    assert [(f.file, f.row, f.column) for f in faults] == [
        ("coaches.csv", 3, "coach_id"),
        ("hours.csv", 5, "coach_id"),
        ("leave.csv", 3, "coach_id"),
        ("referrals.csv", 4, "usual_coach"),
        ("pins.csv", 3, "coach_id"),
    ]
    assert "07700" not in "".join(map(str, faults))


def test_a_table_without_a_header_does_not_show_its_first_row(folder: Folder) -> None:
    folder.put("coaches.csv", "C1,51.5,-0.1,07700 900123,a.b@town.example\n")
    assert "town.example" not in "".join(map(str, folder.faults()))
    assert "07700" not in "".join(map(str, folder.faults()))


def test_a_value_of_no_use_is_not_repeated_where_it_identifies(folder: Folder) -> None:
    faults = folder.line("sites.csv", "V3,Third,other,51,0,,,,,9990000018").faults()
    assert "9990000018" not in "".join(map(str, faults))
    assert {(f.row, f.column) for f in faults} == {(4, None), (4, "column 10")}


def test_settings_hold_nothing_personal(folder: Folder) -> None:
    fault = folder.swap("settings.toml", "A small town", "A small town, 01632 960123").only_fault()
    assert (fault.row, fault.column, fault.value) == (1, "name", None)
    assert fault.says == "this holds a phone number, which is never held"


def test_a_wrong_setting_that_is_personal_is_not_repeated(folder: Folder) -> None:
    fault = folder.swap("settings.toml", '"england"', '"a.b@town.example"').only_fault()
    assert (fault.column, fault.value) == ("nation", None)


def test_a_setting_of_a_personal_name_is_refused(folder: Folder) -> None:
    fault = folder.swap("settings.toml", "[policy]", 'email = "x"\n[policy]').only_fault()
    assert fault.says.startswith("no such setting may be held")
