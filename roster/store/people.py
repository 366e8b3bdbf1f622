"""Accounts of those who use the service: made by an administrator, with a first password that is made at random.

What cannot be done is InvalidInput, in words for the person who asked.
"""

import re
import secrets
from typing import NoReturn

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction

from roster.fault import Fault, InvalidInput, listed
from roster.privacy import identifies
from roster.store.audit import By, write
from roster.store.models import ADMINISTRATOR, COACH, PRACTICE_MANAGER, ROLE_NAMES, ROLES, Feed, Membership, Region
from roster.store.months import instance_of

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another."""
_GROUPS, _IN_A_GROUP = 4, 4
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def new_password() -> str:
    """A password that nobody guesses and anybody can type: 79 bits, in groups."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))


def make_account(username: str, by: By) -> tuple[User, str]:
    """A new account, and its password, which is held nowhere."""
    _check_username(username)
    password = new_password()
    with transaction.atomic():
        if User.objects.filter(username__iexact=username).exists():
            _refuse("username", "There is an account of this name already", "Choose another name.")
        user = User.objects.create_user(username=username, password=password)
        write(by, "make an account", after=[{"account": user.pk}])
    return user, password


def account_of(username: str) -> User:
    """The account of this name."""
    user = User.objects.filter(username=username).first()
    if user is None:
        _refuse("username", "There is no account of this name", "List them with: roster people")
    return user


def set_new_password(user: User, by: By) -> str:
    """Another password for an account; the one before, and every log-in with it, is worth nothing any more."""
    password = new_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        write(by, "set a new password", after=[{"account": user.pk}])
    return password


def has_second_step(user: User) -> bool:
    """Whether log-in asks for a code after the password."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def end_second_step(user: User, by: By) -> None:
    """Let somebody in with the password alone again who has lost their phone and their codes."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        write(by, "end a second step", after=[{"account": user.pk}])


def disable(user: User, by: By) -> None:
    """Let nobody log in with the account any more, and end where it is logged in. Its calendars end too."""
    with transaction.atomic():
        _not_the_last_administrator(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        Feed.objects.filter(membership__user=user).delete()
        write(by, "disable an account", after=[{"account": user.pk}])


def enable(user: User, by: By) -> None:
    """Let the account be used again."""
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        write(by, "enable an account", after=[{"account": user.pk}])


def give_role(user: User, role: str, region: Region | None, subject: str, by: By) -> Membership:
    """Let an account do something. ``subject``: the practice or the coach, for roles that are about one."""
    _check_role(role, region, subject)
    with transaction.atomic():
        if Membership.objects.filter(user=user, role=role, region=region, subject=subject).exists():
            _refuse("role", "The account has this role already", "There is nothing to do.")
        made = Membership.objects.create(user=user, role=role, region=region, subject=subject)
        after = [{"account": user.pk, "role": role, "subject": subject}]
        write(by, "give a role", region=region.slug if region else "", after=after)
    return made


def take_role(membership: Membership, by: By) -> None:
    """Take a role away; its calendar feeds end with it."""
    with transaction.atomic():
        if membership.role == ADMINISTRATOR:
            _not_the_last_administrator(membership.user)
        before = [{"account": membership.user_id, "role": membership.role, "subject": membership.subject}]
        write(by, "take a role away", region=membership.region.slug if membership.region else "", before=before)
        membership.delete()


def subjects_of(role: str, region: Region) -> dict[str, str]:
    """The practices or the coaches of a region, by id, with their names; those of its newest month."""
    newest = region.months.last()
    if newest is None:
        return {}
    instance = instance_of(newest)
    if role == PRACTICE_MANAGER:
        return {p.practice_id: p.name for p in instance.practices}
    return {c.coach_id: c.coach_id for c in instance.coaches} if role == COACH else {}


def _check_username(username: str) -> None:
    if not _USERNAME.fullmatch(username) or identifies(username, in_referral=False):
        _refuse(
            "username",
            "A user name has letters, digits, dots, hyphens and underscores only, at most 40, and is no way to reach "
            "somebody",
            "Use a name of their work, for example north-surgery.",
        )


def _check_role(role: str, region: Region | None, subject: str) -> None:
    if role not in ROLES:
        _refuse("role", "There is no such role", f"The roles are {listed(ROLES, 'and')}.")
    if (region is None) != (role == ADMINISTRATOR):
        says = "An administrator has no region" if region else f"A {ROLE_NAMES[role].lower()} needs a region"
        _refuse("region", says, "Leave the region out." if region else "Choose one.")
    of_one = role in (PRACTICE_MANAGER, COACH)
    if region is not None and of_one and subject not in subjects_of(role, region):
        thing = "practice" if role == PRACTICE_MANAGER else "coach"
        _refuse("subject", f"{region.name} has no such {thing}", f"Choose a {thing} of its newest month.")
    if subject and not of_one:
        _refuse("subject", f"A {ROLE_NAMES[role].lower()} is not of one practice or coach", "Leave it out.")


def _not_the_last_administrator(user: User) -> None:
    """Whoever takes the last one away could not give it back."""
    all_ = Membership.objects.select_for_update(of=("self",)).filter(role=ADMINISTRATOR, user__is_active=True)
    holders = {m.user_id for m in all_}
    if holders == {user.pk}:
        _refuse("role", "This is the only administrator", "Make another one first.")


def _refuse(place: str, says: str, do: str) -> NoReturn:
    raise InvalidInput([Fault(file="people", column=place, says=says, do=do)])
