"""What a regional manager does with places and terms: sites, rooms, bookings, pins, policy and prices."""

import html
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client

from roster.edits import AddBooking, RemoveCoach, Set
from roster.instance import Instance
from roster.store.changing import change, mark_of
from roster.store.models import REGIONAL_MANAGER, Month
from roster.store.months import instance_of
from roster.web.demonstration import SYSTEM
from roster.web.views import manager_data_forms as views
from tests.web.conftest import ClientOf

PathOf = Callable[[str], str]


@pytest.fixture
def manager(client_of: ClientOf) -> Client:
    """A regional manager who is logged in."""
    return client_of(REGIONAL_MANAGER)


def now(month: Month) -> Instance:
    """The data of the month as they are in the database."""
    month.refresh_from_db()
    return instance_of(month)


# -- sites, rooms, bookings, pins -----------------------------------------------------------------------------


def test_a_sites_limits_are_changed(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    sent = {"max_sessions": "3", "hire_pounds": "15.50", "initial-hire_pounds": "12", "features": "step_free"}
    sent |= {"initial-features": "step_free", "mark": mark_of(instance, "sites", "withyhythe-library")}
    manager.post(path_of("{month}/data/change-site/withyhythe-library/"), sent)
    site = now(month).site["withyhythe-library"]
    assert (site.max_sessions, site.hire_pounds, site.features) == (3, 15.5, ("step_free",))


def test_more_at_least_than_at_most_is_refused(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"min_sessions": "5", "max_sessions": "3", "mark": mark_of(instance, "sites", "withyhythe-library")}
    sent |= {"features": "", "hire_pounds": ""}
    text = manager.post(path_of("{month}/data/change-site/withyhythe-library/"), sent).content.decode()
    assert "The fewest sessions are more than the most" in text
    assert now(month) == instance


def test_a_room_is_added_changed_and_taken_out(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    mark = mark_of(instance, "sites", "withyhythe-library")
    sent = {"room_id": "quiet-room", "features": "quiet", "mark": mark}
    manager.post(path_of("{month}/data/add-room/withyhythe-library/"), sent)
    assert now(month).room["quiet-room"].features == ("quiet",)
    sent = {"features": "quiet, warm", "initial-features": "quiet", "mark": mark_of(now(month), "rooms", "quiet-room")}
    manager.post(path_of("{month}/data/change-room/quiet-room/"), sent)
    assert now(month).room["quiet-room"].features == ("quiet", "warm")
    manager.post(path_of("{month}/data/remove-room/quiet-room/"), {"mark": mark_of(now(month), "rooms", "quiet-room")})
    assert now(month) == instance


def test_a_room_is_offered_where_no_practice_is_and_taken_out(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"room": "withyhythe-library-1", "half_day": "am", "repeat": "once"}
    sent |= {"first_day_0": "12", "first_day_1": "5", "first_day_2": "2027"}
    manager.post(path_of("{month}/data/offer/withyhythe-library/"), sent)
    (added,) = (s for s in now(month).sessions if s not in instance.sessions)
    assert (added.date.isoformat(), added.start, added.room_id) == ("2027-05-12", 510, "withyhythe-library-1")
    where = path_of(f"{{month}}/data/remove-session/{added.session_id}/")
    manager.post(where, {"mark": mark_of(now(month), "sessions", added.session_id)})
    assert now(month) == instance


def test_hours_added_to_a_coach_whom_somebody_changed_stay_in_the_form(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"weekday": "fri", "start": "9:30am", "end": "1pm", "mark": mark_of(instance, "coaches", "C01")}
    change(month, [Set(table="coaches", id="C01", field="max_sessions_day", value=1)], SYSTEM, "another's change")
    answer = manager.post(path_of("{month}/data/add-hours/C01/"), sent)
    assert answer.status_code == 409
    assert 'value="9:30am"' in answer.content.decode()
    assert now(month).hours == instance.hours


def test_a_coach_who_was_taken_out_meanwhile_is_said_to_be_gone(
    manager: Client, path_of: PathOf, month: Month, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = views.at

    def before_the_other(request: HttpRequest) -> object:
        found = held(request)
        change(Month.objects.get(pk=month.pk), [RemoveCoach(coach_id="C02")], SYSTEM, "another's change")
        monkeypatch.setattr(views, "at", held)
        return found

    sent = {"weekday": "fri", "start": "6pm", "end": "7pm", "mark": mark_of(instance, "coaches", "C02")}
    monkeypatch.setattr(views, "at", before_the_other)
    answer = manager.post(path_of("{month}/data/add-hours/C02/"), sent)
    assert "Somebody else has taken this out in the meantime. Nothing was changed." in answer.content.decode()


@pytest.mark.parametrize("path", ["add-hours/C02/", "change-coach/C02/", "remove-coach/C02/"])
def test_what_is_sent_about_a_coach_who_is_gone_is_answered_in_words(
    manager: Client, path_of: PathOf, month: Month, path: str
) -> None:
    change(month, [RemoveCoach(coach_id="C02")], SYSTEM, "another's change")
    answer = manager.post(path_of("{month}/data/") + path, {"mark": "as it was"})
    assert answer.status_code == 404
    assert "Somebody else has taken this out in the meantime. Nothing was changed." in answer.content.decode()


def test_features_that_are_no_words_are_said_beside_their_field(
    manager: Client, path_of: PathOf, instance: Instance
) -> None:
    sent = {"room_id": "r", "features": "step/free", "mark": mark_of(instance, "sites", "withyhythe-library")}
    text = manager.post(path_of("{month}/data/add-room/withyhythe-library/"), sent).content.decode()
    assert "These must be single words of letters" in text
    assert 'href="#id_features"' in text


def test_a_booking_is_added_and_cancelled(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    sent = {"booking_id": "B1", "skill": "bsl", "start": "9am", "end": "midday", "fee_pounds": "£85"}
    sent |= {"date_0": "10", "date_1": "5", "date_2": "2027"}
    manager.post(path_of("{month}/data/bookings/add/"), sent)
    booking = now(month).booking["B1"]
    assert (booking.start, booking.end, booking.fee_pounds) == (540, 720, 85.0)
    where = path_of("{month}/data/remove-booking/B1/")
    assert "a bsl interpreter on 10 May 2027, 9am to midday" in manager.get(where).content.decode()
    manager.post(where, {"mark": mark_of(now(month), "interpreters", "B1")})
    assert now(month) == instance


def test_a_booking_of_an_id_that_is_taken_is_refused(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    edit = AddBooking(booking_id="B1", skill="bsl", date=instance.days[9], start=540, end=720)
    change(month, [edit], SYSTEM, "another's change")
    sent = {"booking_id": "B1", "skill": "bsl", "start": "9am", "end": "midday"}
    sent |= {"date_0": "10", "date_1": "5", "date_2": "2027"}
    text = manager.post(path_of("{month}/data/bookings/add/"), sent).content.decode()
    assert "There is a booking B1 already" in text


def test_a_pin_is_added_and_taken_out(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    manager.post(path_of("{month}/data/pins/add/"), {"coach_id": "C01", "session_id": "S001"})
    assert len(now(month).pins) == len(instance.pins) + 1
    manager.post(path_of("{month}/data/pins/remove/?coach=C01&session=S001"))
    assert now(month) == instance


# -- policy and prices ----------------------------------------------------------------------------------------


def test_a_policy_is_changed_with_its_sentence(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"notice_days": "3", "initial-notice_days": "5", "see_by": "must", "initial-see_by": "must"}
    sent |= {"mark": mark_of(instance, "settings", "policy")}
    answer = manager.post(path_of("{month}/data/policy/"), sent, follow=True)
    assert "Ask for 3 days of notice instead of 5 before a new appointment." in answer.content.decode()
    assert now(month).settings.policy.notice_days == 3


def test_a_price_is_changed_and_others_stay(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    sent = {"waiting.A": "20", "initial-waiting.A": "12", "mark": mark_of(instance, "settings", "prices")}
    manager.post(path_of("{month}/data/prices/"), sent)
    prices = now(month).settings.prices
    assert (prices.waiting.A, prices.waiting.B, prices.late) == (20, 6, 60)


def test_a_price_that_is_no_number_is_said_beside_its_field(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"waiting.A": "dear", "initial-waiting.A": "12", "mark": mark_of(instance, "settings", "prices")}
    text = manager.post(path_of("{month}/data/prices/"), sent).content.decode()
    assert "This must be a whole number" in text
    assert 'href="#id_waiting.A"' in text
    assert now(month) == instance


_DAY = {"date_0": "10", "date_1": "5", "date_2": "2027"}
_LEAVE = {"first_day_0": "16", "first_day_1": "5", "first_day_2": "2027"} | {
    "last_day_0": "17",
    "last_day_1": "5",
    "last_day_2": "2027",
}


@pytest.mark.parametrize(
    ("path", "sent", "says"),
    [
        (
            "add-hours/C01/",
            {"weekday": "mon", "start": "9am", "end": "10am"},
            '#id_start">These hours overlap those of another row, 8am to 6:30pm ("9am"). '
            "Let the two rows touch or leave a gap, or make them one row",
        ),
        (
            "add-hours/C01/",
            {"weekday": "fri", "start": "10am", "end": "9am"},
            '#id_end">The hours end before they start ("9am"). It starts at 10am. Give a later end or an earlier start',
        ),
        (
            "add-leave/C01/",
            _LEAVE,
            '#id_first_day_0">There is leave of C01 from 16 May 2027 already. '
            "Remove that first, or begin on another day",
        ),
        (
            "coaches/add/",
            {"coach_id": "C01", "like": "C01"},
            '#id_coach_id">There is a coach C01 already. Use an id that is not taken, or change that one',
        ),
        (
            "coaches/add/",
            {"coach_id": "a;b", "like": "C01"},
            '#id_coach_id">An id has no semicolon, no line break and no space around it ("a;b"). '
            "Give it an id of letters, digits, - and _",
        ),
        (
            "bookings/add/",
            {"booking_id": "B", "skill": "bsl", "start": "9am", "end": "8am", **_DAY},
            '#id_end">The booking ends before it starts ("8am"). It starts at 9am. '
            "Give a later end or an earlier start",
        ),
        (
            "pins/add/",
            {"coach_id": "C01", "session_id": "S003"},
            '#id_coach_id">There is a pin of C01 to S003 already. Nothing has to be added',
        ),
        ("pins/add/", {"coach_id": "C09", "session_id": "S003"}, '#id_coach_id">Choose one of these'),
        (
            "change-site/withyhythe-library/",
            {"min_sessions": "5", "max_sessions": "3"},
            '#id_min_sessions">The fewest sessions are more than the most ("5"). Most sessions in the month is 3. '
            "Lower fewest sessions in the month or raise most sessions in the month",
        ),
        ("change-coach/C01/", {"base_lat": ""}, '#id_base_lat">Enter latitude of the base'),
        (
            "change-coach/C01/",
            {"base_lat": "100", "base_lon": "0"},
            '#id_base_lat">A latitude lies between -90 and 90 (100.0). Give the latitude in degrees, such as 51.54102',
        ),
    ],
)
def test_what_is_wrong_is_said_in_words_with_a_link_to_its_field(
    manager: Client, path_of: PathOf, month: Month, instance: Instance, path: str, sent: dict[str, str], says: str
) -> None:
    table = "sites" if "site" in path else "coaches"
    mark = mark_of(instance, table, path.split("/")[1])
    sent = {"mark": mark, "initial-base_lat": "1", "initial-hire_pounds": "", **sent}
    text = html.unescape(manager.post(path_of("{month}/data/") + path, sent).content.decode())
    assert f'<a href="{says}</a>' in text
    assert now(month) == instance
