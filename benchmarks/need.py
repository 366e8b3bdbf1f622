"""How long ``roster need`` takes on folders, and how far from the least the additions it finds may be.

``python -m benchmarks.need [--seconds 120] [--share 100%] [--within 28] FOLDER ...`` prints a Markdown table: for the
share of those who can still be seen in time, how many people that is, how many are seen in time as the data are and at
most, what was found and what is proved of it, the gap between the two, and the seconds it took. Times are of one run on
one machine, with nothing else running on it.
"""

import argparse
import sys
from fractions import Fraction
from pathlib import Path

from models import PREFERENCES, RULES
from models.by_hand.planner import plans_by_hand
from models.urgency.within import within
from roster.commands.needing import share_of
from roster.files import read
from roster.planning.need.model import Question
from roster.planning.need.offers import Offers
from roster.planning.need.record import NeedReport, Reached
from roster.planning.need.report import Asked, NeedTerms, need
from roster.planning.need.words import money
from roster.solve import Options
from roster.wording import percent

HEADING = "| folder | asked | as it is | with everything | found | at least | gap | seconds |"


def answered(folder: Path, share: Fraction, days: int, seconds: float) -> NeedReport:
    """What the command finds of a folder."""
    options = Options(time_limit=seconds, start=plans_by_hand)
    terms = NeedTerms(Question(days, RULES, within), PREFERENCES, options)
    asked = Asked(days, share, "reachable", frontier=False)
    return need(read(folder).valid(), (), Offers(), asked, terms).report


def row(name: str, report: NeedReport) -> str:
    """The table's row of one folder."""
    cells = [
        name,
        f"{report.asked:,}",
        _reached(report.as_it_is),
        _reached(report.with_everything),
        "nothing" if report.pounds is None else money(report.pounds),
        money(report.at_least),
        "" if report.gap is None else percent(report.gap),
        f"{report.seconds:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _reached(reached: Reached | None) -> str:
    if reached is None:
        return ""
    found = "?" if reached.found is None else f"{reached.found:,}"
    return found if reached.found == reached.at_most else f"{found} to {reached.at_most:,}"


def main() -> None:
    """Print the table of the folders given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--share", default="100%")
    parser.add_argument("--within", type=int, default=28)
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args()
    sys.stdout.write(f"{HEADING}\n|{' --- |' * HEADING.count(' | ')} --- |\n")
    for folder in given.folders:
        report = answered(folder, share_of(given.share), given.within, given.seconds)
        sys.stdout.write(f"{row(folder.name, report)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
