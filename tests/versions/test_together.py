"""Files of a folder are changed together or not at all, wherever the process that changes them ends."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from roster.files.together import CHANGING, alone_in, change, undisturbed_in
from tests.versions.kill import ENDED, ENDS, End, copy_of, counted_calls

ROOT = Path(__file__).resolve().parents[2]
OLD = {"a.txt": b"old a", "b.txt": b"old b"}
NEW = {"a.txt": b"new a", "b.txt": b"new b", "more/c.txt": b"new c"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the old files."""
    made = tmp_path / "folder"
    made.mkdir()
    for name, content in OLD.items():
        (made / name).write_bytes(content)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in the folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def opened(folder: Path) -> dict[str, bytes]:
    """Every file in the folder as a reader finds it, without what was never finished."""
    with undisturbed_in(folder):
        return {name: content for name, content in contents(folder).items() if ".partly" not in name}


def test_a_change_replaces_and_adds_files_and_leaves_nothing_else(folder: Path) -> None:
    change(folder, NEW)
    assert contents(folder) == NEW
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "more"]


def test_what_is_not_in_a_change_stays_as_it_is(folder: Path) -> None:
    change(folder, {"b.txt": b"new b"})
    assert contents(folder) == {"a.txt": b"old a", "b.txt": b"new b"}


def test_a_change_that_cannot_be_written_changes_nothing_and_leaves_nothing(folder: Path) -> None:
    (folder / "more").write_bytes(b"a file in the place of a folder")
    with pytest.raises(OSError, match="a\\.txt"):
        change(folder, {"b.txt": b"new b", "a.txt": b"new a", "a.txt/c.txt": b"new c"})
    assert contents(folder) == OLD | {"more": b"a file in the place of a folder"}


def test_what_a_process_left_before_its_change_counted_is_not_read_and_goes_with_the_next(folder: Path) -> None:
    left = folder / f"{CHANGING}.0123abcd.partly"
    left.mkdir()
    (left / "a.txt").write_bytes(b"half a")
    assert opened(folder) == OLD
    change(folder, NEW)
    assert contents(folder) == NEW


def test_a_change_that_counts_is_finished_by_whoever_reads_next(folder: Path) -> None:
    (folder / CHANGING / "more").mkdir(parents=True)
    (folder / CHANGING / "b.txt").write_bytes(b"new b")
    (folder / CHANGING / "more" / "c.txt").write_bytes(b"new c")
    assert opened(folder) == {"a.txt": b"old a", "b.txt": b"new b", "more/c.txt": b"new c"}
    assert not (folder / CHANGING).exists()


def test_a_folder_that_this_process_holds_can_be_read_and_changed_by_it(folder: Path) -> None:
    with alone_in(folder):
        change(folder, NEW)
        assert opened(folder) == NEW


def test_whoever_reads_waits_until_the_change_is_made(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from roster.files.together import undisturbed_in\n"
        "print('here', flush=True)\n"
        "with undisturbed_in(Path(sys.argv[1])): print((Path(sys.argv[1]) / 'a.txt').read_text())"
    )
    with alone_in(folder):
        reader = subprocess.Popen([sys.executable, "-c", script, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert reader.stdout is not None
        assert reader.stdout.readline() == "here\n"
        change(folder, NEW)
    said, _ = reader.communicate(timeout=60)
    assert said == "new a\n"


def test_two_processes_that_finish_the_same_change_do_it_once(folder: Path) -> None:
    (folder / CHANGING).mkdir()
    (folder / CHANGING / "b.txt").write_bytes(b"new b")
    script = "import sys; from pathlib import Path; from roster.files.together import finish; finish(Path(sys.argv[1]))"
    both = [subprocess.Popen([sys.executable, "-c", script, folder], cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert contents(folder) == {"a.txt": b"old a", "b.txt": b"new b"}


# -- wherever it ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_wherever_it_ends_the_old_or_the_new_files_are_there_whole(folder: Path, end: End) -> None:
    found = []
    for number in range(1, counted_calls(partial(change, copy_of(folder, 0), NEW)) + 1):
        copy = copy_of(folder, number)
        assert end(partial(change, copy, NEW), number) == ENDED
        found.append(opened(copy))
        assert found[-1] in (OLD, NEW)
        change(copy, NEW)
        assert contents(copy) == NEW
    assert found.count(OLD) >= 10
    assert found.count(NEW) >= 5
