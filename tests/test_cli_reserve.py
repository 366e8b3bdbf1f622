"""The command roster solve --reserve: what it writes, says and ends with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import roster.solve
from models import PREFERENCES, RULES
from models.appointments.reserve import reserve
from roster.commands.holding import share_of
from roster.domain import Outcome, Roster
from roster.fault import InvalidInput
from roster.files import read
from roster.inputs import roster_at
from roster.instance import Instance
from roster.solve import Progress, Result
from roster.verify import verify
from tests.pages import ROOT, text_of
from tests.rosters import ragged_compromise, ragged_roster
from tests.test_cli import answer, run
from tests.test_cli_solve import folder as folder
from tests.worlds import ragged_world

TOWNS = ROOT / "instances" / "tiny-two-towns"
Come = Callable[..., list[tuple[str, ...]]]


@pytest.fixture
def come(monkeypatch: pytest.MonkeyPatch) -> Come:
    """Makes the two searches end with these results; the names of the rules that each was given."""

    def end_with(*results: Result) -> list[tuple[str, ...]]:
        left, asked = list(results), []

        def search(
            _: Instance, rules: tuple[object, ...], *__: object, tell: Callable[[Progress], None], **___: object
        ) -> Result:
            asked.append(tuple(str(getattr(rule, "name", "")) for rule in rules))
            tell(Progress(seconds=1.0, time_left=29.0, best=None, bound=None, says="looking for a first roster"))
            return left.pop(0)

        monkeypatch.setattr(roster.solve, "solve", search)
        return asked

    return end_with


def ending(outcome: Outcome, found: Roster | None = None, says: str = "") -> Result:
    """How a search ends."""
    return Result(outcome, found, says or f"It is {outcome}.", 1.0)


def test_solve_holds_a_tenth_back_and_says_what_that_costs_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("solve", TOWNS, "--reserve", "10%", "--workers", "1", "--json")
    found, instance = roster_at(Path("roster.json")), read(TOWNS).valid()
    said = answer(result)
    held = said["reserve"]
    assert result.exit_code == 0
    assert verify(instance, found, RULES, PREFERENCES).accepted
    assert list(reserve(share_of("0.1")).check(instance, found)) == []
    assert (held["share"], held["outcome"], held["bound"]) == (0.1, "optimal", found.objective)
    assert held["without"]["objective"] == held["without"]["bound"] == found.bound < found.objective
    price = found.objective - found.bound
    assert (held["without"]["costs_at_least"], held["without"]["costs_at_most"]) == (price, price)
    assert held["says"].partition(".")[0] in text_of(ROOT / "docs" / "after_publishing.md")
    assert found.outcome == "feasible"
    assert "reserve" not in json.loads(Path("roster.json").read_text())
    assert all(week["places"] * 9 >= week["appointments"] for week in held["weeks"])
    Path("answer.json").write_text(result.stdout)
    assert run("check", TOWNS, "answer.json").exit_code == 0


def test_the_summary_ends_with_the_places_of_each_week_and_the_price(folder: Path, come: Come) -> None:
    world = read(folder).valid()
    kept = ragged_roster(world, bound=6_300, outcome="feasible")
    asked = come(
        ending("feasible", kept, "Stopped by you. Checked, and at most 0.4% from the best possible."),
        ending("optimal", ragged_roster(world, objective=6_200, bound=6_200)),
    )
    result = run("solve", folder, "--reserve", "0.1")
    assert asked == [(*(rule.name for rule in RULES), "reserve"), tuple(rule.name for rule in RULES)]
    assert "Stopped by you. Checked, and at most 0.4% from the best possible of those that hold back 10% of each" in (
        result.stdout
    )
    assert "Places held back, of 60 minutes each" in result.stdout
    assert "Holding back costs between 100 and 123 minutes of coach time" in result.stdout
    assert "Places held back: looking for a first roster" in result.stderr


def test_a_roster_is_called_best_in_its_file_only_where_holding_back_costs_nothing(folder: Path, come: Come) -> None:
    world = read(folder).valid()
    best = ragged_roster(world)
    come(ending("optimal", best), ending("optimal", best))
    assert run("solve", folder, "--reserve", "0.1").exit_code == 0
    assert roster_at(Path("roster.json")).outcome == "optimal"


def test_a_reason_that_rests_on_a_proof_says_which_rosters_it_is_about(folder: Path, come: Come) -> None:
    world = read(folder).valid()
    kept = ragged_roster(world)
    outranked = tuple(u.model_copy(update={"reason": "Outranked: others are seen there."}) for u in kept.unseen)
    come(ending("optimal", kept.model_copy(update={"unseen": outranked})), ending("optimal", ragged_roster(world)))
    run("solve", folder, "--reserve", "0.1")
    (unseen,) = roster_at(Path("roster.json")).unseen
    assert unseen.reason == ("Outranked: others are seen there. Rosters that hold back less than 10% were not asked.")


def test_where_nothing_can_be_held_back_it_is_said_that_there_is_a_roster_without(folder: Path, come: Come) -> None:
    come(ending("infeasible", ragged_compromise(ragged_world())), ending("optimal", ragged_roster(ragged_world())))
    result = run("solve", folder, "--reserve", "40%")
    assert result.exit_code == 3
    assert " ".join(result.stdout.split()) == (
        "A tiny world, March 2027 No roster both keeps every rule and holds back 40% of each week's places. "
        "There is a roster that does not hold back 40%: hold back less, or leave out --reserve."
    )
    assert not Path("roster.json").exists()


def test_where_time_ran_out_with_places_held_back_nothing_is_claimed_of_them(folder: Path, come: Come) -> None:
    come(ending("unknown"), ending("feasible", ragged_roster(ragged_world())))
    result = run("solve", folder, "--reserve", "40%", "--json")
    assert (result.exit_code, answer(result)["outcome"]) == (4, "unknown")
    assert answer(result)["says"].startswith("No roster that holds back 40% was found in time or ruled out.")


def test_where_no_roster_keeps_every_rule_the_compromise_is_the_usual_one(folder: Path, come: Come) -> None:
    compromise = ragged_compromise(read(folder).valid())
    come(ending("infeasible", compromise), ending("infeasible", compromise))
    result = run("solve", folder, "--reserve", "40%", "--json")
    assert (result.exit_code, answer(result)["compromise"]) == (3, True)
    assert "reserve" not in answer(result)


def test_an_answer_that_fails_the_checker_ends_it(folder: Path, come: Come) -> None:
    asked = come(ending("rejected"))
    assert run("solve", folder, "--reserve", "40%").exit_code == 1
    assert len(asked) == 1


def test_more_than_can_be_held_back_is_refused_for_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("solve", TOWNS, "--reserve", "0.9", "--workers", "1", "--json")
    assert result.exit_code == 3
    assert "No roster both keeps every rule and holds back 90% of each week's places." in answer(result)["says"]


@pytest.mark.parametrize("share", ["0", "1", "100%", "-0.1", "a tenth", "1e-1", "", "%", "0,1"])
def test_what_is_no_share_is_refused(folder: Path, share: str) -> None:
    result = run("solve", folder, f"--reserve={share}")
    assert result.exit_code == 2
    assert f"This is not a share between 0 and 1: {share!r}. Write a share such as 0.1 or 10%." in result.stderr


def test_a_share_with_too_many_decimals_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"this share has too many decimals \('0.1234'\). Write at most three"):
        share_of("0.1234")


@pytest.mark.parametrize(("text", "share"), [("0.1", "1/10"), (".25", "1/4"), ("10%", "1/10"), ("12.5 %", "1/8")])
def test_a_share_is_a_number_or_a_percentage(text: str, share: str) -> None:
    assert str(share_of(text)) == share
