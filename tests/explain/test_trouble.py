"""The whole report: everything it claims is true, its sentences are plain, and troubles apart are told apart."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models import PREFERENCES, RULES
from roster.audit.prices import price_of
from roster.audit.whole import audit
from roster.edits import Edit, EditError, Set
from roster.edits.parse import edits_to_json
from roster.explain.conflicts.find import Clash
from roster.explain.conflicts.settled import Clock
from roster.explain.trouble import Trouble
from roster.facts import facts_of
from roster.files import read
from roster.instance import Instance
from roster.report import Repair, Report
from tests.explain.cheapest import has_roster_after
from tests.explain.judged import is_conflict
from tests.explain.planted import SEVERAL, TROUBLES, TWO_TOWNS, planted, region
from tests.explain.planted import Trouble as Planted
from tests.oracle.relaxed import has_roster, without
from tests.oracle.world import World
from tests.plain_words import complaints, complaints_of_a_sentence
from tests.test_search import double_booked, tiny

SEEDS = st.integers(min_value=0, max_value=999_999)
INSTANCES = Path(__file__).resolve().parents[2] / "instances"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "instances"
OWNER_OF_TABLE = {"referrals": "referrer", "sites": "practice", "coaches": "coach"}
OWNER_OF_OP = {
    "remove_leave": "coach",
    "add_hours": "coach",
    "remove_pin": "region",
    "add_booking": "region",
    "add_session": "practice",
    "set_policy": "policy",
}
NOT_SETTLED = "It was not settled whether a cheaper repair exists."
QUICK = 0.5
"""Seconds for which a better roster is looked for after a repair: enough for whole sentences."""


def report_on(instance: Instance, *, kinds: int = 3) -> Report:
    """The whole report, with so many repairs that are different in kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roster.explain.repairs.words._SECONDS", QUICK)
        patch.setattr("roster.explain.trouble._DIFFERENT_IN_KIND", kinds)
        return Trouble(instance, RULES, PREFERENCES, Clock(120.0)).run()


@cache
def pilot() -> tuple[Instance, Report]:
    """The example region without a roster, and the report on it."""
    instance = read(INSTANCES / "pilot-infeasible").valid()
    return instance, report_on(instance, kinds=1)


def sentences(report: Report) -> Iterator[str]:
    """Everything in the report that somebody reads."""
    yield from (report.says, report.background, *report.not_proved)
    yield from (cluster.says for cluster in report.clusters)
    yield from (bottleneck.says for bottleneck in report.bottlenecks)
    yield from (conflict.says for conflict in report.conflicts)
    yield from (repair.says for repair in report.repairs)
    yield from (repair.then for repair in report.repairs)


# -- what is claimed is true --------------------------------------------------------------------------------------


def owner_of(edit: Edit) -> str:
    return OWNER_OF_TABLE[edit.table] if isinstance(edit, Set) else OWNER_OF_OP[edit.op]


def is_true_of(instance: Instance, repair: Repair) -> None:
    """There is a roster after the edits, none without any of them; price and owners are those of the edits."""
    assert repair.verified
    assert has_roster_after(instance, repair.edits)
    for edit in repair.edits:
        try:
            assert not has_roster_after(instance, [other for other in repair.edits if other is not edit])
        except EditError:
            continue
    assert repair.price == price_of(instance, repair.edits)
    assert set(repair.owners) == {owner_of(edit) for edit in repair.edits}
    assert repair.alone is None or repair.owners == (repair.alone,)


def stand_beside_one_another(repairs: tuple[Repair, ...]) -> None:
    """If the first is the cheapest all that cost as little are, otherwise none; and none is a part of another."""
    best = repairs[0].price if repairs[0].cheapest else -1
    assert [repair.cheapest for repair in repairs] == [repair.price == best for repair in repairs]
    assert not repairs[0].cheapest or best == min(repair.price for repair in repairs)
    changed = [frozenset(edits_to_json([edit]) for edit in repair.edits) for repair in repairs]
    assert not any(one <= other for one in changed for other in changed if one is not other)
    alone = [repair.alone for repair in repairs if repair.alone]
    assert len(alone) == len(set(alone))


