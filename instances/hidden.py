"""The hidden plan: a month that can be worked, drawn first. Demand, deadlines and promises are drawn to suit it.

So a region whose see-by dates bind has a roster that keeps every rule, and not much to spare. The plan is never
written down with the region; tests ask for it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from roster.domain import Appointment, Referral, Visit
from roster.instance import Instance


@dataclass
class HiddenPlan:
    """Visits that keep the rules of coaches, rooms and travel, and people in them.

    ``free`` is what is left of each visit, in minutes; ``seats`` are the people seen, by session.
    """

    instance: Instance
    visits: dict[str, Visit]
    free: dict[str, int] = field(default_factory=dict)
    seats: list[tuple[Referral, str]] = field(default_factory=list)
    _at: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for session_id, visit in self.visits.items():
            self.free.setdefault(session_id, visit.end - visit.start)
            self._at[self.instance.site_of(session_id)].append(session_id)

    def seat(self, referral: Referral, number: int, by: date | None = None, spare: float = 0.0) -> bool:
        """Seat so many people of the referral, on or before a day if one is given: all of them or nobody.

        ``spare`` is the share of each visit's time that has to stay free.
        """
        before = dict(self.free), len(self.seats)
        for _ in range(number):
            session_id = min(self._open_to(referral, by, spare), key=lambda s: (self.free[s], s), default=None)
            if session_id is None:
                self.free, self.seats = before[0], self.seats[: before[1]]
                return False
            self.put(referral, session_id)
        return True

    def put(self, referral: Referral, session_id: str) -> None:
        """One person of the referral in the session, whatever the rules say."""
        self.free[session_id] -= referral.minutes
        self.seats.append((referral, session_id))

    def _open_to(self, referral: Referral, by: date | None, spare: float) -> Iterator[str]:
        instance = self.instance
        first = instance.notice_ends(referral)
        for site_id in sorted(instance.accepted_sites(referral)):
            for session_id in self._at.get(site_id, ()):
                day = instance.session[session_id].date
                in_time = first <= day <= (by or day) and day > referral.referred_on and day not in referral.away
                if (
                    in_time
                    and self._has_time(session_id, referral.minutes, spare)
                    and self._suits(referral, session_id)
                ):
                    yield session_id

    def _has_time(self, session_id: str, minutes: int, spare: float) -> bool:
        visit = self.visits[session_id]
        return self.free[session_id] - minutes >= spare * (visit.end - visit.start)

    def _suits(self, referral: Referral, session_id: str) -> bool:
        instance, visit = self.instance, self.visits[session_id]
        spoken = {instance.booking[b].skill for b in visit.booking_ids if b in instance.booking}
        return (
            instance.needed(referral, "coach") <= set(instance.coach[visit.coach_id].skills)
            and instance.needed(referral, "room") <= instance.room_features(instance.session[session_id].room_id)
            and instance.needed(referral, "interpreter") <= spoken
        )

    def without_idle_visits(self) -> "HiddenPlan":
        """The same plan without the visits in which nobody is seen, and without interpreters whom nobody needs."""
        skills: dict[str, set[str]] = defaultdict(set)
        for referral, session_id in self.seats:
            skills[session_id] |= self.instance.needed(referral, "interpreter")
        visits = {
            s: self.visits[s].model_copy(
                update={
                    "booking_ids": tuple(
                        b for b in self.visits[s].booking_ids if self.instance.booking[b].skill in needed
                    )
                }
            )
            for s, needed in sorted(skills.items())
        }
        return HiddenPlan(self.instance, visits, {s: self.free[s] for s in visits}, list(self.seats))

    def appointments(self) -> tuple[Appointment, ...]:
        """The people with their times: as they were told what is past, the others one after the other in each visit."""
        history = self.instance.history_appointments
        next_free = {session_id: visit.start for session_id, visit in self.visits.items()}
        found = [a for rows in history.values() for a in rows]
        for referral, session_id in self.seats:
            if (referral.referral_id, session_id) not in history:
                start = next_free[session_id]
                next_free[session_id] = end = start + referral.minutes
                found.append(Appointment(referral_id=referral.referral_id, session_id=session_id, start=start, end=end))
        return tuple(sorted(found, key=lambda a: (self.instance.session[a.session_id].date, a.start, a.session_id)))


def binds(instance: Instance, referral: Referral) -> bool:
    """Whether the see-by date binds where policy says "must", as the contract defines it."""
    if instance.settings.policy.see_by != "must" or referral.see_by is None or referral.consent == "no":
        return False
    first = max(instance.days[0], instance.notice_ends(referral))
    return first <= referral.see_by <= instance.days[-1] and referral.see_by > referral.referred_on
