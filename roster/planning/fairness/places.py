"""Which practices are rural: told from where the sites of the folder lie, and nothing else.

A practice is rural where fewer than ``RURAL_SITES`` sites of the folder, its own among them, lie within ``RURAL_KM``
kilometres of its site in a straight line. So in a folder with few sites every practice is rural.
"""

from haversine import haversine

from roster.domain import Practice
from roster.instance import Instance

RURAL_KM = 5.0
RURAL_SITES = 5
TOWN, RURAL = "town", "rural"


def place_of(instance: Instance, practice: Practice) -> str:
    """``town`` or ``rural``."""
    home = instance.site[practice.site_id]
    here = home.lat, home.lon
    near = sum(haversine(here, (site.lat, site.lon)) <= RURAL_KM for site in instance.sites)
    return RURAL if near < RURAL_SITES else TOWN
