"""Counting: planted shortages of every kind, with exact numbers; and nothing where there is a roster."""

import csv
import tempfile
from datetime import date
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import RULES
from roster.candidates import Candidates
from roster.domain import Roster
from roster.explain.counting.bottlenecks import bottlenecks, circuits
from roster.explain.counting.holding import Holding
from roster.files import read
from roster.instance import Instance
from roster.report import Bottleneck
from tests.explain.towns import town
from tests.oracle import enumerate as enumeration
from tests.oracle.contract import rule_breaks
from tests.oracle.reading import load
from tests.oracle.tiny import write_tiny
from tests.oracle.world import Plan, World
from tests.plain_words import complaints_of_a_sentence
from tests.tables import rows
from tests.worlds import long_day_world

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "instances"
SEEDS = st.integers(0, 5000)


def the_only(instance: Instance) -> Bottleneck:
    """The only bottleneck there is; its sentence is plain English with the numbers in it."""
    found = bottlenecks(instance, RULES)
    assert len(found) == 1, [b.says for b in found]
    assert complaints_of_a_sentence(found[0].says) == []
    assert f"{found[0].short_minutes} minutes short" in found[0].says
    return found[0]


def numbers(bottleneck: Bottleneck) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    """Who, in which sessions, the minutes needed and those there can be."""
    return bottleneck.people, bottleneck.sessions, bottleneck.need_minutes, bottleneck.have_minutes


# -- one kind of shortage each ------------------------------------------------------------------------------------


def test_more_people_than_the_only_session_by_their_date_holds() -> None:
    found = the_only(
        town(
            "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 8, 10:00, 12:00",
            "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 2, 30\nR4, X, 12, 60\nR5, X, , 60",
        )
    )
    assert numbers(found) == (("R1", "R2", "R3"), ("S1",), 150, 120)
    assert found.says == (
        "3 people (R1, R2 and R3) are to be seen by dates from 2 March 2027 to 5 March 2027 and need 150 minutes in "
        "all. They can be seen only in 1 session, at Site X, on 1 March 2027. That can hold at most 120 minutes, even "
        "if a coach is there for as long as the rooms and the coaches' hours allow: 30 minutes short."
    )


def test_a_session_holds_no_more_than_the_hours_of_the_coach_leave() -> None:
    found = the_only(town("S1, X-1, 1, 08:00, 10:00", "R1, X, 5, 60\nR2, X, 5, 30"))
    assert numbers(found) == (("R1", "R2"), ("S1",), 90, 60)


def test_people_of_one_row_are_counted_each() -> None:
    found = the_only(town("S1, X-1, 1, 10:00, 12:00", "R1, X, 5, 60, , 3"))
    assert numbers(found) == (("R1",), ("S1",), 180, 120)
    assert found.says.startswith("3 people (R1) are to be seen by 5 March 2027 and need 180 minutes in all.")


def test_two_sessions_of_one_room_that_overlap_hold_what_the_longer_one_holds() -> None:
    instance = town("S1, X-1, 1, 10:00, 12:00\nS2, X-1, 1, 11:00, 12:30", "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 5, 60")
    found = the_only(instance)
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert "because sessions in room X-1 overlap, so that not all can be held: 60 minutes short" in found.says


def test_sessions_of_one_room_that_only_touch_are_both_held() -> None:
    sessions = "S1, X-1, 1, 10:00, 11:00\nS2, X-1, 1, 11:00, 12:00"
    assert bottlenecks(town(sessions, "R1, X, 5, 60\nR2, X, 5, 60", policy="break_minutes = 0"), RULES) == ()


def test_a_coach_is_in_one_place_at_a_time() -> None:
    instance = town("S1, X-1, 1, 10:00, 12:00\nS2, X-2, 1, 10:00, 11:30", "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 5, 60")
    found = the_only(instance)
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert "only C1 could see them there, and C1 can be in only one of them at a time on 1 March 2027" in found.says


