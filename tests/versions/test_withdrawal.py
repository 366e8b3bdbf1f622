"""Consent withdrawn leaves no trace in any file of the folder but a number, wherever the process ends."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from roster.domain import Roster
from roster.files import read
from roster.files.together import change
from roster.files.versions import Version, versions_of
from roster.files.withdrawal import Withdrawal, withdraw
from tests.versions.kill import ENDED, ENDS, End, copy_of, counted_calls
from tests.versions.region import ALONE, PAIR, SIGNS

REPAIR = {
    "schema": "repair/1",
    "says": f"{PAIR} is seen by another coach.",
    "edits": [
        {"op": "remove_referral", "referral_id": PAIR},
        {"op": "set", "table": "referrals", "id": PAIR, "field": "see_by", "value": None},
        {"op": "remove_session", "session_id": "S2"},
    ],
    "messages": [{"referral_id": PAIR, "says": "It is moved."}, {"referral_id": ALONE, "says": f"After {PAIR}."}],
    "people": [PAIR, ALONE],
    "now": [{"session_id": "S1", "coach_id": "C1", "referral_ids": [PAIR, ALONE]}],
    "by_referral": {PAIR: 1, ALONE: 2},
    "breaks": [{"rule": "see_by", "fact": f"see_by:{PAIR}", "amount": 1, "says": f"{PAIR} is late."}],
}


@pytest.fixture
def told(folder: Path, best: Roster) -> Path:
    """The folder with rosters of every kind in it: two versions, a repair, a roster below, and things left over."""
    versions = [
        Version.model_validate(
            {
                "number": number,
                "published_at": "2027-02-26T09:00:00Z",
                "as_of": "2027-02-26",
                "approved_by": "regional-manager",
                "instance_sha256": best.instance_sha256,
                "known_faults": (f"{PAIR} is seen late.",),
                "roster": best,
            }
        )
        for number in (1, 2)
    ]
    change(folder, {f"published/000{v.number}.json": v.to_json().encode() for v in versions})
    (folder / "published.json").write_text(best.to_json())
    (folder / "below" / "deeper").mkdir(parents=True)
    (folder / "below" / "deeper" / "roster.json").write_text(best.to_json())
    (folder / "repair.json").write_text(json.dumps(REPAIR))
    (folder / ".roster.json.0123abcd.partly").write_text(best.to_json())
    (folder / ".changing.0123abcd.partly").mkdir()
    (folder / ".changing.0123abcd.partly" / "published.json").write_text(best.to_json())
    return folder


def every_byte(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, hidden and temporary ones as well, with its name before what it holds."""
    for path in sorted(folder.rglob("*")):
        yield path.relative_to(folder).as_posix(), path.name.encode() + (path.read_bytes() if path.is_file() else b"")


def holders(folder: Path, referral_id: str) -> list[str]:
    """The files in which the id stands."""
    return [name for name, content in every_byte(folder) if referral_id.encode() in content]


# -- no trace -------------------------------------------------------------------------------------------------


def test_no_byte_of_any_file_tells_of_a_referral_that_was_withdrawn(told: Path) -> None:
    assert len(holders(told, PAIR)) == 8
    result = withdraw(told, [PAIR])
    assert holders(told, PAIR) == []
    assert (result.referrals, result.left, result.unread) == (1, (), ())
    assert PAIR not in result.model_dump_json()
    assert set(result.changed) == {
        "referrals.csv",
        "published.json",
        "published/0001.json",
        "published/0002.json",
        "below/deeper/roster.json",
        "repair.json",
    }


def test_every_other_person_is_where_they_were(told: Path, best: Roster) -> None:
    before = read(told).valid()
    withdraw(told, [PAIR])
    after = read(told).valid()
    assert [r.referral_id for r in after.referrals] == [ALONE, SIGNS]
    assert after.referrals == before.referrals[1:]
    assert after.published == best.model_copy(
        update={"appointments": tuple(a for a in best.appointments if a.referral_id != PAIR)}
    )
    assert [version.roster for version in versions_of(told)] == [after.published, after.published]


def test_each_version_counts_the_people_that_it_has_lost_and_names_nobody(told: Path) -> None:
    withdraw(told, [PAIR])
    assert [(v.withdrawn, v.known_faults) for v in versions_of(told)] == [(2, ("(withdrawn) is seen late.",))] * 2
    withdraw(told, [ALONE])
    assert [version.withdrawn for version in versions_of(told)] == [3, 3]
    withdraw(told, [PAIR, ALONE])
    assert [version.withdrawn for version in versions_of(told)] == [3, 3]


def test_of_a_repair_goes_what_is_about_the_person_and_what_is_about_others_stays(told: Path) -> None:
    withdraw(told, [PAIR])
    assert json.loads((told / "repair.json").read_text()) == {
        "schema": "repair/1",
        "says": "(withdrawn) is seen by another coach.",
        "edits": [{"op": "remove_session", "session_id": "S2"}],
        "messages": [{"referral_id": ALONE, "says": "After (withdrawn)."}],
        "people": [ALONE],
        "now": [{"session_id": "S1", "coach_id": "C1", "referral_ids": [ALONE]}],
        "by_referral": {ALONE: 2},
        "breaks": [],
    }


