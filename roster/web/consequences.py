"""What it does to people when visits they were told of cannot be: who loses an appointment, and who else has room.

Only visits that are in the published roster already are looked at, so that the answer is there at once; a repair by
the region's manager may find more.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from roster.candidates import Candidates
from roster.domain import Referral
from roster.instance import Instance
from roster.rule import Rule
from roster.store.told import ToldVisit
from roster.wording import how_many


@dataclass(frozen=True)
class Room:
    """Another visit, and how many of those who lose their appointment it has room for at most."""

    visit: ToldVisit
    people: int


@dataclass(frozen=True)
class Loss:
    """``visits``: those that cannot be; ``people``: how many lose their appointment; ``rooms``: who else has room.

    ``nowhere``: how many of them fit in no other visit as it is.
    """

    visits: tuple[ToldVisit, ...]
    people: int
    rooms: tuple[Room, ...]
    nowhere: int


def loss_of(instance: Instance, told: Sequence[ToldVisit], session_ids: Collection[str], rules: Sequence[Rule]) -> Loss:
    """What is lost where these sessions have no visit any more. ``told``: every visit of the published roster."""
    lost = tuple(v for v in told if v.session_id in session_ids)
    people = [a for v in lost for a in v.appointments]
    others = [v for v in told if v.session_id not in session_ids and not v.gone and not instance.is_past(v.date)]
    open_to = _who_fits(instance, others, {a.referral_id for a in people}, rules)
    rooms = []
    for visit in others:
        minutes = sorted(a.end - a.start for a in people if visit.session_id in open_to.get(a.referral_id, ()))
        number = _how_many_fit(minutes, _free(visit))
        if number:
            rooms.append(Room(visit, number))
    nowhere = sum(1 for a in people if not open_to.get(a.referral_id))
    return Loss(lost, len(people), tuple(rooms), nowhere)


def _who_fits(
    instance: Instance, visits: Sequence[ToldVisit], referral_ids: Collection[str], rules: Sequence[Rule]
) -> dict[str, frozenset[str]]:
    """For each referral the sessions of these visits in which one of its people could be seen as things are."""
    sessions = tuple(instance.session[v.session_id] for v in visits)
    candidates = Candidates(instance.replaced(sessions=sessions), rules)
    by_session = {v.session_id: v for v in visits}
    found: dict[str, frozenset[str]] = {}
    for referral in (instance.people[i] for i in referral_ids if i in instance.people):
        could = {s.session_id: s for s in candidates.sessions_for(referral)}
        found[referral.referral_id] = frozenset(
            session_id
            for session_id, session in could.items()
            if by_session[session_id].coach_id in candidates.who_may_see(referral, session)
            and _suits(instance, referral, by_session[session_id])
        )
    return found


def _suits(instance: Instance, referral: Referral, visit: ToldVisit) -> bool:
    """Whether the visit has time, the interpreters, and is not after a date that has to be kept."""
    in_time = referral.referral_id not in instance.binding or referral.see_by is None or visit.date <= referral.see_by
    understood = instance.needed(referral, "interpreter") <= set(visit.interpreters)
    return in_time and understood and _free(visit) >= referral.minutes


def _free(visit: ToldVisit) -> int:
    """Minutes of the visit that nobody has."""
    return visit.end - visit.start - sum(a.end - a.start for a in visit.appointments)


def _how_many_fit(minutes: Sequence[int], free: int) -> int:
    """How many of these, the shortest first, fit into the free minutes."""
    number = 0
    for length in minutes:
        if length > free:
            break
        free, number = free - length, number + 1
    return number


def loss_words(loss: Loss) -> Iterator[str]:
    """What it does, in sentences; nothing where no visit is lost."""
    if not loss.visits:
        return
    coaches = sorted({visit.coach_id for visit in loss.visits})
    visits = how_many(len(loss.visits), "visit")
    who = f"coach {coaches[0]}" if len(coaches) == 1 else how_many(len(coaches), "coach", "coaches")
    yield f"{visits} of {who} cannot be held as people were told."
    if not loss.people:
        yield "Nobody has an appointment then, so nobody has to be told another time or place."
        return
    lose = "loses an appointment and has" if loss.people == 1 else "lose an appointment and have"
    yield f"{how_many(loss.people, 'person', 'people')} {lose} to be told another time or place."
    if loss.nowhere == loss.people:
        yield "No other visit that is planned has room for them as it is."
    elif loss.nowhere:
        yield f"For {loss.nowhere} of them no other visit that is planned has room as it is."
