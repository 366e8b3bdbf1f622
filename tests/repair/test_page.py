"""The page of a repair: it stands alone, its picture shows the numbers of its table, and lets nothing through."""

import re
import xml.etree.ElementTree as ET

import html5lib
import pytest

from roster.answers_of_repair import RepairReport
from roster.changes import Message
from roster.pages.repair import repair_page
from roster.repair.record import Buys, Fewest
from roster.repair_words import addressee, lines
from roster.show.repair import repair_text
from roster.wording import VOLUNTARY
from tests.plain_words import complaints
from tests.repair.events import AS_OF, after
from tests.test_report_page import HOSTILE
from tests.test_show import shown

ROWS = [(1, 11_427, 11_472, None, 2), (2, 7_651, 7_741, 3_776, 0), (5, 7_594, 7_729, 57, 0)]
BUYS = tuple(
    Buys(changes=n, cost=cost, total=total, buys=saved, unseen=unseen, proved=n < 5, best=n == 5)
    for n, cost, total, saved, unseen in ROWS
)
SVG = "{http://www.w3.org/2000/svg}"
TO_COACH = Message(to="coach", coach_id="C01", says="No longer yours: one.\nNew: two.")
TO_PERSON = Message(to="person", referral_id="R1", practice_id="P001", says=f"You have an appointment. {VOLUNTARY}")


def report(**fields: object) -> RepairReport:
    """A report as a repair makes it."""
    given: dict[str, object] = {
        "instance": "A small town",
        "month": "2027-03",
        "as_of": AS_OF,
        "instance_sha256": "0" * 64,
        "outcome": "optimal",
        "says": "This is the best roster there is: no other has a lower total.",
        "seconds": 1.0,
        "changes": 3,
        "fewest": Fewest(changes=1, proved=True),
        "buys": BUYS,
        "messages": (TO_PERSON, TO_COACH),
    }
    return RepairReport.model_validate(given | fields)


def tree(page: str) -> ET.Element:
    """The page as a browser reads it; the first thing that is not well formed is an error."""
    found = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert isinstance(found, ET.Element)
    return found


def test_it_is_a_whole_page_that_asks_for_nothing_from_elsewhere_and_says_that_coming_is_voluntary() -> None:
    page = repair_page(after([]), report())
    found = tree(page)
    assert [node for node in found.iter() if node.tag in {"script", "link", "img", "iframe", "object"}] == []
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"|url\(|@import", page) == []
    assert page.count(VOLUNTARY) == 2
    assert "Repair as of 12 March 2027" in page


def test_the_picture_has_a_point_for_each_row_where_its_numbers_are() -> None:
    found = tree(repair_page(after([]), report()))
    cells = [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")][1:]
    assert [(row[0], row[1], row[2], row[3], row[4]) for row in cells] == [
        ("1", "11,427", "", "11,472", "2"),
        ("2", "7,651", "3,776", "7,741", "0"),
        ("5", "7,594", "57", "7,729", "0"),
    ]
    assert [row[5] for row in cells] == ["None is cheaper", "None is cheaper", "Chosen The cheapest found"]
    points = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in found.iter(SVG + "circle")]
    (left, top), (_, _), (right, bottom) = points
    for (x, y), (changes, cost, *_) in zip(points, ROWS, strict=True):
        assert x == pytest.approx(left + (right - left) * (changes - 1) / 4, abs=0.1)
        assert y == pytest.approx(top + (bottom - top) * (11_427 - cost) / (11_427 - 7_594), abs=0.1)
    assert [dot.attrib["class"] for dot in found.iter(SVG + "circle")] == ["point", "point", "chosen"]
    says = next("".join(node.itertext()) for node in found.iter(SVG + "desc"))
    assert says.startswith("With 1 change to 5 the cost goes from 11,427 to 7,594 minutes of coach time.")


def test_one_row_has_a_table_and_no_picture_and_none_has_neither() -> None:
    one, none = repair_page(after([]), report(buys=BUYS[:1])), repair_page(after([]), report(buys=()))
    assert ("<table>" in one, "<svg" in one) == (True, False)
    assert ("<table>" in none, "<svg" in none) == (False, False)


def test_where_every_row_costs_the_same_the_picture_is_level() -> None:
    rows = tuple(row.model_copy(update={"cost": 7_594}) for row in BUYS)
    heights = {dot.attrib["cy"] for dot in tree(repair_page(after([]), report(buys=rows))).iter(SVG + "circle")}
    assert len(heights) == 1


def test_every_message_is_there_under_whom_it_is_for() -> None:
    page = repair_page(after([]), report())
    assert "Messages to people (1)" in page
    assert "Messages to coaches (1)" in page
    assert "Messages to practices" not in page
    assert f"<h3>To {addressee(TO_PERSON)}</h3>" in page
    assert "<p>No longer yours: one.</p>" in page
    assert "<p>New: two.</p>" in page


def test_nothing_gets_through_unescaped() -> None:
    message = Message(to="person", referral_id=HOSTILE, practice_id="P001", says=HOSTILE)
    page = repair_page(after([]), report(messages=(message,), says=HOSTILE))
    assert "<script" not in page
    assert [node for node in tree(page).iter() if node.tag == "script" or "onload" in node.attrib] == []


def test_the_sentences_are_plain_whatever_came_of_it() -> None:
    reports = [
        report(),
        report(fewest=Fewest(changes=0, proved=True), late_notice=False),
        report(fewest=Fewest(changes=4, proved=False), changes=None),
        report(fewest=Fewest(changes=0, proved=True), changes=0),
    ]
    for each in reports:
        assert [complaint for says in lines(each) for complaint in complaints(says)] == []
    assert "With no change at all every rule would be kept too; the changes made are those that pay." in lines(
        reports[1]
    )
    assert "Fewer were not found to be enough." in lines(reports[2])[1]
    assert lines(reports[3])[1:] == ["It makes no changes: what is left of what was published stays as it is."]


@pytest.mark.parametrize("width", [80, 110])
def test_the_terminal_fits_and_says_how_many_messages_it_does_not_show(width: int) -> None:
    text = shown(repair_text(after([]), report(), most=1), width)
    assert max(map(len, text.splitlines())) <= width
    assert "1 more message: --report FILE writes them all." in text
    assert "To referral R1 of practice P001:" in text
    assert VOLUNTARY in " ".join(text.split())
