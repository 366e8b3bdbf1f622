"""Explanations and questions: asked on a page, worked on by the worker, answered in words, and done with one press."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from roster.edits import RemoveSession, Set
from roster.report import Report
from roster.store.changing import change, keep
from roster.store.consent import withdraw_consent
from roster.store.models import REGIONAL_MANAGER, Change, Job, Month
from roster.store.months import instance_of
from roster.web.demonstration import SYSTEM
from roster.web.work import worker
from roster.web.work.kinds import KINDS
from tests.plain_words import complaints
from tests.web.conftest import ClientOf
from tests.web.rosters import a_roster, made

PathOf = Callable[[str], str]
LIBRARY = "withyhythe-library"


@pytest.fixture
def manager(client_of: ClientOf) -> Client:
    """A regional manager who is logged in."""
    return client_of(REGIONAL_MANAGER)


@pytest.fixture
def roster(month: Month) -> str:
    """The key of a roster of the month."""
    return f"made-{made(month).pk}"


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is in the process, and the transaction, of the test: it does not give its connection back."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def asked(client: Client, where: str, sent: dict[str, str]) -> str:
    """Ask, let the worker answer; the address of the answer."""
    answer = client.post(where, sent)
    assert answer.status_code == 302, answer.content.decode()
    worker.work(KINDS, once=True)
    return str(answer.headers["Location"])


def seen(client: Client, where: str) -> str:
    """The text of a page."""
    return client.get(where).content.decode()


@pytest.fixture
def impossible(month: Month) -> Month:
    """The month, in which a site is promised more than can be held there."""
    change(month, [Set(table="sites", id=LIBRARY, field="min_sessions", value=4)], SYSTEM, "another's change")
    return month


@pytest.fixture
def explained(manager: Client, path_of: PathOf, impossible: Month) -> str:
    """The address of an explanation of that month; the search is short."""
    del impossible
    day = {"as_of_0": "22", "as_of_1": "4", "as_of_2": "2027"}
    return asked(manager, path_of("{month}/explain/"), {"seconds": "30", **day})


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a page, without those that hold more than words."""
    return [found.strip() for found in re.findall(r"<p class=\"govuk-body[^\"]*\">([^<]+)</p>", text)]


# -- explanations ---------------------------------------------------------------------------------------------


def test_an_explanation_says_what_stands_in_the_way_and_a_repair_is_made_with_one_press(
    manager: Client, explained: str, month: Month
) -> None:
    text = seen(manager, explained)
    assert "There is no roster that keeps every rule" in text
    assert "Withyhythe Library" in text
    first = Report.model_validate_json(Job.objects.get(kind="explain").result).repairs[0]
    look = seen(manager, f"{explained}change/1/")
    assert [found for p in paragraphs(text) + paragraphs(look) for found in complaints(p)] == []
    assert "What it changes" in look
    assert "Who must act: " in look
    month.refresh_from_db()
    before = instance_of(month)
    assert manager.post(f"{explained}change/1/").status_code == 302
    month.refresh_from_db()
    assert instance_of(month) != before
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.what, len(entry.after)) == ("apply a repair", len(first.edits))

    stale = seen(manager, explained)
    assert "The data of the month were changed after this was worked out." in stale
    again = manager.post(f"{explained}change/1/")
    assert again.status_code == 409
    assert "nobody knows what it would do now" in again.content.decode()
    assert manager.get(f"{explained}change/99/").status_code == 404


def test_an_explanation_of_a_month_that_has_a_roster_says_so(manager: Client, path_of: PathOf, month: Month) -> None:
    del month
    day = {"as_of_0": "22", "as_of_1": "4", "as_of_2": "2027"}
    text = seen(manager, asked(manager, path_of("{month}/explain/"), {"seconds": "30", **day}))
    assert "There is a roster that keeps every rule. Nothing has to change." in text


def test_a_day_that_is_none_is_said_beside_its_field(manager: Client, path_of: PathOf) -> None:
    sent = {"seconds": "30", "as_of_0": "31", "as_of_1": "2", "as_of_2": "2027"}
    text = manager.post(path_of("{month}/explain/"), sent).content.decode()
    assert "The day must be a real date, for example 9 3 2027" in text
    assert 'href="#id_as_of_0"' in text
    assert not Job.objects.exists()


# -- why and why not ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "says"),
    [("why/", "The total of "), ("why/person/R9902/", "R9902")],
)
def test_why_is_answered_in_words(manager: Client, path_of: PathOf, roster: str, path: str, says: str) -> None:
    where = asked(manager, path_of("{month}/") + path, {"seconds": "30", "roster": roster})
    job = Job.objects.get(kind="why")
    assert job.state == Job.DONE, job.says
    assert says in seen(manager, where)


def test_why_a_visit_is_a_question_about_the_coach_on_that_day(manager: Client, path_of: PathOf, roster: str) -> None:
    manager.post(path_of("{month}/why/visit/C01/in/S003/"), {"seconds": "30", "roster": roster})
    assert Job.objects.get(kind="why").asked["options"] == {"coach_id": "C01", "day": "2027-05-05"}


def test_a_visit_whose_session_was_taken_out_since_can_still_be_asked_about(
    manager: Client, path_of: PathOf, month: Month
) -> None:
    keep(month, instance_of(month).replaced(published=a_roster()))
    visit = a_roster().visits[0]
    change(month, [RemoveSession(session_id=visit.session_id)], SYSTEM, "another's change")
    where = path_of(f"{{month}}/why/visit/{visit.coach_id}/in/{visit.session_id}/")
    assert f"hold session {visit.session_id} at " in seen(manager, where)


