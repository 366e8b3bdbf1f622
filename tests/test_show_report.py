"""What a person sees of a report on the terminal, and what every report says of itself there and on the page."""

import pytest

from roster.edits import EditError
from roster.facts import Owner
from roster.instance import Instance
from roster.report import Cluster, Report
from roster.report_words import (
    FactsInWords,
    command,
    compromise_words,
    enough,
    how_cheap,
    how_checked,
    how_many_troubles,
    how_sure,
    how_tried,
    troubles,
    who_acts,
)
from roster.show import report_text
from roster.wording import VOLUNTARY
from tests.edited import edited
from tests.plain_words import complaints
from tests.sample_report import sample_instance, sample_report
from tests.test_show import WIDE, shown

INSTANCE = sample_instance()
REPORT = sample_report(INSTANCE)
EMPTY = {"clusters": (), "conflicts": (), "bottlenecks": (), "repairs": (), "compromise": None, "not_proved": ()}


def text(report: Report = REPORT, instance: Instance = INSTANCE, width: int = WIDE) -> str:
    """The report on a terminal."""
    return shown(report_text(instance, report), width)


def said_of_the_price(
    price: int, *, at_least: int = 0, cheapest: bool = False, alone: Owner | None = None, beside: int = 100
) -> str:
    """What is said of the price of a repair in a report that has another one at ``beside`` points."""
    fields = {"price": price, "at_least": at_least, "cheapest": cheapest, "alone": alone}
    repair = REPORT.repairs[0].model_copy(update=fields)
    other = REPORT.repairs[1].model_copy(update={"price": beside})
    return how_cheap(sample_report(INSTANCE, repairs=(repair, other)), repair)


# -- the terminal ---------------------------------------------------------------------------------------------


def test_the_report_begins_with_the_month_and_the_numbers() -> None:
    assert text().startswith(
        "A tiny world, March 2027: there is no roster that keeps every rule\n"
        "3 people by the harbour cannot all be seen by 9 March 2027: they need 160 minutes, and 120 can be held."
    )


def test_a_trouble_has_its_count_and_one_example_with_its_facts() -> None:
    found = text()
    assert "1. 3 people cannot all be seen at Harbour Surgery by 9 March 2027.\n" in found
    assert "   People   Minutes needed   Can be held   Short by\n" in found
    assert "        3              160           120         40\n   It is about R1, R2.\n" in found
    assert "    - Referral R2 is to be seen by 9 March 2027. Who could change it: the referrer.\n" in found
    assert "1 more example: the page and report.json list everything." in found
    assert REPORT.conflicts[1].says not in found


def test_a_repair_says_price_owner_the_month_then_and_its_changes() -> None:
    assert (
        "Repair 2: Offer two more sessions: one by the harbour and one on the moor.\n"
        "   9 points. Proved: the practice alone has no cheaper way.\n"
        "   Who must act: the practice. The practice alone could do this.\n"
        "   The month then: Everybody is seen by their date, in 4 visits.\n"
        "   Checked: with this change there is a roster that keeps every rule.\n"
        "    - Offer room QUAY-1 at Harbour Surgery on 8 March 2027, 10:30am to midday.\n"
        "    - Offer room MOOR-1 at Moor Library on 16 March 2027, 9am to 12:30pm.\n"
    ) in text()
    assert "To make the first of them: roster edit FOLDER report.json --repair 1 --out FOLDER2" in text()


def test_changes_that_the_repair_itself_says_are_not_said_twice() -> None:
    says = "Coach C2 also works on Mondays from 9am to 5pm."
    repair = REPORT.repairs[3].model_copy(update={"says": says})
    found = text(sample_report(INSTANCE, repairs=(repair,)))
    assert f"Repair 1: {says}\n" in found
    assert found.count("also works on Mondays") == 1


def test_a_repair_of_another_instance_is_not_shown_as_if_it_were_of_this_one() -> None:
    other = edited(INSTANCE, {"op": "remove_room", "room_id": "QUAY-1"})
    with pytest.raises(EditError, match="there is no room QUAY-1"):
        text(instance=other)


def test_the_compromise_is_called_one_and_lists_what_it_breaks() -> None:
    found = text()
    assert "If nothing changes: a compromise roster\nIt does not keep every rule; it breaks as little as" in found
    assert "People seen          3 of 4\n" in found
    assert "What this compromise breaks (2)\n - Moor Library (MOOR) has 1 visit in the month; it was" in found