def is_true(instance: Instance, world: World) -> Report:
    """The report, of which every claim is true, as plain enumeration and the check of reports say."""
    report = report_on(instance)
    assert report.outcome == "infeasible"
    assert report.not_proved == (() if report.repairs[0].cheapest else (NOT_SETTLED,))
    assert [conflict.facts for conflict in report.conflicts if not is_conflict(world, conflict.facts)] == []
    assert all(conflict.verified for conflict in report.conflicts)
    for repair in report.repairs:
        is_true_of(instance, repair)
    stand_beside_one_another(report.repairs)
    for owner in ("coach", "referrer"):
        theirs = [fact.id for fact in facts_of(instance) if fact.owner == owner]
        assert any(repair.alone == owner for repair in report.repairs) == has_roster(without(world, theirs))
    assert [line for line in audit(instance, report, RULES, PREFERENCES, 60.0).lines if line.outcome != "holds"] == []
    assert [(text, found) for text in sentences(report) if (found := complaints(text))] == []
    return report


@pytest.mark.parametrize("seed", [0, 7, 16, 36, 3125])
def test_every_claim_about_tiny_worlds_with_trouble_is_true(seed: int) -> None:
    instance, world = tiny(seed)
    assert is_true(instance, world).repairs[0].cheapest


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_every_claim_about_random_tiny_worlds_is_true(seed: int) -> None:
    instance, world = tiny(seed)
    assume(not double_booked(instance) and not has_roster(world))
    is_true(instance, world)


def test_where_there_is_a_roster_nothing_has_to_change() -> None:
    report = report_on(region())
    assert report.outcome == "feasible"
    assert report.says == "A roster that keeps every rule was found."
    assert (report.conflicts, report.bottlenecks, report.repairs, report.not_proved) == ((), (), (), ())
    assert audit(region(), report, RULES, PREFERENCES, 60.0).outcome == "holds"


# -- troubles apart -----------------------------------------------------------------------------------------------


def test_separate_troubles_of_two_towns_are_two_clusters_each_with_its_own_conflict() -> None:
    report = report_on(planted(TWO_TOWNS))
    assert report.says == (
        "No roster keeps every rule. There are 2 separate troubles. 2 people need 300 minutes by their dates, and at "
        "most 180 can be held. 2 changes would be enough, for 6 points."
    )
    assert [(cluster.number, cluster.people, cluster.sites) for cluster in report.clusters] == [
        (1, ("A", "T1", "T2", "T3", "T4"), ("X",)),
        (2, ("U1", "U2"), ("Z",)),
    ]
    assert [cluster.says for cluster in report.clusters] == ["5 people at Site X.", "2 people at Site Z."]
    by_cluster = {conflict.cluster: set(conflict.facts) for conflict in report.conflicts}
    assert len(report.conflicts) == 2
    assert by_cluster[2] == {"see_by:U1", "see_by:U2"}
    assert len(by_cluster[1]) == 4
    assert {bottleneck.cluster: set(bottleneck.people) for bottleneck in report.bottlenecks} == {
        1: {"A", "T1", "T2", "T3", "T4"},
        2: {"U1", "U2"},
    }


def test_the_smaller_of_conflicts_that_share_nothing_comes_first() -> None:
    report = report_on(planted(TWO_TOWNS))
    assert [len(conflict.facts) for conflict in report.conflicts] == [2, 4]


@pytest.mark.parametrize("trouble", SEVERAL, ids=lambda trouble: trouble.name)
def test_a_person_with_several_independent_reasons_gets_the_conflict_of_each(trouble: Planted) -> None:
    report = report_on(planted(trouble))
    assert {frozenset(conflict.facts) for conflict in report.conflicts} == trouble.conflicts
    assert len(report.conflicts) == len(trouble.conflicts)
    assert len(report.clusters) == 1
    assert report.repairs[0].cheapest


# -- sentences ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [trouble.name for trouble in TROUBLES[::5]])
def test_sentences_about_planted_troubles_are_plain(name: str) -> None:
    [trouble] = [known for known in TROUBLES if known.name == name]
    report = report_on(planted(trouble))
    assert [(text, found) for text in sentences(report) if (found := complaints_of_a_sentence(text))] == []


def test_sentences_about_the_shared_region_are_plain() -> None:
    folder = SHARED / "islington-infeasible"
    if not folder.is_dir():
        pytest.skip("the shared example regions are not beside this repository")
    report = report_on(read(folder).valid(), kinds=1)
    assert [(text, found) for text in sentences(report) if (found := complaints_of_a_sentence(text))] == []


def test_before_anything_is_known_nothing_is_claimed() -> None:
    report = Trouble(planted(TWO_TOWNS), RULES, PREFERENCES, Clock(1.0)).report()
    assert report.outcome == "unknown"
    assert report.says == "It was not settled in time whether there is a roster that keeps every rule."
    assert (report.clusters, report.conflicts, report.repairs, report.not_proved) == ((), (), (), ())


