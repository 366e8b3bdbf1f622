"""Instances from tables written as text in a test: CSV with spaces, settings and policy as TOML."""

import csv
import tomllib
from collections.abc import Mapping
from typing import TypeVar, get_origin

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
    Roster,
    Session,
    Settings,
    Site,
    TravelRow,
)
from roster.instance import Instance

Row = TypeVar("Row", bound=Record)

SETTINGS = """
name = "A tiny world"
nation = "england"
[prices]
waiting = { A = 13, B = 7, C = 3 }
late = 61
travel = 2
visit = 17
new_face = 29
new_coach = 41
heaviest = 3
change = 47
"""


def world(
    settings: str,
    policy: str,
    *,
    roads: str,
    away: Mapping[str, str] | None = None,
    published: Roster | None = None,
    leave: str = "",
    interpreters: str = "",
    pins: str = "",
    **tables: str,
) -> Instance:
    """The instance of these tables; what every tiny world shares (bases, names, kinds, consent) is filled in."""
    base = {"base_lat": "54.6", "base_lon": "1.5"}
    site = {"kind": "surgery", "lon": "1.6"}
    texts = tomllib.loads(SETTINGS) | tomllib.loads(settings) | {"policy": tomllib.loads(policy)}
    gone = away or {}
    return Instance(
        settings=Settings.model_validate(texts),
        coaches=_records(Coach, [base | row for row in rows(tables["coaches"])]),
        hours=_records(Hours, rows(tables["hours"])),
        leave=_records(Leave, rows(leave)),
        sites=_records(
            Site,
            [
                site | {"name": f"Site {row['site_id']}", "lat": f"54.{65 + 5 * number}"} | row
                for number, row in enumerate(rows(tables["sites"]))
            ],
        ),
        practices=_records(Practice, [{"name": r["practice_id"]} | r for r in rows(tables["practices"])]),
        rooms=_records(Room, rows(tables["rooms"])),
        sessions=_records(Session, rows(tables["sessions"])),
        referrals=_records(
            Referral,
            [{"consent": "yes", "away": gone.get(r["referral_id"], "")} | r for r in rows(tables["referrals"])],
        ),
        interpreters=_records(Booking, rows(interpreters)),
        travel=_records(TravelRow, _both_ways(roads)),
        pins=_records(Pin, rows(pins)),
        published=published,
    )


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table written as CSV with spaces, by column."""
    cells = [[cell.strip() for cell in row] for row in csv.reader(text.split("\n")) if "".join(row).strip()]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def _both_ways(text: str) -> list[dict[str, str]]:
    given = rows("one, other, there, back\n" + text)
    there = [{"from_id": r["one"], "to_id": r["other"], "minutes": r["there"]} for r in given]
    return there + [{"from_id": r["other"], "to_id": r["one"], "minutes": r["back"]} for r in given]


def _records(record: type[Row], cells: list[dict[str, str]]) -> tuple[Row, ...]:
    """Records of cells: an empty cell is not given, a list is separated by semicolons."""
    lists = {name for name, field in record.model_fields.items() if get_origin(field.annotation) is tuple}
    return tuple(
        record.model_validate({k: tuple(v.split(";")) if k in lists else v for k, v in row.items() if v})
        for row in cells
    )
