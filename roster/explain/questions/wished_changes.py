"""Changes of the data that might make a wish the right choice: the likeliest and smallest first."""

from __future__ import annotations

from collections.abc import Iterator

from roster.domain import BANDS
from roster.edits import AddLeave, Edit, RemoveSession, Set, SetPrice
from roster.explain.questions.given import Given, Trial
from roster.explain.questions.offers import Offers, limits_of, one_looser
from roster.explain.questions.wish import Wish
from roster.instance import Instance

MOST_SESSIONS = 2
MOST_TIMES_A_PRICE = 5
"""A price that would have to be more than so many times as high is not proposed."""


def changes_for(given: Given, wish: Wish, trial: Trial) -> Iterator[tuple[Edit, ...]]:
    """What to try, each a list of edits. ``trial`` is the best roster with the wish, as the data is."""
    yield from _sessions(given, wish, trial)
    yield from _limits(given, wish, trial)
    yield from _urgency(given.instance, wish)
    yield from _usual(given, wish)
    yield from _prices(given, trial)
    yield from _instead(given, wish, trial)


def _sessions(given: Given, wish: Wish, trial: Trial) -> Iterator[tuple[Edit, ...]]:
    """One more session on the day and at the site where the wish comes true."""
    offers = Offers(given.instance)
    for session_id in _where(given.instance, wish, trial)[:1]:
        site_id, day = given.instance.site_of(session_id), given.instance.session[session_id].date
        for edit in list(offers.at(site_id, day))[:MOST_SESSIONS]:
            yield (edit,)


def _limits(given: Given, wish: Wish, trial: Trial) -> Iterator[tuple[Edit, ...]]:
    """A limit one looser of whoever and wherever the wish is about."""
    instance = given.instance
    sessions = set(_where(instance, wish, trial))
    about = {v.coach_id for v in trial.roster.visits if v.session_id in sessions}
    about |= {instance.site_of(s) for s in sessions}
    for fact in limits_of(instance):
        if about & set(fact.split(":")):
            edit = one_looser(instance, fact)
            if edit is not None:
                yield (edit,)


def _urgency(instance: Instance, wish: Wish) -> Iterator[tuple[Edit, ...]]:
    """The person in a more urgent band."""
    if wish.referral_id is not None:
        now = BANDS.index(instance.people[wish.referral_id].band)
        for band in reversed(BANDS[:now]):
            yield (Set(table="referrals", id=wish.referral_id, field="band", value=band),)


def _prices(given: Given, trial: Trial) -> Iterator[tuple[Edit, ...]]:
    """Each price that rises so low, or that falls so high, that the two rosters come to the same."""
    prices = given.instance.settings.prices
    difference = trial.total - given.roster.objective
    for name, before in given.roster.costs.items():
        price, rise = getattr(prices, name), trial.roster.costs[name] - before
        if isinstance(price, int) and price and rise:
            step = -(-difference * price // abs(rise))
            value = price - step if rise > 0 else price + step
            if 0 <= value <= MOST_TIMES_A_PRICE * price:
                yield (SetPrice(field=name, value=value),)


def _usual(given: Given, wish: Wish) -> Iterator[tuple[Edit, ...]]:
    """The coach asked for as the person's usual one."""
    if wish.referral_id is None or wish.coach_id is None:
        return
    if given.instance.people[wish.referral_id].usual_coach != wish.coach_id:
        yield (Set(table="referrals", id=wish.referral_id, field="usual_coach", value=wish.coach_id),)


def _instead(given: Given, wish: Wish, trial: Trial) -> Iterator[tuple[Edit, ...]]:
    """Whoever holds the session now is not there that day; what the coach does now instead is not offered."""
    instance, sessions = given.instance, _where(given.instance, wish, trial)
    then = {(v.coach_id, v.session_id) for v in trial.roster.visits}
    days = {instance.session[s].date for s in sessions}
    coaches = {c for c, s in then if s in sessions}
    gone = [key for key in given.plan.visits if key not in then]
    for coach_id, session_id in gone:
        day = instance.session[session_id].date
        if session_id in sessions and coach_id not in coaches:
            yield (AddLeave(coach_id=coach_id, first_day=day, last_day=day),)
        elif coach_id in coaches and day in days:
            yield (RemoveSession(session_id=session_id),)


def _where(instance: Instance, wish: Wish, trial: Trial) -> list[str]:
    """The sessions in which the wish comes true."""
    if wish.referral_id is None:
        return [v.session_id for v in trial.roster.visits if wish.fits(instance, v.coach_id, v.session_id)]
    return [
        a.session_id
        for a in trial.roster.appointments
        if a.referral_id == wish.referral_id and wish.fits(instance, None, a.session_id)
    ]
