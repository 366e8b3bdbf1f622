"""A roster is published with all that goes with it, or nothing happens; what has happened is never written anew."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from models import PREFERENCES, RULES
from roster.answers_of_versions import Published
from roster.approval import OTHER_DATA
from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.files import read, write_workbook
from roster.files.versions import Version, versions_of
from roster.instance import Instance
from roster.publishing import Request, publish
from roster.verify import breaks_of, verify
from tests.versions.kill import ENDED, ENDS, End, copy_of, counted_calls
from tests.versions.region import ALONE, PAIR, SIGNS, best_roster, is_accepted, other_roster, rewriting_roster
from tests.versions.test_withdrawal import every_byte

NOW = datetime(2027, 2, 26, 9, 30, 15, 400, tzinfo=UTC)
LATER = date(2027, 3, 4)
LEAVE = {"op": "add_leave", "coach_id": "C2", "first_day": "2027-03-10", "last_day": "2027-03-10"}

Publish = Callable[..., Published]


@pytest.fixture
def publishes(folder: Path) -> Publish:
    """Publishes a roster in the folder."""

    def made(roster: Roster, *edits: dict[str, object], **options: object) -> Published:
        file = folder.parent / "roster.json"
        file.write_text(roster.to_json())
        if edits:
            (folder.parent / "edits.json").write_text(json.dumps(edits))
            options["edits"] = folder.parent / "edits.json"
        return publish(Request(folder, file, **options), RULES, PREFERENCES, NOW)  # type: ignore[arg-type]  # of tests

    return made


def told(folder: Path) -> Roster | None:
    """What people are told."""
    return read(folder).valid().published


def later(folder: Path, day: date = LATER) -> Instance:
    """The folder's data on a later day."""
    instance = read(folder).valid()
    return instance.replaced(settings=instance.settings.model_copy(update={"as_of": day}))


def fault_of(error: pytest.ExceptionInfo[InvalidInput]) -> Fault:
    """The only fault."""
    (fault,) = error.value.faults
    return fault


# -- versions -------------------------------------------------------------------------------------------------


def test_the_first_roster_is_version_1_with_when_who_and_of_which_data(
    folder: Path, instance: Instance, best: Roster, publishes: Publish
) -> None:
    answer = publishes(best, by="C01")
    assert (answer.outcome, answer.number, answer.findings, answer.notes) == ("published", 1, (), ())
    assert answer.says == "Version 1 is published: it is what people are told from now on."
    assert set(answer.files) == {"published/0001.json", "published.json"}
    assert versions_of(folder) == (
        Version(
            number=1,
            published_at=NOW.replace(microsecond=0),
            as_of=instance.settings.as_of,
            approved_by="C01",
            instance_sha256=instance.sha256,
            roster=best,
        ),
    )
    assert told(folder) == best


