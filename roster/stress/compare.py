"""What a repair means beside the published roster: for whom it is too late, what it breaks, what it costs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roster.changes import people_between
from roster.changes.side import sides
from roster.domain import Referral, Roster
from roster.instance import Instance
from roster.repair.near import Near
from roster.rule import Finding, Preference, Rule
from roster.stress.record import Hit, Repaired
from roster.stress.search import Best
from roster.verify import breaks_of


@dataclass(frozen=True)
class Terms:
    """What a repair is judged by, from ``models``.

    ``preferences``: all of them, ``change`` among them; ``changes``: its price is the number of changes. ``weights``:
    what a person counts who is not seen in time, by band.
    """

    rules: Sequence[Rule]
    preferences: Sequence[Preference]
    change: Preference
    changes: Preference
    weights: Mapping[str, int]

    @property
    def others(self) -> tuple[Preference, ...]:
        """All preferences but the price of change."""
        return tuple(p for p in self.preferences if p.name != self.change.name)


@dataclass(frozen=True)
class _Seen:
    """People of one referral: ``by_date`` have an appointment by their see-by date, ``at_all`` have one."""

    by_date: int
    at_all: int


def compared(instance: Instance, near: Near, edited: Instance, roster: Roster, best: Best, terms: Terms) -> Repaired:
    """The account of the repair ``roster``, which is of the data after the case's ``edited``.

    Raises ValueError where it breaks a rule that is no promise.
    """
    was = instance.published
    assert was is not None
    hits = hits_of(instance, near, was, roster)
    late = {hit.referral_id for hit in hits}
    people = people_between(*sides(instance, edited, was, roster))
    weight = sum(terms.weights[hit.band] * hit.people for hit in hits)
    certain = sum(terms.weights[hit.band] * hit.certain for hit in hits)
    beyond = best.people_at_least - _broken_by(instance, near, was, terms)
    return Repaired(
        hits=hits,
        weight=weight,
        weight_at_least=min(weight, max(certain, beyond)),
        later=tuple(dict.fromkeys(p.referral_id for p in people if "longer" in p.what and p.referral_id not in late)),
        breaks=breaks_of(tuple(_newly_broken(instance, edited, roster, near, terms))),
        changes=int(terms.changes.price(edited, roster)),
        costs_more=_cost(edited, roster, terms) - _cost(instance, was, terms),
        proved=best.proved,
    )


def hits_of(instance: Instance, near: Near, was: Roster, now: Roster) -> tuple[Hit, ...]:
    """The people who are no longer seen in time, in order of their bands."""
    then, today, could = _seen(instance, was), _seen(instance, now), _could_be(near)
    nobody = _Seen(0, 0)
    found = []
    for referral_id, seen in then.items():
        referral, is_now = instance.people[referral_id], today.get(referral_id, nobody)
        people = _fewer(seen, is_now)
        if people:
            hit = Hit(
                referral_id=referral_id,
                band=referral.band,
                see_by=referral.see_by,
                people=people,
                without_appointment=max(0, seen.at_all - is_now.at_all),
                certain=_fewer(seen, could.get(referral_id, nobody)),
            )
            found.append(hit)
    return tuple(sorted(found, key=lambda hit: (hit.band, hit.referral_id)))


def _fewer(was: _Seen, now: _Seen) -> int:
    """How many people are past their date who were not, or have no appointment who had one."""
    return max(0, was.by_date - now.by_date, was.at_all - now.at_all)


def _seen(instance: Instance, roster: Roster) -> dict[str, _Seen]:
    at_all = Counter(a.referral_id for a in roster.appointments if a.referral_id in instance.people)
    by_date = Counter(
        a.referral_id for a in roster.appointments if _is_by(instance, instance.people.get(a.referral_id), a.session_id)
    )
    return {r: _Seen(by_date[r], number) for r, number in at_all.items()}


def _is_by(instance: Instance, referral: Referral | None, session_id: str) -> bool:
    see_by = referral.see_by if referral else None
    return see_by is not None and instance.session[session_id].date <= see_by


def _could_be(near: Near) -> dict[str, _Seen]:
    """How many people of each referral could be seen at most, if nobody else were."""
    decisions, upper = near.problem.decisions, near.whole.upper
    instance = decisions.instance
    found = {}
    for referral_id, referral in instance.people.items():
        seen = {s: int(upper[v]) for s, v in decisions.seen_of(referral_id).items()}
        by_date = sum(n for s, n in seen.items() if _is_by(instance, referral, s))
        found[referral_id] = _Seen(min(by_date, referral.count), min(sum(seen.values()), referral.count))
    return found


# -- rules and costs ------------------------------------------------------------------------------------------


def _newly_broken(instance: Instance, edited: Instance, roster: Roster, near: Near, terms: Terms) -> Iterator[Finding]:
    """The promises broken beside people's dates, but for those that the published roster breaks itself."""
    was = instance.published
    assert was is not None
    tier = {s.fact: s.tier for s in near.problem.decisions.shortfalls}
    already = {(f.fact, f.amount) for rule in terms.rules for f in rule.check(instance, was)}
    for finding in (finding for rule in terms.rules for finding in rule.check(edited, roster)):
        if finding.fact not in tier:
            raise ValueError("a repair breaks a rule that is no promise")
        if tier[finding.fact] != "people" and (finding.fact, finding.amount) not in already:
            yield finding


def _broken_by(instance: Instance, near: Near, roster: Roster, terms: Terms) -> int:
    """What people past their dates weigh in the published roster itself: more than nothing in a compromise."""
    people = {s.fact: s.price for s in near.problem.decisions.shortfalls if s.tier == "people"}
    broken = (finding for rule in terms.rules for finding in rule.check(instance, roster))
    return sum(people[f.fact] * f.amount for f in broken if f.fact in people)


def _cost(instance: Instance, roster: Roster, terms: Terms) -> int:
    return sum(preference.price(instance, roster) for preference in terms.others)