def test_several_are_withdrawn_at_once(told: Path) -> None:
    assert withdraw(told, [PAIR, SIGNS]).referrals == 2
    assert [holders(told, referral_id) for referral_id in (PAIR, SIGNS)] == [[], []]


# -- never conditional ----------------------------------------------------------------------------------------


def test_an_id_that_is_nowhere_is_as_it_should_be(told: Path) -> None:
    shutil.rmtree(told / ".changing.0123abcd.partly")
    (told / ".roster.json.0123abcd.partly").unlink()
    before = list(every_byte(told))
    assert withdraw(told, ["NOBODY-1"]) == Withdrawal()
    assert withdraw(told, []) == Withdrawal()
    assert list(every_byte(told)) == before


def test_it_is_done_also_where_the_data_have_faults(told: Path) -> None:
    (told / "coaches.csv").unlink()
    (told / "settings.toml").write_text("this is no TOML")
    assert withdraw(told, [PAIR]).referrals == 1
    assert holders(told, PAIR) == []


def test_a_workbook_is_no_folder(told: Path) -> None:
    with pytest.raises(NotADirectoryError):
        withdraw(told / "published.json", [PAIR])


def test_the_other_rows_of_the_table_stay_as_they_are_to_the_byte(told: Path) -> None:
    table = told / "referrals.csv"
    header = b"\xef\xbb\xbfreferral_id,practice_id,referred_on,band,minutes,consent,away\r\n"
    other = b'"ALONE-4402",PX,2027-02-03,"C",60,yes,"2027-03-04;\n2027-03-05"\r\n'
    last = b" PAIR-77812,PX,2027-02-03,C,60,yes,"
    table.write_bytes(header + b'"PAIR-7781",PX,2027-02-03,"C",60,yes,"2027-03-04;\n2027-03-05"\r\n' + other + last)
    withdraw(told, [PAIR])
    assert table.read_bytes() == header + other + last


def test_an_id_inside_a_longer_one_is_another_id(told: Path) -> None:
    withdraw(told, ["PAIR"])
    assert len(holders(told, PAIR)) == 6


def test_a_coach_who_is_called_the_same_stays(told: Path, best: Roster) -> None:
    changed = best.to_json().replace(PAIR, "C1")
    (told / "below" / "deeper" / "roster.json").write_text(changed)
    withdraw(told, ["C1"])
    kept = Roster.model_validate_json((told / "below" / "deeper" / "roster.json").read_text())
    assert kept.visits == best.visits
    assert [a.referral_id for a in kept.appointments] == [SIGNS]


# -- what cannot be cleaned -----------------------------------------------------------------------------------


def test_files_that_cannot_be_cleaned_are_named_without_the_id(told: Path) -> None:
    (told / "letter.txt").write_text(f"See {PAIR}, and nobody else.")
    (told / "page.xls").write_bytes(b"x" + f"See {PAIR}.".encode("utf-16-le"))
    (told / f"{PAIR}.ics").write_text("BEGIN:VCALENDAR")
    (told / "broken.json").write_text('{"schema": "roster/1", "appointments": [{"referral_id": "PAIR-7781"')
    (told / "plan.pdf").write_bytes(b"%PDF-1.7")
    (told / "longer.txt").write_text(f"{PAIR}2 and X-{PAIR}")
    with zipfile.ZipFile(told / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{PAIR}</t>")
    result = withdraw(told, [PAIR])
    assert result.left == ("(withdrawn).ics", "book.xlsx", "broken.json", "letter.txt", "page.xls")
    assert result.unread == ("plan.pdf",)
    assert (told / "letter.txt").read_text() == f"See {PAIR}, and nobody else."


def test_a_table_that_cannot_be_told_into_rows_is_named(told: Path) -> None:
    (told / "referrals.csv").write_text(f'referral_id\n{PAIR}\n"open')
    assert withdraw(told, [PAIR]).left == ("referrals.csv",)


# -- wherever it ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_wherever_it_ends_the_person_is_in_every_file_or_in_none(told: Path, end: End) -> None:
    found = set()
    for number in range(1, counted_calls(partial(withdraw, copy_of(told, 0), [PAIR])) + 1):
        copy = copy_of(told, number)
        assert end(partial(withdraw, copy, [PAIR]), number) == ENDED
        published = read(copy).valid().published
        names = [name for name in holders(copy, PAIR) if ".partly" not in name]
        found.add(len(names))
        assert published is not None
        assert (PAIR in published.to_json()) == bool(names)
        withdraw(copy, [PAIR])
        assert holders(copy, PAIR) == []
    assert found == {0, 6}
