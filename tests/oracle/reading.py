"""Reads an instance folder into a World (the contract, section 1), with nothing but the standard library."""

import csv
import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.oracle.world import (
    POLICY,
    PRICES,
    TRAVEL,
    WEEKDAYS,
    Appointment,
    Booking,
    Coach,
    Plan,
    Referral,
    Session,
    Site,
    Visit,
    World,
    clock,
)

Row = dict[str, str]


def load(folder: Path | str) -> World:
    """The World of an instance folder that has no faults."""
    folder = Path(folder)
    settings = tomllib.loads((folder / "settings.toml").read_text("utf-8"), parse_float=Decimal)
    prices = PRICES | settings.get("prices", {})
    prices["waiting"] = PRICES["waiting"] | prices["waiting"]
    return World(
        folder=folder,
        name=settings["name"],
        month=settings["month"],
        nation=settings["nation"],
        as_of=settings["as_of"],
        policy=POLICY | settings.get("policy", {}),
        prices=prices,
        curve=TRAVEL | settings.get("travel", {}),
        coaches=_coaches(folder),
        sites={row["site_id"]: _site(row) for row in _table(folder, "sites")},
        sessions=_sessions(folder),
        referrals=_referrals(folder),
        bookings={row["booking_id"]: _booking(row) for row in _table(folder, "interpreters")},
        travel_rows={(row["from_id"], row["to_id"]): int(row["minutes"]) for row in _table(folder, "travel")},
        pins=tuple((row["coach_id"], row["session_id"]) for row in _table(folder, "pins")),
        published=_published(folder / "published.json"),
    )


def _table(folder: Path, name: str) -> list[Row]:
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: (cell or "").strip() for key, cell in row.items()} for row in csv.DictReader(lines)]


def _words(row: Row, column: str) -> frozenset[str]:
    return frozenset(word.strip() for word in row.get(column, "").split(";") if word.strip())


def _number(row: Row, column: str) -> int | None:
    text = row.get(column, "")
    return int(text) if text else None


def _point(row: Row, prefix: str = "") -> tuple[float, float]:
    return float(row[f"{prefix}lat"]), float(row[f"{prefix}lon"])


def _coaches(folder: Path) -> dict[str, Coach]:
    hours, leave = _table(folder, "hours"), _table(folder, "leave")
    return {
        row["coach_id"]: Coach(
            coach_id=row["coach_id"],
            base=_point(row, "base_"),
            skills=_words(row, "skills"),
            day_limit=_number(row, "max_sessions_day"),
            week_limit=_number(row, "max_sessions_week"),
            month_limit=_number(row, "max_sessions_month"),
            travel_limit=_number(row, "max_travel_minutes_day"),
            hours=tuple(
                (WEEKDAYS.index(own["weekday"]), clock(own["start"]), clock(own["end"]))
                for own in hours
                if own["coach_id"] == row["coach_id"]
            ),
            leave=tuple(
                (date.fromisoformat(own["first_day"]), date.fromisoformat(own["last_day"]))
                for own in leave
                if own["coach_id"] == row["coach_id"]
            ),
        )
        for row in _table(folder, "coaches")
    }


def _site(row: Row) -> Site:
    return Site(
        site_id=row["site_id"],
        point=_point(row),
        least=_number(row, "min_sessions"),
        most=_number(row, "max_sessions"),
        hire=Decimal(row.get("hire_pounds") or "0"),
    )


def _sessions(folder: Path) -> dict[str, Session]:
    of_site = {row["site_id"]: _words(row, "features") for row in _table(folder, "sites")}
    rooms = {row["room_id"]: row for row in _table(folder, "rooms")}
    sessions = {}
    for row in _table(folder, "sessions"):
        room = rooms[row["room_id"]]
        sessions[row["session_id"]] = Session(
            session_id=row["session_id"],
            room_id=row["room_id"],
            site_id=room["site_id"],
            features=_words(room, "features") | of_site[room["site_id"]],
            day=date.fromisoformat(row["date"]),
            start=clock(row["start"]),
            end=clock(row["end"]),
        )
    return sessions


def _referrals(folder: Path) -> dict[str, Referral]:
    home = {row["practice_id"]: row["site_id"] for row in _table(folder, "practices")}
    return {row["referral_id"]: _referral(row, home) for row in _table(folder, "referrals")}


def _referral(row: Row, home: dict[str, str]) -> Referral:
    needs = _words(row, "needs")
    see_by = row.get("see_by", "")
    return Referral(
        referral_id=row["referral_id"],
        home=home[row["practice_id"]],
        referred_on=date.fromisoformat(row["referred_on"]),
        band=row["band"],
        see_by=date.fromisoformat(see_by) if see_by else None,
        minutes=int(row["minutes"]),
        coach_needs=_after(needs, "coach:"),
        room_needs=_after(needs, "room:"),
        interpreter_needs=_after(needs, "interpreter:"),
        sites=_words(row, "sites"),
        away=frozenset(date.fromisoformat(day) for day in _words(row, "away")),
        usual_coach=row.get("usual_coach") or None,
        consent=row["consent"] == "yes",
        count=int(row.get("count") or "1"),
    )


def _after(words: frozenset[str], prefix: str) -> frozenset[str]:
    return frozenset(word.removeprefix(prefix) for word in words if word.startswith(prefix))


def _booking(row: Row) -> Booking:
    return Booking(
        booking_id=row["booking_id"],
        skill=row["skill"],
        day=date.fromisoformat(row["date"]),
        start=clock(row["start"]),
        end=clock(row["end"]),
        fee=Decimal(row.get("fee_pounds") or "0"),
    )


def _published(path: Path) -> Plan | None:
    if not path.exists():
        return None
    roster: dict[str, Any] = json.loads(path.read_text("utf-8"))
    visits = (
        Visit(v["coach_id"], v["session_id"], clock(v["start"]), clock(v["end"]), tuple(v.get("booking_ids", ())))
        for v in roster["visits"]
    )
    appointments = (
        Appointment(a["referral_id"], a["session_id"], clock(a["start"]), clock(a["end"]))
        for a in roster["appointments"]
    )
    return Plan(tuple(visits), tuple(appointments))
