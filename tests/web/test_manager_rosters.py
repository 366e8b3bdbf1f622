"""What a regional manager does with rosters: ask for one, watch it, stop it, read it, compare two."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from roster.edits import RemoveReferral, RemoveSession, SetPolicy
from roster.instance import Instance
from roster.solve import Progress
from roster.store import jobs
from roster.store.changing import change
from roster.store.models import COACH, PLANNER, PRACTICE_MANAGER, REGIONAL_MANAGER, Job, Month
from roster.store.months import data_of, instance_of
from roster.store.notices import ROOM_WITHDRAWN, open_notices, tell
from roster.store.publishing import Offer, publish
from roster.web.demonstration import SYSTEM
from roster.web.map_of import map_of
from roster.web.month_state import hit_visits
from roster.web.pages.manager import PAGES
from roster.web.terms import terms
from roster.web.work import solving
from roster.web.work.worker import Tell
from tests.web import rosters
from tests.web.conftest import ClientOf
from tests.web.moments import NOW

PathOf = Callable[[str], str]


def _asked(**more: str) -> dict[str, str]:
    return {"as_of_0": "22", "as_of_1": "4", "as_of_2": "2027", "seconds": "30", "gap": "0", **more}


def _published(month: Month) -> Instance:
    publish(month, Offer(rosters.a_roster(), 0), SYSTEM, terms().rules, terms().preferences, NOW)
    return instance_of(month)


# -- the month's first page ---------------------------------------------------------------------------------------


def test_a_month_without_a_roster_asks_for_one(client_of: ClientOf, path_of: PathOf, instance: Instance) -> None:
    text = client_of(REGIONAL_MANAGER).get(path_of("{month}/")).content.decode()
    assert "No roster is published yet." in text
    assert f"{len(instance.sessions)} sessions offered" in text


def test_a_month_with_a_published_roster_that_still_holds_asks_for_nothing(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    _published(month)
    text = client_of(REGIONAL_MANAGER).get(path_of("{month}/")).content.decode()
    assert "The roster is published, and nothing stands in its way." in text
    assert "Version 1" in text


def test_a_published_visit_whose_session_is_gone_asks_for_a_repair(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    _, session = rosters.first_visit(_published(month))
    after = change(month, [RemoveSession(session_id=session.session_id)], SYSTEM, "withdraw a room")
    assert hit_visits(after) == 1
    text = client_of(REGIONAL_MANAGER).get(path_of("{month}/")).content.decode()
    assert "1 published visit cannot take place any more." in text


def test_a_roster_that_is_ready_is_offered_to_be_read(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    job = rosters.made(month)
    text = client_of(REGIONAL_MANAGER).get(path_of("{month}/")).content.decode()
    assert "A roster is ready." in text
    assert path_of(f"{{month}}/rosters/job/{job.pk}/") in text


def test_a_notice_stands_there_until_it_is_seen(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    notice = tell(month, ROOM_WITHDRAWN, "Room 1 is withdrawn on 4 May 2027.")
    client = client_of(REGIONAL_MANAGER)
    assert "Room 1 is withdrawn on 4 May 2027." in client.get(path_of("{month}/")).content.decode()
    assert client.post(path_of(f"{{month}}/notices/{notice.pk}/seen/")).status_code == 302
    assert open_notices(month.region) == []
    assert client.post(path_of(f"{{month}}/notices/{notice.pk + 1}/seen/")).status_code == 404


# -- making -------------------------------------------------------------------------------------------------------


def test_what_is_asked_for_waits_and_can_be_stopped(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    client = client_of(REGIONAL_MANAGER)
    answer = client.post(path_of("{month}/rosters/make/"), _asked())
    job = month.jobs.get()
    assert (job.kind, job.asked) == ("solve", {"seconds": 30, "gap": 0.0, "as_of": "2027-04-22"})
    assert answer.headers["Location"] == path_of(f"{{month}}/rosters/job/{job.pk}/")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Waiting for its turn." in page
    assert "Stop and keep the best" in page
    client.post(path_of(f"{{month}}/rosters/job/{job.pk}/stop/"))
    assert "Stopped before it was begun." in client.get(answer.headers["Location"]).content.decode()


def test_a_form_that_is_not_complete_is_shown_again_with_links_to_its_fields(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    text = client_of(REGIONAL_MANAGER).post(path_of("{month}/rosters/make/"), {}).content.decode()
    assert 'href="#id_as_of_0"' in text
    assert "Choose how long it may take" in text
    assert "Choose how good is good enough" in text
    assert not month.jobs.exists()


def test_a_day_after_the_month_is_refused(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    text = client_of(REGIONAL_MANAGER).post(path_of("{month}/rosters/make/"), _asked(as_of_1="6")).content.decode()
    assert "The day must be 31 May 2027 or earlier, when the month ends" in text
    assert not month.jobs.exists()


def test_the_page_of_a_running_job_says_how_far_it_is_and_loads_anew_at_the_end(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job = jobs.ask(month, "solve", {"seconds": 30, "gap": 0.0}, None)
    told = solving.as_shown(Progress(4.0, 26.4, 7303, 7000, ""))
    Job.objects.filter(pk=job.pk).update(state=Job.RUNNING, progress=told)
    client = client_of(REGIONAL_MANAGER)
    where = path_of(f"{{month}}/rosters/job/{job.pk}/now/")
    text = client.get(where).content.decode()
    assert "a total of 7,303" in text
    assert "at most 4.2%" in text
    assert "26 seconds" in text
    Job.objects.filter(pk=job.pk).update(state=Job.DONE)
    assert client.get(where).headers["HX-Refresh"] == "true"


def test_stopping_keeps_the_best_roster_so_far(month: Month) -> None:
    class StopAtFirst(Tell):
        """Stops as soon as there is a roster."""

        def __call__(self, progress: dict[str, Any]) -> None:
            if progress["best"] is not None:
                raise KeyboardInterrupt

    job = jobs.ask(month, "solve", {"seconds": 30, "workers": 1}, None)
    done = solving.made(job, StopAtFirst(job))
    assert done.stopped
    assert json.loads(done.result)["visits"]


def test_a_job_without_a_roster_says_why_and_offers_another_try(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job = jobs.ask(month, "solve", {}, None)
    Job.objects.filter(pk=job.pk).update(state=Job.FAILED, says="Time ran out before a roster was found or ruled out.")
    text = client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/job/{job.pk}/")).content.decode()
    assert "No roster was made" in text
    assert "Time ran out before a roster was found or ruled out." in text


def test_a_compromise_is_marked_on_every_page_of_it(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    job = rosters.made(month, rosters.a_compromise(instance))
    client = client_of(REGIONAL_MANAGER)
    key = path_of(f"{{month}}/rosters/made-{job.pk}/")
    pages = [path_of(f"{{month}}/rosters/job/{job.pk}/"), key, f"{key}publish/", f"{key}coach/", f"{key}map/"]
    assert [where for where in pages if "ompromise" not in client.get(where).content.decode()] == []


def test_a_compromise_is_called_one_in_every_list(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    job = rosters.made(month, rosters.a_compromise(instance))
    _published(month)
    client = client_of(REGIONAL_MANAGER)
    for where in ("rosters/", "rosters/compare/"):
        assert f"Roster {job.pk} (a compromise)" in client.get(path_of(f"{{month}}/{where}")).content.decode()


def test_a_roster_made_before_the_data_changed_says_so(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    job = rosters.made(month)
    client, where = client_of(REGIONAL_MANAGER), path_of(f"{{month}}/rosters/job/{job.pk}/")
    assert "The data were changed after this was made." not in client.get(where).content.decode()
    change(month, [SetPolicy(field="notice_days", value=6)], SYSTEM, "change the policy")
    assert "The data were changed after this was made." in client.get(where).content.decode()


# -- reading ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["coach", "site", "day", "month", "map"])
def test_a_roster_is_read_in_five_ways(
    how: str, client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    job = rosters.made(month)
    text = client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/made-{job.pk}/{how}/")).content.decode()
    sites = {instance.site[instance.site_of(v.session_id)].name for v in rosters.a_roster().visits}
    assert [name for name in sites if name not in text] == []


def test_a_roster_says_how_good_it_is_what_it_costs_and_who_is_not_seen(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, roster = rosters.made(month), rosters.a_roster()
    text = client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/made-{job.pk}/")).content.decode()
    assert "It is not known how much better another roster could be." in text
    assert f"Its total is {roster.objective:,} minutes of coach time." in text
    assert [u.referral_id for u in roster.unseen if u.referral_id not in text] == []


def test_somebody_who_withdrew_is_in_no_roster_any_more(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    job = rosters.made(month)
    gone = rosters.a_roster().appointments[0].referral_id
    change(month, [RemoveReferral(referral_id=gone)], SYSTEM, "withdraw a referral")
    client = client_of(REGIONAL_MANAGER)
    pages = [path_of(f"{{month}}/rosters/made-{job.pk}/{how}") for how in ("", "coach/", "day/")]
    assert [where for where in pages if gone in client.get(where).content.decode()] == []


def test_a_roster_from_before_versions_were_kept_is_read_and_can_become_one(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    month.data = data_of(instance.replaced(published=rosters.a_roster()))
    month.save()
    client = client_of(REGIONAL_MANAGER)
    assert path_of("{month}/rosters/told/") in client.get(path_of("{month}/")).content.decode()
    assert "The published roster" in client.get(path_of("{month}/rosters/told/")).content.decode()
    days = {"on_0": "22", "on_1": "4", "on_2": "2027", "newest": "0"}
    assert client.post(path_of("{month}/rosters/told/publish/"), days).status_code == 302
    assert [version.number for version in month.versions.all()] == [1]


def test_a_version_reads_as_it_was_told_after_its_sessions_are_withdrawn(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    _, session = rosters.first_visit(_published(month))
    change(month, [RemoveSession(session_id=session.session_id)], SYSTEM, "withdraw a room")
    text = client_of(REGIONAL_MANAGER).get(path_of("{month}/rosters/version-1/day/")).content.decode()
    assert f"{session.date:%A} {session.date.day} {session.date:%B %Y}" in text


def test_a_visit_that_the_data_do_not_name_any_more_is_counted_and_left_out(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    job, session = rosters.made(month), rosters.a_roster().visits[0].session_id
    pinned = [RemoveSession(session_id=session)]
    change(month, pinned, SYSTEM, "withdraw a room")
    text = client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/made-{job.pk}/")).content.decode()
    assert "1 visit is not shown here" in text


@pytest.mark.parametrize("key", ["made-999", "version-7", "told", "nonsense", "made-1/upside-down"])
def test_what_there_is_no_roster_of_is_not_found(key: str, client_of: ClientOf, path_of: PathOf) -> None:
    assert client_of(REGIONAL_MANAGER).get(path_of(f"{{month}}/rosters/{key}/")).status_code == 404


def test_the_map_has_every_site_where_it_is_and_tells_those_that_are_used(instance: Instance) -> None:
    drawing = map_of(instance, rosters.a_roster())
    used = {instance.site_of(v.session_id) for v in rosters.a_roster().visits}
    assert {dot.site_id for dot in drawing.used} == used
    assert {dot.site_id for dot in drawing.sites} == set(instance.site)
    north = max(instance.sites, key=lambda site: site.lat).site_id
    east = max(instance.sites, key=lambda site: site.lon).site_id
    assert min(drawing.sites, key=lambda dot: dot.y).site_id == north
    assert max(drawing.sites, key=lambda dot: dot.x).site_id == east
    assert all(0 <= dot.x <= drawing.width and 0 <= dot.y <= drawing.height for dot in drawing.sites)


# -- comparing ----------------------------------------------------------------------------------------------------


def test_two_rosters_beside_one_another_say_for_whom_something_changes(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    _published(month)
    job = rosters.made(month, rosters.a_compromise(instance))
    where = path_of(f"{{month}}/rosters/compare/?was=version-1&now=made-{job.pk}")
    text = client_of(REGIONAL_MANAGER).get(where).content.decode()
    assert f"{len(rosters.a_roster().appointments)} people lose their appointment." in text
    assert "Messages to people" in text
    assert "This is voluntary." in text


def test_where_there_is_only_one_roster_there_is_nothing_to_compare(
    client_of: ClientOf, path_of: PathOf, month: Month
) -> None:
    client = client_of(REGIONAL_MANAGER)
    assert "There are not two rosters" in client.get(path_of("{month}/rosters/compare/")).content.decode()
    _published(month)
    assert "There are not two rosters" in client.get(path_of("{month}/rosters/compare/")).content.decode()
    rosters.made(month)
    assert client.get(path_of("{month}/rosters/compare/?was=made-999")).status_code == 404


# -- who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [PLANNER, PRACTICE_MANAGER, COACH])
def test_nobody_else_finds_any_of_these_pages(role: str, client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    job = rosters.made(month)
    parts = {
        "<slug:region>/<str:month>/": path_of("{month}/"),
        "<int:number>": str(job.pk),
        "<slug:key>": f"made-{job.pk}",
        "<slug:how>": "coach",
        "<slug:what>": "away",
    }
    client, found = client_of(role), []
    for page in PAGES:
        where = page.where
        for part, filled in parts.items():
            where = where.replace(part, filled)
        found += [where for method in page.methods if client.generic(method, where).status_code != 404]
    assert found == []
