"""A first region to look at, with an account for every role: made where the database holds nothing yet."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from roster.instance import Instance
from roster.store.audit import By
from roster.store.models import (
    ADMINISTRATOR,
    COACH,
    PLANNER,
    PRACTICE_MANAGER,
    REGIONAL_MANAGER,
    Region,
)
from roster.store.people import give_role, make_account
from roster.store.regions import add_month, make_region

SYSTEM = By("system", "set-up")
SLUG = "demonstration"


@dataclass(frozen=True)
class Account:
    """An account that was just made; the password is shown once and held nowhere."""

    username: str
    password: str
    role: str
    subject: str


def demonstrate(instance: Instance) -> tuple[Account, ...]:
    """Make the region and its accounts; nothing where there is any region or account already."""
    with transaction.atomic():
        if Region.objects.exists() or get_user_model().objects.exists():
            return ()
        region = make_region(SLUG, instance.settings.name, SYSTEM)
        add_month(region, instance, SYSTEM)
        first_practice = instance.practices[0].practice_id
        first_coach = instance.coaches[0].coach_id
        wanted = (
            ("manager", REGIONAL_MANAGER, region, ""),
            ("practice", PRACTICE_MANAGER, region, first_practice),
            ("planner", PLANNER, region, ""),
            ("coach", COACH, region, first_coach),
            ("administrator", ADMINISTRATOR, None, ""),
        )
        made = []
        for username, role, of, subject in wanted:
            user, password = make_account(username, SYSTEM)
            give_role(user, role, of, subject, SYSTEM)
            made.append(Account(username, password, role, subject))
    return tuple(made)
