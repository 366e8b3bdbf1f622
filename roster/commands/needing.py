"""``roster need``: the cheapest additions after which enough people are seen soon enough."""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from roster.commands.codes import EXIT_CODES
from roster.edits import edits_to_json
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import edits_at, instance_at, text_at
from roster.instance import Instance
from roster.outputs import check_place
from roster.pages.need import need_page
from roster.planning.need.offers import Offers, read_offers
from roster.planning.need.record import NeedReport, Of
from roster.planning.need.report import Answer, Asked, NeedTerms, need
from roster.planning.need.tables import (
    ADDITION_HEADER,
    FRONTIER_HEADER,
    addition_rows,
    frontier_rows,
    write_need_book,
)
from roster.planning.tables import csv_text
from roster.progress import ProgressLine
from roster.show.need import need_text
from roster.terminal import errors, print_json, results, warn, wrong_input

ANSWER, ADDITIONS, FRONTIER, BOOK, EDITS, ROSTER = (
    "need.json",
    "additions.csv",
    "frontier.csv",
    "need.xlsx",
    "edits.json",
    "roster.json",
)


def share_of(text: str) -> Fraction:
    """A share of people as it is given with --share, ``0.95`` or ``95%``. Raises InvalidInput."""
    found = re.fullmatch(r"([0-9]*\.?[0-9]+) ?(%?)", text.strip(), flags=re.ASCII)
    share = Fraction(found[1]) / (100 if found[2] else 1) if found else Fraction(0)
    if not 0 < share <= 1:
        says, do = "this is not a share above 0 and up to 1", "Write a share such as 0.95 or 95%."
        raise InvalidInput([Fault(file="--share", value=text[:40], says=says, do=do)])
    return share


@dataclass(frozen=True)
class NeedCommand:
    """What the command is given. ``asked``: the share, whom it is of, and whether other shares are looked at.

    ``places``: where the edits, the folder of tables, and the page go.
    """

    folder: Path
    edits: Path | None
    offers: Path | None
    asked: tuple[str, Of, bool]
    places: tuple[Path | None, Path | None, Path | None]
    terms: NeedTerms
    most: int
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Read, search, write, print. The exit code."""
        with wrong_input(self.as_json):
            share, of, frontier = self.asked
            asked = Asked(self.terms.question.days, share_of(share), of, frontier)
            self._check_places()
            base, notices = instance_at(self.folder, self.edits)
            before = edits_at(self.edits) if self.edits is not None else ()
            offers = self._offers(base)
            if not (self.as_json or self.quiet):
                warn(notices)
            with ProgressLine(errors(self.quiet or self.as_json)) as line:
                answer = need(base, before, offers, asked, self.terms, line.tell)
            self._write(answer)
        self._print(answer.report)
        return EXIT_CODES[answer.report.outcome]

    def _offers(self, base: Instance) -> Offers:
        return Offers() if self.offers is None else read_offers(text_at(self.offers), self.offers.name, base)

    def _check_places(self) -> None:
        edits, out, html = self.places
        if out is not None and out.exists() and not out.is_dir():
            do = "Give the name of a folder."
            raise InvalidInput([Fault(file="--out", value=out.name, says="this is a file", do=do)])
        if out is not None and out.resolve() == self.folder.resolve():
            says, do = "the results would be written into the data", "Give the name of another folder."
            raise InvalidInput([Fault(file="--out", value=out.name, says=says, do=do)])
        for place in (edits, html):
            if place is not None:
                check_place(place)

    def _write(self, answer: Answer) -> None:
        edits, out, html = self.places
        report = answer.report
        if edits is not None and report.pounds is not None:
            write_text(edits, edits_to_json(report.edits))
        if html is not None:
            write_text(html, need_page(report))
        if out is None:
            return
        out.mkdir(parents=True, exist_ok=True)
        write_text(out / ANSWER, report.to_json())
        write_text(out / ADDITIONS, csv_text(ADDITION_HEADER, addition_rows(report)))
        write_text(out / FRONTIER, csv_text(FRONTIER_HEADER, frontier_rows(report)))
        write_need_book(report, out / BOOK)
        if report.pounds is not None:
            write_text(out / EDITS, edits_to_json(report.edits))
        if answer.roster is not None:
            write_text(out / ROSTER, answer.roster.to_json())

    def _print(self, report: NeedReport) -> None:
        edits, out, html = self.places
        if self.as_json:
            print_json(report)
            return
        results().print(report.says if self.quiet else need_text(report, self.most))
        if edits is not None and report.pounds is not None:
            results().print(f"\nWhat to add is in {edits}, for roster solve FOLDER --edits {edits}.", soft_wrap=True)
        if out is not None:
            results().print(f"Tables are in {out}.", soft_wrap=True)
        if html is not None:
            results().print(f"The page is {html}.", soft_wrap=True)
