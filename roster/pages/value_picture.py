"""The picture of what things are worth: between which savings each lies, the most valuable at the top."""

import re

import altair as alt
from markupsafe import Markup

from roster.pages.pictures import BLACK, BLUE, chart_of, svg_of
from roster.planning.value.record import ValueReport


def savings_picture(report: ValueReport) -> Markup | None:
    """For each thing that was tried, what it saves at least and at most and what the roster found saves."""
    found = [
        {"what": _short(one.says), "saved": one.saves, "least": one.saves_least, "most": one.saves_most}
        for one in report.confirmed
        if one.difference is not None and one.proof != "not_alike"
    ]
    if not found:
        return None
    title = "saved, in minutes of coach time"
    y = alt.Y("what:N", title=None, sort=[str(row["what"]) for row in found], axis=alt.Axis(grid=True, labelLimit=420))
    chart = chart_of(found)
    lines = chart.mark_rule(strokeWidth=4, color=BLUE).encode(x=alt.X("least:Q", title=title), x2="most:Q", y=y)
    dots = chart.mark_point(size=90, filled=True, opacity=1, color=BLACK).encode(x=alt.X("saved:Q", title=title), y=y)
    zero = chart.mark_rule(color=BLACK, strokeDash=[4, 3]).encode(x=alt.XDatum(0))
    says = "What each saves: the roster found as a dot, and as a line what is proved"
    return svg_of(alt.LayerChart(layer=[zero, lines, dots]), says, "savings")


def _short(says: str) -> str:
    """The words without the name of the day."""
    return re.sub(r" on (?:Mon|Tues|Wednes|Thurs|Fri)day (?=\d)", ", ", says)