def test_what_is_not_proved_the_background_how_sure_and_voluntary_come_last() -> None:
    found = text()
    headings = ("What is not proved, and why", "What was taken as it is", "How sure this is", VOLUNTARY)
    places = [found.index(heading) for heading in headings]
    assert places == sorted(places)
    assert places[0] > found.index("What this compromise breaks")


def test_long_lists_are_cut_short_and_counted() -> None:
    report = sample_report(
        INSTANCE,
        clusters=tuple(Cluster(number=n, says=f"Trouble {n}.") for n in range(1, 10)),
        repairs=REPORT.repairs * 2,
        conflicts=(REPORT.conflicts[0].model_copy(update={"facts": tuple(f"see_by:Q{n}" for n in range(10))}),),
    )
    found = text(report)
    assert "2 more troubles: the page and report.json list everything." in found
    assert "3 more repairs: the page and report.json list everything." in found
    assert "3 more facts: the page and report.json list everything." in found


def test_where_there_is_a_roster_nothing_has_to_change() -> None:
    found = text(sample_report(INSTANCE, outcome="feasible", says="A roster was found.", background="", **EMPTY))
    assert found == (
        "A tiny world, March 2027: there is a roster\nA roster was found.\n\n"
        "There is a roster that keeps every rule. Nothing has to change.\n\n"
        f"How sure this is\nChecked: the roster keeps every rule.\n\n{VOLUNTARY}\n"
    )


@pytest.mark.parametrize("width", [60, 80, WIDE])
def test_the_report_fits_the_terminal(width: int) -> None:
    assert max(len(line) for line in text(width=width).split("\n")) <= width


def test_the_report_is_in_plain_words() -> None:
    tables = ("People  ", "─", *(what for what, _ in compromise_words(INSTANCE, REPORT)))
    lines = [line.strip() for line in text().split("\n")]
    sentences = [line for line in lines if not line.startswith(tables) and not line.startswith("3   ")]
    assert [found for line in sentences for found in complaints(line, allowed=[command(1)])] == []


# -- what is said of a repair ---------------------------------------------------------------------------------


def test_only_what_is_proved_cheapest_is_called_so() -> None:
    assert said_of_the_price(8, cheapest=True, at_least=8) == "Proved: nothing cheaper would do."
    assert said_of_the_price(8, at_least=6) == "The cheapest we found; nothing below 6 points would do."
    assert said_of_the_price(8, at_least=1) == "The cheapest we found; nothing below 1 point would do."
    assert said_of_the_price(8) == "The cheapest we found; whether something cheaper would do is not proved."
    assert said_of_the_price(8, at_least=8) == "Proved: nothing cheaper of its kind would do."


def test_a_dearer_way_is_not_called_the_cheapest() -> None:
    assert said_of_the_price(8, beside=3) == (
        "Another way; whether something cheaper of its kind would do is not proved."
    )
    assert said_of_the_price(8, at_least=5, beside=3) == "Another way; nothing of its kind below 5 points would do."
    assert said_of_the_price(8, at_least=8, beside=3) == "Another way. Proved: nothing cheaper of its kind would do."


def test_the_price_of_what_one_owner_alone_could_do_is_compared_with_what_they_alone_could_do() -> None:
    assert said_of_the_price(8, at_least=8, alone="coach") == "Proved: the coach alone has no cheaper way."
    assert said_of_the_price(8, at_least=2, alone="policy") == (
        "The cheapest we found that whoever sets the policy alone could do; nothing below 2 points would do."
    )
    assert said_of_the_price(8, alone="region") == (
        "The cheapest we found that the region alone could do; whether there is a cheaper one is not proved."
    )


def test_owners_are_named_in_words() -> None:
    owners: tuple[Owner, ...] = ("practice", "coach", "region", "referrer", "policy")
    assert who_acts(REPORT.repairs[0].model_copy(update={"owners": owners})) == (
        "the practice, the coach, the region, the referrer and whoever sets the policy"
    )


def test_a_repair_that_was_not_tried_is_not_called_checked() -> None:
    assert how_tried(REPORT.repairs[0]) == "Checked: with this change there is a roster that keeps every rule."
    assert how_tried(REPORT.repairs[3]) == (
        "Checked: with this change there is a roster that keeps every rule. "
        "Not proved: that no part of it could be left out."
    )


