"""A PostgreSQL of the tests' own, on loopback, that they may kill; and a command that runs others on one.

``python -m tests.web.postgresql pytest tests/web`` starts one, runs the rest of the line with its address in
``ROSTER_TEST_DATABASE`` and in place of the word URL, and removes it. PostgreSQL refuses to run as
root, so then it runs as nobody.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web.browser import free_port

NAME = "roster"
_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
PG_CTL = str(_DEBIAN[-1]) if _DEBIAN else shutil.which("pg_ctl")
_ROOT = os.geteuid() == 0
MISSING = "PostgreSQL is not installed: on Debian, apt-get install postgresql"


class PostgreSQL:
    """One server, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        assert PG_CTL is not None, MISSING
        self._folder, self._port, self._programs = folder, free_port(), Path(PG_CTL).parent
        self._run("initdb", "-A", "trust", "-U", NAME, "-E", "UTF8", "--no-locale", "-D", str(folder / "data"))
        self.start()

    def database(self, name: str) -> str:
        """A new, empty database; its address as the service is given it."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", NAME, name)
        return f"postgresql://{NAME}@127.0.0.1:{self._port}/{name}"

    def start(self) -> None:
        """Start it, and wait until it answers; after a kill it reads again what was confirmed."""
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -c max_connections=150"
        self._control("start", "-l", str(self._folder / "log"), "-o", options)

    def kill(self) -> None:
        """End it at once, as a power cut would; nothing is written to the disk any more."""
        self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self._folder / "data"), *words)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._programs / program), *words],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            user="nobody" if _ROOT else None,
            group="nogroup" if _ROOT else None,
            extra_groups=() if _ROOT else None,
        )


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """A server of its own, until the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="roster-postgresql-"))
    if _ROOT:
        shutil.chown(folder, "nobody", "nogroup")
    try:
        server = PostgreSQL(folder)
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the command on a server of its own; the exit code of the command. The server goes, however this ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with running() as server:
        url = server.database(NAME)
        words = [url if word == "URL" else word for word in sys.argv[1:]]
        environment = os.environ | {"ROSTER_TEST_DATABASE": url}
        return subprocess.run([sys.executable, "-m", *words], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
