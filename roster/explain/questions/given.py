"""A roster that is given, and others that are tried beside it: the same plan but for one thing, and what it costs.

Nothing is claimed of a roster that the checker was not asked about.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from roster.candidates import Candidates
from roster.domain import Appointment, Roster, Visit
from roster.instance import Instance
from roster.plan import Plan, appointments_of, visits_of
from roster.reasons import unseen_of
from roster.rule import Finding, Preference, Rule
from roster.verify import verify
from roster.wording import session_words


@dataclass(frozen=True)
class Trial:
    """A roster that was tried: ``broken`` is what the checker found; its costs are those of section 3."""

    instance: Instance
    roster: Roster
    broken: tuple[Finding, ...]

    @property
    def kept(self) -> bool:
        """Whether it keeps every rule."""
        return not self.broken

    @property
    def total(self) -> int:
        """The sum of its prices, in minutes of coach time."""
        return self.roster.objective


@dataclass(frozen=True)
class Given:
    """One instance with a roster of it that the checker accepts."""

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    roster: Roster

    # -- what is in it ------------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The roster without its times."""
        return Plan(
            visits=tuple((v.coach_id, v.session_id) for v in self.roster.visits),
            seen=Counter((a.referral_id, a.session_id) for a in self.roster.appointments),
            bookings=tuple((b, v.session_id) for v in self.roster.visits for b in v.booking_ids),
        )

    @cached_property
    def candidates(self) -> Candidates:
        """What could be at all."""
        return Candidates(self.instance, self.rules)

    @cached_property
    def visit_in(self) -> dict[str, Visit]:
        """The visit of each session that is held, from as_of on."""
        return {
            v.session_id: v
            for v in self.roster.visits
            if not self.instance.is_past(self.instance.session[v.session_id].date)
        }

    @cached_property
    def seen_in(self) -> dict[str, list[Appointment]]:
        """The appointments of each session, in order of time."""
        found: dict[str, list[Appointment]] = defaultdict(list)
        for appointment in sorted(self.roster.appointments, key=lambda a: (a.start, a.referral_id)):
            found[appointment.session_id].append(appointment)
        return found

    @cached_property
    def seen_of(self) -> dict[str, list[Appointment]]:
        """The appointments of each referral, by date and time."""
        found: dict[str, list[Appointment]] = defaultdict(list)
        for a in sorted(self.roster.appointments, key=lambda a: (self.instance.session[a.session_id].date, a.start)):
            found[a.referral_id].append(a)
        return found

    def free_minutes(self, session_id: str) -> int:
        """Minutes of the session's visit that no appointment takes; 0 where nobody holds it."""
        visit = self.visit_in.get(session_id)
        if visit is None:
            return 0
        return visit.end - visit.start - sum(a.end - a.start for a in self.seen_in.get(session_id, ()))

    @property
    def bound(self) -> int | None:
        """What every roster costs at least, as the roster says; None where it was made from other data."""
        return self.roster.bound if self.roster.instance_sha256 == self.instance.sha256 else None

    @property
    def is_best(self) -> bool:
        """Whether it is proved that no roster has a lower total."""
        return self.bound == self.roster.objective

    # -- what is tried ------------------------------------------------------------------------------------

    def tried(self, plan: Plan, instance: Instance | None = None) -> Trial:
        """The plan as a roster of the instance (or of an edited one), priced, and every rule's checker asked.

        ``verified`` asks the whole checker. The check sum is left out where the instance is an edited one.
        """
        instance = instance or self.instance
        impossible = _without_hours(instance, plan)
        if impossible:
            return Trial(instance, self.roster, impossible)
        visits, appointments = self._timed(plan, instance)
        draft = Roster(
            instance=instance.settings.name,
            month=instance.settings.month,
            instance_sha256=instance.sha256 if instance is self.instance else "",
            outcome="feasible",
            objective=0,
            bound=0,
            costs={},
            visits=visits,
            appointments=appointments,
            unseen=unseen_of(instance, appointments),
        )
        costs = {p.name: p.price(instance, draft) for p in self.preferences}
        total = sum(costs.values())
        bound = min(self.bound or 0, total) if instance is self.instance else 0
        roster = draft.model_copy(update={"costs": costs, "objective": total, "bound": bound})
        return Trial(instance, roster, tuple(f for rule in self.rules for f in rule.check(instance, roster)))

    def verified(self, trial: Trial) -> Trial:
        """The same in order of time, after the whole checker was asked: rules, times and numbers."""
        roster, day = trial.roster, {s.session_id: s.date for s in trial.instance.sessions}
        visits = sorted(roster.visits, key=lambda v: (day.get(v.session_id, date.min), v.start, v.session_id))
        seen = sorted(roster.appointments, key=lambda a: (day.get(a.session_id, date.min), a.start, a.referral_id))
        roster = roster.model_copy(update={"visits": tuple(visits), "appointments": tuple(seen)})
        verdict = verify(trial.instance, roster, self.rules, self.preferences)
        return replace(trial, roster=roster, broken=(*trial.broken, *verdict.broken, *verdict.form))

    def _timed(self, plan: Plan, instance: Instance) -> tuple[tuple[Visit, ...], tuple[Appointment, ...]]:
        """Visits and appointments with their times. Where a session is as it was, so are its times."""
        if instance.hours != self.instance.hours:
            visits = visits_of(instance, plan)
            return visits, appointments_of(instance, plan, visits)
        changed = self._changed(plan)
        part = Plan(
            visits=tuple(key for key in plan.visits if key[1] in changed),
            seen={key: number for key, number in (plan.seen or {}).items() if key[1] in changed},
            bookings=tuple(key for key in plan.bookings if key[1] in changed),
        )
        visits = visits_of(instance, part)
        appointments = appointments_of(instance, part, visits)
        return (
            (*(v for v in self.roster.visits if v.session_id not in changed), *visits),
            (*(a for a in self.roster.appointments if a.session_id not in changed), *appointments),
        )

    def _changed(self, plan: Plan) -> set[str]:
        """The sessions in which the plan is not that of the roster."""
        seen, now = plan.seen or {}, self.plan.seen or {}
        keys = {key for key in seen.keys() | now.keys() if seen.get(key, 0) != now.get(key, 0)}
        keys |= set(plan.visits) ^ set(self.plan.visits)
        keys |= set(plan.bookings) ^ set(self.plan.bookings)
        return {session_id for _, session_id in keys}


