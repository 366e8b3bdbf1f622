"""The generator of example regions: exact sizes, the same every time, ragged, and with a plan that keeps every rule."""

import csv
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from instances.deadlines import see_by, working_days_later
from instances.generate import UnknownRecipeError, generate, generate_with_plan, recipe_names, shortage_of
from instances.recipes import RECIPES
from instances.written import as_roster
from models import PREFERENCES, RULES
from roster.files.read import read
from roster.files.write import write_folder
from roster.instance import Instance
from roster.validity import faults_of
from roster.verify import verify
from tests.oracle.contract import broken_rules
from tests.oracle.reading import load

SMALL = ("tiny-one-room", "tiny-two-towns", "tiny-interpreter", "tiny-published", "pilot", "pilot-published")
LARGER = ("borough", "rural")
ENOUGH_SECONDS = "60"
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
@pytest.mark.parametrize("recipe", [*SMALL, *LARGER])
def test_the_hidden_plan_of_a_region_keeps_every_rule(recipe: str, seed: int) -> None:
    instance, plan = generate_with_plan(recipe, seed)
    verdict = verify(instance, as_roster(instance, plan), RULES, PREFERENCES)
    assert [finding.says for finding in (*verdict.form, *verdict.broken)] == []


@pytest.mark.parametrize("recipe", ["county", "district"])
def test_the_hidden_plan_of_a_large_region_keeps_every_rule(recipe: str) -> None:
    instance, plan = generate_with_plan(recipe, 1)
    assert verify(instance, as_roster(instance, plan), RULES, PREFERENCES).accepted


@pytest.mark.parametrize("recipe", [*SMALL, *LARGER])
def test_the_outside_checker_finds_nothing_wrong_with_a_hidden_plan(recipe: str, tmp_path: Path) -> None:
    instance, plan = generate_with_plan(recipe, 5)
    write_folder(instance, tmp_path / recipe)
    assert broken_rules(load(tmp_path / recipe), json.loads(as_roster(instance, plan).to_json())) == []


@pytest.mark.parametrize("recipe", [*SMALL, *LARGER, "pilot-short"])
def test_a_region_has_no_fault_and_reads_back_as_it_was(recipe: str, tmp_path: Path) -> None:
    instance = generate(recipe, 7)
    assert faults_of(instance) == []
    write_folder(instance, tmp_path / recipe)
    reading = read(tmp_path / recipe)
    assert reading.instance == instance
    assert reading.faults == ()


@pytest.mark.parametrize("recipe", [name for name in recipe_names() if name != "region"])
def test_a_region_is_as_large_as_its_recipe_says(recipe: str) -> None:
    instance, wanted = generate(recipe, 2), RECIPES[recipe]
    kinds = Counter(site.kind for site in instance.sites)
    assert len(instance.coaches) == wanted.coaches
    assert kinds["surgery"] == wanted.surgeries
    assert kinds["library"] == wanted.libraries
    assert len(instance.practices) == wanted.surgeries + wanted.shared_practices
    assert len(instance.rooms) == len(instance.sites) + wanted.second_rooms
    assert len(instance.referrals) == wanted.people
    assert wanted.sessions - len(instance.sessions) == (1 if wanted.told_on and _withdrawn(instance) else 0)


def test_a_region_of_five_districts_is_five_times_as_large_as_one() -> None:
    district, region = RECIPES["district"], RECIPES["region"]
    assert region.area.districts == 5
    for count in ("coaches", "surgeries", "libraries", "people"):
        assert getattr(region, count) == 5 * getattr(district, count)


@pytest.mark.parametrize("recipe", [*SMALL, "pilot-short", "borough"])
def test_the_same_recipe_and_seed_give_the_same_region(recipe: str) -> None:
    assert generate(recipe, 11).model_dump_json() == generate(recipe, 11).model_dump_json()


def test_another_seed_gives_another_region() -> None:
    assert generate("pilot", 1).sha256 != generate("pilot", 2).sha256


def test_a_recipe_that_is_not_there_is_an_error_that_names_the_others() -> None:
    with pytest.raises(UnknownRecipeError) as error:
        generate("village", 1)
    assert str(error.value) == f"There is no recipe 'village'. Choose one of: {', '.join(recipe_names())}."


@pytest.mark.parametrize("recipe", [*SMALL, *LARGER])
def test_everybody_whose_see_by_date_binds_has_a_place_in_the_hidden_plan_by_then(recipe: str) -> None:
    instance, plan = generate_with_plan(recipe, 3)
    seen = Counter(
        referral.referral_id
        for referral, session_id in plan.seats
        if referral.see_by is None or instance.session[session_id].date <= referral.see_by
    )
    assert all(seen[referral_id] == instance.people[referral_id].count for referral_id in instance.binding)