def test_the_next_roster_is_the_next_version_and_the_one_before_stays_to_the_byte(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    publishes(best)
    first = (folder / "published" / "0001.json").read_bytes()
    other = other_roster(read(folder).valid())
    assert publishes(other).number == 2
    assert (folder / "published" / "0001.json").read_bytes() == first
    assert [version.roster for version in versions_of(folder)] == [best, other]
    assert told(folder) == other


def test_the_same_roster_again_is_no_new_version(folder: Path, best: Roster, publishes: Publish) -> None:
    publishes(best)
    before = list(every_byte(folder))
    answer = publishes(best, by="somebody-else", as_of=date(2027, 2, 26))
    assert (answer.outcome, answer.number, answer.files) == ("unchanged", 1, ())
    assert answer.says == "This roster is version 1 already. Nothing was changed."
    assert list(every_byte(folder)) == before


def test_the_same_roster_on_a_later_day_only_moves_the_day(folder: Path, best: Roster, publishes: Publish) -> None:
    publishes(best)
    answer = publishes(best, as_of=LATER)
    assert (answer.outcome, answer.files) == ("unchanged", ("settings.toml",))
    assert "The day of the data is now 4 March 2027" in answer.says
    assert read(folder).valid().settings.as_of == LATER
    assert len(versions_of(folder)) == 1


def test_a_roster_that_was_told_before_there_were_versions_is_one_of_its_own(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    (folder / "published.json").write_text(best.to_json())
    other = other_roster(read(folder).valid())
    answer = publishes(other)
    assert answer.number == 2
    first, second = versions_of(folder)
    assert (first.approved_by, first.roster, first.as_of) == ("not-recorded", best, date(2027, 2, 26))
    assert (second.approved_by, second.roster) == ("regional-manager", other)


def test_a_roster_that_was_told_and_is_published_now_is_one_version_only(
    folder: Path, publishes: Publish, instance: Instance
) -> None:
    (folder / "published.json").write_text(best_roster(instance).to_json())
    answer = publishes(best_roster(instance))
    assert (answer.outcome, answer.number, answer.notes) == ("published", 1, (OTHER_DATA,))
    assert [version.approved_by for version in versions_of(folder)] == ["regional-manager"]


def test_a_version_that_somebody_changed_is_named(folder: Path, best: Roster, publishes: Publish) -> None:
    publishes(best)
    path = folder / "published" / "0001.json"
    path.write_text(path.read_text().replace('"number": 1', '"number": 7', 1))
    with pytest.raises(InvalidInput) as error:
        publishes(best)
    fault = fault_of(error)
    assert (fault.file, fault.column) == ("published/0001.json", "number")
    assert fault.says == "this is the number of another version"


# -- what is refused ------------------------------------------------------------------------------------------


def test_a_roster_that_breaks_a_rule_is_refused_unless_it_is_known(
    folder: Path, instance: Instance, publishes: Publish
) -> None:
    late = rewriting_roster(instance)
    before = list(every_byte(folder))
    answer = publishes(late)
    assert (answer.outcome, answer.number, answer.files) == ("refused", None, ())
    assert "see_by" in {finding.rule for finding in answer.findings}
    assert answer.says.endswith("To publish it all the same, add --i-know: they are then kept with the version.")
    assert list(every_byte(folder)) == before
    answer = publishes(late, i_know=True)
    assert answer.outcome == "published"
    assert versions_of(folder)[0].known_faults == tuple(finding.says for finding in answer.findings) != ()


def test_a_compromise_is_refused_unless_it_is_known_with_what_it_breaks(
    folder: Path, instance: Instance, publishes: Publish
) -> None:
    compromise = best_roster(instance).model_copy(update={"visits": (), "appointments": ()})
    unseen = [u | {"reason": "No session is left."} for u in _everybody(instance)]
    texts = json.loads(compromise.to_json()) | {"unseen": unseen}
    compromise = _with_breaks(instance, Roster.model_validate(texts))
    assert is_accepted(instance, compromise)
    answer = publishes(compromise)
    assert (answer.outcome, {f.rule for f in answer.findings}) == ("refused", {"see_by", "presence"})
    assert publishes(compromise, i_know=True).known_faults == tuple(entry.says for entry in compromise.breaks)
    assert told(folder) == compromise


@pytest.mark.parametrize("i_know", [False, True])
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"month": "2027-04"}, "The roster is for 2027-04, the instance for 2027-03."),
        ({"visits": [{"coach_id": "C9", "session_id": "S1", "start": "08:30", "end": "10:30"}]}, "C9"),
    ],
)
def test_another_month_or_what_is_not_in_the_data_is_refused_always(
    folder: Path, best: Roster, publishes: Publish, changes: dict[str, object], says: str, i_know: bool
) -> None:
    before = list(every_byte(folder))
    answer = publishes(Roster.model_validate(json.loads(best.to_json()) | changes), i_know=i_know)
    assert answer.outcome == "refused"
    assert any(says in finding.says for finding in answer.findings)
    assert answer.says.endswith("What has happened, who is in the data and who agreed cannot be set aside.")
    assert list(every_byte(folder)) == before


def test_people_without_consent_are_published_by_nobody(folder: Path, best: Roster, publishes: Publish) -> None:
    withheld = {"op": "set", "table": "referrals", "id": PAIR, "field": "consent", "value": "no"}
    answer = publishes(best, withheld, i_know=True)
    assert answer.outcome == "refused"
    assert "consent" in {finding.rule for finding in answer.findings}
    assert told(folder) is None


def test_a_roster_made_from_other_data_says_so(best: Roster, publishes: Publish) -> None:
    answer = publishes(best.model_copy(update={"instance_sha256": "0" * 64}))
    assert (answer.outcome, answer.notes) == ("published", (OTHER_DATA,))


@pytest.mark.parametrize("by", ["Ann Example", "ann@example.org", "07700 900123", "07700900123", "", "a;b", "x" * 81])
def test_a_name_a_number_or_an_address_approves_nothing(best: Roster, publishes: Publish, by: str) -> None:
    with pytest.raises(InvalidInput) as error:
        publishes(best, by=by)
    fault = fault_of(error)
    assert (fault.file, fault.value, fault.says) == ("--by", None, "this is not the id of a role")
    assert fault.do == "Write one word, for example regional-manager. Never write a name."


