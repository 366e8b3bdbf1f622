"""Writes the folders of example regions that are kept with the project: ``python -m instances.build``."""

import shutil
from pathlib import Path

from instances.generate import generate
from roster.files.write import write_folder

HERE = Path(__file__).resolve().parent

FOLDERS: dict[str, tuple[str, int]] = {
    "tiny-one-room": ("tiny-one-room", 2),
    "tiny-two-towns": ("tiny-two-towns", 7),
    "tiny-interpreter": ("tiny-interpreter", 3),
    "tiny-published": ("tiny-published", 8),
    "pilot": ("pilot", 4),
    "pilot-infeasible": ("pilot-short", 3),
    "pilot-published": ("pilot-published", 7),
    "borough": ("borough", 6),
}
"""The folders, each with the recipe and the seed that make it."""


def build(root: Path = HERE) -> None:
    """Make every folder under ``root`` again, in the place of one that is there."""
    for name, (recipe, seed) in FOLDERS.items():
        folder = root / name
        if folder.exists():
            shutil.rmtree(folder)
        write_folder(generate(recipe, seed), folder)


if __name__ == "__main__":
    build()
