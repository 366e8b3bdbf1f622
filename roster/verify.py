"""The checker: a finished roster against its instance, rule by rule and price by price. Imports no solver."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.domain import Appointment, Break, Roster, Visit
from roster.instance import Instance
from roster.rule import Finding, Preference, Rule
from roster.wording import how_many, session_words

OTHER_DATA = "The roster was made from other data: its instance_sha256 is not that of this instance."


@dataclass(frozen=True)
class Verdict:
    """``form``: what the file itself gets wrong; ``broken``: rules broken; ``costs``: the prices, by name.

    ``notes``: what is worth knowing and is no fault, such as a check sum of other data: a roster is judged by what it
    says about this data, wherever it was made.
    """

    form: tuple[Finding, ...]
    broken: tuple[Finding, ...]
    costs: dict[str, int]
    notes: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether nothing was found. A compromise is accepted where it breaks what it says, and nothing else."""
        return not self.form and not self.broken

    @property
    def objective(self) -> int:
        """The sum of the prices, in minutes of coach time."""
        return sum(self.costs.values())


def verify(instance: Instance, roster: Roster, rules: Sequence[Rule], preferences: Sequence[Preference]) -> Verdict:
    """Check everything. Where ids are unknown or people are seen without a visit, only that is reported."""
    unknown = tuple(_unknown(instance, roster))
    if unknown:
        return Verdict(unknown, (), {})
    broken = tuple(finding for rule in rules for finding in rule.check(instance, roster))
    costs = {p.name: p.price(instance, roster) for p in preferences} if _priceable(instance, roster) else {}
    form = (
        *_check_heading(instance, roster),
        *_check_times(instance, roster),
        *_check_unseen(instance, roster),
        *_check_numbers(roster, costs),
        *_check_breaks(roster, broken),
    )
    same_data = roster.instance_sha256 == instance.sha256
    return Verdict(form, () if roster.compromise else broken, costs, () if same_data else (OTHER_DATA,))


def breaks_of(broken: Sequence[Finding]) -> tuple[Break, ...]:
    """The findings as the breaks that a compromise roster lists."""
    return tuple(Break(rule=f.rule, fact=f.fact, amount=f.amount, says=f.says) for f in broken)


def _form(says: str) -> Finding:
    return Finding("form", says)


def _unknown(instance: Instance, roster: Roster) -> Iterator[Finding]:
    named = [("coach", v.coach_id, v.coach_id in instance.coach) for v in roster.visits]
    named += [("session", v.session_id, v.session_id in instance.session) for v in roster.visits]
    named += [("booking", b, b in instance.booking) for v in roster.visits for b in v.booking_ids]
    for kind, id_, known in named:
        if not known:
            yield _form(f"A visit names {kind} {id_}, which is not in the instance.")
    referrals = {r.referral_id for r in instance.referrals}
    held = {v.session_id for v in roster.visits}
    for appointment in roster.appointments:
        if appointment.referral_id not in referrals:
            yield _form(f"An appointment names referral {appointment.referral_id}, which is not in the instance.")
        if appointment.session_id not in held:
            yield _form(f"{appointment.referral_id} is seen in session {appointment.session_id}, which has no visit.")


def _priceable(instance: Instance, roster: Roster) -> bool:
    return all(a.referral_id in instance.people for a in roster.appointments)


def _check_heading(instance: Instance, roster: Roster) -> Iterator[Finding]:
    if roster.month != instance.settings.month:
        yield _form(f"The roster is for {roster.month}, the instance for {instance.settings.month}.")
    if roster.instance != instance.settings.name:
        yield _form(f"The roster is for {roster.instance!r}, the instance is {instance.settings.name!r}.")
    for (coach_id, session_id), number in Counter((v.coach_id, v.session_id) for v in roster.visits).items():
        if number > 1:
            yield _form(f"The visit of {coach_id} to session {session_id} is listed {number} times.")


def _check_times(instance: Instance, roster: Roster) -> Iterator[Finding]:
    visits = {v.session_id: v for v in roster.visits}
    by_session: dict[str, list[Appointment]] = defaultdict(list)
    for appointment in roster.appointments:
        by_session[appointment.session_id].append(appointment)
    for session_id, appointments in by_session.items():
        if not instance.is_past(instance.session[session_id].date):
            appointments.sort(key=lambda a: (a.start, a.end))
            yield from _check_visit_times(instance, visits[session_id], appointments)


def _check_visit_times(instance: Instance, visit: Visit, appointments: list[Appointment]) -> Iterator[Finding]:
    where = session_words(instance, visit.session_id)
    busy_until = visit.start
    for appointment in appointments:
        who = appointment.referral_id
        referral = instance.people.get(who)
        if appointment.start < visit.start or appointment.end > visit.end:
            yield _form(f"The appointment of {who} does not lie inside the visit of {where}.")
        elif appointment.start < busy_until:
            yield _form(f"The appointment of {who} overlaps another in {where}.")
        if referral is not None and appointment.end - appointment.start != referral.minutes:
            yield _form(f"The appointment of {who} in {where} does not last {referral.minutes} minutes.")
        busy_until = max(busy_until, appointment.end)


def _check_unseen(instance: Instance, roster: Roster) -> Iterator[Finding]:
    seen = Counter(a.referral_id for a in roster.appointments)
    left = {r: person.count - seen[r] for r, person in instance.people.items() if person.count > seen[r]}
    listed = {u.referral_id: u.count for u in roster.unseen}
    if len(listed) != len(roster.unseen):
        yield _form("A referral is listed twice among those not seen.")
    for referral_id in sorted(left.keys() | listed.keys()):
        if left.get(referral_id, 0) != listed.get(referral_id, 0):
            people = how_many(left.get(referral_id, 0), "person is", "people are")
            yield _form(f"{people} of {referral_id} not seen; the roster lists {listed.get(referral_id, 0)}.")
    for entry in roster.unseen:
        if not entry.reason.strip():
            yield _form(f"{entry.referral_id} is not seen and no reason is given.")


def _check_numbers(roster: Roster, costs: dict[str, int]) -> Iterator[Finding]:
    if costs and roster.costs != costs:
        names = sorted(n for n in costs.keys() | roster.costs.keys() if costs.get(n) != roster.costs.get(n))
        for name in names:
            yield _form(f"The cost {name!r} is given as {roster.costs.get(name)}; it is {costs.get(name)}.")
    if costs and roster.objective != sum(costs.values()):
        yield _form(f"The objective is given as {roster.objective}; the prices sum to {sum(costs.values())}.")
    if roster.bound > roster.objective:
        yield _form(f"The bound {roster.bound} is above the objective {roster.objective}.")
    if roster.outcome == "optimal" and roster.bound != roster.objective:
        yield _form(f"The roster claims to be proved best, but its bound is {roster.bound}.")


def _check_breaks(roster: Roster, broken: Sequence[Finding]) -> Iterator[Finding]:
    if roster.outcome not in ("optimal", "feasible", "infeasible"):
        yield _form(f"A roster cannot have the outcome {roster.outcome!r}.")
    if roster.compromise != (roster.outcome == "infeasible"):
        yield _form("A roster is a compromise exactly where its outcome is infeasible.")
    if not roster.compromise:
        return
    said = {(b.rule, b.fact, b.amount) for b in roster.breaks}
    found = {(f.rule, f.fact, f.amount) for f in broken}
    for rule, fact, _ in sorted(found - said):
        yield _form(f"The compromise breaks {rule} ({fact}) and does not say so.")
    for rule, fact, _ in sorted(said - found):
        yield _form(f"The compromise says that it breaks {rule} ({fact}), and does not.")
