"""SCENARIOS.toml: what it makes, what grids are called, and every fault with its place."""

from pathlib import Path

import pytest

from roster.fault import InvalidInput
from roster.files import read
from roster.instance import Instance
from roster.planning.scenarios import MOST, Scenario, read_scenarios
from tests.edited import region
from tests.pages import blocks

ROOT = Path(__file__).resolve().parents[2]
ONE = '[[scenario]]\nname = "A"\nedits = [{ op = "remove_pin", coach_id = "C9", session_id = "S9" }]\n'


def scenarios(text: str, base: Instance | None = None) -> dict[str, Scenario]:
    return {s.name: s for s in read_scenarios(text, "s.toml", base or region())}


def test_the_example_of_the_pilot_has_its_scenarios_and_the_points_of_its_grid_but_not_the_base() -> None:
    base = read(ROOT / "instances" / "pilot").valid()
    text = (ROOT / "instances" / "scenarios" / "pilot.toml").read_text()
    found = scenarios(text, base)
    grid = ["rooms +1", "coaches +1", "coaches +1, rooms +1"]
    assert list(found) == ["Without the room at the jobcentre", "A fifth more people", *grid]
    assert len(found["coaches +1"].instance.coaches) == len(base.coaches) + 1
    like = [s for s in base.sessions if s.room_id == "tidemill-medical-centre-1"]
    more = [s for s in found["rooms +1"].instance.sessions if s.room_id == "tidemill-medical-centre-1-more-1"]
    assert [(s.date, s.start, s.end) for s in more] == [(s.date, s.start, s.end) for s in like]
    assert like


def test_the_example_of_the_documentation_can_be_read() -> None:
    base = read(ROOT / "instances" / "pilot").valid()
    (text,) = blocks((ROOT / "docs" / "planning.md").read_text(), "toml")
    found = scenarios(text, base)
    assert len(found) == 1 + 6 * 5 * 2 - 1
    assert "coaches +2, rooms +1, demand a fifth more" in found


def test_rooms_at_sites_have_a_session_on_each_such_weekday_that_is_ahead_and_no_bank_holiday() -> None:
    rooms = 'rooms = { sites = ["X", "Y"], weekdays = ["mon"], start = "08:30", end = "12:40", from = 1, to = 2 }'
    found = scenarios(f"[[grid]]\n{rooms}")
    assert list(found) == ["rooms +1", "rooms +2"]
    made = found["rooms +2"].instance
    added = made.sessions[len(region().sessions) :]
    assert {s.room_id for s in added} == {"X-more-1", "X-more-2", "Y-more-1", "Y-more-2"}
    assert sorted({s.date.day for s in added}) == [1, 8, 15, 22]
    assert {(s.start, s.end) for s in added} == {(510, 760)}
    assert [s.session_id for s in added][:2] == ["X-more-1-01-0830", "X-more-1-08-0830"]


def test_an_axis_written_out_multiplies_with_the_others_and_a_day_may_be_a_day_of_toml() -> None:
    text = """
        [[grid]]
        name = "North"
        coaches = { like = "C1", to = 1 }
        [[grid.axis]]
        name = "leave"
        steps = [
            { label = "none" },
            { label = "one", edits = [
                { op = "add_leave", coach_id = "C2", first_day = 2027-03-17, last_day = 2027-03-18 }] }]
    """
    found = scenarios(text)
    assert list(found) == ["North, leave one", "North, coaches +1", "North, coaches +1, leave one"]
    assert len(found["North, coaches +1, leave one"].edits) == 2


def test_ids_of_what_is_added_are_ones_that_nothing_has() -> None:
    base = scenarios('[[scenario]]\nname = "A"\nedits = [{ op = "add_coach", coach_id = "C1-more-1", like = "C1" }]')
    again = scenarios('[[grid]]\ncoaches = { like = "C1", to = 1 }', base["A"].instance)
    assert [e.model_dump()["coach_id"] for e in again["coaches +1"].edits] == ["C1-more-2"]


