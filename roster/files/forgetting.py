"""Forgetting referrals: what a table of referrals, a roster or a version is when some referrals are left out of it.

What is about such a referral goes: its row, its appointments, its entry among those not seen, what says that a
promise to it is broken. Where a sentence about something else names one, ``(withdrawn)`` stands in its place.
"""

import csv
import io
import json
import re
from collections.abc import Collection
from typing import Any

from roster.domain import Roster
from roster.files.cells import unguarded
from roster.files.grid import decode

SCHEMAS = frozenset({"roster/1", "version/1", "repair/1"})
"""The kinds of JSON file that are known well enough to take a referral out of them."""
WITHDRAWN = "(withdrawn)"


def words(ids: Collection[str]) -> re.Pattern[str]:
    """Finds each of the ids where it stands as a whole word. ``R1`` is not found in ``R1-2``."""
    longest_first = sorted(ids, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def table_without(data: bytes, ids: Collection[str]) -> bytes:
    """referrals.csv without the rows of these referrals; every other row is as it was, to the byte.

    Raises ValueError where the rows cannot be told apart.
    """
    text, faults = decode(data, "referrals.csv")
    if faults:
        raise ValueError("this is not UTF-8 text")
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    kept: list[str] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        column, begin = header.index("referral_id"), reader.line_num
        kept += lines[:begin]
        for cells in reader:
            if len(cells) <= column or unguarded(cells[column].strip()) not in ids:
                kept += lines[begin : reader.line_num]
            begin = reader.line_num
    except csv.Error:
        raise ValueError("the quotation marks do not match") from None
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join(kept).encode()


def document_without(document: dict[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """A roster, version or repair without these referrals; a version counts the people that it has lost."""
    made: dict[str, Any] = _without(document, ids, words(ids))
    people = _people(document.get("roster"), ids)
    if document.get("schema") == "version/1" and people:
        made["withdrawn"] = _whole(document.get("withdrawn")) + people
    return made


def roster_without(roster: Roster, ids: Collection[str]) -> Roster:
    """The roster without these referrals; its costs are as they were."""
    document = json.loads(roster.to_json())
    return Roster.model_validate_json(as_json(document_without(document, ids))) if ids else roster


def as_json(document: dict[str, Any]) -> bytes:
    """The document as files hold it."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _without(value: Any, ids: Collection[str], named: re.Pattern[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _without(item, ids, named, k) for k, item in value.items() if k not in ids}
    if isinstance(value, list):
        return [_without(item, ids, named, key) for item in value if not _is_about(item, ids, key)]
    if isinstance(value, str) and not _is_another_id(key):
        return named.sub(WITHDRAWN, value)
    return value


def _is_about(item: object, ids: Collection[str], key: str) -> bool:
    """Whether an entry of a list is about one of the referrals, and not about something else that names one."""
    if isinstance(item, str):
        return item in ids and not _is_another_id(key)
    if not isinstance(item, dict):
        return False
    fact = item.get("fact")
    of_fact = fact.partition(":")[2] if isinstance(fact, str) else None
    of_set = item.get("id") if item.get("table") == "referrals" else None
    return any(isinstance(name, str) and name in ids for name in (item.get("referral_id"), of_fact, of_set))


def _is_another_id(key: str) -> bool:
    """Whether what stands under this key is the id of something that is no referral, and may be called the same."""
    return key.endswith(("_id", "_ids")) and key not in ("referral_id", "referral_ids")


def _people(roster: object, ids: Collection[str]) -> int:
    """How many people of these referrals a roster tells of, with an appointment or without."""
    if not isinstance(roster, dict):
        return 0
    seen = sum(1 for entry in _entries(roster, "appointments") if entry.get("referral_id") in ids)
    unseen = [entry for entry in _entries(roster, "unseen") if entry.get("referral_id") in ids]
    return seen + sum(_whole(entry.get("count")) for entry in unseen)


def _entries(roster: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = roster.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0
