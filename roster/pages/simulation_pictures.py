"""Pictures of a simulation: the queue, waits and shares over time with their spread, practices, and loads.

Each case has a colour and a dash of its own; a band is where eight in ten runs lie, a line with two ends an interval.
"""

from collections.abc import Callable, Iterator, Sequence

import altair as alt
from markupsafe import Markup

from roster.pages.pictures import BLACK, BLUE, ORANGE, chart_of, svg_of
from roster.planning.simulation.record import Band, CaseFigures, Interval, MonthFigures, SimulationReport

_COLOURS = [BLUE, ORANGE, BLACK, "#009e73", "#cc79a7", "#56b4e9"]
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 2]]
_HEIGHT, _MOST_TICKS, _LONGEST = 240, 6, 260
_MOST_LINES = len(_COLOURS)
"""Cases that one picture can show; the tables have them all."""


def waiting(report: SimulationReport) -> Markup:
    """How many people wait at the end of each month."""
    return _over_time(report, lambda m: m.waiting, "people waiting", "How many people wait", "waiting")


def waited(report: SimulationReport) -> Markup:
    """How many days those seen had waited, by the month in which they were seen."""
    return _over_time(report, lambda m: m.waited_days, "days", "How long those seen had waited", "waited")


def in_time(report: SimulationReport) -> Markup:
    """The share of people seen within 28 days, by the month in which these end."""
    title = "The share seen within 28 days"
    return _over_time(report, lambda m: m.within_28_days, "share", title, "in-time", axis=alt.Axis(format="%"))


def practices(case: CaseFigures) -> Markup | None:
    """The mean wait at each practice with its interval; None where nobody was seen."""
    found = [(f"{p.name} ({p.practice_id})", p.waited_days) for p in case.practices if p.waited_days is not None]
    if not found:
        return None
    found.sort(key=lambda one: -one[1].mean)
    y = alt.Y("name:N", title=None, sort=[name for name, _ in found], axis=alt.Axis(grid=True))
    title = "How long people of each practice had waited, on average"
    return _intervals([{"name": n, **_ends(i)} for n, i in found], y, "days waited by those seen", title, "practices")


def loads(report: SimulationReport) -> Markup | None:
    """By how many people a month a long queue changes at each load; None where no loads were tried."""
    if report.threshold is None or not report.threshold.tried:
        return None
    found = [{"load": t.load, **_ends(t.a_month)} for t in report.threshold.tried]
    x = alt.X("load:Q", title="times the referrals simulated", scale=alt.Scale(zero=False, nice=True))
    y = alt.Y("mean:Q", title="change, people a month")
    chart = chart_of(found)
    dots = chart.mark_point(size=80, filled=True, opacity=1, color=BLACK).encode(x=x, y=y)
    ends = chart.mark_rule(color=BLUE, strokeWidth=3).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    zero = chart_of([{"mean": 0}]).mark_rule(color=BLACK, strokeDash=[4, 3]).encode(y=y)
    layers = alt.LayerChart(layer=[zero, ends, dots])
    return svg_of(layers, "By how much a long queue changes at each load", "loads", _HEIGHT)


def _over_time(
    report: SimulationReport,
    of: Callable[[MonthFigures], Band | None],
    unit: str,
    title: str,
    name: str,
    axis: alt.Axis | None = None,
) -> Markup:
    cases = report.cases[:_MOST_LINES]
    names = [case.name for case in cases]
    chart = chart_of(list(_points(cases, of)))
    x = alt.X("month:T", title=None, axis=_months_axis(report))
    y = alt.Y("low:Q", title=unit, scale=alt.Scale(zero=True), axis=axis or alt.Axis())
    shown = alt.Legend(labelLimit=_LONGEST, symbolOpacity=1, columns=2, symbolType="stroke")
    legend = shown if len(cases) > 1 else None
    colour = alt.Color("case:N", scale=alt.Scale(domain=names, range=_COLOURS[: len(names)]), legend=legend)
    dash = alt.StrokeDash("case:N", scale=alt.Scale(domain=names, range=_DASHES[: len(names)]), legend=legend)
    band = chart.mark_area(opacity=0.18).encode(x=x, y=y, y2="high:Q", color=colour)
    line = chart.mark_line(strokeWidth=2.5, point={"size": 40}).encode(
        x=x, y=alt.Y("median:Q", title=unit), color=colour, strokeDash=dash
    )
    return svg_of(alt.LayerChart(layer=[band, line]), title, name, _HEIGHT)


def _months_axis(report: SimulationReport) -> alt.Axis:
    """The months, all of them or every so many."""
    months = sorted({m.month for case in report.cases for m in case.months})
    each = -(-len(months) // _MOST_TICKS) or 1
    ticks = [alt.DateTime(year=int(m[:4]), month=int(m[5:]), date=1) for m in months[::each]]
    return alt.Axis(format="%b %Y", labelAngle=0, values=ticks)


def _points(
    cases: Sequence[CaseFigures], of: Callable[[MonthFigures], Band | None]
) -> Iterator[dict[str, str | float]]:
    for case in cases:
        for m in case.months:
            found = of(m)
            if found is not None:
                month = f"{m.month}-01T00:00:00"
                yield {"case": case.name, "month": month, **found.model_dump()}


def _ends(found: Interval) -> dict[str, float]:
    low = found.mean if found.low is None else found.low
    return {"mean": found.mean, "low": low, "high": found.mean if found.high is None else found.high}


def _intervals(found: Sequence[dict[str, str | float]], y: alt.Y, unit: str, title: str, name: str) -> Markup:
    chart = chart_of(found)
    scale = alt.Scale(zero=False)
    ends = chart.mark_rule(color=BLUE, strokeWidth=3).encode(
        x=alt.X("low:Q", title=unit, scale=scale), x2="high:Q", y=y
    )
    dots = chart.mark_point(size=80, filled=True, opacity=1, color=BLACK).encode(
        x=alt.X("mean:Q", title=unit, scale=scale), y=y
    )
    return svg_of(alt.LayerChart(layer=[ends, dots]), title, name)
