"""Many folders on this machine: what is written, what is tried again, what is kept, what Ctrl-C leaves."""

import json
import os
import signal
from pathlib import Path

import pytest

from models import PREFERENCES, RULES
from roster.domain import Roster
from roster.files import read, write_folder
from roster.many import run as many
from roster.many.pool import LocalPool
from roster.solve import Progress
from roster.summaries import Line, exit_code
from roster.verify import verify
from tests.many.runs import ASKED, INSTANCES, Kit, examples, killing
from tests.worlds import ragged_world


def roster_in(folder: Path) -> Roster:
    return Roster.model_validate_json((folder / "roster.json").read_text())


def record_in(folder: Path) -> Line:
    return Line.model_validate_json((folder / "result.json").read_text())


def test_every_folder_gets_a_roster_that_the_checker_accepts_and_a_record_beside_it(tmp_path: Path) -> None:
    lines = Kit(tmp_path, place=LocalPool(2)).run(examples("tiny-one-room", "tiny-two-towns"))
    for name, line in lines.items():
        roster, instance = roster_in(tmp_path / name), read(INSTANCES / name).valid()
        assert verify(instance, roster, RULES, PREFERENCES).accepted
        assert line == record_in(tmp_path / name)
        assert (line.outcome, line.tries, line.asked) == ("optimal", 1, ASKED)
        assert (line.objective, line.bound, line.gap) == (roster.objective, roster.bound, 0.0)
        assert line.people_seen == len(roster.appointments)
        assert line.instance_sha256 == instance.sha256
    assert exit_code(lines.values()) == 0


def test_a_folder_with_faults_and_one_without_a_roster_are_lines_of_their_own(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "no-roster")
    (tmp_path / "no-roster" / "pins.csv").write_text("coach_id,session_id\nC2,S4\n")
    write_folder(ragged_world(), tmp_path / "faulty")
    (tmp_path / "faulty" / "coaches.csv").unlink()
    folders = [tmp_path / "faulty", tmp_path / "nowhere", tmp_path / "no-roster", *examples("tiny-one-room")]
    lines = Kit(tmp_path / "out").run(folders)
    assert {name: line.outcome for name, line in lines.items()} == {
        "faulty": "invalid",
        "nowhere": "invalid",
        "no-roster": "infeasible",
        "tiny-one-room": "optimal",
    }
    assert lines["faulty"].says == "1 thing is wrong with this folder, so no roster was made."
    assert [fault.file for fault in lines["faulty"].faults] == ["coaches.csv"]
    assert {notice.file for notice in lines["no-roster"].warnings} >= {"referrals.csv"}
    assert not (tmp_path / "out" / "faulty" / "roster.json").exists()
    assert roster_in(tmp_path / "out" / "no-roster").compromise
    assert (lines["no-roster"].bound, lines["no-roster"].gap) == (None, None)
    assert exit_code(lines.values()) == 2


def test_the_summary_has_the_folders_in_the_order_given_and_the_totals(tmp_path: Path) -> None:
    Kit(tmp_path, place=LocalPool(2)).run(examples("tiny-two-towns", "tiny-one-room"))
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert [line["folder"] for line in summary["lines"]] == ["tiny-two-towns", "tiny-one-room"]
    totals = summary["totals"]
    assert totals["people"] == sum(line["people"] for line in summary["lines"])
    assert totals["people_seen"] == sum(line["people_seen"] for line in summary["lines"]) > 0
    assert (totals["mean_gap"], totals["largest_gap"], totals["outcomes"]) == (0.0, 0.0, {"optimal": 2})
    header, first, *_ = (tmp_path / "summary.csv").read_text().splitlines()
    assert header.startswith("folder,people,coaches,sessions,outcome,people_seen,objective,bound,gap,seconds,tries")
    assert first.startswith("tiny-two-towns,18,2,9,optimal,18,7303,7303,0,")


# -- what is lost ---------------------------------------------------------------------------------------------


def test_a_process_that_is_killed_costs_only_its_own_folder_which_is_tried_again(tmp_path: Path) -> None:
    pool = LocalPool(2)
    kit = Kit(tmp_path, place=pool, do=killing(pool, "tiny-one-room", 1))
    lines = kit.run(examples("tiny-one-room", "tiny-two-towns"))
    assert {name: (line.outcome, line.tries) for name, line in lines.items()} == {
        "tiny-one-room": ("optimal", 2),
        "tiny-two-towns": ("optimal", 1),
    }
    assert "tiny-one-room: the process was killed, as happens when memory runs out. It is tried again." in (
        kit.said.getvalue()
    )


def test_a_folder_whose_process_is_killed_each_time_is_lost_after_three_tries(tmp_path: Path) -> None:
    pool = LocalPool(1)
    lines = Kit(tmp_path, place=pool, do=killing(pool, "tiny-one-room", 9)).run(examples("tiny-one-room"))
    line = lines["tiny-one-room"]
    assert (line.outcome, line.tries) == ("lost", 3)
    assert line.says == (
        "Given up after 3 tries: each time the process ended without an answer. "
        "The last one was killed, as happens when memory runs out."
    )
    assert exit_code([line]) == 4
    assert not (tmp_path / "tiny-one-room" / "roster.json").exists()


