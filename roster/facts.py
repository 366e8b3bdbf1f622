"""Facts: what a person could change about an instance, who could, and the edits that would (PROBLEM.md section 6).

There is a fact for every cell that is filled, hours for every coach, place for every referral, and notice,
interpreter notice and break always. Referrals without consent are left out of everything, so also here. What is not
a fact (the rooms offered, the coaches there are, travel times, bank holidays) is the background.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, get_args

from roster.calendar import friendly_time, long_date
from roster.domain import WEEKDAYS, Record, Referral, pence
from roster.edits import AddHours, Edit, RemoveLeave, RemovePin, Set, SetPolicy
from roster.edits.apply import changed_by
from roster.fault import listed
from roster.instance import Instance
from roster.wording import days_words, how_many, needs_words, pounds, session_words, site_name, stretch_words

Owner = Literal["practice", "coach", "region", "referrer", "policy"]
Kind = Literal[
    "see_by",
    "presence",
    "site_limit",
    "pin",
    "leave",
    "hours",
    "travel_limit",
    "workload",
    "needs",
    "away",
    "place",
    "notice",
    "interpreter_notice",
    "break",
    "budget",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
OWNERS: dict[Kind, Owner] = {
    "see_by": "referrer",
    "presence": "practice",
    "site_limit": "practice",
    "pin": "region",
    "leave": "coach",
    "hours": "coach",
    "travel_limit": "coach",
    "workload": "coach",
    "needs": "referrer",
    "away": "referrer",
    "place": "referrer",
    "notice": "policy",
    "interpreter_notice": "policy",
    "break": "policy",
    "budget": "policy",
}
"""Who could change a fact: referrers what they asked for, practices what they promise, coaches how they work."""

_DAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
_WORKLOADS = {
    "day": ("max_sessions_day", "a day"),
    "week": ("max_sessions_week", "a week, from Monday to Sunday"),
    "month": ("max_sessions_month", "in the month"),
}


class Fact(Record):
    """Something that a person could change. ``edits`` relax it: they take it out and leave everything else."""

    id: str
    kind: Kind
    sentence: str
    owner: Owner
    edits: tuple[Edit, ...]


class UnknownFactError(LookupError):
    """An id that no fact of the instance has."""

    def __init__(self, fact_id: str) -> None:
        self.fact_id = fact_id
        super().__init__(f"There is no fact {fact_id!r}. The command roster facts lists those there are.")

    def __str__(self) -> str:
        """The sentence, without the quotes that a LookupError may put around it."""
        return str(self.args[0])


def facts_of(instance: Instance) -> list[Fact]:
    """Every fact of the instance: by kind in the contract's order, then by id."""
    return [fact for find in _FINDERS for fact in sorted(find(instance), key=lambda fact: fact.id)]


def relax(instance: Instance, fact_ids: Iterable[str]) -> Instance:
    """The instance without these facts. The see-by dates that bind stay those of the instance given.

    Raises UnknownFactError for an id that no fact has. To relax many facts again and again, keep ``facts_of`` and
    use ``without``.
    """
    known = {fact.id: fact for fact in facts_of(instance)}
    chosen = []
    for fact_id in fact_ids:
        if fact_id not in known:
            raise UnknownFactError(fact_id)
        chosen.append(known[fact_id])
    return without(instance, chosen)


def without(instance: Instance, facts: Iterable[Fact]) -> Instance:
    """``relax`` for facts of this instance that are at hand: their edits leave no fault, so none is looked for."""
    return changed_by(instance, [edit for fact in facts for edit in fact.edits], relaxing=True)


def _fact(kind: Kind, about: str, sentence: str, *edits: Edit) -> Fact:
    return Fact(id=f"{kind}:{about}" if about else kind, kind=kind, sentence=sentence, owner=OWNERS[kind], edits=edits)


# -- referrals ------------------------------------------------------------------------------------------------


