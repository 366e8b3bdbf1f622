"""What holding places back for urgent referrals costs: two rosters of one month compared, one that does and one not."""

from collections import defaultdict
from fractions import Fraction
from typing import Literal

from roster.domain import Record, Roster
from roster.fault import listed
from roster.instance import Instance
from roster.places import WeekOfPlaces, place_minutes, weeks_of_places
from roster.wording import how_many, percent

NOT_KNOWN = "What holding back costs is not known: no roster without places held back was found to set beside it."


class Without(Record):
    """The best roster found that holds nothing back, and what a roster that does costs more.

    ``costs_at_least`` and ``costs_at_most``: by how many minutes of coach time the best roster that holds places back
    is dearer than the best that does not; the same number where both are proved best. ``costs_found`` is by how much
    the two rosters found differ. The people are those of these two: how many wait longer, how many less long, how many
    more are not seen this month (fewer: below 0), and how many days more all wait together, somebody not seen until
    ``unseen_days`` after the month's end.
    """

    objective: int
    bound: int
    costs_at_least: int
    costs_at_most: int
    costs_found: int
    people_waiting_longer: int
    people_waiting_less: int
    more_people_not_seen: int
    more_days_waited: int


class HeldBack(Record):
    """What ``--reserve`` came to. ``outcome`` and ``bound`` are among rosters that hold places back.

    ``without`` is None where no roster without places held back was found.
    """

    share: float
    minutes_of_a_place: int
    outcome: Literal["optimal", "feasible"]
    bound: int
    weeks: tuple[WeekOfPlaces, ...]
    without: Without | None
    says: str


def share_words(share: Fraction) -> str:
    """The share as a percentage: ``10%``, ``12.5%``."""
    return f"{float(share) * 100:g}%"


def how_good_with_places(roster: Roster, share: Fraction) -> str:
    """How good a roster is among those that hold places back, in a sentence that claims no more than was proved."""
    those = f"hold back {share_words(share)} of each week's places"
    if roster.outcome == "optimal":
        return f"This is the best roster of those that {those}."
    if roster.bound <= 0:
        return f"Checked: it keeps every rule. It is not known how much better another could be of those that {those}."
    return f"Checked, and at most {percent(roster.gap)} from the best possible of those that {those}."


def held_back(instance: Instance, share: Fraction, kept: Roster, without: Roster | None) -> HeldBack:
    """The account of a roster that holds places back beside one that does not; each with its own bound."""
    compared = None if without is None else _compared(instance, kept, without)
    return HeldBack(
        share=float(share),
        minutes_of_a_place=place_minutes(instance),
        outcome="optimal" if kept.outcome == "optimal" else "feasible",
        bound=kept.bound,
        weeks=tuple(weeks_of_places(instance, kept)),
        without=compared,
        says=f"{_price_words(compared)} {_people_words(compared)}" if compared else NOT_KNOWN,
    )


def _compared(instance: Instance, kept: Roster, without: Roster) -> Without:
    """What is true of the best of both follows from costs and bounds: neither is below its bound nor above its cost.

    A roster that holds places back is also one without that duty, so a bound without it holds for both.
    """
    low = max(without.bound, 0)
    waits, others = _waits(instance, kept), _waits(instance, without)
    more = [a - b for r in waits for a, b in zip(waits[r], others[r], strict=True)]
    return Without(
        objective=min(without.objective, kept.objective),
        bound=without.bound,
        costs_at_least=max(0, max(kept.bound, low) - min(without.objective, kept.objective)),
        costs_at_most=kept.objective - low,
        costs_found=kept.objective - min(without.objective, kept.objective),
        people_waiting_longer=sum(days > 0 for days in more),
        people_waiting_less=sum(days < 0 for days in more),
        more_people_not_seen=_not_seen(kept) - _not_seen(without),
        more_days_waited=sum(more),
    )


def _waits(instance: Instance, roster: Roster) -> dict[str, list[int]]:
    """The days that each person waits, by referral, the shortest first."""
    days: dict[str, list[int]] = defaultdict(list)
    for appointment in roster.appointments:
        waited = instance.session[appointment.session_id].date - instance.people[appointment.referral_id].referred_on
        days[appointment.referral_id].append(waited.days)
    return {
        r: sorted(days[r] + [(instance.unseen_day - referral.referred_on).days] * (referral.count - len(days[r])))
        for r, referral in instance.people.items()
    }


def _not_seen(roster: Roster) -> int:
    return sum(entry.count for entry in roster.unseen)


def _price_words(compared: Without) -> str:
    least, most = compared.costs_at_least, compared.costs_at_most
    if most == 0:
        return "Holding back costs nothing."
    if least == most:
        return f"Holding back costs {how_many(most, 'minute')} of coach time."
    between = f"between {least:,} and" if least else "at most"
    apart = f"the two rosters found are {how_many(compared.costs_found, 'minute')} apart"
    return f"Holding back costs {between} {how_many(most, 'minute')} of coach time; {apart}."


def _people_words(compared: Without) -> str:
    unseen = compared.more_people_not_seen
    which = "fewer" if unseen < 0 else "more"
    says = [
        f"{how_many(compared.people_waiting_longer, 'person waits', 'people wait')} longer",
        f"{how_many(compared.people_waiting_less, 'person waits', 'people wait')} less long",
        f"{how_many(abs(unseen), f'{which} person is', f'{which} people are')} not seen this month",
    ]
    parts = [text for text in says if not text.startswith("0 ")]
    if not parts:
        return "Nobody waits longer than in the best roster found without places held back."
    days = compared.more_days_waited
    in_all = f"{how_many(abs(days), 'day')} {'less' if days < 0 else 'more'} in all"
    return f"Beside the best roster found without: {listed(parts, 'and')}, {in_all}."
