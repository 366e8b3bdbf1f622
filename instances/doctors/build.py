"""Writes the seven folders of what doctors said, and the files beside them: ``python -m instances.doctors.build``."""

import shutil
from pathlib import Path

from instances.doctors.asked import files
from instances.doctors.regions import REGIONS
from roster.files import write_text
from roster.files.write import write_folder

HERE = Path(__file__).resolve().parent


def build(root: Path = HERE) -> None:
    """Make every folder and file under ``root`` again, in the place of what is there."""
    for name, made in REGIONS.items():
        folder = root / name
        if folder.exists():
            shutil.rmtree(folder)
        write_folder(made(), folder)
    for name, text in files().items():
        write_text(root / name, text)


if __name__ == "__main__":
    build()
