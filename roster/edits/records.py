"""The edits: one record per op. The one language for every change of an instance (PROBLEM.md section 5).

What adds a row has the columns of its table. An edit written as JSON holds only what was given, so that it reads
back as the same edit.
"""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictFloat,
    StrictInt,
    StrictStr,
    model_serializer,
)

from roster.domain import (
    Booking,
    Clock,
    Hours,
    Id,
    Latitude,
    Leave,
    Longitude,
    Pin,
    Record,
    Referral,
    Room,
    Session,
    Weekday,
    WholeNumber,
    Word,
)

KeyedTable = Literal["coaches", "sites", "rooms", "sessions", "referrals", "interpreters", "practices"]
Scalar: TypeAlias = StrictStr | StrictInt | StrictFloat | None
LARGEST_FACTOR = 100


class _AsGiven(Record):
    """A record that is written as it was given: what was left out stays out."""

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        return {name: value for name, value in written.items() if name == "op" or name in self.model_fields_set}


def _as_written(schema: dict[str, Any]) -> None:
    """Tell in a JSON Schema what ``parse_edits`` takes: an op always, text for lists, null for what is not given."""
    required = schema["required"] = ["op", *schema.get("required", ())]
    for name, shape in schema["properties"].items():
        ways = shape.get("anyOf") or [{key: shape.pop(key) for key in list(shape) if key not in ("title", "default")}]
        types = {way.get("type") for way in ways}
        if "array" in types and "string" not in types:
            ways.append({"type": "string", "description": "The same, with ; between two of them."})
        if name not in required and "null" not in types:
            ways.append({"type": "null"})
        shape |= {"anyOf": ways} if len(ways) > 1 else ways[0]


class _Edit(_AsGiven):
    """``columns_of`` names the table whose columns the fields are, where they are columns."""

    model_config = ConfigDict(json_schema_extra=_as_written)

    columns_of: ClassVar[str | None] = None
    op: str


class AddSession(Session, _Edit):
    """Offer a room for one more stretch of a day."""

    columns_of: ClassVar[str | None] = "sessions"
    op: Literal["add_session"] = "add_session"


class RemoveSession(_Edit):
    """Withdraw a session, with its pins."""

    columns_of: ClassVar[str | None] = "sessions"
    op: Literal["remove_session"] = "remove_session"
    session_id: Id


class AddRoom(Room, _Edit):
    """Add a room to a site."""

    columns_of: ClassVar[str | None] = "rooms"
    op: Literal["add_room"] = "add_room"


class RemoveRoom(_Edit):
    """Withdraw a room, with its sessions and their pins."""

    columns_of: ClassVar[str | None] = "rooms"
    op: Literal["remove_room"] = "remove_room"
    room_id: Id


class AddLeave(Leave, _Edit):
    """Days on which a coach is away. The reason is never held."""

    columns_of: ClassVar[str | None] = "leave"
    op: Literal["add_leave"] = "add_leave"


class RemoveLeave(_Edit):
    """Take back the leave of a coach that begins on ``first_day``."""

    columns_of: ClassVar[str | None] = "leave"
    op: Literal["remove_leave"] = "remove_leave"
    coach_id: Id
    first_day: date


class AddHours(Hours, _Edit):
    """One more stretch of a coach's week."""

    columns_of: ClassVar[str | None] = "hours"
    op: Literal["add_hours"] = "add_hours"


class RemoveHours(_Edit):
    """Take out the stretch of a coach's week that begins at ``start`` on ``weekday``."""

    columns_of: ClassVar[str | None] = "hours"
    op: Literal["remove_hours"] = "remove_hours"
    coach_id: Id
    weekday: Weekday
    start: Clock


class AddCoach(_Edit):
    """A coach with the base, hours, skills and limits of another, and the travel rows where the base is the same.

    Any column of coaches.csv may be given to differ; null empties it. Neither leave nor pins are copied.
    """

    columns_of: ClassVar[str | None] = "coaches"
    op: Literal["add_coach"] = "add_coach"
    coach_id: Id
    like: Id
    base_lat: Latitude | None = None
    base_lon: Longitude | None = None
    skills: tuple[Word, ...] | None = None
    max_sessions_day: WholeNumber | None = None
    max_sessions_week: WholeNumber | None = None
    max_sessions_month: WholeNumber | None = None
    max_travel_minutes_day: WholeNumber | None = None


class RemoveCoach(_Edit):
    """Take a coach out, with their hours, leave, pins and travel rows; they are nobody's usual coach any more."""

    columns_of: ClassVar[str | None] = "coaches"
    op: Literal["remove_coach"] = "remove_coach"
    coach_id: Id


class Set(_Edit):
    """Give one field of one row another value, written as in the files; null empties it."""

    op: Literal["set"] = "set"
    table: KeyedTable
    id: Id
    field: StrictStr
    value: Scalar | tuple[StrictStr, ...]


class SetPolicy(_Edit):
    """Give one policy another value; null gives it the value that a missing key has."""

    op: Literal["set_policy"] = "set_policy"
    field: StrictStr
    value: Scalar


class BandPrices(_AsGiven):
    """Prices of a day waited, by band; a band that is left out keeps its price."""

    A: Scalar = None
    B: Scalar = None
    C: Scalar = None


class SetPrice(_Edit):
    """Give one price another value; null gives it the value that a missing key has.

    ``waiting`` takes an object of bands; ``waiting.A``, ``waiting.B`` and ``waiting.C`` take a number.
    """

    op: Literal["set_price"] = "set_price"
    field: StrictStr
    value: Scalar | BandPrices


class AddReferral(Referral, _Edit):
    """One more referral."""

    columns_of: ClassVar[str | None] = "referrals"
    op: Literal["add_referral"] = "add_referral"


class RemoveReferral(_Edit):
    """Take a referral out: consent is withdrawn."""

    columns_of: ClassVar[str | None] = "referrals"
    op: Literal["remove_referral"] = "remove_referral"
    referral_id: Id


class AddBooking(Booking, _Edit):
    """An interpreter for one more stretch of a day."""

    columns_of: ClassVar[str | None] = "interpreters"
    op: Literal["add_booking"] = "add_booking"


class RemoveBooking(_Edit):
    """Take an interpreter's booking out."""

    columns_of: ClassVar[str | None] = "interpreters"
    op: Literal["remove_booking"] = "remove_booking"
    booking_id: Id


class AddPin(Pin, _Edit):
    """A visit that is to be in the roster whatever else happens."""

    columns_of: ClassVar[str | None] = "pins"
    op: Literal["add_pin"] = "add_pin"


class RemovePin(_Edit):
    """A visit that need not be in the roster any more."""

    columns_of: ClassVar[str | None] = "pins"
    op: Literal["remove_pin"] = "remove_pin"
    coach_id: Id
    session_id: Id


class ScaleDemand(_Edit):
    """Draw the referrals again, with replacement, to ``round(factor * n)`` of them, halves up, with new ids."""

    op: Literal["scale_demand"] = "scale_demand"
    factor: Annotated[float, Field(ge=0, le=LARGEST_FACTOR, allow_inf_nan=False, strict=True)]
    seed: StrictInt


Edit = Annotated[
    AddSession
    | RemoveSession
    | AddRoom
    | RemoveRoom
    | AddLeave
    | RemoveLeave
    | AddHours
    | RemoveHours
    | AddCoach
    | RemoveCoach
    | Set
    | SetPolicy
    | SetPrice
    | AddReferral
    | RemoveReferral
    | AddBooking
    | RemoveBooking
    | AddPin
    | RemovePin
    | ScaleDemand,
    Field(discriminator="op"),
]
