"""What a simulation says in words: growth, differences, assumptions, and numbers with their intervals."""

from collections.abc import Iterator, Sequence

from roster.calendar import long_month
from roster.planning.simulation.record import (
    Band,
    CaseFigures,
    Difference,
    Interval,
    PracticeFigures,
    SimulationReport,
    Verdict,
)
from roster.planning.simulation.terms import Terms
from roster.wording import how_many

INTERVALS = (
    "After a mean, in brackets: between what it lies, at 95% confidence, over the runs. Between two runs nothing "
    "differs but chance."
)
BANDS = "After the middle run, in brackets: between what eight in ten runs lie."
PLANNED_MONTHLY = (
    "A roster is made once a month: whoever is referred after that waits for the next, so few can be seen within 28 "
    "days of being referred if it is made long before its month."
)


def number(value: float) -> str:
    """``12.3`` and ``1,234``: with a decimal where the number is small."""
    text = f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"
    return "0.0" if text == "-0.0" else text


def share(value: float) -> str:
    """``63%``."""
    return f"{value:.0%}".replace("-0%", "0%")


def with_interval(found: Interval | None, *, as_share: bool = False) -> str:
    """``12.3 (10.1 to 14.5)``; empty where there is nothing."""
    if found is None:
        return ""
    write = share if as_share else number
    if found.low is None or found.high is None:
        return write(found.mean)
    return f"{write(found.mean)} ({write(found.low)} to {write(found.high)})"


def with_band(found: Band | None, *, as_share: bool = False) -> str:
    """``12 (9 to 15)``; empty where there is nothing."""
    if found is None:
        return ""
    write = share if as_share else "{:,.0f}".format
    return f"{write(found.median)} ({write(found.low)} to {write(found.high)})"


def growth_says(found: Interval, verdict: Verdict) -> str:
    """Whether the queue grows, in a sentence."""
    change = with_interval(Interval(mean=abs(found.mean), low=_low(found), high=_high(found)))
    if verdict == "grows":
        return f"The queue grows: in the later half of the months by {change} people a month, with no end in sight."
    if verdict == "shrinks":
        return f"The queue shrinks: in the later half of the months by {change} people a month."
    if found.low is None:
        return "One run does not show whether the queue grows: simulate more."
    between = f"between {number(found.low)} and {number(found.high or 0.0)} people a month"
    return f"The queue is not shown to grow or to shrink: in the later half of the months it changes by {between}."


def verdict_words(verdict: Verdict) -> str:
    """What the change of a queue means, in a word or two."""
    return {"grows": "grows", "shrinks": "shrinks", "not_settled": "not settled"}[verdict]


def _low(found: Interval) -> float | None:
    return None if found.low is None or found.high is None else min(abs(found.low), abs(found.high))


def _high(found: Interval) -> float | None:
    return None if found.low is None or found.high is None else max(abs(found.low), abs(found.high))


def difference_says(found: Difference) -> Iterator[str]:
    """What differs from the base for sure, and what is not shown to, each in a sentence."""
    yield _differs(found.waiting_at_end, "people wait at the end")
    yield _differs(found.seen_a_month, "people are seen a month")
    if found.waited_days is not None:
        yield _differs(found.waited_days, "days are waited by those seen")
    if found.within_28_days is not None:
        points = found.within_28_days.model_copy(
            update={name: _times_100(value) for name, value in found.within_28_days.model_dump().items()}
        )
        yield _differs(points, "of 100 people are seen within 28 days")


def _times_100(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _differs(of: Interval, what: str) -> str:
    if not _is_sure(of):
        return f"Beside the base, it is not shown whether more or fewer {what} ({_difference(of)})."
    more = "more" if of.mean > 0 else "fewer"
    return f"Beside the base, {number(abs(of.mean))} {more} {what} ({_difference(of)})."


def _is_sure(of: Interval) -> bool:
    return of.low is not None and of.high is not None and (of.low > 0 or of.high < 0)


def _difference(of: Interval) -> str:
    if of.low is None or of.high is None:
        return f"{_signed(of.mean)} in one run"
    return f"{_signed(of.low)} to {_signed(of.high)}"


def _signed(value: float) -> str:
    text = number(value)
    return text if text.startswith("-") or text == "0.0" else f"+{text}"


# -- what it rests on -----------------------------------------------------------------------------------------


def assumptions_of(terms: Terms) -> tuple[str, ...]:
    """What is assumed and a manager should know, in sentences."""
    found = ["People to come are made up, like those in the folder; the folder's own wait from the start."]
    given = list(terms.not_given())
    if given:
        found.append(f"Because no share is given: {' and '.join(given)}.")
    if not terms.arrivals.list_size:
        found.append(
            "How many are referred is counted from the folder. If people referred in those weeks have been seen "
            "already and are not in it, more come than is counted."
        )
    if terms.months.see_by == "prefer":
        found.append("See-by dates count at their price and do not bind.")
    return tuple(found)


# -- headlines ------------------------------------------------------------------------------------------------


def headline(report: SimulationReport) -> str:
    """How much was simulated, from when."""
    base = report.cases[0]
    what = f"{how_many(base.months_done, 'month')} from {long_month(report.month)} in {how_many(base.runs, 'run')}"
    if report.complete:
        return f"Simulated: {what}."
    left = "Stopped by you. " if report.stopped else ""
    return f"{left}So far: {what}, of {how_many(report.asked.months, 'month')} asked for."


def remarks(case: CaseFigures) -> Iterator[str]:
    """Rosters that are not as good as was asked for, and runs that do not go on."""
    late, broken = sum(m.late for m in case.months), sum(m.compromise for m in case.months)
    of = sum(m.runs for m in case.months)
    if late:
        yield (
            f"In {late:,} of {of:,} months the time was up before the roster was as good as was asked for: a longer "
            "time could give others, and another computer may."
        )
    if broken:
        yield f"In {broken:,} of {of:,} months no roster keeps every rule, and the compromise was taken."
    if case.beyond_reach_a_month:
        yield (
            f"Of those referred, {number(case.beyond_reach_a_month)} a month can be seen by nobody: no session, coach "
            "or interpreter is there for them. They wait on, and are not counted where it says how the queue grows."
        )
    if case.stuck:
        yield f"{how_many(len(case.stuck), 'run')} did not go on: {case.stuck[0]}"


def sentences_of(case: CaseFigures) -> Iterator[str]:
    """Growth, share, waits, who is worst off, and what differs from the base, each in a sentence."""
    if case.growth is not None:
        yield case.growth.says
    if case.within_28_days is not None:
        yield f"Seen within 28 days of being referred: {with_interval(case.within_28_days, as_share=True)}."
    if case.waited_days is not None:
        yield f"Days waited by those seen: {with_interval(case.waited_days)} on average."
    yield from _worst_off_says(case.practices, case.worst_off)
    if case.difference is not None:
        yield from case.difference.says


def _worst_off_says(practices: Sequence[PracticeFigures], worst_off: str | None) -> Iterator[str]:
    worst = next((p for p in practices if p.practice_id == worst_off), None)
    if worst is not None and len(practices) > 1:
        days = with_interval(worst.waited_days)
        who = f"{worst.name} ({worst.practice_id})"
        yield f"In these runs those of {who} wait longest until they are seen: {days} days on average."
