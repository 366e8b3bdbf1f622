"""The one session that would help most: asked for by a practice, offered with one press, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

from roster.edits import AddRoom, AddSession
from roster.instance import Instance
from roster.store.models import PRACTICE_MANAGER, Job, Month
from roster.web.work.helping import Help
from roster.web.work.kinds import KINDS
from roster.web.work.worker import Tell
from tests.web.conftest import ClientOf
from tests.web.told import now

PathOf = Callable[[str], str]


def _found(month: Month, instance: Instance) -> Job:
    """A job of the first practice that found a session in a new room."""
    site = instance.practices[0].site_id
    day = next(d for d in reversed(instance.days) if d.weekday() < 5 and d not in instance.bank_holidays)
    session = AddSession(session_id="found-1", room_id="found-room", date=day, start=540, end=720)
    edits = (AddRoom(room_id="found-room", site_id=site), session)
    result = Help(says=("The most useful session you could offer: a room.",), edits=edits).model_dump_json()
    asked = {"practice_id": instance.practices[0].practice_id}
    return Job.objects.create(month=month, kind="help", asked=asked, state=Job.DONE, result=result)


def test_it_is_asked_for_once_and_the_page_says_that_it_is_not_there_yet(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    client = client_of(PRACTICE_MANAGER)
    for _ in range(2):
        assert client.post(path_of("{practice}/help/")).status_code == 302
    job = Job.objects.get(kind="help")
    assert job.month == month
    assert (
        "The result is not there yet. It takes about 2 minutes."
        in client.get(path_of("{practice}/help/")).content.decode()
    )
    fragment = client.get(path_of("{practice}/help/") + f"{job.pk}/").content.decode()
    assert "<html" not in fragment
    assert 'hx-trigger="every 2s"' in fragment


def test_exactly_the_session_that_was_found_is_offered_with_one_press(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    job, client = _found(month, instance), client_of(PRACTICE_MANAGER)
    assert "The most useful session you could offer" in client.get(path_of("{practice}/help/")).content.decode()
    where = path_of("{practice}/help/") + f"{job.pk}/offer/"
    assert client.post(where).status_code == 302
    (added,) = set(now(month).sessions) - set(instance.sessions)
    assert (added.session_id, added.room_id) == ("found-1", "found-room")
    assert "This session is offered." in client.get(path_of("{practice}/help/")).content.decode()
    assert "cannot be offered any more" in client.post(where).content.decode()


def test_what_another_practice_asked_for_is_not_found(client_of: ClientOf, month: Month, instance: Instance) -> None:
    job = _found(month, instance)
    other = instance.practices[1].practice_id
    client = client_of(PRACTICE_MANAGER, other)
    where = f"/north/{month.month}/practice/{other}/help/{job.pk}/"
    assert client.get(where).status_code == 404
    assert client.post(f"{where}offer/").status_code == 404


def test_the_search_names_a_session_at_the_practices_site_and_no_referral(month: Month, instance: Instance) -> None:
    practice = instance.practices[0]
    asked = {"practice_id": practice.practice_id, "seconds": 6.0}
    job = Job.objects.create(month=month, kind="help", asked=asked, state=Job.RUNNING)
    done = KINDS["help"](job, Tell(job))
    found = Help.model_validate_json(done.result)
    assert done.says == found.says[0]
    assert not any(r.referral_id in done.result for r in instance.referrals)
    for edit in found.edits:
        if isinstance(edit, AddSession):
            room = instance.room.get(edit.room_id)
            assert room is None or room.site_id == practice.site_id
            assert edit.date - timedelta(days=1) >= instance.settings.as_of