def test_what_was_not_settled_in_time_is_said_and_not_claimed() -> None:
    instance = planted(TWO_TOWNS)
    by_id = {fact.id: fact for fact in facts_of(instance)}
    dates = by_id["see_by:U1"], by_id["see_by:U2"]
    trouble = Trouble(instance, RULES, PREFERENCES, Clock(1.0))
    trouble.clashes.append(Clash(dates, proved=False, open_=("see_by:U2",)))
    assert trouble.report().outcome == "unknown"
    assert trouble.report().conflicts == ()
    assert trouble.report().not_proved == (
        "1 conflict is left out: there was no time to confirm that none of the facts can be left out.",
    )
    trouble.clashes[:] = [Clash(dates, proved=True)]
    dear = Repair(edits=(), price=9, at_least=6, owners=(), cheapest=False, says="Nothing.", verified=True)
    trouble.repairs.append(dear)
    assert trouble.report().outcome == "infeasible"
    assert trouble.report().not_proved == (NOT_SETTLED,)


# -- the example region -------------------------------------------------------------------------------------------

BASKET_ROW = (
    "Basket Row Surgery (basket-row-surgery) is to have at least 3 visits in the month. "
    "Coach C01 is on leave on 8 March 2027. Coach C02 is on leave on 8 March 2027. "
    "Coach C03 is on leave on 8 March 2027. "
    "All 4 cannot be kept, whatever else is changed; if any one of them is given up, the others can be."
)
OFFERS = (
    r"(Offer room [a-z-]+-\d at (Basket Row Surgery|Copper Kettle Lane Medical Centre|Chandlery Row Medical Centre)"
    r" on \d{1,2} March 2027, [\d:apm]+ to [\d:apm]+\. ?){2}"
)
THEN = r"A roster could then see \d+ of 58 people, \d+ of \d+ whose date can be kept by then, in \d+ visits\."


def test_the_heading_of_the_example_region_says_how_much_is_missing_and_what_would_be_enough() -> None:
    _, report = pilot()
    assert (report.outcome, report.not_proved) == ("infeasible", ())
    assert report.says == (
        "No roster keeps every rule. 9 people need 510 minutes by their dates, and at most 440 can be held. "
        "2 changes would be enough, for 6 points."
    )
    assert report.background == (
        "Taken as given: 3 coaches, 28 sessions offered in 8 rooms at 7 sites, 3 interpreter bookings and 58 people "
        "who said yes; the time on the road, and the bank holidays."
    )
    assert [cluster.says for cluster in report.clusters] == [
        "9 people and promised visits at Basket Row Surgery, Chandlery Row Medical Centre and "
        "Copper Kettle Lane Medical Centre."
    ]


def test_the_count_of_the_example_region_says_who_where_when_and_why() -> None:
    _, report = pilot()
    assert [bottleneck.says for bottleneck in report.bottlenecks] == [
        "9 people (R2494, R1731, R3828 and 6 more) are to be seen by dates from 5 March 2027 to 8 March 2027 and need "
        "510 minutes in all. They can be seen only in 2 sessions, at Copper Kettle Lane Medical Centre, on "
        "5 March 2027. Those can hold at most 440 minutes, even if a coach is there for as long as the rooms and the "
        "coaches' hours allow: 70 minutes short."
    ]


def test_the_conflicts_of_the_example_region_say_what_is_promised_and_what_stands_against_it() -> None:
    _, report = pilot()
    assert all(conflict.verified for conflict in report.conflicts)
    first, second = report.conflicts
    assert first.says == BASKET_ROW
    assert re.match(r"Referrals R\d{4}, .* and R\d{4} are each to be seen by 5 March 2027\. ", second.says)
    assert second.says.endswith(
        f"All {len(second.facts)} cannot be kept, whatever else is changed; "
        "if any one of them is given up, the others can be."
    )
    assert not set(first.facts) & set(second.facts)


def test_the_repairs_of_the_example_region_are_the_practices_alone_and_then_others_that_cost_more() -> None:
    instance, report = pilot()
    cheapest, *others = report.repairs
    assert (cheapest.price, cheapest.at_least, cheapest.owners, cheapest.alone) == (6, 6, ("practice",), "practice")
    assert re.fullmatch(OFFERS, cheapest.says)
    assert all(re.fullmatch(THEN, repair.then) for repair in report.repairs)
    assert all(repair.verified and repair.price == price_of(instance, repair.edits) for repair in report.repairs)
    assert others[0].price == 22
    assert all(22 <= repair.price == repair.at_least for repair in others)
    assert cheapest.cheapest
    stand_beside_one_another(report.repairs)


def test_sentences_about_the_example_region_are_plain() -> None:
    _, report = pilot()
    assert [(text, found) for text in sentences(report) if (found := complaints_of_a_sentence(text))] == []
