"""The rule presence: as many visits in the month as a site was promised; a compromise may miss some."""

from models.rooms.presence import RULE
from tests.rules.small import found, roster, shortfalls, small

ONE = "C1, S1, 09:00, 12:00"
TWO = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"


def promised(least: int) -> str:
    return f"site_id, min_sessions\nX, {least}\nY,"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A site that was promised visits gets at least so many in the month."


def test_exactly_as_many_visits_as_were_promised_are_enough() -> None:
    instance = small(sites=promised(2))
    assert found(RULE, instance, roster(instance, TWO)) == []


def test_fewer_visits_than_were_promised_are_found() -> None:
    instance = small(sites=promised(2))
    says = "Site X (X) has 1 visit in the month; it was promised at least 2."
    assert found(RULE, instance, roster(instance, ONE)) == [(says, "presence:X", 1)]
    says = "Site X (X) has 0 visits in the month; it was promised at least 2."
    assert found(RULE, instance, roster(instance, "C1, S2, 13:30, 16:30")) == [(says, "presence:X", 2)]


def test_a_site_that_was_promised_nothing_needs_no_visit() -> None:
    instance = small(sites=promised(0))
    assert found(RULE, instance, roster(instance)) == []


def test_a_promise_that_nobody_could_keep_leaves_no_roster() -> None:
    instance = small(sites=promised(1), hours="coach_id, weekday, start, end\nC1, sun, 09:00, 17:00")
    assert len(found(RULE, instance, roster(instance))) == 1


def test_a_compromise_counts_the_visits_that_are_missing() -> None:
    instance = small(sites=promised(3))
    assert shortfalls(RULE, instance, roster(instance, ONE)) == [("presence", "presence:X", "promises", 5, 2)]
    assert shortfalls(RULE, instance, roster(instance)) == [("presence", "presence:X", "promises", 5, 3)]


def test_visits_that_have_happened_count() -> None:
    told = roster(None, ONE)
    instance = small(as_of="2027-03-09", published=told, sites=promised(2))
    assert found(RULE, instance, roster(instance, TWO)) == []
    assert len(found(RULE, instance, told)) == 1


def test_visits_of_another_month_do_not_count() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-02-22, 09:00, 12:00
        S3,         X-1,     2027-03-09, 09:00, 12:00"""
    told = roster(None, ONE)
    instance = small(as_of="2027-02-24", published=told, sites=promised(2), sessions=sessions)
    says = "Site X (X) has 1 visit in the month; it was promised at least 2."
    assert found(RULE, instance, roster(instance, TWO)) == [(says, "presence:X", 1)]
