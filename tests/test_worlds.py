"""The tiny worlds are ragged enough: each rule is broken on its own somewhere, and each price varies."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.instance import Instance
from tests.every_roster import every_roster
from tests.scopes import SCOPES, Scope
from tests.worlds import fortnight_world, long_day_world, published_world, ragged_world

ENOUGH = 70_000


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_a_world_has_few_enough_rosters_to_try_them_all_and_none_twice(scope: Scope) -> None:
    rosters = [_short(roster) for roster in every_roster(scope.world(), scope.most_visits, scope.most_appointments)]
    assert len(set(rosters)) == len(rosters)
    assert 1_000 < len(rosters) < ENOUGH


def test_every_rule_is_broken_on_its_own_in_some_roster() -> None:
    missing = {rule.name for rule in RULES}
    for instance, roster in _shortest_first():
        broken = _broken(instance, roster)
        if len(broken) == 1:
            missing -= broken
        if not missing:
            return
    assert missing == set()


def test_every_price_has_several_values_among_the_rosters_that_keep_every_rule() -> None:
    seen: dict[str, set[int]] = defaultdict(set)
    for scope in SCOPES:
        instance = scope.world()
        for roster in every_roster(instance, 2, 2):
            if not _broken(instance, roster):
                for preference in PREFERENCES:
                    seen[preference.name].add(preference.price(instance, roster))
    assert {name for name, values in seen.items() if len(values) > 1} == {p.name for p in PREFERENCES}


def test_a_visit_spans_the_longest_overlap_with_one_row_of_hours() -> None:
    times = {(v.coach_id, v.session_id): (v.start, v.end) for r in every_roster(ragged_world(), 1, 0) for v in r.visits}
    assert times["C1", "S1"] == (8 * 60 + 30, 10 * 60 + 30)
    assert times["C1", "S2"] == (11 * 60 + 30, 14 * 60 + 30)
    assert times["C2", "S2"] == (12 * 60 + 30, 14 * 60 + 30)


def test_a_visit_that_overlaps_two_rows_equally_spans_the_earlier() -> None:
    times = {
        (v.coach_id, v.session_id): (v.start, v.end) for r in every_roster(long_day_world(), 1, 0) for v in r.visits
    }
    assert times["C2", "W3"] == (10 * 60, 11 * 60)


def test_what_happened_keeps_its_times() -> None:
    rosters = every_roster(published_world(), 1, 1)
    told = next(r for r in rosters if [(a.referral_id, a.session_id) for a in r.appointments] == [("P", "U1")])
    assert (told.visits[0].start, told.visits[0].end) == (9 * 60 + 15, 12 * 60 + 15)
    assert (told.appointments[0].start, told.appointments[0].end) == (9 * 60 + 15, 10 * 60 + 15)


def test_people_without_consent_are_not_listed_as_unseen() -> None:
    empty = next(every_roster(fortnight_world()))
    assert {u.referral_id: u.count for u in empty.unseen} == {"P": 2, "W": 1}


def _shortest_first() -> Iterator[tuple[Instance, Roster]]:
    for most_visits, most_appointments in ((1, 3), (2, 2)):
        for scope in reversed(SCOPES):
            instance = scope.world()
            for roster in every_roster(instance, most_visits, most_appointments):
                yield instance, roster


def _broken(instance: Instance, roster: Roster) -> set[str]:
    return {rule.name for rule in RULES if any(True for _ in rule.check(instance, roster))}


def _short(roster: Roster) -> tuple[object, ...]:
    visits = tuple((v.coach_id, v.session_id, v.booking_ids) for v in roster.visits)
    return visits, tuple(sorted((a.referral_id, a.session_id) for a in roster.appointments))
