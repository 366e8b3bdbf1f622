"""The report as a page: a whole HTML document that stands alone, reads in order, and lets nothing through unescaped."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.edits import EditError
from roster.pages import report_page
from roster.report import Cluster, Conflict, Report
from roster.wording import VOLUNTARY, printable
from tests.edited import edited
from tests.plain_words import complaints
from tests.sample_report import sample_compromise, sample_instance, sample_report

HOSTILE = """<script>alert("1")</script>' onload='x' {{ 7*7 }} &amp; \u202e"""
INSTANCE = sample_instance()
REPORT = sample_report(INSTANCE)


def tree(page: str) -> ET.Element:
    """The page as a browser reads it; the first thing that is not well formed is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found = parser.parse(page)
    assert isinstance(found, ET.Element)
    return found


def text(element: ET.Element) -> str:
    """What is to be read in an element, with one space between two words."""
    return " ".join("".join(element.itertext()).split())


def one(page: ET.Element, path: str) -> ET.Element:
    """The only element at a path."""
    (found,) = page.findall(path)
    return found


def by_id(page: ET.Element, name: str) -> ET.Element:
    """The element with an id."""
    return one(page, f".//*[@id='{name}']")


def cells(table: ET.Element) -> list[list[str]]:
    """The rows of a table, its head first."""
    return [[text(cell) for cell in row] for row in table.iter("tr")]


def with_many(**fields: object) -> Report:
    """A report with 20 conflicts and repairs: more than are shown at once."""
    conflicts = [REPORT.conflicts[0].model_copy(update={"says": f"Example {n}."}) for n in range(20)]
    repairs = [REPORT.repairs[0].model_copy(update={"says": f"Way {n}."}) for n in range(20)]
    return REPORT.model_copy(update={"conflicts": tuple(conflicts), "repairs": tuple(repairs)} | fields)


WITHOUT_TROUBLE = {"clusters": (), "conflicts": (), "bottlenecks": (), "repairs": (), "compromise": None}
PAGES = {
    "the sample": report_page(INSTANCE, REPORT),
    "many of everything": report_page(INSTANCE, with_many()),
    "many troubles": report_page(
        INSTANCE, with_many(clusters=tuple(Cluster(number=n, says=f"Trouble {n}.") for n in range(1, 12)))
    ),
    "a roster": report_page(
        INSTANCE, sample_report(INSTANCE, outcome="optimal", says="Checked.", not_proved=(), **WITHOUT_TROUBLE)
    ),
    "nothing known": report_page(
        INSTANCE, sample_report(INSTANCE, outcome="unknown", says="Time ran out.", background="", **WITHOUT_TROUBLE)
    ),
    "a hostile name": report_page(sample_instance(HOSTILE), sample_report(sample_instance(HOSTILE))),
}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


# -- form -----------------------------------------------------------------------------------------------------


@EVERY_PAGE
def test_a_page_is_a_whole_document_in_english_with_one_main_heading_and_landmarks(page: str) -> None:
    assert page.startswith("<!DOCTYPE html>\n<html lang=")
    found = tree(page)
    assert found.get("lang") == "en-GB"
    assert text(one(found, ".//h1")) in text(one(found, "head/title"))
    assert [element.tag for element in one(found, "body")] == ["a", "header", "main", "footer"]
    assert one(found, "head/meta[@name='viewport']").get("content") == "width=device-width, initial-scale=1"


@EVERY_PAGE
def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(e.tag[1]) for e in tree(page).iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@EVERY_PAGE
def test_ids_are_unique_and_every_link_and_label_leads_to_one(page: str) -> None:
    found = tree(page)
    ids = Counter(e.get("id") for e in found.iter() if e.get("id"))
    assert set(ids.values()) == {1}
    links = [e.get("href", "") for e in found.iter("a")]
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    assert "#main" in links
    labelled = [e.get("aria-labelledby") for e in found.iter() if e.get("aria-labelledby")]
    assert set(labelled) <= set(ids)


@EVERY_PAGE
def test_tables_have_captions_and_their_heads_have_scopes(page: str) -> None:
    for table in tree(page).iter("table"):
        assert text(one(table, "caption"))
        assert {head.get("scope") for head in table.iter("th")} <= {"col", "row"}
        width = {len(row) for row in table.iter("tr")}
        assert len(width) == 1


@EVERY_PAGE
def test_what_opens_has_a_summary_that_says_what_and_no_two_are_alike(page: str) -> None:
    summaries = [text(one(details, "summary")) for details in tree(page).iter("details")]
    repeated = {says for says, times in Counter(summaries).items() if times > 1}
    assert "" not in summaries
    assert not {says for says in repeated if "repair" in says or "Show all" in says}


@EVERY_PAGE
def test_a_page_needs_no_network_and_no_script_and_allows_none(page: str) -> None:
    found = tree(page)
    tags = {str(e.tag) for e in found.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg"}
    assert not [name for e in found.iter() for name in e.attrib if name.startswith("on") or name in ("src", "style")]
    style = one(found, ".//style").text or ""
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    policy = one(found, "head/meta[@http-equiv]").get("content") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"https?:|//", page.replace(digest, ""))


@EVERY_PAGE
def test_the_voluntary_sentence_is_on_every_page(page: str) -> None:
    assert text(one(tree(page), "body/footer")) == VOLUNTARY


def test_a_hostile_name_is_read_as_it_is_and_nothing_of_it_is_run() -> None:
    page = PAGES["a hostile name"]
    assert "<script" not in page
    assert "7*7" in page
    assert "&lt;script&gt;alert(" in page
    assert HOSTILE.replace("\u202e", "\ufffd") in text(by_id(tree(page), "trouble-1"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(says=st.text(max_size=30))
def test_whatever_a_report_says_the_page_is_well_formed_and_holds_what_can_be_seen_of_it(says: str) -> None:
    cluster = REPORT.clusters[0].model_copy(update={"says": says})
    found = tree(report_page(INSTANCE, sample_report(INSTANCE, clusters=(cluster, REPORT.clusters[1]))))
    assert text(by_id(found, "trouble-1")) == " ".join(f"Trouble 1 {printable(says)}".split())


def test_a_sentence_that_the_trouble_has_already_is_not_said_twice() -> None:
    says = REPORT.bottlenecks[0].says
    cluster = REPORT.clusters[0].model_copy(update={"says": says})
    found = tree(report_page(INSTANCE, sample_report(INSTANCE, clusters=(cluster,))))
    card = one(found, ".//section[@aria-labelledby='trouble-1']")
    assert says not in [text(p) for p in card.findall("p")]
    assert says in text(by_id(found, "trouble-1"))


def test_everything_that_a_report_says_is_escaped() -> None:
    mark = "<b>&x"
    conflict = Conflict(facts=(f"see_by:{mark}",), says=f"c{mark}", verified=True)
    repair = REPORT.repairs[0].model_copy(update={"says": f"r{mark}", "then": f"t{mark}"})
    report = sample_report(
        INSTANCE,
        says=f"h{mark}",
        background=f"g{mark}",
        clusters=(Cluster(number=1, says=f"k{mark}", people=(f"p{mark}",)),),
        conflicts=(conflict,),
        bottlenecks=(REPORT.bottlenecks[0].model_copy(update={"says": f"b{mark}", "people": (f"q{mark}",)}),),
        repairs=(repair,),
        not_proved=(f"n{mark}",),
    )
    page = report_page(INSTANCE, report)
    assert mark not in page
    read = text(tree(page))
    for piece in ("h", "g", "k", "p", "q", "b", "c", "r", "t", "n", "see_by:"):
        assert piece + mark in read


# -- contrast -------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance of ``#rgb`` or ``#rrggbb`` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one_colour: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one_colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_the_guidelines_name() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_of_text_stands_out_from_what_is_behind_it() -> None:
    style = one(tree(PAGES["the sample"]), ".//style").text or ""
    rules = re.findall(r"([^{}@]+)\{([^{}]*)\}", style)
    colours = [
        (s.strip(), dict(re.findall(r"(?<![\w-])(color|background): (#[0-9a-f]{3,6})", body))) for s, body in rules
    ]
    pairs = {(c["color"], c.get("background", "#ffffff")) for _, c in colours if "color" in c}
    pairs |= {(c["color"], "#f3f2f1") for s, c in colours if "color" in c and s == "html"}
    assert len(pairs) >= 8
    assert {pair for pair in pairs if contrast(*pair) < 4.5} == set()


def test_links_and_what_opens_show_where_the_keyboard_is() -> None:
    style = one(tree(PAGES["the sample"]), ".//style").text or ""
    assert "a:focus-visible, summary:focus-visible { background: #fd0; color: #0b0c0c; outline: 3px solid" in style


def test_on_paper_everything_that_opens_is_open() -> None:
    style = one(tree(PAGES["the sample"]), ".//style").text or ""
    on_paper = style.split("@media print")[1]
    assert "details::details-content { content-visibility: visible; display: block; height: auto; }" in on_paper


# -- what it says ---------------------------------------------------------------------------------------------


def test_the_page_reads_from_the_numbers_to_how_sure_it_is() -> None:
    found = tree(PAGES["the sample"])
    assert [text(heading) for heading in found.iter("h2")] == [
        "What stands in the way",
        "What would fix it",
        "If nothing changes: a compromise roster",
        "What is not proved, and why",
        "What was taken as it is",
        "How sure this is",
    ]
    body = text(one(found, "body"))
    assert body.index(REPORT.says) < body.index("The cheapest repair: Offer one more session") < body.index("Trouble 1")


def test_a_trouble_shows_its_count_and_its_smallest_verified_example_and_the_rest_on_demand() -> None:
    card = one(tree(PAGES["the sample"]), ".//section[@aria-labelledby='trouble-1']")
    assert cells(one(card, "table")) == [["People", "Needed", "Can be held", "Short by"], ["3", "160", "120", "40"]]
    shown = [text(p) for p in card.findall("p")]
    assert REPORT.conflicts[0].says in shown
    assert REPORT.conflicts[1].says not in shown
    assert REPORT.conflicts[1].says in text(one(card, "details[@class='all']"))
    sessions = cells(card.findall("details")[0].findall("table")[0])
    assert sessions[1:] == [["S1", "Harbour Surgery", "8 March 2027, 8:30am to 10:30am"]]


def test_the_facts_of_an_example_are_said_in_words_with_who_could_change_them() -> None:
    card = one(tree(PAGES["the sample"]), ".//section[@aria-labelledby='trouble-2']")
    assert cells(one(card, ".//table")) == [
        ["As things are", "Who could change it"],
        ["Moor Library (MOOR) is to have at least 3 visits in the month.presence:MOOR", "The practice"],
    ]


def test_a_repair_says_what_it_costs_who_must_act_what_then_and_how_to_make_it() -> None:
    card = one(tree(PAGES["the sample"]), ".//section[@aria-labelledby='repair-1']")
    details = {text(one(row, "dt")): text(one(row, "dd")) for row in card.findall("dl/div")}
    assert details == {
        "Price": "8 points. Proved: nothing cheaper would do.",
        "Who must act": "the practice and the region",
        "The month then": "Everybody is seen by their date; 4 of 4 people are seen in 3 visits.",
    }
    assert text(one(card, ".//code")) == "roster edit FOLDER report.json --repair 1 --out FOLDER2"
    assert [text(item) for item in card.iter("li")] == [
        "Offer room QUAY-1 at Harbour Surgery on 8 March 2027, 10:30am to midday.",
        "Let Moor Library (MOOR) have at least 2 visits in the month instead of 3.",
    ]


def test_a_repair_that_one_owner_alone_could_make_is_labelled_so() -> None:
    found = tree(PAGES["the sample"])
    tags = {
        section.get("aria-labelledby"): [text(t) for t in section.iter("strong")] for section in found.iter("section")
    }
    assert tags["repair-1"] == ["Cheapest"]
    assert tags["repair-2"] == ["The practice alone could do this"]
    assert tags["repair-3"] == []


def test_repairs_keep_the_number_that_they_have_in_the_report_also_where_they_are_folded_away() -> None:
    found = tree(PAGES["many of everything"])
    headings = [text(h) for h in found.iter("h3") if str(h.get("id")).startswith("repair-")]
    assert headings == [f"Repair {n} Way {n - 1}." for n in range(1, 21)]
    assert "Show all repairs: 13 more" in text(found)


def test_the_compromise_is_called_one_in_every_heading_and_table_about_it() -> None:
    body = one(tree(PAGES["the sample"]), "body/main")
    elements = list(body)
    start = next(i for i, e in enumerate(elements) if e.get("id") == "compromise")
    until = next(i for i, e in enumerate(elements) if e.get("id") == "not-proved")
    part = elements[start:until]
    names = [text(e) for e in part if e.tag in ("h2", "h3")] + [
        text(one(e, "caption")) for e in part if e.tag == "table"
    ]
    assert len(names) == 3
    assert all("compromise" in name for name in names)
    says = " ".join(text(e) for e in part)
    assert ["People seen", "3 of 4"] in cells(part[2])
    for entry in sample_compromise(INSTANCE).breaks:
        assert entry.says in says


def test_where_there_is_a_roster_the_page_says_so_and_nothing_more() -> None:
    found = tree(PAGES["a roster"])
    assert text(one(found, ".//h1")) == "There is a roster"
    assert "There is a roster that keeps every rule. Nothing has to change." in text(found)
    assert [text(h) for h in found.iter("h2")] == ["What was taken as it is", "How sure this is"]


def test_where_time_ran_out_nothing_is_claimed() -> None:
    found = tree(PAGES["nothing known"])
    assert text(one(found, ".//h1")) == "It is not known whether there is a roster"
    assert "so nothing is claimed about that" in text(found)
    assert "Proved" not in text(found)


def test_a_report_of_another_instance_is_not_shown_as_if_it_were_of_this_one() -> None:
    other = edited(INSTANCE, {"op": "remove_room", "room_id": "QUAY-1"})
    with pytest.raises(EditError, match="there is no room QUAY-1"):
        report_page(other, REPORT)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "a hostile name"])
def test_every_page_is_in_plain_words(name: str) -> None:
    body = one(tree(PAGES[name]), "body")
    codes = {text(code) for code in body.iter("code")}
    for element in body.iter():
        if element.tag in ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "dd", "dt", "caption", "summary"):
            assert complaints(text(element), allowed=codes) == [], text(element)
