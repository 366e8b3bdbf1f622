"""What a regional manager sees of the data of a month, and does with its coaches."""

from collections.abc import Callable

import pytest
from django.test import Client

from roster.domain import Leave
from roster.edits import AddBooking, Set
from roster.instance import Instance
from roster.store.changing import change, mark_of
from roster.store.models import (
    ADMINISTRATOR,
    COACH,
    PLANNER,
    PRACTICE_MANAGER,
    REGIONAL_MANAGER,
    Change,
    Month,
)
from roster.store.months import instance_of
from roster.web.demonstration import SYSTEM
from roster.web.pages.manager_data import PAGES
from tests.plain_words import complaints
from tests.web.conftest import ClientOf

NHS_NUMBER = "943 476 5919"
PathOf = Callable[[str], str]
SEEN = (
    "{month}/data/",
    "{month}/data/undeclared/",
    "{month}/data/notices/",
    "{month}/data/policy/",
    "{month}/data/prices/",
    "{month}/data/coaches/",
    "{month}/data/coaches/add/",
    "{month}/data/coach/C01/",
    "{month}/data/change-coach/C01/",
    "{month}/data/remove-coach/C01/",
    "{month}/data/add-hours/C01/",
    "{month}/data/remove-hours/C01/?weekday=mon&start=480",
    "{month}/data/add-leave/C01/",
    "{month}/data/remove-leave/C01/?first_day=2027-05-16",
    "{month}/data/sites/",
    "{month}/data/site/withyhythe-library/",
    "{month}/data/change-site/withyhythe-library/",
    "{month}/data/add-room/withyhythe-library/",
    "{month}/data/change-room/withyhythe-library-1/",
    "{month}/data/remove-room/withyhythe-library-1/",
    "{month}/data/offer/withyhythe-library/",
    "{month}/data/remove-session/S002/",
    "{month}/data/bookings/",
    "{month}/data/bookings/add/",
    "{month}/data/pins/",
    "{month}/data/pins/add/",
    "{month}/data/pins/remove/?coach=C01&session=S003",
    "{month}/data/files/",
    "/north/no-month/import/",
    "{month}/explain/",
    "{month}/why/",
    "{month}/why-not/",
    "{month}/why/coach/C01/",
    "{month}/why/person/R7666/",
    "{month}/why/site/withyhythe-library/",
    "{month}/why/visit/C01/in/S003/",
)


@pytest.fixture
def manager(client_of: ClientOf) -> Client:
    """A regional manager who is logged in."""
    return client_of(REGIONAL_MANAGER)


def now(month: Month) -> Instance:
    """The data of the month as they are in the database."""
    month.refresh_from_db()
    return instance_of(month)


# -- who sees what --------------------------------------------------------------------------------------------


def test_every_page_of_data_opens_for_the_manager(manager: Client, path_of: PathOf) -> None:
    assert {path: manager.get(path_of(path)).status_code for path in SEEN} == dict.fromkeys(SEEN, 200)


def test_every_page_of_data_is_for_regional_managers_alone() -> None:
    assert {page.roles for page in PAGES} == {(REGIONAL_MANAGER,)}


@pytest.mark.parametrize("role", [ADMINISTRATOR, PRACTICE_MANAGER, COACH, PLANNER])
def test_nobody_else_finds_a_page_of_data(client_of: ClientOf, path_of: PathOf, role: str) -> None:
    client = client_of(role)
    assert {client.get(path_of(path)).status_code for path in SEEN} == {404}


@pytest.mark.parametrize(
    "path", ["coach/C99/", "change-coach/C99/", "site/nowhere/", "remove-room/none/", "remove-booking/B/"]
)
def test_what_is_not_there_is_not_found(manager: Client, path_of: PathOf, path: str) -> None:
    assert manager.get(path_of("{month}/data/") + path).status_code == 404


# -- coaches --------------------------------------------------------------------------------------------------


