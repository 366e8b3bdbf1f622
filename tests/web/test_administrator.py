"""What an administrator does: accounts, passwords, roles, regions, retention, the log."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from roster.fault import InvalidInput
from roster.instance import Instance
from roster.store.audit import broken
from roster.store.models import (
    ADMINISTRATOR,
    PRACTICE_MANAGER,
    REGIONAL_MANAGER,
    Change,
    Membership,
    Month,
    Region,
)
from roster.store.people import disable, give_role, make_account, new_password, take_role
from roster.web.demonstration import SYSTEM
from tests.web.conftest import ClientOf

_SHOWN = re.compile(r'class="govuk-inset-text password">([a-z0-9-]+)<')


@pytest.fixture
def administrator(client_of: ClientOf) -> Client:
    """Somebody who may do all this."""
    return client_of(ADMINISTRATOR)


@pytest.fixture
def somebody(db: None) -> User:
    """An account without a role."""
    del db
    return make_account("north-surgery", SYSTEM)[0]


def test_an_account_is_made_with_a_password_that_is_shown_once_and_lets_its_holder_in(administrator: Client) -> None:
    answer = administrator.post("/administration/people/new/", {"username": "north-surgery"})
    password = _SHOWN.search(answer.content.decode())
    assert password is not None
    assert answer["Cache-Control"] == "no-store"
    user = User.objects.get(username="north-surgery")
    assert user.check_password(password[1])
    assert user.password.startswith("argon2")
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.what, entry.after) == ("make an account", [{"account": user.pk}])
    assert password[1] not in administrator.get(f"/administration/people/{user.pk}/").content.decode()


@pytest.mark.parametrize("name", ["north@surgery.example", "north surgery", "-north", "07700 900123", "n" * 41])
def test_a_name_that_is_a_way_to_reach_somebody_or_no_name_is_refused(administrator: Client, name: str) -> None:
    answer = administrator.post("/administration/people/new/", {"username": name})
    assert 'href="#id_username"' in answer.content.decode()
    assert not User.objects.filter(username=name).exists()


def test_a_name_that_is_taken_in_other_letters_is_refused(administrator: Client, somebody: User) -> None:
    answer = administrator.post("/administration/people/new/", {"username": somebody.username.upper()})
    assert "There is an account of this name already. Choose another name." in answer.content.decode()


def test_a_new_password_ends_the_one_before_and_every_log_in_with_it(administrator: Client, somebody: User) -> None:
    theirs = Client()
    theirs.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get("/").status_code == 200
    answer = administrator.post(f"/administration/people/{somebody.pk}/password/")
    assert _SHOWN.search(answer.content.decode())
    assert theirs.get("/").status_code == 302


def test_a_disabled_account_is_logged_out_and_can_be_enabled_again(administrator: Client, somebody: User) -> None:
    theirs = Client()
    theirs.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    administrator.post(f"/administration/people/{somebody.pk}/state/", {"wanted": "disabled"})
    assert theirs.get("/").status_code == 302
    assert "This account is disabled" in administrator.get(f"/administration/people/{somebody.pk}/").content.decode()
    administrator.post(f"/administration/people/{somebody.pk}/state/", {"wanted": "enabled"})
    somebody.refresh_from_db()
    assert somebody.is_active


def test_a_role_of_a_practice_is_given_in_two_steps_and_taken_away(
    administrator: Client, somebody: User, region: Region, instance: Instance
) -> None:
    where = f"/administration/people/{somebody.pk}/roles/new/"
    chosen = {"role": PRACTICE_MANAGER, "region": region.slug}
    asked = administrator.get(where, chosen).content.decode()
    practice = instance.practices[1].practice_id
    assert f'value="{practice}"' in asked
    assert administrator.post(where, {**chosen, "subject": practice}).status_code == 302
    held = Membership.objects.get(user=somebody)
    assert (held.role, held.region, held.subject) == (PRACTICE_MANAGER, region, practice)
    assert administrator.post(f"/administration/people/{somebody.pk}/roles/{held.pk}/take/").status_code == 302
    assert not Membership.objects.filter(user=somebody).exists()
    assert [c.what for c in Change.objects.all()[:2]] == ["take a role away", "give a role"]


def test_a_role_of_no_practice_is_given_after_one_question(
    administrator: Client, somebody: User, region: Region
) -> None:
    where = f"/administration/people/{somebody.pk}/roles/new/"
    chosen = {"role": REGIONAL_MANAGER, "region": region.slug}
    assert f"Make north-surgery regional manager of {region.name}?" in administrator.get(where, chosen).content.decode()
    assert administrator.post(where, chosen).status_code == 302
    again = administrator.post(where, chosen).content.decode()
    assert "The account has this role already" in again


@pytest.mark.parametrize(
    ("role", "in_region", "subject", "says"),
    [
        ("king", True, "", "There is no such role"),
        (ADMINISTRATOR, True, "", "An administrator has no region"),
        (REGIONAL_MANAGER, False, "", "A regional manager needs a region"),
        (PRACTICE_MANAGER, True, "nowhere", "North has no such practice"),
        (REGIONAL_MANAGER, True, "nowhere", "A regional manager is not of one practice or coach"),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    region: Region, somebody: User, role: str, in_region: bool, subject: str, says: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        give_role(somebody, role, region if in_region else None, subject, SYSTEM)
    assert refused.value.faults[0].says == says


def test_the_only_administrator_cannot_be_disabled_nor_lose_the_role(somebody: User) -> None:
    held = give_role(somebody, ADMINISTRATOR, None, "", SYSTEM)
    refusals: tuple[Callable[[], object], ...] = (lambda: disable(somebody, SYSTEM), lambda: take_role(held, SYSTEM))
    for refusal in refusals:
        with pytest.raises(InvalidInput, match="This is the only administrator"):
            refusal()
    give_role(make_account("another", SYSTEM)[0], ADMINISTRATOR, None, "", SYSTEM)
    take_role(held, SYSTEM)
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_a_region_is_made_and_its_days_are_set(administrator: Client) -> None:
    answer = administrator.post("/administration/regions/new/", {"name": "South", "slug": "south"})
    assert answer.status_code == 302
    administrator.post("/administration/regions/south/", {"days": "14", "was": "30"})
    assert Region.objects.get(slug="south").retention_days == 14
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.before, entry.after) == ([{"retention_days": 30}], [{"retention_days": 14}])


def test_the_second_of_two_who_set_the_days_is_told_and_keeps_what_was_typed(
    administrator: Client, region: Region
) -> None:
    where = f"/administration/regions/{region.slug}/"
    administrator.post(where, {"days": "14", "was": "30"})
    answer = administrator.post(where, {"days": "21", "was": "30"}).content.decode()
    assert "Somebody else has set this to 14 days in the meantime" in answer
    assert 'value="21"' in answer
    assert 'name="was" value="14"' in answer
    region.refresh_from_db()
    assert region.retention_days == 14


@pytest.mark.parametrize("slug", ["administration", "account", "published", "static", "Ümlaut", "two words"])
def test_an_address_that_cannot_be_is_refused(administrator: Client, slug: str) -> None:
    answer = administrator.post("/administration/regions/new/", {"name": "South", "slug": slug})
    assert 'href="#id_slug"' in answer.content.decode()
    assert not Region.objects.filter(name="South").exists()


def test_the_log_is_read_by_region_and_month_and_checked(administrator: Client, month: Month) -> None:
    of = {"region": month.region.slug, "month": month.month}
    text = administrator.get("/administration/log/", of).content.decode()
    assert "add a month" in text
    assert "make a region" not in text
    assert "The log is as it was written" in administrator.get("/administration/log/check/").content.decode()
    assert not list(broken())
    table = administrator.get("/administration/log/log.csv").content.decode().splitlines()
    assert table[0].startswith("number,at,who,role,region,month,what,before,after")
    assert len(table) == 1 + Change.objects.count()


def test_every_page_of_the_log_has_a_way_to_the_others(administrator: Client, somebody: User) -> None:
    for _ in range(60):
        take_role(give_role(somebody, ADMINISTRATOR, None, "", SYSTEM), SYSTEM)
    text = administrator.get("/administration/log/").content.decode()
    assert "Page 1 of 3" in text
    assert "Newer entries" not in text
    assert "Newer entries" in administrator.get("/administration/log/", {"page": "3"}).content.decode()


def test_no_two_passwords_are_the_same() -> None:
    assert len({new_password() for _ in range(100)}) == 100
