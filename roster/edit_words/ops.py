"""The sentence of every op. ``before`` is the instance that the edit is made to, ``after`` what it leaves."""

from functools import singledispatch

from roster.calendar import long_date
from roster.domain import BANDS, Coach, Record, Waiting, pence
from roster.edit_words.fields import FIELDS, Change
from roster.edit_words.settings import POLICIES, PRICES, price_words
from roster.edit_words.values import booking_words, on_weekdays, practice_words, room_words, things, times, words
from roster.edits import (
    AddBooking,
    AddCoach,
    AddHours,
    AddLeave,
    AddPin,
    AddReferral,
    AddRoom,
    AddSession,
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
from roster.fault import listed
from roster.instance import Instance
from roster.validity import KEYS
from roster.wording import how_many, needs_words, pounds, session_words, stretch_words


@singledispatch
def say(edit: Edit, _before: Instance, _after: Instance) -> str:
    """The edit in a sentence, told of an instance to which it can be made."""
    raise TypeError(f"{type(edit).__name__} is not an edit")


# -- sessions and rooms ---------------------------------------------------------------------------------------


@say.register
def _(edit: AddSession, _before: Instance, after: Instance) -> str:
    when = f"{stretch_words(edit.date, edit.date)}, {times(edit.start, edit.end)}"
    return f"Offer {room_words(after, edit.room_id)} {when}."


@say.register
def _(edit: RemoveSession, before: Instance, _after: Instance) -> str:
    return f"Withdraw {session_words(before, edit.session_id)}."


@say.register
def _(edit: AddRoom, _before: Instance, after: Instance) -> str:
    has = f", which has {words(edit.features)}" if edit.features else ""
    return f"Add {room_words(after, edit.room_id)}{has}."


@say.register
def _(edit: RemoveRoom, before: Instance, _after: Instance) -> str:
    sessions = sum(session.room_id == edit.room_id for session in before.sessions)
    along = f" and its {how_many(sessions, 'session')}" if sessions else ""
    return f"Withdraw {room_words(before, edit.room_id)}{along}."


# -- coaches --------------------------------------------------------------------------------------------------


@say.register
def _(edit: AddLeave, _before: Instance, _after: Instance) -> str:
    return f"Put coach {edit.coach_id} on leave {stretch_words(edit.first_day, edit.last_day)}."


@say.register
def _(edit: RemoveLeave, before: Instance, _after: Instance) -> str:
    rows = [row for row in before.leave if (row.coach_id, row.first_day) == (edit.coach_id, edit.first_day)]
    away = stretch_words(edit.first_day, max(row.last_day for row in rows))
    return f"Take back the leave of coach {edit.coach_id} {away}."


@say.register
def _(edit: AddHours, _before: Instance, _after: Instance) -> str:
    return f"Coach {edit.coach_id} also works {on_weekdays(edit.weekday, edit.start, edit.end)}."


@say.register
def _(edit: RemoveHours, before: Instance, _after: Instance) -> str:
    key = edit.coach_id, edit.weekday, edit.start
    end = max(row.end for row in before.hours if (row.coach_id, row.weekday, row.start) == key)
    return f"Coach {edit.coach_id} no longer works {on_weekdays(edit.weekday, edit.start, end)}."


@say.register
def _(edit: AddCoach, before: Instance, after: Instance) -> str:
    like, new = before.coach[edit.like], after.coach[edit.coach_id]
    other = [difference for difference in _differences(like, new) if difference]
    but = f", but with {listed(other, 'and')}" if other else ""
    return f"Add coach {edit.coach_id}, with the base, hours, skills and limits of coach {edit.like}{but}."


def _differences(like: Coach, new: Coach) -> list[str]:
    base = f"a base at latitude {new.base_lat:g} and longitude {new.base_lon:g}"
    return [
        base if (like.base_lat, like.base_lon) != (new.base_lat, new.base_lon) else "",
        "" if like.skills == new.skills else things("skill", new.skills),
        _other_limit(like.max_sessions_day, new.max_sessions_day, "visit", "a day"),
        _other_limit(like.max_sessions_week, new.max_sessions_week, "visit", "a week"),
        _other_limit(like.max_sessions_month, new.max_sessions_month, "visit", "in the month"),
        _other_limit(like.max_travel_minutes_day, new.max_travel_minutes_day, "minute", "on the road a day"),
    ]


def _other_limit(like: int | None, new: int | None, thing: str, per: str) -> str:
    if like == new:
        return ""
    return f"any number of {thing}s {per}" if new is None else f"at most {how_many(new, thing)} {per}"


@say.register
def _(edit: RemoveCoach, _before: Instance, _after: Instance) -> str:
    return f"Take coach {edit.coach_id} out, with their hours and leave and the visits they are to hold."


# -- people and interpreters ----------------------------------------------------------------------------------


@say.register
def _(edit: AddReferral, _before: Instance, after: Instance) -> str:
    people = "" if edit.count == 1 else f" for {how_many(edit.count, 'person', 'people')}"
    parts = [f"band {edit.band}", f"made on {long_date(edit.referred_on)}", how_many(edit.minutes, "minute")]
    parts += [f"to be seen by {long_date(edit.see_by)}"] if edit.see_by else []
    parts += [f"in need of {needs_words(edit.needs)}"] if edit.needs else []
    parts += ["without consent so far"] if edit.consent == "no" else []
    where = practice_words(after, edit.practice_id)
    return f"Add referral {edit.referral_id}{people} from {where}: {', '.join(parts)}."


@say.register
def _(edit: RemoveReferral, _before: Instance, _after: Instance) -> str:
    return f"Take referral {edit.referral_id} out: consent is withdrawn."


@say.register
def _(edit: AddBooking, _before: Instance, after: Instance) -> str:
    fee = f", for a fee of {pounds(pence(edit.fee_pounds))}" if edit.fee_pounds else ""
    return f"Book {booking_words(after.booking[edit.booking_id])}{fee}."


@say.register
def _(edit: RemoveBooking, before: Instance, _after: Instance) -> str:
    return f"Cancel booking {edit.booking_id}: {booking_words(before.booking[edit.booking_id])}."


@say.register
def _(edit: ScaleDemand, before: Instance, after: Instance) -> str:
    new, old = how_many(len(after.referrals), "referral"), f"{len(before.referrals):,}"
    return f"Draw the referrals again by chance: {new} instead of {old}, as draw number {edit.seed} gives them."


# -- pins -----------------------------------------------------------------------------------------------------


@say.register
def _(edit: AddPin, _before: Instance, after: Instance) -> str:
    return f"Have coach {edit.coach_id} hold {session_words(after, edit.session_id)}, whatever else changes."


@say.register
def _(edit: RemovePin, before: Instance, _after: Instance) -> str:
    return f"Coach {edit.coach_id} need not hold {session_words(before, edit.session_id)}."


# -- one field of a row, a policy, a price --------------------------------------------------------------------


@say.register
def _(edit: Set, before: Instance, after: Instance) -> str:
    old, new = _row(before, edit), _row(after, edit)
    values = getattr(old, edit.field), getattr(new, edit.field)
    return FIELDS[edit.table, edit.field](Change(before, edit.id, old, *values))


def _row(instance: Instance, edit: Set) -> Record:
    (key,) = KEYS[edit.table]
    rows: tuple[Record, ...] = getattr(instance, edit.table)
    return next(row for row in rows if getattr(row, key) == edit.id)


@say.register
def _(edit: SetPolicy, before: Instance, after: Instance) -> str:
    old, new = (getattr(instance.settings.policy, edit.field) for instance in (before, after))
    return POLICIES[edit.field](new, old)


@say.register
def _(edit: SetPrice, before: Instance, after: Instance) -> str:
    name = edit.field.split(".")[0]
    old, new = (getattr(instance.settings.prices, name) for instance in (before, after))
    if not isinstance(new, Waiting):
        return price_words(PRICES[name], new, old)
    bands = [band for band in BANDS if getattr(new, band) != getattr(old, band)]
    what = "a day that a person of band {} waits"
    each = [price_words(what.format(band), getattr(new, band), getattr(old, band)) for band in bands]
    return " ".join(each) or "Leave the prices of waiting as they are."
