"""Times of day as people write them."""

import pytest

from roster.calendar import friendly_time
from roster.web.clock_field import minutes_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:30am", 570),
        ("9.30 AM", 570),
        ("5pm", 1020),
        ("12am", 0),
        ("12pm", 720),
        ("12:01am", 1),
        ("midday", 720),
        ("Midnight", 0),
        ("13:30", 810),
        ("08:30", 510),
        ("23:59", 1439),
        (" 9am ", 540),
    ],
)
def test_a_time_is_read(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "9", "24:00", "13pm", "0am", "9:60", "9:3", "half past nine", "9:30:00", "-9am"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert minutes_of(text) is None


def test_a_time_that_a_page_shows_is_read_back() -> None:
    assert [minutes_of(friendly_time(minutes)) for minutes in range(24 * 60)] == list(range(24 * 60))
