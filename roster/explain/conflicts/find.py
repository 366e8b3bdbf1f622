"""Conflicts: facts that cannot all hold although any of them given up would do, found by solving and confirmed by it.

A conflict is looked for in two steps: first which promises cannot all be kept as things are, then which other facts
that rests on. Both are deletion (Chinneck and Dravnieks 1991): a fact without which there is still no roster is
dropped, those that are hardest to change first, so that what remains is what somebody can change. Then both halves
are confirmed: with every other fact given up by its edits no roster is found by two searches that differ, and for
each fact of the conflict a roster without it passes the checker.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from roster.domain import Referral
from roster.explain.conflicts.part import is_promise, part_about, promises
from roster.explain.conflicts.settled import Clock, has_none, keeps
from roster.explain.conflicts.together import Settled, Together
from roster.facts import Fact, facts_of, without
from roster.instance import Instance
from roster.plan import Plan, draft_of
from roster.rule import Rule


@dataclass(frozen=True)
class Clash:
    """A conflict as facts. ``proved``: both halves are confirmed; ``open_`` are the facts whose part is not settled."""

    facts: tuple[Fact, ...]
    proved: bool
    open_: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its facts."""
        return tuple(fact.id for fact in self.facts)


def _by_kind(facts: Sequence[str]) -> list[list[str]]:
    """The facts of each kind, in the order given."""
    kinds: dict[str, list[str]] = {}
    for fact in facts:
        kinds.setdefault(fact.split(":", 1)[0], []).append(fact)
    return list(kinds.values())


