"""How every picture of the benchmarks looks, and how it becomes a file. Needs the extra ``[charts]``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

FONT = "Helvetica, Arial, sans-serif"
CONFIG: dict[str, Any] = {
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelFont": FONT,
        "titleFont": FONT,
        "gridColor": "#e4e4e4",
        "domainColor": "#999999",
        "tickColor": "#999999",
        "labelColor": "#1a1a1a",
        "titleColor": "#1a1a1a",
        "titleFontWeight": "normal",
    },
    "title": {"font": FONT, "subtitleFont": FONT, "fontSize": 16, "subtitleFontSize": 12, "subtitleColor": "#444444"},
}


def titled(text: str, *lines: str) -> alt.TitleParams:
    """A title at the left, and what has to be known to read the picture below it."""
    return alt.TitleParams(text=text, subtitle=list(lines), anchor="start", offset=14, subtitlePadding=6)


def rows(values: Sequence[Mapping[str, object]]) -> alt.InlineData:
    """Rows to draw, each with the same names."""
    return alt.InlineData(values=[dict(row) for row in values])


def write_svg(chart: alt.LayerChart | alt.HConcatChart, path: Path) -> None:
    """Write the chart as an SVG file, by vl-convert: no browser and no network."""
    path.write_text(vl_convert.vegalite_to_svg(chart.to_json()), encoding="utf-8")
