"""The tables of an instance: their columns in the contract's order, what a cell may hold, and what it means.

One list for the reader, the writer and the notes of the template. A test holds it against the records of
``roster.domain``. Source: PROBLEM.md section 1.
"""

from dataclasses import dataclass
from typing import Literal

from roster.domain import (
    BANDS,
    SITE_KINDS,
    WEEKDAYS,
    Booking,
    Coach,
    Hours,
    Leave,
    Pin,
    Practice,
    Record,
    Referral,
    Room,
    Session,
    Site,
    TravelRow,
)

Kind = Literal["id", "text", "word", "words", "ids", "dates", "date", "clock", "whole", "number", "choice"]
LISTS: frozenset[Kind] = frozenset({"words", "ids", "dates"})


@dataclass(frozen=True)
class Column:
    """One column: what its cells hold, whether every row needs one, and a sentence for whoever fills it in."""

    name: str
    kind: Kind
    about: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: the file ``<name>.csv`` or the sheet ``<name>``; ``optional`` tables may be missing."""

    name: str
    record: type[Record]
    about: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def column(self) -> dict[str, Column]:
        """Columns by name."""
        return {c.name: c for c in self.columns}

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(c.name for c in self.columns)


def _may(name: str, kind: Kind, about: str) -> Column:
    return Column(name, kind, about, required=False)


def _one_of(name: str, choices: tuple[str, ...], about: str) -> Column:
    return Column(name, "choice", about, choices=choices)


TABLES = (
    Table(
        "coaches",
        Coach,
        "Job coaches: one row each, known by an id and never by a name.",
        (
            Column("coach_id", "id", "An id of your own making, for example C01."),
            Column("base_lat", "number", "Latitude of the place where the coach starts and ends a day."),
            Column("base_lon", "number", "Longitude of that place."),
            _may("skills", "words", "What the coach can do, as words separated by ; for example welsh;bsl."),
            _may("max_sessions_day", "whole", "Most sessions on one day. Empty: no limit."),
            _may("max_sessions_week", "whole", "Most sessions from Monday to Sunday. Empty: no limit."),
            _may("max_sessions_month", "whole", "Most sessions in the month. Empty: no limit."),
            _may("max_travel_minutes_day", "whole", "Most minutes on the road in a day. Empty: no limit."),
        ),
    ),
    Table(
        "hours",
        Hours,
        "When each coach works: one row for each stretch of a weekday. Stretches of one day must not overlap.",
        (
            Column("coach_id", "id", "A coach of the sheet coaches."),
            _one_of("weekday", WEEKDAYS, "mon, tue, wed, thu, fri, sat or sun."),
            Column("start", "clock", "The time work starts, as HH:MM."),
            Column("end", "clock", "The time work ends, as HH:MM."),
        ),
    ),
    Table(
        "leave",
        Leave,
        "Days on which a coach is away. The reason is never held.",
        (
            Column("coach_id", "id", "A coach of the sheet coaches."),
            Column("first_day", "date", "The first day away, as YYYY-MM-DD."),
            Column("last_day", "date", "The last day away, as YYYY-MM-DD."),
        ),
        optional=True,
    ),
    Table(
        "sites",
        Site,
        "Buildings in which sessions are held.",
        (
            Column("site_id", "id", "An id of your own making. No coach may have the same."),
            Column("name", "text", "The name of the building."),
            _one_of("kind", SITE_KINDS, "surgery, library, community_centre, faith, jobcentre or other."),
            Column("lat", "number", "Latitude, for example 51.54102."),
            Column("lon", "number", "Longitude, for example -0.09742."),
            _may("features", "words", "What every room there has, for example step_free;hearing_loop."),
            _may("min_sessions", "whole", "Fewest sessions to be held there in the month. Empty: none."),
            _may("max_sessions", "whole", "Most sessions to be held there in the month. Empty: no limit."),
            _may("hire_pounds", "number", "Pounds paid for each session used. Empty: 0."),
        ),
    ),
    Table(
        "practices",
        Practice,
        "The organisations that refer people. Several may share a site.",
        (
            Column("practice_id", "id", "An id, for example the practice code."),
            Column("name", "text", "The name of the practice."),
            Column("site_id", "id", "The site it is in, from the sheet sites."),
        ),
    ),
    Table(
        "rooms",
        Room,
        "The rooms that are offered.",
        (
            Column("room_id", "id", "An id of your own making."),
            Column("site_id", "id", "The site it is in, from the sheet sites."),
            _may("features", "words", "What this room has beside its site's features, for example quiet."),
        ),
    ),
    Table(
        "sessions",
        Session,
        "When a room is offered: one row for each stretch of one day.",
        (
            Column("session_id", "id", "An id of your own making."),
            Column("room_id", "id", "A room of the sheet rooms."),
            Column("date", "date", "The day, as YYYY-MM-DD."),
            Column("start", "clock", "The time it starts, as HH:MM."),
            Column("end", "clock", "The time it ends, as HH:MM."),
        ),
    ),
    Table(
        "referrals",
        Referral,
        "People to be seen, each known only by an id that the practice made up.",
        (
            Column("referral_id", "id", "The made-up id. Never a name, never an NHS number."),
            Column("practice_id", "id", "The practice that referred the person, from the sheet practices."),
            Column("referred_on", "date", "The day of the referral, as YYYY-MM-DD."),
            _one_of("band", BANDS, "How urgent it is: A (most), B or C."),
            _may("see_by", "date", "The day by which the person should be seen. Empty: none."),
            Column("minutes", "whole", "How long the appointment lasts, in minutes."),
            _may("needs", "words", "For example coach:welsh;room:step_free;interpreter:bsl."),
            _may("sites", "ids", "Sites that the person accepts, separated by ; Empty: every site within reach."),
            _may("away", "dates", "Days on which the person cannot come, separated by ;"),
            _may("usual_coach", "id", "The coach who saw the person before, from the sheet coaches."),
            _one_of("consent", ("yes", "no"), "yes or no. Nobody is given an appointment without it."),
            _may("count", "whole", "How many people this row stands for. Empty: 1."),
        ),
    ),
    Table(
        "interpreters",
        Booking,
        "Interpreters who can be booked: one row for each stretch of one day.",
        (
            Column("booking_id", "id", "An id of your own making."),
            Column("skill", "word", "The language as one word, for example bsl."),
            Column("date", "date", "The day, as YYYY-MM-DD."),
            Column("start", "clock", "The time it starts, as HH:MM."),
            Column("end", "clock", "The time it ends, as HH:MM."),
            _may("fee_pounds", "number", "Pounds paid if the booking is used. Empty: 0."),
        ),
        optional=True,
    ),
    Table(
        "travel",
        TravelRow,
        "Minutes on the road, where you know them better than the formula. One row for each direction.",
        (
            Column("from_id", "id", "A coach (their base) or a site."),
            Column("to_id", "id", "A coach (their base) or a site."),
            Column("minutes", "whole", "Whole minutes on the road."),
        ),
        optional=True,
    ),
    Table(
        "pins",
        Pin,
        "Visits that must be in the roster.",
        (
            Column("coach_id", "id", "A coach of the sheet coaches."),
            Column("session_id", "id", "A session of the sheet sessions."),
        ),
        optional=True,
    ),
)
TABLE = {table.name: table for table in TABLES}