def test_roads_and_breaks_keep_a_coach_from_two_sessions_of_a_day() -> None:
    people = "R1, X;Y, 5, 60\nR2, X;Y, 5, 60\nR3, X;Y, 5, 60"
    near = town("S1, X-1, 1, 10:00, 12:00\nS2, Y-1, 1, 13:00, 15:00", people)
    assert bottlenecks(near, RULES) == ()
    found = the_only(town("S1, X-1, 1, 10:00, 12:00\nS2, Y-1, 1, 12:59, 14:59", people))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert "with the times of the sessions, the roads between them and C1's limits: 60 minutes short" in found.says


def test_a_visit_in_between_that_counts_for_nobody_may_make_a_day_possible() -> None:
    instance = long_day_world()
    holding = Holding(instance, Candidates(instance, RULES))
    worth = {("C1", "W1"): 90, ("C1", "W4"): 70}
    assert holding.day("C1", date(2027, 3, 9), worth) == (0, 90, 90, 160)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    coach_id=st.sampled_from(("C1", "C2")),
    minutes=st.lists(st.integers(0, 90), min_size=6, max_size=6),
    limit=st.one_of(st.none(), st.integers(0, 150)),
)
@example(coach_id="C1", minutes=[0, 0, 10, 55, 0, 60], limit=70)
def test_the_most_minutes_of_a_day_are_those_of_its_best_tour(
    coach_id: str, minutes: list[int], limit: int | None
) -> None:
    world = long_day_world()
    free = {"max_travel_minutes_day": limit, "max_sessions_day": 3}
    instance = world.replaced(coaches=tuple(c.model_copy(update=free) for c in world.coaches))
    candidates = Candidates(instance, RULES)
    worth = {(coach_id, s.session_id): gain for s, gain in zip(instance.sessions, minutes, strict=True)}
    best = [0, 0, 0, 0]
    for number in (1, 2, 3):
        for tour in permutations(instance.sessions, number):
            stops = [coach_id, *(instance.site_of(s.session_id) for s in tour), coach_id]
            road = sum(instance.minutes_between(a, b) for a, b in pairwise(stops))
            able = all(coach_id in candidates.coaches_at.get(s.session_id, ()) for s in tour)
            in_time = all(candidates.leg_may_be(coach_id, a, b) for a, b in pairwise(tour))
            if able and in_time and (limit is None or road <= limit):
                best[number] = max(best[number], sum(worth[coach_id, s.session_id] for s in tour))
    most = tuple(max(best[: n + 1]) for n in range(4))
    assert Holding(instance, candidates).day(coach_id, date(2027, 3, 9), worth) == most


def test_a_coach_may_be_on_the_road_for_as_long_as_their_limit() -> None:
    people = "R1, X;Y, 3, 60\nR2, X;Y, 3, 60\nR3, X;Y, 3, 60"
    coaches = "coach_id, skills, max_travel_minutes_day\nC1, , 60\nC2, welsh,"
    assert bottlenecks(town("S1, X-1, 1, 10:00, 12:00\nS2, Y-1, 1, 13:00, 15:00", people, coaches=coaches), RULES) == ()


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("max_sessions_day", "C1 can hold at most 120 minutes of them on 1 March 2027"),
        (
            "max_sessions_week",
            "C1 makes at most 1 visit a week, which leaves at most 120 minutes in the week beginning",
        ),
        ("max_sessions_month", "C1 makes at most 1 visit in the month, which leaves at most 120 minutes"),
        ("max_travel_minutes_day", "C1 can hold at most 120 minutes of them on 1 March 2027"),
    ],
)
def test_a_limit_of_the_only_coach_is_the_reason(limit: str, says: str) -> None:
    value = 55 if "travel" in limit else 1
    coaches = f"coach_id, skills, {limit}\nC1, , {value}\nC2, welsh,"
    people = "R1, X;Y, 3, 60\nR2, X;Y, 3, 60\nR3, X;Y, 3, 60"
    found = the_only(town("S1, X-1, 1, 10:00, 12:00\nS2, Y-1, 1, 13:00, 15:00", people, coaches=coaches))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert says in found.says


