"""A practice's referrals: added, listed, and withdrawn so that the id is nowhere in the database any more."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from roster.instance import Instance
from roster.store import jobs
from roster.store.audit import broken
from roster.store.consent import withdraw_consent
from roster.store.models import PRACTICE_MANAGER, Change, Job, Month
from roster.store.publishing import document_of
from roster.web.demonstration import SYSTEM
from tests.web.conftest import ClientOf
from tests.web.told import now, published

PathOf = Callable[[str], str]


def _sent(**more: str) -> dict[str, str]:
    day = {"referred_on_0": "1", "referred_on_1": "4", "referred_on_2": "2027"}
    return {"referral_id": "N1001", "band": "B", "minutes": "40", "consent": "yes", "count": "1", **day, **more}


def test_an_added_referral_is_in_the_data_and_in_the_list(client_of: ClientOf, path_of: PathOf, month: Month) -> None:
    client = client_of(PRACTICE_MANAGER)
    answer = client.post(path_of("{practice}/referrals/add/"), _sent(away="9 5 2027, 10 5 2027"), follow=True)
    text = answer.content.decode()
    assert "The referral is added." in text
    assert "N1001" in text
    added = now(month).people["N1001"]
    assert (added.band, added.minutes, len(added.away)) == ("B", 40, 2)
    entry = Change.objects.first()
    assert entry is not None
    assert "N1001" not in json.dumps([entry.before, entry.after])


@pytest.mark.parametrize("value", ["943 476 5919", "someone@example.org"])
def test_what_identifies_a_person_is_refused_beside_its_field_and_not_repeated(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance, value: str
) -> None:
    for field in ("referral_id", "away"):
        answer = client_of(PRACTICE_MANAGER).post(path_of("{practice}/referrals/add/"), _sent(**{field: value}))
        text = answer.content.decode()
        assert "which is never held" in text
        assert f'href="#id_{field}"' in text
        assert value not in text
    assert now(month) == instance


def test_an_id_that_is_in_use_or_is_like_a_name_is_refused(
    client_of: ClientOf, path_of: PathOf, instance: Instance
) -> None:
    client, where = client_of(PRACTICE_MANAGER), path_of("{practice}/referrals/add/")
    taken = instance.referrals[0].referral_id
    assert "That id is in use already" in client.post(where, _sent(referral_id=taken)).content.decode()
    assert "at least one digit" in client.post(where, _sent(referral_id="Nobody")).content.decode()


def test_a_withdrawn_referral_is_asked_about_and_then_gone(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    client, own = client_of(PRACTICE_MANAGER), instance.practices[0].practice_id
    referral_id = next(r.referral_id for r in instance.referrals if r.practice_id == own)
    where = path_of("{practice}/referrals/withdraw/")
    assert "This cannot be undone" in client.post(where, {"referral_id": referral_id}).content.decode()
    assert referral_id in now(month).people
    answer = client.post(where, {"referral_id": referral_id, "confirmed": "yes"}, follow=True)
    assert "It is gone from everything" in answer.content.decode()
    assert referral_id not in answer.content.decode()
    again = client.post(where, {"referral_id": referral_id, "confirmed": "yes"}, follow=True)
    assert "not held here any more" in again.content.decode()


def test_another_practices_referral_cannot_be_withdrawn(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    other = next(r for r in instance.referrals if r.practice_id != instance.practices[0].practice_id)
    sent = {"referral_id": other.referral_id, "confirmed": "yes"}
    client_of(PRACTICE_MANAGER).post(path_of("{practice}/referrals/withdraw/"), sent)
    assert now(month) == instance
    assert not withdraw_consent(month, instance.practices[0].practice_id, other.referral_id, SYSTEM)


def _everything() -> str:
    """Every value of every table."""
    with connection.cursor() as cursor:
        found = []
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: SLF001 - Django's own name for it
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def _held_everywhere(month: Month) -> tuple[Instance, str]:
    """A published month, and the id of somebody who is named in versions and in what was asked and worked out."""
    told = published(month)
    assert told.published is not None
    referral_id = told.published.appointments[0].referral_id
    result = json.dumps(
        {"schema": "report/1", "conflicts": [{"facts": [f"see_by:{referral_id}"], "says": referral_id}]}
    )
    edits = [{"op": "set", "table": "referrals", "id": referral_id, "field": "see_by", "value": None}]
    for state in (Job.DONE, Job.RUNNING):
        Job.objects.create(
            month=month,
            kind="solve",
            asked={"edits": edits},
            state=state,
            progress={"says": referral_id},
            result=result,
        )
    return told, referral_id


def test_after_consent_is_withdrawn_no_table_holds_the_id(month: Month) -> None:
    told, referral_id = _held_everywhere(month)
    running = Job.objects.get(state=Job.RUNNING)
    assert referral_id in _everything()
    referral = told.people[referral_id]
    assert withdraw_consent(month, referral.practice_id, referral_id, SYSTEM)
    assert referral_id not in _everything()
    assert document_of(month.versions.get()).withdrawn == referral.count
    assert list(broken()) == []
    jobs.end(running, Job.DONE, referral_id, referral_id)
    assert referral_id not in _everything()
    assert Job.objects.get(pk=running.pk).state == Job.WAITING


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks at the bytes of a database that is a file")
def test_the_bytes_of_the_file_do_not_hold_it_either(tmp_path: Path) -> None:
    """What the settings ask of SQLite overwrites what is removed; the file beside it is emptied."""
    from django.conf import settings

    file = tmp_path / "roster.sqlite3"
    database = sqlite3.connect(file, isolation_level=None)
    settings_of_it = settings.DATABASES["default"].get("OPTIONS", {}).get("init_command", "")
    assert "secure_delete=ON" in settings_of_it
    database.executescript(settings_of_it)
    database.execute("CREATE TABLE held (text TEXT)")
    database.execute("INSERT INTO held VALUES (?)", ("N1001 " * 5_000,))
    database.execute("UPDATE held SET text = ?", ("nobody " * 4_000,))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    beside = [path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith("-shm")]
    database.close()
    assert not any(b"N1001" in content for content in beside)