def _see_by(instance: Instance) -> Iterator[Fact]:
    for referral in instance.people.values():
        if referral.see_by is not None:
            says = f"{_who(referral)} is to be seen by {long_date(referral.see_by)}."
            yield _fact("see_by", referral.referral_id, says, _empty("referrals", referral.referral_id, "see_by"))


def _needs(instance: Instance) -> Iterator[Fact]:
    for referral in instance.people.values():
        if referral.needs:
            says = f"{_who(referral)} needs {needs_words(referral.needs)}."
            yield _fact("needs", referral.referral_id, says, _empty("referrals", referral.referral_id, "needs"))


def _away(instance: Instance) -> Iterator[Fact]:
    for referral in instance.people.values():
        if referral.away:
            says = f"{_who(referral)} cannot come {days_words(referral.away)}."
            yield _fact("away", referral.referral_id, says, _empty("referrals", referral.referral_id, "away"))


def _place(instance: Instance) -> Iterator[Fact]:
    everywhere = tuple(sorted(instance.site))
    for referral in instance.people.values():
        edit = Set(table="referrals", id=referral.referral_id, field="sites", value=everywhere)
        says = f"{_who(referral)} can go to {_places(instance, referral)}."
        yield _fact("place", referral.referral_id, says, edit)


def _places(instance: Instance, referral: Referral) -> str:
    if referral.sites:
        return listed((instance.site[site_id].name for site_id in referral.sites), "or")
    practice = instance.practice[referral.practice_id]
    home = instance.site[practice.site_id].name
    where = "" if practice.name == home else f", where {practice.name} is"
    return f"sites within {how_many(instance.settings.policy.reach_minutes, 'minute')} of {home}{where}"


def _who(referral: Referral) -> str:
    people = "" if referral.count == 1 else f" ({how_many(referral.count, 'person', 'people')})"
    return f"Referral {referral.referral_id}{people}"


# -- sites ----------------------------------------------------------------------------------------------------


def _presence(instance: Instance) -> Iterator[Fact]:
    for site in instance.sites:
        if site.min_sessions is not None:
            says = f"{site_name(instance, site.site_id)} is to have at least {_visits(site.min_sessions)} in the month."
            yield _fact("presence", site.site_id, says, _empty("sites", site.site_id, "min_sessions"))


def _site_limit(instance: Instance) -> Iterator[Fact]:
    for site in instance.sites:
        if site.max_sessions is not None:
            says = f"{site_name(instance, site.site_id)} can have at most {_visits(site.max_sessions)} in the month."
            yield _fact("site_limit", site.site_id, says, _empty("sites", site.site_id, "max_sessions"))


def _visits(number: int) -> str:
    return how_many(number, "visit")


# -- coaches --------------------------------------------------------------------------------------------------


def _pin(instance: Instance) -> Iterator[Fact]:
    for pin in instance.pins:
        says = f"Coach {pin.coach_id} is to hold {session_words(instance, pin.session_id)}."
        edit = RemovePin(coach_id=pin.coach_id, session_id=pin.session_id)
        yield _fact("pin", f"{pin.coach_id}:{pin.session_id}", says, edit)


def _leave(instance: Instance) -> Iterator[Fact]:
    last_days: dict[tuple[str, date], date] = {}
    for row in instance.leave:
        key = row.coach_id, row.first_day
        last_days[key] = max(row.last_day, last_days.get(key, row.last_day))
    for (coach_id, first_day), last_day in last_days.items():
        says = f"Coach {coach_id} is on leave {stretch_words(first_day, last_day)}."
        yield _fact("leave", f"{coach_id}:{first_day}", says, RemoveLeave(coach_id=coach_id, first_day=first_day))