def test_how_many_repairs_it_takes_depends_on_what_was_checked() -> None:
    tried, untried = REPORT.repairs[0], REPORT.repairs[3]
    assert enough(sample_report(INSTANCE, repairs=(tried,))) == "This is enough."
    assert enough(sample_report(INSTANCE, repairs=(untried,))) == "This may be enough."
    assert enough(sample_report(INSTANCE, repairs=(tried, tried))) == "Any one of these is enough."
    assert enough(sample_report(INSTANCE, repairs=(tried, untried))) == "Any one of those that were checked is enough."


# -- what is said of troubles ---------------------------------------------------------------------------------


def test_the_smallest_verified_example_of_a_trouble_comes_first() -> None:
    first = troubles(REPORT)[0]
    assert [(len(conflict.facts), conflict.verified) for conflict in first.conflicts] == [(4, True), (3, False)]
    pair = REPORT.conflicts[0].model_copy(update={"facts": ("see_by:R1", "see_by:R2")})
    more = sample_report(INSTANCE, conflicts=(*REPORT.conflicts, pair))
    assert troubles(more)[0].conflicts[0] == pair


def test_what_belongs_to_no_cluster_is_shown_all_the_same() -> None:
    found = troubles(sample_report(INSTANCE, clusters=()))
    assert [(trouble.number, trouble.says) for trouble in found] == [(1, "What was found"), (2, "What was found")]
    assert found[0].bottlenecks == REPORT.bottlenecks


def test_the_number_of_troubles_is_said_without_a_claim_that_there_are_no_more() -> None:
    assert how_many_troubles(REPORT) == "2 separate troubles were found."
    assert how_many_troubles(sample_report(INSTANCE, **EMPTY)) == (
        "Nothing in particular was found that stands in the way."
    )
    assert how_many_troubles(sample_report(INSTANCE, **EMPTY | {"clusters": REPORT.clusters[:1]})) == (
        "One trouble was found."
    )


def test_an_example_that_was_not_verified_is_not_called_checked() -> None:
    assert how_checked(REPORT.conflicts[0]) == (
        "Checked: these cannot all be kept, whatever else is given up. Without any one of them there is a way."
    )
    assert how_checked(REPORT.conflicts[1]) == "Not proved: it was not confirmed that each of these is needed."
    assert how_checked(REPORT.conflicts[2]) == (
        "Checked: this alone stands in the way, whatever else is given up, and without it there is a way."
    )


def test_a_fact_that_the_tables_do_not_have_is_named_by_its_id() -> None:
    unknown = REPORT.conflicts[0].model_copy(update={"facts": ("see_by:R9",)})
    (words,) = FactsInWords(INSTANCE).of(unknown)
    assert (words.id, words.says, words.owner) == ("see_by:R9", "This is not in the tables any more.", "nobody")


# -- how sure -------------------------------------------------------------------------------------------------


def test_what_is_open_is_counted_where_the_report_says_how_sure_it_is() -> None:
    assert how_sure(REPORT) == ("Proved that no roster keeps every rule. 4 other things are not proved, and marked so.")
    checked = sample_report(INSTANCE, not_proved=(), conflicts=REPORT.conflicts[:1], repairs=REPORT.repairs[:3])
    assert how_sure(checked) == (
        "Proved that no roster keeps every rule. Each example and each repair was checked by looking for rosters."
    )
    one = checked.model_copy(update={"not_proved": ("Whether there are more.",)})
    assert "1 other thing is not proved" in how_sure(one)


def test_nothing_is_claimed_where_time_ran_out() -> None:
    assert how_sure(sample_report(INSTANCE, outcome="unknown")) == (
        "Not proved: time ran out before a roster was found or ruled out, so nothing is claimed about that."
    )


def test_the_compromise_is_counted_and_without_one_there_is_nothing_to_count() -> None:
    assert compromise_words(INSTANCE, REPORT) == (
        ("Things it breaks", "2"),
        ("People seen", "3 of 4"),
        ("Seen by their date", "2 of 3"),
        ("Visits", "2, of 3 sessions offered"),
        ("Total of its prices", "6,137 minutes of coach time"),
    )
    assert compromise_words(INSTANCE, sample_report(INSTANCE, compromise=None)) == ()
