"""How long roster why-not takes beside a solve, and how much of it is proved.

``python -m benchmarks.why_not [--seconds 60] [--wishes 6] FOLDER ...`` solves each folder once, asks so many wishes of
the roster (a coach in a session that they do not hold, a person on a day on which they are not seen, by turns), each
with the same time limit, and prints a Markdown table. Times are of one run on one machine.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from models import PREFERENCES, RULES
from roster.candidates import Candidates
from roster.explain.questions.forced import Clock
from roster.explain.questions.given import Given
from roster.explain.questions.why_not import why_not
from roster.explain.questions.wish import Wish
from roster.explanations import WhyNot
from roster.files import read
from roster.solve import Options, solve

HEADING = "| folder | solve | wishes | median | longest | longest / solve | possible | impossible | proved | ties |"


@dataclass(frozen=True)
class Asked:
    """One wish, its answer, and how many seconds that took."""

    wish: Wish
    answer: WhyNot
    seconds: float


def wishes(given: Given, seed: int) -> Iterator[Wish]:
    """Wishes that the roster does not fulfil, of both kinds by turns; the same for the same seed."""
    rng, instance = random.Random(seed), given.instance
    day = {s.session_id: s.date for s in instance.sessions if not instance.is_past(s.date)}
    ahead = {s: c for s, c in Candidates(instance, RULES).coaches_at.items() if s in day}
    visits = [(c, s) for s, coaches in ahead.items() for c in coaches if (c, s) not in given.plan.visits]
    people = list(instance.people)
    while visits and people:
        coach_id, session_id = visits.pop(rng.randrange(len(visits)))
        yield Wish(coach_id=coach_id, session_id=session_id)
        referral_id = people.pop(rng.randrange(len(people)))
        wish = Wish(referral_id=referral_id, day=day[rng.choice(list(ahead))])
        if not wish.met(given.roster, instance):
            yield wish


def main() -> None:
    """Run the benchmark on the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--wishes", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.stdout.write(HEADING + "\n" + "|---" * HEADING.count(" |") + "|\n")
    for folder in options.folders:
        sys.stdout.write(row(folder, options.seconds, options.wishes, options.seed) + "\n")
        sys.stdout.flush()


def row(folder: Path, seconds: float, number: int, seed: int) -> str:
    """The table's row of one folder."""
    instance = read(folder).valid()
    solved = solve(instance, RULES, PREFERENCES, Options(time_limit=seconds, seed=seed))
    if solved.roster is None or solved.roster.compromise:
        return f"| {folder.name} | {solved.outcome} |" + " |" * 8
    given = Given(instance, RULES, PREFERENCES, solved.roster)
    asked = [ask(given, wish, seconds) for wish, _ in zip(wishes(given, seed), range(number), strict=False)]
    times = [a.seconds for a in asked]
    possible = [a.answer.possible for a in asked]
    cells = [
        folder.name,
        f"{solved.seconds:.1f} s",
        str(len(asked)),
        f"{median(times):.1f} s",
        f"{max(times):.1f} s",
        f"{max(times) / solved.seconds:.1f}",
        str(possible.count("yes")),
        str(possible.count("no")),
        str(sum(a.answer.known == "proved" for a in asked)),
        str(sum(a.answer.tie for a in asked)),
    ]
    return "| " + " | ".join(cells) + " |"


def ask(given: Given, wish: Wish, seconds: float) -> Asked:
    """Ask one wish, with so much time."""
    began = time.monotonic()
    answer = why_not(given, wish, Clock.of(seconds))
    return Asked(wish, answer, time.monotonic() - began)


if __name__ == "__main__":
    main()
