"""The facts that rule a wish out: a smallest set that cannot hold together with it, confirmed by solving.

The wish is made a must by edits, so what rules it out is a conflict of the edited instance.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.edits import AddPin, Edit, EditError, Set, apply_edits
from roster.explain.conflicts.find import Clash, Conflicts
from roster.explain.conflicts.settled import Clock
from roster.explain.questions.wish import Wish
from roster.instance import Instance
from roster.rule import Rule


def conflict_of_wish(
    instance: Instance, rules: Sequence[Rule], wish_edits: Sequence[Edit], seconds: float
) -> Clash | None:
    """The conflict in the instance with these edits, in which there is no roster; None where it was not found.

    A see-by date that an edit sets binds, however soon it is.
    """
    try:
        edited = apply_edits(instance, wish_edits)
    except EditError:
        return None
    dated = {e.id for e in wish_edits if isinstance(e, Set) and e.field == "see_by"}
    must = edited.replaced(binding_as_given=instance.binding | dated)
    conflicts = Conflicts(must, rules, Clock(seconds))
    promises = conflicts.broken(conflicts.promises)
    return conflicts.conflict(promises) if promises else None


def wish_edits(instance: Instance, wish: Wish) -> tuple[Edit, ...]:
    """The wish as edits that make it a must; none where edits cannot say it."""
    if wish.referral_id is None:
        if wish.coach_id is None or wish.session_id is None:
            return ()
        return (AddPin(coach_id=wish.coach_id, session_id=wish.session_id),)
    if wish.coach_id is not None or instance.settings.policy.see_by != "must":
        return ()
    return _must_be_seen(instance, wish, wish.referral_id)


def _must_be_seen(instance: Instance, wish: Wish, referral_id: str) -> tuple[Edit, ...]:
    """The person is away on every other day, goes nowhere else, and is to be seen by the day or the month's last."""
    referral = instance.people[referral_id]
    site_id = wish.site_id or (instance.site_of(wish.session_id) if wish.session_id else None)
    day = wish.day or (instance.session[wish.session_id].date if wish.session_id else None)
    if referral.count > 1 or (site_id is not None and site_id not in instance.accepted_sites(referral)):
        return ()
    values: dict[str, str | tuple[str, ...]] = {"see_by": (day or instance.days[-1]).isoformat()}
    if day is not None:
        values["away"] = tuple(d.isoformat() for d in instance.days if d != day or d in referral.away)
    if site_id is not None:
        values["sites"] = (site_id,)
    return tuple(Set(table="referrals", id=referral_id, field=f, value=v) for f, v in values.items())


def own_facts(wish: Wish) -> frozenset[str]:
    """The facts that are the wish itself."""
    if wish.referral_id is None:
        return frozenset({f"pin:{wish.coach_id}:{wish.session_id}"})
    return frozenset(f"{kind}:{wish.referral_id}" for kind in ("see_by", "away", "place"))
