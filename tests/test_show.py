"""What a person sees of a roster: its summary, its visits, faults, notices, and how they fit the terminal."""

from io import StringIO

import pytest
from rich.console import Console, RenderableType

from models import PREFERENCES
from roster.agenda import By
from roster.domain import Roster, Unseen
from roster.fault import Fault, Notice
from roster.show import faults_list, notices_list, summary, visits
from roster.show.words import duration, few, short_duration
from roster.wording import VOLUNTARY, how_good, percent
from tests.rosters import ragged_compromise, ragged_roster
from tests.worlds import published_world, ragged_world

WIDE = 110


def shown(renderable: RenderableType, width: int = WIDE) -> str:
    """What is printed on a terminal of so many columns, without spaces at the ends of lines."""
    console = Console(file=StringIO(), width=width, highlight=False, markup=False, emoji=False)
    console.print(renderable)
    printed = console.file
    assert isinstance(printed, StringIO)
    return "\n".join(line.rstrip() for line in printed.getvalue().split("\n"))


def of_total(objective: int, bound: int) -> Roster:
    return ragged_roster(ragged_world()).model_copy(
        update={"outcome": "feasible", "objective": objective, "bound": bound}
    )


# -- how good it is -------------------------------------------------------------------------------------------


def test_a_proved_roster_is_called_the_best() -> None:
    roster = ragged_roster(ragged_world())
    assert how_good(roster) == "This is the best roster there is: no other has a lower total."


def test_a_gap_is_never_stated_too_small() -> None:
    assert how_good(of_total(10_000, 9_879)) == "Checked, and at most 1.3% from the best possible."


def test_a_gap_that_is_exact_is_not_rounded_up() -> None:
    assert "at most 1.2% from" in how_good(of_total(10_000, 9_880))


def test_without_a_bound_nothing_is_claimed_about_better_rosters() -> None:
    assert how_good(of_total(10_000, 0)) == (
        "Checked: it keeps every rule. It is not known how much better another roster could be."
    )


@pytest.mark.parametrize("by", ["day", "coach", "site"])
def test_a_compromise_is_called_one_wherever_it_is_shown_and_lists_what_it_breaks(by: By) -> None:
    instance = ragged_world()
    roster = ragged_compromise(instance)
    for text in (shown(summary(instance, roster, PREFERENCES)), shown(visits(instance, roster, by))):
        assert text.startswith("A tiny world, March 2027: a compromise\nNo roster keeps every rule. This compromise")
        assert "What this compromise breaks (2)\n - Site Y (Y) has 0 visits in the month" in text
        assert " - P (band A) is to be seen by 3 March 2027: 1 person is not." in text


def test_a_roster_that_the_checker_does_not_accept_is_not_praised() -> None:
    instance = ragged_world()
    text = shown(visits(instance, ragged_roster(instance), "day", accepted=False))
    assert "The checker does not accept this roster: something in it is wrong." in text
    assert "best roster" not in text


# -- the summary ----------------------------------------------------------------------------------------------


def test_the_summary_counts_people_by_band_with_their_dates_and_waits() -> None:
    instance = ragged_world()
    text = shown(summary(instance, ragged_roster(instance), PREFERENCES))
    assert "Band   People   Seen   Not seen   Seen by date   Longest wait   Median wait" in text
    assert "A           2      2          0         2 of 2        21 days       21 days" in text
    assert "C           1      0          1         0 of 1              -             -" in text
    assert "All         4      3          1         2 of 4        21 days       21 days" in text
    assert "Of the dates not kept, 2 had passed already or come before anybody could be told." in text


def test_the_summary_says_how_much_work_and_money_it_is() -> None:
    instance = ragged_world()
    text = shown(summary(instance, ragged_roster(instance), PREFERENCES))
    assert "Visits         2, of 4 sessions offered" in text
    assert "Appointments   3, 2 hours 45 minutes in all" in text
    assert "On the road    2 hours" in text
    assert "Hire and fees  £3.30 for rooms and £4.40 for interpreters, of a budget of £7.70" in text
    assert "C1         2        2              3        2h 45m            2h" in text


def test_the_summary_lists_every_price_with_its_sentence_and_the_total() -> None:
    instance = ragged_world()
    roster = ragged_roster(instance)
    text = shown(summary(instance, roster, PREFERENCES))
    for preference in PREFERENCES:
        assert f"{roster.costs[preference.name]:,}   {preference.sentence}" in text
    assert "Total         6,323   No roster has a lower total." in text


def test_the_total_of_a_roster_not_proved_best_stands_beside_its_bound() -> None:
    instance = ragged_world()
    text = shown(summary(instance, of_total(6_323, 6_001), PREFERENCES))
    assert "Total         6,323   No roster has a total below 6,001." in text


def test_people_not_seen_are_grouped_by_reason_the_most_common_first() -> None:
    instance = ragged_world()
    text = shown(summary(instance, ragged_compromise(instance), PREFERENCES))
    assert "People not seen (3)" in text
    common = text.index("2   Nobody visits a site that they accept.\n         I, Q")
    assert common < text.index("1   There is no time left.\n         P")


def test_a_summary_stays_short_where_many_are_not_seen_and_showing_lists_everybody() -> None:
    instance = ragged_world()
    entries = [Unseen(referral_id=f"R{n}", count=1, reason=f"Reason {n % 20:02}.") for n in range(400)]
    roster = ragged_roster(instance).model_copy(update={"unseen": tuple(entries)})
    short, whole = shown(summary(instance, roster, PREFERENCES)), shown(visits(instance, roster, "day"))
    assert "R0, R20, R40, R60, R80, R100, R120, R140 and 12 more" in short
    assert "160 more people: roster show lists everybody." in short
    assert "Reason 12." not in short
    assert "R399" in whole
    assert "more" not in whole.split("People not seen (400)")[1].split(VOLUNTARY)[0]


