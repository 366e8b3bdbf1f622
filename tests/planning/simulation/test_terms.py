"""SIMULATION.toml: what may stand in it, and what is said where something else stands there."""

import re
import tomllib
from pathlib import Path

import pytest

from roster.fault import InvalidInput
from roster.files import read
from roster.instance import Instance
from roster.planning.simulation.people import DAYS_OF_A_MONTH, demand_of, relabelled
from roster.planning.simulation.terms import Terms, read_terms
from tests.planning.simulation.queue import one_room

EXAMPLE = Path(__file__).resolve().parents[3] / "instances" / "simulations" / "pilot.toml"

WHOLE = """
[arrivals]
load = 1.2
per_1000_a_month = 1.5
list_size = { P1 = 9200 }
[missed]
share = 0.1
sites = { X = 0.2 }
[illness]
days = 0.02
weeks = 0.01
known = "before"
[withdrawn]
sessions = 0.03
[months]
days_before = 7
see_by = "as_given"
[threshold]
runs = 8
precision = 0.02
backlog_months = 4
"""


def says(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as found:
        read_terms(text, "S.toml", one_room())
    return [str(fault) for fault in found.value.faults]


def test_every_key_can_be_given() -> None:
    terms = read_terms(WHOLE, "S.toml", one_room())
    assert terms.arrivals.list_size == {"P1": 9200}
    assert (terms.missed_at("X"), terms.missed_at("Y")) == (0.2, 0.1)
    assert (terms.illness.known, terms.withdrawn.known) == ("before", "after")
    assert list(terms.not_given()) == []
    given = {(section, key) for section in Terms.model_fields for key in getattr(terms, section).model_fields_set}
    assert len(given) == sum(len(type(getattr(terms, section)).model_fields) for section in Terms.model_fields) - 1


def test_nothing_is_assumed_that_is_not_given() -> None:
    assert list(read_terms("", "S.toml", one_room()).not_given()) == [
        *("everybody comes", "no coach is ill", "no room is withdrawn"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[missed", "S.toml, end of document: this cannot be read as TOML. Write sections such as [missed], and keys "
         "such as share = 0.1 below them."),
        ("[missed]\nshare = 1.5", "S.toml, missed, share: this must be a share from 0 to 1 ('1.5'). Write for example "
         "0.05 for one in twenty."),
        ("[missed]\nsites = { X = 2.0 }", "S.toml, missed, sites: this must be a share from 0 to 1 for each site "
         "('2.0'). Write sites = { \"S1\" = 0.2 }"),
        ("[missed]\nsites = { Z = 0.2 }", "S.toml, missed, sites: there is no such site ('Z'). Write ids of "
         "sites.csv."),
        ("missed = 0.1", "S.toml, missed: this must be a section ('0.1'). Write [missed] and its keys below it."),
        ("[missed]\nrate = 0.1", "S.toml, missed: there is no such key ('rate'). The keys here are share and sites."),
        ("[people]\nshare = 0.1", "S.toml: there is no such key ('people'). The keys here are arrivals, missed, "
         "illness, withdrawn, months and threshold."),
        ("[illness]\nknown = \"later\"", "S.toml, illness, known: this must be \"before\" or \"after\" ('later'). "
         "Write known = \"after\""),
        ("[arrivals]\nlist_size = { P9 = 100 }\nper_1000_a_month = 1.0", "S.toml, arrivals, list_size: there is no "
         "such practice ('P9'). Write ids of practices.csv."),
        ("[arrivals]\nlist_size = { P1 = 100 }", "S.toml, arrivals, per_1000_a_month: this is missing. Write "
         "per_1000_a_month, how many of 1,000 patients are referred in a month."),
        ("[arrivals]\nper_1000_a_month = 1.0", "S.toml, arrivals, list_size: this is missing. Write list_size with the "
         "practices and their patients, or leave per_1000_a_month out."),
        ("[threshold]\nruns = 1", "S.toml, threshold, runs: this must be a whole number from 2 to 1000 ('1'). Write "
         "runs = 5"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_its_value_and_what_to_do(text: str, expected: str) -> None:
    assert says(text) == [expected]


def test_every_fault_is_told_and_none_repeats_what_identifies_a_person() -> None:
    found = says('[missed]\nshare = "somebody@example.org"\n[illness]\ndays = -1\nweeks = "x"')
    assert len(found) == 3
    assert "somebody" not in "".join(found)


def test_the_page_on_it_shows_every_key() -> None:
    (text,) = re.findall("```toml\n(.*?)```", (EXAMPLE.parents[2] / "docs" / "simulation.md").read_text(), re.DOTALL)
    shown = tomllib.loads(text)
    Terms.model_validate(shown)
    assert {s: set(keys) for s, keys in shown.items()} == {
        s: set(type(getattr(Terms(), s)).model_fields) for s in Terms.model_fields
    }
    assert shown["threshold"] == Terms().threshold.model_dump()


def test_the_example_is_one() -> None:
    base = read(EXAMPLE.parents[1] / "pilot").valid()
    assert read_terms(EXAMPLE.read_text(), EXAMPLE.name, base).missed.share == 0.1


# -- how many are referred ------------------------------------------------------------------------------------


def labelled(instance: Instance) -> Instance:
    return relabelled(instance, {r.referral_id: r.referral_id for r in instance.referrals})


def test_a_practices_own_history_is_its_people_over_the_days_from_the_first_referral_of_all() -> None:
    base = one_room(2)
    first, second = base.referrals
    known = base.replaced(
        referrals=(
            first.model_copy(update={"referred_on": first.referred_on.replace(day=1), "count": 4}),
            second,
            second.model_copy(update={"referral_id": "no", "consent": "no", "count": 50}),
        )
    )
    demand = demand_of(labelled(known), Terms())
    assert demand.a_day == pytest.approx({"P1": 4 / 19, "P2": 1 / 19})
    twice = Terms.model_validate({"arrivals": {"load": 2.0}})
    assert demand_of(labelled(known), twice).a_day == pytest.approx({"P1": 8 / 19, "P2": 2 / 19})


def test_a_list_size_counts_instead_of_the_history_where_it_is_given() -> None:
    arrivals = {"per_1000_a_month": 1.5, "list_size": {"P2": 8000}}
    demand = demand_of(labelled(one_room(2)), Terms.model_validate({"arrivals": arrivals}))
    assert demand.a_month("P2") == pytest.approx(12.0)
    assert demand.a_day["P1"] == pytest.approx(1 / 10)
    assert demand.a_month("P1") == pytest.approx(DAYS_OF_A_MONTH / 10)


def test_a_practice_without_referrals_has_people_like_those_of_the_region_who_accept_what_is_in_reach() -> None:
    base = one_room(2)
    only = base.referrals[0].model_copy(update={"sites": ("X",), "usual_coach": "C1"})
    arrivals = {"per_1000_a_month": 1.0, "list_size": {"P1": 1000, "P2": 1000}}
    demand = demand_of(labelled(base.replaced(referrals=(only,))), Terms.model_validate({"arrivals": arrivals}))
    assert [(row.sites, row.usual_coach) for row in demand.like["P1"]] == [(("X",), "C1")]
    assert [(row.sites, row.usual_coach) for row in demand.like["P2"]] == [((), None)]


def test_a_region_with_nobody_to_learn_from_is_told_so() -> None:
    with pytest.raises(InvalidInput, match=r"referrals\.csv: there is nobody to learn from\. Put referrals with"):
        demand_of(one_room().replaced(referrals=()), Terms())


def test_more_people_a_day_than_can_be_drawn_are_refused() -> None:
    arrivals = {"per_1000_a_month": 1000.0, "list_size": {"P1": 1_000_000}}
    with pytest.raises(InvalidInput, match=r"practices\.csv: this practice would refer 32,854 people a day \('P1'\)"):
        demand_of(labelled(one_room()), Terms.model_validate({"arrivals": arrivals}))
