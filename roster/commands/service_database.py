"""The database of the service, for the commands that work on it without its pages."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from roster.fault import Fault, InvalidInput

if TYPE_CHECKING:
    from roster.web.terms import Terms


@dataclass(frozen=True)
class Database:
    """Where it is, as ``roster serve`` is told: ``database`` is a URL, ``data`` the folder of a file."""

    terms: "Terms"
    database: str | None
    data: Path | None

    def open(self) -> None:
        """Make it ready to be used in this process. Raises InvalidInput where there is none, or an older one."""
        self._set_up()
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor
        from django.db.utils import DatabaseError

        try:
            executor = MigrationExecutor(connection)
            ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            ready = False
        if not ready:
            says = "there is no database of the service here, or one of an earlier version"
            _refuse(says, "Give the --database or --data of roster serve, and start that once.")

    def make(self) -> None:
        """The same; a database that is new or of an earlier version is brought to what this version needs."""
        self._set_up()
        from django.db.utils import DatabaseError

        from roster.web.running import migrate

        try:
            migrate()
        except DatabaseError:
            _refuse("it cannot be reached", "Check the --database or --data.")

    def _set_up(self) -> None:
        from roster.web.running import set_up

        set_up(self.terms, database=self.database, data=self.data)


def _refuse(says: str, do: str) -> NoReturn:
    raise InvalidInput([Fault(file="database", says=says, do=do)]) from None
