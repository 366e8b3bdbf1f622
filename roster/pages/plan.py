"""A plan as one HTML page: scenarios beside the base in tables and pictures, and what of it is proved."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from roster.calendar import long_month
from roster.domain import COSTS
from roster.pages.frame import templates
from roster.planning.maps import Map, maps
from roster.planning.record import Column, InFigures, PlanReport
from roster.planning.words import (
    ONLY_TOTALS,
    PEOPLE,
    TOTALS,
    WORK,
    Measure,
    difference_proved,
    headline,
    how_proved,
    number,
    remarks,
    used,
    who,
)

NO_PICTURES = "There are no pictures, because what draws them is not installed: pip install -e '.[charts]'."


@dataclass(frozen=True)
class PlanTable:
    """A table with scenarios as rows; ``last`` is the heading of a column of words, empty where there is none."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]
    last: str = ""
    picture: Markup | None = None


def plan_page(report: PlanReport) -> str:
    """The page, a whole HTML document: every text in it is escaped, and it needs no network and no script."""
    people, totals = pictures_of(report)
    return (
        templates()
        .get_template("plan.html")
        .render(
            title="Scenarios",
            region=f"{report.instance}, {long_month(report.month)}",
            report=report,
            headline=headline(report),
            only_totals=ONLY_TOTALS,
            note="" if people is not None else NO_PICTURES,
            tables=list(tables_of(report, people, totals)),
            maps=list(maps_of(report)),
            sites=list(sites_of(report)),
            remarks=list(remarks(report)),
            who=[(c, list(who(c.difference)) if c.difference else []) for c in report.scenarios],
        )
    )


def maps_of(report: PlanReport) -> Iterator[PlanTable]:
    """Each grid with two axes as a table of the people seen, with its map where it can be drawn."""
    for grid in maps(report):
        rows = tuple(
            (row, tuple(f"{grid.people[row, c]:,}" if (row, c) in grid.people else "" for c in grid.columns), "")
            for row in grid.rows
        )
        yield PlanTable(
            f"map-{grid.number}", f"{grid.says}, at each point of the grid", grid.columns, rows, "", _picture_of(grid)
        )


def _picture_of(grid: Map) -> Markup | None:
    try:
        from roster.pages.pictures import map_picture  # an extra: altair
    except ModuleNotFoundError:
        return None
    return map_picture(grid) if grid.people else None


def pictures_of(report: PlanReport) -> tuple[Markup | None, Markup | None]:
    """People seen, and totals, as SVG; None where what draws them is not installed."""
    try:
        from roster.pages.pictures import people_picture, totals_picture  # an extra: altair
    except ModuleNotFoundError:
        return None, None
    return people_picture(report), totals_picture(report)


def tables_of(report: PlanReport, people: Markup | None, totals: Markup | None) -> Iterator[PlanTable]:
    yield _table(report, "people", "People seen; waits in days", PEOPLE, how_proved, "Roster", people)
    yield _table(
        report,
        "totals",
        "Totals, in minutes of coach time",
        TOTALS,
        lambda column: difference_proved(column.difference),
        "Difference",
        totals,
    )
    yield _table(report, "work", "Work; travel in minutes, hire and fees in pounds", used(WORK, report))
    yield _table(report, "costs", "Costs, in minutes of coach time", used(_COSTS, report))
    for place, band in enumerate(("A", "B", "C")):
        yield _table(report, f"band-{band}", f"People of band {band}", _of_band(place))


def _cost(name: str) -> Measure:
    return Measure(name.replace("_", " ").capitalize(), lambda figures: figures.costs.get(name, 0))


_COSTS = [_cost(name) for name in COSTS]


def _of_band(place: int) -> list[Measure]:
    return [
        Measure("People", lambda f: f.bands[place].people),
        Measure("Seen", lambda f: f.bands[place].seen),
        Measure("In time", lambda f: f.bands[place].seen_by_date),
        Measure("In 28 days", lambda f: f.bands[place].within_28_days),
    ]


def _table(
    report: PlanReport,
    name: str,
    caption: str,
    measures: Sequence[Measure],
    word: Callable[[Column], str] | None = None,
    last: str = "",
    picture: Markup | None = None,
) -> PlanTable:
    rows = [
        (c.name, tuple(number(m, c, report.base) for m in measures), word(c) if word is not None else "")
        for c in report.columns
    ]
    return PlanTable(name, caption, tuple(m.heading for m in measures), tuple(rows), last, picture)


def sites_of(report: PlanReport) -> Iterator[PlanTable]:
    """A table for each site that any of the columns has: what it offers, what is used, who is seen there."""
    names = {site.site_id: site.name for c in report.columns if c.figures for site in c.figures.sites}
    for place, (site_id, name) in enumerate(names.items()):
        yield _table(report, f"site-{place}", f"{name} ({site_id})", _of_site(site_id))


def _of_site(site_id: str) -> list[Measure]:
    def of(figures: InFigures, name: str) -> float | None:
        found = next((site for site in figures.sites if site.site_id == site_id), None)
        return None if found is None else getattr(found, name)

    return [
        Measure("Sessions offered", lambda f: of(f, "sessions_offered")),
        Measure("Used", lambda f: of(f, "sessions_used")),
        Measure("Idle", lambda f: of(f, "sessions_idle")),
        Measure("Seen", lambda f: of(f, "seen")),
        Measure("In 28 days", lambda f: of(f, "within_28_days")),
    ]
