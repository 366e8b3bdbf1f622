"""After each kind of event, alone and together: what holds of the repair, and that it costs no more than it must."""

import json
from collections import Counter
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from models import PREFERENCES, RULES
from models.repairs import TERMS
from roster.answers_of_repair import RepairReport, repair_report
from roster.domain import Appointment, Roster
from roster.files import write_folder
from roster.instance import Instance
from roster.repair.run import Repair, repair
from roster.solve import Options
from roster.verify import verify
from tests.oracle.contract import broken_rules, load
from tests.repair.events import AS_OF, EVENTS, MAY_BE_MOVED, SOON, after, town
from tests.test_oracle import exact, needs_scipy

NOTICE_ENDS = AS_OF + timedelta(days=5)


@cache
def repaired(name: str) -> Repair:
    """The repair after an event, made once."""
    return repair(after(EVENTS[name]), TERMS, Options(time_limit=30.0, workers=1))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder with the data after each event."""
    root = tmp_path_factory.mktemp("after")
    found = {}
    for number, (name, edits) in enumerate(EVENTS.items()):
        found[name] = root / str(number)
        write_folder(after(edits), found[name])
    return found


def roster_of(found: Repair) -> Roster:
    assert found.result.roster is not None
    assert not found.result.roster.compromise
    return found.result.roster


def soon(instance: Instance, roster: Roster) -> Counter[tuple[str, str]]:
    """How often each referral is seen in each session inside the notice, as far as sessions are known."""
    return Counter(
        (a.referral_id, a.session_id)
        for a in roster.appointments
        if a.session_id in instance.session and AS_OF <= instance.session[a.session_id].date < NOTICE_ENDS
    )


def report_of(name: str, found: Repair) -> RepairReport:
    return repair_report(town(), after(EVENTS[name]), found, None)


@pytest.mark.parametrize("name", EVENTS)
def test_the_repair_keeps_every_rule_and_its_numbers_are_right(folders: dict[str, Path], name: str) -> None:
    roster = roster_of(repaired(name))
    assert verify(after(EVENTS[name]), roster, RULES, PREFERENCES).accepted
    assert broken_rules(load(folders[name]), json.loads(roster.to_json())) == []


@pytest.mark.parametrize("name", EVENTS)
def test_what_has_happened_is_as_it_was(name: str) -> None:
    instance, roster = after(EVENTS[name]), roster_of(repaired(name))
    assert [v for v in roster.visits if instance.session[v.session_id].date < AS_OF] == list(instance.history.values())
    past = {s.session_id for s in instance.sessions if s.date < AS_OF}
    seen = Counter(a for a in roster.appointments if a.session_id in past)
    assert seen == Counter(a for rows in instance.history_appointments.values() for a in rows)


@pytest.mark.parametrize("name", EVENTS)
def test_nobody_is_newly_booked_or_moved_inside_the_notice_unless_their_own_session_is_gone(name: str) -> None:
    before, roster = town(), roster_of(repaired(name))
    assert before.published is not None
    told, now = soon(before, before.published), soon(after(EVENTS[name]), roster)
    assert {referral_id for referral_id, _ in told} == SOON
    assert now - told == Counter()
    assert {referral_id for referral_id, _ in told - now} <= MAY_BE_MOVED.get(name, set())
    assert repaired(name).late_notice


@needs_scipy
def test_nothing_is_changed_that_is_not_paid_for(folders: dict[str, Path]) -> None:
    least = {name: line["objective"] for name, line in zip(folders, exact(list(folders.values())), strict=True)}
    assert {name: roster_of(repaired(name)).objective for name in EVENTS} == least
    assert {name: roster_of(repaired(name)).bound for name in EVENTS} == least
    assert {repaired(name).proved for name in EVENTS} == {True}


@pytest.mark.parametrize("name", EVENTS)
def test_with_more_changes_it_never_costs_more_and_the_best_in_all_is_chosen(name: str) -> None:
    found, rows = repaired(name), repaired(name).buys
    assert [row.changes for row in rows] == sorted({row.changes for row in rows})
    assert [row.buys for row in rows] == [None, *(a.cost - b.cost for a, b in pairwise(rows))]
    assert all(row.buys is None or row.buys >= 0 for row in rows)
    (best,) = [row for row in rows if row.best]
    assert best.total == min(row.total for row in rows) == roster_of(found).objective
    assert best.changes == found.changes == TERMS.changes.price(after(EVENTS[name]), roster_of(found))
    assert found.fewest is not None
    assert (found.fewest.changes, found.fewest.proved) == (rows[0].changes, True)
    assert all(row.proved for row in rows)


@pytest.mark.parametrize("name", EVENTS)
def test_everybody_affected_has_a_message_and_nobody_else(name: str) -> None:
    before, instance, roster = town(), after(EVENTS[name]), roster_of(repaired(name))
    assert before.published is not None
    then, now = told_of(before, before.published), told_of(instance, roster)
    messages = report_of(name, repaired(name)).messages
    people = {m.referral_id for m in messages if m.to == "person" and m.referral_id}
    assert {r for r in instance.people if then.get(r) != now.get(r)} == people
    coaches = {v.coach_id for v in {*before.published.visits} ^ {*roster.visits} if is_ahead(before, v.session_id)}
    assert coaches <= {m.coach_id for m in messages if m.to == "coach"}
    practices = {instance.people[r].practice_id for r in people}
    assert practices <= {m.practice_id for m in messages if m.to == "practice"}
    withdrawn = [edit["referral_id"] for edit in EVENTS[name] if edit["op"] == "remove_referral"]
    written = report_of(name, repaired(name)).to_json()
    assert [referral_id for referral_id in withdrawn if referral_id in written] == []


def is_ahead(instance: Instance, session_id: str) -> bool:
    """Whether the session is still to come, as far as is known."""
    return session_id not in instance.session or instance.session[session_id].date >= AS_OF


def told_of(instance: Instance, roster: Roster) -> dict[str, list[tuple[object, ...]]]:
    """What each person was told of the days to come: session, when they come, and whom they meet."""
    coaches = {v.session_id: v.coach_id for v in roster.visits}
    found: dict[str, list[tuple[object, ...]]] = {}
    for a in sorted(roster.appointments, key=_when):
        if is_ahead(instance, a.session_id):
            found.setdefault(a.referral_id, []).append((a.session_id, a.start, coaches[a.session_id]))
    return found


def _when(appointment: Appointment) -> tuple[str, int]:
    return appointment.session_id, appointment.start
