"""Every roster of a tiny world, kept rules or not: by plain counting, without the engine's decisions or rules.

A roster here is a set of visits (any coach in any session), each booking in up to two of the visits, and people
seated in the sessions visited, one more than there are of each referral included. Times follow the contract: a
visit spans the longest overlap of session and hours, appointments follow one another from its start.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, combinations, combinations_with_replacement, product

from roster.domain import WEEKDAYS, Appointment, Roster, Unseen, Visit
from roster.instance import Instance

Pair = tuple[str, str]
Seats = tuple[Pair, ...]
Span = tuple[int, int]


def every_roster(instance: Instance, most_visits: int = 3, most_appointments: int = 3) -> Iterator[Roster]:
    """Every roster with at most so many visits and appointments, the empty one first; costs and objective are 0.

    Where a coach's hours and a session do not overlap, the (impossible) visit spans the session.
    """
    times = {
        (c.coach_id, s.session_id): _times(instance, c.coach_id, s.session_id)
        for c in instance.coaches
        for s in instance.sessions
    }
    for number in range(min(most_visits, len(times)) + 1):
        for held in combinations(times, number):
            starts = {s: min(times[c, t][0] for c, t in held if t == s) for _, s in held}
            seatings = [_seated(instance, seats, starts) for seats in _seats(instance, starts, most_appointments)]
            for visits in _staffed(instance, {key: times[key] for key in held}):
                for appointments, unseen in seatings:
                    yield _roster(instance, visits, appointments, unseen)


def _times(instance: Instance, coach_id: str, session_id: str) -> Span:
    """Start and end of the visit; of the visit as it was told, where it was before as_of."""
    session = instance.session[session_id]
    told = instance.published.visits if instance.published else ()
    for visit in told:
        if (visit.coach_id, visit.session_id) == (coach_id, session_id) and session.date < instance.settings.as_of:
            return visit.start, visit.end
    best = session.start, session.start
    weekday = WEEKDAYS[session.date.weekday()]
    for row in sorted(instance.hours, key=lambda row: row.start):
        start, end = max(row.start, session.start), min(row.end, session.end)
        if (row.coach_id, row.weekday) == (coach_id, weekday) and end - start > best[1] - best[0]:
            best = start, end
    return best if best[0] < best[1] else (session.start, session.end)


def _staffed(instance: Instance, held: dict[Pair, Span]) -> Iterator[tuple[Visit, ...]]:
    """The visits, with each booking in none, any one, or any two of them."""
    choices = [list(chain.from_iterable(combinations(held, n) for n in range(3))) for _ in instance.interpreters]
    for chosen in product(*choices):
        used: dict[Pair, list[str]] = defaultdict(list)
        for booking, keys in zip(instance.interpreters, chosen, strict=True):
            for key in keys:
                used[key].append(booking.booking_id)
        yield tuple(
            Visit.model_construct(
                coach_id=key[0], session_id=key[1], start=span[0], end=span[1], booking_ids=tuple(used[key])
            )
            for key, span in held.items()
        )


def _seats(instance: Instance, session_ids: dict[str, int], most: int) -> Iterator[Seats]:
    """Who is seen where: up to ``most`` appointments, and up to count + 1 of a referral."""
    keys = [(r.referral_id, s) for r in instance.referrals for s in session_ids]
    counts = {r.referral_id: r.count for r in instance.referrals}
    for number in range(most + 1):
        for seats in combinations_with_replacement(keys, number):
            if all(n <= counts[r] + 1 for r, n in Counter(r for r, _ in seats).items()):
                yield seats


def _seated(
    instance: Instance, seats: Seats, starts: dict[str, int]
) -> tuple[tuple[Appointment, ...], tuple[Unseen, ...]]:
    """The appointments with their times, as told where that was before as_of, and who is left."""
    free = dict(starts)
    told = _told_before(instance)
    appointments = []
    for referral_id, session_id in seats:
        start = told[referral_id, session_id].pop(0) if told[referral_id, session_id] else free[session_id]
        minutes = next(r.minutes for r in instance.referrals if r.referral_id == referral_id)
        free[session_id] = start + minutes
        appointments.append(
            Appointment.model_construct(
                referral_id=referral_id, session_id=session_id, start=start, end=start + minutes
            )
        )
    seen = Counter(referral_id for referral_id, _ in seats)
    unseen = tuple(
        Unseen.model_construct(referral_id=r.referral_id, count=r.count - seen[r.referral_id], reason="not asked")
        for r in instance.referrals
        if r.consent == "yes" and seen[r.referral_id] < r.count
    )
    return tuple(appointments), unseen


def _told_before(instance: Instance) -> dict[Pair, list[int]]:
    """When each published appointment before as_of started, by referral and session."""
    dates = {s.session_id: s.date for s in instance.sessions}
    told: dict[Pair, list[int]] = defaultdict(list)
    for a in instance.published.appointments if instance.published else ():
        if a.session_id in dates and dates[a.session_id] < instance.settings.as_of:
            told[a.referral_id, a.session_id].append(a.start)
    return told


def _roster(
    instance: Instance,
    visits: tuple[Visit, ...],
    appointments: tuple[Appointment, ...],
    unseen: tuple[Unseen, ...],
) -> Roster:
    return Roster.model_construct(
        instance=instance.settings.name,
        month=instance.settings.month,
        instance_sha256=instance.sha256,
        outcome="feasible",
        objective=0,
        bound=0,
        costs={},
        visits=visits,
        appointments=appointments,
        unseen=unseen,
    )
