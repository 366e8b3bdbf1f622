"""Pictures of runs: how the gap of each way falls over time, as one SVG. Legible in print and in black and white.

Needs altair and vl-convert, the extra ``[charts]``.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from benchmarks.drawing import CONFIG, FONT, rows, titled
from benchmarks.runs import Run, gap_between
from benchmarks.tables import best_bound

STYLES: Mapping[str, tuple[str, tuple[int, ...], float]] = {
    "roster solve": ("#000000", (1, 0), 3.0),
    "CP-SAT": ("#e69f00", (6, 2), 1.8),
    "CP-SAT with LP": ("#d55e00", (1, 0), 1.8),
    "HiGHS": ("#0072b2", (1, 0), 1.8),
    "SCIP": ("#cc79a7", (6, 2), 1.8),
    "greedy planner": ("#009e73", (2, 2), 1.8),
    "fixed weekdays": ("#56b4e9", (2, 2), 1.8),
}
"""Colour (Okabe and Ito 2008: told apart with any colour vision), dashes and width of each way's line."""
OTHER = ("#666666", (1, 0), 1.8)
WIDTH, PIXELS_A_DECADE, LABEL_PIXELS = 560, 90, 17
FLOOR, CEILING, LEAST_DRAWN = 1e-4, 1.0, 1e-2
"""The smallest gap that is drawn; the largest: a larger one is at the top; how far down there is always room."""
TICKS_SECONDS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True)
class Corner:
    """A corner of a way's line: seconds and a share; ``over``: after the time that the way had."""

    seconds: float
    share: float
    over: bool = False


@dataclass(frozen=True)
class Curve:
    """A way's line to the right edge, and what stands there."""

    way: str
    label: str
    corners: tuple[Corner, ...]


def curves(runs: Sequence[Run]) -> list[Curve]:
    """The lines of the ways that have a gap. A way that proves no bound is measured by the best bound of any way."""
    bound = best_bound(runs, runs[0].instance)
    until = max(max(run.seconds for run in runs), 1.0)
    found: list[Curve] = []
    for run in runs:
        if run.bound is None:
            share = gap_between(run.best, bound)
            corners = [] if share is None else [Corner(run.seconds, share), Corner(until, share)]
            ending = "" if share is None else f"{share:.1%} from the best bound"
        else:
            corners = [Corner(p.seconds, p.gap) for p in run.points if p.gap is not None]
            ending = "proved best" if run.gap == 0 else _percent(run.gap or 0.0)
            corners += _to_the_edge(run, until) if corners else []
        if corners:
            found.append(Curve(run.way, f"{run.way}: {ending}", tuple(corners)))
    return found


def _to_the_edge(run: Run, until: float) -> list[Corner]:
    """What a way ended with stands to the right edge, drawn thinner if only its time was up."""
    share = run.gap or 0.0
    if share == 0:
        return [Corner(until, share)]
    return [Corner(run.seconds, share), Corner(run.seconds, share, over=True), Corner(until, share, over=True)]


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 else f"{share:.1%}" if share >= 0.01 else f"{share:.2%}"


def gap_over_time(runs: Sequence[Run]) -> alt.LayerChart:
    """The gap of each way over time on one instance; both axes count in powers of ten."""
    lines = curves(runs)
    scale = _Scale(lines)
    colour = alt.Color("way:N", legend=None, scale=_each(lines, 0))
    x = alt.X("seconds:Q", title="time since the start", scale=scale.x, axis=_seconds_axis(scale))
    y = alt.Y("height:Q", title="gap", scale=scale.y, axis=_gap_axis(scale))
    corners = rows(
        [
            {
                "way": c.way,
                "order": n,
                "seconds": max(k.seconds, scale.left),
                "height": scale.height(c, k),
                "over": k.over,
            }
            for c in lines
            for n, k in enumerate(c.corners)
        ],
    )
    line = alt.Chart(corners).encode(x=x, y=y, color=colour, detail="way:N", order="order:Q")
    during = line.transform_filter("!datum.over").mark_line(interpolate="step-after", clip=True)
    dashes = alt.StrokeDash("way:N", legend=None, scale=_each(lines, 1))
    width = alt.StrokeWidth("way:N", legend=None, scale=_each(lines, 2))
    after = line.transform_filter("datum.over").mark_line(strokeWidth=0.8, strokeDash=[1, 3])
    layers = [during.encode(strokeDash=dashes, strokeWidth=width), after, *_labels(lines, scale), *_band(scale)]
    return alt.LayerChart(
        layer=layers, width=WIDTH, height=scale.pixels, title=_title(runs, lines), config=CONFIG, padding=16
    )


def _title(runs: Sequence[Run], lines: Sequence[Curve]) -> alt.TitleParams:
    drawn = {curve.way for curve in lines}
    without = [f"Not drawn: {run.way}, {run.says or 'no bound in its time'}." for run in runs if run.way not in drawn]
    return titled(
        f"How far from the best roster each way may still be: {runs[0].instance}",
        "Gap: the share of its price that a better roster could save at most, as far as the way itself has proved.",
        "Planners who prove nothing are measured by the best bound of any way. Fine dots: the way's time was up.",
        *without,
    )


