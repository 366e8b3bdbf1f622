"""The check of a report: a true one passes, and whatever is changed in it is caught by a line that says so."""

from collections.abc import Callable

import pytest

from models import PREFERENCES, RULES
from roster.audit.lines import Audit, Line
from roster.audit.whole import OTHER_DATA, UNDECIDED, audit
from roster.edits import OPS
from roster.instance import Instance
from roster.report import Cluster, Conflict, Report
from tests.audit.trouble import AFTERNOON, LATER, edits, needless_beside, report_on, troubled
from tests.audit.trouble import with_bottleneck as bottleneck
from tests.audit.trouble import with_conflict as conflict
from tests.audit.trouble import with_repair as repair
from tests.plain_words import complaints_of_a_sentence
from tests.rosters import ragged_compromise, ragged_roster
from tests.worlds import ragged_world

Change = Callable[[Report], Report]


def checked(report: Report, instance: Instance | None = None, seconds: float = 60.0) -> Audit:
    return audit(instance or troubled(), report, RULES, PREFERENCES, seconds)


def wrong(found: Audit) -> list[str]:
    """What does not hold, as one line each."""
    return [f"{line.about}: {line.says}" for line in found.lines_that("does not hold")]


def complaints_of_a_line(line: Line) -> list[str]:
    says = line.says
    for name in (*line.ids, *OPS):
        says = says.replace(name, "X")
    return complaints_of_a_sentence(says)


def updated(**fields: object) -> Change:
    return lambda report: report.model_copy(update=fields)


def test_a_true_report_holds_line_by_line() -> None:
    found = checked(report_on(troubled()))
    assert (found.outcome, found.notes) == ("holds", ())
    assert [f"{line.about}: {line.says}" for line in found.lines] == [
        "report: There is no roster that keeps every rule: this follows from bottleneck 1.",
        "bottleneck 1: These people need 240 minutes in all.",
        "bottleneck 1: Every session in which one of them could be seen in time is listed.",
        "bottleneck 1: 70 minutes are missing.",
        "bottleneck 1: No roster holds more than 170 of these minutes; this was found in two separate ways.",
        "conflict 1: With every other fact given up there is no roster; this was found in two separate ways.",
        "conflict 1: With see_by:P given up as well there is a roster.",
        "conflict 1: With see_by:Q given up as well there is a roster.",
        "repair 1: The price is what its edits cost by the region's repair prices.",
        "repair 1: After the edits there is a roster, and it keeps every rule.",
        "repair 1: Without edit 1 (set) there is no roster; this was found in two separate ways.",
        "repair 2: The price is what its edits cost by the region's repair prices.",
        "repair 2: After the edits there is a roster, and it keeps every rule.",
        "repair 2: Without edit 1 (add_session) there is no roster; this was found in two separate ways.",
        "repair 2: Without edit 2 (add_hours) there is no roster; this was found in two separate ways.",
    ]


