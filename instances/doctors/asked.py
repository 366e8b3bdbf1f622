"""What is asked of each small region: the scenarios or the edits that lie beside its folder."""

import json
from collections.abc import Iterable, Mapping, Sequence

from instances.doctors.ground import MORNING, days, mornings
from instances.doctors.regions import REGIONS
from roster.domain import Room, Weekday, clock

Edit = Mapping[str, object]
LIBRARY, CENTRE, HALL = "ebbwick-library", "tarn-street-community-centre", "beacon-bank-church-hall"


def _scenario(name: str, edits: Iterable[Edit]) -> str:
    """One scenario in TOML, an edit a line."""
    lines = "\n".join(f"  {{ {', '.join(f'{key} = {json.dumps(v)}' for key, v in edit.items())} }}," for edit in edits)
    return f'[[scenario]]\nname = "{name}"\nedits = [\n{lines}\n]\n'


def _file(about: str, scenarios: Sequence[str]) -> str:
    return "\n".join([f"# {about}\n", *scenarios])


def _morning_a_week(site_id: str, weekday: Weekday) -> list[Edit]:
    """A room at the site on one morning of each week."""
    made = Room(room_id=f"{site_id}-1", site_id=site_id)
    sessions = mornings([made], days(1, 31, weekday))
    new: list[Edit] = [{"op": "add_room", "room_id": made.room_id, "site_id": site_id, "features": []}]
    return new + [{"op": "add_session"} | session.model_dump(mode="json") for session in sessions]


def _no_spare_room() -> str:
    library, centre = _morning_a_week(LIBRARY, "tue"), _morning_a_week(CENTRE, "wed")
    hall = _morning_a_week(HALL, "thu")
    return _file(
        "No surgery has a room to spare: what one morning a week elsewhere would change.",
        [
            _scenario("Library", library),
            _scenario("Library and community centre", [*library, *centre]),
            _scenario("All three", [*library, *centre, *hall]),
        ],
    )


def _one_visit_a_month() -> str:
    return _file(
        "One coach has one visit a month for each surgery: what a second and a third coach change.",
        ['[[grid]]\ncoaches = { like = "C1", to = 2 }\n'],
    )


def _a_handful() -> str:
    region = REGIONS["a-handful-a-visit"]()
    (room,) = region.rooms
    longer: list[Edit] = [
        {"op": "set", "table": "sessions", "id": s.session_id, "field": "end", "value": "14:40"}
        for s in region.sessions
    ]
    shorter: list[Edit] = [
        {"op": "set", "table": "referrals", "id": r.referral_id, "field": "minutes", "value": 40}
        for r in region.referrals
    ]
    second = Room(room_id=f"{room.site_id}-2", site_id=room.site_id)
    rooms: list[Edit] = [{"op": "add_room", "room_id": second.room_id, "site_id": room.site_id, "features": []}]
    rooms += [
        {
            "op": "add_session",
            "session_id": f"{second.room_id}-{s.date:%d}",
            "room_id": second.room_id,
            "date": s.date.isoformat(),
            "start": clock(MORNING[0]),
            "end": clock(MORNING[1]),
        }
        for s in region.sessions
    ]
    coach: list[Edit] = [{"op": "add_coach", "coach_id": "C2", "like": "C1"}]
    return _file(
        "A coach sees a handful of people in a visit: what would make it more.",
        [
            _scenario("Two hours longer", longer),
            _scenario("Appointments of 40 minutes", shorter),
            _scenario("A second room", rooms),
            _scenario("A second room and coach", [*rooms, *coach]),
        ],
    )


def _no_money() -> str:
    edit = {"op": "set", "table": "referrals", "id": "P2-01", "field": "see_by", "value": "2027-03-04"}
    return _file(
        "One person has no money to wait: what it costs to see them within a week.",
        [
            _scenario("Seen within a week", [edit]),
        ],
    )


def _six_days() -> str:
    pins = REGIONS["six-fixed-days"]().pins
    free: list[Edit] = [{"op": "remove_pin"} | pin.model_dump() for pin in pins]
    return _file("The same days of the same coaches, where they are needed most.", [_scenario("Where needed", free)])


def _interpreter() -> str:
    def booked(day: int) -> Edit:
        return {
            "op": "add_booking",
            "booking_id": f"BSL-{day:02d}",
            "skill": "bsl",
            "date": f"2027-03-{day:02d}",
            "start": clock(MORNING[0]),
            "end": clock(MORNING[1]),
            "fee_pounds": 140,
        }

    return _file(
        "Two people sign, and no interpreter is booked: what one booking changes.",
        [
            _scenario("Booked for 9 March", [booked(9)]),
            _scenario("Booked for 16 March", [booked(16)]),
        ],
    )


def _leaves() -> str:
    return json.dumps([{"op": "remove_referral", "referral_id": "P1-11"}], indent=1) + "\n"


def files() -> dict[str, str]:
    """The text of every file beside the folders, by its name."""
    return {
        "no-spare-room.toml": _no_spare_room(),
        "one-visit-a-month.toml": _one_visit_a_month(),
        "a-handful-a-visit.toml": _a_handful(),
        "no-money-to-wait.toml": _no_money(),
        "six-fixed-days.toml": _six_days(),
        "anybody-may-leave.json": _leaves(),
        "nobody-booked-an-interpreter.toml": _interpreter(),
    }
