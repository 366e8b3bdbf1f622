"""Two regions with the same data, everybody who may be in them, and one of each thing that a page can be about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client

from roster.edits import AddBooking, AddLeave, AddSession
from roster.explanations import Change as Proposed
from roster.explanations import WhyNot
from roster.planning.record import Column, PlanReport
from roster.store.changing import change
from roster.store.feeds import make_feed
from roster.store.importing import hand_in
from roster.store.models import (
    ADMINISTRATOR,
    COACH,
    PLANNER,
    PRACTICE_MANAGER,
    REGIONAL_MANAGER,
    Job,
    Membership,
    Month,
)
from roster.store.months import instance_of
from roster.store.notices import ROOM_WITHDRAWN, tell
from roster.store.people import give_role
from roster.store.regions import add_month, make_region
from roster.store.told import visits_told
from roster.summaries import Asked
from roster.web.demonstration import SYSTEM
from roster.web.visits import comes, weeks_with_visits
from roster.web.work.helping import Help
from tests.web import rosters
from tests.web.told import now, published

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_HERE = (
    ("administrator", ADMINISTRATOR, ""),
    ("manager", REGIONAL_MANAGER, ""),
    ("planner", PLANNER, ""),
    ("practice", PRACTICE_MANAGER, "P001"),
    ("another practice", PRACTICE_MANAGER, "P002"),
    ("coach", COACH, "C01"),
    ("another coach", COACH, "C02"),
)
_ELSEWHERE = (
    ("manager elsewhere", REGIONAL_MANAGER, ""),
    ("planner elsewhere", PLANNER, ""),
    ("practice elsewhere", PRACTICE_MANAGER, "P001"),
    ("coach elsewhere", COACH, "C01"),
)
WHO = ("nobody", "somebody", *(name for name, _, _ in (*_HERE, *_ELSEWHERE)))
"""``somebody`` has an account and no role. ``elsewhere`` is another region with the same practices and coaches."""


@dataclass(frozen=True)
class World:
    """Clients by who uses them; the parts of paths, of this region and of the other one."""

    clients: Mapping[str, Client]
    parts: Mapping[str, str]
    other_parts: Mapping[str, str]


def world_of(month: Month) -> World:
    """Everybody and everything; ``month`` is of the first region, which has nobody in it yet."""
    elsewhere = make_region("south", "South", SYSTEM)
    other = add_month(elsewhere, instance_of(month), SYSTEM)
    clients, accounts = {"nobody": Client()}, {"somebody": User.objects.create_user("somebody")}
    for where, people in ((month.region, _HERE), (elsewhere, _ELSEWHERE)):
        for name, role, subject in people:
            accounts[name] = User.objects.create_user(name.replace(" ", "-"))
            give_role(accounts[name], role, None if role == ADMINISTRATOR else where, subject, SYSTEM)
    for name, user in accounts.items():
        clients[name] = Client()
        clients[name].force_login(user, backend=_BACKEND)
    return World(
        clients,
        _things(month, accounts["manager"], accounts["practice"]),
        _things(other, accounts["manager elsewhere"], accounts["practice elsewhere"]),
    )


def _things(month: Month, manager: User, practice: User) -> dict[str, str]:
    """One of each thing of a month, by the name of the part of a path that is about it."""
    told = published(month)
    day = told.days[-3]
    booking = AddBooking(booking_id="B01", skill="bsl", date=day, start=540, end=720, fee_pounds=0)
    change(month, [booking], SYSTEM, "add a booking")
    instance = now(month)
    week = weeks_with_visits(comes(instance, visits_told(month, instance), "P001"))[0]
    away = AddLeave(coach_id="C01", first_day=day, last_day=day)
    membership = Membership.objects.get(user=practice)
    solved, repaired = rosters.made(month), rosters.repaired(month, instance, [away])
    where, visit = f"/{month.region.slug}/{month.month}", rosters.a_roster().visits[0]
    numbers = {
        "account": membership.user_id,
        "role": membership.pk,
        "repair": repaired.pk,
        "help": _help(month, Help(says=("This session.",), edits=_a_session(day))).pk,
        "answer": _answer(month, f"made-{solved.pk}", day).pk,
        "plan": _plan(month).pk,
        "notice": tell(month, ROOM_WITHDRAWN, "A room was withdrawn.").pk,
        "upload": hand_in(month.region, instance, manager).pk,
    }
    return {
        **{name: str(number) for name, number in numbers.items()},
        "region": month.region.slug,
        "date": month.month,
        "month": where,
        "practice": f"{where}/practice/P001",
        "coach": f"{where}/coach/C01",
        "secret": make_feed(membership, SYSTEM),
        "key": f"made-{solved.pk}",
        "what": "away",
        "week": week.first_day.isoformat(),
        "own_session": "S008",
        "session_id": "S009",
        "booking_id": "B01",
        "coach_id": "C01",
        "site_id": "withyhythe-library",
        "room_id": "withyhythe-library-1",
        "referral_id": instance.referrals[0].referral_id,
        "visitor": visit.coach_id,
        "visited": visit.session_id,
        "hours": urlencode({"weekday": instance.hours[0].weekday, "start": str(instance.hours[0].start)}),
        "leave": urlencode({"first_day": instance.leave[0].first_day.isoformat()}),
        "pin": urlencode({"coach": instance.pins[0].coach_id, "session": instance.pins[0].session_id}),
    }


def _a_session(day: date) -> tuple[AddSession]:
    return (AddSession(session_id="S99", room_id="cockle-street-medical-centre-2", date=day, start=540, end=720),)


def _help(month: Month, found: Help) -> Job:
    """What would help the first practice most."""
    return Job.objects.create(
        month=month, kind="help", asked={"practice_id": "P001"}, state=Job.DONE, result=found.model_dump_json()
    )


def _plan(month: Month) -> Job:
    """Scenarios, of which none has a roster."""
    none = {"outcome": "unknown", "says": "Time ran out.", "seconds": 1.0, "instance_sha256": ""}
    base, scenario = (Column.model_validate({"name": name, **none}) for name in ("base", "another"))
    asked = Asked(time_limit=1.0, gap=0.0, workers=1, seed=0)
    report = PlanReport(
        instance="",
        month=month.month,
        instance_sha256="",
        asked=asked,
        complete=False,
        base=base,
        scenarios=(scenario,),
    )
    return Job.objects.create(month=month, kind="plan", state=Job.DONE, result=report.to_json())


def _answer(month: Month, key: str, day: date) -> Job:
    """An answer that proposes one change."""
    proposed = Proposed(edits=_a_session(day), says="Offer a session.", total=1, verified=True)
    lines = ("Yes.", "Nothing.", "Nothing.", "A session.")
    found = WhyNot(
        instance="",
        month=month.month,
        asked="",
        possible="yes",
        lines=lines,
        known="proved",
        objective=1,
        change=proposed,
    )
    return Job.objects.create(
        month=month,
        kind="why-not",
        asked={"roster": key},
        state=Job.DONE,
        result=found.model_dump_json(by_alias=True),
        month_version=month.version,
    )
