"""Which cases a published roster has: who or what could be gone, in which weeks, and the edits that make it so."""

from datetime import date

import pytest

from roster.domain import Leave
from roster.edits import AddLeave, RemoveSession, apply_edits
from roster.instance import Instance
from roster.stress.cases import Case, cases_of
from roster.stress.words import gone_words, not_tried, week_words
from tests.changes.town import told, town

ROSTER = told("C1 S1 R1@09:00 R2@09:40", "C2 S2 R4@09:00", "C1 S4 R3@09:00 R3@09:40", "C1 S5 R3@09:00")


def published(**tables: object) -> Instance:
    return town().replaced(published=ROSTER, **tables)


def by_name(cases: tuple[Case, ...]) -> dict[tuple[str, date], Case]:
    """The cases by what is gone (ids, with + between them) and the first day of the week."""
    return {("+".join(part.id for part in case.parts), case.first_day): case for case in cases}


def test_there_is_a_case_for_each_coach_site_and_room_with_a_visit_in_each_week() -> None:
    second, third = date(2027, 3, 8), date(2027, 3, 15)
    assert set(by_name(cases_of(published()))) == {
        ("C1", second),
        ("C2", second),
        ("X", second),
        ("X-1", second),
        ("X-2", second),
        ("Y+Y-1", second),
        ("C1", third),
        ("Y+Y-1", third),
    }


def test_the_cases_that_hit_most_people_come_first() -> None:
    cases = cases_of(published())
    assert [case.people for case in cases] == sorted((case.people for case in cases), reverse=True)
    assert [part.id for part in cases[0].parts] == ["C1"]
    assert (cases[0].people, len(cases[0].visits)) == (4, 2)


def test_a_coach_who_is_away_is_on_leave_all_week() -> None:
    case = by_name(cases_of(published()))["C1", date(2027, 3, 8)]
    assert case.edits == (AddLeave(coach_id="C1", first_day=date(2027, 3, 8), last_day=date(2027, 3, 14)),)
    assert case.takes("C1", "S3")
    assert not case.takes("C2", "S1")
    assert not case.takes("C1", "S5")


def test_leave_that_there_is_already_stays_as_it_is() -> None:
    leave = Leave(coach_id="C1", first_day=date(2027, 3, 8), last_day=date(2027, 3, 8))
    later = Leave(coach_id="C1", first_day=date(2027, 3, 10), last_day=date(2027, 3, 10))
    instance = published(leave=(leave, later))
    case = by_name(cases_of(instance))["C1", date(2027, 3, 8)]
    assert [(e.first_day.day, e.last_day.day) for e in case.edits if isinstance(e, AddLeave)] == [(9, 9), (11, 14)]
    days = apply_edits(instance, case.edits).leave_days["C1"]
    assert days == {date(2027, 3, day) for day in range(8, 15)}


def test_a_site_that_is_closed_loses_every_session_of_the_week_and_a_room_its_own() -> None:
    cases = by_name(cases_of(published()))
    assert cases["X", date(2027, 3, 8)].edits == tuple(RemoveSession(session_id=s) for s in ("S1", "S2", "S3"))
    assert cases["X-1", date(2027, 3, 8)].edits == tuple(RemoveSession(session_id=s) for s in ("S1", "S3"))
    assert cases["X-1", date(2027, 3, 8)].takes("C3", "S3")


def test_what_has_happened_is_no_case() -> None:
    instance = published()
    after = instance.replaced(settings=instance.settings.model_copy(update={"as_of": date(2027, 3, 11)}))
    cases = by_name(cases_of(after))
    assert ("C2", date(2027, 3, 11)) not in cases
    case = cases["C1", date(2027, 3, 11)]
    assert (case.first_day, case.last_day, case.people) == (date(2027, 3, 11), date(2027, 3, 14), 2)
    over = instance.replaced(settings=instance.settings.model_copy(update={"as_of": date(2027, 3, 17)}))
    assert cases_of(over) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("C1", "C1 is away"),
        ("X", "Riverside Surgery (X) is closed"),
        ("X-2", "room X-2 at Riverside Surgery is not there"),
        ("Y+Y-1", "Central Library (Y) with its only room Y-1 is closed"),
    ],
)
def test_what_is_gone_is_said_in_words(name: str, words: str) -> None:
    case = by_name(cases_of(published()))[name, date(2027, 3, 8)]
    assert gone_words(case.parts) == words
    assert not_tried(case) == f"If {words} from 8 to 14 March 2027: not tried."


def test_a_week_of_one_day_is_that_day() -> None:
    assert week_words(date(2027, 5, 31), date(2027, 5, 31)) == "on 31 May 2027"
