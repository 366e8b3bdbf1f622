"""A coach works only within their hours, and never on leave, on a bank holiday or outside the month.

Formula: visit(c, s) = 1 only if span(c, s) >= min_visit_minutes, date(s) is in the month, is not a bank
holiday and is not a day of leave of c; span(c, s) is the longest overlap of s with one row of the hours of c
on that weekday, in minutes, the earliest of equals. Source: PROBLEM.md section 2, ``hours``.
"""

from collections.abc import Iterator

from roster.calendar import friendly_time, long_date, weekday_of
from roster.domain import Coach, Roster, Session, Visit
from roster.instance import Instance
from roster.rule import Finding, Obstacle, Rule, Way
from roster.wording import session_words


def allows_visit(instance: Instance, coach: Coach, session: Session) -> bool:
    """Whether the coach could hold the session at all."""
    day = session.date
    if not instance.is_in_month(day) or day in instance.bank_holidays:
        return False
    if day in instance.leave_days.get(coach.coach_id, ()):
        return False
    span = instance.overlap(coach.coach_id, session.session_id)
    return span is not None and span[1] - span[0] >= instance.settings.policy.min_visit_minutes


def blocks_visit(given: Instance, coach: Coach, session: Session) -> Iterator[Obstacle]:
    """Each leave that covers the day, and having no hours on that day of the week."""
    coach_id, day = coach.coach_id, session.date
    for row in given.leave:
        if row.coach_id == coach_id and row.first_day <= day <= row.last_day:
            yield (Way(f"leave:{coach_id}:{row.first_day}"),)
    if given.overlap(coach_id, session.session_id) is None:
        yield (Way(f"hours:{coach_id}", part=weekday_of(day)),)


def check(instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every visit, from as_of on, that the coach's hours, leave, the month or a bank holiday does not allow."""
    for visit in roster.visits:
        day = instance.session[visit.session_id].date
        if not instance.is_past(day):
            for why in _what_is_wrong(instance, visit):
                where = session_words(instance, visit.session_id)
                yield Finding("hours", f"{visit.coach_id} is booked for {where}, but {why}.")


def _what_is_wrong(instance: Instance, visit: Visit) -> Iterator[str]:
    coach_id, day = visit.coach_id, instance.session[visit.session_id].date
    if day not in instance.days:
        yield f"{long_date(day)} is not in the month of this roster"
    if day in instance.bank_holidays:
        yield "that day is a bank holiday"
    if any(row.coach_id == coach_id and row.first_day <= day <= row.last_day for row in instance.leave):
        yield "the coach is on leave that day"
    span = instance.overlap(coach_id, visit.session_id)
    shortest = instance.settings.policy.min_visit_minutes
    if span is None:
        yield "the coach does not work then"
    elif span[1] - span[0] < shortest:
        yield f"only {span[1] - span[0]} minutes of it are in the coach's hours and a visit needs {shortest}"
    elif (visit.start, visit.end) != span:
        yield (
            f"the visit should last from {friendly_time(span[0])} to {friendly_time(span[1])}, "
            f"not from {friendly_time(visit.start)} to {friendly_time(visit.end)}"
        )


RULE = Rule(
    name="hours",
    sentence="A coach works only within their hours, never on leave, on a bank holiday or outside the month.",
    formula="visit(c,s) = 1 => span(c,s) >= min_visit_minutes, date(s) in month, not bank holiday, not leave(c)",
    check=check,
    allows_visit=allows_visit,
    blocks_visit=blocks_visit,
)
