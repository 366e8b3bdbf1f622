"""A real server on loopback and a real browser in front of it: Debian's Chromium, driven by Playwright."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ROW = re.compile(r"│\s*(\S+)\s*│\s*([a-z0-9-]{19})\s*│")


@dataclass(frozen=True)
class Site:
    """Where the service is, and the passwords of its accounts."""

    address: str
    passwords: dict[str, str]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def serving(
    data: Path,
    *,
    database: str = "",
    worker: bool = True,
    wait_seconds: float = 60.0,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """``roster serve`` with the demonstration region, until the end of the block; ``settings`` by ``ROSTER_`` names."""
    port = free_port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--data", str(data), "--processes", "1"]
    command += [] if worker else ["--no-worker"]
    command += ["--database", database] if database else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ROSTER_", "DJANGO_"))}
    environment |= {"COLUMNS": "120", **(settings or {})}
    log = data / "serve.log"
    data.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, log, wait_seconds)
        yield Site(address, dict(_ROW.findall(log.read_text())))
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/trust/", timeout=5):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
    raise AssertionError(f"the service did not start:\n{log.read_text()}")


def log_in(page: Page, site: Site, username: str) -> None:
    """Log in, as somebody does it."""
    page.goto(f"{site.address}/account/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(site.passwords[username])
    page.get_by_role("button", name="Log in", exact=True).click()


def assert_accessible(page: Page) -> None:
    """The automatic checker finds nothing, and nothing is wider than the window."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider, f"{page.url} is wider than the window"
