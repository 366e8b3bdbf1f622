"""A share of each week's places is held back for urgent referrals that have not come yet, within reach of most people.

A rule made for one solve: it is not in ``RULES``. A place is place_minutes long, held(s) >= 0 places are held back in
session s; what these words mean stands in ``roster.places``. Formula, for each week w from as_of + notice_days on:

    place_minutes * held(s) + sum_r minutes(r) * seen(r, s) <= sum_c minutes(c, s) * visit(c, s)   for s in w
    (1 - share) * sum_(s in w) held(s) >= share * sum_(r, s in w) seen(r, s)
    people within reach of a site with held(s) > 0, s in w, >= wanted(w)   where there is a visit in w

``share`` is a fraction in whole numbers, so the second row is multiplied by its lower number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from roster.calendar import long_date
from roster.domain import Roster
from roster.filling import most_worth
from roster.instance import Instance
from roster.places import (
    Week,
    WeekOfPlaces,
    most_people,
    people_by_sites,
    place_minutes,
    places_for,
    wanted_within_reach,
    weeks_ahead,
    weeks_of_places,
)
from roster.rule import Finding, Rule
from roster.wording import how_many

if TYPE_CHECKING:
    from roster.decisions import Decisions
    from roster.model import Var

NAME = "reserve"


def reserve(share: Fraction) -> Rule:
    """The rule that holds back this share of each week's places. Raises ValueError unless 0 < share < 1."""
    if not 0 < share < 1:
        raise ValueError("a share to hold back is more than 0 and less than 1")
    return Rule(
        name=NAME,
        sentence="A share of each week's places is held back for urgent referrals, within reach of most people.",
        formula="(1 - share) * sum_(s in w) held(s) >= share * sum_(r, s in w) seen(r,s), for every week w",
        check=partial(check, share),
        post=partial(post, share),
    )


def post(share: Fraction, decisions: Decisions) -> None:
    """The places held back in each session, enough of them in each week, and spread."""
    instance = decisions.instance
    length = place_minutes(instance)
    if not length:
        return
    leaving = _legs_from_the_base(decisions)
    for week in weeks_ahead(instance):
        held = {s: _held(decisions, s, length) for s in week.session_ids if decisions.visits_in(s)}
        booked = [seen for s in week.session_ids for seen in decisions.seen_in(s).values()]
        for_booked, for_held = share.numerator, share.denominator - share.numerator
        decisions.at_most_weighted([*((n, for_booked) for n in booked), *((n, -for_held) for n in held.values())], 0)
        _spread(decisions, week, held, leaving)


def _held(decisions: Decisions, session_id: str, length: int) -> Var:
    """How many places are held back in the session: as many as its visit has minutes for beside those booked."""
    instance = decisions.instance
    booked = [(seen, instance.people[r].minutes) for r, seen in decisions.seen_in(session_id).items()]
    lengths = tuple(sorted({length, *(minutes for _, minutes in booked)}))
    offered = {
        visit: most_worth(lengths, lengths, _minutes(instance, coach_id, session_id))
        for coach_id, visit in decisions.visits_in(session_id).items()
    }
    held = decisions.new_count(max(offered.values()) // length, f"places held back in {session_id}")
    decisions.at_most_weighted([(held, length), *booked, *((visit, -most) for visit, most in offered.items())], 0)
    return held


def _minutes(instance: Instance, coach_id: str, session_id: str) -> int:
    span = instance.span(coach_id, session_id)
    return 0 if span is None else span[1] - span[0]


def _legs_from_the_base(decisions: Decisions) -> dict[date, dict[str, list[Var]]]:
    """The ways in which each day of each coach can begin: at most one of them is taken."""
    leaving: dict[date, dict[str, list[Var]]] = defaultdict(lambda: defaultdict(list))
    for (coach_id, day, start, _), leg in decisions.legs.items():
        if start is None:
            leaving[day][coach_id].append(leg)
    return leaving


def _spread(
    decisions: Decisions, week: Week, held: Mapping[str, Var], leaving: Mapping[date, Mapping[str, list[Var]]]
) -> None:
    """In a week in which anybody works, enough people have a place held back at a site that they accept."""
    instance = decisions.instance
    wanted = wanted_within_reach(instance, week)
    if not wanted:
        return
    of_week = f"the week from {week.first_day}"
    works = decisions.new_count(1, f"somebody works in {of_week}")
    for day, by_coach in leaving.items():
        if week.first_day <= day <= week.last_day:
            for legs in by_coach.values():
                decisions.at_most_weighted([*((leg, 1) for leg in legs), (works, -1)], 0)
    near = []
    for sites, people in _people_of_week(instance, held).items():
        places = [number for s, number in held.items() if instance.site_of(s) in sites]
        near.append((decisions.new_count(1, f"a place in {of_week} near {sorted(sites)}"), people))
        decisions.at_most_weighted([(near[-1][0], 1), *((number, -1) for number in places)], 0)
    decisions.at_most_weighted([(works, wanted), *((reached, -people) for reached, people in near)], 0)


def _people_of_week(instance: Instance, held: Mapping[str, Var]) -> dict[frozenset[str], int]:
    """How many people could come to the same of the sites at which a place may be held back this week."""
    sites = {instance.site_of(session_id) for session_id in held}
    people: Counter[frozenset[str]] = Counter()
    for accepted, number in people_by_sites(instance).items():
        if not accepted.isdisjoint(sites):
            people[accepted & sites] += number
    return dict(people)


def check(share: Fraction, instance: Instance, roster: Roster) -> Iterator[Finding]:
    """Every week with too few places free, or with too few people within reach of one."""
    if not place_minutes(instance):
        return
    worked = {visit.session_id for visit in roster.visits}
    for week, found in zip(weeks_ahead(instance), weeks_of_places(instance, roster), strict=True):
        least = places_for(share, found.appointments)
        if found.places < least:
            yield Finding(NAME, _too_few(found, least), amount=least - found.places)
        if not worked.isdisjoint(week.session_ids):
            yield from _out_of_reach(instance, week, found)


def _out_of_reach(instance: Instance, week: Week, found: WeekOfPlaces) -> Iterator[Finding]:
    if found.people_within_reach >= most_people(people_by_sites(instance)):
        return
    missing = wanted_within_reach(instance, week) - found.people_within_reach
    if missing > 0:
        says = (
            f"{_of(found)} {how_many(found.people_within_reach, 'person is', 'people are')} within reach of a place "
            f"that is held back; it should be {missing + found.people_within_reach:,}."
        )
        yield Finding(NAME, says, amount=missing)


def _too_few(found: WeekOfPlaces, least: int) -> str:
    booked = how_many(found.appointments, "appointment")
    held = how_many(found.places, "place is", "places are")
    return f"{_of(found)} {held} held back beside {booked}; it should be {least:,}."


def _of(found: WeekOfPlaces) -> str:
    if found.first_day == found.last_day:
        return f"On {long_date(found.first_day)}"
    return f"From {long_date(found.first_day)} to {long_date(found.last_day)}"
