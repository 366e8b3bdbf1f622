"""A draft: the tables of an instance while edits are made to them, row by row, before they are an instance again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from roster.domain import (
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
    Settings,
    Site,
    TravelRow,
)
from roster.edits.errors import Refused
from roster.fault import listed
from roster.instance import Instance
from roster.validity import KEYS, REFERENCES, WHAT

_BY_ID = ("coaches", "sites", "practices", "rooms", "sessions", "referrals", "interpreters")
_LISTED = ("hours", "leave", "travel", "pins")


@dataclass
class Draft:
    """The tables that edits change: by id where every row has one, as lists of rows where not.

    ``told`` holds the referrals that the published roster names.
    """

    settings: Settings
    coaches: dict[str, Coach]
    sites: dict[str, Site]
    practices: dict[str, Practice]
    rooms: dict[str, Room]
    sessions: dict[str, Session]
    referrals: dict[str, Referral]
    interpreters: dict[str, Booking]
    hours: list[Hours]
    leave: list[Leave]
    travel: list[TravelRow]
    pins: list[Pin]
    told: frozenset[str]

    @classmethod
    def of(cls, instance: Instance) -> Draft:
        """A draft of an instance that has no faults."""
        by_id: dict[str, Any] = {table: _by_id(table, getattr(instance, table)) for table in _BY_ID}
        rows: dict[str, Any] = {table: list(getattr(instance, table)) for table in _LISTED}
        return cls(settings=instance.settings, told=_told(instance), **by_id, **rows)

    def tables(self) -> dict[str, object]:
        """The tables as an instance has them."""
        by_id = {table: tuple(getattr(self, table).values()) for table in _BY_ID}
        return {"settings": self.settings} | by_id | {table: tuple(getattr(self, table)) for table in _LISTED}

    def require(self, table: str, row_id: str) -> None:
        """Raise Refused where the table has no such row."""
        if row_id not in getattr(self, table):
            raise nothing(f"{WHAT[table]} {row_id}", (table,))

    def add(self, table: str, row: Record) -> None:
        """Add a row with an id that is new, and that names only what is there. Raises Refused."""
        row_id = getattr(row, KEYS[table][0])
        rows = getattr(self, table)
        if row_id in rows:
            raise already(f"{WHAT[table]} {row_id}", "Use an id that is not taken, or change that one with set.")
        self.check_names(table, row)
        rows[row_id] = row

    def replace(self, table: str, row: Record) -> None:
        """Put a row in the place of the one with its id. Raises Refused where it names what is not there."""
        self.check_names(table, row)
        getattr(self, table)[getattr(row, KEYS[table][0])] = row

    def remove(self, table: str, row_id: str) -> None:
        """Take a row out. Raises Refused where there is none."""
        self.require(table, row_id)
        del getattr(self, table)[row_id]

    def check_names(self, table: str, row: Record) -> None:
        """Raise Refused where the row names what is not there."""
        for of_table, column, targets in REFERENCES:
            given = (getattr(row, column) or ()) if of_table == table else ()
            names = (given,) if isinstance(given, str) else given
            unknown = set(names).difference(*(getattr(self, target) for target in targets))
            if unknown:
                first = next(name for name in names if name in unknown)
                raise nothing(f"{listed([WHAT[target] for target in targets])} {first}", targets)

    def unpin(self, sessions: set[str]) -> None:
        """Take out the pins of sessions that are gone."""
        self.pins = [pin for pin in self.pins if pin.session_id not in sessions]


def nothing(what: str, tables: tuple[str, ...]) -> Refused:
    """What is named is not there."""
    files = listed([f"{table}.csv" for table in tables])
    return Refused(f"there is no {what}", f"Use an id of {files}, or one that an earlier edit adds.")


def already(what: str, do: str) -> Refused:
    """What is added is there."""
    return Refused(f"there is a {what} already", do)


def _by_id(table: str, rows: tuple[Record, ...]) -> dict[str, Record]:
    return {getattr(row, KEYS[table][0]): row for row in rows}


def _told(instance: Instance) -> frozenset[str]:
    published = instance.published
    if published is None:
        return frozenset()
    return frozenset(a.referral_id for a in published.appointments) | {u.referral_id for u in published.unseen}
