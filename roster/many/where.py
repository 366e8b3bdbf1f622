"""Where rosters are made: in processes of this machine, or on a cluster."""

from roster.fault import Fault, InvalidInput
from roster.many.place import Place
from roster.many.pool import LocalPool

INSTALL = "pip install -e '.[cluster]' -c requirements.lock"


def place_for(cluster: str | None, asked_jobs: int | None, jobs: int, workers: int) -> Place:
    """Where to solve: so many at once on this machine, or on the cluster at an address.

    Raises InvalidInput where ``asked_jobs`` says how many a cluster is to work on, and where no cluster can be reached.
    """
    if cluster is None:
        return LocalPool(jobs)
    if asked_jobs is not None:
        says, do = "a cluster decides by itself how many folders it works on at once", "Leave it out."
        raise InvalidInput([Fault(file="--jobs", says=says, do=do)])
    try:
        from roster.many.cluster import connected  # an extra: Dask distributed
    except ModuleNotFoundError:
        says, do = "Dask distributed is not installed", f"Install it with: {INSTALL}"
        raise InvalidInput([Fault(file="--cluster", says=says, do=do)]) from None
    return connected(cluster, workers)