CHANGES: dict[str, tuple[Change, str]] = {
    "a fact left out of a conflict": (
        lambda r: conflict(r, "see_by:P"),
        "conflict 1: With every other fact given up there is a roster, so these facts can all hold.",
    ),
    "a fact too many in a conflict": (
        lambda r: conflict(r, "see_by:P", "see_by:Q", "hours:C1"),
        "conflict 1: With hours:C1 given up as well there is still no roster, so the conflict does not need it.",
    ),
    "a fact that is not there": (
        lambda r: conflict(r, "see_by:P", "see_by:Z"),
        "conflict 1: There is no fact see_by:Z in this data.",
    ),
    "a fact listed twice": (
        lambda r: conflict(r, "see_by:P", "see_by:Q", "see_by:P"),
        "conflict 1: see_by:P is listed more than once.",
    ),
    "one minute too many needed": (
        lambda r: bottleneck(r, need_minutes=241),
        "bottleneck 1: These people need 240 minutes in all; the report says 241.",
    ),
    "one minute too few needed": (
        lambda r: bottleneck(r, need_minutes=239),
        "bottleneck 1: These people need 240 minutes in all; the report says 239.",
    ),
    "one minute less than can be held": (
        lambda r: bottleneck(r, have_minutes=169),
        "bottleneck 1: A roster can hold 170 of these minutes; the report says 169 at most.",
    ),
    "nothing short": (
        lambda r: bottleneck(r, have_minutes=240),
        "bottleneck 1: 240 minutes needed are not more than the 240 there are: nothing is short.",
    ),
    "a session left out": (
        lambda r: bottleneck(r, sessions=()),
        "bottleneck 1: Q could be seen in time in session S1 at Site X on 8 March 2027, 9am to midday, "
        "which is not listed.",
    ),
    "a session for nobody": (
        lambda r: bottleneck(r, sessions=("S1", "S2")),
        "bottleneck 1: No person listed could be seen in time in session S2 at Site X on 15 March 2027, 9am to midday.",
    ),
    "a session that is not there": (
        lambda r: bottleneck(r, sessions=("S1", "S7")),
        "bottleneck 1: There is no session S7 in this data.",
    ),
    "a session listed twice": (
        lambda r: bottleneck(r, sessions=("S1", "S1")),
        "bottleneck 1: Session S1 is listed more than once.",
    ),
    "a person who is not there": (
        lambda r: bottleneck(r, people=("P", "Q", "Z")),
        "bottleneck 1: There is no referral Z in this data.",
    ),
    "a person who did not say yes": (
        lambda r: bottleneck(r, people=("P", "Q", "N")),
        "bottleneck 1: N did not say yes and must not be counted.",
    ),
    "a person without a date": (
        lambda r: bottleneck(r, people=("P", "Q", "U")),
        "bottleneck 1: U does not have to be seen by a date.",
    ),
    "a person listed twice": (
        lambda r: bottleneck(r, people=("P", "Q", "P")),
        "bottleneck 1: P is listed more than once.",
    ),
    "an edit left out": (
        lambda r: repair(r, 2, edits=edits(AFTERNOON)[:1]),
        "repair 2: After the edits there is no roster; this was found in two separate ways.",
    ),
    "a needless edit": (
        lambda r: needless_beside(r, 2),
        "repair 2: Without edit 3 (set_policy) there is a roster too, so it can be left out.",
    ),
    "an edit that cannot be made": (
        lambda r: repair(r, 2, edits=edits(AFTERNOON.replace('"X-1"', '"X-9"'))),
        "repair 2: The edits cannot be made. Edit 1 (add_session): there is no room X-9. "
        "Use an id of rooms.csv, or one that an earlier edit adds.",
    ),
    "no edits": (lambda r: repair(r, 2, edits=()), "repair 2: There is no edit in it."),
    "a dearer repair called the cheapest": (
        lambda r: repair(r, 2, cheapest=True),
        "repair 2: It is called the cheapest at 11 points, but repair 1 costs 7.",
    ),
    "a repair dearer than its lowest price": (
        lambda r: repair(r, 1, at_least=8),
        "repair 1: It costs 7 points, less than the 8 that such a repair is said to cost.",
    ),
    "nobody who could make a repair": (
        lambda r: repair(r, 2, owners=()),
        "repair 2: Nobody is named who could make it.",
    ),
    "one owner of two": (
        lambda r: repair(r, 2, alone="coach"),
        "repair 2: It is said that the coach alone could make it, but others are named too.",
    ),
    "a repair within another": (
        lambda r: repair(r, 2, edits=edits(LATER, AFTERNOON)),
        "repair 2: All edits of repair 1 are in it, so it is not needed beside that one.",
    ),
    "the same repair twice": (
        lambda r: repair(r, 2, edits=edits(LATER)),
        "repair 2: All edits of repair 1 are in it, so it is not needed beside that one.",
    ),
    "a price too high": (
        lambda r: repair(r, 1, price=8),
        "repair 1: It is said to cost 8 points; by the region's repair prices its edits cost 7.",
    ),
    "a price too low": (
        lambda r: repair(r, 2, price=10),
        "repair 2: It is said to cost 10 points; by the region's repair prices its edits cost 11.",
    ),
    "another month": (updated(month="2027-04"), "report: The report is on April 2027; the data are of March 2027."),
    "another region": (
        updated(instance="Elsewhere"),
        "report: The report is on Elsewhere; the data are of A tiny world.",
    ),
    "a roster and what stands in its way": (
        updated(outcome="feasible"),
        "report: It says that there is a roster, and lists what stands in the way of one.",
    ),
    "a roster that there is not": (
        updated(outcome="optimal", conflicts=(), bottlenecks=(), repairs=()),
        "report: There is no roster that keeps every rule; this was found in two separate ways.",
    ),
    "a person of a cluster who is not there": (
        updated(clusters=(Cluster(number=1, says="", people=("Z",)),)),
        "cluster 1: There is no referral Z in this data.",
    ),
    "a site of a cluster that is not there": (
        updated(clusters=(Cluster(number=1, says="", sites=("Z",)),)),
        "cluster 1: There is no site Z in this data.",
    ),
    "two clusters of one number": (
        updated(clusters=(Cluster(number=1, says=""), Cluster(number=1, says=""))),
        "cluster 1: There is more than one cluster of this number.",
    ),
    "a cluster that is not there": (
        updated(clusters=(Cluster(number=2, says=""),)),
        "conflict 1: It belongs to cluster 1, which is not there.",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_is_caught_by_a_line_that_says_so(name: str) -> None:
    change, line = CHANGES[name]
    found = checked(change(report_on(troubled())))
    assert found.outcome == "does not hold"
    assert line in wrong(found)


def test_no_line_has_words_of_the_machinery() -> None:
    reports = [report_on(troubled()), *(change(report_on(troubled())) for change, _ in CHANGES.values())]
    lines = [line for report in reports for line in checked(report).lines]
    lines += checked(report_on(troubled()), seconds=0.0).lines
    assert len({line.says for line in lines}) > 50
    for line in lines:
        assert complaints_of_a_line(line) == [], line
    assert complaints_of_a_sentence(OTHER_DATA) + complaints_of_a_sentence(UNDECIDED) == []


def test_what_is_not_settled_in_time_is_neither_true_nor_false() -> None:
    found = checked(report_on(troubled()), seconds=0.0)
    assert found.outcome == "not settled"
    assert wrong(found) == []
    assert [f"{line.about}: {line.says}" for line in found.lines_that("not settled")] == [
        "report: Whether there is a roster that keeps every rule was not settled in time.",
        "bottleneck 1: Whether a roster can hold more than 170 of these minutes was not settled in time.",
        "conflict 1: Whether there is a roster with every other fact given up was not settled in time.",
        "conflict 1: Whether there is a roster with see_by:P given up as well was not settled in time.",
        "conflict 1: Whether there is a roster with see_by:Q given up as well was not settled in time.",
        "repair 1: Whether there is a roster after the edits was not settled in time.",
        "repair 1: Whether there is a roster without edit 1 (set) was not settled in time.",
        "repair 2: Whether there is a roster after the edits was not settled in time.",
        "repair 2: Whether there is a roster without edit 1 (add_session) was not settled in time.",
        "repair 2: Whether there is a roster without edit 2 (add_hours) was not settled in time.",
    ]


def test_a_report_on_other_data_is_judged_by_what_it_says_about_this_data() -> None:
    found = checked(report_on(troubled()).model_copy(update={"instance_sha256": "0" * 64}))
    assert (found.outcome, found.notes) == ("holds", (OTHER_DATA,))


def test_a_report_that_leaves_the_outcome_open_is_not_asked_for_one() -> None:
    found = checked(report_on(troubled()).model_copy(update={"outcome": "unknown"}))
    assert (found.outcome, found.notes) == ("holds", (UNDECIDED,))
    assert "report" not in {line.about for line in found.lines}


def test_edits_that_need_one_another_can_neither_be_left_out() -> None:
    room = '[{"op": "add_room", "room_id": "X-2", "site_id": "X", "features": ""}]'
    in_it = edits(room, AFTERNOON.replace('"X-1"', '"X-2"'))
    found = checked(repair(report_on(troubled()), 2, edits=in_it))
    assert wrong(found) == []
    assert "Without edit 1 (add_room) the others cannot be made." in {line.says for line in found.lines}


def test_the_price_of_an_edit_that_is_no_step_of_a_repair_is_left_open() -> None:
    room = '[{"op": "add_room", "room_id": "X-2", "site_id": "X", "features": ""}]'
    in_it = edits(room, AFTERNOON.replace('"X-1"', '"X-2"'))
    found = checked(repair(report_on(troubled()), 2, edits=in_it))
    assert [f"{line.about}: {line.says}" for line in found.lines_that("not settled")] == [
        "repair 2: Not every edit is a step that has a repair price, so the price is not checked."
    ]


def test_a_conflict_of_a_notice_that_a_need_makes_shorter_is_no_fault_of_a_repair() -> None:
    report = report_on(troubled())
    odd = Conflict(facts=("see_by:R", "notice"), says="Both cannot be kept.", verified=True)
    assert checked(report.model_copy(update={"conflicts": (*report.conflicts, odd)})).outcome == "holds"


def test_where_a_roster_exists_a_report_of_trouble_is_false_and_one_without_is_true() -> None:
    instance = ragged_world()
    bare = report_on(instance).model_copy(
        update={"conflicts": (), "bottlenecks": (), "repairs": (), "clusters": (), "outcome": "infeasible"}
    )
    assert wrong(checked(bare, instance)) == ["report: There is a roster that keeps every rule."]
    assert checked(bare.model_copy(update={"outcome": "optimal"}), instance).outcome == "holds"


def test_a_compromise_is_true_where_it_breaks_what_it_lists_and_nothing_else() -> None:
    instance = ragged_world()
    empty = {"conflicts": (), "bottlenecks": (), "repairs": (), "clusters": (), "outcome": "unknown"}
    report = report_on(instance).model_copy(update=empty | {"compromise": ragged_compromise(instance)})
    assert wrong(checked(report, instance)) == []
    silent = ragged_compromise(instance).model_copy(update={"breaks": ()})
    assert wrong(checked(report.model_copy(update={"compromise": silent}), instance)) == [
        "compromise: The compromise breaks presence (presence:Y) and does not say so.",
        "compromise: The compromise breaks see_by (see_by:P) and does not say so.",
    ]
    good = report.model_copy(update={"compromise": ragged_roster(instance)})
    assert wrong(checked(good, instance)) == ["compromise: The roster does not say that it is a compromise."]
