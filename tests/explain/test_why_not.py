"""Why not otherwise: over every roster of the tiny worlds the answer has the right cost, ties, and impossibilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest

from models import PREFERENCES, RULES
from roster import cpsat
from roster.domain import Roster
from roster.edits import Edit, Set, SetPolicy, apply_edits
from roster.explain.questions.forced import Clock
from roster.explain.questions.given import Given
from roster.explain.questions.why_not import why_not
from roster.explain.questions.wish import Wish, wish_of
from roster.explanations import WhyNot
from roster.fault import InvalidInput
from roster.instance import Instance
from roster.verify import verify
from tests.explained import best_roster, kept_rosters, least_total
from tests.plain_words import complaints
from tests.worlds import (
    edges_world,
    fortnight_world,
    interpreter_world,
    long_day_world,
    published_world,
    ragged_world,
)

SECONDS = 30.0
MOST_COUNTED = 3
"""So many changes of a world are checked by counting."""
SCOPES = {
    "ragged": (ragged_world, 3, 3),
    "fortnight": (fortnight_world, 3, 3),
    "published": (published_world, 3, 4),
    "interpreters": (interpreter_world, 3, 2),
    "edges": (edges_world, 5, 3),
    "long day": (long_day_world, 3, 2),
}


@dataclass(frozen=True)
class Tried:
    """A world with its best roster and all the rosters that keep every rule."""

    name: str

    @cached_property
    def instance(self) -> Instance:
        return SCOPES[self.name][0]()

    @cached_property
    def rosters(self) -> list[tuple[int, Roster]]:
        return list(kept_rosters(self.instance, *SCOPES[self.name][1:]))

    @cached_property
    def given(self) -> Given:
        return Given(self.instance, RULES, PREFERENCES, best_roster(self.instance))

    def wishes(self) -> Iterator[Wish]:
        """Every coach in every session that is ahead, every person in each of them and on each of their days."""
        ahead = [s for s in self.instance.sessions if not self.instance.is_past(s.date)]
        for session in ahead:
            yield Wish(session_id=session.session_id)
            for coach in self.instance.coaches:
                yield Wish(coach_id=coach.coach_id, session_id=session.session_id)
            for referral_id in self.instance.people:
                yield Wish(referral_id=referral_id, session_id=session.session_id)
        for referral_id in self.instance.people:
            yield Wish(referral_id=referral_id)
            for coach in self.instance.coaches:
                yield Wish(referral_id=referral_id, coach_id=coach.coach_id)

    def least(self, wish: Wish) -> int | None:
        """The least total with the wish, by counting."""
        wanted = wish.wanted(self.given.roster, self.instance)
        return least_total(self.rosters, lambda roster: wish.met(roster, self.instance) >= wanted)

    def fewest_changes(self, wish: Wish, total: int) -> int:
        """The fewest changes of any roster with the wish and this total, by counting."""
        wanted = wish.wanted(self.given.roster, self.instance)
        return min(
            changes(self.given.roster, roster)
            for cost, roster in self.rosters
            if cost == total and wish.met(roster, self.instance) >= wanted
        )


def changes(now: Roster, then: Roster) -> int:
    """Visits of one roster that are not in the other, and appointments that are not kept in their session."""
    visits = {(v.coach_id, v.session_id) for v in now.visits} ^ {(v.coach_id, v.session_id) for v in then.visits}
    left = [(a.referral_id, a.session_id) for a in now.appointments]
    for a in then.appointments:
        if (a.referral_id, a.session_id) in left:
            left.remove((a.referral_id, a.session_id))
    return len(visits) + len(left)


def asked(tried: Tried, wish: Wish) -> WhyNot:
    return why_not(tried.given, wish, Clock.of(SECONDS, workers=1))


@pytest.fixture(scope="module", params=list(SCOPES))
def answers(request: pytest.FixtureRequest) -> tuple[Tried, list[tuple[Wish, WhyNot]]]:
    """A world and the answers to all its wishes."""
    tried = Tried(request.param)
    return tried, [(wish, asked(tried, wish)) for wish in tried.wishes()]


Answers = tuple[Tried, list[tuple[Wish, WhyNot]]]


def test_a_wish_costs_what_the_best_roster_with_it_costs(answers: Answers) -> None:
    tried, answered = answers
    for wish, answer in answered:
        assert answer.total == tried.least(wish), wish
        assert answer.known == "proved" or answer.difference == 0


def test_what_is_called_impossible_is_in_no_roster(answers: Answers) -> None:
    tried, answered = answers
    for wish, answer in answered:
        assert (answer.possible == "no") == (tried.least(wish) is None), wish
        if answer.possible == "no":
            assert answer.lines[0].startswith("Impossible: there is no roster that keeps every rule in which ")


def test_the_same_total_is_called_a_tie_and_nothing_else_is(answers: Answers) -> None:
    tried, answered = answers
    for wish, answer in answered:
        changed = wish.met(tried.given.roster, tried.instance) < wish.wanted(tried.given.roster, tried.instance)
        same = changed and answer.total == tried.given.roster.objective
        assert answer.tie == same
        assert ("this is a tie" in answer.lines[1]) == same


def test_the_other_roster_passes_the_checker_and_has_what_was_asked_for(answers: Answers) -> None:
    tried, answered = answers
    for wish, answer in answered:
        if answer.roster is not None:
            assert verify(tried.instance, answer.roster, RULES, PREFERENCES).accepted
            assert wish.met(answer.roster, tried.instance) >= wish.wanted(tried.given.roster, tried.instance)
            assert answer.roster.objective == answer.total


def test_no_other_roster_with_the_wish_at_its_cost_changes_less(answers: Answers) -> None:
    tried, answered = answers
    for wish, answer in answered:
        if answer.total is not None:
            assert answer.visits_changed + answer.people_moved == tried.fewest_changes(wish, answer.total), wish


def test_the_prices_that_rise_and_fall_are_the_whole_difference(answers: Answers) -> None:
    for _, answer in answers[1]:
        if answer.costs:
            assert sum(answer.costs.values()) == answer.difference


def test_the_lines_are_four_plain_sentences(answers: Answers) -> None:
    for _, answer in answers[1]:
        for line in answer.lines:
            assert line.endswith("."), line
            assert complaints(line.replace("step_free", "a step")) == [], line


@pytest.mark.parametrize("name", ["ragged", "fortnight"])
def test_after_the_change_named_nothing_is_better_than_the_wish(name: str) -> None:
    tried = Tried(name)
    named = 0
    for wish in tried.wishes():
        answer = asked(tried, wish)
        if answer.possible != "yes" or answer.change is None or named == MOST_COUNTED:
            continue
        named += 1
        edited = apply_edits(tried.instance, answer.change.edits)
        rosters = list(kept_rosters(edited, *SCOPES[name][1:]))
        wanted = wish.wanted(tried.given.roster, tried.instance)
        least = least_total(rosters)
        assert least_total(rosters, lambda r: wish.met(r, edited) >= wanted) == least == answer.change.total  # noqa: B023  # used at once
    assert named


@pytest.mark.parametrize("name", ["ragged", "published"])
def test_after_the_change_named_the_impossible_is_possible(name: str) -> None:
    tried = Tried(name)
    named = 0
    for wish in tried.wishes():
        answer = asked(tried, wish)
        if answer.possible == "no" and answer.change is not None:
            named += 1
            edited = apply_edits(tried.instance, answer.change.edits)
            rosters = kept_rosters(edited, *SCOPES[name][1:])
            assert any(wish.met(roster, edited) for _, roster in rosters)
    assert named


@pytest.mark.parametrize(
    ("name", "coach_id", "session_id", "facts", "sentence"),
    [
        ("ragged", "C2", "S4", ("leave:C2:2027-03-05",), "Coach C2 is on leave from 5 March 2027 to 8 March 2027."),
        (
            "published",
            "C1",
            "U3",
            ("workload:C1:week",),
            "Coach C1 holds at most 1 visit a week, from Monday to Sunday.",
        ),
    ],
)
def test_the_impossible_names_the_facts_that_rule_it_out(
    name: str, coach_id: str, session_id: str, facts: tuple[str, ...], sentence: str
) -> None:
    answer = asked(Tried(name), Wish(coach_id=coach_id, session_id=session_id))
    assert answer.facts == facts
    assert f"It cannot be together with this: {sentence} Nothing else is needed to rule it out." in answer.lines[0]


def test_a_person_cannot_be_seen_after_a_date_that_is_a_must() -> None:
    answer = asked(Tried("edges"), Wish(referral_id="A", session_id="E4"))
    assert answer.facts == ("see_by:A",)
    assert "It cannot be together with this: Referral A is to be seen by 1 July 2027." in answer.lines[0]
    assert answer.lines[3] == (
        "It would be possible after this change: Have referral A seen on any date instead of by 1 July 2027. Checked."
    )


def test_what_no_fact_rules_out_says_what_the_checker_finds() -> None:
    answer = asked(Tried("fortnight"), Wish(coach_id="C1", session_id="T5"))
    assert answer.facts == ()
    assert answer.lines[0].endswith(
        "With it: C1 is booked for session T5 at Site X on 30 August 2027, 9am to midday, "
        "but that day is a bank holiday."
    )


def test_a_roster_that_is_not_the_best_is_told_so_where_the_wish_is_better() -> None:
    tried = Tried("ragged")
    worse = max((pair for pair in tried.rosters), key=lambda pair: pair[0])[1]
    trial = Given(tried.instance, RULES, PREFERENCES, worse)
    given = Given(tried.instance, RULES, PREFERENCES, trial.tried(trial.plan).roster)
    best = tried.given.roster.visits[0]
    answer = why_not(given, Wish(coach_id=best.coach_id, session_id=best.session_id), Clock.of(SECONDS, workers=1))
    assert answer.difference is not None
    assert answer.difference < 0
    assert "The roster given was not the best." in answer.lines[1]
    assert answer.lines[3] == "No change of the data is needed: it is the better choice as things are."


def test_what_the_roster_has_already_costs_nothing() -> None:
    tried = Tried("ragged")
    visit = tried.given.roster.visits[0]
    answer = asked(tried, Wish(coach_id=visit.coach_id, session_id=visit.session_id))
    assert answer.lines[0].startswith("Possible: this roster has it already: coach ")
    assert (answer.difference, answer.tie, answer.visits_changed) == (0, False, 0)


def test_time_that_ran_out_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Tried("long day")
    assert tried.given.roster.visits
    monkeypatch.setattr(cpsat, "solve", lambda *_, **__: cpsat.Answer("unknown", 0, None))
    answer = asked(tried, Wish(coach_id="C2", session_id="W4"))
    assert (answer.possible, answer.known, answer.total) == ("not known", "not proved", None)
    assert answer.lines[0].startswith(
        "Not known: time ran out before a roster was found or ruled out in which coach C2"
    )


NONSENSE = [
    ({}, "nothing is asked for"),
    ({"coach_id": "C9"}, "there is no such coach"),
    ({"session_id": "S9"}, "there is no such session"),
    ({"site_id": "Z"}, "there is no such site"),
    ({"referral_id": "Z"}, "there is no such referral"),
    ({"day": "9 March"}, "this is not a date"),
    ({"day": "2027-04-01"}, "this is not a day of the month that is planned"),
    ({"session_id": "S1", "site_id": "Y"}, "session S1 is at Site X (X)"),
    ({"session_id": "S1", "day": "2027-03-05"}, "session S1 is on 3 March 2027"),
]


@pytest.mark.parametrize(("options", "says"), NONSENSE)
def test_what_names_nothing_is_wrong_input(options: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        wish_of(ragged_world(), options)
    assert [fault.says for fault in caught.value.faults] == [says]


def test_people_without_consent_and_days_that_are_over_cannot_be_asked_for() -> None:
    with pytest.raises(InvalidInput, match="this referral has no consent"):
        wish_of(fortnight_world(), {"referral_id": "N"})
    with pytest.raises(InvalidInput, match="this is before 11 March 2027, the day on which the roster is made"):
        wish_of(published_world(), {"session_id": "U2"})


def test_a_person_of_a_more_urgent_band_is_the_right_choice() -> None:
    tried = Tried("ragged")
    answer = asked(tried, Wish(referral_id="Q"))
    edits: tuple[Edit, ...] = (Set(table="referrals", id="Q", field="band", value="B"),)
    assert answer.change is not None
    assert answer.change.edits == edits
    assert answer.lines[3] == (
        "It would be the right choice after this change: Put referral Q in band B instead of band C. "
        "Proved: nothing would then be better."
    )


def test_a_wish_is_not_proved_cheap_where_the_data_has_changed_since() -> None:
    tried = Tried("ragged")
    edited = apply_edits(tried.instance, [SetPolicy(field="reach_minutes", value=93)])
    assert Given(edited, RULES, PREFERENCES, tried.given.roster).bound is None
