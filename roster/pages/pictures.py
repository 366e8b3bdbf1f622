"""Pictures of a plan as SVG to stand in a page, by altair and vl-convert (the extra ``charts``): no browser, no script.

Legible in print and in black and white: what colours tell, shapes or places tell as well.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from roster.planning.fairness.record import FairnessReport
from roster.planning.maps import Map
from roster.planning.record import Column, PlanReport

_FONT = "Helvetica, Arial, sans-serif"
BLUE, ORANGE, BLACK = "#0072b2", "#d55e00", "#000000"
_WIDTH, _STEP, _LONGEST_LABEL = 440, 26, 260
_AXIS = {
    "labelFontSize": 13,
    "titleFontSize": 13,
    "labelFont": _FONT,
    "titleFont": _FONT,
    "gridColor": "#e4e4e4",
    "labelColor": BLACK,
    "titleColor": BLACK,
    "titleFontWeight": "normal",
    "labelLimit": _LONGEST_LABEL,
}
_CONFIG: dict[str, Any] = {
    "background": "white",
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {"labelFont": _FONT, "labelFontSize": 13, "orient": "top", "title": None},
}
_KINDS = ("seen", "seen by their date", "seen within 28 days")


def people_picture(report: PlanReport) -> Markup:
    """How many people are seen in each scenario, by their date, and within 28 days."""
    found = [
        {"scenario": column.name, "people": people, "kind": kind}
        for column, figures in _with_figures(report)
        for kind, people in zip(_KINDS, _people(figures), strict=True)
    ]
    colours = alt.Scale(domain=list(_KINDS), range=[BLACK, BLUE, ORANGE])
    shapes = alt.Scale(domain=list(_KINDS), range=["circle", "square", "triangle-up"])
    chart = chart_of(found).mark_point(size=90, filled=True, opacity=1)
    chart = chart.encode(
        x=alt.X("people:Q", title="people", scale=alt.Scale(zero=False)),
        y=_by_scenario(report),
        color=alt.Color("kind:N", scale=colours),
        shape=alt.Shape("kind:N", scale=shapes),
    )
    return svg_of(alt.LayerChart(layer=[chart]), "How many people are seen", "people")


def totals_picture(report: PlanReport) -> Markup:
    """Where the best total of each scenario lies: between the least there can be and the total found."""
    found = [
        {"scenario": column.name, "total": figures["total"], "least": figures["bound"]}
        for column, figures in _with_figures(report)
        if figures["bound"] is not None and not _not_alike(column)
    ]
    x = alt.X("total:Q", title="total, in minutes of coach time", scale=alt.Scale(zero=False))
    y = _by_scenario(report)
    base = chart_of(found)
    lines = base.mark_rule(strokeWidth=4, color=BLUE).encode(x=x, x2="least:Q", y=y)
    dots = base.mark_point(size=90, filled=True, opacity=1, color=BLACK).encode(x=x, y=y)
    return svg_of(alt.LayerChart(layer=[lines, dots]), "The total, and how far below it the best may lie", "totals")


def map_picture(grid: Map) -> Markup:
    """A grid with two axes: the more people, the darker, and the number in each field."""
    rows, columns = list(grid.rows), list(grid.columns)
    found = [{"row": row, "column": column, "people": people} for (row, column), people in grid.people.items()]
    x = alt.X("column:N", title=None, sort=columns, axis=alt.Axis(labelAngle=0, orient="top", grid=False))
    y = alt.Y("row:N", title=None, sort=rows, axis=alt.Axis(grid=False))
    middle = (min(grid.people.values()) + max(grid.people.values())) / 2
    shade = alt.Color("people:Q", scale=alt.Scale(range=["#deebf7", "#08519c"]), legend=None)
    fields = chart_of(found).mark_rect(stroke="white", strokeWidth=2).encode(x=x, y=y, color=shade)
    on_it = alt.condition(f"datum.people > {middle}", alt.value("white"), alt.value(BLACK))
    numbers = chart_of(found).mark_text(fontSize=14, font=_FONT).encode(x=x, y=y, text="people:Q", color=on_it)
    name = f"map-{grid.number}"
    return svg_of(alt.LayerChart(layer=[fields, numbers]), f"{grid.says}, at each point of the grid", name)


def waits_picture(report: FairnessReport) -> Markup:
    """The mean wait of each group that is shown, those not seen counted, beside that of everybody."""
    shown = [(g.says, g.of_all.mean_days) for g in report.groups if g.of_all is not None and g.of_all.mean_days]
    found = [{"group": says, "days": mean} for says, mean in shown]
    x = alt.X("days:Q", title="mean wait in days, those not seen counted", scale=alt.Scale(zero=True))
    y = alt.Y("group:N", title=None, sort=[says for says, _ in shown], axis=alt.Axis(grid=False))
    bars = chart_of(found).mark_bar(color=BLUE, height=14).encode(x=x, y=y)
    line = chart_of(found[:1]).mark_rule(color=BLACK, strokeWidth=2, strokeDash=[4, 3]).encode(x=x)
    return svg_of(
        alt.LayerChart(layer=[bars, line]), "The mean wait of each group; the line is that of everybody", "waits"
    )


def _with_figures(report: PlanReport) -> list[tuple[Column, Mapping[str, Any]]]:
    return [(c, c.figures.model_dump()) for c in report.columns if c.figures is not None and not c.compromise]


def _not_alike(column: Column) -> bool:
    return column.difference is not None and column.difference.proof == "not_alike"


def _people(figures: Mapping[str, Any]) -> tuple[int, int, int]:
    everybody = figures["bands"][-1]
    return everybody["seen"], everybody["seen_by_date"], everybody["within_28_days"]


def chart_of(values: Sequence[Mapping[str, object]]) -> alt.Chart:
    """An empty chart of these rows."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in values]))


def _by_scenario(report: PlanReport) -> alt.Y:
    return alt.Y("scenario:N", title=None, sort=[c.name for c in report.columns], axis=alt.Axis(grid=True))


def svg_of(chart: alt.LayerChart, title: str, name: str, height: int | None = None) -> Markup:
    """The chart as an element of a page; Vega escapes its texts, and the table beside it says the same in words.

    ``height``: in points; left out, as high as its rows.
    """
    chart = chart.properties(width=_WIDTH, height=height or alt.Step(_STEP), config=_CONFIG, padding=8)
    svg = vl_convert.vegalite_to_svg(chart.to_json())
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    inner = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", inner)
    box = re.search(r'viewBox="([^"]*)"', svg)
    assert box is not None
    begin = f'<svg viewBox="{box[1]}" role="img" aria-labelledby="{name}-title" class="curve">'
    return Markup(f'{begin}<title id="{name}-title">{escape(title)}</title>{inner}</svg>')
