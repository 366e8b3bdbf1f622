"""Why an instance has no roster and what would make one possible: the whole report, step by step.

Counts first, then conflicts, then repairs. After each step the report so far is handed on, so that whoever stops
early keeps what is known. Nothing is claimed that was not confirmed; what was left open says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from roster.explain.conflicts.clusters import in_clusters
from roster.explain.conflicts.find import Clash, Conflicts
from roster.explain.conflicts.part import is_promise
from roster.explain.conflicts.settled import Clock
from roster.explain.conflicts.together import Settled
from roster.explain.conflicts.words import conflict_words
from roster.explain.counting.bottlenecks import bottlenecks, circuits
from roster.explain.repairs.find import Mended, Repairs
from roster.explain.repairs.universe import Scope
from roster.explain.repairs.words import repair_of
from roster.facts import Owner
from roster.fault import listed
from roster.instance import Instance
from roster.report import Bottleneck, Conflict, Repair, Report
from roster.rule import Preference, Rule
from roster.wording import how_many

_MOST_CONFLICTS = 12
_DIFFERENT_IN_KIND = 3
"""How many conflicts, and how many repairs of other kinds than the cheapest, are looked for."""
_SHARE_OF_CONFLICTS = 0.4
"""Of the time, how much the conflicts may take before repairs are looked for."""


@dataclass
class Trouble:
    """The search for the trouble of one instance. ``tell`` is given each report so far and what is done next."""

    instance: Instance
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    clock: Clock
    tell: Callable[[Report, str], None] = lambda _report, _doing: None
    bottlenecks: list[Bottleneck] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    not_proved: list[str] = field(default_factory=list)
    has_roster: bool = False

    def run(self) -> Report:
        """The whole report, or as much of it as the time allows."""
        self.bottlenecks = list(bottlenecks(self.instance, self.rules))
        self._tell("Looking for what cannot be kept together")
        self._find_conflicts()
        if self.clashes and not self.has_roster:
            self._find_repairs()
        return self.report()

    def _tell(self, doing: str) -> None:
        self.tell(self.report(), doing)

    # -- conflicts ----------------------------------------------------------------------------------------

    def _find_conflicts(self) -> None:
        clock = Clock(self.clock.left * _SHARE_OF_CONFLICTS)
        conflicts = Conflicts(self.instance, self.rules, clock)
        for clash in conflicts.apart(self._seeds()):
            self._add(clash)
            if len([fact for fact in clash.ids if is_promise(fact)]) == 1:
                self._every_reason(conflicts, clash)
            if len(self.clashes) >= _MOST_CONFLICTS:
                break
        self._settle_the_rest(conflicts.can_be_kept)

    def _seeds(self) -> Iterator[list[str]]:
        for bottleneck in self.bottlenecks:
            for people in circuits(self.instance, self.rules, bottleneck.people):
                yield [f"see_by:{referral_id}" for referral_id in sorted(people)]

    def _every_reason(self, conflicts: Conflicts, clash: Clash) -> None:
        """A promise that cannot be kept even alone may have several reasons: all of them count."""
        for other in conflicts.every([fact for fact in clash.ids if is_promise(fact)]):
            if set(other.ids) != set(clash.ids):
                self._add(other)

    def _add(self, clash: Clash) -> None:
        self.clashes.append(clash)
        self._tell("Looking for what cannot be kept together")

    def _settle_the_rest(self, rest: Settled) -> None:
        """What is known of the promises that are in no conflict."""
        self.has_roster = rest == "yes" and not self.clashes and not self.bottlenecks
        if rest == "unknown":
            self.not_proved.append("Time ran out before it was settled whether there are more conflicts than these.")
        elif rest == "no":
            self.not_proved.append("There may be more conflicts than these; so many are enough to see what is wrong.")

    # -- repairs ------------------------------------------------------------------------------------------

    def _find_repairs(self) -> None:
        promised = {fact for clash in self.clashes for fact in clash.ids if is_promise(fact)}
        promised |= {f"see_by:{referral_id}" for b in self.bottlenecks for referral_id in b.people}
        repairs = Repairs(self.instance, self.rules, promised, self.clock)
        self._tell("Looking for the cheapest repair")
        cheapest = repairs.cheapest()
        if cheapest is None:
            self.not_proved.append("No repair was found in time." if self.clock.over else "No repair was found.")
            return
        self._add_repair(cheapest)
        kinds = [cheapest.kinds, *self._of_each_owner(repairs, cheapest)]
        self._of_other_kinds(repairs, tuple(dict.fromkeys(kinds)))

    def _of_each_owner(self, repairs: Repairs, cheapest: Mended) -> Iterator[frozenset[str]]:
        """The cheapest of each owner alone is looked for; the kinds of steps of those that were found."""
        for owner in get_args(Owner):
            if cheapest.owners == (owner,):
                self.repairs[0] = self.repairs[0].model_copy(update={"alone": owner})
            else:
                self._tell(f"Looking for a repair by one owner alone: {owner}")
                mended = repairs.cheapest(Scope(owner=owner))
                if mended is not None:
                    self._add_repair(mended, owner)
                    yield mended.kinds

    def _of_other_kinds(self, repairs: Repairs, kinds: tuple[frozenset[str], ...]) -> None:
        for _ in range(_DIFFERENT_IN_KIND):
            self._tell("Looking for repairs that are different in kind")
            mended = repairs.cheapest(Scope(other_than=kinds))
            if mended is None:
                return
            kinds = (*kinds, mended.kinds)
            self._add_repair(mended)

    def _add_repair(self, mended: Mended, alone: Owner | None = None) -> None:
        repair = repair_of(self.instance, self.rules, self.preferences, mended, self.clock)
        cheapest = self.repairs[0].cheapest and repair.price == self.repairs[0].price if self.repairs else mended.proved
        repair = repair.model_copy(update={"cheapest": cheapest, "alone": alone})
        if not any(set(known.edits) <= set(repair.edits) for known in self.repairs):
            self.repairs.append(repair)
        self._tell("Looking for more repairs")

    # -- the report ---------------------------------------------------------------------------------------

    def report(self) -> Report:
        """What is known so far."""
        found = sorted(self._conflicts(), key=lambda conflict: len(conflict.facts))
        clusters, counts, conflicts = in_clusters(self.instance, self.bottlenecks, _apart_first(found))
        return Report(
            outcome=self._outcome(),
            instance=self.instance.settings.name,
            month=self.instance.settings.month,
            instance_sha256=self.instance.sha256,
            says=self._headline(len(clusters)),
            background=background_words(self.instance),
            clusters=clusters,
            conflicts=conflicts,
            bottlenecks=counts,
            repairs=tuple(self.repairs),
            not_proved=(*self.not_proved, *self._open()),
        )

    def _conflicts(self) -> Iterator[Conflict]:
        """Those of which both halves were confirmed: the others are not shown."""
        for clash in self.clashes:
            if clash.proved:
                yield Conflict(facts=clash.ids, says=conflict_words(self.instance, clash.facts), verified=True)

    def _open(self) -> Iterator[str]:
        """What of the conflicts and repairs was not settled."""
        number = sum(not clash.proved for clash in self.clashes)
        if number:
            was = how_many(number, "conflict is", "conflicts are")
            yield f"{was} left out: there was no time to confirm that none of the facts can be left out."
        if self.repairs and not any(repair.cheapest for repair in self.repairs):
            yield "It was not settled whether a cheaper repair exists."
        if not all(repair.verified for repair in self.repairs):
            yield "Of some repairs it was not settled whether a part of them could be left out."

    def _outcome(self) -> Literal["feasible", "infeasible", "unknown"]:
        if self.has_roster:
            return "feasible"
        return "infeasible" if self.bottlenecks or any(clash.proved for clash in self.clashes) else "unknown"

    def _headline(self, troubles: int) -> str:
        """What came of it, with the largest number and the cheapest way out."""
        outcome = self._outcome()
        if outcome == "feasible":
            return "A roster that keeps every rule was found."
        if outcome == "unknown":
            return "It was not settled in time whether there is a roster that keeps every rule."
        said = ["No roster keeps every rule."]
        said += [f"There are {troubles:,} separate troubles."] if troubles > 1 else []
        if self.bottlenecks:
            worst = max(self.bottlenecks, key=lambda bottleneck: bottleneck.short_minutes)
            number = sum(self.instance.people[r].count for r in worst.people)
            said.append(
                f"{how_many(number, 'person needs', 'people need')} {worst.need_minutes:,} minutes by their dates, "
                f"and at most {worst.have_minutes:,} can be held."
            )
        if self.repairs:
            best = self.repairs[0]
            said.append(f"{how_many(len(best.edits), 'change')} would be enough, for {how_many(best.price, 'point')}.")
        return " ".join(said)


def _apart_first(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """In the same order, but those that share a fact with one before them after the others."""
    seen: set[str] = set()
    apart: list[Conflict] = []
    sharing: list[Conflict] = []
    for conflict in conflicts:
        (sharing if seen & set(conflict.facts) else apart).append(conflict)
        seen |= set(conflict.facts)
    return apart + sharing


def background_words(instance: Instance) -> str:
    """What is taken as it is, counted, in a sentence."""
    people = sum(referral.count for referral in instance.people.values())
    things = [
        how_many(len(instance.coaches), "coach", "coaches"),
        f"{how_many(len(instance.sessions), 'session')} offered in {how_many(len(instance.rooms), 'room')} "
        f"at {how_many(len(instance.sites), 'site')}",
        how_many(len(instance.interpreters), "interpreter booking"),
        f"{how_many(people, 'person', 'people')} who said yes",
    ]
    return f"Taken as given: {listed(things, 'and')}; the time on the road, and the bank holidays."
