"""The price of holding places back: no more is claimed than costs and bounds of the two rosters prove."""

from fractions import Fraction

import pytest

from roster.domain import Roster
from roster.held_back import NOT_KNOWN, HeldBack, Without, held_back, how_good_with_places, share_words
from roster.instance import Instance
from roster.show import places_held_back
from tests.plain_words import complaints
from tests.rosters import ragged_roster
from tests.test_show import shown
from tests.worlds import ragged_world

TENTH = Fraction(1, 10)


def costing(instance: Instance, objective: int, bound: int) -> Roster:
    """A roster that claims so much."""
    outcome = "optimal" if objective == bound else "feasible"
    return ragged_roster(instance, objective=objective, bound=bound, outcome=outcome)


def account(kept: tuple[int, int], without: tuple[int, int]) -> tuple[Without, str]:
    """The account of two rosters, each with an objective and a bound, and what it says."""
    world = ragged_world()
    made = held_back(world, TENTH, costing(world, *kept), costing(world, *without))
    assert made.without is not None
    return made.without, made.says


@pytest.mark.parametrize(
    ("kept", "without", "least", "most", "says"),
    [
        ((700, 700), (600, 600), 100, 100, "Holding back costs 100 minutes of coach time. "),
        ((601, 601), (600, 600), 1, 1, "Holding back costs 1 minute of coach time. "),
        ((600, 600), (600, 600), 0, 0, "Holding back costs nothing. "),
        (
            (700, 680),
            (600, 590),
            80,
            110,
            "Holding back costs between 80 and 110 minutes of coach time; the two rosters found are 100 minutes apart.",
        ),
        (
            (700, 550),
            (600, 500),
            0,
            200,
            "Holding back costs at most 200 minutes of coach time; the two rosters found are 100 minutes apart. ",
        ),
    ],
)
def test_the_price_lies_between_what_both_costs_and_both_bounds_prove(
    kept: tuple[int, int], without: tuple[int, int], least: int, most: int, says: str
) -> None:
    compared, said = account(kept, without)
    assert (compared.costs_at_least, compared.costs_at_most) == (least, most)
    assert said.startswith(says)


def test_a_bound_without_places_holds_with_them_and_a_roster_with_them_is_one_without() -> None:
    compared, _ = account((700, 500), (720, 690))
    assert (compared.objective, compared.costs_at_least, compared.costs_at_most) == (700, 0, 10)


def test_a_bound_that_is_not_known_claims_no_more_than_that_nothing_costs_less_than_nothing() -> None:
    compared, _ = account((700, -(2**40)), (600, -(2**40)))
    assert (compared.costs_at_least, compared.costs_at_most) == (0, 700)


def test_where_there_is_no_roster_to_compare_with_the_price_is_not_known() -> None:
    made = held_back(ragged_world(), TENTH, ragged_roster(ragged_world()), None)
    assert (made.without, made.says) == (None, NOT_KNOWN)


def test_people_are_compared_one_by_one() -> None:
    world = ragged_world()
    without = ragged_roster(world)
    unseen = tuple(u.model_copy(update={"referral_id": r}) for u in without.unseen for r in ("Q", "I"))
    kept = without.model_copy(update={"appointments": without.appointments[:2], "unseen": unseen})
    made = held_back(world, TENTH, kept, without)
    assert made.without is not None
    assert (made.without.people_waiting_longer, made.without.people_waiting_less) == (1, 0)
    assert (made.without.more_people_not_seen, made.without.more_days_waited) == (1, 26 + 28)
    assert made.says.endswith(
        "Beside the best roster found without: 1 person waits longer and 1 more person is not seen this month, "
        "54 days more in all."
    )
    back = held_back(world, TENTH, without, kept)
    assert back.says.endswith(
        "Beside the best roster found without: 1 person waits less long and 1 fewer person is not seen this month, "
        "54 days less in all."
    )


def test_nobody_who_waits_longer_is_said_so() -> None:
    assert account((600, 600), (600, 600))[1].endswith(
        "Nobody waits longer than in the best roster found without places held back."
    )


def test_how_good_a_roster_is_is_said_of_those_that_hold_back_as_much() -> None:
    world = ragged_world()
    assert how_good_with_places(costing(world, 600, 600), TENTH) == (
        "This is the best roster of those that hold back 10% of each week's places."
    )
    assert how_good_with_places(costing(world, 600, 594), TENTH) == (
        "Checked, and at most 1.0% from the best possible of those that hold back 10% of each week's places."
    )
    assert how_good_with_places(costing(world, 600, 0), TENTH) == (
        "Checked: it keeps every rule. It is not known how much better another could be of those that hold back 10% "
        "of each week's places."
    )
    assert share_words(Fraction(1, 8)) == "12.5%"


def test_the_table_has_a_row_for_each_week_and_the_price_below() -> None:
    world = ragged_world()
    fewer = ragged_roster(world)
    fewer = fewer.model_copy(update={"appointments": fewer.appointments[:2]})
    made: HeldBack = held_back(world, TENTH, fewer, ragged_roster(world))
    text = shown(places_held_back(made))
    assert "Places held back, of 60 minutes each" in text
    assert "3 to 7 March 2027" in text
    assert "33.3%" in text
    assert "4 of 4" in text
    assert complaints(made.says) == []
