"""Checks of a bottleneck: who needs how many minutes, in which sessions, and that those cannot hold as many."""

from collections.abc import Iterator
from datetime import date

from roster.audit.case import Case
from roster.audit.lines import Line, fails, holds, left_open
from roster.audit.needed import could_be_seen, wanted_people
from roster.audit.settle import Minutes
from roster.candidates import Candidates
from roster.facts import without
from roster.instance import Instance
from roster.report import Bottleneck
from roster.wording import how_many, session_words

DEMANDS = frozenset({"see_by", "presence", "pin"})
"""The kinds of fact that want something held or seen; all others limit what can be."""


def bottleneck_lines(case: Case, about: str, bottleneck: Bottleneck) -> Iterator[Line]:
    """Lines for the ids and the people, the minutes needed, the sessions, and the minutes that can be held."""
    wrong = list(_wrong_ids(case, about, bottleneck))
    if wrong:
        yield from wrong
        return
    people = {r: by for r, by in wanted_people(case.instance).items() if r in bottleneck.people}
    yield _need(case.instance, about, bottleneck)
    yield from _sessions(case, about, bottleneck, people)
    yield _short(about, bottleneck)
    yield _have(case, about, bottleneck, people)


def _wrong_ids(case: Case, about: str, bottleneck: Bottleneck) -> Iterator[Line]:
    instance = case.instance
    for referral_id in dict.fromkeys(bottleneck.people):
        wrong = _wrong_with(instance, referral_id)
        if wrong or bottleneck.people.count(referral_id) > 1:
            yield fails(about, wrong or f"{referral_id} is listed more than once.", referral_id)
    for session_id in dict.fromkeys(bottleneck.sessions):
        if session_id not in instance.session:
            yield fails(about, f"There is no session {session_id} in this data.", session_id)
        elif bottleneck.sessions.count(session_id) > 1:
            yield fails(about, f"Session {session_id} is listed more than once.", session_id)


def _wrong_with(instance: Instance, referral_id: str) -> str:
    """Why the referral cannot be in a bottleneck; empty where it can."""
    if referral_id not in {r.referral_id for r in instance.referrals}:
        return f"There is no referral {referral_id} in this data."
    if referral_id not in instance.people:
        return f"{referral_id} did not say yes and must not be counted."
    if referral_id not in wanted_people(instance):
        return f"{referral_id} does not have to be seen by a date."
    return ""


def _need(instance: Instance, about: str, bottleneck: Bottleneck) -> Line:
    people = [instance.people[r] for r in bottleneck.people]
    need = sum(person.minutes * person.count for person in people)
    if need == bottleneck.need_minutes:
        return holds(about, f"These people need {how_many(need, 'minute')} in all.", *bottleneck.people)
    says = f"These people need {how_many(need, 'minute')} in all; the report says {bottleneck.need_minutes:,}."
    return fails(about, says, *bottleneck.people)


def _sessions(case: Case, about: str, bottleneck: Bottleneck, people: dict[str, date]) -> Iterator[Line]:
    """Sessions that are missing, and sessions that are there for nobody.

    A session that people could come to, but in which no coach could see them, may be listed or not.
    """
    instance, candidates = case.instance, Candidates(case.instance, case.rules)
    needed, come_to = _open_to(case, candidates, people), _come_to(instance, candidates, people)
    wrong = [
        (s, f"{r} could be seen in time in {session_words(instance, s)}, which is not listed.")
        for s, r in needed.items()
        if s not in bottleneck.sessions
    ]
    wrong += [
        (s, f"No person listed could be seen in time in {session_words(instance, s)}.")
        for s in bottleneck.sessions
        if s not in come_to
    ]
    for session_id, says in wrong:
        yield fails(about, says, session_id)
    if not wrong:
        yield holds(about, "Every session in which one of them could be seen in time is listed.", *bottleneck.sessions)


def _open_to(case: Case, candidates: Candidates, people: dict[str, date]) -> dict[str, str]:
    """The sessions in which somebody could see one of the people in time, each with one of them."""
    return {
        session_id: referral_id
        for referral_id, by in people.items()
        for session_id, coaches in could_be_seen(candidates, case.instance.people[referral_id], by).items()
        if _has_interpreters(case, candidates, referral_id, session_id, coaches)
    }


def _come_to(instance: Instance, candidates: Candidates, people: dict[str, date]) -> frozenset[str]:
    """The sessions to which one of the people could come in time, whoever holds them."""
    return frozenset(
        session.session_id
        for referral_id, by in people.items()
        for session in candidates.sessions_for(instance.people[referral_id])
        if session.date <= by
    )


def _has_interpreters(
    case: Case, candidates: Candidates, referral_id: str, session_id: str, coaches: frozenset[str]
) -> bool:
    """Whether one of the coaches could hold the session with every interpreter that the person needs."""
    instance = case.instance
    session, skills = instance.session[session_id], instance.needed(instance.people[referral_id], "interpreter")
    if not skills or instance.is_past(session.date):
        return True
    bookings = [b for b in instance.interpreters if b.skill in skills]
    there = [(b.skill, candidates.who_has(b, session)) for b in bookings]
    return any(skills <= {skill for skill, able in there if coach_id in able} for coach_id in coaches)


def _short(about: str, bottleneck: Bottleneck) -> Line:
    need, have = bottleneck.need_minutes, bottleneck.have_minutes
    if need > have:
        return holds(about, f"{how_many(need - have, 'minute is', 'minutes are')} missing.")
    return fails(
        about, f"{how_many(need, 'minute')} needed are not more than the {have:,} there are: nothing is short."
    )


def _have(case: Case, about: str, bottleneck: Bottleneck, people: dict[str, date]) -> Line:
    """Whether rosters in which nothing is wanted hold no more minutes of these people's appointments in time."""
    have = bottleneck.have_minutes
    nothing_wanted = without(case.instance, (f for f in case.facts.values() if f.kind in DEMANDS))
    minutes = Minutes(people, at_least=have + 1)
    answer = case.settler.roster_with(nothing_wanted, minutes)
    if answer.none:
        return holds(
            about, f"No roster holds more than {have:,} of these minutes; this was found in two separate ways."
        )
    if answer.roster is not None:
        booked = minutes.booked(nothing_wanted, answer.roster)
        return fails(about, f"A roster can hold {booked:,} of these minutes; the report says {have:,} at most.")
    return left_open(about, f"Whether a roster can hold more than {have:,} of these minutes was not settled in time.")
