"""Later months are made of the folder's month by weekday and week, and the calendar."""

from datetime import date, timedelta

import pytest

from roster.domain import Booking, Leave, Pin
from roster.instance import Instance
from roster.planning.simulation.months import Calendar, month_after, sources
from roster.validity import faults_of
from tests.planning.simulation.queue import one_room
from tests.tables import world
from tests.worlds import published_world


def region() -> Instance:
    """A month with a bank holiday on a Monday (29 March 2027), which is its fifth, and four Thursdays."""
    return world(
        'month = "2027-03"\nas_of = 2027-02-19',
        "",
        coaches="coach_id\nC1\nC2",
        hours="coach_id, weekday, start, end\nC1, mon, 09:00, 12:00\nC1, thu, 09:00, 12:00\nC2, mon, 09:00, 12:00",
        leave="coach_id, first_day, last_day\nC1, 2027-03-11, 2027-03-15\nC2, 2027-04-12, 2027-04-12",
        sites="site_id, min_sessions\nX, 6\nY,",
        practices="practice_id, site_id\nPX, X",
        rooms="room_id, site_id\nX-1, X\nY-1, Y",
        sessions="""
            session_id, room_id, date,       start, end
            M1,         X-1,     2027-03-01, 09:00, 12:00
            M2,         X-1,     2027-03-08, 09:00, 12:00
            M4,         X-1,     2027-03-22, 09:00, 12:00
            M5,         X-1,     2027-03-29, 09:00, 12:00
            T2,         Y-1,     2027-03-11, 09:00, 12:00
            T4,         X-1,     2027-03-25, 09:00, 12:00""",
        referrals="referral_id, practice_id, referred_on, band, minutes\nR1, PX, 2027-02-10, B, 30",
        interpreters="booking_id, skill, date, start, end\nB1, bsl, 2027-03-08, 09:00, 12:00",
        roads="C1, X, 5, 5",
        pins="coach_id, session_id\nC1, M1",
    )


def test_a_day_is_like_that_of_its_weekday_and_week_of_the_month() -> None:
    like = sources(region(), "2027-04")
    assert like[date(2027, 4, 5)] == date(2027, 3, 1)
    assert like[date(2027, 4, 8)] == date(2027, 3, 11)
    assert like[date(2027, 4, 22)] == date(2027, 3, 25)


def test_a_fifth_day_that_the_folder_lacks_is_like_the_fourth_and_so_is_one_that_was_a_bank_holiday() -> None:
    assert sources(region(), "2027-04")[date(2027, 4, 29)] == date(2027, 3, 25)
    assert sources(region(), "2027-05")[date(2027, 5, 31)] == date(2027, 3, 22)


def test_sessions_interpreters_and_leave_are_carried_and_pins_and_what_was_told_are_not() -> None:
    april = Calendar(region()).month(1, region().referrals)
    assert [(s.session_id, s.date.day) for s in april.sessions] == [
        *(("M1@05", 5), ("T2@08", 8), ("M2@12", 12)),
        *(("T4@22", 22), ("M4@26", 26), ("T4@29", 29)),
    ]
    assert [(b.booking_id, b.date) for b in april.interpreters] == [("B1@12", date(2027, 4, 12))]
    assert isinstance(april.interpreters[0], Booking)
    days = {(row.coach_id, row.first_day) for row in april.leave}
    assert days == {
        *(("C1", date(2027, 4, day)) for day in (8, 9, 10, 11, 19)),
        ("C2", date(2027, 4, 12)),
    }
    assert all(isinstance(row, Leave) and row.first_day == row.last_day for row in april.leave)
    assert (april.pins, april.published) == ((), None)
    assert region().pins == (Pin(coach_id="C1", session_id="M1"),)
    assert faults_of(april) == []


def test_a_site_is_promised_no_more_visits_than_its_sessions_on_working_days() -> None:
    calendar = Calendar(region())
    assert [s.min_sessions for s in calendar.month(1, ()).sites] == [5, None]
    may = calendar.month(2, ())
    assert date(2027, 5, 3) in may.bank_holidays
    assert [s.min_sessions for s in may.sites] == [3, None]
    assert [s.min_sessions for s in calendar.month(0, ()).sites] == [6, None]


def test_rosters_are_made_as_many_days_before_their_month_as_in_the_folder() -> None:
    calendar = Calendar(region())
    assert [calendar.as_of(n) for n in range(3)] == [date(2027, 2, 19), date(2027, 3, 22), date(2027, 4, 21)]
    assert calendar.month(1, ()).settings.as_of == date(2027, 3, 22)
    assert Calendar(region(), 3).as_of(1) == date(2027, 3, 29)


def test_where_the_folders_day_lies_in_its_month_later_rosters_are_made_so_that_the_whole_month_is_open() -> None:
    base = published_world()
    calendar = Calendar(base)
    assert calendar.as_of(0) == base.settings.as_of
    assert calendar.as_of(1) == date(2027, 4, 1) - timedelta(days=base.settings.policy.notice_days)


@pytest.mark.parametrize(("number", "month"), [(0, "2027-03"), (9, "2027-12"), (10, "2028-01"), (34, "2030-01")])
def test_months_are_counted_across_years(number: int, month: str) -> None:
    assert month_after("2027-03", number) == month
    assert Calendar(one_room()).last_day(number).strftime("%Y-%m") == month
