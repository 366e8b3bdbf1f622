"""The rule site_limit: no more visits in the month than a site allows."""

from models.rooms.site_limit import RULE
from tests.rules.small import found, roster, small

TWO = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"


def limited(most: int) -> str:
    return f"site_id, max_sessions\nX, {most}\nY,"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A site has no more visits in the month than it allows."


def test_exactly_as_many_visits_as_the_site_allows_are_fine() -> None:
    instance = small(sites=limited(2))
    assert found(RULE, instance, roster(instance, TWO)) == []


def test_more_visits_than_the_site_allows_are_found() -> None:
    instance = small(sites=limited(1))
    says = "Site X (X) has 2 visits in the month; it allows 1."
    assert found(RULE, instance, roster(instance, TWO)) == [(says, "site_limit:X", 1)]


def test_a_site_that_allows_none_has_none() -> None:
    instance = small(sites=limited(0))
    says = "Site X (X) has 1 visit in the month; it allows 0."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00")) == [(says, "site_limit:X", 1)]
    assert found(RULE, instance, roster(instance, TWO))[0][2] == 2
    assert found(RULE, instance, roster(instance)) == []


def test_a_site_without_a_limit_may_have_as_many_as_there_are() -> None:
    instance = small(sites=limited(0))
    assert found(RULE, instance, roster(instance, "C1, S2, 13:30, 16:30\nC2, S4, 09:00, 12:00")) == []


def test_visits_that_have_happened_count() -> None:
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small(as_of="2027-03-09", published=told, sites=limited(1))
    assert found(RULE, instance, told) == []
    assert len(found(RULE, instance, roster(instance, TWO))) == 1


def test_visits_of_another_month_do_not_count() -> None:
    sessions = """
        session_id, room_id, date,       start, end
        S1,         X-1,     2027-02-22, 09:00, 12:00
        S3,         X-1,     2027-03-09, 09:00, 12:00"""
    told = roster(None, "C1, S1, 09:00, 12:00")
    instance = small(as_of="2027-02-24", published=told, sites=limited(1), sessions=sessions)
    assert found(RULE, instance, roster(instance, TWO)) == []
