"""``roster audit``, ``roster retention``, ``roster backup`` and ``roster restore``: looking after the service."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from roster.calendar import long_date
from roster.commands.codes import BROKEN, OK
from roster.commands.service_database import Database
from roster.fault import listed
from roster.files.atomic import write_text
from roster.outputs import check_place
from roster.terminal import errors, results, wrong_input
from roster.wording import how_many

_MOST_NAMED = 20


def audit(database: Database, out: Path | None) -> int:
    """Check the chain of the log, and write the log as a table where a file is named. The exit code."""
    with wrong_input():
        database.open()
        from roster.store import log

        number, check_sum, wrong = log.checked()
        if out is not None:
            check_place(out)
            write_text(out, "".join(log.as_csv()))
            results().print(f"The log is in {out.name}.")
    results().print(f"{how_many(number, 'entry', 'entries')}. Check sum of the last one:\n{check_sum}")
    if wrong:
        errors().print(_not_as_written(wrong))
        return BROKEN
    results().print("Every entry is as it was written, and none is missing.")
    return OK


def retention(database: Database, today: date) -> int:
    """Delete what is about single people in the months that are over for long enough. The exit code."""
    with wrong_input():
        database.open()
        from roster.store.retention import forget_due

        months = forget_due(today)
    for month in months:
        results().print(f"{month}: what was about single people is deleted. Counts stay.")
    if not months:
        results().print(f"On {long_date(today)} there is nothing to delete.")
    return OK


def back_up(database: Database, out: Path) -> int:
    """Write everything that the service holds to a new file. The exit code."""
    with wrong_input():
        database.open()
        from roster.store.backup import back_up as write

        check_place(out)
        rows = write(out)
    results().print(
        f"{how_many(rows, 'row')} are in {out.name}. It holds what the database holds, the ids of people who were "
        "referred among it: keep it where only you can read it, and no longer than the service keeps people.",
    )
    return OK


def restore(database: Database, file: Path, today: date, *, replace: bool) -> int:
    """Read a back-up into an empty database, or with ``replace`` in place of what it holds. The exit code."""
    with wrong_input():
        database.make()
        from roster.store.backup import restore as read

        done = read(file, today, replace=replace)
    results().print(f"{how_many(done.rows, 'row')} are restored. Everybody logs in again.")
    for month in done.forgotten:
        results().print(f"{month}: it was time to delete what is about single people, so that was done.")
    results().print("Whoever has withdrawn consent since the back-up is in the data again: withdraw it again now.")
    if done.wrong_entries:
        errors().print(_not_as_written(done.wrong_entries))
        return BROKEN
    return OK


def _not_as_written(entries: Iterable[int]) -> str:
    numbers = [str(number) for number in entries]
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"The log is not as it was written. See entry {listed(numbers[:_MOST_NAMED], 'and')}{more}."