def test_a_workbook_is_refused_with_what_to_do(folder: Path) -> None:
    book = folder.parent / "region.xlsx"
    write_workbook(read(folder).valid(), book)
    with pytest.raises(InvalidInput) as error:
        publish(Request(book, folder), RULES, PREFERENCES, NOW)
    fault = fault_of(error)
    assert fault.says == "versions are kept in a folder, and this is one file"
    assert fault.do == (
        "Write it as a folder first, with none.json holding []: roster edit region.xlsx none.json --out FOLDER."
    )


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there is no such folder or workbook"):
        publish(Request(tmp_path / "nowhere", tmp_path / "roster.json"), RULES, PREFERENCES, NOW)


# -- the day, and what has happened ---------------------------------------------------------------------------


def test_the_day_moves_in_the_settings_and_nothing_else_of_them(folder: Path, best: Roster, publishes: Publish) -> None:
    settings = folder / "settings.toml"
    text = settings.read_text().replace("as_of = 2027-02-26", "# as_of = 1\r\nas_of   =   2027-02-26  # Friday")
    settings.write_bytes(text.encode())
    answer = publishes(best, as_of=date(2027, 2, 27))
    assert answer.outcome == "published"
    assert settings.read_bytes() == text.replace("2027-02-26  #", "2027-02-27  #").encode()
    assert versions_of(folder)[0].as_of == date(2027, 2, 27)


def test_a_roster_of_these_data_is_judged_as_of_its_own_day_where_the_day_has_moved_on(
    folder: Path, instance: Instance, best: Roster, publishes: Publish
) -> None:
    day = date(2027, 3, 1)
    assert not is_accepted(later(folder, day), best)
    assert publishes(best.model_copy(update={"instance_sha256": "0" * 64}), as_of=day).outcome == "refused"
    answer = publishes(best, as_of=day)
    assert (answer.outcome, answer.notes, answer.known_faults) == ("published", (), ())
    assert (versions_of(folder)[0].as_of, versions_of(folder)[0].instance_sha256) == (day, instance.sha256)


@pytest.mark.parametrize("i_know", [False, True])
def test_what_has_happened_is_written_anew_by_nobody(
    folder: Path, best: Roster, publishes: Publish, i_know: bool
) -> None:
    publishes(best)
    anew = rewriting_roster(later(folder))
    before = list(every_byte(folder))
    answer = publishes(anew, as_of=LATER, i_know=i_know)
    assert (answer.outcome, {finding.rule for finding in answer.findings}) == ("refused", {"history"})
    assert any(finding.says.startswith(f"{PAIR} was seen in session S1") for finding in answer.findings)
    assert list(every_byte(folder)) == before


