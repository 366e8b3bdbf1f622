"""Runs what doctors said and writes the answers into docs/doctors.md: ``python -m docs.doctors``.

A part stands between ``<!-- printed by: roster doctors NUMBER -->`` and ``<!-- end -->``. A test holds that the answers
are what the commands print.
"""

import inspect
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from instances.doctors.regions import REGIONS
from instances.doctors.stories import EXAMPLES
from roster.planning.examples import Example, Places

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "doctors.md"
_PART = re.compile(r"(<!-- printed by: roster doctors -->\n).*?(<!-- end -->)", re.DOTALL)


def section(number: int, example: Example, answer: str) -> str:
    """One example: what was said, what is in its folder, its commands, its answer."""
    home = Path("instances") / "doctors"
    places = Places(home / example.name, home / example.asked, Path("doctors") / example.name)
    if example.copies:
        places = Places(places.out / "data", places.asked, places.out)
    commands = "\n".join(" ".join(["roster", *command]) for command in example.commands(places))
    return "\n\n".join(
        [
            f"### {number}. {example.title}",
            f"> {example.said}",
            f"[The folder](../{home}/{example.name}): {inspect.getdoc(REGIONS[example.name])}",
            f"```sh\nroster doctors {number}\n```",
            f"gives these commands{_of_a_copy(example)}, and then the answer:",
            f"```sh\n{commands}\n```",
            f"**{answer}**",
        ]
    )


def _of_a_copy(example: Example) -> str:
    return ", on a copy of the folder" if example.copies else ""


def answer_of(number: int) -> str:
    """What the command answers; it is run."""
    with TemporaryDirectory() as out:
        command = [sys.executable, "-c", "import cli; cli.main()", "doctors", str(number), "--quiet", "--out", out]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def with_sections(page: str, sections: list[str]) -> str:
    """The page with these sections. Raises ValueError where it has no place for them."""
    if not _PART.search(page):
        raise ValueError("the page has no part for the answers")
    body = "\n\n".join(sections)
    return _PART.sub(lambda part: f"{part[1]}\n{body}\n\n{part[2]}", page)


def main() -> None:
    """Run every example and write the page again."""
    sections = [section(n, example, answer_of(n)) for n, example in enumerate(EXAMPLES, start=1)]
    PAGE.write_text(with_sections(PAGE.read_text(encoding="utf-8"), sections), encoding="utf-8")


if __name__ == "__main__":
    main()
