"""Every kind of job, and what does it."""

from roster.web.work import repairing, solving
from roster.web.work.worker import Kind

KINDS: dict[str, Kind] = {
    "solve": solving.made,
    "repair": repairing.made,
}
