"""What a practice manager does: offer a room once or every week, withdraw it; only at their own practice."""

from collections.abc import Callable

from roster.instance import Instance
from roster.store.changing import mark_of
from roster.store.models import COACH, PRACTICE_MANAGER, REGIONAL_MANAGER, Change, Month
from roster.store.months import instance_of
from tests.web.conftest import ClientOf

PathOf = Callable[[str], str]


def _offer(instance: Instance, **more: str) -> dict[str, str]:
    site = instance.practices[0].site_id
    room = next(r.room_id for r in instance.rooms if r.site_id == site)
    day = next(
        d
        for d in instance.days
        if d > instance.settings.as_of
        and d.weekday() < 5
        and d not in instance.bank_holidays
        and not any(s.room_id == room and s.date == d for s in instance.sessions)
    )
    parts = {"first_day_0": str(day.day), "first_day_1": str(day.month), "first_day_2": str(day.year)}
    return {"room": room, "half_day": "am", "repeat": "once", **parts, **more}


def test_a_room_offered_once_is_a_session_of_the_month(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    answer = client_of(PRACTICE_MANAGER).post(path_of("{practice}/offer/"), _offer(instance))
    assert answer.status_code == 302
    month.refresh_from_db()
    assert len(instance_of(month).sessions) == len(instance.sessions) + 1
    assert Change.objects.first().what == "offer a room"  # type: ignore[union-attr]  # there is one


def test_a_day_outside_the_month_is_refused_with_a_link_to_its_field(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    answer = client_of(PRACTICE_MANAGER).post(path_of("{practice}/offer/"), _offer(instance, first_day_2="2001"))
    text = answer.content.decode()
    assert "There is a problem" in text
    assert 'href="#id_first_day_0"' in text
    assert "The day must be from" in text
    month.refresh_from_db()
    assert instance_of(month) == instance


def test_a_withdrawn_room_is_gone(client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance) -> None:
    site = instance.practices[0].site_id
    session = next(s.session_id for s in instance.sessions if instance.site_of(s.session_id) == site)
    where = path_of("{practice}/withdraw/") + f"{session}/"
    answer = client_of(PRACTICE_MANAGER).post(where, {"mark": mark_of(instance, "sessions", session)})
    assert answer.status_code == 302
    month.refresh_from_db()
    assert session not in instance_of(month).session


def test_a_page_that_is_out_of_date_changes_nothing_and_says_so(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    site = instance.practices[0].site_id
    session = next(s.session_id for s in instance.sessions if instance.site_of(s.session_id) == site)
    answer = client_of(PRACTICE_MANAGER).post(path_of("{practice}/withdraw/") + f"{session}/", {"mark": "another"})
    assert "Somebody else has changed this session" in answer.content.decode()
    month.refresh_from_db()
    assert session in instance_of(month).session


def test_another_practice_is_not_found(client_of: ClientOf, path_of: PathOf, instance: Instance) -> None:
    stranger = client_of(PRACTICE_MANAGER, subject=instance.practices[1].practice_id)
    assert stranger.get(path_of("{practice}/")).status_code == 404
    assert client_of(COACH).get(path_of("{practice}/")).status_code == 404
    assert client_of(REGIONAL_MANAGER).get(path_of("{practice}/")).status_code == 200
