"""What people do to their own accounts, in the audit log; and what a provider says of them, which is not held."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import pre_save

from roster.store.audit import By, write


def listen() -> None:
    """Write an entry whenever the log-in library says that something of an account was changed."""
    for signal, what in (
        (password_changed, "change own password"),
        (authenticator_added, "set up a second step"),
        (authenticator_removed, "end a second step"),
    ):
        signal.connect(_writer(what), weak=False, dispatch_uid=what)
    pre_save.connect(_hold_nothing, sender=SocialAccount)


def _writer(what: str) -> Any:
    def written(user: Any, **_: object) -> None:
        write(By(str(user.pk), "own account"), what, after=[{"account": user.pk}])

    return written


def _hold_nothing(instance: SocialAccount, **_: object) -> None:
    """Of what a provider says of somebody only the number that it knows them by is held: no name, no address."""
    instance.extra_data = {}
