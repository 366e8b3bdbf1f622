"""Looking after the service from the command line: accounts, the log, retention, back-up and restore."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate
from typer.testing import CliRunner, Result

from cli import app
from roster.edits import AddSession
from roster.fault import InvalidInput
from roster.instance import Instance
from roster.store.audit import broken
from roster.store.backup import back_up, restore
from roster.store.changing import change
from roster.store.jobs import ask
from roster.store.models import Change, Job, Membership, Month, Region
from roster.store.months import instance_of
from roster.store.people import make_account
from roster.store.retention import last_kept
from roster.web.demonstration import SYSTEM
from roster.web.work.daily import Daily
from roster.web.work.worker import work
from tests.web.browser import serving
from tests.web.postgresql import PostgreSQL

PASSWORD = re.compile(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b")
OVER = date(2030, 1, 1)
"""A day on which the month of these tests is long over."""


def run(*words: str) -> Result:
    """A command of the service, on the database of the test."""
    return CliRunner(env={"COLUMNS": "110"}).invoke(app, list(words))


def prose(result: Result) -> str:
    """What it printed, as one line."""
    return " ".join((result.stdout + result.stderr).split())


# -- people ---------------------------------------------------------------------------------------------------


def test_an_account_with_a_role_is_made_and_its_password_shown_once(region: Region) -> None:
    made = run("people", "make", "chief", "--role", "regional-manager", "--region", region.slug)
    assert made.exit_code == 0, prose(made)
    password = PASSWORD.search(made.stdout)
    assert password is not None
    user = User.objects.get(username="chief")
    assert user.check_password(password[0])
    assert user.memberships.get().region == region
    listed = run("people")
    assert re.search(r"chief\s*│ regional-manager │ north", listed.stdout)
    assert not PASSWORD.search(listed.stdout)


def test_no_account_is_made_where_its_role_cannot_be(region: Region) -> None:
    refused = run("people", "make", "chief", "--role", "practice-manager", "--region", region.slug, "--of", "nowhere")
    assert refused.exit_code == 2
    assert "North has no such practice. Choose a practice of its newest month." in prose(refused)
    assert not User.objects.exists()
    assert not Change.objects.filter(what="make an account").exists()


def test_passwords_are_replaced_and_accounts_disabled_and_enabled(db: None) -> None:
    del db
    user, first = make_account("desk", SYSTEM)
    shown = PASSWORD.search(run("people", "password", "desk").stdout)
    user.refresh_from_db()
    assert shown is not None
    assert user.check_password(shown[0])
    assert not user.check_password(first)
    assert prose(run("people", "disable", "desk")) == "Nobody can log in as desk any more."
    assert "disabled" in run("people", "list", "desk").stdout
    run("people", "enable", "desk")
    assert User.objects.get(username="desk").is_active


def test_roles_are_given_and_taken(region: Region, instance: Instance) -> None:
    make_account("desk", SYSTEM)
    practice = instance.practices[0].practice_id
    role = ("desk", "--role", "practice-manager", "--region", region.slug, "--of", practice)
    assert prose(run("people", "give", *role)) == f"desk is now: Practice manager, North, {practice}."
    assert prose(run("people", "take", *role)) == f"desk is no longer: Practice manager, North, {practice}."
    assert not Membership.objects.exists()
    assert "the account does not have this role there" in prose(run("people", "take", *role)).lower()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("crown", "desk"), "DOING: This is nothing that can be done. Give one of list, make, password"),
        (("password",), "NAME: It is missing. Give the name of the account."),
        (("password", "nobody-here"), "There is no account of this name. List them with: roster people"),
        (("give", "desk"), "--role: It is missing. Give the role."),
        (("give", "desk", "--role", "planner", "--region", "atlantis"), "--region: There is no such region."),
    ],
)
def test_what_is_missing_or_unknown_is_said(db: None, words: tuple[str, ...], says: str) -> None:
    del db
    make_account("desk", SYSTEM)
    refused = run("people", *words)
    assert refused.exit_code == 2
    assert says in prose(refused)


# -- the log --------------------------------------------------------------------------------------------------


def test_the_log_is_checked_and_written_as_a_table(region: Region, tmp_path: Path) -> None:
    del region
    checked = run("audit", "--out", str(tmp_path / "log.csv"))
    assert checked.exit_code == 0
    assert "Every entry is as it was written, and none is missing." in checked.stdout
    lines = (tmp_path / "log.csv").read_text().splitlines()
    assert lines[0].startswith("number,at,who,role,region,month,what,")
    assert len(lines) == Change.objects.count() + 1


@pytest.mark.parametrize("statement", ["UPDATE store_change SET who = 'x'", "DELETE FROM store_change"])
def test_the_database_itself_refuses_to_change_the_log(region: Region, statement: str) -> None:
    del region
    with pytest.raises(DatabaseError, match="the audit log is append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert not list(broken())


def test_an_entry_changed_behind_the_triggers_is_found(region: Region) -> None:
    del region
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE store_change DISABLE TRIGGER audit_refuse")
        else:
            cursor.execute("DROP TRIGGER audit_update")
        cursor.execute("UPDATE store_change SET who = 'somebody-else' WHERE number = 1")
    checked = run("audit")
    assert checked.exit_code == 1
    assert "The log is not as it was written. See entry 1." in prose(checked)


# -- retention ------------------------------------------------------------------------------------------------


def test_people_are_deleted_on_the_day_after_the_last_one_and_not_before(month: Month) -> None:
    daily = Daily()
    ask(month, "solve", {}, None)
    daily.do(last_kept(month))
    month.refresh_from_db()
    assert instance_of(month).referrals
    daily.do(last_kept(month) + timedelta(days=1))
    month.refresh_from_db()
    assert instance_of(month).referrals == ()
    assert instance_of(month).sessions
    assert not Job.objects.exists()
    assert month.people_deleted_at is not None
    (entry,) = Change.objects.filter(what="delete what is about people")
    assert entry.who == "system"


def test_the_worker_deletes_what_is_due_also_where_it_has_no_job(month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roster.web.work.worker.localdate", lambda: OVER)
    monkeypatch.setattr("roster.web.work.worker.close_old_connections", lambda: None)
    work({}, once=True)
    month.refresh_from_db()
    assert instance_of(month).referrals == ()


def test_what_cannot_be_deleted_does_not_end_the_worker(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    del db

    def fails(_: date) -> None:
        raise ValueError

    monkeypatch.setattr("roster.web.work.daily.forget_due", fails)
    Daily().do(OVER)
    assert "what is due to be deleted could not be deleted" in caplog.text


def test_the_command_says_what_it_deleted(month: Month) -> None:
    month.region.retention_days = 0
    month.region.save()
    Month.objects.filter(pk=month.pk).update(month=f"{localdate().year - 1}-01")
    assert "what was about single people is deleted. Counts stay." in prose(run("retention"))
    assert "there is nothing to delete." in prose(run("retention"))


# -- back-up and restore --------------------------------------------------------------------------------------


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table but those of who is logged in, and what Django makes by itself."""
    kept = [m for m in apps.get_models() if m.__module__.split(".")[1] not in ("sessions", "contenttypes", "handlers")]
    names = {m.__name__: m for m in kept if m.__name__ != "Permission"}
    return {name: list(m.objects.order_by("pk").values()) for name, m in names.items()}  # type: ignore[attr-defined]  # every table has it


