"""``roster fairness``: who waits longer in a roster, and what it would cost to make the longest wait shorter."""

from dataclasses import dataclass
from pathlib import Path

from roster.answers import checked
from roster.commands.codes import BROKEN, OK, UNKNOWN
from roster.domain import Roster
from roster.fault import Fault, InvalidInput
from roster.files import write_text
from roster.inputs import instance_at, roster_at
from roster.instance import Instance
from roster.many.beside import check_out
from roster.outputs import check_place
from roster.pages.fairness import fairness_page
from roster.planning.fairness.price import FairTerms
from roster.planning.fairness.record import FairnessReport
from roster.planning.fairness.report import Fairness, HeldBackError, fairness
from roster.planning.fairness.tables import (
    GROUP_HEADER,
    PAYER_HEADER,
    group_rows,
    payer_rows,
    write_fairness_book,
)
from roster.planning.tables import csv_text
from roster.progress import ProgressLine
from roster.show import findings
from roster.show.fairness import fairness_text
from roster.solve import Options
from roster.terminal import errors, print_json, results, warn, wrong_input
from roster.verify import Verdict, verify

ANSWER, GROUPS, PAYERS, BOOK, FAIRER = "fairness.json", "waits.csv", "who-pays.csv", "fairness.xlsx", "fairer.json"


@dataclass(frozen=True)
class FairnessCommand:
    """What the command is given. ``price``: how the price of a shorter wait is looked for, None where it is not."""

    folder: Path
    roster_file: Path
    edits: Path | None
    price: Options | None
    every_group: bool
    out: Path | None
    html: Path | None
    terms: FairTerms
    as_json: bool
    quiet: bool

    def run(self) -> int:
        """Look, search for the price if it is asked for, write, print. The exit code."""
        with wrong_input(self.as_json):
            self._check_places()
            instance, notices = instance_at(self.folder, self.edits)
            roster, verdict = self._judged(instance, roster_at(self.roster_file))
            if not verdict.accepted:
                return self._refused(roster, verdict)
            if not (self.as_json or self.quiet):
                warn(notices)
            if self.price is not None:
                self._check_price(instance, roster)
            made = self._made(instance, roster)
            self._write(made)
        self._print(made.report)
        price = made.report.price
        return UNKNOWN if price is not None and price.outcome == "not_known" else OK

    def _made(self, instance: Instance, roster: Roster) -> Fairness:
        asked = instance, roster, self.terms, self.price
        try:
            with ProgressLine(errors(self.quiet or self.as_json)) as line:
                return fairness(*asked, every_group=self.every_group, tell=line.tell)
        except HeldBackError:
            says = "the price would say how long the people of a practice wait that is held back beside a small one"
            do = "Leave out --price, or give --every-group and pass nothing on."
            raise InvalidInput([Fault(file="--price", says=says, do=do)]) from None

    def _check_places(self) -> None:
        if self.out is not None:
            check_out(self.out, self.folder)
        if self.html is not None:
            check_place(self.html)

    def _judged(self, instance: Instance, roster: Roster) -> tuple[Roster, Verdict]:
        """The roster and what the checker says of it.

        The published one states the costs of the day on which it was made: they are worked out anew.
        """
        verdict = verify(instance, roster, self.terms.rules, self.terms.preferences)
        if verdict.accepted or roster != instance.published or not verdict.costs:
            return roster, verdict
        update = {"costs": verdict.costs, "objective": verdict.objective, "bound": 0, "outcome": "feasible"}
        today = roster.model_copy(update=update)
        return today, verify(instance, today, self.terms.rules, self.terms.preferences)

    def _check_price(self, instance: Instance, roster: Roster) -> None:
        """A price is against the best roster of these data, of which the roster has to say how far off it is."""
        if roster.compromise:
            says = "this is a compromise, and a price is asked of a roster that keeps every rule"
        elif roster.instance_sha256 != instance.sha256:
            says = "this roster was made from other data, so what it says of the best roster does not hold for these"
        else:
            return
        do = "Make one with roster solve, or leave out --price."
        raise InvalidInput([Fault(file=self.roster_file.name, says=says, do=do)])

    def _refused(self, roster: Roster, verdict: Verdict) -> int:
        answer = checked(roster, verdict)
        if self.as_json:
            print_json(answer)
        else:
            errors().print(findings("The checker does not accept this roster", answer.findings, most=10))
        return BROKEN

    # -- what comes of it ---------------------------------------------------------------------------------

    def _write(self, made: Fairness) -> None:
        report = made.report
        if self.html is not None:
            write_text(self.html, fairness_page(report))
        if self.out is None:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        write_text(self.out / ANSWER, report.to_json())
        write_text(self.out / GROUPS, csv_text(GROUP_HEADER, group_rows(report)))
        write_fairness_book(report, self.out / BOOK)
        if report.price is not None:
            write_text(self.out / PAYERS, csv_text(PAYER_HEADER, payer_rows(report.price)))
        if made.roster is not None:
            write_text(self.out / FAIRER, made.roster.to_json())

    def _print(self, report: FairnessReport) -> None:
        if self.as_json:
            print_json(report)
            return
        if self.quiet:
            results().print(report.says)
            if report.price is not None:
                results().print(report.price.says)
        else:
            results().print(fairness_text(report), "")
        if self.out is not None:
            results().print(f"Tables are in {self.out}.", soft_wrap=True)
        if self.html is not None:
            results().print(f"The page is {self.html}.", soft_wrap=True)