ROOMS = "[[grid]]\nrooms = {{ {} }}"
STEPS = '[[grid]]\n[[grid.axis]]\nname = "x"\nsteps = [{}]'
FAULTS = {
    "a =": "s.toml, end of document: this cannot be read as TOML.",
    "a = 1": "s.toml: there is no such key ('a'). The keys here are scenario and grid.",
    "": "s.toml: there is no scenario in this file.",
    "scenario = 1": "s.toml, scenario: this must be a list of scenarios ('1'). Write each under [[scenario]].",
    '[[scenario]]\nname = "A"': "s.toml, scenario 1, edits: this is missing. Write edits = [",
    "[[scenario]]\nname = 2\nedits = []": "s.toml, scenario 1, name: this must be a text ('2'). Write name",
    '[[scenario]]\nname = "A"\nedits = []\nwhy = 1': "scenario 1: there is no such key ('why'). The keys here are name",
    '[[scenario]]\nname = "A"\nedits = [{ op = "dance" }]': "s.toml, scenario 1, edit 1: there is no op 'dance'.",
    '[[scenario]]\nname = "A"\nedits = [{ op = "remove_coach", coach_id = "C9" }]': (
        "s.toml, scenario 1 (A), edit 1 (remove_coach): there is no coach C9. Use an id of coaches.csv"
    ),
    '[[scenario]]\nname = "a/b"\nedits = []': "scenario 1, name: a folder cannot have this name: it may hold none of",
    '[[scenario]]\nname = "Base"\nedits = []': "name: this is the name of the data as they are ('Base'). Give it",
    '[[scenario]]\nname = " "\nedits = []': "scenario 1, name: a name begins and ends with a letter or a sign",
    f'[[scenario]]\nname = "{"x" * 81}"\nedits = []': "scenario 1, name: this is longer than 80 characters.",
    '[[scenario]]\nname = "A"\nedits = []\n[[scenario]]\nname = "a"\nedits = []': (
        "s.toml, scenario 2, name: two scenarios have this name ('a'). Give each a name of its own"
    ),
    "[[grid]]": "s.toml, grid 1: this grid has no axis. Write coaches, rooms or [[grid.axis]].",
    '[[grid]]\ncoaches = { like = "C9", to = 1 }': "grid 1, coaches, like: there is no such coach ('C9'). Write the id",
    '[[grid]]\ncoaches = { like = "C1", to = 99 }': "grid 1, coaches, to: this must be a whole number from 0 to 50",
    '[[grid]]\ncoaches = { like = "C1", from = 3, to = 2 }': "grid 1, coaches, from: this is more than to (2) ('3').",
    ROOMS.format('like = "R9", to = 1'): "s.toml, grid 1, rooms, like: there is no such room ('R9'). Write ids",
    ROOMS.format('like = "R9", sites = ["X"], to = 1'): "rooms, sites: this does not go with like, which copies",
    ROOMS.format('sites = ["X"], to = 1'): "s.toml, grid 1, rooms, weekdays: this is missing. Write like with the id",
    ROOMS.format('sites = ["Z"], weekdays = ["mon"], start = "08:30", end = "12:40", to = 1'): (
        "s.toml, grid 1, rooms, sites: there is no such site ('Z'). Write ids of sites in sites.csv."
    ),
    ROOMS.format('sites = ["X"], weekdays = ["day"], start = "08:30", end = "12:40", to = 1'): (
        "s.toml, grid 1, rooms, weekdays 1: this must be a list of weekdays ('day'). Write weekdays"
    ),
    STEPS.format('{ label = "a" }, { label = "a" }'): "s.toml, grid 1, axis 1: two steps have this label ('a').",
    STEPS.format('{ label = "a", edits = [{ op = "dance" }] }'): "grid 1, axis 1, steps 1, edit 1: there is no op",
}


@pytest.mark.parametrize(("text", "says"), FAULTS.items())
def test_every_fault_says_where_it_is_what_is_wrong_and_what_to_do(text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        scenarios(text)
    assert says in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        scenarios(ONE + ONE.replace('"A"', '"B"') + '[[grid]]\ncoaches = { like = "C9", to = 1 }')
    assert len(caught.value.faults) == 1
    with pytest.raises(InvalidInput) as caught:
        scenarios(ONE + ONE.replace('"A"', '"B"'))
    assert [fault.column for fault in caught.value.faults] == [
        "scenario 1 (A), edit 1 (remove_pin)",
        "scenario 2 (B), edit 1 (remove_pin)",
    ]


def test_a_grid_that_is_too_large_is_refused_before_it_is_made() -> None:
    steps = ", ".join(f'{{ label = "{n}", edits = [] }}' for n in range(30))
    axis = f'[[grid.axis]]\nname = "x"\nsteps = [{steps}]\n'
    with pytest.raises(InvalidInput) as caught:
        scenarios("[[grid]]\n" + axis + axis)
    assert f"grid 1: this grid has 900 points, and there may be {MOST}" in str(caught.value)


def test_a_value_that_may_identify_a_person_is_refused_and_not_repeated() -> None:
    for text in ('[[scenario]]\nname = "jo@example.org"\nedits = []', "[[scenario]]\nname = 9434765919\nedits = []"):
        with pytest.raises(InvalidInput) as caught:
            scenarios(text)
        assert "example.org" not in str(caught.value)
        assert "9434765919" not in str(caught.value)
