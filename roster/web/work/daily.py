"""What the worker does once a day beside its jobs: delete what is about single people in months long over."""

import logging
from datetime import date

from django.db import InterfaceError, OperationalError

from roster.store.retention import forget_due

_log = logging.getLogger(__name__)


class Daily:
    """Remembers the day on which it was last done, so that a worker that runs for weeks does it every day."""

    def __init__(self) -> None:
        self._done: date | None = None

    def do(self, today: date) -> None:
        """Do it if it was not done on this day yet. A database that cannot be reached is tried again soon."""
        if self._done == today:
            return
        try:
            forget_due(today)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            _log.exception("what is due to be deleted could not be deleted")
        self._done = today
