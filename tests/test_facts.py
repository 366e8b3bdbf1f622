"""Facts: one for every cell that is filled, in words, with an owner, and with edits that relax it and nothing else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.edits import apply_edits, edits_to_json, parse_edits
from roster.facts import KINDS, OWNERS, UnknownFactError, facts_of, relax, without
from roster.instance import Instance
from roster.validity import faults_of
from tests.edited import GOOD_FOLDERS, edited, region, shared_instance

REGION = region()
FACTS = {fact.id: fact for fact in facts_of(REGION)}
ALWAYS = {"hours", "place", "notice", "interpreter_notice", "break"}


def relaxed_by(fact_id: str) -> list[object]:
    """The edits of a fact of the region, as JSON."""
    written: list[object] = json.loads(edits_to_json(FACTS[fact_id].edits))
    return written


def test_there_is_a_fact_for_every_cell_that_is_filled_by_kind_and_then_by_id() -> None:
    assert list(FACTS) == [
        "see_by:P",
        "presence:X",
        "site_limit:X",
        "pin:C1:S1",
        "pin:C2:S1",
        "pin:C2:S2",
        "leave:C1:2027-03-09",
        "leave:C2:2027-03-15",
        "hours:C1",
        "hours:C2",
        "travel_limit:C1",
        "workload:C1:day",
        "workload:C1:month",
        "workload:C1:week",
        "needs:P",
        "away:P",
        "place:P",
        "place:Q",
        "notice",
        "interpreter_notice",
        "break",
        "budget",
    ]


def test_a_referral_without_consent_is_left_out_of_the_facts_until_it_consents() -> None:
    consent = {"op": "set", "table": "referrals", "id": "N", "field": "consent", "value": "yes"}
    new = {fact.id for fact in facts_of(edited(REGION, consent))} - set(FACTS)
    assert new == {"see_by:N", "needs:N", "place:N"}


def test_a_limit_of_0_is_a_cell_that_is_filled() -> None:
    none = {"op": "set", "table": "sites", "id": "Y", "field": "max_sessions", "value": 0}
    assert {fact.id for fact in facts_of(edited(REGION, none))} - set(FACTS) == {"site_limit:Y"}


def test_without_a_budget_there_is_no_fact_of_one() -> None:
    no_budget = edited(REGION, {"op": "set_policy", "field": "budget_pounds", "value": None})
    assert set(FACTS) - {fact.id for fact in facts_of(no_budget)} == {"budget"}


@pytest.mark.parametrize(
    ("fact_id", "owner", "sentence"),
    [
        ("see_by:P", "referrer", "Referral P is to be seen by 9 March 2027."),
        ("presence:X", "practice", "Site X (X) is to have at least 1 visit in the month."),
        ("site_limit:X", "practice", "Site X (X) can have at most 4 visits in the month."),
        (
            "pin:C1:S1",
            "region",
            "Coach C1 is to hold session S1 at Site X on 3 March 2027, 8:30am to 12:40pm.",
        ),
        ("leave:C1:2027-03-09", "coach", "Coach C1 is on leave from 9 March 2027 to 10 March 2027."),
        ("leave:C2:2027-03-15", "coach", "Coach C2 is on leave on 15 March 2027."),
        (
            "hours:C1",
            "coach",
            "Coach C1 works on Monday and Wednesday from 9:30am to 6pm, and on Thursday from 8:30am to midday and "
            "from 1pm to 5pm.",
        ),
        ("hours:C2", "coach", "Coach C2 has no working hours."),
        ("travel_limit:C1", "coach", "Coach C1 is on the road for at most 90 minutes a day."),
        ("workload:C1:day", "coach", "Coach C1 holds at most 2 visits a day."),
        ("workload:C1:week", "coach", "Coach C1 holds at most 5 visits a week, from Monday to Sunday."),
        ("workload:C1:month", "coach", "Coach C1 holds at most 16 visits in the month."),
        ("needs:P", "referrer", "Referral P needs a welsh coach, a step free room and a bsl interpreter."),
        (
            "away:P",
            "referrer",
            "Referral P cannot come from 15 March 2027 to 17 March 2027 or on 24 March 2027.",
        ),
        ("place:P", "referrer", "Referral P can go to sites within 30 minutes of Site X, where PX is."),
        ("place:Q", "referrer", "Referral Q (3 people) can go to Site X or Site Y."),
        ("notice", "policy", "No new appointment is before 24 February 2027, 5 days after 19 February 2027."),
        (
            "interpreter_notice",
            "policy",
            "No new appointment with an interpreter is before 5 March 2027, 14 days after 19 February 2027.",
        ),
        (
            "break",
            "policy",
            "A coach has at least 30 minutes between two visits on one day, besides the time on the road.",
        ),
        ("budget", "policy", "Room hire and interpreter fees come to at most £120.50 in the month."),
    ],
)
def test_a_fact_says_in_plain_english_what_holds_and_whose_it_is(fact_id: str, owner: str, sentence: str) -> None:
    assert (FACTS[fact_id].owner, FACTS[fact_id].sentence) == (owner, sentence)


def empty(table: str, row_id: str, field: str) -> dict[str, object]:
    """The edit that empties a field."""
    return {"op": "set", "table": table, "id": row_id, "field": field, "value": None}


def policy(field: str, value: int | None) -> dict[str, object]:
    """The edit that sets a policy."""
    return {"op": "set_policy", "field": field, "value": value}


@pytest.mark.parametrize(
    ("fact_id", "edit"),
    [
        ("see_by:P", empty("referrals", "P", "see_by")),
        ("presence:X", empty("sites", "X", "min_sessions")),
        ("site_limit:X", empty("sites", "X", "max_sessions")),
        ("pin:C2:S2", {"op": "remove_pin", "coach_id": "C2", "session_id": "S2"}),
        ("leave:C1:2027-03-09", {"op": "remove_leave", "coach_id": "C1", "first_day": "2027-03-09"}),
        ("travel_limit:C1", empty("coaches", "C1", "max_travel_minutes_day")),
        ("workload:C1:day", empty("coaches", "C1", "max_sessions_day")),
        ("workload:C1:week", empty("coaches", "C1", "max_sessions_week")),
        ("workload:C1:month", empty("coaches", "C1", "max_sessions_month")),
        ("needs:P", empty("referrals", "P", "needs")),
        ("away:P", empty("referrals", "P", "away")),
        ("place:Q", {"op": "set", "table": "referrals", "id": "Q", "field": "sites", "value": ["X", "Y"]}),
        ("notice", policy("notice_days", 0)),
        ("interpreter_notice", policy("interpreter_notice_days", 0)),
        ("break", policy("break_minutes", 0)),
        ("budget", policy("budget_pounds", None)),
    ],
)
def test_a_fact_is_relaxed_by_the_edit_of_the_contract(fact_id: str, edit: dict[str, object]) -> None:
    assert relaxed_by(fact_id) == [edit]


def test_hours_are_relaxed_by_a_whole_day_on_each_day_of_the_week_on_which_there_are_none() -> None:
    def whole_day(coach_id: str, weekday: str) -> dict[str, str]:
        return {"op": "add_hours", "coach_id": coach_id, "weekday": weekday, "start": "00:00", "end": "23:59"}

    assert relaxed_by("hours:C1") == [whole_day("C1", day) for day in ("tue", "fri", "sat", "sun")]
    assert relaxed_by("hours:C2") == [whole_day("C2", day) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]


def test_hours_on_every_day_are_a_fact_with_nothing_to_relax() -> None:
    every_day = relax(REGION, ["hours:C2"])
    assert [fact.edits for fact in facts_of(every_day) if fact.id == "hours:C2"] == [()]
    assert relax(every_day, ["hours:C2"]) == every_day.relaxed()


def test_two_leaves_that_begin_on_one_day_are_one_fact() -> None:
    (longer,) = (row.model_copy(update={"last_day": row.last_day.replace(day=12)}) for row in REGION.leave[:1])
    twice = REGION.replaced(leave=(*REGION.leave, longer))
    assert faults_of(twice) == []
    (fact,) = (fact for fact in facts_of(twice) if fact.id == "leave:C1:2027-03-09")
    assert fact.sentence == "Coach C1 is on leave from 9 March 2027 to 12 March 2027."
    assert [row.coach_id for row in relax(twice, [fact.id]).leave] == ["C2"]


def test_relaxing_keeps_the_dates_that_bind() -> None:
    later = relax(REGION, ["interpreter_notice", "notice", "needs:P"])
    assert REGION.binding == later.binding == {"P"}
    relaxed = relax(relax(REGION, ["see_by:P"]), ["needs:P"])
    assert relaxed.binding == {"P"}
    assert relaxed.people["P"].see_by is None


def test_relaxing_nothing_changes_nothing_but_holds_the_binding_dates_fast() -> None:
    assert relax(REGION, []) == REGION.relaxed()


def test_a_fact_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownFactError) as unknown:
        relax(REGION, ["notice", "see_by:N"])
    assert str(unknown.value) == "There is no fact 'see_by:N'. The command roster facts lists those there are."


def test_every_kind_has_an_owner_and_a_repair_price() -> None:
    assert tuple(OWNERS) == KINDS
    assert set(KINDS) <= set(REGION.settings.repair_prices.model_dump(by_alias=True))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sets(st.sampled_from(sorted(FACTS))))
def test_relaxed_facts_are_gone_the_others_stay_and_the_order_does_not_matter(chosen: set[str]) -> None:
    before = REGION.model_dump_json()
    relaxed = relax(REGION, sorted(chosen))
    assert REGION.model_dump_json() == before
    assert faults_of(relaxed) == []
    gone = {fact_id for fact_id in chosen if FACTS[fact_id].kind not in ALWAYS}
    assert {fact.id for fact in facts_of(relaxed)} == set(FACTS) - gone
    assert sorted_tables(relaxed) == sorted_tables(relax(REGION, sorted(chosen, reverse=True)))


def sorted_tables(instance: Instance) -> dict[str, object]:
    """The tables of an instance, with their rows in an order of their own."""
    tables = {name: getattr(instance, name) for name in Instance.model_fields}
    return {name: sorted(rows, key=repr) if isinstance(rows, tuple) else rows for name, rows in tables.items()}


@pytest.mark.parametrize("folder", GOOD_FOLDERS)
def test_the_facts_of_every_shared_folder_have_ids_of_their_own_and_can_all_be_relaxed_at_once(folder: str) -> None:
    instance = shared_instance(folder)
    facts = facts_of(instance)
    assert len({fact.id for fact in facts}) == len(facts)
    assert {fact.kind for fact in facts} >= ALWAYS
    written = edits_to_json(edit for fact in facts for edit in fact.edits)
    relaxed = apply_edits(instance, parse_edits(written), relaxing=True)
    assert relaxed == without(instance, facts)
    assert {fact.kind for fact in facts_of(relaxed)} == ALWAYS


@pytest.mark.parametrize("folder", GOOD_FOLDERS)
def test_one_fact_of_every_kind_of_every_shared_folder_can_be_relaxed_alone(folder: str) -> None:
    instance = shared_instance(folder)
    facts = {fact.kind: fact for fact in facts_of(instance)}
    for fact in facts.values():
        alone = apply_edits(instance, fact.edits, relaxing=True)
        assert alone.binding == instance.binding
        assert (alone.replaced(binding_as_given=None) == instance) == (not fact.edits)


def test_every_fact_of_the_shared_pilots_can_be_relaxed_alone() -> None:
    for folder in ("islington-pilot", "islington-infeasible"):
        instance = shared_instance(folder)
        for fact in facts_of(instance):
            remaining = {f.id for f in facts_of(apply_edits(instance, fact.edits, relaxing=True))}
            assert (fact.id in remaining) == (fact.kind in ALWAYS)
