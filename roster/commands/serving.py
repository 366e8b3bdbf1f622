"""``roster serve`` and ``roster worker``: the web service, and what works on its jobs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from roster.inputs import instance_at
from roster.terminal import errors, results, wrong_input
from roster.web.running import Server, Worker, demonstration_of, migrate, set_up

if TYPE_CHECKING:
    from roster.web.demonstration import Account
    from roster.web.terms import Terms


@dataclass(frozen=True)
class Serve:
    """What the command is given. ``demonstration``: the folder of the region that an empty database is given."""

    terms: "Terms"
    demonstration: Path
    database: str | None
    data: Path | None
    host: str
    port: int
    processes: int
    https: bool
    worker: bool

    def run(self) -> int:
        """Make the database ready, say where the service is, serve until asked to end."""
        set_up(self.terms, database=self.database, data=self.data, https=self.https)
        migrate()
        with wrong_input():
            made = demonstration_of(instance_at(self.demonstration)[0])
        if made:
            results().print(_accounts(made))
            results().print("These passwords are shown only now. Keep them, or make new ones: roster people --help")
        worker = Worker() if self.worker else None
        try:
            Server(f"{self.host}:{self.port}", self.processes, self._say).run()
        finally:
            if worker is not None:
                worker.stop()
        return 0

    def _say(self) -> None:
        errors().print(f"The service is at http://{self.host}:{self.port}/ . End it with Ctrl-C.", soft_wrap=True)


def _accounts(made: "tuple[Account, ...]") -> Table:
    table = Table("Account", "Password", "Role", "Of", title="A demonstration region, and who can log in")
    for account in made:
        table.add_row(account.username, account.password, account.role, account.subject)
    return table


def work(terms: "Terms", *, once: bool) -> int:
    """Work on jobs until asked to end; with ``once`` until there is none."""
    set_up(terms)
    from roster.web.work.kinds import KINDS
    from roster.web.work.worker import be_patient
    from roster.web.work.worker import work as work_on

    be_patient()
    try:
        work_on(KINDS, once=once)
    except KeyboardInterrupt:
        return 0
    return 0
