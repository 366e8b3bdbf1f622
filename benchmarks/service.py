"""Practice managers who declare rooms all at once, while the rosters of their region are being made.

``python -m benchmarks.service [--database URL] [--visitors 50] [--seconds 30] FOLDER`` starts ``roster serve`` on a new
database, asks it for a roster, and lets the managers look at their month, open the form, send it and see what became of
it, again and again, with a pause of a few seconds before each page. It prints a Markdown row: pages, errors, median and
95th percentile in milliseconds, pages a second, and the state of the roster at the end.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from benchmarks.visitor import Visit, Visitor, errors_on, fields_of

HEADING = "| database | visitors | pages | errors | median | 95th percentile | slowest | pages a second | search |"
_LIMIT = "1000000"


def declare(visitor: Visitor, given: dict[str, Any], where: str, until: float, pause: float) -> Iterator[Visit]:
    """One manager's visits until ``until``, seconds of the clock that never goes back. ``pause``: seconds at most."""
    month = f"{where}practice/{given['practice']}/"
    rest = random.Random(given["session"])
    for offer in given["offers"]:
        for ask in ("look", "form", "send", "look"):
            time.sleep(rest.uniform(0.2, 1.0) * pause)
            if time.monotonic() > until:
                return
            if ask == "send":
                yield visitor.send(f"{month}offer/", offer)
            else:
                yield visitor.see(month if ask == "look" else f"{month}offer/")


def is_wrong(visit: Visit) -> bool:
    """Whether a page is not what it should be: an offer leads on, everything else is there."""
    return visit.status != (302 if visit.method == "POST" else 200)


def row(name: str, visitors: int, visits: list[Visit], seconds: float, search: str) -> str:
    """The row of the table."""
    times = sorted(1000 * v.seconds for v in visits)
    percentiles = statistics.quantiles(times, n=20)
    cells = [
        name,
        str(visitors),
        str(len(visits)),
        str(sum(map(is_wrong, visits))),
        f"{statistics.median(times):.0f} ms",
        f"{percentiles[-1]:.0f} ms",
        f"{times[-1]:.0f} ms",
        f"{len(visits) / seconds:.1f}",
        search,
    ]
    return "| " + " | ".join(cells) + " |"


@contextmanager
def served(data: Path, database: str | None, port: int) -> Iterator[str]:
    """``roster serve`` with its worker, until the end of the block; its address."""
    words = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(
        words + (["--database", database] if database else []), env=os.environ | {"ROSTER_REQUESTS_A_MINUTE": _LIMIT}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                requests.get(f"{address}/trust/", timeout=5)
                break
            except requests.RequestException:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def measure(address: str, made: dict[str, Any], seconds: float, pause: float) -> tuple[list[Visit], str]:
    """Let them all declare at once while a roster is made: their visits, and the state of the search at the end."""
    where = f"/{made['region']}/{made['month']}/"
    manager = Visitor(address, made["manager"])
    form = fields_of(manager.see(f"{where}rosters/make/").text)
    asked = manager.send(f"{where}rosters/make/", form | {"seconds": "300", "gap": "0"})
    assert asked.status == 302, errors_on(asked.text)
    time.sleep(8)
    visits: list[Visit] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=lambda m=m: visits.extend(declare(Visitor(address, m["session"]), m, where, until, pause))
        )
        for m in made["managers"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    still = manager.see(asked.leads_to).text
    return visits, "running" if "working" in still or "Stop" in still else "over"


def main() -> None:
    """Run the benchmark on one database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--pause", type=float, default=5.0)
    parser.add_argument("--port", type=int, default=8765)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        words = [sys.executable, "-m", "benchmarks.service_setup", "--data", str(data)]
        words += ["--database", given.database] if given.database else []
        done = subprocess.run([*words, str(given.folder), str(given.visitors)], check=True, capture_output=True)
        with served(data, given.database, given.port) as address:
            visits, search = measure(address, json.loads(done.stdout), given.seconds, given.pause)
    for visit in filter(is_wrong, visits):
        sys.stderr.write(f"{visit.method} {visit.path}: {visit.status} {errors_on(visit.text)}\n")
    name = "PostgreSQL" if given.database else "SQLite"
    sys.stdout.write(HEADING + "\n" + "|---" * HEADING.count(" |") + "|\n")
    sys.stdout.write(row(name, given.visitors, visits, given.seconds, search) + "\n")


if __name__ == "__main__":
    main()
