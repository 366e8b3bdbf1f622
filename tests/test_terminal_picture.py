"""The picture of the terminal: it shows what was printed and needs nothing from elsewhere."""

import re
from html import unescape

from docs.terminal import COMMAND, PICTURE, picture
from roster.wording import VOLUNTARY


def words(svg: str) -> str:
    """The text of a picture, line by line."""
    return "\n".join(unescape(text).replace("\xa0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def test_the_picture_has_the_command_and_what_it_printed() -> None:
    text = words(picture("\x1b[1mA region, March 2027\x1b[0m\n   three spaces before"))
    assert f"$ {COMMAND}" in text
    assert "A region, March 2027" in text
    assert "\nthree spaces before" in text


def test_spaces_before_a_line_are_kept_as_its_place() -> None:
    assert 'x="36.6"' in re.findall(r"<text[^>]*>three", picture("   three"))[0]


def test_the_picture_in_the_readme_is_of_the_command_and_asks_for_no_font_from_elsewhere() -> None:
    svg = PICTURE.read_text(encoding="utf-8")
    assert f"$ {COMMAND}" in words(svg)
    assert "To see every visit: roster show instances/pilot roster.json" in words(svg)
    assert VOLUNTARY[:60] in words(svg)
    assert "url(http" not in svg
    assert "@font-face" not in svg
