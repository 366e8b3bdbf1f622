"""``roster people``: accounts of the service and what they may do, for whoever runs the service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from rich.table import Table

from roster.commands.service_database import Database
from roster.fault import Fault, InvalidInput, listed
from roster.terminal import results, wrong_input

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from roster.store.audit import By
    from roster.store.models import Membership, Region

DOING = ("list", "make", "password", "disable", "enable", "give", "take")


@dataclass(frozen=True)
class People:
    """What the command is given. ``of``: the practice or the coach, for roles that are about one."""

    database: Database
    doing: str
    name: str | None
    role: str | None
    region: str | None
    of: str

    def run(self) -> int:
        """Do it, and say what was done. The exit code."""
        with wrong_input():
            if self.doing not in DOING:
                _refuse("DOING", "this is nothing that can be done", f"Give one of {listed(DOING)}.")
            if self.doing == "make":
                self.database.make()
            else:
                self.database.open()
            self._done()
        return 0

    def _done(self) -> None:
        if self.doing == "list":
            results().print(_accounts(self.name))
            return
        deeds: dict[str, Callable[[], str]] = {
            "make": self._make,
            "password": self._password,
            "disable": self._disable,
            "enable": self._enable,
            "give": self._give,
            "take": self._take,
        }
        results().print(deeds[self.doing](), soft_wrap=True)

    def _make(self) -> str:
        from django.db import transaction

        from roster.store.people import give_role, make_account

        with transaction.atomic():
            user, password = make_account(self._name(), self._by())
            if self.role is not None:
                give_role(user, self.role, self._region(), self.of, self._by())
        return f"The account {user.username} is made. Its password, shown only now: {password}"

    def _password(self) -> str:
        from roster.store.people import set_new_password

        user = self._user()
        return f"The new password of {user.username}, shown only now: {set_new_password(user, self._by())}"

    def _disable(self) -> str:
        from roster.store.people import disable

        user = self._user()
        disable(user, self._by())
        return f"Nobody can log in as {user.username} any more."

    def _enable(self) -> str:
        from roster.store.people import enable

        user = self._user()
        enable(user, self._by())
        return f"{user.username} can be used again."

    def _give(self) -> str:
        from roster.store.people import give_role

        user = self._user()
        given = give_role(user, self._role(), self._region(), self.of, self._by())
        return f"{user.username} is now: {_words(given)}."

    def _take(self) -> str:
        from roster.store.models import Membership
        from roster.store.people import take_role

        user, role = self._user(), self._role()
        held = Membership.objects.filter(user=user, role=role, region=self._region(), subject=self.of).first()
        if held is None:
            _refuse("role", "the account does not have this role there", "List what it has: roster people list NAME")
        words = _words(held)
        take_role(held, self._by())
        return f"{user.username} is no longer: {words}."

    def _name(self) -> str:
        return self.name if self.name is not None else _refuse("NAME", "it is missing", "Give the name of the account.")

    def _role(self) -> str:
        return self.role if self.role is not None else _refuse("--role", "it is missing", "Give the role.")

    def _user(self) -> "User":
        from roster.store.people import account_of

        return account_of(self._name())

    def _region(self) -> "Region | None":
        from roster.store.models import Region

        if self.region is None:
            return None
        found = Region.objects.filter(slug=self.region).first()
        return found or _refuse("--region", "there is no such region", "Give the first part of its pages' addresses.")

    def _by(self) -> "By":
        from roster.store.audit import By

        return By("system", "command line")


def _accounts(name: str | None) -> Table:
    from django.contrib.auth.models import User

    from roster.store.people import account_of

    table = Table("Account", "Role", "Region", "Of", "State", title="Who can log in")
    users = User.objects.order_by("username") if name is None else [account_of(name)]
    for user in users:
        state = "" if user.is_active else "disabled"
        held = [_cells(one) for one in user.memberships.select_related("region").order_by("pk")]
        for cells in held or [("", "", "")]:
            table.add_row(user.username, *cells, state)
    return table


def _cells(held: "Membership") -> tuple[str, str, str]:
    return held.role, held.region.slug if held.region else "", held.subject


def _words(held: "Membership") -> str:
    parts = [held.get_role_display(), held.region.name if held.region else "", held.subject]
    return ", ".join(part for part in parts if part)


def _refuse(place: str, says: str, do: str) -> NoReturn:
    raise InvalidInput([Fault(file="people", column=place, says=says, do=do)])
