"""Troubles told apart: conflicts and counts that are about the same people, places or coaches are one trouble."""

from collections.abc import Collection, Iterable, Sequence

from roster.fault import listed
from roster.instance import Instance
from roster.report import Bottleneck, Cluster, Conflict
from roster.wording import how_many

_MOST_PLACES = 2
_OF_A_COACH = ("leave", "hours", "travel_limit", "workload", "pin")


def in_clusters(
    instance: Instance, bottlenecks: Sequence[Bottleneck], conflicts: Sequence[Conflict]
) -> tuple[tuple[Cluster, ...], tuple[Bottleneck, ...], tuple[Conflict, ...]]:
    """The troubles, the largest first, and the counts and conflicts with the number of theirs.

    What is about one person, one site that people accept or that was promised visits, or one coach belongs together.
    Limits that hold for the whole region, such as notice, join nothing.
    """
    people = [_people_of(b) for b in bottlenecks] + [_people_in(c) for c in conflicts]
    about = [_about(instance, who) for who in people]
    for place, conflict in zip(about[len(bottlenecks) :], conflicts, strict=True):
        place |= _named(instance, conflict)
    number = _numbers(about, [len(who) for who in people])
    clusters = []
    for one in sorted(set(number)):
        members = [i for i, n in enumerate(number) if n == one]
        who = sorted({p for i in members for p in people[i]})
        promised = sorted({site for i in members for kind, site in about[i] if kind == "promised"})
        clusters.append(_cluster(instance, one, who, promised))
    return (
        tuple(clusters),
        tuple(b.model_copy(update={"cluster": n}) for b, n in zip(bottlenecks, number, strict=False)),
        tuple(c.model_copy(update={"cluster": n}) for c, n in zip(conflicts, number[len(bottlenecks) :], strict=True)),
    )


def _people_of(bottleneck: Bottleneck) -> tuple[str, ...]:
    return bottleneck.people


def _people_in(conflict: Conflict) -> tuple[str, ...]:
    return tuple(fact.partition(":")[2] for fact in conflict.facts if fact.startswith("see_by:"))


def _about(instance: Instance, people: Iterable[str]) -> set[tuple[str, str]]:
    """The people themselves, and the sites they accept."""
    found = {("person", referral_id) for referral_id in people}
    for _, referral_id in list(found):
        found |= {("site", site_id) for site_id in instance.accepted_sites(instance.people[referral_id])}
    return found


def _named(instance: Instance, conflict: Conflict) -> set[tuple[str, str]]:
    """The coaches and sites that the facts of a conflict name."""
    found = set()
    for fact in conflict.facts:
        kind, _, about = fact.partition(":")
        if kind in ("presence", "site_limit"):
            found |= {("site", about), *([("promised", about)] if kind == "presence" else [])}
        elif kind == "pin":
            found.add(("site", instance.site_of(about.partition(":")[2])))
        if kind in _OF_A_COACH:
            found.add(("coach", about.partition(":")[0]))
    return found


def _numbers(about: Sequence[set[tuple[str, str]]], sizes: Sequence[int]) -> list[int]:
    """For each the number of its group, from 1, where what shares anything is in one; the most people first."""
    groups: list[tuple[set[tuple[str, str]], list[int]]] = []
    for i, place in enumerate(about):
        joined = [group for group in groups if group[0] & place]
        members = sorted([i, *(m for group in joined for m in group[1])])
        groups = [group for group in groups if group not in joined]
        groups.append((place.union(*(group[0] for group in joined)), members))
    groups.sort(key=lambda group: (-sum(sizes[m] for m in group[1]), group[1]))
    number = {member: n for n, (_, members) in enumerate(groups, start=1) for member in members}
    return [number[i] for i in range(len(about))]


def _cluster(instance: Instance, number: int, people: Sequence[str], promised: Sequence[str]) -> Cluster:
    homes = {instance.practice[instance.people[p].practice_id].site_id for p in people}
    sites = sorted(homes | set(promised), key=lambda site_id: instance.site[site_id].name)
    return Cluster(
        number=number, says=_says(instance, people, sites, promised), people=tuple(people), sites=tuple(sites)
    )


def _says(instance: Instance, people: Sequence[str], sites: Sequence[str], promised: Collection[str]) -> str:
    """``10 people and visits promised, at Park Surgery, Mill Surgery and 2 other places.``"""
    number = sum(instance.people[p].count for p in people)
    what = [how_many(number, "person", "people")] if people else []
    what += ["promised visits"] if promised else []
    names = [instance.site[site_id].name for site_id in sites]
    if len(names) > _MOST_PLACES + 1:
        names = [*names[:_MOST_PLACES], how_many(len(names) - _MOST_PLACES, "other place")]
    said = listed(what, "and") if what else "a coach's month"
    where = f" at {listed(names, 'and')}" if names else ""
    return f"{said[0].upper()}{said[1:]}{where}."
