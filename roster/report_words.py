"""What a report says of itself, in sentences that the terminal and the page share: how sure, who acts, what price."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roster.calendar import friendly_time, long_date
from roster.domain import Record, Session
from roster.edit_words import edits_words
from roster.facts import Fact, Owner, facts_of
from roster.fault import listed
from roster.figures import figures_of
from roster.instance import Instance
from roster.report import Bottleneck, Conflict, Repair, Report
from roster.wording import how_many

OWNER_WORDS: Mapping[Owner, str] = {
    "practice": "the practice",
    "coach": "the coach",
    "region": "the region",
    "referrer": "the referrer",
    "policy": "whoever sets the policy",
}
POINTS = (
    "Points say how hard a change is: each change has a price in the region's settings, and a repair costs what its "
    "changes cost together. Fewer points are easier."
)
NOTHING_TO_REPAIR = "There is a roster that keeps every rule. Nothing has to change."
_TITLES = {
    "infeasible": "There is no roster that keeps every rule",
    "unknown": "It is not known whether there is a roster",
    "optimal": "There is a roster",
    "feasible": "There is a roster",
}


@dataclass(frozen=True)
class Trouble:
    """One cluster of a report with what belongs to it: the conflicts verified first, of these the smallest first."""

    number: int
    says: str
    people: tuple[str, ...]
    sites: tuple[str, ...]
    bottlenecks: tuple[Bottleneck, ...]
    conflicts: tuple[Conflict, ...]


class FactWords(Record):
    """A fact of a conflict: its id, its sentence, and who could change it."""

    id: str
    says: str
    owner: str


class SessionWords(Record):
    """A session in the columns of a table."""

    id: str
    place: str
    day: str
    times: str


def title_of(report: Report) -> str:
    """What came of it, as the heading of the whole."""
    return _TITLES[report.outcome]


def has_roster(report: Report) -> bool:
    """Whether there is a roster that keeps every rule, so that there is nothing to explain."""
    return report.outcome in ("optimal", "feasible")


def troubles(report: Report) -> tuple[Trouble, ...]:
    """The clusters in their order, then any that only a bottleneck or a conflict speaks of."""
    bottlenecks: dict[int, list[Bottleneck]] = defaultdict(list)
    conflicts: dict[int, list[Conflict]] = defaultdict(list)
    for bottleneck in report.bottlenecks:
        bottlenecks[bottleneck.cluster].append(bottleneck)
    for conflict in report.conflicts:
        conflicts[conflict.cluster].append(conflict)
    known = {cluster.number: cluster for cluster in report.clusters}
    found = []
    for number in dict.fromkeys([*known, *sorted({*bottlenecks, *conflicts})]):
        cluster = known.get(number)
        found.append(
            Trouble(
                number,
                cluster.says if cluster else "What was found",
                cluster.people if cluster else (),
                cluster.sites if cluster else (),
                tuple(bottlenecks[number]),
                tuple(sorted(conflicts[number], key=lambda conflict: (not conflict.verified, len(conflict.facts)))),
            )
        )
    return tuple(found)


def how_many_troubles(report: Report) -> str:
    """How many separate troubles were found, in a sentence that does not claim that there are no more."""
    number = len(troubles(report))
    if number == 0:
        return "Nothing in particular was found that stands in the way."
    if number == 1:
        return "One trouble was found."
    return f"{number:,} separate troubles were found."


# -- conflicts ------------------------------------------------------------------------------------------------


def how_checked(conflict: Conflict) -> str:
    """Whether both halves of a conflict were confirmed."""
    if not conflict.verified:
        return "Not proved: it was not confirmed that each of these is needed."
    if len(conflict.facts) == 1:
        return "Checked: this alone stands in the way, whatever else is given up, and without it there is a way."
    return "Checked: these cannot all be kept, whatever else is given up. Without any one of them there is a way."


class FactsInWords:
    """The facts of an instance by id, looked up once for a whole report."""

    def __init__(self, instance: Instance) -> None:
        self._facts: Mapping[str, Fact] = {fact.id: fact for fact in facts_of(instance)}

    def of(self, conflict: Conflict) -> tuple[FactWords, ...]:
        """Each fact of the conflict with its sentence and who could change it; what is not known only by its id."""
        return tuple(self._words(fact_id) for fact_id in conflict.facts)

    def _words(self, fact_id: str) -> FactWords:
        fact = self._facts.get(fact_id)
        if fact is None:
            return FactWords(id=fact_id, says="This is not in the tables any more.", owner="nobody")
        return FactWords(id=fact_id, says=fact.sentence, owner=OWNER_WORDS[fact.owner])


def sessions_words(instance: Instance, session_ids: Sequence[str]) -> tuple[SessionWords, ...]:
    """The sessions that the instance has, by day and time."""
    sessions = [instance.session[session_id] for session_id in session_ids if session_id in instance.session]
    in_order = sorted(sessions, key=lambda session: (session.date, session.start, session.session_id))
    return tuple(_session(instance, session) for session in in_order)


def _session(instance: Instance, session: Session) -> SessionWords:
    return SessionWords(
        id=session.session_id,
        place=instance.site[instance.site_of(session.session_id)].name,
        day=long_date(session.date),
        times=f"{friendly_time(session.start)} to {friendly_time(session.end)}",
    )


def people_of(instance: Instance, referral_ids: Sequence[str]) -> int:
    """How many people these referrals stand for."""
    return sum(instance.people[r].count if r in instance.people else 1 for r in referral_ids)


# -- repairs --------------------------------------------------------------------------------------------------


def enough(report: Report) -> str:
    """How many of the repairs it takes: one, of those that were tried."""
    if len(report.repairs) == 1:
        return "This is enough." if report.repairs[0].verified else "This may be enough."
    if all(repair.verified for repair in report.repairs):
        return "Any one of these is enough."
    return "Any one of those that were checked is enough."


def points(number: int) -> str:
    """``1 point``, ``7 points``."""
    return how_many(number, "point")


def who_acts(repair: Repair) -> str:
    """``the practice and the coach``."""
    return listed([OWNER_WORDS[owner] for owner in repair.owners] or ["nobody"], "and")


def alone_words(repair: Repair) -> str:
    """A label: one owner could make this repair without the others. Empty where that was not looked for."""
    if repair.alone is None:
        return ""
    who = OWNER_WORDS[repair.alone]
    return f"{who[0].upper()}{who[1:]} alone could do this"


def how_cheap(report: Report, repair: Repair) -> str:
    """What is known of anything cheaper, and no more than that. The repair is one of the report."""
    if repair.cheapest:
        return "Proved: nothing cheaper would do."
    if repair.alone is not None:
        return _cheap_alone(repair, OWNER_WORDS[repair.alone])
    if repair.price > min(other.price for other in report.repairs):
        return _cheap_of_its_kind(repair)
    if repair.at_least >= repair.price:
        return "Proved: nothing cheaper of its kind would do."
    if repair.at_least > 0:
        return f"The cheapest we found; nothing below {points(repair.at_least)} would do."
    return "The cheapest we found; whether something cheaper would do is not proved."


def _cheap_alone(repair: Repair, who: str) -> str:
    if repair.at_least >= repair.price:
        return f"Proved: {who} alone has no cheaper way."
    found = f"The cheapest we found that {who} alone could do"
    if repair.at_least > 0:
        return f"{found}; nothing below {points(repair.at_least)} would do."
    return f"{found}; whether there is a cheaper one is not proved."


def _cheap_of_its_kind(repair: Repair) -> str:
    if repair.at_least >= repair.price:
        return "Another way. Proved: nothing cheaper of its kind would do."
    if repair.at_least > 0:
        return f"Another way; nothing of its kind below {points(repair.at_least)} would do."
    return "Another way; whether something cheaper of its kind would do is not proved."


def how_tried(repair: Repair) -> str:
    """Whether the repair was made, and a roster found after it."""
    if repair.verified:
        return "Checked: with this change there is a roster that keeps every rule."
    return (
        "Checked: with this change there is a roster that keeps every rule. "
        "Not proved: that no part of it could be left out."
    )


def command(number: int) -> str:
    """What to type to make repair ``number`` (from 1) of a report."""
    return f"roster edit FOLDER report.json --repair {number} --out FOLDER2"


def says_it_all(repair: Repair, edits: Sequence[str]) -> bool:
    """Whether the repair's own sentence holds those of all its edits already."""
    return all(sentence.removesuffix(".") in repair.says for sentence in edits)