def test_a_week_with_a_limit_takes_the_longest_visits_of_its_days() -> None:
    coaches = "coach_id, skills, max_sessions_week\nC1, , 2\nC2, welsh,"
    sessions = "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 2, 10:00, 11:30\nS3, X-1, 3, 10:00, 11:00\nS4, X-1, 8, 10:00, 11:00"
    people = "\n".join(f"R{n}, X, 10, 60" for n in range(1, 6))
    found = the_only(town(sessions, people, coaches=coaches))
    assert numbers(found) == (("R1", "R2", "R3", "R4", "R5"), ("S1", "S2", "S3", "S4"), 300, 270)
    assert (
        "C1 makes at most 2 visits a week, which leaves at most 210 minutes in the week beginning 1 March" in found.says
    )
    assert "60 minutes is all that session S4 can hold" in found.says


def test_people_who_need_a_skill_are_counted_on_the_coaches_who_have_it() -> None:
    sessions = "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 2, 10:00, 12:00\nS3, X-1, 4, 10:00, 11:00"
    people = "R1, X, 5, 60, coach:welsh\nR2, X, 5, 60, coach:welsh\nR3, X, 5, 60"
    found = the_only(town(sessions, people))
    assert numbers(found) == (("R1", "R2"), ("S3",), 120, 60)
    assert found.says.startswith("2 people who need a welsh coach (R1 and R2) are to be seen by 5 March 2027")


def test_others_who_can_see_other_people_there_do_not_help_those_who_need_a_skill() -> None:
    sessions = "S1, X-1, 3, 14:00, 16:00\nS2, X-2, 3, 14:00, 16:00"
    people = "".join(f"R{n}, X, 5, 60, coach:welsh\n" for n in range(1, 4)) + "R4, X, 5, 60"
    found = the_only(town(sessions, people))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert "only C2 could see them there, and C2 can be in only one of them at a time on 3 March 2027" in found.says


def test_one_booking_of_an_interpreter_serves_one_visit() -> None:
    sessions = "S1, X-1, 8, 10:00, 12:00\nS2, X-1, 9, 10:00, 12:00\nS3, X-2, 9, 13:00, 14:00"
    people = "\n".join(f"R{n}, X, 10, 60, interpreter:bsl" for n in range(1, 4))
    found = the_only(town(sessions, people, interpreters="B1, bsl, 2027-03-09, 09:00, 17:00"))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2", "S3"), 180, 120)
    assert found.says == (
        "3 people who need a bsl interpreter (R1, R2 and R3) are to be seen by 10 March 2027 and need 180 minutes in "
        "all. They can be seen only in 3 sessions, at Site X, from 8 March 2027 to 9 March 2027. Those can hold at "
        "most 120 minutes, because the only booking of a bsl interpreter for them is on 9 March 2027 (a booking is "
        "for one visit): 60 minutes short."
    )


def test_without_a_booking_that_covers_the_visit_there_are_no_minutes() -> None:
    instance = town(
        "S1, X-1, 8, 10:00, 12:00",
        "R1, X, 10, 60, interpreter:bsl",
        interpreters="B1, bsl, 2027-03-08, 10:00, 11:59",
    )
    found = the_only(instance)
    assert numbers(found) == (("R1",), ("S1",), 60, 0)
    assert "can hold no minutes, because no bsl interpreter is booked for them who could be there" in found.says


def test_a_site_allows_no_more_visits_than_its_limit() -> None:
    sessions = "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 2, 10:00, 11:00\nS3, Y-1, 3, 10:00, 11:00"
    people = "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 5, 60\nR4, Y, 5, 60"
    found = the_only(town(sessions, people, limits="X, , 1; Y, ,"))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert "Site X allows at most 1 visit in the month, which leaves at most 120 minutes" in found.says


