"""Makes tiny ragged instance folders from a seed, small enough to enumerate, to set engines against each other.

Two coaches, three sites (two practices share one), four rooms, three to five sessions that may overlap, three or four
referrals; roads that differ by direction, hours in two pieces, leave, a bank holiday, bookings, pins, promises, a
budget, and a published roster that need not be a good one and may name what is gone.
"""

import csv
import json
from pathlib import Path
from random import Random
from typing import Any

Table = list[dict[str, Any]]

SITES = ("north", "south", "east")
DAYS = ("2027-03-10", "2027-03-11", "2027-03-12", "2027-03-29")
HALF_DAYS = (("08:30", "12:40"), ("09:00", "11:00"), ("10:30", "12:00"), ("13:30", "17:40"), ("14:00", "16:00"))
MIDDLE = "2027-03-11"


def write_tiny(folder: Path, seed: int) -> Path:
    """Writes the folder of a seed and returns it; about one in three has no roster that keeps every rule."""
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    as_of = random.choice(["2027-03-01", "2027-03-04", MIDDLE, MIDDLE])
    tables = _places(random) | _coaches(random)
    tables["sessions"] = _sessions(random)
    tables["interpreters"] = _bookings(random, tables["sessions"])
    tables["referrals"] = [_referral(random, f"P{number}") for number in range(random.randint(3, 4))]
    pins = [{"coach_id": "K1", "session_id": "S1"}, {"coach_id": "K2", "session_id": "S2"}]
    tables["pins"] = [row for row in pins if random.random() < 0.08]
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", rows)
    (folder / "settings.toml").write_text(_settings(random, as_of), "utf-8")
    if as_of == MIDDLE or random.random() < 0.5:
        (folder / "published.json").write_text(json.dumps(_published(random, tables)), "utf-8")
    return folder


def _settings(random: Random, as_of: str) -> str:
    budget = f"budget_pounds = {random.choice([20, 35, 60.5, 100])}\n" if random.random() < 0.4 else ""
    return (
        f'name = "Tiny"\nmonth = "2027-03"\nnation = "england"\nas_of = {as_of}\n\n[policy]\n{budget}'
        f"notice_days = {random.choice([0, 1, 5])}\ninterpreter_notice_days = {random.choice([0, 7])}\n"
        f'see_by = "{random.choice(["must", "prefer"])}"\nbreak_minutes = {random.choice([0, 30])}\n'
        f"min_visit_minutes = {random.choice([60, 90])}\nreach_minutes = {random.choice([10, 15, 25])}\n"
        f"[prices]\nwaiting = {{ A = 12, C = {random.choice([1, 3])} }}\nlate = {random.choice([0, 5, 60])}\n"
        f"visit = {random.choice([5, 15, 200])}\nnew_face = {random.choice([20, 20, 150])}\n"
        f"heaviest = {random.choice([0, 1, 3])}\nchange = {random.choice([1, 45, 300])}\n"
    )


def _places(random: Random) -> dict[str, Table]:
    points = {"north": (51.54, -0.10), "south": (51.50, -0.10), "east": (51.54, -0.10)}
    sites: Table = [
        {
            "site_id": site,
            "name": site,
            "kind": "surgery",
            "lat": points[site][0],
            "lon": points[site][1],
            "features": random.choice(["", "step_free"]),
            "min_sessions": 1 if random.random() < 0.12 else "",
            "max_sessions": random.choice(["", "", 1]),
            "hire_pounds": random.choice([0, 10, 17.5]),
        }
        for site in SITES
    ]
    places = (*SITES, "K1", "K2")
    roads = [
        {"from_id": here, "to_id": there, "minutes": random.randint(5, 40)}
        for here in places
        for there in SITES
        if here != there and random.random() < 0.5
    ]
    rooms = [("north-1", "north"), ("north-2", "north"), ("south-1", "south"), ("east-1", "east")]
    homes = [("first", "north"), ("second", "north"), ("third", "south"), ("fourth", "east")]
    return {
        "sites": sites,
        "travel": roads,
        "rooms": [{"room_id": room, "site_id": site, "features": random.choice(["", "quiet"])} for room, site in rooms],
        "practices": [{"practice_id": key, "name": key, "site_id": site} for key, site in homes],
    }