class Conflicts:
    """Conflicts of one instance."""

    def __init__(self, instance: Instance, rules: Sequence[Rule], clock: Clock) -> None:
        self._instance, self._rules, self._clock = instance, rules, clock
        self.fact = {fact.id: fact for fact in facts_of(instance)}
        self.promises = promises(instance)
        self.can_be_kept: Settled = "unknown"
        """Whether the promises that were looked at last can all be kept."""
        prices = instance.settings.repair_prices.model_dump(by_alias=True)
        self._price = {fact.id: int(prices[fact.kind]) for fact in self.fact.values()}

    # -- which promises -----------------------------------------------------------------------------------

    def broken(self, asked: Collection[str]) -> tuple[str, ...] | None:
        """A smallest set of these promises that cannot all be kept, in the sense that any of them less would do.

        None where they can, or where it was not settled in time. Empty where no promise is needed: what has happened
        already is more than some limit allows.
        """
        asked = self._near_each_other(asked)
        of_people = [promise for promise in asked if promise.startswith("see_by:")]
        others = [promise for promise in asked if promise not in of_people]
        if of_people and others and self.kept_together(others) == "no":
            asked = others
        self.can_be_kept = self.kept_together(asked)
        return self._smallest(asked) if self.can_be_kept == "no" else None

    def kept_together(self, asked: Collection[str]) -> Settled:
        """Whether these promises can be kept together, all other facts as they are."""
        return self._about(asked).ask(asked, self._clock.left).settled

    def _about(self, asked: Collection[str]) -> Together:
        return Together(self._instance, self._rules, asked, only_promises=True)

    def _near_each_other(self, asked: Collection[str]) -> list[str]:
        """The promises, those of people from one place side by side: trouble is mostly local."""
        homes = {f"see_by:{r.referral_id}": self._instance.practice[r.practice_id].site_id for r in self._people}
        return sorted((p for p in self.promises if p in asked), key=lambda promise: homes.get(promise, ""))

    @property
    def _people(self) -> Iterable[Referral]:
        return self._instance.people.values()

    def _smallest(self, asked: list[str]) -> tuple[str, ...]:
        """Of promises that cannot all be kept some of which none can be left out: in one half, if it can be."""
        for half in (asked[: len(asked) // 2], asked[len(asked) // 2 :]):
            if 0 < len(half) < len(asked) and not self._clock.over and self.kept_together(half) == "no":
                return self._smallest(half)
        return self._smaller(self._about(asked), asked)

    # -- and what else ------------------------------------------------------------------------------------

    def conflict(self, asked: Collection[str]) -> Clash:
        """The conflict of some promises that cannot all be kept."""
        together = Together(self._instance, self._rules, asked)
        there = set(together.facts(self._clock.turn()))
        rests_on = [fact for fact in self.fact if fact in there and not is_promise(fact)]
        return self._confirmed((*asked, *self._smaller(together, rests_on, asked)), together)

    def _smaller(self, together: Together, held: Collection[str], sure: Collection[str] = ()) -> tuple[str, ...]:
        """Facts of ``held`` that with those of ``sure`` still cannot hold together; as few as were found in time.

        The dearest go first, a whole kind at once; where that will not do, one half of it and then the other, so that
        k facts of n are found by about 2 k log2(n / k) questions.
        """
        kept = sorted(held, key=lambda fact: (-self._price[fact], fact))
        groups = _by_kind(kept)
        while groups:
            group = groups.pop(0)
            rest = [fact for fact in kept if fact not in group]
            if self._cannot(together, [*sure, *rest]):
                kept = rest
            elif len(group) > 1:
                groups[:0] = [group[: len(group) // 2], group[len(group) // 2 :]]
        return tuple(kept)

    def _cannot(self, together: Together, held: Collection[str]) -> bool:
        return not self._clock.over and together.ask(held, self._clock.turn()).settled == "no"

    # -- confirmed ----------------------------------------------------------------------------------------

    def _confirmed(self, ids: tuple[str, ...], together: Together) -> Clash:
        """The conflict with both halves confirmed, or with what is open; facts in the order of the list of facts."""
        facts = tuple(self.fact[fact] for fact in self.fact if fact in ids)
        relaxed = Relaxed(self._instance, self._rules, facts)
        open_ = [] if relaxed.has_none(self._clock) else list(ids)
        for fact in facts:
            told = together.ask([other for other in ids if other != fact.id], self._clock.turn())
            if told.settled == "no":
                return self._confirmed(tuple(other for other in ids if other != fact.id), together)
            if told.plan is None or not relaxed.accepts(told.plan, fact):
                open_.append(fact.id)
        return Clash(facts, not open_, tuple(dict.fromkeys(open_)))

    # -- all of them --------------------------------------------------------------------------------------

    def apart(self, seeds: Iterable[Collection[str]] = ()) -> Iterator[Clash]:
        """Conflicts that share no promise, until the promises that are left can all be kept or the time is up.

        One without promises, of what has happened already, would be part of all others: its facts are given up then.
        ``seeds`` are sets of promises that are thought not to be kept together; they are looked at first.
        """
        left = set(self.promises)
        for seed in seeds:
            if set(seed) <= left and not self._clock.over:
                together = self._about(seed)
                clash = self.conflict(self._smaller(together, seed)) if self._cannot(together, seed) else None
                if clash is not None:
                    left -= set(clash.ids)
                    yield clash
        while not self._clock.over:
            asked = self.broken(left)
            clash = None if asked is None else self.conflict(asked)
            if clash is None:
                return
            if not asked:
                self._instance = without(self._instance, clash.facts)
            left -= set(clash.ids)
            yield clash

    def every(self, asked: Sequence[str], most: int = 8) -> Iterator[Clash]:
        """Every conflict of these promises with other facts, at most so many (hitting-set tree, Reiter 1987).

        Meant for a few promises: for a person who cannot be seen, each of the reasons.
        """
        together = Together(self._instance, self._rules, asked)
        there = set(together.facts(self._clock.turn()))
        rests_on = [fact for fact in self.fact if fact in there and not is_promise(fact)]
        found: list[Clash] = []
        waiting: list[frozenset[str]] = [frozenset()]
        looked_at = set(waiting)
        while waiting and len(found) < most and not self._clock.over:
            given_up = waiting.pop(0)
            clash = next((known for known in found if given_up.isdisjoint(known.ids)), None)
            if clash is None:
                held = [fact for fact in rests_on if fact not in given_up]
                if not self._cannot(together, [*asked, *held]):
                    continue
                clash = self._confirmed((*asked, *self._smaller(together, held, asked)), together)
                found.append(clash)
                yield clash
            more = [given_up | {fact} for fact in clash.ids if not is_promise(fact)]
            waiting += [facts for facts in more if facts not in looked_at]
            looked_at |= set(more)


class Relaxed:
    """The part about a conflict's promises, with every fact outside the conflict given up by its edits."""

    def __init__(self, instance: Instance, rules: Sequence[Rule], facts: Sequence[Fact]) -> None:
        asked = [fact.id for fact in facts if is_promise(fact.id)]
        ids = {fact.id for fact in facts}
        self._rules = rules
        part = part_about(instance, asked, anywhere=True)
        self.instance = without(part, [fact for fact in facts_of(part) if fact.id not in ids])

    def has_none(self, clock: Clock) -> bool:
        """Whether two searches that differ both find that there is no roster."""
        return has_none(self.instance, self._rules, clock)

    def accepts(self, plan: Plan, fact: Fact) -> bool:
        """Whether the plan is a roster once this fact is given up too: every rule's checker is asked."""
        instance = without(self.instance, [fact])
        return keeps(instance, self._rules, draft_of(instance, plan))
