"""A grid with two axes as a map: which points it has, in which order, what is counted, and how it is drawn."""

from collections.abc import Mapping

import html5lib
import pytest
from python_calamine import CalamineWorkbook

from instances.doctors.build import HERE
from roster.files import read
from roster.pages.plan import plan_page
from roster.planning.maps import AS_IT_IS, maps
from roster.planning.record import BandSeen, Column, InFigures, PlanReport, Point
from roster.planning.scenarios import read_scenarios
from roster.planning.tables import write_book
from roster.summaries import Asked, ManyOutcome

GRID = """
[[grid]]
coaches = { like = "C1", to = 1 }
rooms = { like = "cinder-path-surgery-1", to = 2 }
[[grid]]
name = "alone"
coaches = { like = "C1", to = 1 }
"""


def figures(seen: int, soon: int) -> InFigures:
    """A roster in which so many people of a hundred are seen, and so many within 28 days."""
    people = BandSeen(band="all", people=100, seen=seen, with_date=0, seen_by_date=0, within_28_days=soon)
    nothing = {"longest_wait_days": None, "median_wait_days": None, "sessions_offered": 0, "sessions_used": 0}
    return InFigures.model_validate(
        {"bands": (people,) * 4, "sites": (), "road_minutes": 0, "hire_pounds": 0.0, "fees_pounds": 0.0, "costs": {}}
        | {"total": 0, "bound": 0, "gap": 0.0}
        | nothing
    )


def column(
    name: str, point: tuple[str, ...] | None, seen: int, soon: int = 0, outcome: ManyOutcome = "optimal"
) -> Column:
    return Column(
        name=name,
        point=None if point is None else Point(grid=1, steps=point),
        outcome=outcome,
        says="It is so.",
        seconds=1.0,
        instance_sha256="",
        figures=figures(seen, soon),
    )


def report(seen: Mapping[tuple[str, str], int], base: int = 10, **other: Column) -> PlanReport:
    return PlanReport(
        instance="A world",
        month="2027-03",
        instance_sha256="",
        asked=Asked(time_limit=1.0, gap=0.0, workers=1, seed=0),
        complete=True,
        base=column("base", None, base, 3),
        scenarios=(*(column(" ".join(p), p, n, n // 2) for p, n in seen.items()), *other.values()),
    )


FOUR = {("", "rooms +1"): 11, ("", "rooms +2"): 12, ("coaches +1", ""): 20, ("coaches +1", "rooms +1"): 21}
SIX = FOUR | {("coaches +1", "rooms +2"): 22}


def test_the_scenarios_of_a_grid_know_their_place_in_it() -> None:
    base = read(HERE / "a-handful-a-visit").valid()
    found = {s.name: s.point for s in read_scenarios(GRID, "s.toml", base)}
    assert found == {
        "rooms +1": Point(grid=1, steps=("", "rooms +1")),
        "rooms +2": Point(grid=1, steps=("", "rooms +2")),
        "coaches +1": Point(grid=1, steps=("coaches +1", "")),
        "coaches +1, rooms +1": Point(grid=1, steps=("coaches +1", "rooms +1")),
        "coaches +1, rooms +2": Point(grid=1, steps=("coaches +1", "rooms +2")),
        "alone, coaches +1": Point(grid=2, steps=("coaches +1",)),
    }


def test_a_map_has_the_steps_of_both_axes_in_order_and_the_base_where_nothing_is_changed() -> None:
    (found,) = maps(report(SIX))
    assert found.rows == (AS_IT_IS, "coaches +1")
    assert found.columns == (AS_IT_IS, "rooms +1", "rooms +2")
    assert found.says == "People seen"
    assert found.people[AS_IT_IS, AS_IT_IS] == 10
    assert found.people["coaches +1", "rooms +2"] == 22
    assert len(found.people) == 6


def test_where_as_many_are_seen_everywhere_those_within_28_days_are_counted() -> None:
    (found,) = maps(report(dict.fromkeys(SIX, 10)))
    assert found.says == "People seen within 28 days"
    assert set(found.people.values()) == {3, 5}


def test_a_point_without_a_roster_that_keeps_every_rule_is_left_out() -> None:
    broken = column("broken", ("coaches +1", "rooms +2"), 22, outcome="infeasible")
    (found,) = maps(report(FOUR, broken=broken))
    assert ("coaches +1", "rooms +2") not in found.people
    assert found.columns == (AS_IT_IS, "rooms +1", "rooms +2")


def test_the_base_is_no_point_of_a_grid_that_always_changes_something() -> None:
    (found,) = maps(report({("a", "b"): 1, ("a", "c"): 2}))
    assert (found.rows, found.columns) == (("a",), ("b", "c"))
    assert AS_IT_IS not in {label for point in found.people for label in point}


@pytest.mark.parametrize("steps", [("one",), ("one", "two", "three")])
def test_other_grids_are_no_maps(steps: tuple[str, ...]) -> None:
    assert list(maps(report({}, other=column("x", steps, 1)))) == []


def test_the_page_has_the_map_as_a_picture_and_as_a_table() -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(plan_page(report(SIX)))
    titles = ["".join(e.itertext()) for e in page.iter() if e.get("id", "").endswith("map-1-title")]
    assert titles == ["People seen, at each point of the grid"]
    (table,) = [t for t in page.iter("table") if "at each point" in "".join(t.find("caption").itertext())]
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    assert rows == [
        ["", "as it is", "rooms +1", "rooms +2"],
        ["as it is", "10", "11", "12"],
        ["coaches +1", "20", "21", "22"],
    ]


def test_the_workbook_has_it_as_a_sheet(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    write_book(report(SIX), path)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("grid 1").to_python()
    assert sheet[0] == ["people seen", "as it is", "rooms +1", "rooms +2"]
    assert sheet[2] == ["coaches +1", 20, 21, 22]
