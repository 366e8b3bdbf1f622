"""The pages of the documentation as tests read them: code blocks, command lines, links, headings."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md", ROOT / "instances" / "README.md")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^roster (.*)$", re.MULTILINE)
_INDENTED_COMMAND = re.compile(r"^    roster (.*)$", re.MULTILINE)
_INLINE_COMMAND = re.compile(r"`roster ([^`]+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_BETWEEN_MARKS = re.compile(r"<!-- from the code: .*?<!-- end -->", re.DOTALL)


def name_of(page: Path) -> str:
    """The page as people call it, for the names of tests."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """The whole page."""
    return page.read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return [body for kind, body in _FENCE.findall(text) if kind == language]


def command_lines(text: str) -> list[str]:
    """The command lines ``roster ...`` in code and between backticks, without the word roster."""
    in_blocks = [line for body in blocks(text, "sh") for line in _COMMAND.findall(body)]
    rest = _FENCE.sub("", text)
    return in_blocks + _INDENTED_COMMAND.findall(rest) + _INLINE_COMMAND.findall(rest)


def links(text: str) -> list[str]:
    """Where the page's links to other files of the project, and to places in itself, lead."""
    return _LINK.findall(_FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """What a link after ``#`` can name: the headings in small letters, with dashes for spaces."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}


def prose(text: str) -> list[str]:
    """The paragraphs written by hand: without code, tables from the code, and where links lead."""
    text = _LINK.sub("]", _BETWEEN_MARKS.sub("", _FENCE.sub("", text)))
    return [re.sub(r"`[^`]*`", "", paragraph) for paragraph in text.split("\n\n")]
