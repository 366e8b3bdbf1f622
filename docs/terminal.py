"""Makes docs/terminal.svg: the README's first command, run for real, as it looks on a terminal at the end.

python -m docs.terminal
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "terminal.svg"
COLUMNS = 84
COMMAND = ".venv/bin/roster solve instances/pilot"
_PROGRESS = " seconds left"
_FONTS_FROM_ELSEWHERE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_PIECE = re.compile(
    r' x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<length>[\d.]+)"(?P<clip>[^>]*)>(?P<text>[^<]+)<'
)
_SPACE = "&#160;"
_SPACE_WIDTH = 12.2


def run() -> str:
    """What stands on the terminal at the end, with its codes for bold and colour; the progress line is gone."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "roster.json")
        arguments = [sys.executable, "-c", "import cli; cli.main()", *COMMAND.split()[1:], "--out", out]
        environment = os.environ | {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TTY_INTERACTIVE": "0"}
        done = subprocess.run(
            arguments,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=True,
            text=True,
        )
    lines = done.stdout.replace(out, "roster.json").split("\n")
    return "\n".join(line for line in lines if not line.endswith(_PROGRESS))


def picture(printed: str) -> str:
    """The text as an SVG that needs no font from elsewhere."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere)
        console.print(Text(f"$ {COMMAND}\n", style="bold"))
        console.print(Text.from_ansi(printed))
    svg = console.export_svg(title="roster solve", theme=DIMMED_MONOKAI, unique_id="terminal")
    return _PIECE.sub(_moved, _FONTS_FROM_ELSEWHERE.sub("", svg))


def _moved(piece: re.Match[str]) -> str:
    """The same piece of text without the spaces before it, which some programs do not draw, at its own place."""
    text = piece["text"]
    spaces = 0
    while text.startswith(_SPACE):
        text, spaces = text.removeprefix(_SPACE), spaces + 1
    x, length = float(piece["x"]) + spaces * _SPACE_WIDTH, float(piece["length"]) - spaces * _SPACE_WIDTH
    return f' x="{x:.1f}" y="{piece["y"]}" textLength="{max(length, 0):.1f}"{piece["clip"]}>{text}<'


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(run()), encoding="utf-8")


if __name__ == "__main__":
    main()