def offered(month: Month, instance: Instance, session_id: str) -> None:
    """Something that changes the month."""
    room, day = instance.rooms[0].room_id, instance.days[-1]
    change(month, [AddSession(session_id=session_id, room_id=room, date=day, start=1100, end=1200)], SYSTEM, "offer")


def test_a_restored_database_is_as_the_one_that_was_backed_up(month: Month, instance: Instance, tmp_path: Path) -> None:
    ask(month, "solve", {"seconds": 5}, make_account("desk", SYSTEM)[0])
    before = everything()
    assert run("backup", str(tmp_path / "b")).exit_code == 0
    offered(month, instance, "LATER")
    make_account("later", SYSTEM)
    restored = run("restore", str(tmp_path / "b"), "--replace")
    assert restored.exit_code == 0, prose(restored)
    assert everything() == before
    assert not list(broken())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.all().delete()
    assert make_account("afterwards", SYSTEM)[0].pk == User.objects.order_by("pk")[1].pk


def test_only_its_owner_can_read_a_back_up_and_none_is_replaced(region: Region, tmp_path: Path) -> None:
    del region
    out = tmp_path / "b"
    back_up(out)
    assert out.stat().st_mode & 0o777 == 0o600
    again = run("backup", str(out))
    assert again.exit_code == 2
    assert "it exists already, and a back-up replaces nothing" in prose(again).lower()