def _coaches(random: Random) -> dict[str, Table]:
    coaches: Table = [
        {
            "coach_id": coach,
            "base_lat": 51.52,
            "base_lon": lon,
            "skills": random.choice(["welsh", "welsh", ""]),
            "max_sessions_day": random.choice(["", 1, 2]),
            "max_sessions_week": random.choice(["", "", 1, 2]),
            "max_sessions_month": random.choice(["", 2, 3]),
            "max_travel_minutes_day": random.choice(["", "", 60, 90]),
        }
        for coach, lon in (("K1", -0.10), ("K2", -0.13))
    ]
    pieces = (("08:00", "11:30"), ("11:30", "18:00")), (("08:00", "18:00"),), (("09:00", "15:30"),)
    hours = [
        {"coach_id": coach, "weekday": weekday, "start": start, "end": end}
        for coach in ("K1", "K2")
        for weekday in ("mon", "wed", "thu", "fri")
        if random.random() < 0.9
        for start, end in random.choice(pieces)
    ]
    leave = [{"coach_id": coach, "first_day": day, "last_day": day} for coach in ("K1", "K2") for day in DAYS[:3]]
    return {"coaches": coaches, "hours": hours, "leave": [row for row in leave if random.random() < 0.1]}


def _sessions(random: Random) -> Table:
    sessions = []
    for number in range(random.randint(3, 5)):
        start, end = random.choice(HALF_DAYS)
        day = random.choice(DAYS[:3]) if random.random() < 0.93 else DAYS[3]
        room = random.choice(["north-1", "north-1", "north-2", "south-1", "east-1"])
        row = {"session_id": f"S{number}", "room_id": room, "date": day, "start": start, "end": end}
        sessions.append(row)
    return sessions


def _bookings(random: Random, sessions: Table) -> Table:
    bookings = []
    for number in range(random.choice([0, 1, 2])):
        like = random.choice(sessions)
        ends = random.choice([like["end"], "18:00", "16:00"])
        row = {"booking_id": f"B{number}", "skill": "bsl", "date": like["date"], "start": "08:30", "end": ends}
        bookings.append(row | {"fee_pounds": random.choice([0, 15, 30.25])})
    return bookings


def _referral(random: Random, referral_id: str) -> dict[str, Any]:
    needs = ["coach:welsh", "room:quiet", "room:step_free", "interpreter:bsl", "interpreter:bsl"]
    days = [f"2027-03-{day:02d}" for day in (2, 8, 10, 11, 12, 20)]
    return {
        "referral_id": referral_id,
        "practice_id": random.choice(["first", "second", "third", "fourth"]),
        "referred_on": random.choice(["2027-02-10", "2027-03-01", "2027-03-10"]),
        "band": random.choice("ABC"),
        "see_by": random.choice(["", "", "2027-03-31", random.choice(days), random.choice(days)]),
        "minutes": random.choice([30, 40, 60, 100]),
        "needs": random.choice(needs) if random.random() < 0.4 else "",
        "sites": random.choice(["", "", "north;south", "east", "north;east"]),
        "away": random.choice(["", "", "2027-03-10;2027-03-12"]),
        "usual_coach": random.choice(["", "", "K1", "K2"]),
        "consent": random.choice(["yes", "yes", "yes", "yes", "no"]),
        "count": random.choice(["", 1, 1, 2]),
    }


def _published(random: Random, tables: dict[str, Table]) -> dict[str, Any]:
    """A roster that somebody was told: any coach in any session, people in any of the sessions held."""
    visits = [
        {
            "coach_id": random.choice(["K1", "K2", "K2", "gone"]),
            "session_id": row["session_id"],
            "start": row["start"],
            "end": row["end"],
            "booking_ids": [own["booking_id"] for own in tables["interpreters"] if own["date"] == row["date"]][:1],
        }
        for row in [*tables["sessions"], {"session_id": "gone", "start": "09:00", "end": "12:00"} | {"date": ""}]
        if random.random() < 0.5
    ]
    appointments = [
        {
            "referral_id": random.choice([row["referral_id"], row["referral_id"], "gone"]),
            "session_id": visit["session_id"],
            "start": visit["start"],
            "end": visit["end"],
        }
        for row in tables["referrals"]
        for visit in (random.choice(visits) if visits else None,)
        if visit and random.random() < 0.6
    ]
    return {"schema": "roster/1", "visits": visits, "appointments": appointments}


def _write(path: Path, rows: Table) -> None:
    if rows:
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
