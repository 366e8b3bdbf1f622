"""A repair as one HTML page: what is done, what changes buy as a picture and a table, and every message."""

from collections.abc import Sequence
from dataclasses import dataclass

from roster.answers_of_repair import RepairReport
from roster.calendar import long_date
from roster.changes import Message
from roster.instance import Instance
from roster.pages.frame import templates
from roster.repair.record import Buys
from roster.repair_words import addressee, lines
from roster.wording import how_many

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 320, 90, 700, 20, 260
_TICKS = 5
_HEADINGS = {"person": "Messages to people", "coach": "Messages to coaches", "practice": "Messages to practices"}


@dataclass(frozen=True)
class _Tick:
    at: float
    says: str


@dataclass(frozen=True)
class _Dot:
    x: float
    y: float
    chosen: bool


@dataclass(frozen=True)
class Curve:
    """The picture: lengths in units of the drawing; ``says`` is what it shows, in words."""

    line: str
    points: tuple[_Dot, ...]
    down: tuple[_Tick, ...]
    across: tuple[_Tick, ...]
    says: str
    width: int = _WIDTH
    height: int = _HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    bottom: int = _BOTTOM


def repair_page(instance: Instance, report: RepairReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script.

    ``instance``: the data after what has happened.
    """
    return (
        templates()
        .get_template("repair.html")
        .render(
            report=report,
            title=f"Repair as of {long_date(report.as_of)}",
            region=f"{instance.settings.name}, {instance.days[0]:%B %Y}",
            lines=lines(report),
            breaks=report.roster.breaks if report.roster is not None else (),
            curve=curve_of(report.buys) if len(report.buys) > 1 else None,
            groups=groups_of(report.messages),
        )
    )


def groups_of(messages: Sequence[Message]) -> list[tuple[str, list[tuple[str, Message]]]]:
    """The messages by whom they are for, each with its heading."""
    found = [
        (heading, [(f"To {addressee(m)}", m) for m in messages if m.to == kind]) for kind, heading in _HEADINGS.items()
    ]
    return [(heading, group) for heading, group in found if group]


def curve_of(rows: Sequence[Buys]) -> Curve:
    """The cost by the number of changes, as steps: with more changes it never costs more."""
    first, last = rows[0].changes, rows[-1].changes
    high, low = rows[0].cost, rows[-1].cost

    def x(changes: float) -> float:
        return round(_LEFT + 20 + (_RIGHT - _LEFT - 40) * (changes - first) / max(1, last - first), 1)

    def y(cost: float) -> float:
        return round(_TOP + (_BOTTOM - _TOP - 20) * (high - cost) / max(1, high - low), 1)

    corners: list[tuple[float, float]] = []
    for row in rows:
        if corners:
            corners.append((x(row.changes), corners[-1][1]))
        corners.append((x(row.changes), y(row.cost)))
    costs = [low + (high - low) * n / (_TICKS - 1) for n in range(_TICKS)] if high > low else [high]
    step = max(1, -(-(last - first) // 10))
    saved = f"from {high:,} to {low:,} minutes of coach time"
    return Curve(
        line=" ".join(f"{a},{b}" for a, b in corners),
        points=tuple(_Dot(x(row.changes), y(row.cost), row.best) for row in rows),
        down=tuple(_Tick(y(cost), f"{round(cost):,}") for cost in costs),
        across=tuple(_Tick(x(n), f"{n:,}") for n in range(first, last + 1, step)),
        says=f"With {how_many(first, 'change')} to {last:,} the cost goes {saved}. The table has every number.",
    )