def _coach_form(instance: Instance, **changed: str) -> dict[str, str]:
    """What the page of coach C01 sends, with some fields changed."""
    coach = instance.coach["C01"]
    held = {
        "max_sessions_day": "2",
        "max_sessions_week": "4",
        "max_sessions_month": "14",
        "max_travel_minutes_day": "60",
        "skills": "woman",
        "base_lat": str(coach.base_lat),
        "base_lon": str(coach.base_lon),
    }
    sent = held | changed | {f"initial-{name}": text for name, text in held.items()}
    return sent | {"mark": mark_of(instance, "coaches", "C01")}


def test_a_coachs_limit_is_changed_and_said_in_words(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    answer = manager.post(
        path_of("{month}/data/change-coach/C01/"), _coach_form(instance, max_sessions_month="12"), follow=True
    )
    assert now(month).coach["C01"].max_sessions_month == 12
    text = answer.content.decode()
    assert "Let coach C01 hold at most 12 visits in the month instead of 14." in text
    assert Change.objects.first().what == "change a coach"  # type: ignore[union-attr]  # there is one


def test_only_what_was_changed_on_the_page_becomes_an_edit(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    manager.post(path_of("{month}/data/change-coach/C01/"), _coach_form(instance, skills="woman, welsh"))
    entry = Change.objects.first()
    assert entry is not None
    assert [edit["field"] for edit in entry.after] == ["skills"]
    assert now(month).coach["C01"].skills == ("woman", "welsh")


def test_an_empty_limit_is_no_limit(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    manager.post(path_of("{month}/data/change-coach/C01/"), _coach_form(instance, max_sessions_week=""))
    assert now(month).coach["C01"].max_sessions_week is None


def test_whoever_is_second_is_told_what_it_is_now_and_keeps_what_was_typed(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = _coach_form(instance, max_sessions_month="12")
    others = [
        Set(table="coaches", id="C01", field="max_sessions_month", value=9),
        Set(table="coaches", id="C01", field="max_sessions_day", value=1),
    ]
    change(month, others, SYSTEM, "another's change")
    answer = manager.post(path_of("{month}/data/change-coach/C01/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this in the meantime" in text
    assert 'name="max_sessions_month" type="text" value="12"' in text.replace("\n", " ")
    assert "Most sessions in the month: 9" in text
    assert 'name="initial-max_sessions_month" value="9"' in text
    assert 'name="max_sessions_day" type="text" value="1"' in text
    assert now(month).coach["C01"].max_sessions_month == 9
    again = sent | {
        "mark": mark_of(now(month), "coaches", "C01"),
        "initial-max_sessions_month": "9",
        "max_sessions_day": "1",
        "initial-max_sessions_day": "1",
    }
    assert manager.post(path_of("{month}/data/change-coach/C01/"), again).status_code == 302
    assert (now(month).coach["C01"].max_sessions_month, now(month).coach["C01"].max_sessions_day) == (12, 1)


def test_a_number_that_is_none_is_said_beside_its_field(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = _coach_form(instance, max_sessions_month="many")
    text = manager.post(path_of("{month}/data/change-coach/C01/"), sent).content.decode()
    assert "This must be a whole number (&#34;many&#34;). Write digits only, for example 30" in text
    assert 'href="#id_max_sessions_month"' in text
    assert now(month) == instance


def test_a_personal_value_is_refused_and_not_shown_again(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = _coach_form(instance, skills=NHS_NUMBER)
    text = manager.post(path_of("{month}/data/change-coach/C01/"), sent).content.decode()
    assert "This holds an NHS number, which is never held" in text
    assert "943" not in text
    assert now(month) == instance


def test_hours_are_added_and_taken_out(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    sent = {"weekday": "fri", "start": "9:30am", "end": "1pm", "mark": mark_of(instance, "coaches", "C01")}
    manager.post(path_of("{month}/data/add-hours/C01/"), sent)
    added = [h for h in now(month).hours if (h.coach_id, h.weekday) == ("C01", "fri")]
    assert [(h.start, h.end) for h in added] == [(570, 780)]
    where = path_of("{month}/data/remove-hours/C01/?weekday=fri&start=570")
    assert "Coach C01 no longer works on Fridays from 9:30am to 1pm." in manager.get(where).content.decode()
    manager.post(where, {"mark": mark_of(now(month), "coaches", "C01")})
    assert now(month).hours == instance.hours


def test_hours_that_overlap_are_refused_above_the_form(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    sent = {"weekday": "mon", "start": "9am", "end": "10am", "mark": mark_of(instance, "coaches", "C01")}
    text = manager.post(path_of("{month}/data/add-hours/C01/"), sent).content.decode()
    assert "There is a problem" in text
    assert "overlap" in text
    assert now(month) == instance


def test_leave_is_added_and_taken_back(manager: Client, path_of: PathOf, month: Month, instance: Instance) -> None:
    days = {"first_day_0": "3", "first_day_1": "5", "first_day_2": "2027"}
    days |= {name.replace("first", "last"): value for name, value in days.items()}
    manager.post(path_of("{month}/data/add-leave/C01/"), days | {"mark": mark_of(instance, "coaches", "C01")})
    first = now(month).days[2]
    assert Leave(coach_id="C01", first_day=first, last_day=first) in now(month).leave
    where = path_of("{month}/data/remove-leave/C01/?first_day=2027-05-03")
    manager.post(where, {"mark": mark_of(now(month), "coaches", "C01")})
    assert now(month) == instance


def test_leave_that_ends_before_it_begins_is_refused_beside_its_field(
    manager: Client, path_of: PathOf, instance: Instance
) -> None:
    days = {"first_day_0": "5", "first_day_1": "5", "first_day_2": "2027"}
    days |= {"last_day_0": "3", "last_day_1": "5", "last_day_2": "2027", "mark": mark_of(instance, "coaches", "C01")}
    text = manager.post(path_of("{month}/data/add-leave/C01/"), days).content.decode()
    assert "The last day must be the same as or after the first day" in text


def test_a_coach_like_another_is_added_and_taken_out(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    manager.post(path_of("{month}/data/coaches/add/"), {"coach_id": "C03", "like": "C02"})
    assert now(month).coach["C03"].skills == instance.coach["C02"].skills
    where = path_of("{month}/data/remove-coach/C03/")
    manager.post(where, {"mark": mark_of(now(month), "coaches", "C03")})
    assert "C03" not in now(month).coach


def test_taking_out_a_coach_whom_somebody_changed_is_asked_again(
    manager: Client, path_of: PathOf, month: Month, instance: Instance
) -> None:
    mark = mark_of(instance, "coaches", "C02")
    change(month, [Set(table="coaches", id="C02", field="max_sessions_day", value=1)], SYSTEM, "another's change")
    answer = manager.post(path_of("{month}/data/remove-coach/C02/"), {"mark": mark})
    assert "Somebody else has changed this in the meantime. This is how it is now." in answer.content.decode()
    assert "C02" in now(month).coach


# -- worth knowing --------------------------------------------------------------------------------------------


def test_a_practice_without_a_room_is_listed(manager: Client, path_of: PathOf, month: Month) -> None:
    text = manager.get(path_of("{month}/data/undeclared/")).content.decode()
    assert "Every practice has declared a room this month." in text
    manager.post(
        path_of("{month}/data/remove-room/hurdle-lane-health-centre-1/"),
        {"mark": mark_of(now(month), "rooms", "hurdle-lane-health-centre-1")},
    )
    text = manager.get(path_of("{month}/data/undeclared/")).content.decode()
    assert "No room declared (1)" in text
    assert "Hurdle Lane Health Centre" in text


def test_every_notice_links_to_what_it_is_about(manager: Client, path_of: PathOf, month: Month) -> None:
    change(
        month,
        [AddBooking(booking_id="B1", skill="bsl", date=now(month).days[9], start=540, end=720)],
        SYSTEM,
        "another's change",
    )
    text = manager.get(path_of("{month}/data/notices/")).content.decode()
    assert "Interpreter bookings that nobody needs: B1." in text
    assert path_of("{month}/data/bookings/") in text


def test_the_sentences_of_the_forms_are_plain(manager: Client, path_of: PathOf) -> None:
    for path in ("{month}/data/policy/", "{month}/data/prices/"):
        text = manager.get(path_of(path)).content.decode()
        hints = [piece.split("</div>")[0] for piece in text.split('class="govuk-hint">')[1:]]
        assert hints
        assert [found for hint in hints for found in complaints(hint.strip())] == []