def _hours(instance: Instance) -> Iterator[Fact]:
    for coach in instance.coaches:
        days: dict[str, list[tuple[int, int]]] = {day: [] for day in WEEKDAYS}
        for row in instance.hours:
            if row.coach_id == coach.coach_id:
                days[row.weekday].append((row.start, row.end))
        edits = [
            AddHours(coach_id=coach.coach_id, weekday=day, start="00:00", end="23:59") for day in days if not days[day]
        ]
        yield _fact("hours", coach.coach_id, f"Coach {coach.coach_id} {_week(days)}.", *edits)


def _week(days: dict[str, list[tuple[int, int]]]) -> str:
    """``works on Monday and Friday from 9am to 5pm, and on Tuesday from 9am to midday``."""
    alike: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for day, spans in days.items():
        if spans:
            alike.setdefault(tuple(sorted(spans)), []).append(_DAY_NAMES[day])
    if not alike:
        return "has no working hours"
    parts = [f"on {listed(names, 'and')} {_spans(spans)}" for spans, names in alike.items()]
    return f"works {', and '.join(parts)}"


def _spans(spans: Iterable[tuple[int, int]]) -> str:
    return listed((f"from {friendly_time(start)} to {friendly_time(end)}" for start, end in spans), "and")


def _travel_limit(instance: Instance) -> Iterator[Fact]:
    for coach in instance.coaches:
        most = coach.max_travel_minutes_day
        if most is not None:
            says = f"Coach {coach.coach_id} is on the road for at most {how_many(most, 'minute')} a day."
            yield _fact(
                "travel_limit", coach.coach_id, says, _empty("coaches", coach.coach_id, "max_travel_minutes_day")
            )


def _workload(instance: Instance) -> Iterator[Fact]:
    for coach in instance.coaches:
        for period, (column, when) in _WORKLOADS.items():
            most = getattr(coach, column)
            if most is not None:
                says = f"Coach {coach.coach_id} holds at most {_visits(most)} {when}."
                about = f"{coach.coach_id}:{period}"
                yield _fact("workload", about, says, _empty("coaches", coach.coach_id, column))


# -- policies -------------------------------------------------------------------------------------------------


def _notice(instance: Instance) -> Iterator[Fact]:
    says = f"No new appointment is {_no_sooner(instance, instance.settings.policy.notice_days)}."
    yield _fact("notice", "", says, SetPolicy(field="notice_days", value=0))


def _interpreter_notice(instance: Instance) -> Iterator[Fact]:
    days = instance.settings.policy.interpreter_notice_days
    says = f"No new appointment with an interpreter is {_no_sooner(instance, days)}."
    yield _fact("interpreter_notice", "", says, SetPolicy(field="interpreter_notice_days", value=0))


def _no_sooner(instance: Instance, days: int) -> str:
    as_of = instance.settings.as_of
    return f"before {long_date(as_of + timedelta(days=days))}, {how_many(days, 'day')} after {long_date(as_of)}"


def _break(instance: Instance) -> Iterator[Fact]:
    minutes = how_many(instance.settings.policy.break_minutes, "minute")
    says = f"A coach has at least {minutes} between two visits on one day, besides the time on the road."
    yield _fact("break", "", says, SetPolicy(field="break_minutes", value=0))


def _budget(instance: Instance) -> Iterator[Fact]:
    most = instance.settings.policy.budget_pounds
    if most is not None:
        says = f"Room hire and interpreter fees come to at most {pounds(pence(most))} in the month."
        yield _fact("budget", "", says, SetPolicy(field="budget_pounds", value=None))


# -- words ----------------------------------------------------------------------------------------------------


def _empty(table: Literal["coaches", "sites", "referrals"], row_id: str, field: str) -> Set:
    return Set(table=table, id=row_id, field=field, value=None)


_FINDERS: tuple[Callable[[Instance], Iterator[Fact]], ...] = (
    _see_by,
    _presence,
    _site_limit,
    _pin,
    _leave,
    _hours,
    _travel_limit,
    _workload,
    _needs,
    _away,
    _place,
    _notice,
    _interpreter_notice,
    _break,
    _budget,
)