def test_whole_appointments_do_not_fill_a_visit_to_the_minute() -> None:
    sessions = "S1, X-1, 1, 10:00, 11:40\nS2, X-1, 2, 10:00, 11:40"
    found = the_only(town(sessions, "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 5, 60"))
    assert numbers(found) == (("R1", "R2", "R3"), ("S1", "S2"), 180, 120)
    assert found.says.endswith(
        "This counts whole appointments: a visit of C1 to session S2 lasts 100 minutes, and those who could be seen in "
        "it fill at most 60."
    )
    assert bottlenecks(town(sessions, "R1, X, 5, 60\nR2, X, 5, 60\nR3, X, 5, 40\nR4, X, 5, 40"), RULES) == ()


def test_somebody_without_any_session_is_a_count_of_their_own() -> None:
    found = the_only(town("S1, Y-1, 1, 10:00, 12:00\nS2, X-1, 8, 10:00, 12:00", "R1, X, 5, 60"))
    assert numbers(found) == (("R1",), (), 60, 0)
    assert found.says == (
        "R1 is to be seen by 5 March 2027 and needs 60 minutes. By then there is no session in a place and room that "
        "suits R1, on a day on which R1 can be seen, with a coach who could see R1: 60 minutes short."
    )


# -- what happened ------------------------------------------------------------------------------------------------


def told(*appointments: str, bookings: tuple[str, ...] = ()) -> Roster:
    """What was published: C1 holds S1 on 1 March, with these people one after the other."""
    visits = "coach_id, session_id, start, end\nC1, S1, 10:00, 12:00"
    times = ("10:00, 11:00", "11:00, 12:00")
    seen = "\n".join(f"{r}, S1, {when}" for r, when in zip(appointments, times, strict=False))
    return Roster.model_validate(
        {
            "instance": "A tiny world",
            "month": "2027-03",
            "instance_sha256": "0" * 64,
            "outcome": "feasible",
            "objective": 0,
            "bound": 0,
            "costs": {},
            "visits": [visit | {"booking_ids": bookings} for visit in rows(visits)],
            "appointments": rows("referral_id, session_id, start, end\n" + seen),
        }
    )


def test_what_has_been_held_counts_for_the_people_and_against_the_limits() -> None:
    coaches = "coach_id, skills, max_sessions_month\nC1, , 2\nC2, welsh,"
    sessions = "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 9, 10:00, 12:00\nS3, X-1, 10, 10:00, 12:00"
    instance = town(
        sessions,
        "R1, X, 12, 60, , 4",
        coaches=coaches,
        published=told("R1"),
        as_of="2027-03-02",
        policy="notice_days = 2",
    )
    found = the_only(instance)
    assert numbers(found) == (("R1",), ("S1", "S2", "S3"), 240, 180)
    assert "C1 makes at most 2 visits in the month (1 held before 2 March 2027), which leaves at most 120" in found.says
    assert "60 minutes were held before 2 March 2027" in found.says


def test_visits_held_count_against_the_limit_of_a_site() -> None:
    sessions = "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 9, 10:00, 12:00\nS3, X-1, 10, 10:00, 11:00"
    people = "R1, X, 12, 60\nR2, X, 12, 60\nR3, X, 12, 60"
    found = the_only(town(sessions, people, limits="X, , 2; Y, ,", published=told(), as_of="2027-03-02"))
    assert numbers(found) == (("R1", "R2", "R3"), ("S2", "S3"), 180, 120)
    assert (
        "Site X allows at most 2 visits in the month (1 held before 2 March 2027), which leaves at most" in found.says
    )


def test_a_booking_that_went_to_a_visit_already_is_used_up() -> None:
    instance = town(
        "S1, X-1, 1, 10:00, 12:00\nS2, X-1, 17, 10:00, 12:00",
        "R1, X, 19, 60, interpreter:bsl",
        interpreters="B1, bsl, 2027-03-17, 09:00, 17:00",
        published=told(bookings=("B1",)),
        as_of="2027-03-02",
    )
    assert numbers(the_only(instance)) == (("R1",), ("S2",), 60, 0)


