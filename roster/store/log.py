"""Reading the audit log: the entries of a region or a month, newest first, and all of them as a table."""

import csv
import io
import json
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import QuerySet

from roster.files.cells import guarded
from roster.store.audit import broken
from roster.store.models import ChainEnd, Change
from roster.store.snapshot import snapshot

COLUMNS = ("number", "at", "who", "role", "region", "month", "what", "before", "after", "previous", "check_sum")


def entries(region: str = "", month: str = "") -> QuerySet[Change]:
    """The entries about a region or a month; all of them where neither is given."""
    wanted = {name: value for name, value in (("region", region), ("month", month)) if value}
    return Change.objects.filter(**wanted).order_by("-number")


def names_of(found: list[Change]) -> dict[str, str]:
    """The names of the accounts that the entries are by; an account that is gone has none."""
    numbers = {int(entry.who) for entry in found if entry.who.isdigit()}
    return {str(user.pk): user.username for user in User.objects.filter(pk__in=numbers)}


def as_csv() -> Iterator[str]:
    """The whole log, oldest first, a line at a time, the names of the columns first."""
    yield _line(COLUMNS)
    for entry in Change.objects.order_by("number").iterator():
        yield _line([_cell(getattr(entry, name)) for name in COLUMNS])


def checked() -> tuple[int, str, tuple[int, ...]]:
    """How many entries there are, the check sum of the last one, and the numbers of those that are not as written."""
    with snapshot():
        wrong = tuple(broken())
        end = ChainEnd.objects.filter(pk=1).first() or ChainEnd()
    return end.number, end.check_sum, wrong


def _cell(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return guarded(text)


def _line(cells: list[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def months() -> list[str]:
    """The months that there are entries about, the newest first."""
    return list(Change.objects.exclude(month="").order_by("-month").values_list("month", flat=True).distinct())