def test_why_not_is_answered_in_four_lines(manager: Client, path_of: PathOf, roster: str) -> None:
    where = asked(
        manager, path_of("{month}/why-not/"), {"seconds": "30", "roster": roster, "coach": "C02", "site": LIBRARY}
    )
    text = seen(manager, where)
    assert "Why not: coach C02 makes a visit to Withyhythe Library" in text
    for name in ("Can it be", "What it costs", "What it gains", "What would make it right"):
        assert name in text


def test_the_address_fills_in_the_wish(manager: Client, path_of: PathOf, roster: str) -> None:
    text = seen(manager, path_of("{month}/why-not/") + f"?coach=C02&session=S005&date=2027-05-11&roster={roster}")
    assert 'value="C02" checked' in text
    assert '<option value="S005" selected>' in text
    assert f'value="{roster}" checked' in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Nothing is asked for. Name a coach"),
        ({"referral": "R0"}, "There is no such referral. Use an id of"),
        ({"session": "S005", "site": "hurdle-lane-health-centre"}, "Session S005 is at Withyhythe Library"),
        ({"referral": "943 476 5919"}, "This holds an NHS number, which is never held"),
    ],
)
def test_a_wish_that_makes_no_sense_is_said_beside_its_field(
    manager: Client, path_of: PathOf, roster: str, sent: dict[str, str], says: str
) -> None:
    text = manager.post(path_of("{month}/why-not/"), {"seconds": "30", "roster": roster, **sent}).content.decode()
    assert says in text
    assert "943" not in text
    assert not Job.objects.filter(kind="why-not").exists()


def test_without_a_roster_there_is_nothing_to_ask(manager: Client, path_of: PathOf) -> None:
    assert "There is no roster of this month yet" in seen(manager, path_of("{month}/why/"))


def test_a_roster_is_asked_about_with_the_data_as_they_are_now(
    manager: Client, path_of: PathOf, roster: str, month: Month
) -> None:
    change(month, [Set(table="coaches", id="C02", field="max_sessions_month", value=9)], SYSTEM, "another's change")
    asked(manager, path_of("{month}/why/coach/C02/"), {"seconds": "30", "roster": roster})
    assert Job.objects.get(kind="why").state == Job.DONE


def test_a_roster_that_does_not_fit_the_data_any_more_is_not_asked_about(
    manager: Client, path_of: PathOf, roster: str, month: Month
) -> None:
    change(month, [Set(table="coaches", id="C01", field="max_sessions_month", value=0)], SYSTEM, "another's change")
    text = seen(manager, asked(manager, path_of("{month}/why/"), {"seconds": "30", "roster": roster}))
    assert "There is no answer. The roster does not fit the data as they are now" in text


# -- while it is worked on ------------------------------------------------------------------------------------


def test_a_question_shows_how_far_it_is_and_can_be_stopped(
    manager: Client, path_of: PathOf, roster: str, month: Month
) -> None:
    del month
    where = manager.post(path_of("{month}/why/"), {"seconds": "30", "roster": roster}).headers["Location"]
    assert "Waiting for its turn." in seen(manager, where)
    part = manager.get(f"{where}now/").content.decode()
    assert "<html" not in part
    assert "hx-get" in part
    Job.objects.filter(kind="why").update(progress={"seconds": 3, "left": 27})
    assert "27 seconds" in seen(manager, f"{where}now/")
    assert manager.post(f"{where}stop/").status_code == 302
    assert Job.objects.get(kind="why").state == Job.STOPPED
    assert manager.get(f"{where}now/").headers["HX-Refresh"] == "true"
    assert "There is no answer. Stopped before it was begun." in seen(manager, where)


def test_a_solve_is_not_an_answer(manager: Client, path_of: PathOf, roster: str) -> None:
    assert manager.get(path_of("{month}/answers/") + roster.removeprefix("made-") + "/").status_code == 404


def test_an_answer_about_somebody_who_withdrew_names_them_no_more(
    manager: Client, path_of: PathOf, roster: str, month: Month
) -> None:
    where = asked(manager, path_of("{month}/why/"), {"seconds": "30", "roster": roster})
    withdraw_consent(month, "P002", "R9902", SYSTEM)
    answer = manager.get(where)
    assert answer.status_code == 200
    assert "R9902" not in answer.content.decode()


def test_an_explanation_about_somebody_who_withdrew_names_them_no_more(
    manager: Client, path_of: PathOf, month: Month
) -> None:
    nobody = [Set(table="coaches", id=coach, field="max_sessions_month", value=1) for coach in ("C01", "C02")]
    change(month, nobody, SYSTEM, "another's change")
    day = {"as_of_0": "22", "as_of_1": "4", "as_of_2": "2027"}
    where = asked(manager, path_of("{month}/explain/"), {"seconds": "30", **day})
    job = Job.objects.get(kind="explain")
    report = Report.model_validate_json(job.result)
    people = [person for bottleneck in report.bottlenecks for person in bottleneck.people]
    people += [fact.removeprefix("see_by:") for conflict in report.conflicts for fact in conflict.facts]
    named = [r for r in instance_of(month).referrals if r.referral_id in people]
    assert named
    assert named[0].referral_id in seen(manager, where)
    withdraw_consent(month, named[0].practice_id, named[0].referral_id, SYSTEM)
    answer = manager.get(where)
    assert answer.status_code == 200
    assert named[0].referral_id not in answer.content.decode()
