"""Notices: what a manager should know of an instance without faults, in one sentence a kind."""

import json
from pathlib import Path

import pytest

from roster.fault import Notice
from roster.files import read, write_workbook
from roster.notices import notices_of
from tests.files.folder import Folder
from tests.files.test_published import PUBLISHED


def told(folder: Folder, start: str) -> Notice:
    """The one notice whose sentence starts so."""
    reading = folder.read()
    assert reading.faults == ()
    found = [notice for notice in reading.notices if notice.says.startswith(start)]
    assert len(found) == 1, "\n".join(map(str, reading.notices))
    return found[0]


def test_a_folder_as_it_should_be_has_no_notice(folder: Folder) -> None:
    assert folder.read().notices == ()


def test_people_without_consent_are_told_in_one_line_with_the_first_few(folder: Folder) -> None:
    for n in range(10, 20):
        folder.line("referrals.csv", f"R{n},P1,2027-02-01,C,,30,,,,,no,")
    notice = told(folder, "10 referrals without consent")
    assert notice.says == ("10 referrals without consent, left out of everything: R10, R11, R12, R13, R14 and 5 more.")
    assert (notice.file, notice.row, notice.column) == ("referrals.csv", None, "consent")
    assert notice.ids == tuple(f"R{n}" for n in range(10, 20))


def test_one_person_without_consent_is_told_with_the_row(folder: Folder) -> None:
    notice = told(folder.cell("referrals.csv", 3, "consent", "no"), "1 referral without consent")
    assert (notice.row, notice.ids) == (3, ("R2",))
    assert str(notice).startswith(
        "referrals.csv, row 3, consent: 1 referral without consent, left out of everything: R2."
    )


@pytest.mark.parametrize(
    ("see_by", "missed"),
    [("2027-02-01", True), ("2027-02-28", True), ("2027-03-01", False), ("2027-04-30", False)],
)
def test_a_see_by_date_before_the_first_possible_day_is_told(folder: Folder, see_by: str, missed: bool) -> None:
    notices = folder.cell("referrals.csv", 3, "see_by", see_by).read().notices
    assert [n.ids for n in notices if n.column == "see_by"] == ([("R2",)] if missed else [])


def test_a_see_by_date_within_the_interpreters_notice_is_told(folder: Folder) -> None:
    folder.cell("referrals.csv", 4, "see_by", "2027-03-04")
    assert told(folder, "The see-by date has passed").ids == ("R3",)
    assert folder.cell("referrals.csv", 4, "see_by", "2027-03-05").read().notices == ()


def test_a_see_by_date_on_the_day_of_the_referral_is_told(folder: Folder) -> None:
    folder.cell("referrals.csv", 3, "referred_on", "2027-03-10").cell("referrals.csv", 3, "see_by", "2027-03-10")
    assert told(folder, "The see-by date has passed").ids == ("R2",)


def test_a_referral_of_a_later_day_is_told(folder: Folder) -> None:
    notice = told(folder.cell("referrals.csv", 3, "referred_on", "2027-02-20"), "Referred after 19 February 2027")
    assert notice.ids == ("R2",)


def test_a_need_that_nobody_meets_is_told_by_kind(folder: Folder) -> None:
    folder.cell("referrals.csv", 3, "needs", "coach:farsi;room:hoist;interpreter:farsi")
    notices = [n.says for n in folder.read().notices]
    assert notices == [
        "Cannot be seen because no coach has the skill farsi: R2.",
        "Cannot be seen because no room has hoist: R2.",
        "Cannot be seen because no interpreter for farsi is booked this month: R2.",
    ]


def test_an_appointment_longer_than_every_session_is_told(folder: Folder) -> None:
    notice = told(folder.cell("referrals.csv", 3, "minutes", "481"), "Cannot be seen because no session is longer")
    assert notice.says == "Cannot be seen because no session is longer than 480 minutes: R2."


def test_a_coach_without_hours_is_told(folder: Folder) -> None:
    folder.line("coaches.csv", "C3,51,0,,,,,")
    notice = told(folder, "No working hours, so they cannot be used: C3.")
    assert (notice.file, notice.row) == ("coaches.csv", 4)


def test_a_coach_whose_hours_meet_no_session_is_told(folder: Folder) -> None:
    folder.line("coaches.csv", "C3,51,0,,,,,").line("hours.csv", "C3,mon,07:00,09:59").line(
        "hours.csv", "C3,sun,09:00,17:00"
    )
    assert told(folder, "No session lies within their hours for at least 60 minutes").ids == ("C3",)


