"""Made-up names of towns, streets and sites. Nothing here is a real place's name on purpose, or a person's."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from roster.domain import SiteKind


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


_BEGINNINGS = _listed("""
    Brack, Drum, Ebb, Fenn, Glim, Grist, Hox, Kelder, Lorn, Mardle, Orl, Pell, Quern, Ruddle, Sallow, Skel, Tarn,
    Thistle, Varn, Wend, Wist, Yarl, Zeal, Coble, Dunlin, Eider, Fulmar, Godwit, Knot, Marram, Osier, Plover, Sedge,
    Tern, Whim, Withy, Yaffle""")
_ENDINGS = _listed("haven, mouth, staithe, wick, holm, ness, ferry, by, thwaite, hythe, combe, strand, shoal, fleet")
_STREETS = _listed("""
    Ropewalk, Saltpan Lane, Lantern Row, Tollkeepers Lane, Oyster Quay, Herring Street, Beacon Bank, Mussel Strand,
    Net Loft Lane, Chandlery Row, Windpump Lane, Ferry Steps, Anchor Yard, Kelp Street, Limekiln Road, Mast Street,
    Cinder Path, Alder Street, Reedbed Road, Causeway Head, Sluice Lane, Tidemill, Boatyard Road, Oilskin Alley,
    Compass Street, Foghorn Road, Driftwood Lane, Samphire Road, Barnacle Row, Shingle Street, Cordage Street,
    Tar Barrel Lane, Signal Hill, Lock Keepers Road, Withy Bed Lane, Peat Cutters Road, Brickfield Lane,
    Cockle Street, Sandglass Row, Dyke Road, Weir Street, Millrace Lane, Hurdle Lane, Slipway, Marram Road,
    Old Dock Road, Turnstone Row, Plover Lane, Gantry Street, Quayside Passage, Copper Kettle Lane, Teasel Street,
    Basket Row, Sailcloth Street, Harbour Wall, Whelk Lane, Ballast Street, Dovecote Rise, Orchard Dyke,
    Tannery Road, Spindle Street, Weighbridge Road, Clay Pit Lane, Kiln Street, Thatch Lane""")
_SURGERIES = ("Surgery", "Medical Centre", "Health Centre", "Practice", "Medical Group")
_CALLED: dict[SiteKind, tuple[str, ...]] = {
    "surgery": _SURGERIES,
    "library": ("Library", "Community Library"),
    "jobcentre": ("Jobcentre",),
    "community_centre": ("Community Centre", "Village Hall"),
    "faith": ("Chapel Hall", "Mission Hall"),
    "other": ("Rooms",),
}


def slug(name: str) -> str:
    """A name as an id: ``Herring Street Surgery`` is ``herring-street-surgery``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@dataclass
class Names:
    """Draws names that are not used yet."""

    rng: Random
    _used: set[str] = field(default_factory=set)

    def town(self) -> str:
        """A town: ``Ebbhaven``."""
        return self._new(lambda: self.rng.choice(_BEGINNINGS) + self.rng.choice(_ENDINGS))

    def site(self, kind: SiteKind, town: str) -> str:
        """A building. Libraries and jobcentres are named after the town as long as it has none yet."""
        called = self.rng.choice(_CALLED[kind])
        if kind in ("library", "jobcentre") and self._is_new(f"{town} {called}"):
            return f"{town} {called}"
        return self.street(town, called)

    def practice(self, town: str) -> str:
        """A practice that shares a building with another."""
        return self.street(town, self.rng.choice(_SURGERIES))

    def street(self, town: str, called: str) -> str:
        """``Herring Street Surgery``, with the town before it where there is one already."""
        name = f"{self.rng.choice(_STREETS)} {called}"
        if self._is_new(name):
            return name
        return self._new(lambda: f"{town} {self.rng.choice(_STREETS)} {called}")

    def _is_new(self, name: str) -> bool:
        new = name not in self._used
        self._used.add(name)
        return new

    def _new(self, draw: Callable[[], str]) -> str:
        name = draw()
        while not self._is_new(name):
            name = draw()
        return name
