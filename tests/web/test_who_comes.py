"""Who comes when: what a practice and a coach see of a published roster, the door's sheet, and withdrawing a room."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from roster.files.versions import Version as Document
from roster.instance import Instance
from roster.store.changing import mark_of
from roster.store.models import COACH, PRACTICE_MANAGER, Feed, Membership, Month, Version
from roster.store.notices import mark_seen, open_notices
from roster.store.people import give_role, make_account
from roster.store.told import ToldVisit, visits_told
from roster.web.calendar_feed import calendar_of
from roster.web.consequences import loss_words
from roster.web.demonstration import SYSTEM
from roster.web.rates import Limiter
from roster.web.views import feeds
from roster.web.withdrawing import Withdrawal
from roster.wording import VOLUNTARY
from tests.web.conftest import ClientOf
from tests.web.told import now, published

PathOf = Callable[[str], str]


@pytest.fixture
def told(month: Month) -> Instance:
    """The data with a published roster."""
    return published(month)


def _visit(month: Month, instance: Instance) -> ToldVisit:
    """The first visit at the site of the first practice."""
    site = instance.practices[0].site_id
    return next(v for v in visits_told(month, instance) if v.place.site_id == site and v.appointments)


def test_a_practice_sees_ids_of_its_own_referrals_only(client_of: ClientOf, month: Month, told: Instance) -> None:
    for practice in told.practices:
        where = f"/north/{month.month}/practice/{practice.practice_id}/visits/"
        text = client_of(PRACTICE_MANAGER, practice.practice_id).get(where).content.decode()
        for referral in told.referrals:
            if referral.practice_id != practice.practice_id:
                assert referral.referral_id not in text
    own = {r.referral_id for r in told.referrals if r.practice_id == told.practices[0].practice_id}
    here = [a.referral_id for a in _visit(month, told).appointments if a.referral_id in own]
    where = f"/north/{month.month}/practice/{told.practices[0].practice_id}/visits/"
    text = client_of(PRACTICE_MANAGER).get(where).content.decode()
    assert all(i in text for i in here)


def test_the_sheet_on_the_door_has_times_and_nobodys_id(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    client, visit = client_of(PRACTICE_MANAGER), _visit(month, told)
    weeks = re.findall(
        r'href="([^"]*/visits/\d{4}-\d\d-\d\d/)"', client.get(path_of("{practice}/visits/")).content.decode()
    )
    sheets = [client.get(week).content.decode() for week in weeks]
    assert any(visit.place.room_id in sheet for sheet in sheets)
    for sheet in sheets:
        assert sheet.count(VOLUNTARY) == 2
        assert not any(r.referral_id in sheet for r in told.referrals)
    assert client.get(path_of("{practice}/visits/2027-05-04/")).status_code == 404
    assert client.get(path_of("{practice}/visits/never/")).status_code == 404


def test_withdrawing_a_booked_room_says_what_it_does_and_tells_the_region(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    visit, client = _visit(month, told), client_of(PRACTICE_MANAGER)
    withdrawal = Withdrawal.of(month, told, told.session[visit.session_id])
    assert withdrawal.loss.people == len(visit.appointments)
    where = path_of("{practice}/withdraw/") + f"{visit.session_id}/"
    assert f"coach {visit.coach_id} cannot be held" in client.get(where).content.decode()
    mark = mark_of(told, "sessions", visit.session_id)
    unseen = client.post(where, {"mark": mark})
    assert "What this does has changed" in unseen.content.decode()
    assert visit.session_id in now(month).session
    assert client.post(where, {"mark": mark, "does": withdrawal.mark}).status_code == 302
    (notice,) = open_notices(month.region)
    assert f"has withdrawn room {visit.place.room_id}" in notice.says
    assert not any(a.referral_id in notice.says for a in visit.appointments)
    mark_seen(notice)
    assert not open_notices(month.region)


def test_what_people_were_told_stays_until_another_roster_is_published(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    visit, client = _visit(month, told), client_of(PRACTICE_MANAGER)
    where = path_of("{practice}/withdraw/") + f"{visit.session_id}/"
    does = Withdrawal.of(month, told, told.session[visit.session_id]).mark
    client.post(where, {"mark": mark_of(told, "sessions", visit.session_id), "does": does})
    after = now(month)
    assert after.published == told.published
    (still,) = [v for v in visits_told(month, after) if v.session_id == visit.session_id]
    assert still.gone
    assert still.place == visit.place
    assert "no longer offered" in client.get(path_of("{practice}/visits/")).content.decode()
    again = client.post(where, {"mark": "", "does": ""}, follow=True)
    assert "That room is withdrawn already." in again.content.decode()


def test_a_coach_sees_their_own_visits_with_the_road(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    mine = [v for v in visits_told(month, told) if v.coach_id == told.coaches[0].coach_id]
    text = client_of(COACH).get(path_of("{coach}/")).content.decode()
    assert text.count('<li class="visit">') == len(mine) > 0
    assert "on the road from your base" in text
    assert not any(r.referral_id in text for r in told.referrals)


def test_leave_on_a_booked_day_is_confirmed_and_the_region_told(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    coach, client = told.coaches[0].coach_id, client_of(COACH)
    away = told.leave_days.get(coach, frozenset())
    visit = next(v for v in visits_told(month, told) if v.coach_id == coach and v.date not in away)
    parts = {"0": visit.date.day, "1": visit.date.month, "2": visit.date.year}
    sent = {f"{name}_{n}": str(part) for name in ("first_day", "last_day") for n, part in parts.items()}
    shown = client.post(path_of("{coach}/leave/"), sent).content.decode()
    assert "cannot be held as people were told" in shown
    assert now(month) == told
    does = re.findall(r'name="does" value="(\w+)"', shown)[0]
    assert client.post(path_of("{coach}/leave/"), {**sent, "does": does}).status_code == 302
    assert visit.date in now(month).leave_days[coach]
    assert now(month).published == told.published
    (notice,) = open_notices(month.region)
    assert notice.says.startswith(f"Coach {coach} is away on")
    ended = client.post(path_of("{coach}/leave/end/"), {"first_day": visit.date.isoformat()})
    assert ended.status_code == 302
    assert visit.date not in now(month).leave_days.get(coach, frozenset())


def test_leave_outside_the_month_is_refused_beside_its_field(client_of: ClientOf, path_of: PathOf) -> None:
    sent = {f"{name}_{n}": part for name in ("first_day", "last_day") for n, part in enumerate(("9", "3", "2031"))}
    text = client_of(COACH).post(path_of("{coach}/leave/"), sent).content.decode()
    assert "The first day must be from 1 May 2027 to 31 May 2027" in text
    assert 'href="#id_first_day_0"' in text


def test_a_room_that_nobody_holds_touches_nobody(month: Month, told: Instance) -> None:
    held = {v.session_id for v in visits_told(month, told)}
    free = next(s for s in told.sessions if s.session_id not in held)
    assert tuple(loss_words(Withdrawal.of(month, told, free).loss)) == ()


# -- feeds ----------------------------------------------------------------------------------------------------


def _address(text: str) -> str:
    found: list[str] = re.findall(r"http://testserver(/feeds/[\w-]+\.ics)", text)
    return found[0]


@dataclass(frozen=True)
class _Event:
    """What is looked at in an event."""

    sequence: int
    status: str
    stamp: datetime


def _events(membership: Membership) -> dict[str, _Event]:
    """The events of a calendar by their UID."""
    found = Calendar.from_ical(calendar_of(membership)).walk("VEVENT")
    return {str(e["UID"]): _Event(int(str(e["SEQUENCE"])), str(e["STATUS"]), e.decoded("dtstamp")) for e in found}


def test_a_calendar_feed_needs_no_log_in_and_ends_when_it_is_ended(
    client_of: ClientOf, path_of: PathOf, month: Month, told: Instance
) -> None:
    client, stranger = client_of(PRACTICE_MANAGER), Client()
    address = _address(client.post(path_of("{practice}/calendar/"), {"do": "make"}).content.decode())
    assert address not in client.get(path_of("{practice}/calendar/")).content.decode()
    answer = stranger.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    here = [v for v in visits_told(month, told) if v.place.site_id == told.practices[0].site_id]
    assert len(events) == len(here) > 0
    assert not any(r.referral_id in answer.content.decode() for r in told.referrals)
    assert stranger.get(address).content == answer.content
    another = _address(client.post(path_of("{practice}/calendar/"), {"do": "make"}).content.decode())
    assert stranger.get(address).status_code == 404
    client.post(path_of("{practice}/calendar/"), {"do": "end"})
    assert stranger.get(another).status_code == 404


def test_a_feed_ends_with_the_role(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    published(month)
    client = client_of(COACH)
    address = _address(client.post(path_of("{coach}/calendar/"), {"do": "make"}).content.decode())
    assert client.get(address).content.count(b"BEGIN:VEVENT") > 0
    assert Feed.objects.get().secret_sha256 not in address
    Membership.objects.filter(role=COACH).delete()
    assert client.get(address).status_code == 404


def test_a_feed_is_refused_when_it_is_asked_for_too_often(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_ASKED", Limiter(2))
    client = client_of(COACH)
    codes = [client.get("/feeds/no-such-secret.ics").status_code for _ in range(3)]
    assert codes == [404, 404, 429]


def test_another_version_moves_and_cancels_events(month: Month, told: Instance) -> None:
    user, _ = make_account("somebody", SYSTEM)
    practice = told.practices[0]
    membership: Membership = give_role(user, PRACTICE_MANAGER, month.region, practice.practice_id, SYSTEM)
    before = _events(membership)
    here = [v for v in visits_told(month, told) if v.place.site_id == practice.site_id]
    gone, moved = here[0].session_id, here[1].session_id if len(here) > 1 else ""
    first = Document.model_validate_json(month.versions.get().document)
    visits = [
        v.model_copy(update={"end": v.end - 5}) if v.session_id == moved else v
        for v in first.roster.visits
        if v.session_id != gone
    ]
    roster = first.roster.model_copy(update={"visits": tuple(visits)})
    later = first.published_at + timedelta(days=1)
    second = first.model_copy(update={"number": 2, "published_at": later, "roster": roster})
    Version.objects.create(month=month, number=2, document=second.to_json())
    after = _events(membership)
    assert after.keys() == before.keys()
    assert [e.status for e in after.values()].count("CANCELLED") == 1
    changed = {uid for uid in after if after[uid].sequence != before[uid].sequence}
    assert len(changed) == (2 if moved else 1)
    for uid, event in after.items():
        assert (event.stamp > before[uid].stamp) == (uid in changed)
