"""The picture of what more people seen in time would cost, by altair (the extra ``charts``)."""

import altair as alt
from markupsafe import Markup

from roster.pages.pictures import BLACK, BLUE, ORANGE, chart_of, svg_of
from roster.planning.need.record import NeedReport


def need_picture(report: NeedReport) -> Markup:
    """What it costs to see more people in time: the plans found, and below them what is proved."""
    kinds = ("plan found", "at least (proved)")
    found = [
        {"people": point.people, "pounds": pounds, "kind": kind}
        for point in report.frontier
        for kind, pounds in zip(kinds, (point.pounds, point.at_least), strict=True)
        if pounds is not None
    ]
    x = alt.X(
        "people:Q", title="people seen in time", scale=alt.Scale(zero=False), axis=alt.Axis(format=",d", tickMinStep=1)
    )
    y = alt.Y("pounds:Q", title="pounds a month", scale=alt.Scale(zero=True), axis=alt.Axis(format=",d"))
    colours = alt.Color("kind:N", scale=alt.Scale(domain=list(kinds), range=[BLACK, BLUE]))
    shapes = alt.Shape("kind:N", scale=alt.Scale(domain=list(kinds), range=["circle", "triangle-up"]))
    lines = chart_of(found).mark_line(strokeWidth=2, interpolate="step-before").encode(x=x, y=y, color=colours)
    dots = chart_of(found).mark_point(size=80, filled=True, opacity=1).encode(x=x, y=y, color=colours, shape=shapes)
    asked = [{"people": point.people} for point in report.frontier if point.asked]
    rule = chart_of(asked).mark_rule(color=ORANGE, strokeWidth=2, strokeDash=[4, 3]).encode(x=x)
    layers = [lines, dots, *([rule] if asked else [])]
    return svg_of(
        alt.LayerChart(layer=layers), "The price by people seen in time; the dashed line is what is asked", "need", 240
    )
