"""What the edits of a repair cost by the region's repair prices, from the tables before and after each edit alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from roster.domain import Coach, Policy, Referral, RepairPrices, Site, pence
from roster.edits import Edit, Set, SetPolicy
from roster.edits.apply import changed_by
from roster.instance import Instance

_ROAD_MINUTES, _BREAK_MINUTES, _BUDGET_PENCE = 10, 5, 50 * 100
"""What one step is where it is not 1."""
_WORKLOADS = ("max_sessions_day", "max_sessions_week", "max_sessions_month")


def price_of(instance: Instance, edits: Sequence[Edit]) -> int | None:
    """The price of the edits, made one after the other, in points; None where one of them has none.

    Raises EditError where an edit cannot be made.
    """
    total = 0
    for edit in edits:
        changed = changed_by(instance, [edit])
        points = _points(instance, changed, edit)
        if points is None:
            return None
        total, instance = total + points, changed
    return total


def _points(before: Instance, after: Instance, edit: Edit) -> int | None:
    prices = before.settings.repair_prices
    if isinstance(edit, SetPolicy):
        return _of_policy(edit.field, before.settings.policy, after.settings.policy, prices)
    if isinstance(edit, Set):
        return _of_cell(before, after, edit)
    flat = {
        "remove_leave": prices.leave,
        "remove_pin": prices.pin,
        "add_hours": prices.hours,
        "add_session": prices.session,
        "add_booking": prices.booking,
    }
    return flat.get(edit.op)


def _of_cell(before: Instance, after: Instance, edit: Set) -> int | None:
    prices, which = before.settings.repair_prices, edit.id
    if edit.table == "referrals" and which in before.people:
        person = before.people[which]
        each = _of_person(before, after, person, edit.field)
        return None if each is None else each * person.count
    if edit.table == "sites":
        return _of_site(before.site[which], after.site[which], edit.field, prices)
    if edit.table == "coaches":
        return _of_coach(before.coach[which], after.coach[which], edit.field, prices)
    return None


def _of_person(before: Instance, after: Instance, person: Referral, field: str) -> int | None:
    """For one person; a date that is taken out is moved to the first day of the next month."""
    prices, changed = before.settings.repair_prices, after.people[person.referral_id]
    if field == "see_by" and person.see_by is not None:
        days = _days_later(before, person.see_by, changed.see_by)
        return _steps(days, prices.see_by, prices.see_by_more)
    if field == "sites":
        more = after.accepted_sites(changed) - before.accepted_sites(person)
        return _steps(len(more), prices.place, prices.place)
    if field == "away":
        return _steps(len(set(person.away) - set(changed.away)), prices.away, prices.away)
    return prices.needs if field == "needs" and set(changed.needs) < set(person.needs) else None


def _days_later(instance: Instance, see_by: date, later: date | None) -> int:
    next_month = instance.days[-1] + timedelta(days=1)
    return ((later or next_month) - see_by).days


def _of_site(before: Site, after: Site, field: str, prices: RepairPrices) -> int | None:
    if field == "min_sessions" and before.min_sessions is not None:
        return _steps(before.min_sessions - (after.min_sessions or 0), prices.presence, prices.presence)
    if field == "max_sessions":
        return _steps(_more(before.max_sessions, after.max_sessions), prices.site_limit, prices.site_limit)
    return None


def _of_coach(before: Coach, after: Coach, field: str, prices: RepairPrices) -> int | None:
    if field not in (*_WORKLOADS, "max_travel_minutes_day"):
        return None
    more = _more(getattr(before, field), getattr(after, field))
    if field in _WORKLOADS:
        return _steps(more, prices.workload, prices.workload)
    return _steps(_begun(more, _ROAD_MINUTES), prices.travel_limit, prices.travel_limit_more)


def _of_policy(field: str, before: Policy, after: Policy, prices: RepairPrices) -> int | None:
    if field == "budget_pounds" and before.budget_pounds is not None and after.budget_pounds is not None:
        more = pence(after.budget_pounds) - pence(before.budget_pounds)
        return _steps(_begun(more, _BUDGET_PENCE), prices.budget, prices.budget_more)
    less = {
        "notice_days": (1, prices.notice, prices.notice_more),
        "interpreter_notice_days": (1, prices.interpreter_notice, prices.interpreter_notice_more),
        "break_minutes": (_BREAK_MINUTES, prices.break_minutes, prices.break_more),
    }
    if field not in less:
        return None
    unit, first, more = less[field]
    return _steps(_begun(getattr(before, field) - getattr(after, field), unit), first, more)


def _more(before: int | None, after: int | None) -> int:
    """By how much a limit is looser; nothing where it is taken away altogether, which has no price."""
    return 0 if before is None or after is None else after - before


def _begun(amount: int, unit: int) -> int:
    """How many steps of so many of the unit are begun."""
    return -(-amount // unit)


def _steps(number: int, first: int, more: int) -> int | None:
    """The price of so many steps; none of what gives nothing way."""
    return first + more * (number - 1) if number > 0 else None
