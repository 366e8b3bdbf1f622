"""How long each person waits in a roster, and the groups that people are in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from roster.domain import BANDS, Referral, Roster
from roster.instance import Instance
from roster.planning.fairness.places import RURAL, TOWN, place_of
from roster.planning.fairness.record import Kind, Waits

Days = Mapping[str, tuple[int, ...]]
"""For each referral the days that each of its people waits, from the shortest wait to the longest."""


@dataclass(frozen=True)
class Members:
    """A group: what it is called, and its referrals."""

    kind: Kind
    id: str
    says: str
    referral_ids: tuple[str, ...]


def days_of_seen(instance: Instance, roster: Roster) -> Days:
    """Of those who are seen."""
    found: dict[str, list[int]] = defaultdict(list)
    for a in roster.appointments:
        referral = instance.people.get(a.referral_id)
        if referral is not None:
            found[a.referral_id].append((instance.session[a.session_id].date - referral.referred_on).days)
    return {referral_id: tuple(sorted(days)) for referral_id, days in found.items()}


def days_of_all(instance: Instance, seen: Days) -> Days:
    """Of everybody: who is not seen waits to the month's last day + unseen_days, as the price of waiting counts it."""

    def days(referral: Referral) -> tuple[int, ...]:
        known = seen.get(referral.referral_id, ())
        unseen = (instance.unseen_day - referral.referred_on).days
        return (*known, *(unseen for _ in range(referral.count - len(known))))

    return {referral_id: tuple(sorted(days(referral))) for referral_id, referral in instance.people.items()}


def waits_of(days: Sequence[int]) -> Waits:
    """The days of some people in three numbers."""
    if not days:
        return Waits(median_days=None, mean_days=None, longest_days=None)
    return Waits(median_days=float(median(days)), mean_days=round(sum(days) / len(days), 2), longest_days=max(days))


def groups_of(instance: Instance) -> Iterator[Members]:
    """Everybody, then each group that has anybody in it: practices by name, town or rural, band, needs."""
    people = list(instance.people.values())
    yield _members("everybody", "all", "Everybody", people)
    for practice in sorted(instance.practices, key=lambda p: (p.name, p.practice_id)):
        theirs = [r for r in people if r.practice_id == practice.practice_id]
        yield from _if_any("practice", practice.practice_id, f"{practice.name} ({practice.practice_id})", theirs)
    place = {p.practice_id: place_of(instance, p) for p in instance.practices}
    for where, says in ((TOWN, "Practices in a town"), (RURAL, "Rural practices")):
        yield from _if_any("place", where, says, [r for r in people if place[r.practice_id] == where])
    for band in BANDS:
        yield from _if_any("band", band, f"Band {band}", [r for r in people if r.band == band])
    yield from _by_need(instance, people)


def _by_need(instance: Instance, people: Sequence[Referral]) -> Iterator[Members]:
    helped = {r.referral_id for r in people if instance.needed(r, "interpreter")}
    level = {r.referral_id for r in people if "step_free" in instance.needed(r, "room")}
    yield from _yes_and_no("interpreter", people, helped, "an interpreter")
    yield from _yes_and_no("step_free", people, level, "step-free access")


def _yes_and_no(kind: Kind, people: Sequence[Referral], needing: set[str], what: str) -> Iterator[Members]:
    yield from _if_any(kind, "yes", f"In need of {what}", [r for r in people if r.referral_id in needing])
    yield from _if_any(kind, "no", f"Without need of {what}", [r for r in people if r.referral_id not in needing])


def _if_any(kind: Kind, id_: str, says: str, people: Sequence[Referral]) -> Iterator[Members]:
    if people:
        yield _members(kind, id_, says, people)


def _members(kind: Kind, id_: str, says: str, people: Sequence[Referral]) -> Members:
    return Members(kind, id_, says, tuple(r.referral_id for r in people))
