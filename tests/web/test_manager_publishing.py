"""Publishing and repairing on pages: a version, the data and the log together or nothing; what may be set aside."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from roster.answers_of_repair import RepairReport
from roster.domain import Session
from roster.edits import AddLeave, RemoveReferral, RemoveSession, SetPolicy
from roster.instance import Instance
from roster.store import audit, jobs
from roster.store.changing import Overtaken, change
from roster.store.consent import withdraw_consent
from roster.store.models import PRACTICE_MANAGER, REGIONAL_MANAGER, Change, Job, Month
from roster.store.months import instance_of
from roster.store.publishing import Offer, document_of, may_be_accepted, publish
from roster.store.rosters import asked_edits
from roster.web.demonstration import SYSTEM
from roster.web.making import repair_asked
from roster.web.terms import terms
from roster.web.work.kinds import KINDS
from roster.web.work.worker import Tell
from tests.web import rosters
from tests.web.conftest import ClientOf
from tests.web.moments import NOW

PathOf = Callable[[str], str]


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def _send(newest: int = 0, on: date = date(2027, 4, 22), **more: str) -> dict[str, str]:
    return {**_day("on", on), "newest": str(newest), **more}


def _published(month: Month) -> Instance:
    answer = publish(month, Offer(rosters.a_roster(), 0), SYSTEM, terms().rules, terms().preferences, NOW)
    assert answer.outcome == "published"
    return instance_of(month)


def _now(month: Month) -> Instance:
    month.refresh_from_db()
    return instance_of(month)


# -- publishing ---------------------------------------------------------------------------------------------------


def test_a_published_roster_is_a_version_and_what_everybody_sees(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job = rosters.made(month)
    answer = client_of(REGIONAL_MANAGER).post(path_of(f"{{month}}/rosters/made-{job.pk}/publish/"), _send())
    assert answer.headers["Location"] == path_of("{month}/")
    assert _now(month).published == rosters.a_roster()
    version = document_of(month.versions.get())
    assert (version.number, version.roster, version.approved_by) == (1, rosters.a_roster(), "regional-manager")


def test_a_practice_sees_who_comes_once_it_is_published(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    instance = _published(month)
    visit = next(v for v in rosters.a_roster().visits if _practice_at(instance, v.session_id))
    practice = _practice_at(instance, visit.session_id)
    seen = client_of(PRACTICE_MANAGER, subject=practice).get(path_of(f"{{month}}/practice/{practice}/"))
    assert visit.coach_id in seen.content.decode()


def _practice_at(instance: Instance, session_id: str) -> str:
    """A practice where the session is; empty where there is none."""
    site_id = instance.site_of(session_id)
    return next((p.practice_id for p in instance.practices if p.site_id == site_id), "")


def test_the_log_has_the_publication_and_nothing_about_anybody(month: Month) -> None:
    instance = _published(month)
    entry = Change.objects.order_by("-number")[0]
    assert entry.what == "publish a roster"
    assert entry.before == [{"version": 0}]
    assert entry.after[0]["version"] == 1
    written = json.dumps([entry.before, entry.after])
    assert [r for r in instance.people if r in written] == []
    assert list(audit.broken()) == []


def test_publishing_on_a_later_day_moves_the_data_to_that_day(month: Month) -> None:
    offer = Offer(rosters.a_roster(), 0, on=date(2027, 4, 24))
    publish(month, offer, SYSTEM, terms().rules, terms().preferences, NOW)
    assert _now(month).settings.as_of == date(2027, 4, 24)


def test_the_same_roster_twice_changes_nothing(month: Month) -> None:
    _published(month)
    before = month.version
    answer = publish(month, Offer(rosters.a_roster(), 1), SYSTEM, terms().rules, terms().preferences, NOW)
    assert answer.says == "This roster is version 1 already. Nothing was changed."
    assert (month.versions.count(), month.version) == (1, before)


def test_whoever_is_overtaken_is_told_and_what_they_typed_stays(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    job = rosters.made(month, rosters.a_compromise(instance))
    _published(month)
    where = path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client_of(REGIONAL_MANAGER).post(where, _send(newest=0, on=date(2027, 4, 28))).content.decode()
    assert "Somebody else has published a roster in the meantime: version 1." in text
    assert 'value="28"' in text
    assert 'name="newest" value="1"' in text
    assert month.versions.count() == 1


def test_publishing_from_what_is_not_the_newest_version_raises(month: Month) -> None:
    _published(month)
    with pytest.raises(Overtaken, match="somebody else changed this"):
        publish(month, Offer(rosters.a_roster(), 0), SYSTEM, terms().rules, terms().preferences, NOW)


def test_a_compromise_is_refused_first_and_published_only_all_the_same(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    roster = rosters.a_compromise(instance)
    job = rosters.made(month, roster)
    client, where = client_of(REGIONAL_MANAGER), path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client.post(where, _send()).content.decode()
    assert "Not published:" in text
    assert "Publish all the same" in text
    assert not month.versions.exists()
    assert client.post(where, _send(all_the_same="yes")).status_code == 302
    assert document_of(month.versions.get()).known_faults == tuple(b.says for b in roster.breaks)
    assert Change.objects.order_by("-number")[0].after[0]["accepted"] == len(roster.breaks)


def test_a_roster_with_a_session_that_is_gone_is_published_by_nobody(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, session = rosters.made(month), rosters.a_roster().visits[0].session_id
    change(month, [RemoveSession(session_id=session)], SYSTEM, "withdraw a room")
    client, where = client_of(REGIONAL_MANAGER), path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client.post(where, _send()).content.decode()
    assert "cannot be set aside" in text
    assert "Publish all the same" not in text
    client.post(where, _send(all_the_same="yes"))
    assert not month.versions.exists()


def test_somebody_who_withdrew_cannot_be_in_what_is_published(month: Month) -> None:
    gone = rosters.a_roster().appointments[0].referral_id
    change(month, [RemoveReferral(referral_id=gone)], SYSTEM, "withdraw a referral")
    offer = Offer(rosters.a_roster(), 0, all_the_same=True)
    assert publish(month, offer, SYSTEM, terms().rules, terms().preferences, NOW).outcome == "refused"
    assert _now(month).published is None


def test_what_has_happened_is_in_every_roster_that_is_published(month: Month) -> None:
    _, session = rosters.first_visit(_published(month))
    later = session.date + timedelta(days=1)
    empty = rosters.a_compromise(instance_of(month))
    offer = Offer(empty, 1, on=later, all_the_same=True)
    answer = publish(month, offer, SYSTEM, terms().rules, terms().preferences, NOW)
    assert answer.outcome == "refused"
    assert not may_be_accepted(answer)
    assert _now(month).settings.as_of < later


def test_what_was_told_stays_recorded_when_somebody_withdraws(month: Month, instance: Instance) -> None:
    _published(month)
    gone = rosters.a_roster().appointments[0].referral_id
    practice = instance.people[gone].practice_id
    assert withdraw_consent(month, practice, gone, SYSTEM)
    after = _now(month)
    offer = Offer(rosters.a_compromise(after), 1, all_the_same=True)
    assert publish(month, offer, SYSTEM, terms().rules, terms().preferences, NOW).number == 2


def test_a_day_before_the_last_publication_is_refused_beside_its_field(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    _published(month)
    job = rosters.made(month)
    where = path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client_of(REGIONAL_MANAGER).post(where, _send(newest=1, on=date(2027, 4, 1))).content.decode()
    assert "The day must be 22 April 2027 or later" in text
    assert 'href="#id_on_0"' in text


def test_what_was_told_without_a_version_becomes_one(month: Month, instance: Instance) -> None:
    month.data = instance.replaced(published=rosters.a_roster()).model_dump_json(by_alias=True)
    month.save()
    offer = Offer(rosters.a_compromise(instance_of(month)), 0, all_the_same=True)
    assert publish(month, offer, SYSTEM, terms().rules, terms().preferences, NOW).number == 2
    assert [document_of(v).roster.compromise for v in month.versions.order_by("number")] == [False, True]
    assert document_of(month.versions.get(number=1)).approved_by == "not-recorded"


# -- when something happens ---------------------------------------------------------------------------------------


def test_where_nothing_is_published_there_is_nothing_to_repair(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    client = client_of(REGIONAL_MANAGER)
    assert "nothing to repair" in client.get(path_of("{month}/happened/away/")).content.decode()
    assert client.get(path_of("{month}/happened/storm/")).status_code == 404
    assert not month.jobs.exists()


def _away(coach: str, first: date, last: date, as_of: date = date(2027, 4, 22)) -> dict[str, str]:
    days = {**_day("first_day", first), **_day("last_day", last), **_day("as_of", as_of)}
    return {"coach": coach, "seconds": "30", **days}


def test_an_illness_is_leave_and_no_reason_is_asked_for(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    coach, session = rosters.first_visit(_published(month))
    client, where = client_of(REGIONAL_MANAGER), path_of("{month}/happened/away/")
    assert "The reason is never held." in client.get(where).content.decode()
    client.post(where, _away(coach, session.date, session.date))
    expected = AddLeave(coach_id=coach, first_day=session.date, last_day=session.date)
    assert asked_edits(month.jobs.get()) == (expected,)
    assert instance_of(month).leave == _now(month).leave


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2027, 5, 9), date(2027, 5, 8), "The last day must be the same as or after the first day"),
        (date(2027, 4, 1), date(2027, 4, 3), "Some of the days must be from 1 May 2027 to 31 May 2027"),
    ],
)
def test_days_that_cannot_be_are_refused(
    first: date, last: date, says: str, client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    _published(month)
    text = client_of(REGIONAL_MANAGER).post(path_of("{month}/happened/away/"), _away("C01", first, last))
    assert says in text.content.decode()
    assert not month.jobs.exists()


def test_a_room_withdrawn_takes_its_sessions_of_those_days(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    _, session = rosters.first_visit(_published(month))
    where, client = path_of("{month}/happened/room/"), client_of(REGIONAL_MANAGER)
    asked = _away("", session.date, session.date) | {"room": session.room_id}
    client.post(where, asked)
    assert asked_edits(month.jobs.get()) == (RemoveSession(session_id=session.session_id),)
    none = _away("", date(2027, 5, 30), date(2027, 5, 31)) | {"room": session.room_id}
    assert "No session of this room is offered on these days" in client.post(where, none).content.decode()


def test_the_worker_repairs_the_published_roster(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    _, session = rosters.spare_visit(_published(month))
    change(month, [RemoveSession(session_id=session.session_id)], SYSTEM, "withdraw a room")
    client = client_of(REGIONAL_MANAGER)
    client.post(path_of("{month}/happened/changed/"), {"seconds": "30", **_day("as_of", date(2027, 4, 22))})
    month.jobs.update(asked={**month.jobs.get().asked, "seconds": 20, "workers": 1})
    job = jobs.claim(NOW)
    assert job is not None
    done = KINDS["repair"](job, Tell(job))
    jobs.end(job, Job.DONE, done.says, done.result)
    report = RepairReport.model_validate_json(done.result)
    assert report.roster is not None
    assert session.session_id not in {v.session_id for v in report.roster.visits}
    assert "Messages to people" in client.get(path_of(f"{{month}}/rosters/job/{job.pk}/")).content.decode()


def test_the_worker_makes_the_repair_with_the_number_of_changes_that_was_chosen(month: Month) -> None:
    coach, session = rosters.spare_visit(_published(month))
    leave = [AddLeave(coach_id=coach, first_day=session.date, last_day=session.date)]
    asked = repair_asked(leave, date(2027, 4, 22), 20, most=30) | {"workers": 1}
    jobs.ask(month, "repair", asked, None)
    job = jobs.claim(NOW)
    assert job is not None
    report = RepairReport.model_validate_json(KINDS["repair"](job, Tell(job)).result)
    assert report.says.startswith("This was made with at most 30 changes, and none was held against it.")
    assert report.roster is not None
    assert session.session_id not in {v.session_id for v in report.roster.visits if v.coach_id == coach}


def _repair(month: Month) -> tuple[Job, str, Session]:
    """A repair after the first coach is away on the day of their first visit."""
    before = _published(month)
    coach, session = rosters.spare_visit(before)
    edits = [AddLeave(coach_id=coach, first_day=session.date, last_day=session.date)]
    return rosters.repaired(month, before, edits), coach, session


def test_a_repair_shows_what_changes_buy_as_a_picture_and_a_table(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, coach, _ = _repair(month)
    text = client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/job/{job.pk}/")).content.decode()
    assert text.count("<circle") == 2
    assert "What changes buy, in minutes of coach time" in text
    assert "Proved: none is cheaper" in text
    assert f"Put coach {coach} on leave" in text


def test_another_number_of_changes_is_worked_out_as_a_repair_of_its_own(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, _, _ = _repair(month)
    client, where = client_of(REGIONAL_MANAGER), path_of(f"{{month}}/rosters/job/{job.pk}/choose/")
    client.post(where, {"changes": "2"})
    again = month.jobs.first()
    assert again is not None
    assert (again.kind, again.asked) == ("repair", {**job.asked, "most": 2, "of": job.pk})
    assert client.post(where, {"changes": "two"}).status_code == 404


def test_publishing_a_repair_makes_what_has_happened_part_of_the_data(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, coach, session = _repair(month)
    where = path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    client = client_of(REGIONAL_MANAGER)
    assert "What has happened becomes part of the data" in client.get(where).content.decode()
    assert client.post(where, _send(newest=1, all_the_same="yes")).status_code == 302
    after = _now(month)
    assert session.date in after.leave_days[coach]
    assert month.versions.count() == 2
    assert after.published is not None
    assert (coach, session.session_id) not in after.told_visits
    again = client.get(path_of(f"{{month}}/rosters/job/{job.pk}/")).content.decode()
    assert "This is what people are told now." in again
    assert "Publish this repair" not in again
    entry = Change.objects.order_by("-number")[0]
    assert [edit["op"] for edit in entry.after[1:]] == ["add_leave"]


def test_what_has_happened_and_cannot_be_done_any_more_is_said_and_nothing_is_changed(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    before = _published(month)
    _, session = rosters.spare_visit(before)
    job = rosters.repaired(month, before, [RemoveSession(session_id=session.session_id)])
    change(month, [RemoveSession(session_id=session.session_id)], SYSTEM, "withdraw a room")
    where = path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client_of(REGIONAL_MANAGER).post(where, _send(newest=1, all_the_same="yes")).content.decode()
    assert "The data are not as they were when this was made. Look for repairs once more." in text
    assert month.versions.count() == 1


def test_a_repair_made_before_the_data_changed_is_judged_by_the_data_as_they_are(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, _, _ = _repair(month)
    change(month, [SetPolicy(field="notice_days", value=40)], SYSTEM, "change the policy")
    where = path_of(f"{{month}}/rosters/made-{job.pk}/publish/")
    text = client_of(REGIONAL_MANAGER).post(where, _send(newest=1)).content.decode()
    assert "Not published:" in text
    assert "The roster was made from other data than it is published with." in text
