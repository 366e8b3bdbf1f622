"""What somebody who runs the service may set, by environment variables that begin with ``ROSTER_``."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_SECRET_FILE, _DATABASE_FILE = "secret-key", "roster.sqlite3"


def usual_place() -> Path:
    """Where the service keeps its files unless told otherwise."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "surgery-roster"


class Configuration(BaseSettings):
    """Everything that can be set.

    ``database``: a URL, for example postgresql://user@host/name; empty: a file in ``data``. ``https``: whether pages
    are reached by https, as everywhere but on the machine itself. ``hosts``: the names by which the service is
    reached, separated by commas. ``oidc_*``: a provider of OpenID Connect to log in with.
    """

    model_config = SettingsConfigDict(env_prefix="ROSTER_", extra="ignore")

    data: Path = usual_place()
    database: str = ""
    hosts: str = "127.0.0.1,localhost,[::1]"
    https: bool = False
    secret_key: SecretStr | None = None
    oidc_name: str = ""
    oidc_server: str = ""
    oidc_client_id: str = ""
    oidc_secret: SecretStr | None = None
    requests_a_minute: int = 600

    @property
    def database_url(self) -> str:
        """The URL of the database."""
        return self.database or f"sqlite:///{(self.data / _DATABASE_FILE).resolve()}"

    @property
    def oidc_origins(self) -> list[str]:
        """Where a form that begins a log-in may lead to: the provider, if there is one."""
        parts = urlsplit(self.oidc_server)
        return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []

    @property
    def host_names(self) -> list[str]:
        """The names by which the service is reached."""
        return [name.strip() for name in self.hosts.split(",") if name.strip()]

    @cached_property
    def key(self) -> str:
        """The secret that signs sessions: as set, or made once and kept in a file that only its owner can read."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        file = self.data / _SECRET_FILE
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
                new.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
        return file.read_text(encoding="ascii")