def test_a_database_that_holds_anything_is_left_alone(region: Region, tmp_path: Path) -> None:
    back_up(tmp_path / "b")
    refused = run("restore", str(tmp_path / "b"))
    assert refused.exit_code == 2
    assert "The database is not empty." in prose(refused)
    assert list(Region.objects.all()) == [region]


def _changed(text: str) -> str:
    return text.replace('"North"', '"South"')


def _cut(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (_changed, "this back-up was cut short or changed"),
        (_cut, "this back-up was cut short or changed"),
        (lambda _: "something else\n", "this is not a whole back-up of the service"),
    ],
)
def test_a_back_up_that_is_not_whole_is_refused_and_nothing_lost(
    region: Region, tmp_path: Path, spoilt: Callable[[str], str], says: str
) -> None:
    back_up(tmp_path / "b")
    (tmp_path / "spoilt").write_bytes(gzip.compress(spoilt(text_of(tmp_path / "b")).encode()))
    with pytest.raises(InvalidInput, match=says):
        restore(tmp_path / "spoilt", OVER, replace=True)
    assert list(Region.objects.all()) == [region]


def test_a_file_that_is_no_back_up_or_was_cut_in_the_middle_is_refused(region: Region, tmp_path: Path) -> None:
    del region
    back_up(tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    for content in (b"hello", whole[: len(whole) // 2], b""):
        (tmp_path / "part").write_bytes(content)
        with pytest.raises(InvalidInput, match="this is not a whole back-up of the service"):
            restore(tmp_path / "part", OVER, replace=True)


def test_what_is_due_by_the_day_of_the_restore_is_deleted_with_it(month: Month, tmp_path: Path) -> None:
    back_up(tmp_path / "b")
    done = restore(tmp_path / "b", OVER, replace=True)
    assert done.forgotten == (str(month),)
    assert instance_of(Month.objects.get()).referrals == ()


def test_a_back_up_of_another_version_is_refused(
    region: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(tmp_path / "b")
    monkeypatch.setattr("roster.store.backup._migrations", lambda: ["store.0001_initial"])
    with pytest.raises(InvalidInput, match="this back-up was made by another version of the program"):
        restore(tmp_path / "b", OVER, replace=True)
    assert list(Region.objects.all()) == [region]


def test_a_service_moves_from_a_file_to_postgresql_and_back_with_nothing_lost(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    url = postgresql.database("moved")
    with serving(tmp_path / "here", worker=False):
        command("backup", str(tmp_path / "first"), "--data", str(tmp_path / "here"))
    command("restore", str(tmp_path / "first"), "--database", url)
    command("backup", str(tmp_path / "second"), "--database", url)
    command("restore", str(tmp_path / "second"), "--data", str(tmp_path / "there"))
    command("backup", str(tmp_path / "third"), "--data", str(tmp_path / "there"))
    first, second, third = (rows_of(tmp_path / name) for name in ("first", "second", "third"))
    assert first == second == third
    assert "store.month" in {row["model"] for row in first}


def command(*words: str) -> None:
    """A command in a process of its own, on the database that it names."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ROSTER_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def text_of(file: Path) -> str:
    """What is in a back-up."""
    return gzip.decompress(file.read_bytes()).decode()


def rows_of(file: Path) -> list[dict[str, object]]:
    """The rows in a back-up, in whichever order a database keeps what is inside them."""
    return [json.loads(line) for line in text_of(file).splitlines()[1:-1]]
