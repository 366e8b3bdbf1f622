"""The report: what each candidate that was tried buys against the base, ranked, and what else might help."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from roster.domain import Roster
from roster.instance import Instance
from roster.planning.compare import base_column, scenario_column
from roster.planning.record import Column
from roster.planning.scenarios import BASE, Scenario
from roster.planning.value.candidates import Candidate
from roster.planning.value.choose import best_of_each, for_practices, promising
from roster.planning.value.estimate import Estimates
from roster.planning.value.record import Bought, Confirmed, Sheet, Thing, ValueReport
from roster.planning.value.words import headline
from roster.summaries import Asked, Line


@dataclass(frozen=True)
class Tried:
    """What came of one try: the data, the line, and the roster if there is one."""

    scenario: Scenario
    line: Line
    roster: Roster | None


@dataclass(frozen=True)
class Findings:
    """All that is known: the base with its line and roster, the candidates with estimates, and the tries by name."""

    base: Instance
    line: Line
    roster: Roster | None
    candidates: Sequence[Candidate]
    estimates: Estimates
    tried: Mapping[str, Tried]
    asked_each: Asked
    stopped: bool = False
    sheets: bool = False

    def report(self) -> ValueReport:
        """The whole, the most valuable first."""
        base = base_column(BASE, self.base, self.line, self.roster)
        confirmed = sorted((self._confirmed(c, base) for c in self.candidates if c.name in self.tried), key=_rank)
        best = best_of_each(self.candidates, self.estimates) if self.estimates else []
        return ValueReport(
            instance=self.base.settings.name,
            month=self.base.settings.month,
            instance_sha256=self.base.sha256,
            asked=self.line.asked,
            asked_each=self.asked_each,
            complete=self.line.keeps_every_rule and all(t.line.keeps_every_rule for t in self.tried.values()),
            stopped=self.stopped or self.line.stopped or any(t.line.stopped for t in self.tried.values()),
            headline=headline(base, confirmed, known=bool(self.estimates)),
            candidates=len(self.candidates),
            base=base,
            confirmed=tuple(confirmed),
            estimated=tuple(self._thing(c) for c in best if c.name not in self.tried),
            sheets=tuple(self._sheets(confirmed)) if self.sheets else (),
        )

    def _thing(self, candidate: Candidate) -> Thing:
        return Thing.model_validate(self._known_of(candidate))

    def _known_of(self, candidate: Candidate) -> dict[str, object]:
        fields = ("name", "kind", "about", "owner", "says", "edits")
        estimate = self.estimates.get(candidate.name)
        rounded = None if estimate is None else round(estimate, 1)
        return {field: getattr(candidate, field) for field in fields} | {"estimate": rounded}

    def _confirmed(self, candidate: Candidate, base: Column) -> Confirmed:
        tried = self.tried[candidate.name]
        column = scenario_column(tried.scenario, self.base, tried.line, tried.roster, self.roster)
        bought = None
        if column.difference is not None and self.roster is not None and tried.roster is not None:
            before, after = days_waited(self.base, self.roster), days_waited(tried.scenario.instance, tried.roster)
            bought = _bought(base, column, before, after)
        return Confirmed.model_validate(self._known_of(candidate) | {"column": column, "bought": bought})

    def _sheets(self, confirmed: Iterable[Confirmed]) -> Iterable[Sheet]:
        in_order = promising(self.candidates, self.estimates)
        best = {c.about: c for c in for_practices(in_order, self.base.practices)} if self.estimates else {}
        tried: dict[str, Confirmed] = {}
        for one in confirmed:
            if one.kind == "session":
                tried.setdefault(one.about, one)
        best |= {c.about: c for c in self.candidates if c.about in tried and c.name == tried[c.about].name}
        for practice in self.base.practices:
            found = best.get(practice.site_id)
            yield Sheet(
                practice_id=practice.practice_id,
                practice=practice.name,
                site=self.base.site[practice.site_id].name,
                best=None if found is None else self._thing(found),
                confirmed=tried.get(practice.site_id),
            )


def days_waited(instance: Instance, roster: Roster) -> int:
    """The days that everybody waits together, from being referred to being seen, or to the day for those not seen."""
    seen = Counter(a.referral_id for a in roster.appointments)
    waited = sum(
        (instance.session[a.session_id].date - instance.people[a.referral_id].referred_on).days
        for a in roster.appointments
    )
    not_seen = sum(
        (r.count - seen[r.referral_id]) * (instance.unseen_day - r.referred_on).days for r in instance.people.values()
    )
    return waited + not_seen


def _bought(base: Column, column: Column, before: int, after: int) -> Bought:
    assert base.figures is not None
    assert column.figures is not None
    was, now = base.figures.everybody, column.figures.everybody
    return Bought(
        seen=now.seen - was.seen,
        in_time=now.seen_by_date - was.seen_by_date,
        within_28_days=now.within_28_days - was.within_28_days,
        waiting_days=before - after,
    )


def _rank(one: Confirmed) -> tuple[bool, int, int]:
    """More people in time first, then a lower total; last what cannot be compared."""
    if one.bought is None or one.saves is None:
        return True, 0, 0
    return False, -one.bought.in_time, -one.saves
