"""What every check of a report needs at hand: the instance, its facts by id, the report, and who settles questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from roster.audit.settle import Settler
from roster.facts import Fact, facts_of, without
from roster.instance import Instance
from roster.report import Report
from roster.rule import Preference, Rule


@dataclass(frozen=True)
class Case:
    """A report on an instance."""

    instance: Instance
    report: Report
    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    settler: Settler

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts of the instance, by id."""
        return {fact.id: fact for fact in facts_of(self.instance)}

    def with_only(self, fact_ids: Iterable[str]) -> Instance:
        """The instance with every fact relaxed but these."""
        kept = frozenset(fact_ids)
        return without(self.instance, (fact for id_, fact in self.facts.items() if id_ not in kept))