class _Scale:
    """Where things stand: seconds across, powers of ten of the gap upwards, a lane for each line proved best below."""

    def __init__(self, lines: Sequence[Curve]) -> None:
        shares = [k.share for c in lines for k in c.corners if k.share > 0]
        self.bottom = math.floor(math.log10(max(min([*shares, LEAST_DRAWN]), FLOOR)) + 1e-9)
        self.proved = [c.way for c in lines if c.corners[-1].share == 0]
        self.lane = LABEL_PIXELS / PIXELS_A_DECADE
        self.low = self.bottom - self.lane * (len(self.proved) + 0.8 if self.proved else 0.0)
        seconds = [k.seconds for c in lines for k in c.corners]
        self.left = max(0.5, min([1.0, *seconds]))
        self.right = max(seconds, default=10.0)
        self.x = alt.Scale(type="log", domain=[self.left, self.right], nice=False)
        self.y = alt.Scale(domain=[self.low, math.log10(CEILING)], nice=False)
        self.pixels = round((math.log10(CEILING) - self.low) * PIXELS_A_DECADE)

    def height(self, curve: Curve, corner: Corner) -> float:
        """The power of ten of the gap; below the least gap that is drawn, the line's own lane."""
        if corner.share == 0 and curve.way in self.proved:
            return self.bottom - self.lane * (self.proved.index(curve.way) + 0.9)
        return math.log10(min(max(corner.share, 10.0**self.bottom), CEILING))

    def label_heights(self, lines: Sequence[Curve]) -> dict[str, float]:
        """Where each label stands: as near to its line as others leave room, and none above the top."""
        in_order = sorted(lines, key=lambda c: (self.height(c, c.corners[-1]), c.corners[-1].share))
        placed: dict[str, float] = {}
        least = -math.inf
        for curve in in_order:
            placed[curve.way] = max(self.height(curve, curve.corners[-1]), least)
            least = placed[curve.way] + self.lane
        most = math.log10(CEILING)
        for curve in reversed(in_order):
            placed[curve.way] = min(placed[curve.way], most)
            most = placed[curve.way] - self.lane
        return placed


def _each(lines: Sequence[Curve], what: int) -> alt.Scale:
    ways = [curve.way for curve in lines]
    return alt.Scale(domain=ways, range=[STYLES.get(way, OTHER)[what] for way in ways])


def _seconds_axis(scale: _Scale) -> alt.Axis:
    ticks = [tick for tick in TICKS_SECONDS if scale.left <= tick <= scale.right]
    words = "datum.value < 60 ? datum.value + ' s' : datum.value < 3600 ? datum.value / 60 + ' min' : '1 h'"
    return alt.Axis(values=ticks, labelExpr=words, grid=True, labelFlush=False)


def _gap_axis(scale: _Scale) -> alt.Axis:
    ticks = list(range(scale.bottom, 1))
    words = "datum.value == 0 ? '100% or more' : format(pow(10, datum.value), '.2~%')"
    return alt.Axis(values=ticks, labelExpr=words, grid=True)


def _labels(lines: Sequence[Curve], scale: _Scale) -> list[alt.Chart]:
    """What each line is, beside its end, with a short line to it where others push it away."""
    heights = scale.label_heights(lines)
    texts = [
        {
            "way": c.way,
            "label": c.label,
            "from": scale.height(c, c.corners[-1]),
            "to": heights[c.way],
            "seconds": scale.right,
        }
        for c in lines
    ]
    data = alt.Chart(rows(texts))
    x = alt.X("seconds:Q", scale=scale.x)
    text = data.mark_text(align="left", baseline="middle", dx=22, fontSize=12, color="#1a1a1a", font=FONT)
    ends = data.mark_point(filled=True, size=45, opacity=1, xOffset=14).encode(
        x=x, y=alt.Y("to:Q", scale=scale.y), color=alt.Color("way:N", legend=None, scale=_each(lines, 0))
    )
    stems = data.mark_rule(x2Offset=14, strokeWidth=0.8).encode(
        x=x,
        x2="seconds:Q",
        y=alt.Y("from:Q", scale=scale.y),
        y2="to:Q",
        color=alt.Color("way:N", legend=None, scale=_each(lines, 0)),
    )
    return [stems, ends, text.encode(x=x, y=alt.Y("to:Q", scale=scale.y), text="label:N")]


def _band(scale: _Scale) -> list[alt.Chart]:
    if not scale.proved:
        return []
    line = alt.Chart(rows([{"height": scale.bottom}])).mark_rule(color="#999999", strokeWidth=0.8)
    words = alt.Chart(rows([{"height": (scale.low + scale.bottom) / 2, "text": "proved best"}]))
    y = alt.Y("height:Q", scale=scale.y)
    mark = words.mark_text(align="right", baseline="middle", dx=-7, fontSize=12, color="#1a1a1a", font=FONT)
    return [line.encode(y=y), mark.encode(x=alt.value(0), y=y, text="text:N")]
