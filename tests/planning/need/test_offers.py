"""OFFERS.toml and the prices of additions: what they say, and what is said where something is wrong."""

import re

import pytest

from roster.domain import AdditionPrices
from roster.edits import AddBooking, AddCoach, AddSession
from roster.fault import InvalidInput
from roster.files import read
from roster.files.settings import read_toml, to_toml
from roster.instance import Instance
from roster.planning.need.additions import Universe, too_late, universe
from roster.planning.need.offers import read_offers
from roster.privacy import Screen
from tests.many.runs import INSTANCES
from tests.pages import ROOT, text_of

BASE = read(INSTANCES / "tiny-interpreter").valid()
COACH, OTHER = (coach.coach_id for coach in BASE.coaches)
HALL = BASE.sites[-1]


def added(text: str, base: Instance = BASE) -> Universe:
    """Everything that could be added with these offers."""
    return universe(base, read_offers(text, "offers.toml", base), 28, base.binding)


def priced(**prices: float) -> Instance:
    """The region with these prices of additions."""
    return BASE.replaced(settings=BASE.settings.model_copy(update={"addition_prices": AdditionPrices(**prices)}))


def test_without_offers_there_are_two_coaches_of_each_kind_sessions_everywhere_and_interpreters_who_are_needed() -> (
    None
):
    additions = added("").additions.values()
    assert [a.id for a in additions if a.kind == "coach"] == [f"{c}-more-{n}" for c in (COACH, OTHER) for n in (1, 2)]
    skills = {a.edit.skill for a in additions if isinstance(a.edit, AddBooking)}
    assert skills == {"bsl", "polish"}
    days = {a.edit.date for a in additions if isinstance(a.edit, AddSession)}
    assert min(days) >= BASE.days[0]
    assert all(day.weekday() < 5 and day not in BASE.bank_holidays for day in days)
    assert {a.edit.room_id for a in additions if isinstance(a.edit, AddSession)} == set(BASE.room)


def test_prices_come_from_the_settings_and_a_booking_costs_what_such_bookings_cost() -> None:
    additions = universe(
        base := priced(coach=10.5, surgery=2, community_centre=3), read_offers("", "o", base), 28, base.binding
    )
    by_kind: dict[str, set[int]] = {}
    for addition in additions.additions.values():
        by_kind.setdefault(addition.kind, set()).add(addition.price)
    fees = {a.price for a in additions.additions.values() if isinstance(a.edit, AddBooking) and a.edit.skill == "bsl"}
    assert by_kind["coach"] == {1050}
    assert by_kind["session"] == {200, 300}
    known = sorted(b.fee_pounds for b in BASE.interpreters if b.skill == "bsl")
    assert len(fees) == 1
    assert known[0] * 100 <= fees.pop() <= known[-1] * 100


def test_an_interpreter_of_a_skill_nobody_has_booked_costs_what_the_settings_say() -> None:
    base = priced(booking=77).replaced(interpreters=())
    prices = {
        a.price
        for a in universe(base, read_offers("", "o", base), 28, base.binding).additions.values()
        if a.kind == "booking"
    }
    assert prices == {7700}


def test_offered_coaches_take_the_place_of_the_usual_ones_and_rooms_come_beside() -> None:
    universe = added(
        f'[[coach]]\nname = "harbour"\nlike = "{COACH}"\nbase_lat = 54.6\nbase_lon = -1.5\nskills = ["welsh"]\n'
        f'most = 1\nprice = 99.5\n[[room]]\nroom_id = "hall-2"\nsite_id = "{HALL.site_id}"\nopening = 40\nsession = 7\n'
    )
    coach, room = list(universe.additions.values())[:2]
    assert (coach.id, coach.price) == ("harbour-more-1", 9950)
    assert isinstance(coach.edit, AddCoach)
    assert (coach.edit.like, coach.edit.base_lon, coach.edit.skills) == (COACH, -1.5, ("welsh",))
    assert (room.kind, room.price) == ("room", 4000)
    in_hall = [
        a.price for a in universe.additions.values() if isinstance(a.edit, AddSession) and a.edit.room_id == "hall-2"
    ]
    assert set(in_hall) == {700}
    assert [a.id for a in universe.additions.values() if a.kind == "coach"] == ["harbour-more-1"]


