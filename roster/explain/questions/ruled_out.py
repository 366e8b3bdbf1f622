"""Why a wish cannot come true: what by itself stands in its way, or the facts that together do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roster.edit_words import edits_words
from roster.edits import Edit, EditError, RemoveLeave, apply_edits
from roster.explain.questions.forced import Clock, Forcing
from roster.explain.questions.given import Given, with_booking, with_person, with_visit
from roster.explain.questions.offers import one_looser
from roster.explain.questions.wish import Wish
from roster.explain.questions.wish_conflict import conflict_of_wish, own_facts, wish_edits
from roster.explanations import Change
from roster.facts import Fact, facts_of
from roster.instance import Instance
from roster.plan import Plan
from roster.rule import Finding
from roster.wording import how_many

MOST_NAMED = 3


@dataclass(frozen=True)
class RuledOut:
    """``says``: why, in sentences; ``facts``: those that cannot all hold; ``way_out``: what would make it possible.

    ``confirmed``: by this alone it is settled that there is no roster with the wish.
    """

    says: str
    way_out: str
    facts: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    change: Change | None = None
    confirmed: bool = True


NO_WAY_OUT = "No single change was found that would make it possible."


def ruled_out(given: Given, wish: Wish, clock: Clock) -> RuledOut:
    """Why there is no roster with the wish, which is known already, and a change that would make one possible."""
    found = _too_late(given, wish) or _conflict(given, wish, clock.share(0.5)) or _in_the_way(given, wish)
    if found is None:
        says = "Each part of it could be, but not together with what the other rules ask for."
        found = RuledOut(says, NO_WAY_OUT, confirmed=False)
    change = _way_out(given, wish, clock)
    if change is None:
        return found
    return replace(found, way_out=f"It would be possible after this change: {change.says} Checked.", change=change)


def _conflict(given: Given, wish: Wish, clock: Clock) -> RuledOut | None:
    """A smallest set of facts that cannot hold together with the wish; None where none was found and confirmed."""
    edits = wish_edits(given.instance, wish)
    clash = conflict_of_wish(given.instance, given.rules, edits, clock.left) if edits else None
    if clash is None or not clash.proved:
        return None
    own = own_facts(wish)
    facts = [fact for fact in clash.facts if fact.id not in own]
    return _together(facts) if facts else None


def _too_late(given: Given, wish: Wish) -> RuledOut | None:
    """The one person's own see-by date, where it is a must and everything that would do is after it."""
    instance = given.instance
    referral = instance.people.get(wish.referral_id or "")
    if referral is None or referral.referral_id not in instance.binding or referral.count > 1:
        return None
    days = {s.date for s in instance.sessions if wish.fits(instance, wish.coach_id, s.session_id)}
    if not days or referral.see_by is None or min(days) <= referral.see_by:
        return None
    return _together([fact for fact in facts_of(instance) if fact.id == f"see_by:{referral.referral_id}"])


def _together(facts: Sequence[Fact]) -> RuledOut:
    """A smallest set of facts that cannot hold together with the wish, in words."""
    only = len(facts) == 1
    lead = "It cannot be together with this:" if only else "It cannot be together with all of these:"
    end = "Nothing else is needed to rule it out" + ("." if only else ", and none of these can be left out.")
    says = " ".join([lead, *(fact.sentence for fact in facts), end])
    return RuledOut(says, NO_WAY_OUT, facts=tuple(fact.id for fact in facts))


def _way_out(given: Given, wish: Wish, clock: Clock) -> Change | None:
    """The first change, the smallest first, after which a roster with the wish keeps every rule."""
    for edits in _edits_to_try(given, wish):
        if clock.left <= 0:
            return None
        try:
            edited = apply_edits(given.instance, edits)
        except EditError:
            continue
        forced = Forcing.of(given, wish, 1, edited).best(clock.share(0.3), few_changes=False)
        if forced.trial is not None:
            says = " ".join(edits_words(given.instance, edits))
            return Change(edits=edits, says=says, total=forced.trial.total, verified=True)
    return None


