"""A region that is a plain queue, a quick stand-in for the engine that is right for it, and runs that keep no files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from models import RULES
from roster.domain import Appointment, Roster, Visit
from roster.instance import Instance
from roster.planning.simulation.people import labels
from roster.planning.simulation.rosterer import Rostered
from roster.planning.simulation.run import Asked, Simulating
from roster.planning.simulation.state import MonthDone, RunState, Store
from roster.planning.simulation.terms import Arrivals, Terms
from roster.planning.simulation.world import World, world_of
from tests.tables import world

MINUTES, EACH = 60, 2
"""Everybody needs an hour, and a session is two hours."""


def one_room(practices: int = 1, further: str = "") -> Instance:
    """One coach and one room each Wednesday, as long as two people; everybody is alike, and nobody waits yet but few.

    March 2027 has five Wednesdays, and no Wednesday of the two years after it is a bank holiday.
    """
    names = [f"P{n}" for n in range(1, practices + 1)]
    days = ("03", "10", "17", "24", "31")
    return world(
        'month = "2027-03"\nas_of = 2027-02-19',
        "reach_minutes = 60",
        coaches=f"coach_id\nC1\n{further}",
        hours="coach_id, weekday, start, end\nC1, wed, 09:00, 11:00",
        sites="site_id\nX",
        practices="\n".join(["practice_id, site_id", *(f"{name}, X" for name in names)]),
        rooms="room_id, site_id\nX-1, X",
        sessions="\n".join(
            ["session_id, room_id, date, start, end", *(f"S{d}, X-1, 2027-03-{d}, 09:00, 11:00" for d in days)]
        ),
        referrals="\n".join(
            [
                "referral_id, practice_id, referred_on, band, minutes",
                *(f"R{name}, {name}, 2027-02-10, B, {MINUTES}" for name in names),
            ]
        ),
        roads="C1, X, 5, 5",
    )


def terms(a_month: float, practices: int = 1, sections: Mapping[str, object] | None = None) -> Terms:
    """So many people a month from each practice, whatever the folder shows."""
    sizes = {f"P{n}": 1000 for n in range(1, practices + 1)}
    return Terms.model_validate(
        {
            "arrivals": Arrivals(per_1000_a_month=a_month, list_size=sizes),
            "months": {"days_before": 10},
            **(sections or {}),
        }
    )


def queue_of(instance: Instance, given: Terms, name: str = "base", backlog_months: int = 0) -> World:
    """The world of an instance."""
    return world_of(name, instance, labels(instance), given, RULES, backlog_months)


class FirstCome:
    """Sees those who were referred first, in the first sessions that there are: a stand-in for the engine.

    It is right where there is one coach in one room, and everybody is alike and may come to every session. ``at_once``
    months are under way together, and the last that was begun ends first.
    """

    def __init__(self, at_once: int = 1, gone_after: int | None = None) -> None:
        self._at_once, self._left = at_once, gone_after
        self._begun: list[tuple[str, Instance]] = []

    def free(self) -> int:
        return self._at_once - len(self._begun)

    def start(self, name: str, instance: Instance) -> None:
        self._begun.append((name, instance))

    def ended(self, seconds: float) -> Sequence[Rostered]:
        assert seconds > 0
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
        name, instance = self._begun.pop()
        return [Rostered(name, first_come(instance), "")]


def first_come(instance: Instance) -> Roster:
    """The roster of a month."""
    people = sorted(instance.people.values(), key=lambda r: (r.referred_on, r.referral_id))
    queue = [r.referral_id for r in people for _ in range(r.count)]
    away = instance.leave_days.get("C1", frozenset())
    visits, appointments = [], []
    for session in sorted(instance.sessions, key=lambda s: s.date):
        if session.date in away or session.date in instance.bank_holidays or not queue:
            continue
        here, queue = queue[:EACH], queue[EACH:]
        where = {"session_id": session.session_id}
        visits.append(Visit(coach_id="C1", start=session.start, end=session.end, **where))
        for place, referral_id in enumerate(here):
            start = session.start + place * MINUTES
            appointments.append(Appointment(referral_id=referral_id, start=start, end=start + MINUTES, **where))
    return Roster(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256="0" * 64,
        outcome="optimal",
        objective=0,
        bound=0,
        costs={},
        visits=tuple(visits),
        appointments=tuple(appointments),
    )


class Forgetting(Store):
    """Keeps no files."""

    def __init__(self) -> None:
        super().__init__(Path())

    def open(self, cases: object) -> None:
        """Nothing to open."""

    def read(self, *_: object) -> RunState | None:
        """Nothing was kept."""
        return None

    def write(self, state: RunState) -> None:
        """Nothing is kept."""


def simulated(
    *worlds: World, months: int, runs: int, seed: int = 1, at_once: int = 1
) -> list[list[Sequence[MonthDone]]]:
    """The months of every run of each world, made by the stand-in."""
    done = Simulating(worlds, Asked(months, runs, seed), FirstCome(at_once), Forgetting()).run()
    return [[t.state.months for t in done.tracks if t.world is one] for one in worlds]
