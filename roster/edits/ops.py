"""What each op does to a draft (PROBLEM.md section 5). Removing takes along what hangs on it."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any, TypeVar

from pydantic import ValidationError

from roster.calendar import long_date
from roster.domain import (
    Booking,
    Coach,
    Hours,
    Leave,
    Pin,
    Prices,
    Record,
    Referral,
    Room,
    Session,
    Waiting,
    clock,
)
from roster.edits.demand import drawn_again
from roster.edits.draft import Draft, already
from roster.edits.errors import Refused
from roster.edits.records import (
    AddBooking,
    AddCoach,
    AddHours,
    AddLeave,
    AddPin,
    AddReferral,
    AddRoom,
    AddSession,
    BandPrices,
    Edit,
    RemoveBooking,
    RemoveCoach,
    RemoveHours,
    RemoveLeave,
    RemovePin,
    RemoveReferral,
    RemoveRoom,
    RemoveSession,
    ScaleDemand,
    Set,
    SetPolicy,
    SetPrice,
)
from roster.edits.written import as_written, empty, is_empty, misfit, read_written, refuse_personal_name
from roster.fault import listed
from roster.files.cells import explain
from roster.files.columns import TABLE, Column, Kind
from roster.files.settings import kinds
from roster.validity import KEYS

R = TypeVar("R", bound=Record)


@singledispatch
def make(edit: Edit, _draft: Draft) -> None:
    """Make one edit. Raises Refused where it names what is not there, adds what is, or holds what does not fit."""
    raise TypeError(f"{type(edit).__name__} is not an edit")


def _row(record: type[R], edit: Record) -> R:
    """The row that an edit adds."""
    return record.model_validate({name: getattr(edit, name) for name in record.model_fields})


# -- sessions and rooms ---------------------------------------------------------------------------------------


@make.register
def _(edit: AddSession, draft: Draft) -> None:
    draft.add("sessions", _row(Session, edit))


@make.register
def _(edit: RemoveSession, draft: Draft) -> None:
    draft.remove("sessions", edit.session_id)
    draft.unpin({edit.session_id})


@make.register
def _(edit: AddRoom, draft: Draft) -> None:
    draft.add("rooms", _row(Room, edit))


@make.register
def _(edit: RemoveRoom, draft: Draft) -> None:
    draft.remove("rooms", edit.room_id)
    gone = {s.session_id for s in draft.sessions.values() if s.room_id == edit.room_id}
    draft.sessions = {i: session for i, session in draft.sessions.items() if i not in gone}
    draft.unpin(gone)


# -- coaches --------------------------------------------------------------------------------------------------


@make.register
def _(edit: AddLeave, draft: Draft) -> None:
    row = _row(Leave, edit)
    draft.check_names("leave", row)
    if _leave_of(edit, draft):
        what = f"leave of {edit.coach_id} from {long_date(edit.first_day)}"
        raise Refused(f"there is {what} already", "Remove that first with remove_leave, or begin on another day.")
    draft.leave.append(row)


@make.register
def _(edit: RemoveLeave, draft: Draft) -> None:
    draft.require("coaches", edit.coach_id)
    gone = _leave_of(edit, draft)
    if not gone:
        what = f"leave of {edit.coach_id} from {long_date(edit.first_day)}"
        raise Refused(f"there is no {what}", "Use the coach and the first day of a row of leave.csv.")
    draft.leave = [row for row in draft.leave if row not in gone]


def _leave_of(edit: AddLeave | RemoveLeave, draft: Draft) -> list[Leave]:
    return [row for row in draft.leave if (row.coach_id, row.first_day) == (edit.coach_id, edit.first_day)]


@make.register
def _(edit: AddHours, draft: Draft) -> None:
    row = _row(Hours, edit)
    draft.check_names("hours", row)
    if _hours_of(edit, draft):
        do = "Remove those first with remove_hours, or start at another time."
        raise Refused(f"there are {_hours_words(edit)} already", do)
    draft.hours.append(row)


@make.register
def _(edit: RemoveHours, draft: Draft) -> None:
    draft.require("coaches", edit.coach_id)
    gone = _hours_of(edit, draft)
    if not gone:
        do = "Use the coach, the weekday and the start of a row of hours.csv."
        raise Refused(f"there are no {_hours_words(edit)}", do)
    draft.hours = [row for row in draft.hours if row not in gone]


def _hours_of(edit: AddHours | RemoveHours, draft: Draft) -> list[Hours]:
    key = edit.coach_id, edit.weekday, edit.start
    return [row for row in draft.hours if (row.coach_id, row.weekday, row.start) == key]


def _hours_words(edit: AddHours | RemoveHours) -> str:
    return f"hours of {edit.coach_id} on {edit.weekday} from {clock(edit.start)}"


@make.register
def _(edit: AddCoach, draft: Draft) -> None:
    draft.require("coaches", edit.like)
    given = {name: getattr(edit, name) for name in Coach.model_fields if name in edit.model_fields_set}
    draft.add("coaches", _changed(draft.coaches[edit.like], TABLE["coaches"].column, given))
    draft.hours += [
        row.model_copy(update={"coach_id": edit.coach_id}) for row in draft.hours if row.coach_id == edit.like
    ]
    if not {"base_lat", "base_lon"} & edit.model_fields_set:
        _copy_roads(edit.like, edit.coach_id, draft)


def _copy_roads(like: str, new: str, draft: Draft) -> None:
    for row in list(draft.travel):
        if (row.from_id == like) != (row.to_id == like):
            end = "from_id" if row.from_id == like else "to_id"
            draft.travel.append(row.model_copy(update={end: new}))


@make.register
def _(edit: RemoveCoach, draft: Draft) -> None:
    gone = edit.coach_id
    draft.remove("coaches", gone)
    draft.hours = [row for row in draft.hours if row.coach_id != gone]
    draft.leave = [row for row in draft.leave if row.coach_id != gone]
    draft.pins = [row for row in draft.pins if row.coach_id != gone]
    draft.travel = [row for row in draft.travel if gone not in (row.from_id, row.to_id)]
    for referral_id, referral in draft.referrals.items():
        if referral.usual_coach == gone:
            draft.referrals[referral_id] = referral.model_copy(update={"usual_coach": None})


# -- people and interpreters ----------------------------------------------------------------------------------


@make.register
def _(edit: AddReferral, draft: Draft) -> None:
    draft.add("referrals", _row(Referral, edit))


@make.register
def _(edit: RemoveReferral, draft: Draft) -> None:
    draft.remove("referrals", edit.referral_id)


@make.register
def _(edit: AddBooking, draft: Draft) -> None:
    draft.add("interpreters", _row(Booking, edit))


@make.register
def _(edit: RemoveBooking, draft: Draft) -> None:
    draft.remove("interpreters", edit.booking_id)


@make.register
def _(edit: ScaleDemand, draft: Draft) -> None:
    draft.referrals = drawn_again(draft.referrals, edit.factor, edit.seed, draft.told)


# -- pins -----------------------------------------------------------------------------------------------------


@make.register
def _(edit: AddPin, draft: Draft) -> None:
    row = _row(Pin, edit)
    draft.check_names("pins", row)
    if row in draft.pins:
        raise already(f"pin of {edit.coach_id} to {edit.session_id}", "Leave this edit out.")
    draft.pins.append(row)


@make.register
def _(edit: RemovePin, draft: Draft) -> None:
    draft.check_names("pins", row := _row(Pin, edit))
    if row not in draft.pins:
        do = "Use the coach and the session of a row of pins.csv."
        raise Refused(f"there is no pin of {edit.coach_id} to {edit.session_id}", do)
    draft.pins.remove(row)


# -- one field of a row, a policy, a price --------------------------------------------------------------------

_KINDS: dict[Any, Kind] = {int: "whole", float: "number", str: "text"}


def _settings_columns(inside: str) -> dict[str, Column]:
    """The settings of a section, dotted below it, as columns: none is required, all have a usual value."""
    names = {key.removeprefix(inside): kind for key, kind in kinds().items() if key.startswith(inside)}
    return {name: Column(name, _KINDS[kind], "", required=False) for name, kind in names.items()}


_POLICIES = _settings_columns("policy.")
_PRICES = _settings_columns("prices.")


@make.register
def _(edit: Set, draft: Draft) -> None:
    columns = TABLE[edit.table].column
    column = _known(edit.field, columns, edit)
    if edit.field in KEYS[edit.table]:
        raise Refused(f"{edit.field} is the id of the row, which stays as it is", "Set another field.")
    draft.require(edit.table, edit.id)
    row = getattr(draft, edit.table)[edit.id]
    draft.replace(edit.table, _changed(row, columns, {edit.field: _value(column, edit.value)}))


@make.register
def _(edit: SetPolicy, draft: Draft) -> None:
    column = _known(edit.field, _POLICIES, edit)
    policy = _changed(draft.settings.policy, _POLICIES, {edit.field: _value(column, edit.value)})
    draft.settings = draft.settings.model_copy(update={"policy": policy})


@make.register
def _(edit: SetPrice, draft: Draft) -> None:
    prices = draft.settings.prices
    if edit.field == "waiting":
        prices = prices.model_copy(update={"waiting": _waiting(edit.value, prices.waiting)})
    else:
        column = _known(edit.field, _PRICES, edit)
        prices = _with_price(prices, column, edit.value)
    draft.settings = draft.settings.model_copy(update={"prices": prices})


def _with_price(prices: Prices, column: Column, value: object) -> Prices:
    if "." not in column.name:
        return _changed(prices, _PRICES, {column.name: _value(column, value)})
    band = column.name.removeprefix("waiting.")
    return prices.model_copy(update={"waiting": _waiting(BandPrices.model_validate({band: value}), prices.waiting)})


def _waiting(value: object, now: Waiting) -> Waiting:
    """Prices of waiting: those of the bands that are given are new, the others stay."""
    if value is None:
        return Waiting()
    if not isinstance(value, BandPrices):
        do = 'Write an object such as {"A": 12, "B": 6, "C": 3}, or set waiting.A alone.'
        raise Refused("waiting: this needs a price for each band", do)
    bands = {name: _PRICES[f"waiting.{name}"] for name in value.model_fields_set}
    return _changed(now, bands, {name: _value(bands[name], getattr(value, name)) for name in bands})


def _known(name: str, columns: Mapping[str, Column], edit: Set | SetPolicy | SetPrice) -> Column:
    if name in columns:
        return columns[name]
    refuse_personal_name(name, as_written(edit))
    known = listed([n for n in columns if n not in KEYS.get(getattr(edit, "table", ""), ())], "and")
    raise Refused(f"there is no field {name!r} here", f"The fields are {known}.")


def _value(column: Column, value: object) -> object:
    return None if is_empty(value) else read_written(column.name, column.kind, value)


def _changed(row: R, columns: Mapping[str, Column], given: Mapping[str, object]) -> R:
    """The row with other values; None gives a field the value that an empty cell has. Raises Refused."""
    values = dict(row)
    for name, value in given.items():
        if value is None and columns[name].required:
            raise empty(columns[name])
        values[name] = type(row).model_fields[name].get_default() if value is None else value
    try:
        return type(row).model_validate(values)
    except ValidationError as errors:
        error = errors.errors(include_url=False)[0]
        name = str(error["loc"][0])
        raise misfit(columns[name].name, given[name], explain(error, columns[name])) from None
