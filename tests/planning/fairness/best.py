"""The price of a shorter wait by trying every roster of a tiny world: no engine, no model."""

from collections.abc import Iterator
from dataclasses import dataclass

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.instance import Instance
from tests.every_roster import every_roster
from tests.rules.small import small


@dataclass(frozen=True)
class Tried:
    """Every roster that keeps every rule, with its total and the days that the people of a practice wait in all."""

    rosters: tuple[Roster, ...]
    totals: tuple[int, ...]
    days: tuple[int, ...]

    def best(self, most_days: int | None = None) -> int | None:
        """The lowest total of a roster with at most so many days; None where there is none."""
        found = [t for t, d in zip(self.totals, self.days, strict=True) if most_days is None or d <= most_days]
        return min(found, default=None)


def tried(instance: Instance, practice_id: str, most_visits: int, most_appointments: int) -> Tried:
    """All of them."""
    kept = [r for r in every_roster(instance, most_visits, most_appointments) if _keeps(instance, r)]
    totals = tuple(sum(p.price(instance, r) for p in PREFERENCES) for r in kept)
    return Tried(tuple(kept), totals, tuple(sum(_days(instance, practice_id, r)) for r in kept))


def _keeps(instance: Instance, roster: Roster) -> bool:
    return not any(True for rule in RULES for _ in rule.check(instance, roster))


def _days(instance: Instance, practice_id: str, roster: Roster) -> Iterator[int]:
    """The days that each person of the practice waits, from the tables alone."""
    dates = {s.session_id: s.date for s in instance.sessions}
    for r in instance.referrals:
        if r.practice_id == practice_id and r.consent == "yes":
            seen = [dates[a.session_id] for a in roster.appointments if a.referral_id == r.referral_id]
            yield from ((day - r.referred_on).days for day in seen)
            yield from ((instance.unseen_day - r.referred_on).days for _ in range(r.count - len(seen)))


def split_town(visits: int, band: str, minutes: int) -> Instance:
    """Five people of practice PX, three of PY, one coach with so many visits in the month: more for one is less there.

    ``band``: of the three; ``minutes``: how long each of the five needs.
    """
    return small(
        coaches=f"coach_id, max_sessions_month\nC1, {visits}",
        hours="coach_id, weekday, start, end\nC1, mon, 09:00, 17:00\nC1, tue, 09:00, 12:00",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-16, 09:00, 11:00
            S2,         Y-1,     2027-03-08, 13:30, 15:30
            S3,         X-1,     2027-03-22, 09:00, 11:00""",
        referrals=f"""
            referral_id, practice_id, referred_on, band, minutes, count
            P,           PX,          2027-02-15,  C,    {minutes}, 5
            Q,           PY,          2027-02-20,  {band}, 40,    3""",
        roads="""
            C1, X, 10, 12
            C1, Y, 20, 24
            X,  Y, 35, 38""",
    )
