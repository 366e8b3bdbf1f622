"""A region with so many practice managers who are logged in, in the database of a service: for a benchmark or a test.

``python -m benchmarks.service_setup --data DIR [--database URL] FOLDER NUMBER`` prints JSON: the region, its month,
the key of a regional manager's log-in, and of each practice manager theirs and what their practice could offer.
"""

import argparse
import json
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import terms_of_the_service
from roster.domain import clock
from roster.instance import Instance
from roster.web.running import migrate, set_up

if TYPE_CHECKING:
    from roster.store.models import Region

SLUG = "benchmark"
_HALVES = {"am": (510, 760), "pm": (810, 1060)}


def offers(instance: Instance, site: str) -> list[dict[str, str]]:
    """The forms that could be sent about a site, none of which is in another's way: its rooms on days that are free."""
    taken = {(s.room_id, s.date) for s in instance.sessions}
    rooms = [r.room_id for r in instance.rooms if r.site_id == site]
    ahead = [d for d in instance.days if d not in instance.bank_holidays and not instance.is_past(d)]
    return [
        {
            "room": room,
            "first_day_0": str(day.day),
            "first_day_1": str(day.month),
            "first_day_2": str(day.year),
            "half_day": half,
            "repeat": "once",
            "session_id": f"{room}-{day:%m%d}-{clock(_HALVES[half][0]).replace(':', '')}",
        }
        for day in ahead
        for room in rooms
        if (room, day) not in taken
        for half in _HALVES
    ]


def prepared(folder: Path, number: int) -> dict[str, Any]:
    """Make the region; what is printed."""
    from roster.files import read
    from roster.store.models import PRACTICE_MANAGER, REGIONAL_MANAGER
    from roster.store.regions import add_month, make_region
    from roster.web.demonstration import SYSTEM

    instance = read(folder).valid()
    region = make_region(SLUG, "Benchmark", SYSTEM)
    month = add_month(region, instance, SYSTEM)
    practices = list(islice(cycle(instance.practices), number))
    sites = [p.site_id for p in practices]
    managers = []
    for n, practice in enumerate(practices):
        key = _logged_in(f"practice-{n}", PRACTICE_MANAGER, region, practice.practice_id)
        nth, sharing = sites[:n].count(practice.site_id), sites.count(practice.site_id)
        mine = offers(instance, practice.site_id)[nth::sharing]
        managers.append({"practice": practice.practice_id, "session": key, "offers": mine})
    manager = _logged_in("manager", REGIONAL_MANAGER, region, "")
    return {"region": SLUG, "month": month.month, "manager": manager, "managers": managers}


def _logged_in(username: str, role: str, region: "Region", subject: str) -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    from roster.store.people import give_role
    from roster.web.demonstration import SYSTEM

    user = User.objects.create_user(username)
    give_role(user, role, region, subject, SYSTEM)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def main() -> None:
    """Make it, and print what was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--database")
    given = parser.parse_args()
    set_up(terms_of_the_service(), database=given.database, data=given.data)
    migrate()
    sys.stdout.write(json.dumps(prepared(given.folder, given.number)))


if __name__ == "__main__":
    main()
