"""How the processors of this machine are shared: folders at once, times processors for each, are all there are."""

from os import cpu_count

EACH = 2
"""Processors for one folder where nobody says otherwise."""


def shared(jobs: int | None, workers: int | None, cores: int | None = None) -> tuple[int, int]:
    """Folders at once, and processors for each; what is given stays, what is None is filled up to ``cores``."""
    cores = cores or cpu_count() or 1
    if workers is None:
        workers = min(EACH, cores) if jobs is None else max(1, cores // jobs)
    if jobs is None:
        jobs = max(1, cores // workers)
    return jobs, workers
