"""Whatever a file holds, reading it gives an instance or faults; it never breaks down, and never repeats a person."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roster.files import read
from roster.privacy import identifies
from roster.validity import faults_of
from tests.files.folder import GOOD, Folder

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
TABLES = sorted(name for name in GOOD if name.endswith(".csv"))
ODD = [
    *("", "0", "-1", "1e999", "nan", "true", "null", "9" * 40, "0.1", "1_0", "\u0663", "\ufffd", "\x00", "\x1b"),
    *(
        "2027-02-30",
        "9999-12-31",
        "0001-01-01",
        "24:00",
        "23:59",
        "00:00",
        ";",
        ";;",
        "coach:",
        "'=1",
        "=1",
        "C1",
        "V1",
    ),
    *("S1", "R1", "c1", "A", "yes", "mon", '"', "a\nb", "{who}", "%s", "07700 900123", "999 000 0018", "N1 9JP"),
]
CELLS = st.sampled_from(ODD) | st.text(max_size=8)


@st.composite
def changes(draw: st.DrawFn) -> dict[str, str]:
    """Tables of the good folder with some cells, rows or columns spoilt."""
    spoilt = {}
    for name in draw(st.sets(st.sampled_from(TABLES), min_size=1, max_size=3)):
        rows = list(csv.reader(io.StringIO(GOOD[name])))
        for _ in range(draw(st.integers(1, 3))):
            row = draw(st.integers(0, len(rows) - 1))
            column = draw(st.integers(0, len(rows[row])))
            rows[row][column : column + draw(st.sampled_from([0, 1, 1, 1, 1]))] = [draw(CELLS)]
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        spoilt[name] = text.getvalue()
    return spoilt


@MANY
@given(changes())
def test_tables_with_anything_in_them_are_read_or_told(spoilt: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        folder = Folder(Path(directory) / "town")
        for name, text in spoilt.items():
            folder.put(name, text.encode("utf-8", "surrogatepass"))
        reading = folder.read()
    assert (reading.instance is None) == bool(reading.faults)
    if reading.instance is not None:
        assert faults_of(reading.instance) == []
    for fault in reading.faults:
        shown = [fault.value or "", fault.column or "", fault.says, fault.do]
        assert [identifies(text, in_referral=True) for text in shown] == [None] * 4


@MANY
@given(st.sampled_from(sorted(GOOD)), st.binary(max_size=60), st.integers(0, 200), st.integers(0, 60))
def test_files_with_any_bytes_in_them_are_read_or_told(name: str, data: bytes, at: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        folder = Folder(Path(directory) / "town")
        text = GOOD[name].encode()
        folder.put(name, text[:at] + data + text[at + length :])
        reading = read(folder.path)
    assert (reading.instance is None) == bool(reading.faults)