@pytest.mark.parametrize(
    ("text", "place", "says", "do"),
    [
        ("[[coach", None, "this cannot be read as TOML", 'Write [[coach]] with like = "C01"'),
        ("coach = 3", "coach", "this must be a list of coaches", "Write each under [[coach]]."),
        ("[[cinema]]", None, "there is no such key", "The keys here are coach and room."),
        ('[[coach]]\nlike = "C01"\nage = 3', "coach 1", "there is no such key", "The keys here are like, name,"),
        ("[[coach]]\nmost = 2", "coach 1, like", "this is missing", 'Write like = "C01"'),
        ('[[coach]]\nlike = "X9"', "coach 1, like", "there is no such coach", "The coaches are"),
        (f'[[coach]]\nlike = "{COACH}"\nbase_lat = 54', "coach 1", "a base has a base_lat and a base_lon", "Give both"),
        (
            f'[[coach]]\nlike = "{COACH}"\nprice = -1',
            "coach 1, price",
            "this must be an amount in pounds, 0 or more",
            "25.0",
        ),
        (
            f'[[coach]]\nlike = "{COACH}"\nmost = 99',
            "coach 1, most",
            "this must be a whole number from 0 to 20",
            "most = 2",
        ),
        (
            f'[[coach]]\nlike = "{COACH}"\n' * 2,
            "coach 1, name",
            "another kind of coach has this name",
            "Give each kind",
        ),
        ('[[room]]\nroom_id = "r"\nsite_id = "nowhere"', "room 1, site_id", "there is no such site", "sites.csv first"),
        (
            f'[[room]]\nroom_id = "{BASE.rooms[0].room_id}"\nsite_id = "{HALL.site_id}"',
            "room 1, room_id",
            "there is such a room already",
            "Leave it out",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_to_do(text: str, place: str | None, says: str, do: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_offers(text, "offers.toml", BASE)
    fault = error.value.faults[0]
    assert fault.file == "offers.toml"
    assert fault.says == says
    assert do in fault.do
    if place is not None or "TOML" not in says:
        assert fault.column == place


def test_a_value_that_identifies_a_person_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as error:
        read_offers(f'[[room]]\nroom_id = "a@b.org"\nsite_id = "{HALL.site_id}"', "offers.toml", BASE)
    assert "a@b.org" not in str(error.value)
    assert "which is never held" in str(error.value)


def test_people_whose_days_are_over_are_counted_apart() -> None:
    first = max(BASE.days[0], min(BASE.notice_ends(r) for r in BASE.people.values()))
    longest = max((first - r.referred_on).days for r in BASE.people.values())
    everybody = sum(r.count for r in BASE.people.values())
    assert too_late(BASE, 0) == everybody
    assert 0 < too_late(BASE, 28) < everybody
    assert too_late(BASE, longest + 31) == 0


def test_prices_of_additions_that_nobody_set_are_not_in_the_check_sum_and_set_ones_are() -> None:
    assert "addition_prices" not in to_toml(BASE.settings)
    assert "addition_prices" not in BASE.settings.written()
    dearer = priced(coach=3000)
    assert priced().sha256 == BASE.sha256 != dearer.sha256
    read_again = read_toml(to_toml(dearer.settings).encode(), Screen()).settings
    assert read_again == dearer.settings


def test_the_page_has_the_price_of_each_addition_as_the_code_has_it() -> None:
    table = text_of(ROOT / "docs" / "need.md").partition("## Prices")[2].partition("## Offers")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| `(\d+)` \|$", table, flags=re.MULTILINE))
    assert {key: float(price) for key, price in told.items()} == AdditionPrices().model_dump()


def test_a_price_below_nothing_and_an_unknown_one_are_faults_of_the_settings() -> None:
    text = to_toml(BASE.settings) + "\n[addition_prices]\ncoach = -1.0\ncinema = 2.0\n"
    faults = read_toml(text.encode(), Screen()).faults
    assert {fault.column for fault in faults} == {"addition_prices.coach", "addition_prices.cinema"}