def test_an_answer_that_fails_the_check_at_home_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = read(INSTANCES / "tiny-two-towns").valid()
    monkeypatch.setattr(many, "verify", lambda _, *rest: verify(other, *rest))
    line = Kit(tmp_path).run(examples("tiny-one-room"))["tiny-one-room"]
    assert (line.outcome, line.objective, exit_code([line])) == ("rejected", None, 1)
    assert not (tmp_path / "tiny-one-room" / "roster.json").exists()


# -- what is kept ---------------------------------------------------------------------------------------------


def test_what_is_done_is_kept_when_it_is_run_again_and_solved_again_when_asked(tmp_path: Path) -> None:
    folders = examples("tiny-one-room")
    first = Kit(tmp_path).run(folders)["tiny-one-room"]
    written = (tmp_path / "tiny-one-room" / "roster.json").stat().st_mtime_ns
    kit = Kit(tmp_path)
    second = kit.run(folders)["tiny-one-room"]
    assert second == first.model_copy(update={"kept": True})
    assert "tiny-one-room: done in an earlier run, kept." in kit.said.getvalue()
    assert (tmp_path / "tiny-one-room" / "roster.json").stat().st_mtime_ns == written
    assert not Kit(tmp_path).run(folders, again=True)["tiny-one-room"].kept
    assert (tmp_path / "tiny-one-room" / "roster.json").stat().st_mtime_ns > written


def test_other_options_other_data_or_a_roster_that_was_changed_are_solved_anew(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "world")
    out, folders = tmp_path / "out", [tmp_path / "world"]
    Kit(out).run(folders)
    assert not Kit(out, asked=ASKED.model_copy(update={"seed": 1})).run(folders)["world"].kept
    assert Kit(out, asked=ASKED.model_copy(update={"seed": 1})).run(folders)["world"].kept
    settings = tmp_path / "world" / "settings.toml"
    settings.write_text(settings.read_text().replace("visit = 17", "visit = 18"))
    asked = ASKED.model_copy(update={"seed": 1})
    assert not Kit(out, asked=asked).run(folders)["world"].kept
    (out / "world" / "roster.json").write_text("{}")
    assert not Kit(out, asked=asked).run(folders)["world"].kept


def test_a_roster_of_an_earlier_run_is_put_aside_where_there_is_none_now(tmp_path: Path) -> None:
    write_folder(ragged_world(), tmp_path / "world")
    out = tmp_path / "out"
    Kit(out).run([tmp_path / "world"])
    before = (out / "world" / "roster.json").read_text()
    (tmp_path / "world" / "coaches.csv").unlink()
    assert Kit(out).run([tmp_path / "world"])["world"].outcome == "invalid"
    assert not (out / "world" / "roster.json").exists()
    assert (out / "world" / "roster-before.json").read_text() == before


# -- Ctrl-C ---------------------------------------------------------------------------------------------------


def pressing_once_there_is_a_roster(kind: signal.Signals, times: int = 1) -> Kit:
    pressed: list[str] = []

    def press(name: str, progress: Progress) -> None:
        if progress.best is not None and len(pressed) < times:
            pressed.append(name)
            os.kill(os.getpid(), kind)

    return Kit(Path(), do=press)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_what_is_under_way_gives_the_best_it_has_and_the_rest_is_not_begun(
    tmp_path: Path, kind: signal.Signals
) -> None:
    kit = pressing_once_there_is_a_roster(kind)
    kit.out, kit.asked = tmp_path, ASKED.model_copy(update={"time_limit": 60.0})
    lines = kit.run(examples("borough", "tiny-one-room"))
    stopped, waiting = lines["borough"], lines["tiny-one-room"]
    roster = roster_in(tmp_path / "borough")
    assert (stopped.outcome, stopped.stopped) == ("feasible", True)
    assert stopped.seconds < 45
    assert stopped.says.startswith("Stopped by you. Checked, and at most")
    assert verify(read(INSTANCES / "borough").valid(), roster, RULES, PREFERENCES).accepted
    assert (waiting.outcome, waiting.stopped, waiting.tries) == ("unknown", True, 0)
    assert waiting.says == "Stopped by you before it was begun."
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert [line["folder"] for line in summary["lines"]] == ["borough", "tiny-one-room"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_was_stopped_is_solved_when_it_is_run_again(tmp_path: Path) -> None:
    def press(_: str, __: Progress) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    first = Kit(tmp_path, do=press).run(examples("tiny-one-room"))["tiny-one-room"]
    assert first.stopped
    second = Kit(tmp_path).run(examples("tiny-one-room"))["tiny-one-room"]
    assert (second.outcome, second.kept) == ("optimal", False)


def test_ctrl_c_again_does_not_wait(tmp_path: Path) -> None:
    class Deaf(LocalPool):
        """Does not ask for the best so far: the second press comes in its place."""

        def stop(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    pool = Deaf(1)
    kit = Kit(tmp_path, place=pool, do=lambda _, __: os.kill(os.getpid(), signal.SIGINT))
    line = kit.run(examples("borough"))["borough"]
    assert (line.outcome, line.stopped) == ("unknown", True)
    assert line.says == "Stopped by you before a roster was found or ruled out."
    assert pool.process_ids() == {}
