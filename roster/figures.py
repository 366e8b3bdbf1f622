"""The numbers that a manager asks of a roster: who is seen, who waits how long, how much work, what it costs.

They are read from the instance and the finished roster alone; a person is one of the ``count`` of a referral.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median
from typing import Literal

from roster.domain import BANDS, Record, Referral, Roster, pence
from roster.instance import Instance
from roster.routes import days_worked, road_minutes_by_coach


class BandFigures(Record):
    """The people of one band, or of all: how many are seen, how many by their see-by date, after how many days.

    ``date_gone`` counts those not seen by their date because it comes before the first day on which a new appointment
    can be. Waits are those of the people seen, from the day they were referred; None where nobody is seen.
    """

    band: Literal["A", "B", "C", "all"]
    people: int
    seen: int
    unseen: int
    with_date: int
    date_gone: int
    seen_by_date: int
    longest_wait_days: int | None
    median_wait_days: float | None


class CoachFigures(Record):
    """One coach's month."""

    coach_id: str
    days: int
    visits: int
    appointments: int
    minutes_with_people: int
    road_minutes: int


class Figures(Record):
    """The whole roster in numbers. Money is in pounds; the budget is None where there is none."""

    bands: tuple[BandFigures, ...]
    coaches: tuple[CoachFigures, ...]
    visits: int
    sessions_offered: int
    appointments: int
    minutes_with_people: int
    road_minutes: int
    hire_pounds: float
    fees_pounds: float
    budget_pounds: float | None

    @property
    def everybody(self) -> BandFigures:
        """The people of all bands together."""
        return self.bands[-1]


def figures_of(instance: Instance, roster: Roster) -> Figures:
    """The figures of a roster all of whose ids are in the instance."""
    coaches = tuple(_coach_figures(instance, roster))
    hire = sum(pence(instance.site[instance.site_of(v.session_id)].hire_pounds) for v in roster.visits)
    used = {b for visit in roster.visits for b in visit.booking_ids}
    return Figures(
        bands=tuple(_band_figures(instance, roster)),
        coaches=coaches,
        visits=len(roster.visits),
        sessions_offered=_sessions_offered(instance),
        appointments=len(roster.appointments),
        minutes_with_people=sum(a.end - a.start for a in roster.appointments),
        road_minutes=sum(coach.road_minutes for coach in coaches),
        hire_pounds=hire / 100,
        fees_pounds=sum(pence(instance.booking[b].fee_pounds) for b in used) / 100,
        budget_pounds=instance.settings.policy.budget_pounds,
    )


def _sessions_offered(instance: Instance) -> int:
    """Sessions on the working days of the month."""
    working = set(instance.days) - instance.bank_holidays
    return sum(session.date in working for session in instance.sessions)


def _band_figures(instance: Instance, roster: Roster) -> Iterable[BandFigures]:
    waits: dict[str, list[int]] = defaultdict(list)
    in_time: Counter[str] = Counter()
    for appointment in roster.appointments:
        referral = instance.people.get(appointment.referral_id)
        if referral is not None:
            day = instance.session[appointment.session_id].date
            waits[referral.referral_id].append((day - referral.referred_on).days)
            in_time[referral.referral_id] += referral.see_by is not None and day <= referral.see_by
    people = list(instance.people.values())
    gone = frozenset(r.referral_id for r in people if _is_gone(instance, r))
    for band in BANDS:
        yield _of_people(band, [r for r in people if r.band == band], waits, in_time, gone)
    yield _of_people("all", people, waits, in_time, gone)


def _is_gone(instance: Instance, referral: Referral) -> bool:
    first = max(instance.days[0], instance.notice_ends(referral), referral.referred_on + timedelta(days=1))
    return referral.see_by is not None and referral.see_by < first


def _of_people(
    band: str,
    people: Sequence[Referral],
    waits: dict[str, list[int]],
    in_time: Counter[str],
    gone: frozenset[str],
) -> BandFigures:
    number = sum(r.count for r in people)
    days = [d for r in people for d in waits.get(r.referral_id, ())]
    return BandFigures.model_validate(
        {
            "band": band,
            "people": number,
            "seen": len(days),
            "unseen": number - len(days),
            "with_date": sum(r.count for r in people if r.see_by is not None),
            "date_gone": sum(r.count - in_time[r.referral_id] for r in people if r.referral_id in gone),
            "seen_by_date": sum(in_time[r.referral_id] for r in people),
            "longest_wait_days": max(days, default=None),
            "median_wait_days": float(median(days)) if days else None,
        }
    )


def _coach_figures(instance: Instance, roster: Roster) -> Iterable[CoachFigures]:
    road = road_minutes_by_coach(instance, roster)
    days = Counter(coach_id for coach_id, _ in days_worked(instance, roster))
    visits = Counter(v.coach_id for v in roster.visits)
    holder = {v.session_id: v.coach_id for v in roster.visits}
    appointments: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for appointment in roster.appointments:
        coach_id = holder[appointment.session_id]
        appointments[coach_id] += 1
        minutes[coach_id] += appointment.end - appointment.start
    for coach_id in sorted(instance.coach):
        yield CoachFigures(
            coach_id=coach_id,
            days=days[coach_id],
            visits=visits[coach_id],
            appointments=appointments[coach_id],
            minutes_with_people=minutes[coach_id],
            road_minutes=road.get(coach_id, 0),
        )