def edits_in_words(instance: Instance, repair: Repair) -> tuple[str, ...]:
    """A sentence for each edit of the repair. Raises EditError where the report is of another instance."""
    return edits_words(instance, repair.edits)


# -- the whole ------------------------------------------------------------------------------------------------


def compromise_words(instance: Instance, report: Report) -> tuple[tuple[str, str], ...]:
    """The compromise in numbers: what is counted, and how many; empty where there is no compromise."""
    roster = report.compromise
    if roster is None:
        return ()
    figures = figures_of(instance, roster)
    everybody = figures.everybody
    broken = Counter(entry.rule for entry in roster.breaks)
    return (
        ("Things it breaks", f"{sum(broken.values()):,}"),
        ("People seen", f"{everybody.seen:,} of {everybody.people:,}"),
        ("Seen by their date", f"{everybody.seen_by_date:,} of {everybody.with_date:,}"),
        ("Visits", f"{figures.visits:,}, of {how_many(figures.sessions_offered, 'session')} offered"),
        ("Total of its prices", f"{how_many(roster.objective, 'minute')} of coach time"),
    )


def how_sure(report: Report) -> str:
    """How sure the report is of itself, in one line."""
    if has_roster(report):
        return "Checked: the roster keeps every rule."
    if report.outcome == "unknown":
        return "Not proved: time ran out before a roster was found or ruled out, so nothing is claimed about that."
    proved = "Proved that no roster keeps every rule."
    left = len(report.not_proved)
    left += sum(not conflict.verified for conflict in report.conflicts)
    left += sum(not repair.verified for repair in report.repairs)
    if left:
        return f"{proved} {how_many(left, 'other thing is', 'other things are')} not proved, and marked so."
    return f"{proved} Each example and each repair was checked by looking for rosters."
