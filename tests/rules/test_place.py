"""The rule place: sites that people accept, rooms that have what they need."""

import pytest

from models.appointments.place import RULE
from tests.rules.small import found, roster, small

AT_Y = ("C1, S2, 13:30, 16:30", "P, S2, 13:30, 14:30")
AT_X = ("C1, S1, 09:00, 12:00", "P, S1, 09:00, 10:00")


def people(sites: str = "", needs: str = "") -> str:
    return f"""
        referral_id, practice_id, referred_on, band, minutes, sites, needs
        P,           PX,          2027-02-15,  A,    60,      {sites}, {needs}"""


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "People are seen only at places they accept, in rooms that have what they need."


def test_a_site_that_is_listed_is_fine() -> None:
    instance = small("reach_minutes = 0", referrals=people(sites="Y"))
    assert found(RULE, instance, roster(instance, *AT_Y)) == []


def test_a_site_that_is_not_listed_is_found_even_at_the_persons_own_practice() -> None:
    instance = small(referrals=people(sites="Y"))
    assert found(RULE, instance, roster(instance, *AT_X)) == [("P does not accept Site X (X).", "place:P", 1)]


def test_a_site_exactly_within_reach_of_the_practice_is_fine_where_no_sites_are_listed() -> None:
    instance = small("reach_minutes = 15", referrals=people())
    assert found(RULE, instance, roster(instance, *AT_Y)) == []


def test_a_site_out_of_reach_of_the_practice_is_found_where_no_sites_are_listed() -> None:
    instance = small("reach_minutes = 14", referrals=people())
    assert found(RULE, instance, roster(instance, *AT_Y)) == [("P does not accept Site Y (Y).", "place:P", 1)]


def test_the_practices_own_site_is_always_within_reach() -> None:
    instance = small("reach_minutes = 0", referrals=people())
    assert found(RULE, instance, roster(instance, *AT_X)) == []


@pytest.mark.parametrize(
    ("site", "room"), [("quiet;step_free", ""), ("", "quiet;step_free"), ("quiet", "step_free"), ("step_free", "quiet")]
)
def test_a_room_has_its_own_features_and_its_sites(site: str, room: str) -> None:
    instance = small(
        referrals=people(needs="room:quiet;room:step_free"),
        sites=f"site_id, features\nX, {site}\nY,",
        rooms=f"room_id, site_id, features\nX-1, X, {room}\nY-1, Y,",
    )
    assert found(RULE, instance, roster(instance, *AT_X)) == []


def test_a_room_without_a_feature_that_is_needed_is_found() -> None:
    instance = small(referrals=people(needs="room:quiet"))
    says = "P needs a room with quiet; room X-1 is not."
    assert found(RULE, instance, roster(instance, *AT_X)) == [(says, "needs:P", 1)]


def test_all_features_that_are_missing_are_named() -> None:
    instance = small(
        referrals=people(needs="room:step_free;room:quiet;room:large;coach:welsh"),
        rooms="room_id, site_id, features\nX-1, X, large\nY-1, Y, quiet;step_free",
    )
    says = "P needs a room with quiet, step_free; room X-1 is not."
    assert found(RULE, instance, roster(instance, *AT_X)) == [(says, "needs:P", 1)]


def test_a_place_may_be_wrong_in_both_ways() -> None:
    instance = small(referrals=people(sites="Y", needs="room:quiet"))
    assert [fact for _, fact, _ in found(RULE, instance, roster(instance, *AT_X))] == ["place:P", "needs:P"]


def test_what_happened_is_not_asked_whether_the_place_suited() -> None:
    told = roster(None, *AT_X)
    instance = small(as_of="2027-03-09", published=told, referrals=people(sites="Y", needs="room:quiet"))
    assert found(RULE, instance, told) == []
    instance = small(as_of="2027-03-08", published=told, referrals=people(sites="Y"))
    assert len(found(RULE, instance, told)) == 1