def _without_hours(instance: Instance, plan: Plan) -> tuple[Finding, ...]:
    """Visits that have no time, and those of a coach or to a session that is gone."""
    gone = tuple(
        Finding("hours", f"{coach_id} or session {session_id} is not there any more.")
        for coach_id, session_id in plan.visits
        if coach_id not in instance.coach or session_id not in instance.session
    )
    return gone or tuple(
        Finding("hours", f"{coach_id} does not work during {session_words(instance, session_id)}.", f"hours:{coach_id}")
        for coach_id, session_id in plan.visits
        if instance.span(coach_id, session_id) is None
    )


def with_visit(plan: Plan, coach_id: str, session_id: str) -> Plan:
    """The plan with one more visit."""
    return replace(plan, visits=(*plan.visits, (coach_id, session_id)))


def with_booking(plan: Plan, booking_ids: Iterable[str], session_id: str) -> Plan:
    """The plan with interpreters in a session."""
    return replace(plan, bookings=(*plan.bookings, *((b, session_id) for b in booking_ids)))


def with_person(plan: Plan, referral_id: str, session_id: str, instead_of: str | None = None) -> Plan:
    """The plan with one more person of the referral seen in the session, instead of in another where one is named."""
    seen = Counter(plan.seen or {})
    seen[referral_id, session_id] += 1
    if instead_of is not None:
        seen[referral_id, instead_of] -= 1
    return replace(plan, seen=_positive(seen))


def without_people(plan: Plan, people: Iterable[tuple[str, str]]) -> Plan:
    """The plan with one person less of each (referral, session)."""
    seen = Counter(plan.seen or {})
    seen.subtract(people)
    return replace(plan, seen=_positive(seen))


def _positive(seen: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {key: number for key, number in seen.items() if number > 0}
