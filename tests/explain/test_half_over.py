"""Conflicts in a month that is half over: what has been held counts, and may alone be too much for a limit."""

import json
from datetime import date
from pathlib import Path

import pytest

from roster.edits import apply_edits, parse_edits
from roster.files.write import write_folder
from roster.instance import Instance
from tests.explain.judged import found, is_conflict
from tests.explain.planted import Conflict, Row, coach, person, pin, policy, region, session, site
from tests.oracle.reading import load
from tests.oracle.relaxed import has_roster, without
from tests.rules.small import roster, small

ONLY_X = {"sites": "X"}
TROUBLES: dict[str, tuple[str, tuple[Row, ...]]] = {
    "a visit held in the week of a pin": (
        "pin:C1:S9 workload:C1:week",
        (session("S9", "X-2", 11), pin("C1", "S9"), coach("C1", "max_sessions_week", 1)),
    ),
    "a visit held in the month of a pin": ("pin:C1:S4 workload:C1:month", (coach("C1", "max_sessions_month", 1),)),
    "visits held at a site in which somebody is to be seen": (
        "see_by:T place:T site_limit:X",
        (session("S9", "X-2", 22), person("T", 22, **ONLY_X), site("X", "max_sessions", 2)),
    ),
    "a promise of more visits than were held and can be": (
        "presence:X",
        (site("X", "min_sessions", 3),),
    ),
    "people seen who are not all of their row": (
        "see_by:P place:P",
        (person("P", 31, practice_id="PZ", sites="X", count=3),),
    ),
    "more spent than the budget": ("budget", (policy("budget_pounds", 35),)),
    "more visits held at a site than it allows": ("site_limit:X", (site("X", "max_sessions", 1),)),
    "more visits held than a coach's week allows": ("workload:C1:week", (coach("C1", "max_sessions_week", 0),)),
    "too much spent and too many visits held": (
        "budget, site_limit:X",
        (policy("budget_pounds", 35), site("X", "max_sessions", 1)),
    ),
    "too much spent, and a room that nobody has": (
        "budget, see_by:T needs:T",
        (policy("budget_pounds", 35), person("T", 22, needs="room:hearing_loop")),
    ),
}
"""What has to be found, conflicts separated by commas, and the edits."""


def half_over(*edits: Row) -> Instance:
    """The region on 10 March: C1 held S1, with P in it, and C2 held S3; with these edits."""
    then = region()
    settings = then.settings.model_copy(update={"as_of": date(2027, 3, 10)})
    told = roster(None, "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00", "P, S1, 09:00, 11:30")
    now = then.replaced(settings=settings, published=told)
    return apply_edits(now, parse_edits(json.dumps(list(edits))))


def expected(name: str) -> set[Conflict]:
    """The conflicts of a trouble."""
    return {frozenset(facts.split()) for facts in TROUBLES[name][0].split(",")}


def test_the_region_half_over_has_a_roster(tmp_path: Path) -> None:
    write_folder(half_over(), tmp_path / "region")
    assert has_roster(load(tmp_path / "region"))
    assert found(half_over()) == []


@pytest.mark.parametrize("name", TROUBLES)
def test_what_has_been_held_is_counted(name: str) -> None:
    clashes = found(half_over(*TROUBLES[name][1]))
    assert len(clashes) == len(expected(name))
    assert {frozenset(clash.ids) for clash in clashes} == expected(name)


@pytest.mark.parametrize("name", TROUBLES)
def test_plain_enumeration_counts_what_has_been_held_as_well(name: str, tmp_path: Path) -> None:
    write_folder(half_over(*TROUBLES[name][1]), tmp_path / "region")
    world = load(tmp_path / "region")
    assert all(is_conflict(world, conflict) for conflict in expected(name))
    assert has_roster(without(world, [fact for conflict in expected(name) for fact in conflict]))


def test_a_week_that_began_in_the_month_before_counts_and_that_month_does_not(tmp_path: Path) -> None:
    instance = small(
        "notice_days = 0",
        month="2027-04",
        as_of="2027-04-01",
        coaches="coach_id, max_sessions_week, max_sessions_month\nC1, 1, 1\nC2, ,",
        hours="coach_id, weekday, start, end\nC1, tue, 09:00, 17:00\nC1, thu, 09:00, 17:00",
        sessions="""
            session_id, room_id, date,       start, end
            S1,         X-1,     2027-03-30, 09:00, 12:00
            S2,         X-1,     2027-04-01, 09:00, 12:00""",
        pins="coach_id, session_id\nC1, S2",
        published=roster(None, "C1, S1, 09:00, 12:00"),
    )
    assert [set(clash.ids) for clash in found(instance)] == [{"pin:C1:S2", "workload:C1:week"}]
    write_folder(instance, tmp_path / "region")
    assert is_conflict(load(tmp_path / "region"), ["pin:C1:S2", "workload:C1:week"])
