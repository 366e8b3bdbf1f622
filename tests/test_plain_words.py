"""No sentence for a person holds a word of the machinery, a word of blame, or a gap; and the checker of that works."""

from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

import pytest

from models import PREFERENCES, RULES
from roster.edit_words import edits_words
from roster.facts import facts_of
from roster.files import read
from roster.instance import Instance
from roster.report_words import OWNER_WORDS, POINTS, edits_in_words
from roster.rule import Preference, Rule
from roster.show import facts_list, report_text, rules_list
from roster.wording import VOLUNTARY, how_good
from tests.edited import region
from tests.plain_words import BANNED, complaints, complaints_of_a_sentence
from tests.sample_report import sample_compromise, sample_instance, sample_report
from tests.test_edit_words import ALL as EDITS_IN_WORDS
from tests.test_show import shown
from tests.worlds import published_world, ragged_world

PILOT = Path(__file__).resolve().parents[1] / "instances" / "pilot"


def pilot() -> Instance:
    """The example region of the project."""
    instance = read(PILOT).instance
    assert instance is not None
    return instance


INSTANCES: Mapping[str, Callable[[], Instance]] = {
    "a region with every column filled": region,
    "a ragged world": ragged_world,
    "a published world": published_world,
    "the region of the sample report": sample_instance,
    "the pilot": pilot,
}


# -- the checker ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", BANNED)
def test_a_banned_word_is_found_in_any_case_and_only_as_a_whole_word(word: str) -> None:
    assert any(repr(word) in found for found in complaints(f"It is {word} here."))
    assert any(repr(word.title()) in found for found in complaints(f"{word.title()}, it is."))
    assert complaints(f"It is x{word}x here.") == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Seen by None.", "None"),
        ("It takes nan minutes.", "nan"),
        ("Held by {coach}.", "a brace"),
        ("At Site X ().", "an empty pair of brackets"),
        ("At 'Site X' now.", "a quoted text"),
        ("Two  spaces.", "two spaces"),
        ("A space .", "a space before a full stop or comma"),
        ("The end..", "two full stops"),
        ("On 2027-03-09.", "a date of the machine"),
        ("At 08:30.", "a time of the machine"),
        ("In need of step_free rooms.", "a word with an underscore"),
    ],
)
def test_a_gap_is_found(text: str, complaint: str) -> None:
    assert complaint in complaints(text)


def test_what_is_plain_has_no_complaints() -> None:
    text = "Offer room F83008-1 at St John's Way (X) on 9 March 2027, 8:30am to 12:40pm: 5 days' notice."
    assert complaints_of_a_sentence(text) == []


def test_a_piece_that_is_allowed_is_not_looked_at() -> None:
    assert complaints("see_by:R1 is a fact.") == ["a word with an underscore"]
    assert complaints("see_by:R1 is a fact.", allowed=["see_by:R1"]) == []


def test_a_sentence_begins_with_a_capital_or_a_number_and_ends_with_a_full_stop() -> None:
    assert complaints_of_a_sentence("3 people wait.") == []
    assert complaints_of_a_sentence("people wait") == [
        "it does not begin with a capital or a number",
        "it does not end with a full stop",
    ]


# -- every sentence -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [*RULES, *PREFERENCES], ids=lambda rule: rule.name)
def test_the_sentence_of_a_rule_is_plain(rule: Rule | Preference) -> None:
    assert complaints_of_a_sentence(rule.sentence) == []


@pytest.mark.parametrize("name", INSTANCES)
def test_the_sentences_of_facts_and_of_what_relaxes_them_are_plain(name: str) -> None:
    instance = INSTANCES[name]()
    facts = facts_of(instance)
    assert facts
    found = {fact.id: complaints_of_a_sentence(fact.sentence) for fact in facts}
    assert {fact_id: says for fact_id, says in found.items() if says} == {}
    for fact in {fact.kind: fact for fact in facts}.values():
        assert [c for sentence in edits_words(instance, fact.edits) for c in complaints_of_a_sentence(sentence)] == []


def test_the_sentences_of_edits_are_plain() -> None:
    sentences = [says for _, says in EDITS_IN_WORDS]
    sentences += chain(*(edits_in_words(sample_instance(), repair) for repair in sample_report().repairs))
    assert {says: complaints_of_a_sentence(says) for says in sentences if complaints_of_a_sentence(says)} == {}


def test_the_sentences_that_stand_everywhere_are_plain() -> None:
    compromise = sample_compromise(sample_instance())
    others = [compromise.model_copy(update={"compromise": False, "outcome": o}) for o in ("optimal", "feasible")]
    unknown = others[1].model_copy(update={"bound": 0})
    sentences = [VOLUNTARY, POINTS, *(how_good(roster) for roster in (compromise, *others, unknown))]
    assert [complaint for says in sentences for complaint in complaints_of_a_sentence(says)] == []
    assert [complaint for owner in OWNER_WORDS.values() for complaint in complaints(owner)] == []


def test_what_the_terminal_shows_of_rules_facts_and_reports_holds_no_banned_word() -> None:
    instance = sample_instance()
    facts = facts_of(instance)
    texts = (
        rules_list(RULES, PREFERENCES, formulas=False),
        facts_list(instance, facts),
        report_text(instance, sample_report()),
    )
    found = [complaint for text in texts for complaint in complaints(shown(text)) if complaint.startswith("the word")]
    assert found == []
