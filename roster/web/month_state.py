"""Where a month stands: what is offered, who waits, what is published, and what is to be done next."""

from dataclasses import dataclass
from datetime import datetime

from roster.domain import Practice
from roster.instance import Instance
from roster.store.models import Job, Month
from roster.store.publishing import document_of
from roster.store.rosters import REPAIR, SOLVE, has_roster, is_compromise
from roster.wording import how_many

_MOST_JOBS = 8


@dataclass(frozen=True)
class State:
    """A month in numbers. ``undeclared``: practices at whose site nothing is offered; ``hit``: published visits to
    come that cannot take place any more; ``to_read``: the newest roster that was made, and not published since.
    """

    offered: int
    places: int
    undeclared: tuple[Practice, ...]
    people: int
    without_consent: int
    version: int
    published_at: datetime | None
    seen: int
    visits: int
    compromise: bool
    hit: int
    jobs: tuple[Job, ...]
    to_read: Job | None
    compromise_to_read: bool

    @property
    def is_published(self) -> bool:
        """Whether people were told a roster."""
        return self.version > 0 or self.visits > 0


def state_of(month: Month, instance: Instance) -> State:
    """Where the month stands now."""
    newest = month.versions.order_by("-number").first()
    document = None if newest is None else document_of(newest)
    told = instance.published
    since = None if document is None else document.published_at
    jobs = tuple(month.jobs.filter(kind__in=(SOLVE, REPAIR)).order_by("-pk")[:_MOST_JOBS])
    to_read = _to_read(jobs, since)
    offering = {instance.site_of(s.session_id) for s in instance.sessions}
    return State(
        offered=len(instance.sessions),
        places=len(offering),
        undeclared=tuple(p for p in instance.practices if p.site_id not in offering),
        people=sum(r.count for r in instance.people.values()),
        without_consent=sum(r.count for r in instance.referrals if r.consent == "no"),
        version=0 if document is None else document.number,
        published_at=since,
        seen=0 if told is None else len(told.appointments),
        visits=0 if told is None else len(told.visits),
        compromise=told is not None and told.compromise,
        hit=hit_visits(instance),
        jobs=jobs,
        to_read=to_read,
        compromise_to_read=to_read is not None and is_compromise(to_read),
    )


def hit_visits(instance: Instance) -> int:
    """How many published visits to come cannot take place any more: no session, no coach, or the coach is away."""
    told = () if instance.published is None else instance.published.visits
    return sum(1 for v in told if _is_hit(instance, v.coach_id, v.session_id))


def _is_hit(instance: Instance, coach_id: str, session_id: str) -> bool:
    session = instance.session.get(session_id)
    if session is None or coach_id not in instance.coach:
        return True
    away = session.date in instance.leave_days.get(coach_id, frozenset())
    return not instance.is_past(session.date) and away


def _to_read(jobs: tuple[Job, ...], since: datetime | None) -> Job | None:
    """The newest job of which something came after the last publication."""
    made = (job for job in jobs if job.ended_at is not None and has_roster(job))
    newest = next(made, None)
    if newest is None or newest.ended_at is None or (since is not None and newest.ended_at <= since):
        return None
    return newest


@dataclass(frozen=True)
class Step:
    """Something to do next, and the page to do it on; ``parts`` complete the page's address."""

    says: str
    page: str
    words: str
    parts: tuple[tuple[str, str | int], ...] = ()


def next_steps(state: State) -> list[Step]:
    """What a manager would do now, the most pressing first."""
    steps: list[Step] = []
    if state.hit:
        cannot = how_many(state.hit, "published visit cannot", "published visits cannot")
        steps.append(Step(f"{cannot} take place any more.", "happened", "Repair the roster", (("what", "changed"),)))
    working = next((job for job in state.jobs if not job.is_over), None)
    if working is not None:
        steps.append(Step("A roster is being made.", "roster_job", "See how far it is", (("number", working.pk),)))
    elif state.to_read is not None:
        says = (
            "A compromise is ready: no roster keeps every rule." if state.compromise_to_read else "A roster is ready."
        )
        steps.append(Step(says, "roster_job", "Read it", (("number", state.to_read.pk),)))
    elif not state.is_published:
        steps.append(Step("No roster is published yet.", "make_roster", "Make a roster"))
    if state.undeclared and not state.is_published:
        not_yet = how_many(len(state.undeclared), "practice has", "practices have")
        steps.append(Step(f"{not_yet} not offered a room yet. Ask them, or go on without.", "", ""))
    if not steps:
        steps.append(Step("The roster is published, and nothing stands in its way.", "", ""))
    return steps
