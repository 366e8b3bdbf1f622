"""The words of the least that would do: progress, the answer in sentences, and what is worth knowing about it."""

from collections import Counter
from collections.abc import Iterator

from roster.domain import pence
from roster.edits import AddBooking, AddCoach, AddRoom, AddSession
from roster.fault import listed
from roster.instance import Instance
from roster.planning.need.additions import Addition
from roster.planning.need.record import FrontierPoint, NeedReport, Reached
from roster.planning.need.search import State
from roster.wording import how_many, percent, pounds

PRICES = (
    "Prices are those of the settings, or of the offers given. Where nobody has set them, they are examples and not "
    "measured: set your own."
)


def progress(state: State, people: int) -> str:
    """``Best so far £140, none below £125: the cheapest additions``."""
    best = state.points.best(people)
    if best is None or state.doing.startswith(("how many", "the same")):
        return state.doing
    least = pounds(state.points.at_least(people))
    return f"best so far {pounds(best.price)}, none below {least}: {state.doing}"


def plain_id(addition: Addition) -> str:
    """The id of what is added."""
    edit = addition.edit
    if isinstance(edit, AddRoom):
        return edit.room_id
    assert isinstance(edit, AddCoach | AddSession | AddBooking)
    return addition.id


def says(report: NeedReport) -> str:
    """The answer in a few sentences."""
    return " ".join(_sentences(report))


def _sentences(report: NeedReport) -> Iterator[str]:
    if report.outcome in ("optimal", "feasible"):
        yield from _found(report)
    elif report.outcome == "infeasible":
        yield f"Nothing that could be added is enough to see {aim(report)}."
        yield from _highest(report)
    else:
        yield f"Nothing was found in time that is enough to see {aim(report)}, and it was not ruled out."
        yield from _highest(report)


def aim(report: NeedReport) -> str:
    """``95% of 56 people, which is 54, within 28 days``."""
    of = "" if report.of == "everybody" else " who can still be seen in time"
    counted = report.people - (report.too_late if report.of == "reachable" else 0)
    within = f"within {how_many(report.within_days, 'day')}"
    return f"{share(report.share)} of {how_many(counted, 'person', 'people')}{of}, which is {report.asked:,}, {within}"


def share(number: float) -> str:
    """A share as it was given: ``95%``, ``92.5%``."""
    return f"{number * 100:.4g}%"


def money(amount: float) -> str:
    """Pounds in words."""
    return pounds(pence(amount))


def _found(report: NeedReport) -> Iterator[str]:
    assert report.pounds is not None
    if not report.additions:
        yield f"Nothing has to be added to see {aim(report)}."
        return
    yield f"The least found that would do to see {aim(report)}: {parts(report)}; {money(report.pounds)}."
    if report.outcome == "optimal":
        yield "Proved: none of the things that could be added do it for less."
    elif report.at_least > 0:
        yield f"Nothing does it for less than {money(report.at_least)} (proved)."
    else:
        yield "It is not known how much less could be enough."


_MOST_PARTS = 5
_NAMES = {
    "coach": ("more coach", "more coaches", " like "),
    "room": ("room opened", "rooms opened", " at "),
    "session": ("more session", "more sessions", " at "),
    "booking": ("more interpreter's booking", "more interpreters' bookings", " for "),
}


def parts(report: NeedReport) -> str:
    """``1 more coach like C01, 3 more sessions at the library and 1 more interpreter's booking for bsl``.

    Where that would be long, without whom they are like, where and for what.
    """
    by_place = Counter((added.kind, added.of) for added in report.additions)
    if len(by_place) <= _MOST_PARTS:
        found = [how_many(n, *_NAMES[kind][:2]) + _NAMES[kind][2] + of for (kind, of), n in by_place.items()]
    else:
        kinds = Counter(added.kind for added in report.additions)
        found = [how_many(n, *_NAMES[kind][:2]) for kind, n in kinds.items()]
    return listed(found, "and")


def of_point(point: FrontierPoint) -> str:
    """``1 coach, 2 sessions``: what the plan of a number of people adds."""
    if point.pounds is None:
        return ""
    numbers = (point.coaches, point.rooms, point.sessions, point.bookings)
    names = (("coach", "coaches"), ("room", "rooms"), ("session", "sessions"), ("booking", "bookings"))
    return ", ".join(how_many(n, *name) for n, name in zip(numbers, names, strict=True) if n) or "nothing"


def _highest(report: NeedReport) -> Iterator[str]:
    reached = report.with_everything
    if reached is None:
        return
    if reached.found is None:
        yield "With everything added, no roster was found that keeps every rule."
    elif reached.found == reached.at_most:
        most = how_many(reached.found, "person", "people")
        yield f"With everything added, {most} could be seen in time, and no more."
    else:
        yield f"With everything added, {_between(reached)} could be seen in time."


def _between(reached: Reached) -> str:
    return f"from {reached.found or 0:,} to {how_many(reached.at_most, 'person', 'people')}"


def notes(report: NeedReport, base: Instance, why: str) -> Iterator[str]:
    """What is worth knowing about the answer."""
    if why:
        yield why
    if report.too_late:
        late = how_many(report.too_late, "person", "people")
        days = how_many(report.within_days, "day")
        yield f"For {late} the {days} are over before the first day that could be theirs: no addition helps them."
    yield from _as_it_is(report)
    budget = base.settings.policy.budget_pounds
    if budget is not None:
        yield f"The budget of {money(budget)} for hire and fees holds as it is; --edits can change it for once."
    if report.each_needed is False:
        yield "Whether each of these things is needed was not settled in time."
    yield PRICES


def _as_it_is(report: NeedReport) -> Iterator[str]:
    reached = report.as_it_is
    if reached is None:
        return
    if reached.found is None:
        yield "As the data are, no roster was found that keeps every rule."
    elif reached.found == reached.at_most:
        yield f"With nothing added, {how_many(reached.found, 'person', 'people')} can be seen in time at most."
    else:
        yield f"With nothing added, {_between(reached)} can be seen in time at most."


def proof(point: FrontierPoint) -> str:
    """How well the price of a number of people is known, in a few words."""
    if point.pounds is None:
        return "not found in time"
    if point.proved:
        return "proved"
    if point.pounds and point.at_least:
        return f"at most {percent((point.pounds - point.at_least) / point.pounds)} too dear"
    return "not proved"
