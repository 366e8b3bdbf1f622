"""A wish: that a coach holds a session, or is at a site, or that a person is seen on a day; parts may be left open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from roster.calendar import long_date
from roster.decisions import Decisions
from roster.domain import Record, Roster
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.model import Var
from roster.wording import session_words, site_name


class Wish(Record):
    """What is asked for. Without a referral: such a visit. With one: an appointment of it in such a visit.

    ``until`` is the last day that will do, both on its own and with the others.
    """

    coach_id: str | None = None
    session_id: str | None = None
    site_id: str | None = None
    day: date | None = None
    referral_id: str | None = None
    until: date | None = None

    def fits(self, instance: Instance, coach_id: str | None, session_id: str) -> bool:
        """Whether a visit of the coach (None: whoever it is) to the session is such a visit."""
        return (
            (self.coach_id is None or coach_id is None or coach_id == self.coach_id)
            and (self.session_id is None or session_id == self.session_id)
            and (self.site_id is None or instance.site_of(session_id) == self.site_id)
            and (self.day is None or instance.session[session_id].date == self.day)
            and (self.until is None or instance.session[session_id].date <= self.until)
        )

    def says(self, instance: Instance) -> str:
        """``coach C2 holds session S4 at Site Y on 5 March 2027``, ``R5 is seen on 9 March 2027 by coach C2``."""
        if self.referral_id is None:
            who = f"coach {self.coach_id}" if self.coach_id else "a coach"
            place = session_words(instance, self.session_id) if self.session_id else ""
            return f"{who} holds {place}" if place else f"{who} makes a visit{self._where(instance)}"
        place = f" in {session_words(instance, self.session_id)}" if self.session_id else self._where(instance)
        return f"{self.referral_id} is seen{place}" + (f" by coach {self.coach_id}" if self.coach_id else "")

    def _where(self, instance: Instance) -> str:
        at = f" to {site_name(instance, self.site_id)}" if self.site_id else ""
        at = at.replace(" to ", " at ", 1) if self.referral_id else at
        on = f" on {long_date(self.day)}" if self.day else ""
        return at + on + (f" by {long_date(self.until)}" if self.until else "")

    # -- in a roster --------------------------------------------------------------------------------------

    def met(self, roster: Roster, instance: Instance) -> int:
        """How many visits, or appointments of the referral, of the roster are as wished."""
        coaches: dict[str, list[str]] = {}
        for visit in roster.visits:
            coaches.setdefault(visit.session_id, []).append(visit.coach_id)
        if self.referral_id is None:
            return sum(self.fits(instance, v.coach_id, v.session_id) for v in roster.visits)
        return sum(
            any(self.fits(instance, coach_id, a.session_id) for coach_id in coaches.get(a.session_id, ()))
            for a in roster.appointments
            if a.referral_id == self.referral_id
        )

    def wanted(self, roster: Roster, instance: Instance) -> int:
        """How many would fulfil it: one; of a referral alone one more than now, while somebody of it is not seen."""
        alone = self.referral_id is not None and self.model_fields_set <= {"referral_id"}
        if not alone or self.referral_id is None:
            return 1
        return min(instance.people[self.referral_id].count, self.met(roster, instance) + 1)

    # -- in a model ---------------------------------------------------------------------------------------

    def variables(self, decisions: Decisions) -> list[Var]:
        """The variables of the model that count what is wished; none where it could not be at all."""
        if self.referral_id is None:
            return [v for key, v in decisions.visits.items() if self.fits(decisions.instance, *key)]
        return list(self._appointments(decisions))

    def _appointments(self, decisions: Decisions) -> Iterator[Var]:
        assert self.referral_id is not None
        for session_id, seen in decisions.seen_of(self.referral_id).items():
            if not self.fits(decisions.instance, None, session_id):
                continue
            counted = decisions.seen_by(self.referral_id, session_id, self.coach_id) if self.coach_id else seen
            if counted is not None:
                yield counted


def wish_of(instance: Instance, given: Mapping[str, str | None]) -> Wish:
    """The wish of these options, by field (``day`` as YYYY-MM-DD). Raises InvalidInput where they name nothing."""
    day = given.get("day")
    if day is not None and not _is_date(day):
        do = "Write it as YYYY-MM-DD, for example 2027-03-09."
        raise InvalidInput([_fault("date", day, "this is not a date", do)])
    wish = Wish.model_validate({field: value for field, value in given.items() if value is not None})
    faults = [*_unknown(instance, wish)] or [*_contrary(instance, wish)]
    if faults:
        raise InvalidInput(faults)
    return wish


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unknown(instance: Instance, wish: Wish) -> Iterator[Fault]:
    if not wish.model_fields_set:
        do = "Name a coach, a session, a site, a date or a referral, or several of them."
        yield Fault(file="the question", says="nothing is asked for", do=do)
    known: dict[str, tuple[str | None, Collection[str]]] = {
        "coach": (wish.coach_id, instance.coach),
        "session": (wish.session_id, instance.session),
        "site": (wish.site_id, instance.site),
        "referral": (wish.referral_id, [r.referral_id for r in instance.referrals]),
    }
    for kind, (id_, there) in known.items():
        if id_ is not None and id_ not in there:
            yield _fault(kind, id_, f"there is no such {kind}", f"Use an id of {_TABLES[kind]}.")
    if wish.day is not None and not instance.is_in_month(wish.day):
        do = f"Name a day of {instance.days[0]:%B %Y}."
        yield _fault("date", wish.day.isoformat(), "this is not a day of the month that is planned", do)


def _contrary(instance: Instance, wish: Wish) -> Iterator[Fault]:
    if wish.referral_id is not None and wish.referral_id not in instance.people:
        says = "this referral has no consent, so it is left out of everything"
        yield _fault("referral", wish.referral_id, says, "Name another one.")
    day = wish.day
    if wish.session_id is not None:
        session = instance.session[wish.session_id]
        site_id = instance.site_of(wish.session_id)
        if wish.site_id is not None and wish.site_id != site_id:
            says = f"session {wish.session_id} is at {site_name(instance, site_id)}"
            yield _fault("site", wish.site_id, says, "Leave the site out, or name another session.")
        if wish.day is not None and wish.day != session.date:
            says = f"session {wish.session_id} is on {long_date(session.date)}"
            yield _fault("date", str(wish.day), says, "Leave the date out, or name another session.")
        day = session.date
    if day is not None and instance.is_past(day):
        says = f"this is before {long_date(instance.settings.as_of)}, the day on which the roster is made"
        option, value = ("date", str(wish.day)) if wish.day else ("session", wish.session_id)
        yield _fault(option, value, says, "What was done by then stays as it was. Name a later day.")


_TABLES = {"coach": "coaches.csv", "session": "sessions.csv", "site": "sites.csv", "referral": "referrals.csv"}


def _fault(option: str, value: str | None, says: str, do: str) -> Fault:
    return Fault(file=f"--{option}", value=value, says=says, do=do)