def test_a_roster_with_the_same_history_is_published_on_a_later_day(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    publishes(best)
    other = other_roster(later(folder))
    assert publishes(other, as_of=LATER).outcome == "published"
    assert [version.as_of for version in versions_of(folder)] == [date(2027, 2, 26), LATER]
    assert read(folder).valid().settings.as_of == LATER


def test_the_day_does_not_go_back(folder: Path, best: Roster, publishes: Publish) -> None:
    publishes(best, as_of=date(2027, 2, 27))
    with pytest.raises(InvalidInput) as error:
        publishes(other_roster(read(folder).valid()), as_of=date(2027, 2, 26))
    fault = fault_of(error)
    assert (fault.file, fault.value) == ("--as-of", "2027-02-26")
    assert fault.says == "the published roster is as of 27 February 2027, and this is before it"
    settings = folder / "settings.toml"
    settings.write_text(settings.read_text().replace("2027-02-27", "2027-02-20"))
    with pytest.raises(InvalidInput, match=r"settings\.toml, as_of: the published roster is as of 27 February 2027"):
        publishes(other_roster(read(folder).valid()))


# -- edits ----------------------------------------------------------------------------------------------------


def test_edits_rewrite_the_tables_that_they_change_and_no_others(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    before = dict(every_byte(folder))
    answer = publishes(best, LEAVE)
    assert (answer.outcome, answer.notes) == ("published", (OTHER_DATA,))
    assert set(answer.files) == {"published/0001.json", "published.json", "leave.csv"}
    after = dict(every_byte(folder))
    assert {name for name in before if before[name] != after[name]} == {"leave.csv"}
    assert len(read(folder).valid().leave) == 2


def test_edits_of_policy_rewrite_the_settings(folder: Path, best: Roster, publishes: Publish) -> None:
    edit = {"op": "set_policy", "field": "break_minutes", "value": 31}
    assert "settings.toml" in publishes(best, edit, as_of=date(2027, 2, 26)).files
    assert read(folder).valid().settings.policy.break_minutes == 31


def test_edits_stay_undone_where_the_roster_is_refused(folder: Path, best: Roster, publishes: Publish) -> None:
    before = list(every_byte(folder))
    answer = publishes(best, {"op": "remove_session", "session_id": "S4"}, i_know=True)
    assert answer.outcome == "refused"
    assert list(every_byte(folder)) == before


def test_consent_is_withdrawn_whatever_becomes_of_the_roster(folder: Path, best: Roster, publishes: Publish) -> None:
    publishes(best)
    (folder / "plan.pdf").write_bytes(b"%PDF-1.7")
    answer = publishes(other_roster(read(folder).valid()), {"op": "remove_referral", "referral_id": PAIR})
    assert answer.outcome == "refused"
    assert answer.withdrawal is not None
    assert answer.withdrawal.referrals == 1
    assert PAIR not in answer.model_dump_json()
    assert [name for name, content in every_byte(folder) if PAIR.encode() in content] == []
    with pytest.raises(InvalidInput) as error:
        publishes(best, {"op": "remove_referral", "referral_id": SIGNS}, {"op": "remove_coach", "coach_id": "C9"})
    assert [str(notice) for notice in error.value.notices] == [
        "--edits: The consent that they withdraw was withdrawn, before anything else. "
        "Look at plan.pdf yourself: the id is or may be there."
    ]
    assert [name for name, content in every_byte(folder) if SIGNS.encode() in content] == []


def test_a_roster_that_still_names_a_person_who_withdrew_is_published_without_them(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    answer = publishes(best, {"op": "remove_referral", "referral_id": SIGNS}, i_know=True)
    assert answer.outcome == "published"
    assert SIGNS not in answer.model_dump_json()
    assert [name for name, content in every_byte(folder) if SIGNS.encode() in content] == []
    assert any(says.startswith("The cost 'waiting' is given as ") for says in versions_of(folder)[0].known_faults)


def test_a_withdrawal_that_is_done_already_is_done(folder: Path, best: Roster, publishes: Publish) -> None:
    gone = {"op": "remove_referral", "referral_id": ALONE}
    publishes(best)
    without = best_roster(read(folder).valid())
    publishes(without, gone)
    left = read(folder).valid()
    assert ALONE not in [referral.referral_id for referral in left.referrals]
    again = publishes(left.published or without, gone, LEAVE, i_know=True)
    assert again.outcome == "published"
    assert len(read(folder).valid().leave) == 2


def test_a_referral_that_the_same_edits_add_is_taken_out_by_them(
    folder: Path, best: Roster, publishes: Publish
) -> None:
    row = {"practice_id": "PX", "referred_on": "2027-02-20", "band": "C", "minutes": 30, "consent": "yes"}
    answer = publishes(
        best,
        {"op": "add_referral", "referral_id": "NEW-1"} | row,
        {"op": "remove_referral", "referral_id": "NEW-1"},
        LEAVE,
    )
    assert answer.outcome == "published"
    assert len(read(folder).valid().referrals) == 3


# -- wherever it ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_wherever_it_ends_the_old_or_the_new_version_is_there_whole(
    folder: Path, tmp_path: Path, best: Roster, publishes: Publish, end: End
) -> None:
    publishes(best)
    file = tmp_path / "other.json"
    other = other_roster(later(folder, date(2027, 3, 1)))
    file.write_text(other.to_json())
    (tmp_path / "edits.json").write_text(json.dumps([LEAVE]))

    def work(place: Path) -> Callable[[], object]:
        request = Request(place, file, tmp_path / "edits.json", date(2027, 3, 1))
        return partial(publish, request, RULES, PREFERENCES, NOW)

    old = (best, 1, date(2027, 2, 26), 1)
    new = (other, 2, date(2027, 3, 1), 2)
    found = []
    for number in range(1, counted_calls(work(copy_of(folder, 0))) + 1):
        copy = copy_of(folder, number)
        assert end(work(copy), number) == ENDED
        data = read(copy).valid()
        found.append((data.published, len(versions_of(copy)), data.settings.as_of, len(data.leave)))
        assert found[-1] in (old, new)
    assert found.count(old) >= 10
    assert found.count(new) >= 5


# -- for the tests above --------------------------------------------------------------------------------------


def _everybody(instance: Instance) -> list[dict[str, object]]:
    return [{"referral_id": r.referral_id, "count": r.count} for r in instance.people.values()]


def _with_breaks(instance: Instance, roster: Roster) -> Roster:
    verdict = verify(instance, roster, RULES, PREFERENCES)
    numbers = {"costs": verdict.costs, "objective": verdict.objective, "bound": verdict.objective}
    marks = {"outcome": "infeasible", "compromise": True, "breaks": breaks_of(verdict.broken)}
    return roster.model_copy(update=numbers | marks)