# -- the visits -----------------------------------------------------------------------------------------------


def test_by_day_each_visit_has_its_time_coach_place_interpreter_and_people() -> None:
    instance = ragged_world()
    text = shown(visits(instance, ragged_roster(instance), "day"))
    assert "Wednesday 3 March 2027: 1 visit, 2 appointments" in text
    assert "8:30am to 10:30am   C1      Site X                   8:30am  P\n" in text
    assert "room X-1                 9:30am  P\n" in text
    assert "interpreter: bsl (B1)" in text


def test_by_coach_each_coach_has_their_visits_in_order_of_time() -> None:
    instance = ragged_world()
    text = shown(visits(instance, ragged_roster(instance), "coach"))
    assert "C1: 2 visits, 3 appointments" in text
    assert text.index("Wed  3 March   8:30am to 10:30am") < text.index("Fri  5 March   9am to 10:10am")


def test_by_site_each_site_has_its_name_and_its_visits() -> None:
    instance = ragged_world()
    text = shown(visits(instance, ragged_roster(instance), "site"))
    assert "Site X (X): 1 visit, 2 appointments" in text
    assert "Fri  5 March   9am to 10:10am      C1      Y-1" in text


def test_a_roster_without_visits_says_so() -> None:
    instance = published_world()
    roster = ragged_roster(ragged_world()).model_copy(update={"visits": (), "appointments": ()})
    assert "There are no visits." in shown(visits(instance, roster, "day"))


def test_a_visit_that_nobody_comes_to_says_nobody() -> None:
    instance = ragged_world()
    roster = ragged_roster(instance).model_copy(update={"appointments": ()})
    assert shown(visits(instance, roster, "day")).count("nobody\n") == 2


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("by", ["day", "coach", "site"])
def test_whatever_the_width_every_time_and_id_is_whole_and_in_one_line(by: By, width: int) -> None:
    instance = ragged_world()
    long = instance.site["X"].model_copy(update={"name": "The Mullion & Constantine Group Practice"})
    renamed = instance.replaced(sites=(long, instance.site["Y"]))
    lines = shown(visits(renamed, ragged_roster(renamed), by), width).split("\n")
    assert max(map(len, lines)) <= width
    assert any("8:30am to 10:30am" in line and " 8:30am  P" in line for line in lines)


@pytest.mark.parametrize("width", [80, 120])
def test_the_summary_fits_the_width_and_cuts_no_heading(width: int) -> None:
    instance = ragged_world()
    text = shown(summary(instance, ragged_roster(instance), PREFERENCES), width)
    assert max(map(len, text.split("\n"))) <= width
    assert "Longest wait   Median wait" in text
    assert "…" not in text


def test_the_sentence_about_being_voluntary_stands_wherever_a_roster_is_shown() -> None:
    instance = ragged_world()
    roster = ragged_roster(instance)
    assert VOLUNTARY in shown(summary(instance, roster, PREFERENCES))
    assert VOLUNTARY in shown(visits(instance, roster, "day"))


def test_names_from_the_data_are_neither_markup_nor_commands_to_the_terminal() -> None:
    instance = ragged_world()
    odd = instance.site["X"].model_copy(update={"name": "[red]X\x1b[2J[/red]"})
    renamed = instance.replaced(sites=(odd, instance.site["Y"]))
    text = shown(visits(renamed, ragged_roster(renamed), "site"))
    assert "[red]X\N{REPLACEMENT CHARACTER}[2J[/red] (X)" in text
    assert "\x1b" not in text


# -- faults and notices ---------------------------------------------------------------------------------------


def test_faults_stand_file_by_file_with_place_value_and_what_to_do() -> None:
    faults = [
        Fault(file="rooms.csv", row=3, column="site_id", value="Z", says="the site is not there", do="Add it."),
        Fault(file="rooms.csv", row=4, says="a row is too short", do="Fill it in."),
        Fault(file="sites.csv", says="the file is missing", do="Add sites.csv."),
    ]
    assert shown(faults_list(faults)) == (
        "3 things to put right. Nothing was done.\n\n"
        "rooms.csv\n - row 3, site_id: The site is not there: 'Z'. Add it.\n"
        " - row 4: A row is too short. Fill it in.\n\n"
        "sites.csv\n - The file is missing. Add sites.csv.\n"
    )


def test_notices_say_where_what_and_what_could_be_done() -> None:
    notices = [Notice(file="pins.csv", says="Two pins are gone.", do="Check them.")]
    assert shown(notices_list(notices)) == "Worth knowing (1)\n - pins.csv: Two pins are gone. Check them.\n"


# -- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "words", "short"),
    [(0, "0 minutes", "0m"), (1, "1 minute", "1m"), (60, "1 hour", "1h"), (860, "14 hours 20 minutes", "14h 20m")],
)
def test_minutes_are_hours_and_minutes(minutes: int, words: str, short: str) -> None:
    assert (duration(minutes), short_duration(minutes)) == (words, short)


@pytest.mark.parametrize(("share", "words"), [(0.0, "0.0%"), (0.00001, "0.1%"), (0.047, "4.7%"), (1.0, "100.0%")])
def test_a_percentage_is_rounded_up(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_list_that_is_one_too_long_is_not_cut_for_the_sake_of_one() -> None:
    assert few(["a", "b", "c"], 2) == "a, b, c"
    assert few(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert few(["a", "b", "c", "d"], None) == "a, b, c, d"
