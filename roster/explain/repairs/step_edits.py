"""The edits that steps of a repair are: one for each thing that is changed, as little as will do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from roster.calendar import weekday_of
from roster.domain import clock
from roster.edits import AddHours, Edit, RemoveLeave, RemovePin, Set, SetPolicy
from roster.explain.repairs.steps import NOT_THIS_MONTH, Offer, Step
from roster.instance import Instance
from roster.plan import Plan


def edits_of(instance: Instance, steps: Iterable[Step], offers: Mapping[str, Offer], plan: Plan) -> tuple[Edit, ...]:
    """The edits in the order of the steps. ``plan`` keeps every rule after them: it says which hours a day needs.

    ``instance`` has the sessions that are offered already.
    """
    return tuple(edit for step in steps for edit in _edits(instance, step, offers, plan))


def _edits(instance: Instance, step: Step, offers: Mapping[str, Offer], plan: Plan) -> Iterator[Edit]:
    if step.fact in offers:
        yield offers[step.fact]
    elif step.kind == "hours":
        yield from (_working_day(instance, step.about, weekday, plan) for weekday in step.parts)
    else:
        yield _EDIT[step.kind](instance, step)


def _working_day(instance: Instance, coach_id: str, weekday: str, plan: Plan) -> AddHours:
    """From the start of the first session to the end of the last that the coach holds on that day of the week."""
    sessions = [instance.session[s] for c, s in plan.visits if c == coach_id]
    held = [s for s in sessions if weekday_of(s.date) == weekday and not instance.is_past(s.date)]
    start, end = min((s.start for s in held), default=0), max((s.end for s in held), default=24 * 60 - 1)
    row = {"coach_id": coach_id, "weekday": weekday, "start": clock(start), "end": clock(end)}
    return AddHours.model_validate(row)


def _see_by(instance: Instance, step: Step) -> Edit:
    day = instance.people[step.about].see_by
    if day is None or step.parts == (NOT_THIS_MONTH,):
        return Set(table="referrals", id=step.about, field="see_by", value=None)
    later = day + timedelta(days=step.amount)
    return Set(table="referrals", id=step.about, field="see_by", value=later.isoformat())


def _away(instance: Instance, step: Step) -> Edit:
    left = tuple(day.isoformat() for day in instance.people[step.about].away if day.isoformat() not in step.parts)
    return Set(table="referrals", id=step.about, field="away", value=left or None)


def _place(instance: Instance, step: Step) -> Edit:
    accepted = instance.accepted_sites(instance.people[step.about]) | set(step.parts)
    sites = tuple(site.site_id for site in instance.sites if site.site_id in accepted)
    return Set(table="referrals", id=step.about, field="sites", value=sites)


def _needs(instance: Instance, step: Step) -> Edit:
    del instance
    return Set(table="referrals", id=step.about, field="needs", value=None)


def _pin(instance: Instance, step: Step) -> Edit:
    pin = next(p for p in instance.pins if f"{p.coach_id}:{p.session_id}" == step.about)
    return RemovePin(coach_id=pin.coach_id, session_id=pin.session_id)


def _leave(instance: Instance, step: Step) -> Edit:
    row = next(r for r in instance.leave if f"{r.coach_id}:{r.first_day}" == step.about)
    return RemoveLeave(coach_id=row.coach_id, first_day=row.first_day)


def _presence(instance: Instance, step: Step) -> Edit:
    least = (instance.site[step.about].min_sessions or 0) - step.amount
    return Set(table="sites", id=step.about, field="min_sessions", value=least or None)


def _site_limit(instance: Instance, step: Step) -> Edit:
    most = (instance.site[step.about].max_sessions or 0) + step.amount
    return Set(table="sites", id=step.about, field="max_sessions", value=most)


def _workload(instance: Instance, step: Step) -> Edit:
    coach_id, _, period = step.about.rpartition(":")
    field = f"max_sessions_{period}"
    most = getattr(instance.coach[coach_id], field) + step.amount
    return Set(table="coaches", id=coach_id, field=field, value=most)


def _travel_limit(instance: Instance, step: Step) -> Edit:
    most = (instance.coach[step.about].max_travel_minutes_day or 0) + step.more
    return Set(table="coaches", id=step.about, field="max_travel_minutes_day", value=most)


def _policy(field: str) -> Callable[[Instance, Step], Edit]:
    """A shorter notice or break: never below none."""

    def edit(instance: Instance, step: Step) -> Edit:
        return SetPolicy(field=field, value=max(0, getattr(instance.settings.policy, field) - step.more))

    return edit


def _budget(instance: Instance, step: Step) -> Edit:
    pounds = (instance.settings.policy.budget_pounds or 0.0) + step.more / 100
    return SetPolicy(field="budget_pounds", value=pounds)


_EDIT: Mapping[str, Callable[[Instance, Step], Edit]] = {
    "see_by": _see_by,
    "away": _away,
    "place": _place,
    "needs": _needs,
    "pin": _pin,
    "leave": _leave,
    "presence": _presence,
    "site_limit": _site_limit,
    "workload": _workload,
    "travel_limit": _travel_limit,
    "notice": _policy("notice_days"),
    "interpreter_notice": _policy("interpreter_notice_days"),
    "break": _policy("break_minutes"),
    "budget": _budget,
}
