"""The columns of a plan: figures of rosters made by hand, and what of a difference is proved."""

import pytest

from roster.domain import Roster
from roster.edits import apply_edits, parse_edits
from roster.instance import Instance
from roster.planning.compare import base_column, difference, in_figures, scenario_column
from roster.planning.record import People, Proof
from roster.planning.scenarios import Scenario
from roster.summaries import Asked, line_of
from tests.rosters import made, ragged_compromise, ragged_roster
from tests.worlds import ragged_world

ASKED = Asked(time_limit=1.0, gap=0.0, workers=1, seed=0)
LONG_AGO = '[{"op": "set", "table": "referrals", "id": "P", "field": "referred_on", "value": "2027-01-10"}]'


def with_total(objective: int, bound: int) -> Roster:
    world = ragged_world()
    outcome = "optimal" if objective == bound else "feasible"
    return ragged_roster(world).model_copy(update={"objective": objective, "bound": bound, "outcome": outcome})


def test_people_are_counted_by_band_by_date_and_by_how_soon_they_are_seen() -> None:
    figures = in_figures(ragged_world(), ragged_roster(ragged_world()))
    seen = {b.band: (b.people, b.seen, b.with_date, b.seen_by_date, b.within_28_days) for b in figures.bands}
    assert seen == {"A": (2, 2, 2, 2, 2), "B": (1, 1, 1, 0, 1), "C": (1, 0, 1, 0, 0), "all": (4, 3, 4, 2, 3)}
    assert (figures.longest_wait_days, figures.median_wait_days) == (21, 21.0)


def test_who_waited_longer_than_28_days_is_not_counted_as_seen_soon() -> None:
    world = apply_edits(ragged_world(), parse_edits(LONG_AGO))
    figures = in_figures(world, ragged_roster(world))
    assert (figures.everybody.seen, figures.everybody.within_28_days) == (3, 1)
    assert [(s.site_id, s.seen, s.within_28_days) for s in figures.sites] == [("X", 2, 0), ("Y", 1, 1)]


def test_sessions_used_and_idle_are_counted_by_site_with_travel_hire_and_fees() -> None:
    world = ragged_world()
    figures = in_figures(world, ragged_roster(world))
    sites = [(s.site_id, s.sessions_offered, s.sessions_used, s.sessions_idle) for s in figures.sites]
    assert sites == [("X", 2, 1, 1), ("Y", 2, 1, 1)]
    assert (figures.sessions_offered, figures.sessions_used, figures.sessions_idle) == (4, 2, 2)
    assert figures.road_minutes == 10 + 15 + 70 + 25
    assert (figures.hire_pounds, figures.fees_pounds) == (3.3, 4.4)
    assert figures.total == sum(figures.costs.values())


@pytest.mark.parametrize(
    ("base", "scenario", "least", "most", "proof", "says"),
    [
        ((900, 900), (850, 850), -50, -50, "exact", "Proved: the best roster costs 50 less than the best of the base."),
        ((900, 900), (900, 900), 0, 0, "exact", "Proved: the best roster costs as much as the best of the base."),
        ((900, 890), (850, 840), -60, -40, "less", "Proved: the best roster costs between 40 and 60 less than"),
        ((900, 890), (950, 930), 30, 60, "more", "Proved: the best roster costs between 30 and 60 more than"),
        ((900, 850), (880, 860), -40, 30, "not_proved", "Not proved: the base is at most 5.6% and this at most 2.3%"),
        ((900, 880), (880, 880), -20, 0, "not_proved", "Not proved: the base is at most 2.3% and this at most 0.0%"),
    ],
)
def test_a_difference_is_proved_where_what_is_known_of_both_totals_does_not_overlap(
    base: tuple[int, int], scenario: tuple[int, int], least: int, most: int, proof: Proof, says: str
) -> None:
    world = ragged_world()
    found = difference(world, with_total(*base), world, with_total(*scenario))
    assert (found.least, found.most, found.proof) == (least, most, proof)
    assert found.says.startswith(says)
    assert found.total == scenario[0] - base[0]


@pytest.mark.parametrize(
    "edit",
    [
        LONG_AGO,
        '[{"op": "scale_demand", "factor": 2, "seed": 1}]',
        '[{"op": "set_price", "field": "late", "value": 1}]',
        '[{"op": "set_policy", "field": "unseen_days", "value": 1}]',
    ],
)
def test_totals_of_other_people_or_prices_do_not_compare(edit: str) -> None:
    world = ragged_world()
    other = apply_edits(world, parse_edits(edit))
    found = difference(world, with_total(900, 900), other, with_total(800, 800))
    assert found.proof == "not_alike"
    assert found.says == (
        "The people, their dates or the prices are others than in the base, so the totals do not compare."
    )


def one_of_p(world: Instance) -> Roster:
    return made(
        world,
        """
        coach_id, session_id, start, end
        C1,       S1,         08:30, 10:30""",
        """
        referral_id, session_id, start, end
        P,           S1,         08:30, 09:30""",
    )


def test_who_is_seen_only_in_one_of_the_two_is_named_with_how_many() -> None:
    world = ragged_world()
    found = difference(world, ragged_roster(world), world, one_of_p(world))
    gone = (People(referral_id="I", people=1), People(referral_id="P", people=1))
    assert (found.newly_seen, found.no_longer_seen) == ((), gone)
    back = difference(world, one_of_p(world), world, ragged_roster(world))
    assert (back.newly_seen, back.no_longer_seen) == (gone, ())


def test_a_compromise_has_figures_and_no_difference_and_claims_nothing() -> None:
    world = ragged_world()
    roster, compromise = ragged_roster(world), ragged_compromise(world)
    line = line_of("A", world, ASKED, "infeasible", "No roster keeps every rule.", compromise)
    found = scenario_column(Scenario("A", (), world), world, line, compromise, roster)
    assert found.difference is None
    assert found.compromise
    assert found.figures is not None
    assert (found.figures.bound, found.figures.gap) == (None, None)
    assert base_column("base", world, line, None).figures is None
