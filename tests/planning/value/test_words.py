"""The words of roster value: the headline, what each thing buys, what is proved, and what a practice reads."""

import pytest

from roster.domain import Outcome
from roster.planning.record import Column, Difference, Proof
from roster.planning.value.record import Bought, Confirmed, Sheet, Thing
from roster.planning.value.words import (
    bought_words,
    estimate_words,
    headline,
    proof_words,
    saved_words,
    sheet_lines,
    signed,
)
from tests.plain_words import complaints_of_a_sentence

SHA = "0" * 64
NOTHING = Bought(seen=0, in_time=0, within_28_days=0, waiting_days=0)


def thing() -> Thing:
    return Thing(
        name="session X 09 tue am",
        kind="session",
        about="X",
        owner="practice",
        says="A room at Park Surgery on Tuesday 9 March, morning",
        edits=(),
        estimate=12.4,
    )


def base(outcome: Outcome = "optimal") -> Column:
    return Column(name="base", outcome=outcome, says="It is so.", seconds=1.0, instance_sha256=SHA)


def one(least: int, most: int, found: int, proof: Proof, bought: Bought = NOTHING) -> Confirmed:
    """A thing whose best roster costs from ``least`` to ``most`` more."""
    difference = Difference(
        total=found, least=least, most=most, proof=proof, says="It is so.", newly_seen=(), no_longer_seen=()
    )
    column = base("feasible").model_copy(update={"difference": difference})
    return Confirmed.model_validate(thing().model_dump() | {"column": column, "bought": bought})


THREE = Bought(seen=2, in_time=3, within_28_days=1, waiting_days=40)
PROVED = one(-50, -20, -30, "less", THREE)
OPEN = one(-50, 10, -30, "not_proved", Bought(seen=2, in_time=0, within_28_days=1, waiting_days=40))


def test_the_headline_is_the_first_that_is_proved_to_help() -> None:
    says = "The most valuable single thing: a room at Park Surgery on Tuesday 9 March, morning: 3 more people in time."
    assert headline(base(), [PROVED]) == says
    assert headline(base(), [OPEN, PROVED]) == says


def test_where_nothing_is_proved_to_help_the_headline_says_so() -> None:
    assert headline(base(), [OPEN]) == (
        "Nothing is proved to help in the time there was. What looks best: a room at Park Surgery on Tuesday 9 March, "
        "morning: 2 more people seen."
    )
    assert headline(base(), [one(0, 0, 0, "exact")]) == "None of what was tried makes the roster better."
    assert headline(base(), []) == "Nothing that could be added or loosened by itself looks as if it would help."
    assert headline(base(), [], known=False) == "There was not enough time to find out what might help."


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("infeasible", "No roster keeps every rule, so nothing can be compared. To see why: roster explain."),
        ("unknown", "No roster was found in time, so nothing can be compared."),
        ("rejected", "It is so."),
    ],
)
def test_without_a_roster_of_the_data_as_they_are_nothing_is_compared(outcome: Outcome, says: str) -> None:
    assert headline(base(outcome), []) == says


@pytest.mark.parametrize(
    ("bought", "words"),
    [
        (THREE, "3 more people in time"),
        (THREE.model_copy(update={"in_time": 0}), "2 more people seen"),
        (Bought(seen=0, in_time=-1, within_28_days=1, waiting_days=4), "1 more person seen within 28 days"),
        (Bought(seen=0, in_time=0, within_28_days=0, waiting_days=1), "1 day of waiting less"),
        (NOTHING, "30 minutes of coach time saved"),
    ],
)
def test_what_a_thing_buys_is_the_most_important_of_what_is_better(bought: Bought, words: str) -> None:
    assert bought_words(one(-50, -20, -30, "less", bought)) == words


@pytest.mark.parametrize(
    ("confirmed", "saved", "known"),
    [
        (one(-30, -30, -30, "exact"), "30", "proved"),
        (one(0, 0, 0, "exact"), "0", "proved: no help"),
        (one(7, 7, 7, "exact"), "-7", "proved: costs more"),
        (PROVED, "20 to 50", "helps: proved"),
        (OPEN, "-10 to 50", "not proved"),
        (one(5, 9, 6, "more"), "-9 to -5", "costs more: proved"),
        (one(5, 9, 6, "not_alike"), "", "does not compare"),
        (OPEN.model_copy(update={"column": base("unknown")}), "", "no roster"),
    ],
)
def test_savings_are_an_interval_with_what_is_known_of_it(confirmed: Confirmed, saved: str, known: str) -> None:
    assert saved_words(confirmed) == saved
    assert proof_words(confirmed) == known


def test_numbers_have_their_sign_and_estimates_are_rounded() -> None:
    assert [signed(n) for n in (3, 0, -1200, None)] == ["+3", "0", "-1,200", ""]
    assert estimate_words(thing()) == "about 12"
    assert estimate_words(thing().model_copy(update={"estimate": None})) == "not known"


@pytest.mark.parametrize(
    ("confirmed", "lines"),
    [
        (
            PROVED,
            [
                "The most useful session you could offer: a room at Park Surgery on Tuesday 9 March, morning.",
                "With it the month could have 3 more people in time, 2 more people seen, 1 more person seen within "
                "28 days and 40 days of waiting less.",
                "That it helps is proved: the month then costs at least 20 minutes of coach time less. The numbers of "
                "people and days are those of the best roster found.",
            ],
        ),
        (
            one(0, 0, 0, "exact"),
            [
                "No further session at Park Surgery is known to let anybody be seen sooner this month.",
                "The one that looked best was tried: a room at Park Surgery on Tuesday 9 March, morning.",
                "It is proved that the month would not cost less with it.",
            ],
        ),
        (
            None,
            [
                "The session that looks most useful: a room at Park Surgery on Tuesday 9 March, morning.",
                "What it would bring was not worked out this time.",
            ],
        ),
    ],
)
def test_a_practice_reads_what_its_best_session_brings_and_how_sure_that_is(
    confirmed: Confirmed | None, lines: list[str]
) -> None:
    sheet = Sheet(practice_id="P", practice="Park Surgery", site="Park Surgery", best=thing(), confirmed=confirmed)
    assert list(sheet_lines(sheet)) == lines
    assert [complaint for line in lines for complaint in complaints_of_a_sentence(line)] == []


def test_a_practice_whose_site_promises_nothing_reads_that() -> None:
    (line,) = sheet_lines(Sheet(practice_id="P", practice="Park Surgery", site="Park House"))
    assert line == "No further session at Park House looks as if it would let anybody be seen sooner this month."
