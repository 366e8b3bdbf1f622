"""The figures of each group in a roster, and what changes for it in another; small groups have none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.domain import Roster
from roster.instance import Instance
from roster.planning.fairness.record import FEWEST_SHOWN, Group, Payer
from roster.planning.fairness.small import held_back
from roster.planning.fairness.waits import Days, Members, days_of_all, days_of_seen, groups_of, waits_of
from roster.planning.record import WITHIN_DAYS


@dataclass(frozen=True)
class Picture:
    """Everybody's wait in one roster.

    ``hidden``: the groups of which nothing is shown; ``worst``: of the practices of enough people the one whose people
    wait longest on average, those not seen counted.
    """

    instance: Instance
    groups: tuple[Members, ...]
    seen: Days
    everybody: Days
    hidden: frozenset[Members] = frozenset()
    worst: Members | None = None

    def days(self, group: Members) -> list[int]:
        """The days that the people of a group wait, those not seen among them."""
        return [d for referral_id in group.referral_ids for d in self.everybody[referral_id]]

    def days_seen(self, group: Members) -> list[int]:
        """The days that those of a group wait who are seen."""
        return [d for referral_id in group.referral_ids for d in self.seen.get(referral_id, ())]


def picture_of(instance: Instance, roster: Roster, *, every_group: bool = False) -> Picture:
    """Everybody's wait in a roster all of whose ids are in the instance. ``every_group``: none is held back."""
    seen = days_of_seen(instance, roster)
    groups = tuple(groups_of(instance))
    whole = Picture(instance, groups, seen, days_of_all(instance, seen))
    people = {group: len(whole.days(group)) for group in groups}
    worst = _worst_off(whole)
    hidden = frozenset[Members]() if every_group else held_back(groups, people, worst)
    return replace(whole, hidden=hidden, worst=worst)


def group_figures(picture: Picture) -> tuple[Group, ...]:
    """The figures of every group, everybody first."""
    return tuple(_figures(picture, group) for group in picture.groups)


def _figures(picture: Picture, group: Members) -> Group:
    if group in picture.hidden:
        return Group(kind=group.kind, id=group.id, says=group.says, held_back=True)
    seen, days = picture.days_seen(group), picture.days(group)
    return Group(
        kind=group.kind,
        id=group.id,
        says=group.says,
        people=len(days),
        seen=len(seen),
        unseen=len(days) - len(seen),
        within_28_days=sum(d <= WITHIN_DAYS for d in seen),
        of_seen=waits_of(seen),
        of_all=waits_of(days),
    )


def _worst_off(picture: Picture) -> Members | None:
    enough = [g for g in picture.groups if g.kind == "practice" and len(picture.days(g)) >= FEWEST_SHOWN]
    return max(enough, key=lambda g: (_mean(picture.days(g)), g.id), default=None)


def _mean(days: Sequence[int]) -> float:
    return sum(days) / len(days)


def payers(before: Picture, after: Picture) -> tuple[Payer, ...]:
    """What changes for every group from one roster to another of the same data."""
    return tuple(_payer(before, after, group) for group in before.groups)


def _payer(before: Picture, after: Picture, group: Members) -> Payer:
    if group in before.hidden:
        return Payer(kind=group.kind, id=group.id, says=group.says, held_back=True)
    was, now = before.days(group), after.days(group)
    more = [n - w for w, n in zip(was, now, strict=True)]
    return Payer(
        kind=group.kind,
        id=group.id,
        says=group.says,
        days_more=sum(more),
        mean_days_more=round(sum(more) / len(more), 2) if more else None,
        seen_more=len(after.days_seen(group)) - len(before.days_seen(group)),
        longer=sum(m > 0 for m in more),
        shorter=sum(m < 0 for m in more),
    )
