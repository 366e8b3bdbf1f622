"""Accounts of those who use the service: made by an administrator, with a first password that is made at random."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction

from roster.store.audit import By, write
from roster.store.models import Membership, Region

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another."""
_GROUPS, _IN_A_GROUP = 4, 4


def new_password() -> str:
    """A password that nobody guesses and anybody can type: 79 bits, in groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))


def make_account(username: str, by: By) -> tuple[User, str]:
    """A new account, and its password, which is held nowhere."""
    password = new_password()
    with transaction.atomic():
        user = User.objects.create_user(username=username, password=password)
        write(by, "make an account", after=[{"account": user.pk}])
    return user, password


def set_new_password(user: User, by: By) -> str:
    """Another password for an account; the one before is worth nothing any more."""
    password = new_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        write(by, "set a new password", after=[{"account": user.pk}])
    return password


def give_role(user: User, role: str, region: Region | None, subject: str, by: By) -> Membership:
    """Let an account do something."""
    with transaction.atomic():
        made = Membership.objects.create(user=user, role=role, region=region, subject=subject)
        after = [{"account": user.pk, "role": role, "subject": subject}]
        write(by, "give a role", region=region.slug if region else "", after=after)
    return made


def take_role(membership: Membership, by: By) -> None:
    """Take a role away; its calendar feeds end with it."""
    with transaction.atomic():
        before = [{"account": membership.user_id, "role": membership.role, "subject": membership.subject}]
        write(by, "take a role away", region=membership.region.slug if membership.region else "", before=before)
        membership.delete()
