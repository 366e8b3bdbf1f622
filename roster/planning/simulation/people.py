"""Who is referred: how many by each practice, and what they are like. All made up, after those in the folder.

A person is like one of the practice's own referrals with consent, drawn with replacement (a row counts for all of its
people): band, days to the see-by date, minutes, needs, sites accepted, usual coach; no days away. A practice without
referrals of its own has people like those of the whole region, who accept what is within reach and have no usual
coach. Every person has an id of the simulation, those of the folder too, so nothing that is simulated can be taken
for something that happened to somebody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from roster.domain import Record, Referral, Roster
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.planning.simulation.chance import MOST_A_DAY, Chance, poisson
from roster.planning.simulation.terms import Terms

DAYS_OF_A_MONTH = 365.25 / 12
"""The mean length of a month."""


Kind = tuple[str, int, tuple[str, ...], tuple[str, ...]]
"""Practice, minutes, needs and sites: what decides whether anybody could ever see a person."""


def kind_of(referral: Referral) -> Kind:
    """What kind of person it is."""
    return referral.practice_id, referral.minutes, referral.needs, referral.sites


class Person(Record):
    """Somebody who waits, or several alike; on the list that a roster is made from, from ``on_list_from`` on."""

    referral: Referral
    on_list_from: date


@dataclass(frozen=True)
class Demand:
    """People referred a day by each practice, by id, and whom they are like."""

    a_day: Mapping[str, float]
    like: Mapping[str, tuple[Referral, ...]]

    def a_month(self, practice_id: str) -> float:
        """People referred in a month of mean length."""
        return self.a_day[practice_id] * DAYS_OF_A_MONTH

    def of_kinds(self, practice_id: str, kinds: Set[Kind]) -> float:
        """The same of people of these kinds alone."""
        rows = self.like[practice_id]
        some = sum(row.count for row in rows if _of_practice(row, practice_id) in kinds)
        return self.a_month(practice_id) * some / sum(row.count for row in rows)

    def probes(self, day: date) -> Iterator[Referral]:
        """Somebody of each kind that is ever referred, referred on a day."""
        found = {_of_practice(row, practice_id): row for practice_id, rows in self.like.items() for row in rows}
        for n, (kind, row) in enumerate(found.items()):
            update: dict[str, object] = {"referral_id": f"probe-{n}", "practice_id": kind[0], "referred_on": day}
            yield row.model_copy(update={**update, "see_by": None, "away": (), "count": 1})


def _of_practice(row: Referral, practice_id: str) -> Kind:
    """The kind of somebody of a practice who is like this row."""
    return (practice_id, *kind_of(row)[1:])


def demand_of(instance: Instance, terms: Terms) -> Demand:
    """What practices refer, at the load of the terms. Raises InvalidInput where nobody is referred, or too many."""
    own = _rows_by_practice(instance)
    if not any(own.values()):
        do = "Put referrals with consent into referrals.csv: people to come are made like them."
        raise InvalidInput([Fault(file="referrals.csv", says="there is nobody to learn from", do=do)])
    span = _days_of_history(instance)
    everybody = tuple(_of_region(row) for rows in own.values() for row in rows)
    a_day = {p: terms.arrivals.load * _a_day(p, own[p], span, terms) for p in instance.practice}
    most = max(a_day, key=lambda p: a_day[p])
    if a_day[most] > MOST_A_DAY:
        says, do = f"this practice would refer {a_day[most]:,.0f} people a day", "Lower the rate, the list or the load."
        raise InvalidInput([Fault(file="practices.csv", value=most, says=says, do=do)])
    return Demand(a_day, {p: own[p] or everybody for p in instance.practice})


def _rows_by_practice(instance: Instance) -> dict[str, tuple[Referral, ...]]:
    found: dict[str, list[Referral]] = {p: [] for p in instance.practice}
    for r in instance.people.values():
        found[r.practice_id].append(r)
    return {p: tuple(rows) for p, rows in found.items()}


def _days_of_history(instance: Instance) -> int:
    """The days from the first referral in the folder to the day on which the roster is made, both included."""
    first = min(r.referred_on for r in instance.people.values())
    return max(1, (instance.settings.as_of - first).days + 1)


def _a_day(practice_id: str, own: Sequence[Referral], span: int, terms: Terms) -> float:
    size, rate = terms.arrivals.list_size.get(practice_id), terms.arrivals.per_1000_a_month
    if size is not None and rate is not None:
        return size / 1000 * rate / DAYS_OF_A_MONTH
    return sum(r.count for r in own) / span


def _of_region(row: Referral) -> Referral:
    """A row as somebody of another practice could have it."""
    return row.model_copy(update={"sites": (), "usual_coach": None})


def referred(demand: Demand, chance: Chance, days: Sequence[date]) -> Iterator[Person]:
    """The people referred on these days, day by day."""
    for day in days:
        for place, (practice_id, mean) in enumerate(demand.a_day.items()):
            number = poisson(chance.share("referred", day, practice_id), mean)
            like = demand.like[practice_id]
            for n in range(number):
                yield _person(like, practice_id, f"new-{place + 1}-{day:%Y%m%d}-{n + 1}", day, chance)


def _person(like: Sequence[Referral], practice_id: str, new_id: str, day: date, chance: Chance) -> Person:
    row = _drawn(like, chance.share("like", new_id, practice_id))
    update: dict[str, object] = {
        "referral_id": new_id,
        "practice_id": practice_id,
        "referred_on": day,
        "see_by": None if row.see_by is None else day + max(row.see_by - row.referred_on, timedelta(days=0)),
        "away": (),
        "count": 1,
    }
    return Person(referral=row.model_copy(update=update), on_list_from=day)


def _drawn(rows: Sequence[Referral], share: float) -> Referral:
    """The row in which ``share`` of all people falls."""
    at = share * sum(row.count for row in rows)
    for row in rows:
        at -= row.count
        if at < 0:
            return row
    return rows[-1]


# -- those of the folder --------------------------------------------------------------------------------------


def labels(instance: Instance, others: Sequence[Instance] = ()) -> dict[str, str]:
    """An id of the simulation for every referral of the folder, and of the scenarios made of it."""
    ids = dict.fromkeys(r.referral_id for one in (instance, *others) for r in one.referrals)
    return {referral_id: f"start-{n}" for n, referral_id in enumerate(ids, start=1)}


def relabelled(instance: Instance, names: Mapping[str, str]) -> Instance:
    """The data with these ids, and without those who have not consented, who are left out of everything."""
    referrals = tuple(
        r.model_copy(update={"referral_id": names[r.referral_id]}) for r in instance.referrals if r.consent == "yes"
    )
    told = instance.published
    return instance.replaced(referrals=referrals, published=None if told is None else _told(told, names))


def _told(told: Roster, names: Mapping[str, str]) -> Roster:
    """The published roster with these ids; appointments of referrals that are gone count nothing, and are left out."""
    update: dict[str, object] = {
        "appointments": tuple(
            a.model_copy(update={"referral_id": names[a.referral_id]})
            for a in told.appointments
            if a.referral_id in names
        ),
        "unseen": (),
    }
    return told.model_copy(update=update)


def by_practice(people: Sequence[Person]) -> dict[str, list[Person]]:
    """The people of each practice that has any."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        found[person.referral.practice_id].append(person)
    return found