def test_without_notice_there_are_only_the_appointments_that_people_were_told_of() -> None:
    sessions = "S1, X-1, 1, 10:00, 12:00"
    instance = town(sessions, "R1, X, 5, 60, , 2", published=told("R1"), as_of="2027-02-25")
    found = the_only(instance)
    assert numbers(found) == (("R1",), ("S1",), 120, 60)
    says = "because session S1 can only keep appointments that people were told of (60 minutes), as it is too late for"
    assert says in found.says


# -- several troubles ---------------------------------------------------------------------------------------------


def test_troubles_that_share_nobody_and_no_session_are_told_apart() -> None:
    sessions = "S1, X-1, 1, 10:00, 11:00\nS2, Y-1, 2, 10:00, 11:00"
    found = bottlenecks(town(sessions, "R1, X, 5, 60\nR2, X, 5, 60\nR3, Y, 5, 60\nR4, Y, 5, 60\nR5, Y, 5, 60"), RULES)
    assert [(b.cluster, *numbers(b)) for b in found] == [
        (1, ("R3", "R4", "R5"), ("S2",), 180, 60),
        (2, ("R1", "R2"), ("S1",), 120, 60),
    ]


def test_a_shortage_of_two_things_is_listed_for_each_in_one_cluster() -> None:
    sessions = "S1, X-1, 8, 10:00, 12:00\nS2, X-1, 9, 10:00, 12:00"
    people = "\n".join(f"R{n}, X, 10, 60, interpreter:bsl" for n in range(1, 4))
    people += "\nR4, X, 10, 60\nR5, X, 10, 60\nR6, X, 10, 60"
    found = bottlenecks(town(sessions, people, interpreters="B1, bsl, 2027-03-09, 09:00, 17:00"), RULES)
    assert [(b.cluster, len(b.people), b.need_minutes, b.have_minutes) for b in found] == [
        (1, 6, 360, 240),
        (1, 3, 180, 120),
    ]


def test_a_shortage_is_listed_once_where_everybody_in_it_needs_the_same_skill() -> None:
    people = "R1, X, 5, 60, coach:welsh\nR2, X, 5, 60, coach:welsh"
    assert len(bottlenecks(town("S3, X-1, 4, 10:00, 11:00", people), RULES)) == 1


# -- circuits -----------------------------------------------------------------------------------------------------


def test_the_smallest_sets_that_cannot_all_be_seen_come_first_and_lose_nobody() -> None:
    people = "R1, X, 5, 30\nR2, X, 5, 60\nR3, X, 5, 30\nR4, X, 5, 60\nR5, X, 5, 60"
    instance = town("S1, X-1, 1, 10:00, 12:00", people)
    found = circuits(instance, RULES, the_only(instance).people)
    minutes = {r: instance.people[r].minutes for r in instance.people}
    assert found
    for circuit in found:
        assert sum(minutes[r] for r in circuit) > 120
        assert all(sum(minutes[r] for r in circuit - {left_out}) <= 120 for left_out in circuit)
    assert len(found[0]) == 3


def test_there_is_no_such_set_where_the_count_works_out() -> None:
    assert circuits(town("S1, X-1, 1, 10:00, 12:00", "R1, X, 5, 60\nR2, X, 5, 60"), RULES, ["R1", "R2"]) == ()


# -- against every roster -----------------------------------------------------------------------------------------


def pressed(folder: Path) -> Path:
    """The folder with see-by dates that must be kept, and early ones for people who have none."""
    settings_file, referrals_file = folder / "settings.toml", folder / "referrals.csv"
    settings_file.write_text(settings_file.read_text("utf-8").replace('see_by = "prefer"', 'see_by = "must"'), "utf-8")
    with referrals_file.open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    for number, row in enumerate(table):
        row["see_by"] = max(row["see_by"], ("2027-03-12", "2027-03-11", "2027-03-10")[number % 3])
    with referrals_file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return folder


def held_in_time(world: World, plan: Plan, people: tuple[str, ...]) -> int:
    """Minutes of these people's appointments on or before their dates."""
    seen = [(world.referrals[a.referral_id], world.sessions[a.session_id].day) for a in plan.appointments]
    return sum(r.minutes for r, day in seen if r.referral_id in people and r.see_by is not None and day <= r.see_by)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=SEEDS)