@pytest.mark.parametrize("recipe", ["pilot", "borough", "rural"])
def test_see_by_dates_that_bind_fill_most_of_the_hidden_plan_while_they_do(recipe: str) -> None:
    instance, plan = generate_with_plan(recipe, 1)
    bound = [(r, s) for r, s in plan.seats if r.referral_id in instance.binding]
    visited = {session_id for _, session_id in bound}
    time = sum(plan.visits[s].end - plan.visits[s].start for s in visited)
    assert sum(referral.minutes for referral, _ in bound) > 0.5 * time


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_region_cut_short_has_more_people_with_a_deadline_than_its_sessions_can_hold(seed: int) -> None:
    instance, shortage = generate("pilot-short", seed), shortage_of("pilot-short", seed)
    people = [instance.people[referral_id] for referral_id in shortage.people]
    assert {person.referral_id for person in people} <= instance.binding
    assert {person.see_by for person in people} == {shortage.by}
    accepted = {site_id for person in people for site_id in instance.accepted_sites(person)}
    first = min(instance.notice_ends(person) for person in people)
    usable = [
        s
        for s in instance.sessions
        if first <= s.date <= shortage.by
        and instance.site_of(s.session_id) in accepted
        and _longest(instance, s.session_id)
    ]
    assert tuple(s.session_id for s in usable) == shortage.sessions
    have = sum(_longest(instance, session_id) for session_id in shortage.sessions)
    need = sum(person.minutes * person.count for person in people)
    assert (need, have) == (shortage.need_minutes, shortage.have_minutes)
    assert need > have


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_region_cut_short_promises_a_site_one_session_more_than_anybody_can_hold(seed: int) -> None:
    instance, shortage = generate("pilot-short", seed), shortage_of("pilot-short", seed)
    offered = [s for s in instance.sessions if instance.site_of(s.session_id) == shortage.promised_to]
    usable = [s for s in offered if _longest(instance, s.session_id)]
    promised = instance.site[shortage.promised_to].min_sessions
    assert promised is not None
    assert len(usable) < promised <= len(offered)
    assert shortage.leave_day > shortage.by


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_region_cut_short_has_no_third_reason(seed: int) -> None:
    instance, plan = generate_with_plan("pilot-short", seed)
    shortage = shortage_of("pilot-short", seed)
    broken = verify(instance, as_roster(instance, plan), RULES, PREFERENCES).broken
    assert {f.fact for f in broken if f.rule == "see_by"} == {f"see_by:{r}" for r in shortage.people}
    assert {f.fact for f in broken if f.rule != "see_by"} == {f"presence:{shortage.promised_to}"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_of_the_two_reasons_is_enough_for_there_to_be_no_roster(seed: int, tmp_path: Path) -> None:
    instance, shortage = generate("pilot-short", seed), shortage_of("pilot-short", seed)
    without_promise = instance.replaced(
        sites=tuple(
            site.model_copy(update={"min_sessions": None}) if site.site_id == shortage.promised_to else site
            for site in instance.sites
        )
    )
    without_deadline = instance.replaced(
        referrals=tuple(
            referral.model_copy(update={"see_by": None}) if referral.referral_id in shortage.people else referral
            for referral in instance.referrals
        )
    )
    for name, region in (("no promise", without_promise), ("no deadline", without_deadline)):
        write_folder(region, tmp_path / name)
        assert _outside_answer(tmp_path / name) == "infeasible"


def test_only_a_region_cut_short_says_why() -> None:
    with pytest.raises(ValueError, match="The recipe 'pilot' is not short of anything"):
        shortage_of("pilot", 1)


def test_a_borough_is_ragged() -> None:
    instance = generate("borough", 6)
    a_day = Counter((row.coach_id, row.weekday) for row in instance.hours)
    spans = {(session.start, session.end) for session in instance.sessions}
    assert max(a_day.values()) == 2
    assert len({sum(1 for c, _ in a_day if c == coach) for coach in instance.coach}) > 1
    assert max(Counter(practice.site_id for practice in instance.practices).values()) > 1
    assert max(Counter(room.site_id for room in instance.rooms).values()) > 1
    assert {end - start > 6 * 60 for start, end in spans} == {True, False}
    assert _overlapping(instance)
    assert any(session.date in instance.bank_holidays for session in instance.sessions)
    assert {referral.band for referral in instance.referrals} == {"A", "B", "C"}
    assert {referral.minutes for referral in instance.referrals} == {30, 40, 60}
    assert {referral.consent for referral in instance.referrals} == {"yes", "no"}
    assert max(referral.count for referral in instance.referrals) > 1
    assert any(referral.away for referral in instance.referrals)
    assert any(referral.usual_coach for referral in instance.referrals)
    assert any(instance.needed(r, "interpreter") for r in instance.referrals)
    assert any(site.max_sessions for site in instance.sites)
    assert instance.pins
    assert instance.leave
    assert instance.settings.policy.budget_pounds


def test_roads_of_their_own_differ_by_direction() -> None:
    instance = generate("rural", 1)
    minutes = {(row.from_id, row.to_id): row.minutes for row in instance.travel}
    assert len(minutes) > 100
    assert all(minutes[b, a] != there or there == 1 for (a, b), there in minutes.items())


@pytest.mark.parametrize("recipe", ["tiny-published", "pilot-published"])
def test_a_month_that_is_half_over_has_history_and_names_what_is_gone(recipe: str) -> None:
    instance = generate(recipe, 8)
    told = instance.published
    assert told is not None
    assert instance.history
    assert instance.history_appointments
    assert {v.coach_id for v in told.visits} - set(instance.coach)
    assert {v.session_id for v in told.visits} - set(instance.session)
    assert {a.referral_id for a in told.appointments} - {r.referral_id for r in instance.referrals}
    assert any(r.referred_on > date(2027, 2, 19) for r in instance.referrals)
    assert told.objective == sum(told.costs.values()) > 0


def test_band_a_is_ten_working_days_or_day_28_of_the_absence_whichever_is_earlier() -> None:
    assert see_by("england", date(2027, 3, 15), "A", False, 3) == date(2027, 3, 31)
    assert see_by("england", date(2027, 2, 1), "A", False, 18) == date(2027, 2, 10)


def test_band_b_is_fifteen_working_days_and_bank_holidays_are_none() -> None:
    assert working_days_later("england", date(2027, 3, 15), 15) == date(2027, 4, 7)
    assert working_days_later("scotland", date(2027, 3, 15), 15) == date(2027, 4, 6)
    assert see_by("england", date(2027, 3, 15), "B", False, 19) == date(2027, 4, 7)


def test_band_c_and_follow_ups_are_28_days() -> None:
    assert see_by("wales", date(2027, 3, 1), "C", False, 19) == date(2027, 3, 29)
    assert see_by("wales", date(2027, 3, 1), "B", True, 19) == date(2027, 3, 29)


def test_no_place_is_a_real_one() -> None:
    known = SHARED / "data"
    if not known.is_dir():
        pytest.skip("the lists of real places are not there")
    real = set()
    for name in ("gp_practices_england.csv", "libraries_gb.csv"):
        with (known / name).open(encoding="utf-8") as file:
            real |= {row["name"].casefold() for row in csv.DictReader(file)}
    for recipe in (*SMALL, *LARGER, "county", "district"):
        instance = generate(recipe, 1)
        names = {site.name for site in instance.sites} | {practice.name for practice in instance.practices}
        assert real.isdisjoint(name.casefold() for name in names)


@pytest.mark.parametrize(
    ("recipe", "folder"), [("pilot", "islington-pilot"), ("borough", "islington"), ("rural", "cornwall")]
)
def test_a_region_resembles_the_one_that_it_is_modelled_on(recipe: str, folder: str) -> None:
    if not (SHARED / "instances" / folder).is_dir():
        pytest.skip("the folder to compare with is not there")
    real = read(SHARED / "instances" / folder).instance
    assert real is not None
    ours = [generate(recipe, seed) for seed in range(1, 6)]
    for measure in (_share_bound, _sites_accepted, _mean_minutes, _share_with_usual_coach):
        assert mean(measure(instance) for instance in ours) == pytest.approx(measure(real), rel=0.35)


def _share_bound(instance: Instance) -> float:
    return len(instance.binding) / len(instance.people)


def _sites_accepted(instance: Instance) -> float:
    return mean(len(instance.accepted_sites(person)) for person in instance.people.values())


def _mean_minutes(instance: Instance) -> float:
    return mean(person.minutes for person in instance.people.values())


def _share_with_usual_coach(instance: Instance) -> float:
    return mean(person.usual_coach is not None for person in instance.people.values())


def _outside_answer(folder: Path) -> str:
    """What the outside exact solver says, which has to run in a process of its own."""
    command = [sys.executable, "-m", "tests.oracle.exact", str(folder), "--time-limit", ENOUGH_SECONDS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["status"])


def _withdrawn(instance: Instance) -> bool:
    told = instance.published.visits if instance.published else ()
    return any(visit.session_id not in instance.session for visit in told)


def _longest(instance: Instance, session_id: str) -> int:
    """The minutes of the longest visit that any coach could make, counted from the rows of hours."""
    session = instance.session[session_id]
    if session.date in instance.bank_holidays:
        return 0
    weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[session.date.weekday()]
    away = {row.coach_id for row in instance.leave if row.first_day <= session.date <= row.last_day}
    lengths = [
        min(row.end, session.end) - max(row.start, session.start)
        for row in instance.hours
        if row.weekday == weekday and row.coach_id not in away
    ]
    return max((n for n in lengths if n >= instance.settings.policy.min_visit_minutes), default=0)


def _overlapping(instance: Instance) -> bool:
    return any(
        one.room_id == other.room_id and one.date == other.date and one.start < other.end and other.start < one.end
        for one in instance.sessions
        for other in instance.sessions
        if one.session_id < other.session_id
    )