def _edits_to_try(given: Given, wish: Wish) -> Iterator[tuple[Edit, ...]]:
    """What could be changed about the coach, the site and the person asked for: a limit one looser, else a fact."""
    instance = given.instance
    site_id = wish.site_id or (instance.site_of(wish.session_id) if wish.session_id else None)
    about = {wish.coach_id, site_id, wish.referral_id} - {None}
    facts = [f for f in facts_of(instance) if about & set(f.id.split(":")[1:]) or f.kind in _POLICIES]
    if wish.coach_id is not None:
        facts = [f for f in facts if f.kind != "leave" or _covers(instance, wish, f.edits[0])]
    for fact in facts:
        looser = one_looser(instance, fact.id)
        edits = (looser,) if looser is not None else fact.edits
        if edits:
            yield edits


_POLICIES = ("budget", "notice", "interpreter_notice")


def _covers(instance: Instance, wish: Wish, edit: Edit) -> bool:
    """Whether the leave that the edit takes back covers a day on which the wish could come true."""
    if not isinstance(edit, RemoveLeave):
        return True
    rows = [r for r in instance.leave if (r.coach_id, r.first_day) == (edit.coach_id, edit.first_day)]
    days = {s.date for s in instance.sessions if wish.fits(instance, wish.coach_id, s.session_id)}
    return any(r.first_day <= day <= r.last_day for r in rows for day in days)


def _in_the_way(given: Given, wish: Wish) -> RuledOut | None:
    """What stands in the way of every visit or appointment that would do, whatever else is in the roster."""
    ways = list(_ways(given, wish))
    if not ways:
        return RuledOut("No session is offered there and then.", "An offer of such a session would be needed first.")
    before = frozenset((f.rule, f.fact or f.says) for f in given.tried(_history(given)).broken)
    blocked = [(plan, _new_findings(given, plan, before)) for plan in ways]
    if any(not findings for _, findings in blocked):
        return None
    reasons = list(dict.fromkeys(f.says for _, findings in blocked for f in findings))
    more = len(reasons) - MOST_NAMED
    says = reasons[:MOST_NAMED] + ([f"{how_many(more, 'more reason')} of this kind."] if more > 0 else [])
    return RuledOut(f"With it: {' '.join(says)}", NO_WAY_OUT, findings=tuple(reasons))


def _ways(given: Given, wish: Wish) -> Iterator[Plan]:
    """What happened already, and one visit or appointment that would fulfil the wish."""
    instance = given.instance
    for session in instance.sessions:
        for coach in instance.coaches:
            fits = wish.fits(instance, coach.coach_id, session.session_id) and not instance.is_past(session.date)
            if fits and (wish.coach_id in (None, coach.coach_id)):
                plan = with_visit(_history(given), coach.coach_id, session.session_id)
                plan = (
                    plan
                    if wish.referral_id is None
                    else _with_person(given, plan, wish, coach.coach_id, session.session_id)
                )
                yield plan


def _with_person(given: Given, plan: Plan, wish: Wish, coach_id: str, session_id: str) -> Plan:
    assert wish.referral_id is not None
    session = given.instance.session[session_id]
    there = [b.booking_id for b in given.instance.interpreters if coach_id in given.candidates.who_has(b, session)]
    return with_person(with_booking(plan, there, session_id), wish.referral_id, session_id)


def _history(given: Given) -> Plan:
    """Only what was done before the roster is made."""
    instance = given.instance
    held = tuple(instance.history)
    seen = {key: len(rows) for key, rows in instance.history_appointments.items()}
    return Plan(held, seen, tuple((b, key[1]) for key, v in instance.history.items() for b in v.booking_ids))


def _new_findings(given: Given, plan: Plan, before: frozenset[tuple[str, str]]) -> tuple[Finding, ...]:
    """What the checker finds in the plan that it does not find in a roster without it."""
    return tuple(f for f in given.tried(plan).broken if (f.rule, f.fact or f.says) not in before)
