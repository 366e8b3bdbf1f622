"""The audit log: who changed what, when, as what, before and after; append-only, chained by check sums.

No entry holds a value that is about a referral: of edits to referrals only the operation, the practice and the names
of the fields are kept.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from roster.edits import Edit
from roster.edits.written import as_written
from roster.instance import Instance
from roster.store.models import FIRST, ChainEnd, Change

_ABOUT_REFERRALS = ("add_referral", "remove_referral")


@dataclass(frozen=True)
class By:
    """Who does something: the number of their account, and as what."""

    who: str
    role: str


def write(
    by: By,
    what: str,
    *,
    region: str = "",
    month: str = "",
    before: Sequence[object] = (),
    after: Sequence[object] = (),
) -> Change:
    """Add an entry. It is there if, and only if, what else is done in the same transaction is."""
    with transaction.atomic():
        end, _ = ChainEnd.objects.select_for_update().get_or_create(pk=1)
        entry = Change(
            number=end.number + 1,
            at=datetime.now(UTC).replace(microsecond=0),
            who=by.who,
            role=by.role,
            region=region,
            month=month,
            what=what,
            before=list(before),
            after=list(after),
            previous=end.check_sum,
        )
        entry.check_sum = check_sum_of(entry)
        entry.save(force_insert=True)
        end.number, end.check_sum = entry.number, entry.check_sum
        end.save()
    return entry


def check_sum_of(entry: Change) -> str:
    """The SHA-256 of everything in the entry, the check sum of the one before among it."""
    held = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(),
        "who": entry.who,
        "role": entry.role,
        "region": entry.region,
        "month": entry.month,
        "what": entry.what,
        "before": entry.before,
        "after": entry.after,
        "previous": entry.previous,
    }
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken() -> Iterator[int]:
    """The numbers of entries that are not as they were written, that are missing, or that end the log too early."""
    previous, number = FIRST, 0
    for entry in Change.objects.order_by("number").iterator():
        number += 1
        if entry.number != number or entry.previous != previous or entry.check_sum != check_sum_of(entry):
            yield entry.number
            number = entry.number
        previous = entry.check_sum
    end = ChainEnd.objects.filter(pk=1).first() or ChainEnd()
    if (end.number, end.check_sum) != (number, previous):
        yield number + 1


def told(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """The edits as the log holds them: nothing about a referral but what was done."""
    return [_told(as_written(edit)) for edit in edits]


def _told(edit: dict[str, Any]) -> dict[str, Any]:
    if edit["op"] in _ABOUT_REFERRALS:
        return {name: edit[name] for name in ("op", "practice_id") if name in edit}
    if edit["op"] == "set" and edit.get("table") == "referrals":
        return {"op": "set", "table": "referrals", "field": edit["field"]}
    return edit


def were(instance: Instance, edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """What stood before where the edits set or remove something, as far as the log may hold it."""
    found = (_was(instance, as_written(edit)) for edit in edits)
    return [record for record in found if record is not None]


_HOLDERS = {
    "remove_session": ("session", "session_id"),
    "remove_room": ("room", "room_id"),
    "remove_coach": ("coach", "coach_id"),
    "remove_booking": ("booking", "booking_id"),
}
_BY_TABLE = {
    "coaches": "coach",
    "sites": "site",
    "rooms": "room",
    "sessions": "session",
    "interpreters": "booking",
    "practices": "practice",
}


def _was(instance: Instance, edit: dict[str, Any]) -> dict[str, Any] | None:
    op = edit["op"]
    if op in _HOLDERS:
        held, key = _HOLDERS[op]
        return _record(getattr(instance, held).get(edit[key]))
    if op == "set" and edit.get("table") in _BY_TABLE:
        record = _record(getattr(instance, _BY_TABLE[edit["table"]]).get(edit["id"]))
        return None if record is None else {"id": edit["id"], edit["field"]: record.get(edit["field"])}
    if op == "set_policy":
        return {edit["field"]: instance.settings.policy.model_dump(mode="json").get(edit["field"])}
    if op == "set_price":
        return {edit["field"]: instance.settings.prices.model_dump(mode="json").get(edit["field"])}
    return None


def _record(record: Any) -> dict[str, Any] | None:
    return None if record is None else record.model_dump(mode="json", by_alias=True)
