"""Every kind of job, and what does it."""

from roster.web.work import asking, explaining, helping, planning, repairing, solving
from roster.web.work.worker import Kind

KINDS: dict[str, Kind] = {
    "help": helping.made,
    "plan": planning.made,
    "solve": solving.made,
    "repair": repairing.made,
    "explain": explaining.made,
    "why": asking.why,
    "why-not": asking.why_not,
}
