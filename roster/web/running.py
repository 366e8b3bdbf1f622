"""Starting the service: the database made ready, the web server, and the worker beside it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from gunicorn.app.base import BaseApplication

from roster.instance import Instance
from roster.web.terms import Terms, use

SETTINGS = "roster.web.settings"


def set_up(terms: Terms, *, database: str | None = None, data: Path | None = None, https: bool | None = None) -> None:
    """Make Django ready in this process, and for those that it starts; once in a process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if database is not None:
        os.environ["ROSTER_DATABASE"] = database
    if data is not None:
        os.environ["ROSTER_DATA"] = str(data.resolve())
    if https is not None:
        os.environ["ROSTER_HTTPS"] = "true" if https else "false"
    if not apps.ready:
        django.setup()
    use(terms)


def migrate() -> None:
    """Bring the database to what this version needs; the folder for a database that is a file is made first."""
    settings.CONFIGURATION.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """The web server: a few processes with a few threads each."""

    def __init__(self, bind: str, processes: int, ready: Callable[[], None]) -> None:
        self._bind, self._processes, self._ready = bind, processes, ready
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        settings: dict[str, Any] = {
            "bind": self._bind,
            "workers": self._processes,
            "threads": 8,
            "worker_class": "gthread",
            "preload_app": True,
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 60,
            "keepalive": 75,  # longer than proxies keep a connection, so that none sends into one that is just closed
            "graceful_timeout": 10,
            "when_ready": lambda _server: self._ready(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application."""
        from roster.web.wsgi import application

        return application


class Worker:
    """The worker process, beside the server; started again by the server's owner only."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "cli", "worker"])

    def stop(self) -> None:
        """Ask it to end, and wait a little."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def demonstration_of(instance: Instance) -> tuple[Any, ...]:
    """The accounts of the demonstration, where it was made just now."""
    from roster.web.demonstration import demonstrate

    return demonstrate(instance)