def test_no_roster_holds_more_than_a_count_says_and_where_it_fails_there_is_none(seed: int) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = pressed(write_tiny(Path(root) / "tiny", seed))
        instance, world = read(folder).valid(), load(folder)
    found = bottlenecks(instance, RULES)
    plans = list(enumeration.every_roster(world, ("see_by", "presence", "pin", "budget")))
    in_time = any(not rule_breaks(world, plan, ["see_by"]) for plan in plans)
    assert not (found and in_time)
    for bottleneck in found:
        referrals = [world.referrals[r] for r in bottleneck.people]
        assert bottleneck.need_minutes == sum(r.minutes * r.count for r in referrals)
        most = max((held_in_time(world, plan, bottleneck.people) for plan in plans), default=0)
        assert most <= bottleneck.have_minutes < bottleneck.need_minutes
        used = {a.session_id for plan in plans for a in plan.appointments if a.referral_id in bottleneck.people}
        late = {s for s in used if all(r.see_by and world.sessions[s].day > r.see_by for r in referrals)}
        assert used - late <= set(bottleneck.sessions)
        assert complaints_of_a_sentence(bottleneck.says) == []


@settings(max_examples=40, deadline=None, derandomize=True)
@given(minutes=st.lists(st.sampled_from((30, 40, 60)), min_size=3, max_size=6), seed=st.integers(0, 3))
def test_nobody_can_be_left_out_of_a_set_that_cannot_all_be_seen(minutes: list[int], seed: int) -> None:
    sites = ("X", "X;Y", "Y")
    people = "\n".join(f"R{n}, {sites[(n + seed) % 3]}, 5, {length}" for n, length in enumerate(minutes))
    instance = town("S1, X-1, 1, 10:00, 11:40\nS2, Y-1, 1, 10:00, 11:10", people)
    everybody = tuple(instance.people)
    fails = {
        frozenset(some)
        for number in range(1, len(everybody) + 1)
        for some in combinations(everybody, number)
        if circuits(instance, RULES, some)
    }
    smallest = {some for some in fails if not any(other < some for other in fails)}
    found = circuits(instance, RULES, everybody)
    assert set(found) <= smallest
    assert bool(found) == (frozenset(everybody) in fails)
    assert [len(circuit) for circuit in found] == sorted(len(circuit) for circuit in found)


# -- whole regions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["islington", "islington-pilot", "cornwall", "ncl", "district"])
def test_nothing_is_short_in_the_shared_regions_that_have_a_roster(name: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the shared instances are not beside this repository")
    assert bottlenecks(read(SHARED / name).valid(), RULES) == ()


@pytest.mark.parametrize(
    "name", ["pilot", "borough", "tiny-interpreter", "tiny-one-room", "tiny-published", "tiny-two-towns"]
)
def test_nothing_is_short_in_the_example_regions_that_have_a_roster(name: str) -> None:
    assert bottlenecks(read(REPOSITORY / "instances" / name).valid(), RULES) == ()


def test_the_shared_region_with_too_few_rooms_is_short_by_290_minutes_on_5_march() -> None:
    folder = SHARED / "islington-infeasible"
    if not folder.exists():
        pytest.skip("the shared instances are not beside this repository")
    found = the_only(read(folder).valid())
    assert (len(found.people), found.sessions, found.need_minutes, found.have_minutes) == (
        9,
        ("S001", "S002"),
        540,
        250,
    )
    assert "only C01 could see them there, and C01 can be in only one of them at a time on 5 March 2027" in found.says


def test_the_example_region_without_a_roster_is_short_where_it_was_planted() -> None:
    found = the_only(read(REPOSITORY / "instances" / "pilot-infeasible").valid())
    assert (len(found.people), found.sessions, found.need_minutes, found.have_minutes) == (
        9,
        ("S001", "S002"),
        510,
        440,
    )
