"""Reading OFFERS.toml: coaches who could be found, and rooms that could be opened, with prices in pounds.

Coaches that the file names take the place of those that are looked at otherwise. A room is opened at a site that stands
in the data, where it need not have a room yet: a hall without rooms changes no roster. Every fault is told with its
place in the file.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from roster.domain import Id, Latitude, Longitude, Pounds, Record, Word
from roster.fault import Fault, InvalidInput, listed
from roster.instance import Instance
from roster.planning.forms import place_of, shown
from roster.privacy import Screen

MOST = 20
"""How many more coaches of one kind there may be."""
EXAMPLE = '[[coach]] with like = "C01", or [[room]] with room_id and site_id'


class CoachOffer(Record):
    """Coaches who could be found, each like one that is there but for what is given; ``price`` in pounds a month."""

    like: Id
    name: Word | None = None
    base_lat: Latitude | None = None
    base_lon: Longitude | None = None
    skills: tuple[Word, ...] | None = None
    most: Annotated[int, Field(ge=0, le=MOST)] | None = None
    price: Pounds | None = None


class RoomOffer(Record):
    """A room that could be opened, for ``opening`` pounds once and ``session`` pounds for each session."""

    room_id: Id
    site_id: Id
    features: tuple[Word, ...] = ()
    opening: Pounds | None = None
    session: Pounds | None = None


class Offers(Record):
    """What the file offers."""

    coaches: Annotated[tuple[CoachOffer, ...], Field(alias="coach")] = ()
    rooms: Annotated[tuple[RoomOffer, ...], Field(alias="room")] = ()


_KEYS = {"coach": tuple(CoachOffer.model_fields), "room": tuple(RoomOffer.model_fields)}
_MUST_BE: Mapping[str, tuple[str, str]] = {
    "coach": ("this must be a list of coaches", "Write each under [[coach]]."),
    "room": ("this must be a list of rooms", "Write each under [[room]]."),
    "like": ("this must be the id of a coach", 'Write like = "C01"'),
    "name": ("this must be a word: letters, digits, - and _", 'Write name = "harbour"'),
    "base_lat": ("this must be a latitude", "Write base_lat = 54.61"),
    "base_lon": ("this must be a longitude", "Write base_lon = -1.57"),
    "skills": ("this must be a list of words", 'Write skills = ["welsh"]'),
    "features": ("this must be a list of words", 'Write features = ["step_free"]'),
    "most": (f"this must be a whole number from 0 to {MOST}", "Write most = 2"),
    "room_id": ("this must be an id", 'Write room_id = "harbour-library-1"'),
    "site_id": ("this must be the id of a site", 'Write site_id = "harbour-library"'),
}
_POUNDS = ("this must be an amount in pounds, 0 or more", "Write a number, such as 25.0")


def read_offers(text: str, file: str, base: Instance) -> Offers:
    """The offers of a TOML text. Raises InvalidInput with every fault found."""
    try:
        given = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = str(error).rpartition("(at ")[2].rstrip(")") if "(at " in str(error) else None
        says = "this cannot be read as TOML"
        raise InvalidInput([Fault(file=file, column=where, says=says, do=f"Write {EXAMPLE}.")]) from None
    try:
        offers = Offers.model_validate(given)
    except ValidationError as errors:
        faults = [_fault(error, file) for error in errors.errors(include_url=False)]
        raise InvalidInput({str(fault): fault for fault in faults}.values()) from None
    faults = [*_wrong_coaches(offers, file, base), *_wrong_rooms(offers, file, base)]
    if faults:
        raise InvalidInput(faults)
    return offers


def _fault(error: ErrorDetails, file: str) -> Fault:
    key = next(part for part in reversed(error["loc"]) if isinstance(part, str))
    place = place_of(error["loc"])
    if error["type"] == "extra_forbidden":
        known = _KEYS.get(str(error["loc"][0]) if len(error["loc"]) > 1 else "", ("coach", "room"))
        where = place_of(error["loc"][:-1]) or None
        do = f"The keys here are {listed(known, 'and')}."
        return Fault(file=file, column=where, value=shown(key), says="there is no such key", do=do)
    says, do = _MUST_BE.get(key, _POUNDS)
    if error["type"] == "missing":
        return Fault(file=file, column=place, says="this is missing", do=do)
    return Fault(file=file, column=place, value=shown(error["input"]), says=says, do=do)


def _wrong_coaches(offers: Offers, file: str, base: Instance) -> Iterator[Fault]:
    names = Counter(offer.name or offer.like for offer in offers.coaches)
    for number, offer in enumerate(offers.coaches, 1):
        place = f"coach {number}"
        if offer.like not in base.coach:
            do = f"The coaches are {listed(base.coach, 'and')}."
            yield _wrong(file, f"{place}, like", offer.like, "there is no such coach", do)
        if (offer.base_lat is None) != (offer.base_lon is None):
            yield _wrong(file, place, None, "a base has a base_lat and a base_lon", "Give both, or neither.")
        if names[offer.name or offer.like] > 1:
            says, do = "another kind of coach has this name", "Give each kind a name of its own."
            yield _wrong(file, f"{place}, name", offer.name or offer.like, says, do)


def _wrong_rooms(offers: Offers, file: str, base: Instance) -> Iterator[Fault]:
    rooms = Counter(offer.room_id for offer in offers.rooms)
    for number, offer in enumerate(offers.rooms, 1):
        place = f"room {number}"
        if offer.site_id not in base.site:
            do = "Add the site to sites.csv first: without a room it changes no roster."
            yield _wrong(file, f"{place}, site_id", offer.site_id, "there is no such site", do)
        if offer.room_id in base.room:
            says, do = "there is such a room already", "Leave it out: its sessions are looked at anyway."
            yield _wrong(file, f"{place}, room_id", offer.room_id, says, do)
        if rooms[offer.room_id] > 1:
            yield _wrong(file, f"{place}, room_id", offer.room_id, "another room has this id", "Give each its own.")
        if Screen().identifies(offer.room_id, "rooms") is not None:
            says = "this may identify a person, which is never held"
            yield _wrong(file, f"{place}, room_id", None, says, "Give it another id.")


def _wrong(file: str, place: str, value: Any, says: str, do: str) -> Fault:
    return Fault(file=file, column=place, value=None if value is None else shown(value), says=says, do=do)