def test_leave_leaves_a_session_without_a_coach(folder: Folder) -> None:
    folder.line("leave.csv", "C1,2027-03-09,2027-03-09")
    notice = told(folder, "No coach works long enough during the session: S3.")
    assert (notice.file, notice.row) == ("sessions.csv", 4)


def test_a_session_outside_the_month_is_told_and_nothing_follows(folder: Folder) -> None:
    folder.line("sessions.csv", "S4,M1,2027-04-01,09:00,12:00")
    notice = told(folder, "Outside the month")
    assert notice.says == "Outside the month that is planned, and not used: S4."
    assert len(folder.read().notices) == 1


def test_a_session_on_a_bank_holiday_of_the_nation_is_told(folder: Folder) -> None:
    folder.line("sessions.csv", "S4,M1,2027-03-29,09:00,12:00")
    assert told(folder, "On a bank holiday (29 March 2027), and not used: S4.").column == "date"
    folder.swap("settings.toml", '"england"', '"scotland"')
    assert folder.read().notices == ()


def test_a_practice_that_offers_no_session_is_told(folder: Folder) -> None:
    folder.swap("sessions.csv", "S3,M2,2027-03-09,09:00,17:00\n", "")
    folder.line("sessions.csv", "S4,M2,2027-03-29,09:00,12:00")
    assert told(folder, "No session is offered where these practices are: P2.").file == "practices.csv"


def test_a_pin_that_the_coach_cannot_keep_is_told(folder: Folder) -> None:
    notice = told(folder.line("pins.csv", "C2,S3"), "Pinned, though the coach does not work long enough")
    assert notice.ids == ("C2 S3",)


def test_bookings_that_nobody_needs_or_of_another_month_are_told(folder: Folder) -> None:
    folder.line("interpreters.csv", "B3,farsi,2027-03-08,13:00,17:00,")
    folder.line("interpreters.csv", "B4,bsl,2027-04-08,13:00,17:00,")
    assert [n.says for n in folder.read().notices] == [
        "Interpreter bookings outside the month that is planned: B4.",
        "Interpreter bookings that nobody needs: B3.",
    ]


def test_travel_from_a_place_to_itself_is_told_where_it_says_any_minutes(folder: Folder) -> None:
    assert folder.line("travel.csv", "V1,V1,0").read().notices == ()
    assert told(folder.line("travel.csv", "V2,V2,5"), "Travel from a place to itself").ids == ("V2",)


def test_leave_that_overlaps_is_told(folder: Folder) -> None:
    assert (
        told(folder.line("leave.csv", "C1,2027-03-16,2027-03-20"), "Two rows of leave overlap: C1.").file == "leave.csv"
    )


def test_an_id_that_looks_like_a_name_is_told_without_being_repeated(folder: Folder) -> None:
    notice = told(folder.cell("referrals.csv", 3, "referral_id", "Made Up-Name"), "1 id looks like a name.")
    assert (notice.row, notice.column, notice.ids) == (3, "referral_id", ())
    assert "Made" not in str(notice)


def test_a_month_that_is_over_is_told(folder: Folder) -> None:
    folder.swap("settings.toml", "as_of = 2027-02-19", "as_of = 2027-04-01")
    assert told(folder, "The month ended before 1 April 2027").column == "as_of"


def test_a_published_roster_of_another_month_is_told(folder: Folder) -> None:
    folder.put("published.json", json.dumps(PUBLISHED | {"month": "2027-02"}))
    assert told(folder, "The published roster is of another month.").file == "published.json"


def test_a_workbook_calls_its_settings_a_sheet(folder: Folder, tmp_path: Path) -> None:
    folder.swap("settings.toml", "as_of = 2027-02-19", "as_of = 2027-04-01")
    write_workbook(folder.read().valid(), tmp_path / "town.xlsx")
    assert "settings" in [notice.file for notice in read(tmp_path / "town.xlsx").notices]


def test_a_table_without_rows_is_told(folder: Folder) -> None:
    folder.put("referrals.csv", folder.text("referrals.csv").splitlines()[0] + "\n")
    assert told(folder, "There are no referrals.").file == "referrals.csv"


def test_notices_of_an_instance_know_no_rows(folder: Folder) -> None:
    instance = folder.cell("referrals.csv", 3, "consent", "no").read().valid()
    (notice,) = notices_of(instance)
    assert (notice.file, notice.row, notice.ids) == ("referrals.csv", None, ("R2",))
