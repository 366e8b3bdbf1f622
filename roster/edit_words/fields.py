"""The sentence of every field that ``set`` can change: what it would be, and what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from roster.calendar import friendly_time, long_date
from roster.domain import pence
from roster.edit_words.values import booking_words, few, instead, limit, practice_words, room_words, things
from roster.instance import Instance
from roster.wording import days_words, how_many, needs_words, pounds, session_words, site_name


@dataclass(frozen=True)
class Change:
    """One field of the row ``id`` as it is (``old``) and as it would be (``new``); ``row`` is the row as it is."""

    instance: Instance
    id: str
    row: Any
    old: Any
    new: Any

    def instead(self, says: Callable[[Any], str]) -> str:
        """The new value instead of the old one, each put into words."""
        return instead(says(self.new), says(self.old))


Says = Callable[[Change], str]


# -- coaches --------------------------------------------------------------------------------------------------


def _base(what: str) -> Says:
    return lambda c: f"Have the base of coach {c.id} at {what} {c.instead(_degrees)}."


def _degrees(number: float) -> str:
    return f"{number:.5f}".rstrip("0").rstrip(".")


def _skills(c: Change) -> str:
    return f"Coach {c.id} has {c.instead(lambda given: things('skill', given))}."


def _workload(per: str) -> Says:
    return lambda c: f"Let coach {c.id} hold {limit('at most', c.new, c.old, 'visit', per)}."


def _travel_limit(c: Change) -> str:
    return f"Let coach {c.id} be on the road for {limit('at most', c.new, c.old, 'minute', 'a day')}."


# -- sites, practices, rooms ----------------------------------------------------------------------------------


def _site(c: Change) -> str:
    return site_name(c.instance, c.id)


def _name(what: str) -> Says:
    return lambda c: f"Call {what} {c.id} {c.instead(str)}."


def _kind(c: Change) -> str:
    return f"Count {_site(c)} as {c.instead(_KIND_WORDS.__getitem__)}."


_KIND_WORDS = {
    "surgery": "a surgery",
    "library": "a library",
    "community_centre": "a community centre",
    "faith": "a place of worship",
    "jobcentre": "a jobcentre",
    "other": "a place of another kind",
}


def _place(what: str) -> Says:
    return lambda c: f"Have {_site(c)} at {what} {c.instead(_degrees)}."


def _site_features(c: Change) -> str:
    return f"Every room at {_site(c)} has {c.instead(lambda given: things('feature', given))}."


def _visits(word: str) -> Says:
    return lambda c: f"Let {_site(c)} have {limit(word, c.new, c.old, 'visit', 'in the month')}."


def _hire(c: Change) -> str:
    return f"Pay {c.instead(lambda fee: pounds(pence(fee)))} for each session used at {_site(c)}."


def _practice_site(c: Change) -> str:
    return f"Have practice {practice_words(c.instance, c.id)} at {c.instead(lambda i: site_name(c.instance, i))}."


def _room_site(c: Change) -> str:
    return f"Have room {c.id} at {c.instead(lambda i: site_name(c.instance, i))}."


def _room_features(c: Change) -> str:
    of_its_own = c.instead(lambda given: things("feature", given))
    return f"Besides what every room there has, {room_words(c.instance, c.id)} has {of_its_own}."


# -- sessions and interpreters --------------------------------------------------------------------------------


def _session_room(c: Change) -> str:
    there = c.instead(lambda room_id: room_words(c.instance, room_id))
    return f"Have {session_words(c.instance, c.id)}, in {there}."


def _session_date(c: Change) -> str:
    return f"Move {session_words(c.instance, c.id)}, to {long_date(c.new)}."


def _session_time(verb: str) -> Says:
    return lambda c: f"Have {session_words(c.instance, c.id)}, {verb} at {c.instead(friendly_time)}."


def _booking_skill(c: Change) -> str:
    language = c.instead(lambda skill: skill.replace("_", " "))
    return f"Have booking {c.id} ({booking_words(c.row)}) for {language}."


def _booking_date(c: Change) -> str:
    return f"Move booking {c.id} ({booking_words(c.row)}) to {long_date(c.new)}."


def _booking_time(verb: str) -> Says:
    return lambda c: f"Have booking {c.id} ({booking_words(c.row)}) {verb} at {c.instead(friendly_time)}."


def _fee(c: Change) -> str:
    return f"Pay {c.instead(lambda fee: pounds(pence(fee)))} for booking {c.id} ({booking_words(c.row)})."


# -- referrals ------------------------------------------------------------------------------------------------


def _from_practice(c: Change) -> str:
    return f"Referral {c.id} comes from {c.instead(lambda i: practice_words(c.instance, i))}."


def _referred_on(c: Change) -> str:
    return f"Referral {c.id} was made on {c.instead(long_date)}."


def _band(c: Change) -> str:
    return f"Put referral {c.id} in {c.instead('band {}'.format)}."


def _see_by(c: Change) -> str:
    if c.new is None or c.old is None or c.new == c.old:
        return f"Have referral {c.id} seen {c.instead(_by)}."
    return f"Move the date by which referral {c.id} is to be seen from {long_date(c.old)} to {long_date(c.new)}."


def _by(day: date | None) -> str:
    return "on any date" if day is None else f"by {long_date(day)}"


def _minutes(c: Change) -> str:
    people = "each person of referral" if c.row.count > 1 else "referral"
    return f"See {people} {c.id} for {how_many(c.new, 'minute')}{'' if c.new == c.old else f' instead of {c.old}'}."


def _needs(c: Change) -> str:
    left_out = [need for need in c.old if need not in c.new]
    if left_out and set(c.new) < set(c.old):
        return f"See referral {c.id} without {needs_words(left_out)}."
    if not c.old or not c.new:
        return f"See referral {c.id} with {needs_words(c.new) if c.new else 'no particular need'}."
    return f"See referral {c.id} with {c.instead(needs_words)}."


def _sites(c: Change) -> str:
    everywhere = frozenset(c.instance.site)
    more = [site_id for site_id in c.new if site_id not in c.instance.accepted_sites(c.row)]
    if frozenset(c.new) == everywhere:
        return f"Referral {c.id} can go to every site of the region."
    if more and c.instance.accepted_sites(c.row) <= frozenset(c.new):
        return f"Referral {c.id} can also go to {few([c.instance.site[i].name for i in more], 'or')}."
    return f"Referral {c.id} can go to {_accepted(c, c.new)}."


def _accepted(c: Change, sites: tuple[str, ...]) -> str:
    if sites:
        return f"{few([c.instance.site[i].name for i in sites], 'or')} and nowhere else"
    return f"every site within {how_many(c.instance.settings.policy.reach_minutes, 'minute')} of their practice"


def _away(c: Change) -> str:
    free, gone = [d for d in c.old if d not in c.new], [d for d in c.new if d not in c.old]
    parts = [f"can also come {days_words(free)}"] if free else []
    parts += [f"cannot come {days_words(gone)}"] if gone else []
    return f"Referral {c.id} {', and '.join(parts or ['can come on the same days as before'])}."


def _usual_coach(c: Change) -> str:
    return f"The usual coach of referral {c.id} is {c.instead(_coach)}."


def _coach(coach_id: str | None) -> str:
    return "nobody" if coach_id is None else f"coach {coach_id}"


def _consent(c: Change) -> str:
    return f"Referral {c.id} has {'given' if c.new == 'yes' else 'not given'} consent."


def _count(c: Change) -> str:
    return f"Referral {c.id} stands for {c.instead(lambda count: how_many(count, 'person', 'people'))}."


FIELDS: Mapping[tuple[str, str], Says] = {
    ("coaches", "base_lat"): _base("latitude"),
    ("coaches", "base_lon"): _base("longitude"),
    ("coaches", "skills"): _skills,
    ("coaches", "max_sessions_day"): _workload("a day"),
    ("coaches", "max_sessions_week"): _workload("a week"),
    ("coaches", "max_sessions_month"): _workload("in the month"),
    ("coaches", "max_travel_minutes_day"): _travel_limit,
    ("sites", "name"): _name("site"),
    ("sites", "kind"): _kind,
    ("sites", "lat"): _place("latitude"),
    ("sites", "lon"): _place("longitude"),
    ("sites", "features"): _site_features,
    ("sites", "min_sessions"): _visits("at least"),
    ("sites", "max_sessions"): _visits("at most"),
    ("sites", "hire_pounds"): _hire,
    ("practices", "name"): _name("practice"),
    ("practices", "site_id"): _practice_site,
    ("rooms", "site_id"): _room_site,
    ("rooms", "features"): _room_features,
    ("sessions", "room_id"): _session_room,
    ("sessions", "date"): _session_date,
    ("sessions", "start"): _session_time("start"),
    ("sessions", "end"): _session_time("end"),
    ("referrals", "practice_id"): _from_practice,
    ("referrals", "referred_on"): _referred_on,
    ("referrals", "band"): _band,
    ("referrals", "see_by"): _see_by,
    ("referrals", "minutes"): _minutes,
    ("referrals", "needs"): _needs,
    ("referrals", "sites"): _sites,
    ("referrals", "away"): _away,
    ("referrals", "usual_coach"): _usual_coach,
    ("referrals", "consent"): _consent,
    ("referrals", "count"): _count,
    ("interpreters", "skill"): _booking_skill,
    ("interpreters", "date"): _booking_date,
    ("interpreters", "start"): _booking_time("start"),
    ("interpreters", "end"): _booking_time("end"),
    ("interpreters", "fee_pounds"): _fee,
}
