"""Groups and their waits: against counting by hand; town and country; small groups that are held back."""

import pytest

from roster.domain import Roster
from roster.instance import Instance
from roster.planning.fairness.figures import Picture, group_figures, picture_of
from roster.planning.fairness.places import RURAL_KM, RURAL_SITES, place_of
from roster.planning.fairness.record import FEWEST_SHOWN, Group
from roster.planning.fairness.small import held_back
from roster.planning.fairness.waits import Members
from tests.rules.small import roster, small

REFERRALS = """
    referral_id, practice_id, referred_on, band, minutes, needs,                          count, consent
    P,           PX,          2027-02-15,  A,    20,      interpreter:bsl,                3,     yes
    Q,           PY,          2027-02-25,  B,    20,      room:step_free,                 6,     yes
    R,           PX,          2027-03-01,  C,    20,      ,                               4,     yes
    N,           PX,          2027-01-01,  C,    20,      ,                               9,     no"""


@pytest.fixture
def instance() -> Instance:
    """Seven people of one practice and six of another."""
    return small(referrals=REFERRALS)


@pytest.fixture
def made(instance: Instance) -> Roster:
    """One of P seen after 21 days, two of Q after 18, one of R after 7."""
    seen = "P, S1, 09:00, 09:20\nR, S1, 09:20, 09:40\nQ, S4, 09:00, 09:20\nQ, S4, 09:20, 09:40"
    return roster(instance, "C1, S1, 09:00, 12:00\nC1, S4, 09:00, 12:00", seen)


def of(picture: Picture, kind: str, id_: str) -> Group:
    (found,) = [g for g in group_figures(picture) if (g.kind, g.id) == (kind, id_)]
    return found


def test_a_group_has_its_people_and_waits_and_those_not_seen_wait_until_28_days_after_the_month(
    instance: Instance, made: Roster
) -> None:
    group = of(picture_of(instance, made, every_group=True), "practice", "PX")
    assert (group.people, group.seen, group.unseen, group.within_28_days) == (7, 2, 5, 2)
    assert group.of_seen is not None
    assert (group.of_seen.median_days, group.of_seen.mean_days, group.of_seen.longest_days) == (14.0, 14.0, 21)
    assert group.of_all is not None
    waits = sorted([21, 72, 72, 7, 58, 58, 58])
    assert group.of_all.median_days == waits[3]
    assert group.of_all.mean_days == round(sum(waits) / 7, 2)
    assert group.of_all.longest_days == 72


def test_a_group_in_which_nobody_is_seen_has_no_wait_of_those_seen(instance: Instance) -> None:
    group = of(picture_of(instance, roster(instance), every_group=True), "practice", "PY")
    assert group.of_seen is not None
    assert (group.of_seen.median_days, group.of_seen.mean_days, group.of_seen.longest_days) == (None, None, None)
    assert (group.seen, group.unseen) == (0, 6)


def test_people_without_consent_are_in_no_group(instance: Instance, made: Roster) -> None:
    picture = picture_of(instance, made, every_group=True)
    for kind in ("everybody", "practice", "place", "band", "interpreter", "step_free"):
        assert sum(g.people or 0 for g in group_figures(picture) if g.kind == kind) == 13
    assert all("N" not in group.referral_ids for group in picture.groups)


def test_bands_and_needs_are_groups_of_their_own(instance: Instance, made: Roster) -> None:
    picture = picture_of(instance, made, every_group=True)
    assert [of(picture, "band", band).people for band in "ABC"] == [3, 6, 4]
    assert [of(picture, "interpreter", id_).people for id_ in ("yes", "no")] == [3, 10]
    assert [of(picture, "step_free", id_).people for id_ in ("yes", "no")] == [6, 7]


def test_the_practice_that_waits_longest_has_the_highest_mean_and_enough_people(
    instance: Instance, made: Roster
) -> None:
    worst = picture_of(instance, made).worst
    assert worst is not None
    assert worst.id == "PX"
    few = small(referrals=REFERRALS.replace("3,     yes", "1,     yes").replace("4,     yes", "3,     yes"))
    other = picture_of(few, roster(few)).worst
    assert other is not None
    assert other.id == "PY"
    assert picture_of(small(), roster(small())).worst is None


# -- town and country -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sites", "place"), [(RURAL_SITES - 1, "rural"), (RURAL_SITES, "town")])
def test_a_practice_is_rural_where_few_sites_lie_near(sites: int, place: str) -> None:
    near = "\n".join(f"N{n}, 54.65" for n in range(sites - 1))
    instance = small(
        sites=f"site_id, lat\nX, 54.65\nY, 54.0\n{near}",
        practices="practice_id, site_id\nPX, X\nPY, Y",
    )
    assert place_of(instance, instance.practice["PX"]) == place
    assert place_of(instance, instance.practice["PY"]) == "rural"


def test_how_near_is_measured_in_a_straight_line() -> None:
    just, too_far = 54.65 + RURAL_KM / 111.3, 54.65 + RURAL_KM / 111.0
    for lat, place in ((just, "town"), (too_far, "rural")):
        others = "\n".join(f"N{n}, {lat:.5f}" for n in range(RURAL_SITES - 1))
        instance = small(sites=f"site_id, lat\nX, 54.65\nY, 50\n{others}")
        assert place_of(instance, instance.practice["PX"]) == place


# -- small groups ---------------------------------------------------------------------------------------------


def hidden(*people: int) -> list[int]:
    """How many people the groups have that are held back, of groups of one kind with so many."""
    groups = {Members("practice", f"P{n}", "A practice", ()): number for n, number in enumerate(people)}
    return sorted(groups[group] for group in held_back(list(groups), groups))


def test_a_group_of_fewer_than_five_people_is_held_back() -> None:
    assert FEWEST_SHOWN == 5
    assert hidden(5, 6, 7) == []
    assert hidden(4, 3, 7) == [3, 4]


def test_one_small_group_takes_the_next_smallest_with_it_since_it_could_be_worked_out() -> None:
    assert hidden(4, 9, 7) == [4, 7]
    assert hidden(1, 1, 9, 7) == [1, 1, 7]
    assert hidden(4, 1, 9) == [1, 4]
    assert hidden(3) == [3]


def test_the_practice_of_which_a_price_is_asked_is_held_back_last() -> None:
    groups = {Members("practice", f"P{n}", "A practice", ()): people for n, people in enumerate((4, 6, 7))}
    small_one, worst, other = groups
    assert held_back(list(groups), groups) == {small_one, worst}
    assert held_back(list(groups), groups, worst) == {small_one, other}


def test_a_group_that_is_held_back_has_no_number(instance: Instance, made: Roster) -> None:
    groups = group_figures(picture_of(instance, made))
    bands = [g for g in groups if g.kind == "band"]
    assert [g.held_back for g in bands] == [True, False, True]
    for group in groups:
        numbers = (group.people, group.seen, group.unseen, group.within_28_days, group.of_seen, group.of_all)
        assert all(n is None for n in numbers) == group.held_back
