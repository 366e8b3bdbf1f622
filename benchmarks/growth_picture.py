"""A picture of growth: each measure over the number of people, both in powers of ten, with its fitted line."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from benchmarks.drawing import CONFIG, FONT, rows, titled
from benchmarks.fit import Growth, Sample, growth

COLOURS = {"first roster": "#009e73", "to 5%": "#0072b2", "to 1%": "#d55e00", "memory": "#000000"}
"""Okabe and Ito (2008): told apart with any colour vision. Shapes tell them apart in black and white."""
SHAPES = {"first roster": "circle", "to 5%": "square", "to 1%": "triangle-up", "memory": "diamond"}
_WORDS: Any = {"baseline": "middle", "fontSize": 12, "lineHeight": 14, "color": "#1a1a1a", "font": FONT}
WIDTH, HEIGHT, LABEL_PIXELS = 330, 300, 32


def growth_chart(measures: Mapping[str, Sequence[Sample]]) -> alt.HConcatChart:
    """Seconds at the left, memory at the right; measures without a sample are left out."""
    seconds = {name: found for name, found in measures.items() if name != "memory" and found}
    memory = {name: found for name, found in measures.items() if name == "memory" and found}
    panels = [_panel(part, title) for part, title in ((seconds, "seconds"), (memory, "memory in MB")) if part]
    title = titled(
        "How time and memory grow with the number of people",
        "Each mark is one example region; a line is fitted to the marks of one measure. In brackets: single seeds.",
        "What was not reached in the time given has no mark.",
    )
    return alt.HConcatChart(hconcat=panels, title=title, config=CONFIG, padding=16, spacing=24)


def _panel(measures: Mapping[str, Sequence[Sample]], title: str) -> alt.LayerChart:
    samples = [(name, sample) for name, found in measures.items() for sample in found]
    marks = [{"measure": name, "people": s.size, "value": s.value} for name, s in samples]
    sizes, values = [s.size for _, s in samples], [s.value for _, s in samples]
    x_scale = alt.Scale(type="log", domain=_room(sizes), nice=False)
    y_scale = alt.Scale(type="log", domain=_room(values), nice=False)
    x = alt.X("people:Q", title="people", scale=x_scale, axis=alt.Axis(values=_ticks(sizes), format=",.0f"))
    y = alt.Y("value:Q", title=title, scale=y_scale, axis=alt.Axis(values=_ticks(values), format=",.2~f"))
    colours = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    colour = alt.Color("measure:N", legend=None, scale=colours)
    shapes = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    shape = alt.Shape("measure:N", legend=None, scale=shapes)
    points = alt.Chart(rows(marks)).mark_point(filled=True, size=60, opacity=0.85)
    layers = [points.encode(x=x, y=y, color=colour, shape=shape)]
    lines = {name: fit for name, found in measures.items() if (fit := growth(found)) is not None}
    if lines:
        layers += _lines(lines, measures, x, y, colour)
    return alt.LayerChart(layer=layers, width=WIDTH, height=HEIGHT)


def _lines(
    lines: Mapping[str, Growth], measures: Mapping[str, Sequence[Sample]], x: alt.X, y: alt.Y, colour: alt.Color
) -> list[alt.Chart]:
    ends = [
        {"measure": name, "people": size, "value": fit.at(size)}
        for name, fit in lines.items()
        for size in _ends(sample.size for sample in measures[name])
    ]
    drawn = alt.Chart(rows(ends)).mark_line(strokeWidth=1.4)
    return [drawn.encode(x=x, y=y, color=colour), *_labels(lines, measures, x, y)]


def _labels(
    lines: Mapping[str, Growth], measures: Mapping[str, Sequence[Sample]], x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Each label right of its line's end; where a line ends before the edge, above its end and to the left."""
    right = {name: max(sample.size for sample in measures[name]) for name in lines}
    edge = max(sample.size for found in measures.values() for sample in found)
    heights = _apart({name: lines[name].at(right[name]) for name in lines if right[name] == edge}, measures)
    heights |= {name: lines[name].at(right[name]) for name in lines if right[name] != edge}
    texts = [
        {"people": right[name], "value": height, "label": [name, str(lines[name])], "at_edge": right[name] == edge}
        for name, height in heights.items()
    ]
    data = alt.Chart(rows(texts)).encode(x=x, y=y, text="label:N")
    beside = data.transform_filter("datum.at_edge").mark_text(align="left", dx=14, **_WORDS)
    above = data.transform_filter("!datum.at_edge").mark_text(align="right", dx=-12, dy=-14, **_WORDS)
    return [beside, above]


def _apart(heights: Mapping[str, float], measures: Mapping[str, Sequence[Sample]]) -> dict[str, float]:
    """Where labels stand: as near to their lines as others leave room, from the bottom up."""
    low, high = _room([sample.value for found in measures.values() for sample in found])
    step = (high / low) ** (LABEL_PIXELS / HEIGHT)
    placed: dict[str, float] = {}
    least = low
    for name in sorted(heights, key=lambda n: heights[n]):
        placed[name] = max(heights[name], least)
        least = placed[name] * step
    return placed


def _ends(sizes: Iterable[float]) -> tuple[float, float]:
    known = list(sizes)
    return min(known), max(known)


def _room(values: Sequence[float]) -> list[float]:
    """From a little below the least to a little above the greatest."""
    return [min(values) / 1.4, max(values) * 1.4]


def _ticks(values: Sequence[float]) -> list[float]:
    """1, 2 and 5 times the powers of ten within the room; the powers alone where the room is wide."""
    low, high = _room(values)
    steps = (1, 2, 5) if high / low < 200 else (1, 3)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high]
