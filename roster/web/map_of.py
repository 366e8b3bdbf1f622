"""A roster on a map: where the sites and the coaches' bases are, drawn from their coordinates, without a background.

The projection keeps distances near the middle of the region: x is longitude times the cosine of the middle latitude,
y is latitude (equirectangular). The drawing is ``WIDTH`` wide and as high as it has to be.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain import Roster
from roster.instance import Instance

WIDTH, _EDGE, _LEAST, _MOST = 720.0, 30.0, 240.0, 900.0
_SMALL, _LARGE = 5.0, 14.0


@dataclass(frozen=True)
class Dot:
    """A site: where it is drawn, how large, and what is done there. ``number`` is that of its row in the table."""

    number: int
    x: float
    y: float
    radius: float
    site_id: str
    name: str
    offered: int
    visits: int
    people: int
    coaches: tuple[str, ...]

    @property
    def says(self) -> str:
        """What the dot stands for."""
        return f"{self.name}: {self.visits} of {self.offered} sessions used, {self.people} people seen"


@dataclass(frozen=True)
class Base:
    """A coach's base, as the three corners of a triangle."""

    coach_id: str
    corners: str


@dataclass(frozen=True)
class Drawing:
    """The map: sites that are used first, the busiest first."""

    width: float
    height: float
    sites: tuple[Dot, ...]
    bases: tuple[Base, ...]

    @property
    def used(self) -> tuple[Dot, ...]:
        """The sites where somebody is."""
        return tuple(dot for dot in self.sites if dot.visits)

    @property
    def says(self) -> str:
        """What the map shows, in a sentence."""
        return f"{len(self.used)} of {len(self.sites)} sites are used. The table below has every site."


def map_of(instance: Instance, roster: Roster) -> Drawing:
    """The sites and bases of the instance, and how the roster uses them; every id of the roster is in the instance."""
    points = [(s.lat, s.lon) for s in instance.sites] + [(c.base_lat, c.base_lon) for c in instance.coaches]
    place = _Projection(points)
    return Drawing(
        width=WIDTH,
        height=place.height,
        sites=tuple(_dots(instance, roster, place)),
        bases=tuple(Base(c.coach_id, _triangle(*place.of(c.base_lat, c.base_lon))) for c in instance.coaches),
    )


class _Projection:
    """From degrees to the drawing."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats = [lat for lat, _ in points] or [0.0]
        lons = [lon for _, lon in points] or [0.0]
        self._narrowing = math.cos(math.radians((min(lats) + max(lats)) / 2))
        self._west, self._north = min(lons), max(lats)
        wide = (max(lons) - min(lons)) * self._narrowing
        high = max(lats) - min(lats)
        inside = WIDTH - 2 * _EDGE
        self._scale = inside / max(wide, high * inside / (_MOST - 2 * _EDGE), 1e-6)
        self.height = round(max(_LEAST, high * self._scale + 2 * _EDGE))

    def of(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point is drawn."""
        x = _EDGE + (lon - self._west) * self._narrowing * self._scale
        y = _EDGE + (self._north - lat) * self._scale
        return round(x, 1), round(y, 1)


def _dots(instance: Instance, roster: Roster, place: _Projection) -> list[Dot]:
    visits = Counter(instance.site_of(v.session_id) for v in roster.visits)
    people = Counter(instance.site_of(a.session_id) for a in roster.appointments)
    offered = Counter(instance.site_of(s.session_id) for s in instance.sessions)
    coaches: dict[str, set[str]] = {}
    for visit in roster.visits:
        coaches.setdefault(instance.site_of(visit.session_id), set()).add(visit.coach_id)
    most = max(visits.values(), default=1)
    in_order = sorted(instance.sites, key=lambda s: (-visits[s.site_id], s.name, s.site_id))
    made = []
    for number, site in enumerate(in_order, start=1):
        x, y = place.of(site.lat, site.lon)
        share = math.sqrt(visits[site.site_id] / most)
        made.append(
            Dot(
                number=number,
                x=x,
                y=y,
                radius=round(_SMALL + (_LARGE - _SMALL) * share, 1),
                site_id=site.site_id,
                name=site.name,
                offered=offered[site.site_id],
                visits=visits[site.site_id],
                people=people[site.site_id],
                coaches=tuple(sorted(coaches.get(site.site_id, ()))),
            )
        )
    return made


def _triangle(x: float, y: float) -> str:
    return " ".join(f"{round(a, 1)},{round(b, 1)}" for a, b in ((x, y - 7), (x - 6, y + 5), (x + 6, y + 5)))
