"""The files of a folder that a change of its instance makes different, and no others."""

import re
from datetime import date

from roster.domain import Settings
from roster.files.columns import TABLES
from roster.files.settings import read_toml, to_toml
from roster.files.write import table_text
from roster.instance import Instance
from roster.privacy import Screen

SETTINGS = "settings.toml"
_AS_OF = re.compile(rb'(?m)^(?P<key>(?:\xef\xbb\xbf)?[ \t]*as_of[ \t]*=[ \t]*)(?P<day>"[^"\r\n]*"|[\d-]+)')


def rewritten(before: Instance, after: Instance, settings: bytes) -> dict[str, bytes]:
    """The new contents of settings.toml and of the tables, by name, where they differ.

    ``settings`` is settings.toml as it stands; where only the day ``as_of`` differs, only that is changed in it.
    """
    files = {
        f"{table.name}.csv": table_text(table, getattr(after, table.name)).encode()
        for table in TABLES
        if getattr(before, table.name) != getattr(after, table.name)
    }
    if before.settings != after.settings:
        files[SETTINGS] = settings_with(settings, after.settings)
    return files


def settings_with(text: bytes, settings: Settings) -> bytes:
    """settings.toml with these settings: as it is but for the day where that is enough, and complete otherwise."""
    changed = _AS_OF.sub(lambda found: found["key"] + _as_written(found["day"], settings.as_of), text, count=1)
    if read_toml(changed, Screen()).settings == settings:
        return changed
    return to_toml(settings).encode()


def _as_written(was: bytes, day: date) -> bytes:
    return f'"{day}"'.encode() if was.startswith(b'"') else str(day).encode()
