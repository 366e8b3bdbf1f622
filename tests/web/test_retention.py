"""Retention: what is about single people is gone from everywhere in the database, and how many were seen stays."""

from datetime import timedelta

from django.db import connection
from django.test import Client

from roster.edits import AddReferral
from roster.instance import Instance
from roster.store.changing import change
from roster.store.jobs import ask
from roster.store.models import Change, Month
from roster.store.months import instance_of
from roster.store.retention import due, forget, forget_due, last_kept
from roster.store.suppress import seen_by_practice
from roster.web.demonstration import SYSTEM
from tests.web.told import now, published


def _everything() -> str:
    """Every value of every table, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += cursor.fetchall()
    return "\n".join(str(value) for row in found for value in row)


def _table(path: str) -> str:
    """The table on a page."""
    text = Client().get(path).content.decode()
    return text[text.index("<table") : text.index("</table>")]


def _again(month: Month, instance: Instance) -> None:
    """Add one of the referrals again."""
    referral = instance.referrals[0]
    columns = {name: getattr(referral, name) for name in type(referral).model_fields}
    change(month, [AddReferral(**columns)], SYSTEM, "add a referral")


def test_no_referral_is_named_anywhere_in_the_database_any_more(month: Month) -> None:
    before = published(month)
    ask(month, "why", {"referral_id": before.referrals[0].referral_id}, None)
    ids = [f'"{r.referral_id}"' for r in before.referrals]
    assert all(id_ in _everything() for id_ in ids)
    forget(month, SYSTEM)
    text = _everything()
    assert [id_ for id_ in ids if id_ in text or id_.replace('"', "'") in text] == []


def test_visits_and_versions_stay_without_the_people_in_them(month: Month) -> None:
    before = published(month).published
    forget(month, SYSTEM)
    after = now(month).published
    assert before is not None
    assert after is not None
    assert after.visits == before.visits
    assert (after.appointments, after.unseen) == ((), ())
    assert month.versions.count() == 1


def test_how_many_were_seen_stays_and_is_still_published(month: Month) -> None:
    counts = seen_by_practice(published(month))
    page = f"/published/{month.region.slug}/{month.month}/"
    shown = _table(page)
    forget(month, SYSTEM)
    assert month.counts == counts
    assert _table(page) == shown


def test_people_who_come_back_are_deleted_again_and_the_counts_of_those_before_stay(month: Month) -> None:
    before = published(month)
    day = last_kept(month) + timedelta(days=1)
    assert forget_due(day) == [month]
    assert list(due(day)) == []
    _again(month, before)
    assert forget_due(day) == [month]
    assert now(month).referrals == ()
    assert month.counts == seen_by_practice(before)


def test_a_job_about_a_month_without_people_leaves_its_counts(month: Month) -> None:
    before = published(month)
    day = last_kept(month) + timedelta(days=1)
    forget_due(day)
    ask(month, "solve", {}, None)
    forget_due(day)
    month.refresh_from_db()
    assert not month.jobs.exists()
    assert month.counts == seen_by_practice(before)


def test_the_log_says_how_many_were_deleted_and_who_decided_and_nobody_more(month: Month) -> None:
    people = sum(r.count for r in instance_of(month).referrals)
    forget(month, SYSTEM)
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.what, entry.who, entry.before) == (
        "delete what is about people",
        SYSTEM.who,
        [{"people": people, "versions": 0, "jobs": 0}],
    )
